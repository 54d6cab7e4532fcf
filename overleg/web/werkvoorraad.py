"""The work of a regio on one page: what waits, per gemeente, in the order that somebody's functie asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from aanvragen.models.aanvraag import Aanvraag
from gemeenten.models import Gemeente, gemeenten_voor
from ips_subsidie.handelingen import web
from ips_subsidie.handelingen.web import actor_van
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, Functie
from ips_subsidie.vormgeving.onderdelen import Teller
from overleg.web import werkdelen

PER_PAGINA = 25

# Where each functie begins; who has none, begins with what must be decided.
BEGINT = {
    Functie.ADMINISTRATIEF: "toetsen",
    Functie.BELEID: "gemeenten",
    Functie.CONSULENT: "trajecten",
    "": "beslissen",
}


class GemeenteFilter(forms.Form):
    gemeente = forms.ChoiceField(label="Gemeente", required=False)
    deel = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, gemeenten: list[Gemeente], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["gemeente"]
        veld.choices = [("", "Alle gemeenten"), *((g.code, g.naam) for g in gemeenten)]
        veld.stil_optioneel = True


@voor(*GEMEENTEROLLEN)
def werkvoorraad(request: HttpRequest) -> HttpResponse:
    """One part of the work at a time, with the size of the others; `?gemeente=` is a code of an own gemeente."""
    actor = actor_van(request)
    alle = list(gemeenten_voor(actor))
    bestaan = [g for g in alle if g.bestaat_op(vandaag())]
    formulier = GemeenteFilter(request.GET, gemeenten=bestaan)
    code = formulier.cleaned_data.get("gemeente", "") if formulier.is_valid() else ""
    gekozen = [g for g in alle if g.code == code] or alle
    dossiers = Aanvraag.objects.zichtbaar_voor(actor)
    if code:
        dossiers = dossiers.filter(gemeente__in=gekozen)
    deel = request.GET.get("deel", "")
    if deel not in werkdelen.DELEN:
        deel = BEGINT[actor.functie]
    na = web.vanaf(request)
    gemeenten = [g for g in gekozen if g in bestaan]
    rijen, meer = werkdelen.lees(deel, dossiers, gemeenten, PER_PAGINA, na)
    context = {
        "deel": deel,
        "titel": werkdelen.DELEN[deel],
        "sjabloon": f"overleg/werk/{deel}.html",
        "rijen": rijen,
        "tellers": _tellers(request, deel, werkdelen.aantallen(dossiers, gemeenten)),
        "filterformulier": formulier if len(bestaan) > 1 else None,
        "gefilterd": bool(code),
        "meer_gemeenten": len(bestaan) > 1,
        "functie": Functie(actor.functie).label if actor.functie else "",
        **web.blader_urls(request, na, PER_PAGINA, meer),
    }
    return render(request, "overleg/werkvoorraad.html", context)


def _tellers(request: HttpRequest, nu_deel: str, aantallen: dict[str, int]) -> list[Teller]:
    return [
        Teller(titel, aantallen[deel], _adres(request, deel), deel == nu_deel)
        for deel, titel in werkdelen.DELEN.items()
    ]


def _adres(request: HttpRequest, deel: str) -> str:
    vraag = request.GET.copy()
    vraag.pop("na", None)
    vraag["deel"] = deel
    return f"?{vraag.urlencode()}"

"""The page of all that is due: for every party what is theirs, by day, kind or kenmerk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from aanvragen.termijnlijst.bronnen import bronnen_van
from aanvragen.termijnlijst.lezen import VOLGORDES, Plek, Taak, Volgorde, lees
from ips_subsidie.handelingen.web import actor_van
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.logboek.schrijven import lees as noteer_lezing
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import gevoelig, voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, UWV_ROLLEN
from ips_subsidie.vormgeving.rekenblad import als_csv

PER_PAGINA = 25
PER_HAP = 500
DICHTBIJ_DAGEN = 7
PARTIJEN = (*INSTELLINGSROLLEN, *GEMEENTEROLLEN, *UWV_ROLLEN)
_KOPPEN: dict[Volgorde, str] = {"dag": "Uiterlijk", "soort": "Wat u moet doen", "kenmerk": "Kenmerk"}


class SoortFilter(forms.Form):
    soort = forms.ChoiceField(label="Wat u moet doen", required=False)
    op = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["soort"]
        veld.choices = [("", "Alles"), *((bron.code, bron.titel) for _, bron in bronnen_van(actor))]
        veld.stil_optioneel = True


@dataclass(frozen=True)
class Regel:
    """One row: what, until when, and how urgent that looks."""

    taak: Taak
    uitleg: str
    badge: str


@voor(*PARTIJEN)
def termijnen(request: HttpRequest) -> HttpResponse:
    """`op` is the order (dag, soort, kenmerk), `soort` a kind; `na` and `voor` are places to go on from."""
    actor, dag = actor_van(request), vandaag()
    formulier, soort, volgorde = _keuze(request, actor)
    na, voor_ = (Plek.lees(request.GET.get(kant, ""), volgorde) for kant in ("na", "voor"))
    terug = voor_ is not None
    taken, meer = lees(
        actor, dag, aantal=PER_PAGINA, volgorde=volgorde, soort=soort, na=voor_ or na, terug=terug
    )
    context = {
        "regels": [_regel(taak, dag) for taak in taken],
        "filterformulier": formulier,
        "gefilterd": bool(soort),
        "koppen": [
            {"titel": titel, "url": _adres(request, op=code), "op": code == volgorde}
            for code, titel in _KOPPEN.items()
        ],
        "agenda_url": _agenda(),
        "csv_url": reverse("aanvragen:termijnen_csv") + _adres(request),
        "volgende": _adres(request, na=taken[-1].sleutel(volgorde)) if taken and (meer or terug) else "",
        "vorige": _adres(request, voor=taken[0].sleutel(volgorde))
        if taken and (meer if terug else na is not None)
        else "",
    }
    return render(request, "aanvragen/termijnen/lijst.html", context)


@voor(*PARTIJEN)
@gevoelig
def termijnen_csv(request: HttpRequest) -> HttpResponse:
    """The whole list of that page, in the same order and with the same filter, as a file. It names no client."""
    actor, dag = actor_van(request), vandaag()
    _, soort, volgorde = _keuze(request, actor)
    noteer_lezing(request, "aanvragen.termijnen_als_csv", Onderwerp("aanvragen.aanvraag"))
    koppen = ("Uiterlijk", "Hoe lang nog", "Wat u moet doen", "Kenmerk")
    return als_csv(
        "wat-er-moet-gebeuren",
        koppen,
        (
            (taak.dag, _regel(taak, dag).uitleg, taak.titel, taak.kenmerk)
            for taak in _alle(actor, dag, volgorde, soort)
        ),
    )


def _keuze(request: HttpRequest, actor: Actor) -> tuple[SoortFilter, str, Volgorde]:
    """What the address asks for: the kind, and the order; rubbish is everything, by day."""
    formulier = SoortFilter(request.GET, actor=actor)
    soort = formulier.cleaned_data.get("soort", "") if formulier.is_valid() else ""
    gevraagd = request.GET.get("op", "")
    volgorde: Volgorde = gevraagd if gevraagd in VOLGORDES else "dag"
    return formulier, soort, volgorde


def _alle(actor: Actor, dag: date, volgorde: Volgorde, soort: str) -> Iterator[Taak]:
    """Every row, read a batch at a time from where the last one ended."""
    na: Plek | None = None
    meer = True
    while meer:
        taken, meer = lees(actor, dag, aantal=PER_HAP, volgorde=volgorde, soort=soort, na=na)
        yield from taken
        na = Plek.lees(taken[-1].sleutel(volgorde), volgorde) if taken else None


def _regel(taak: Taak, dag: date) -> Regel:
    dagen = (taak.dag - dag).days
    if taak.sinds:
        return Regel(taak, "wacht vanaf deze dag", "neutraal")
    if dagen < 0:
        return Regel(taak, f"{_dagen(-dagen)} te laat", "fout")
    uitleg = "vandaag" if dagen == 0 else f"nog {_dagen(dagen)}"
    return Regel(taak, uitleg, "let_op" if dagen <= DICHTBIJ_DAGEN else "neutraal")


def _dagen(aantal: int) -> str:
    return "1 dag" if aantal == 1 else f"{aantal} dagen"


def _adres(request: HttpRequest, **waarden: str) -> str:
    """This page with other values; the list then begins anew, unless one of them is a place."""
    vraag = request.GET.copy()
    for naam in ("na", "voor"):
        vraag.pop(naam, None)
    for naam, waarde in waarden.items():
        vraag[naam] = waarde
    return f"?{vraag.urlencode()}"


def _agenda() -> str:
    """The page of the link for one's own calendar, which is on a floor above this one."""
    try:
        return reverse("overleg:agendalink")
    except NoReverseMatch:
        return ""

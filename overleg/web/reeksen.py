"""A series: made, looked at, its participants changed, stopped."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ips_subsidie.handelingen import web
from ips_subsidie.handelingen.web import actor_van
from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, Functie
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import datum
from overleg.handelingen import reeksen
from overleg.handelingen.delen import eis_functie, uit_te_nodigen
from overleg.models import AgendapuntStatus, Bijeenkomst, Reeks
from overleg.web import hulp
from overleg.web.formulieren import DeelnemersFormulier, GevaarKnop, ReeksFormulier

PER_PAGINA = 25
_RITME = {1: "Elke week", 2: "Om de 2 weken", 4: "Om de 4 weken", 8: "Om de 8 weken"}


@voor(*GEMEENTEROLLEN)
def maken(request: HttpRequest) -> HttpResponse:
    """Plan a series; who has another functie reads who can."""
    actor = actor_van(request)
    assert actor.organisatie is not None
    organisaties = uit_te_nodigen(actor.organisatie, vandaag())
    formulier = ReeksFormulier(web.gestuurd(request), organisaties=organisaties)
    reeks = web.gelukt(request, reeksen.maken, None, formulier)
    if reeks is not None:
        messages.success(request, "De reeks staat in de kalender. De deelnemers krijgen bericht.")
        return redirect("overleg:reeks", reeks.pk)
    redenen = list(eis_functie(actor, Functie.BELEID)) if request.method != "POST" else []
    return web.toon_handeling(request, "overleg/reeks_maken.html", reeksen.maken, formulier, redenen)


@voor(*GEMEENTEROLLEN, *INSTELLINGSROLLEN)
def reeks(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """One series, with its meetings from today on."""
    een = hulp.haal_reeks(request, nummer)
    na = web.vanaf(request)
    komend = (
        Bijeenkomst.objects.filter(reeks=een)
        .komend(nu())
        .annotate(aantal=Count("agendapunten", filter=Q(agendapunten__status=AgendapuntStatus.OPEN)))
    )
    rijen, meer = web.bladzijde(komend, PER_PAGINA, na)
    context = {
        "een": een,
        "rijen": _rijen(een),
        "bijeenkomsten": [(rij, hulp.wanneer(rij)) for rij in rijen],
        "kan": hulp.kan(request, een),
        **web.blader_urls(request, na, PER_PAGINA, meer),
    }
    return render(request, "overleg/reeks.html", context)


@voor(*GEMEENTEROLLEN)
def deelnemers(request: HttpRequest, nummer: UUID) -> HttpResponse:
    een = hulp.haal_reeks(request, nummer)
    nu_mee = [
        d.organisatie
        for d in een.deelnemers.filter(vertrokken_op__isnull=True).select_related("organisatie")
        if d.organisatie_id != een.organisatie_id
    ]
    keuze = {o.pk: o for o in (*nu_mee, *uit_te_nodigen(een.organisatie, vandaag()))}
    formulier = DeelnemersFormulier(
        web.gestuurd(request),
        organisaties=sorted(keuze.values(), key=lambda o: o.naam),
        initial={"deelnemers": [str(o.pk) for o in nu_mee]},
    )
    return _handel(request, een, reeksen.deelnemers_wijzigen, formulier, "De deelnemers zijn opgeslagen.")


@voor(*GEMEENTEROLLEN)
def stoppen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    een = hulp.haal_reeks(request, nummer)
    formulier = GevaarKnop(web.gestuurd(request), knop="Reeks stoppen")
    return _handel(
        request, een, reeksen.stoppen, formulier, "De reeks is gestopt. De deelnemers krijgen bericht."
    )


def _handel(
    request: HttpRequest, een: Reeks, handeling: Any, formulier: Formulier, gelukt: str
) -> HttpResponse:
    if web.gelukt(request, handeling, een, formulier):
        messages.success(request, gelukt)
        return redirect("overleg:reeks", een.pk)
    redenen = hulp.in_de_weg(request, handeling, een) if request.method != "POST" else []
    return web.toon_handeling(request, "overleg/reeks_handeling.html", handeling, formulier, redenen, een=een)


def _rijen(een: Reeks) -> list[Rij]:
    mee = een.deelnemers.filter(vertrokken_op__isnull=True).select_related("organisatie")
    feestdagen = "Ja" if een.zonder_feestdagen else "Nee"
    return [
        Rij("Van", een.organisatie.naam),
        Rij("Hoe vaak", f"{_RITME[een.om_de_weken]}, om {een.begint_om:%H:%M} uur"),
        Rij("Periode", f"{datum(een.eerste_dag)} tot en met {datum(een.laatste_dag)}"),
        Rij("Duur", f"{een.duur_minuten} minuten"),
        Rij("Waar", een.plaats or een.link),
        Rij("Overslaan op feestdagen", feestdagen),
        Rij("Deelnemers", "\n".join(str(d) for d in mee)),
    ]

"""The gemeente and the toestemmingsverklaring: the worklist, giving, refusing, withdrawing."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from aanvragen.handelingen import toestemming
from aanvragen.models import Aanvraag, Toestemming
from aanvragen.models.gemeentetoets import laatste_toets
from aanvragen.regels.statussen import ToestemmingStatus
from aanvragen.web import hulp
from aanvragen.web.gemeente.formulieren import (
    IntrekkenFormulier,
    ToestemmingenFilter,
    VerlenenFormulier,
    WeigerenFormulier,
)
from aanvragen.web.gemeente.gemeentetoets import toets_rijen, voor_toestemming
from aanvragen.web.gemeente.stand import Stand, stand_van, standen
from gemeenten.models import Gemeente, gemeenten_voor
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN
from ips_subsidie.vormgeving.onderdelen import Rij, Teller
from ips_subsidie.vormgeving.templatetags.opmaak import bsn_gemaskeerd, datum, euro

PER_PAGINA = 25
BADGES = {
    ToestemmingStatus.GEVRAAGD: "let_op",
    ToestemmingStatus.VERLEEND: "goed",
    ToestemmingStatus.GEBRUIKT: "info",
    ToestemmingStatus.INGELOST: "goed",
    ToestemmingStatus.GEWEIGERD: "fout",
    ToestemmingStatus.INGETROKKEN: "inactief",
    ToestemmingStatus.VERLOPEN: "inactief",
}


@voor(*GEMEENTEROLLEN)
def toestemmingen(request: HttpRequest) -> HttpResponse:
    """What was asked of the gemeenten that this actor acts for: the open ones first, the oldest on top."""
    gemeenten = list(gemeenten_voor(hulp.actor_van(request)))
    stand = [s for s in standen(gemeenten) if s.gemeente.bestaat_op(vandaag()) or s.aantallen]
    formulier = ToestemmingenFilter(request.GET, gemeenten=sorted({s.gemeente for s in stand}, key=_op_naam))
    na = hulp.vanaf(request)
    rijen, meer = hulp.bladzijde(_gefilterd(_lijst(gemeenten), formulier), PER_PAGINA, na)
    context = {
        "rijen": [(rij, BADGES[ToestemmingStatus(rij.status)]) for rij in rijen],
        "meer_gemeenten": len(gemeenten) > 1,
        "standen": stand,
        "waarschuwingen": [
            s.waarschuwing for s in stand if s.waarschuwt and (s.gevraagd or len(gemeenten) == 1)
        ],
        "filterformulier": formulier,
        "tellers": _tellers(request, stand),
        "gefilterd": any(request.GET.get(naam) for naam in formulier.fields),
        **hulp.blader_urls(request, na, PER_PAGINA, meer),
    }
    return render(request, "aanvragen/gemeente/toestemmingen.html", context)


def _op_naam(gemeente: Gemeente) -> str:
    return gemeente.sorteernaam


def _lijst(gemeenten: list[Gemeente]) -> QuerySet[Toestemming]:
    """A toestemming is seen as long as the dossier is: also the aanvraag must be of these gemeenten."""
    open_eerst = Case(
        When(status=ToestemmingStatus.GEVRAAGD, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return (
        Toestemming.objects.filter(gemeente__in=gemeenten, aanvraag__gemeente__in=gemeenten)
        .select_related("gemeente", "aanvraag__instelling__organisatie")
        .only(
            "status", "gevraagd_op", "beslist_op", "gemeente__naam", "aanvraag__kenmerk",
            "aanvraag__instelling__organisatie__naam",
        )
        .order_by(open_eerst, "gevraagd_op", "id")
    )  # fmt: skip


def _gefilterd(lijst: QuerySet[Toestemming], formulier: ToestemmingenFilter) -> QuerySet[Toestemming]:
    """A value that isn't in the list filters nothing; the form says so."""
    formulier.is_valid()
    keuzes = formulier.cleaned_data
    if keuzes.get("status"):
        lijst = lijst.filter(status=keuzes["status"])
    if keuzes.get("gemeente"):
        lijst = lijst.filter(gemeente__code=keuzes["gemeente"])
    return lijst


def _tellers(request: HttpRequest, stand: list[Stand]) -> list[Teller]:
    aantallen: Counter[str] = Counter()
    for een in stand:
        aantallen.update(een.aantallen)
    gekozen = request.GET.get("status", "")
    alle = Teller("Alle", aantallen.total(), hulp.met_filter(request, status=""), not gekozen)
    return [alle] + [
        Teller(
            str(status.label),
            aantallen[status],
            hulp.met_filter(request, status=status.value),
            gekozen == status,
        )
        for status in ToestemmingStatus
        if aantallen[status] or gekozen == status
    ]


@voor(*GEMEENTEROLLEN)
def verlenen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    aanvraag = hulp.haal_dossier(request, nummer, waarvoor="toestemming.verlenen")
    toets = voor_toestemming(laatste_toets(aanvraag))
    formulier = VerlenenFormulier(hulp.gestuurd(request), versie=aanvraag.versie, initial=toets)
    if hulp.gelukt(request, toestemming.verlenen, aanvraag, formulier):
        messages.success(
            request, "U hebt toestemming gegeven. De instelling kan de aanvraag nu naar UWV sturen."
        )
        return redirect("aanvragen:dossier", nummer)
    return _toon(request, toestemming.verlenen, aanvraag, formulier, verleent=True)


@voor(*GEMEENTEROLLEN)
def weigeren(request: HttpRequest, nummer: UUID) -> HttpResponse:
    aanvraag = hulp.haal_dossier(request, nummer, waarvoor="toestemming.weigeren")
    formulier = WeigerenFormulier(hulp.gestuurd(request), versie=aanvraag.versie)
    if hulp.gelukt(request, toestemming.weigeren, aanvraag, formulier):
        messages.success(request, "U hebt geen toestemming gegeven. De instelling heeft bericht gekregen.")
        return redirect("aanvragen:dossier", nummer)
    return _toon(request, toestemming.weigeren, aanvraag, formulier, weigert=True)


@voor(*GEMEENTEROLLEN)
def intrekken(request: HttpRequest, nummer: UUID) -> HttpResponse:
    aanvraag = hulp.haal_dossier(request, nummer, waarvoor="toestemming.intrekken")
    formulier = IntrekkenFormulier(hulp.gestuurd(request), versie=aanvraag.versie)
    if hulp.gelukt(request, toestemming.intrekken, aanvraag, formulier):
        messages.success(request, "U hebt de toestemming ingetrokken. De anderen hebben bericht gekregen.")
        return redirect("aanvragen:dossier", nummer)
    return _toon(request, toestemming.intrekken, aanvraag, formulier, trekt_in=True)


def _toon(
    request: HttpRequest, handeling: Any, aanvraag: Aanvraag, formulier: Any, **wat: bool
) -> HttpResponse:
    assert aanvraag.gemeente is not None
    route = aanvraag.routeregels
    return hulp.toon_handeling(
        request,
        "aanvragen/gemeente/toestemming.html",
        handeling,
        aanvraag,
        formulier,
        aanvraag=aanvraag,
        rijen=_rijen(aanvraag),
        toets_rijen=toets_rijen(laatste_toets(aanvraag)),
        gemeente_cent=route.gemeente_cent if route else 0,
        rijk_cent=route.rijk_cent if route else 0,
        stand=stand_van(aanvraag.gemeente, aanvraag.regeling),
        laatste_dag=max(t.tot_en_met for t in aanvraag.inhoud.tijdvakken),
        **wat,
    )


def _rijen(aanvraag: Aanvraag) -> list[Rij]:
    """What the gemeente needs to judge the request, and nothing about the treatment (domain text, 5.5)."""
    d, route = aanvraag.deelnemer, aanvraag.routeregels
    traject = (
        {True: "Ja", False: "Nee"}.get(aanvraag.ander_traject) if aanvraag.ander_traject is not None else ""
    )
    return [
        Rij("Naam", d.naam),
        Rij("Geboortedatum", datum(d.geboortedatum)),
        Rij("BSN", bsn_gemaskeerd(d.bsn)),
        Rij("Adres", f"{d.adres}\n{d.postcode} {d.woonplaats}"),
        Rij("Gemeente", aanvraag.gemeente.naam if aanvraag.gemeente else ""),
        Rij("Uitkering", aanvraag.get_uitkering_display()),
        Rij("Volgt een ander traject", traject),
        Rij("Ggz-instelling", f"{aanvraag.instelling.naam}, {aanvraag.instelling.plaats}"),
        Rij(
            "Trajectbegeleider",
            f"{aanvraag.trajectbegeleider_naam}\n{aanvraag.trajectbegeleider_telefoon}\n{aanvraag.trajectbegeleider_email}",
        ),
        Rij("Deel van de gemeente", euro(route.gemeente_cent) if route else ""),
    ]

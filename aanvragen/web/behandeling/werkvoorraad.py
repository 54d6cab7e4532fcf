"""The worklists of who decides: what is still to be decided, nearest beslistermijn first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from aanvragen.models import Aanvraag, Beoordeling, Verlenging
from aanvragen.models.aanvraag import AanvraagQuerySet
from aanvragen.regels.statussen import OPEN, AanvraagStatus, VerlengingStatus
from aanvragen.web import hulp
from aanvragen.web.behandeling.formulieren import (
    BIJ_GEMEENTE,
    STANDEN,
    WerkvoorraadFilter,
    termijn_beschrijving,
)
from budget.models import RegelingVersie
from budget.regels.regeling import Beslisser
from gemeenten.models import Gemeente
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.logboek.schrijven import Onderwerp, lees
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import gevoelig, voor
from ips_subsidie.toegang.rollen import BESLISSERS, GEMEENTEROLLEN, UWV_ROLLEN, VOORBEREIDERS
from ips_subsidie.vormgeving.onderdelen import Teller
from ips_subsidie.vormgeving.rekenblad import als_csv
from ips_subsidie.vormgeving.templatetags.opmaak import datum

PER_PAGINA = 25
DICHTBIJ_DAGEN = 14
_BEOORDEELD = Exists(Beoordeling.objects.filter(aanvraag=OuterRef("pk")))
_IN_BEHANDELING = Q(status=AanvraagStatus.IN_BEHANDELING)
_STAND = {
    "ingediend": Q(status=AanvraagStatus.INGEDIEND),
    "onvolledig": Q(status=AanvraagStatus.ONVOLLEDIG),
    "in_behandeling": _IN_BEHANDELING & ~Q(_BEOORDEELD),
    "beoordeeld": _IN_BEHANDELING & Q(_BEOORDEELD),
    "budget_gevraagd": Q(status=AanvraagStatus.BUDGET_GEVRAAGD),
    "budget_gereserveerd": Q(status=AanvraagStatus.BUDGET_GERESERVEERD),
    "geen_budget": Q(status=AanvraagStatus.GEEN_BUDGET),
}


@dataclass(frozen=True)
class Regel:
    """One row of the worklist."""

    aanvraag: Aanvraag
    route: str
    stand: str
    badge: str
    termijn: str
    termijn_badge: str
    sleutel: str = field(default_factory=lambda: str(uuid4()))


@voor(*UWV_ROLLEN, *GEMEENTEROLLEN)
def werkvoorraad(request: HttpRequest) -> HttpResponse:
    actor, dag = hulp.actor_van(request), vandaag()
    alles = Aanvraag.objects.zichtbaar_voor(actor)
    lijst = alles.te_beslissen(_beslisser(actor))
    formulier, gekozen = _gekozen(request, actor, dag)
    keuzes = formulier.cleaned_data
    na = hulp.vanaf(request)
    rijen, meer = hulp.bladzijde(gekozen, PER_PAGINA, na)
    context = {
        "regels": [_regel(aanvraag, dag) for aanvraag in rijen],
        "filterformulier": formulier,
        "csv_url": f"{reverse('aanvragen:werkvoorraad_csv')}?{request.GET.urlencode()}",
        "tellers": _tellers(request, lijst, actor, dag),
        "gefilterd": any(keuzes.values()),
        "beoordeelt": actor.rol in VOORBEREIDERS,
        "budgetvragen": alles.budgetvragen().count() if actor.is_uwv else None,
        "verlengingen": _open_verlengingen(alles, actor).count(),
        **hulp.blader_urls(request, na, PER_PAGINA, meer),
    }
    return render(request, "aanvragen/behandeling/werkvoorraad.html", context)


@voor(*UWV_ROLLEN, *GEMEENTEROLLEN)
@gevoelig
def werkvoorraad_csv(request: HttpRequest) -> HttpResponse:
    """All rows of the worklist under the filters of the page, as a file: what the list shows, so no client."""
    actor, dag = hulp.actor_van(request), vandaag()
    _, gekozen = _gekozen(request, actor, dag)
    lees(request, "aanvragen.werkvoorraad_als_csv", Onderwerp("aanvragen.aanvraag"))
    koppen = (
        "Kenmerk",
        "Instelling",
        "Route",
        "Gemeente",
        "Status",
        "Beslissen voor of op",
        "Termijn",
        "Behandelaar",
    )
    return als_csv("werkvoorraad", koppen, (_cellen(_regel(aanvraag, dag)) for aanvraag in gekozen))


def _cellen(regel: Regel) -> tuple[str | date | None, ...]:
    aanvraag = regel.aanvraag
    behandelaar = str(aanvraag.opgepakt_door) if aanvraag.opgepakt_door else ""
    return (
        aanvraag.kenmerk,
        aanvraag.instelling.naam,
        regel.route,
        aanvraag.gemeente.naam if aanvraag.gemeente else "",
        regel.stand,
        aanvraag.beslis_uiterlijk,
        regel.termijn,
        behandelaar,
    )


def _gekozen(request: HttpRequest, actor: Actor, dag: date) -> tuple[WerkvoorraadFilter, AanvraagQuerySet]:
    """The filter of the address, and the rows that it leaves."""
    alles = Aanvraag.objects.zichtbaar_voor(actor)
    lijst = alles.te_beslissen(_beslisser(actor))
    formulier = WerkvoorraadFilter(request.GET, routes=_routes(), gemeenten=_gemeenten(lijst))
    formulier.is_valid()
    keuzes = formulier.cleaned_data
    gezocht = _gezocht(alles, keuzes["zoek"]) if keuzes.get("zoek") else lijst
    return formulier, _gefilterd(gezocht, keuzes, actor, dag).select_related(*_NODIG)


_NODIG = ("instelling__organisatie", "gemeente", "opgepakt_door", "beoordeling", "regeling_versie")


def _routes() -> dict[str, str]:
    """The routes of every version of every regeling, by code."""
    versies = RegelingVersie.objects.order_by("regeling", "nummer")
    return {route.code: route.naam for versie in versies for route in versie.inhoud.routes}


def _gemeenten(lijst: AanvraagQuerySet) -> list[Gemeente]:
    """Those of the open aanvragen, to choose from."""
    return list(Gemeente.objects.filter(pk__in=lijst.order_by().values("gemeente")))


def _gezocht(alles: AanvraagQuerySet, getypt: str) -> AanvraagQuerySet:
    """By the beginning of the kenmerk, with or without IPS- in front; also what was decided."""
    deel = getypt.strip().upper().removeprefix("IPS").lstrip("- ")
    return alles.filter(kenmerk__startswith=f"IPS-{deel}").order_by("-ontvangen_op", "id")


def _gefilterd(lijst: AanvraagQuerySet, keuzes: dict[str, Any], actor: Actor, dag: date) -> AanvraagQuerySet:
    if keuzes.get("status"):
        lijst = lijst.filter(_STAND[keuzes["status"]])
    if keuzes.get("route"):
        lijst = lijst.filter(route=keuzes["route"])
    if keuzes.get("gemeente"):
        lijst = lijst.filter(gemeente__code=keuzes["gemeente"])
    if keuzes.get("van_mij"):
        lijst = lijst.filter(opgepakt_door_id=actor.gebruiker_id)
    if keuzes.get("te_laat"):
        lijst = lijst.filter(_te_laat(dag))
    return lijst


def _te_laat(dag: date) -> Q:
    """Past the beslistermijn; while UWV waits for an aanvulling that term stands still (Awb 4:15)."""
    return Q(status__in=OPEN, beslis_uiterlijk__lt=dag) & ~Q(status=AanvraagStatus.ONVOLLEDIG)


def _tellers(request: HttpRequest, lijst: AanvraagQuerySet, actor: Actor, dag: date) -> list[Teller]:
    aantal = lijst.order_by().aggregate(
        alle=Count("pk"),
        van_mij=Count("pk", filter=Q(opgepakt_door_id=actor.gebruiker_id)),
        te_laat=Count("pk", filter=_te_laat(dag)),
        **{code: Count("pk", filter=waar) for code, waar in _STAND.items()},
    )
    status = request.GET.get("status", "")
    uit = [Teller("Alle", aantal["alle"], "?", not any(request.GET.values()))]
    uit += [
        Teller(titel, aantal[code], hulp.met_filter(request, status=code, zoek=""), status == code)
        for code, titel in STANDEN.items()
        if actor.is_gemeente or code not in BIJ_GEMEENTE
    ]
    for naam, titel in (("van_mij", "Van mij"), ("te_laat", "Te laat")):
        aan = request.GET.get(naam) == "on"
        uit.append(
            Teller(titel, aantal[naam], hulp.met_filter(request, **{naam: "" if aan else "on"}, zoek=""), aan)
        )
    return uit


def _regel(aanvraag: Aanvraag, dag: date) -> Regel:
    route = aanvraag.inhoud.route(aanvraag.route).naam
    stand, badge = _stand(aanvraag)
    return Regel(aanvraag, route, stand, badge, *_termijn(aanvraag, dag))


def _stand(aanvraag: Aanvraag) -> tuple[str, str]:
    if aanvraag.status == AanvraagStatus.IN_BEHANDELING:
        klaar = hasattr(aanvraag, "beoordeling")
        return (STANDEN["beoordeeld"], "goed") if klaar else (STANDEN["in_behandeling"], "info")
    if aanvraag.status == AanvraagStatus.INGEDIEND:
        return STANDEN["ingediend"], "info"
    return aanvraag.fase.tekst, aanvraag.fase.badge


def _termijn(aanvraag: Aanvraag, dag: date) -> tuple[str, str]:
    """How much time there is, and how urgent that looks."""
    if aanvraag.status not in OPEN:
        return "", ""
    if aanvraag.status == AanvraagStatus.ONVOLLEDIG and aanvraag.hersteltermijn_tot is not None:
        if aanvraag.hersteltermijn_tot < dag:
            return f"Hersteltermijn voorbij sinds {datum(aanvraag.hersteltermijn_tot)}", "fout"
        return f"Staat stil tot en met {datum(aanvraag.hersteltermijn_tot)}", "inactief"
    assert aanvraag.beslis_uiterlijk is not None
    dagen = (aanvraag.beslis_uiterlijk - dag).days
    soort = "fout" if dagen < 0 else "let_op" if dagen <= DICHTBIJ_DAGEN else "neutraal"
    return termijn_beschrijving(aanvraag.beslis_uiterlijk, dag).capitalize(), soort


def _open_verlengingen(alles: AanvraagQuerySet, actor: Actor) -> Any:
    """Of what this party decides."""
    eigen = alles.filter(beslisser=_beslisser(actor).value)
    return Verlenging.objects.filter(status=VerlengingStatus.AANGEVRAAGD, traject__aanvraag__in=eigen)


def _beslisser(actor: Actor) -> Beslisser:
    return Beslisser.GEMEENTE if actor.is_gemeente else Beslisser.UWV


@voor(*UWV_ROLLEN, *GEMEENTEROLLEN)
def verlengingen(request: HttpRequest) -> HttpResponse:
    """The requests for verlenging that wait for who decides, the traject that ends first on top."""
    actor, na, dag = hulp.actor_van(request), hulp.vanaf(request), vandaag()
    lijst = (
        _open_verlengingen(Aanvraag.objects.zichtbaar_voor(actor), actor)
        .select_related("traject__aanvraag__instelling__organisatie", "beoordelaar")
        .order_by("traject__laatste_dag", "id")
    )
    rijen, meer = hulp.bladzijde(lijst, PER_PAGINA, na)
    context = {
        "rijen": [
            (rij, termijn_beschrijving(rij.traject.laatste_dag, dag) if rij.traject.laatste_dag else "")
            for rij in rijen
        ],
        "rol": actor.rol,
        "beoordeelt": actor.rol in VOORBEREIDERS,
        "beslist": actor.rol in BESLISSERS,
        **hulp.blader_urls(request, na, PER_PAGINA, meer),
    }
    return render(request, "aanvragen/behandeling/verlengingen.html", context)

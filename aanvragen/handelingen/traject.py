"""The traject: its start, and what happens in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from aanvragen.handelingen.dossier import (
    eis_tekst,
    meld_beslisser,
    meld_betrokken_gemeente,
    meld_gemeente,
    meld_uwv,
)
from aanvragen.models import Traject, Trajectgebeurtenis
from aanvragen.models.aanvraag import Uitkering
from aanvragen.models.traject import GebeurtenisSoort
from aanvragen.models.uitkomst import MEESTE_UREN, Contract, Sector
from aanvragen.regels.statussen import AanvraagStatus, TrajectStatus
from aanvragen.regels.traject import bezwaren_tegen_start, laatste_dag
from budget.handelingen import verplichtingen
from budget.regels.regeling import Mijlpaal
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN, Rol


def nog_verleend(traject: Traject, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """A condition of what is done with a traject: the besluit under it still stands."""
    if traject.aanvraag.status != AanvraagStatus.TOEGEKEND:
        yield Reden(
            "besluit_ingetrokken", "Het besluit is ingetrokken. Er is geen subsidie meer voor dit traject."
        )


@handeling(
    "traject.starten",
    titel="Start doorgeven",
    op=Traject,
    van=[TrajectStatus.GEPLAND],
    naar=TrajectStatus.GESTART,
    door=INSTELLINGSROLLEN,
    voorwaarden=[nog_verleend],
    knop="primair",
)
def starten(traject: Traject, actor: Actor, *, startdatum: date, nu: datetime) -> Traject:
    """Report the start. Not before the dagtekening of the besluit; the last day follows (A-REG art. 1, U-17).

    A regeling may take a traject that started before it; the duration then counts from the real start (T59, T64).
    """
    aanvraag = traject.aanvraag
    assert aanvraag.reservering is not None
    redenen = bezwaren_tegen_start(
        startdatum,
        traject.vroegste_start,
        datum_van(nu),
        voor_besluit=aanvraag.inhoud.regels.start_voor_besluit,
    )
    if redenen:
        raise HandelingGeweigerd(*redenen)
    traject.startdatum = startdatum
    traject.laatste_dag = laatste_dag(startdatum, traject.maanden)
    verplichtingen.bereikt(aanvraag.reservering, Mijlpaal.START, startdatum)
    meld_uwv(aanvraag, "traject_gestart", "Een traject is gestart", nu, rollen=[Rol.UWV_FINANCIEN])
    meld_gemeente(aanvraag, "traject_gestart", "Een traject is gestart", nu)
    return traject


@handeling(
    "traject.niet_starten",
    titel="Traject gaat niet door",
    op=Traject,
    van=[TrajectStatus.GEPLAND],
    naar=TrajectStatus.NIET_GESTART,
    door=INSTELLINGSROLLEN,
    knop="gevaar",
)
def niet_starten(traject: Traject, actor: Actor, *, toelichting: str, nu: datetime) -> Traject:
    """Report that the traject will not start; who decided then withdraws the besluit."""
    eis_tekst(toelichting, "Schrijf kort waarom.", veld="toelichting")
    aanvraag, tekst = traject.aanvraag, "Een traject gaat niet door: trek het besluit in"
    meld_beslisser(aanvraag, "traject_niet_gestart", tekst, nu, beslist=True)
    meld_betrokken_gemeente(aanvraag, "traject_niet_gestart", "Een traject gaat niet door", nu)
    return traject


@handeling(
    "traject.gebeurtenis_melden",
    titel="Gebeurtenis melden",
    op=Traject,
    van=[TrajectStatus.GESTART, TrajectStatus.VOORTIJDIG_BEEINDIGD],
    door=INSTELLINGSROLLEN,
    voorwaarden=[nog_verleend],
)
def gebeurtenis_melden(
    traject: Traject,
    actor: Actor,
    *,
    soort: str,
    datum: date,
    toelichting: str = "",
    nu: datetime,
    **gegevens: Any,
) -> Trajectgebeurtenis:
    """Record what happened: work, a move, another trajectbegeleider. Nothing that was granted changes (T46, T74).

    `gegevens` are the fields of this soort (`GEGEVENS`), each of which may be left out. The last day of the traject
    is the last on which something happened in it (U-17).
    """
    redenen = [*_bezwaren_tegen_dag(traject, datum, datum_van(nu)), *_bezwaren_tegen(traject, soort, datum)]
    velden = {naam: waarde for naam, waarde in gegevens.items() if waarde not in (None, "")}
    redenen += _bezwaren_tegen_gegevens(soort, velden)
    if redenen:
        raise HandelingGeweigerd(*redenen)
    return Trajectgebeurtenis.objects.create(
        traject=traject,
        soort=soort,
        datum=datum,
        toelichting=toelichting,
        gemeld_op=nu,
        gemeld_door=actor.persoon,
        **velden,
    )


# What is told beside the day, by soort.
GEGEVENS: dict[str, tuple[str, ...]] = {
    GebeurtenisSoort.WERKHERVATTING: ("sector", "uren_per_week", "contract"),
    GebeurtenisSoort.VERHUIZING: ("gemeente",),
    GebeurtenisSoort.WISSEL_BEGELEIDER: ("begeleider_naam",),
    GebeurtenisSoort.WIJZIGING_UITKERING: ("uitkering",),
}
_KEUZES: dict[str, tuple[list[str], str]] = {
    "sector": (Sector.values, "Kies een sector uit de lijst."),
    "contract": (Contract.values, "Kies een soort contract uit de lijst."),
    "uitkering": (Uitkering.values, "Kies een uitkering uit de lijst."),
}


def _bezwaren_tegen_dag(traject: Traject, datum: date, op: date) -> list[Reden]:
    assert traject.startdatum is not None
    assert traject.einde is not None
    laatste = min(traject.einde, op)
    if traject.startdatum <= datum <= laatste:
        return []
    tot = "vandaag" if laatste == op else f"{laatste:%d-%m-%Y}"
    tekst = f"Kies een dag sinds de start van het traject, tot en met {tot}."
    return [Reden("datum", tekst, veld="datum")]


def _bezwaren_tegen(traject: Traject, soort: str, datum: date) -> list[Reden]:
    if soort not in GebeurtenisSoort.values:
        return [Reden("soort", "Kies wat er is gebeurd.", veld="soort")]
    if soort != GebeurtenisSoort.PLAATSING:
        return []
    werk = traject.gebeurtenissen.filter(soort=GebeurtenisSoort.WERKHERVATTING, datum__lte=datum)
    if werk.exists():
        return []
    return [Reden("eerst_werk", "Meld eerst dat de deelnemer met werk is begonnen.", veld="soort")]


def _bezwaren_tegen_gegevens(soort: str, velden: dict[str, Any]) -> list[Reden]:
    redenen = [
        Reden("gegevens", "Dit hoort niet bij wat er is gebeurd. Laat het leeg.", veld=naam)
        for naam in velden
        if naam not in GEGEVENS.get(soort, ())
    ]
    redenen += [
        Reden("gegevens", tekst, veld=naam)
        for naam, (keuzes, tekst) in _KEUZES.items()
        if naam in velden and velden[naam] not in keuzes
    ]
    uren = velden.get("uren_per_week")
    if uren is not None and not 1 <= uren <= MEESTE_UREN:
        tekst = f"Vul een aantal uren per week in van 1 tot en met {MEESTE_UREN}."
        redenen.append(Reden("gegevens", tekst, veld="uren_per_week"))
    return redenen

"""The verlenging: asked by the instelling, decided by who decided the aanvraag, within the regeling's months."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from aanvragen.handelingen.besluit import in_mandaat, neem_besluit
from aanvragen.handelingen.dossier import (
    behandelt,
    beslisser_naam,
    eis_tekst,
    meld_beslisser,
    meld_instelling,
)
from aanvragen.models import Besluit, BesluitSoort, Traject, Verlenging
from aanvragen.models.beoordeling import Advies
from aanvragen.models.ingebrekestelling import stop_telling
from aanvragen.regels.statussen import AanvraagStatus, TrajectStatus, VerlengingStatus
from aanvragen.regels.traject import bezwaren_tegen_verlenging, laatste_dag
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.termijnen import beslistermijn
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import BESLISSERS, INSTELLINGSROLLEN, VOORBEREIDERS


def bezwaren_tegen(traject: Traject, gevraagd: int, op: datetime) -> list[Reden]:
    """Why this many months, asked at `op`, can't be added."""
    maximum = traject.aanvraag.inhoud.doelgroep(traject.aanvraag.doelgroep).verlenging_max_maanden
    if traject.aanvraag.status != AanvraagStatus.TOEGEKEND:
        return [Reden("besluit_ingetrokken", "Het besluit is ingetrokken. Er valt niets meer te verlengen.")]
    return bezwaren_tegen_verlenging(
        gestart=traject.status == TrajectStatus.GESTART,
        gestopt=traject.status == TrajectStatus.VOORTIJDIG_BEEINDIGD,
        laatste=traject.laatste_dag,
        op=datum_van(op),
        al_verlengd=traject.verlengd_maanden,
        gevraagd=gevraagd,
        maximum=maximum,
    )


def _kan_verlengd(traject: Traject, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """With one month asked, so that the button shows what stands in the way whatever the number."""
    yield from bezwaren_tegen(traject, 1, nu)
    if traject.verlengingen.filter(status=VerlengingStatus.AANGEVRAAGD).exists():
        yield Reden("loopt_al", "Er loopt al een verzoek om verlenging. Wacht op het besluit.")


@handeling(
    "verlenging.vragen",
    titel="Verlenging vragen",
    op=Traject,
    van=[TrajectStatus.GESTART, TrajectStatus.VOORTIJDIG_BEEINDIGD],
    door=INSTELLINGSROLLEN,
    voorwaarden=[_kan_verlengd],
)
def vragen(traject: Traject, actor: Actor, *, maanden: int, motivering: str, nu: datetime) -> Verlenging:
    """Ask for more months, no later than the last day of the traject (A-REG art. 1; T65, T66, T68, T69)."""
    redenen = bezwaren_tegen(traject, maanden, nu)
    if not motivering.strip():
        redenen.append(Reden("motivering", "Schrijf waarom verlenging nodig is.", veld="motivering"))
    if redenen:
        raise HandelingGeweigerd(*redenen)
    weken = traject.aanvraag.inhoud.termijnen.beslistermijn_weken
    verlenging = Verlenging.objects.create(
        traject=traject,
        maanden=maanden,
        motivering=motivering,
        gevraagd_op=nu,
        gevraagd_door=actor.persoon,
        beslis_uiterlijk=beslistermijn(datum_van(nu), feestdagen(), weken=weken).laatste_dag,
    )
    meld_beslisser(traject.aanvraag, "verlenging_gevraagd", "Beoordeel een verzoek om verlenging", nu)
    return verlenging


@handeling(
    "verlenging.intrekken",
    titel="Verzoek om verlenging intrekken",
    op=Verlenging,
    van=[VerlengingStatus.AANGEVRAAGD],
    naar=VerlengingStatus.INGETROKKEN,
    door=INSTELLINGSROLLEN,
)
def intrekken(verlenging: Verlenging, actor: Actor, *, nu: datetime) -> Verlenging:
    """Withdraw the request; the traject ends when it was to end."""
    stop_telling(verlenging.dossier, datum_van(nu), verlenging=verlenging)
    return verlenging


@handeling(
    "verlenging.adviseren",
    titel="Verlenging beoordelen",
    op=Verlenging,
    van=[VerlengingStatus.AANGEVRAAGD],
    door=VOORBEREIDERS,
    relatie=behandelt,
    knop="primair",
)
def adviseren(
    verlenging: Verlenging, actor: Actor, *, advies: str, motivering: str, nu: datetime
) -> Verlenging:
    """Advise on the request; a colleague decides (four eyes)."""
    if advies not in Advies.values:
        raise HandelingGeweigerd(Reden("advies", "Kies uw advies.", veld="advies"))
    eis_tekst(motivering, "Schrijf de motivering. Die komt in de brief.", veld="motivering")
    verlenging.advies = advies
    verlenging.advies_motivering = motivering
    verlenging.beoordelaar = actor.persoon
    meld_beslisser(
        verlenging.traject.aanvraag,
        "verlenging_beoordeeld",
        "Een verlenging is beoordeeld: neem het besluit",
        nu,
        beslist=True,
    )
    return verlenging


def _vier_ogen(verlenging: Verlenging, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if verlenging.beoordelaar_id is None:
        yield Reden("niet_beoordeeld", "Dit verzoek is nog niet beoordeeld. Een beoordelaar doet dat eerst.")
    elif verlenging.beoordelaar_id == actor.gebruiker_id:
        yield Reden("vier_ogen", "U hebt dit verzoek zelf beoordeeld. Een collega moet het besluit nemen.")


@handeling(
    "verlenging.toekennen",
    titel="Verlenging toekennen",
    op=Verlenging,
    van=[VerlengingStatus.AANGEVRAAGD],
    naar=VerlengingStatus.TOEGEKEND,
    door=BESLISSERS,
    relatie=behandelt,
    voorwaarden=[_vier_ogen, in_mandaat],
    knop="primair",
    gevoelig=True,
)
def toekennen(verlenging: Verlenging, actor: Actor, *, motivering: str, nu: datetime) -> Besluit:
    """Extend the traject, contiguous with its old last day and without extra money (T65, T70).

    The request counts from the day it was asked: a decision after the last day still extends.
    """
    oude_laatste_dag = verleng(verlenging)
    return _besluit(
        verlenging,
        actor,
        BesluitSoort.VERLENGING_TOEGEKEND,
        motivering,
        nu,
        oude_laatste_dag=oude_laatste_dag,
    )


def verleng(verlenging: Verlenging) -> date | None:
    """Add its months to the traject, and give the last day that it had. Raises HandelingGeweigerd where it can't be."""
    traject = Traject.objects.select_for_update(of=("self",)).get(pk=verlenging.traject_id)
    redenen = bezwaren_tegen(traject, verlenging.maanden, verlenging.gevraagd_op)
    if redenen:
        raise HandelingGeweigerd(*redenen)
    assert traject.startdatum is not None
    oude_laatste_dag = traject.laatste_dag
    traject.verlengd_maanden += verlenging.maanden
    traject.laatste_dag = laatste_dag(traject.startdatum, traject.maanden, traject.verlengd_maanden)
    traject.versie += 1
    traject.save()
    verlenging.traject = traject
    return oude_laatste_dag


@handeling(
    "verlenging.afwijzen",
    titel="Verlenging afwijzen",
    op=Verlenging,
    van=[VerlengingStatus.AANGEVRAAGD],
    naar=VerlengingStatus.AFGEWEZEN,
    door=BESLISSERS,
    relatie=behandelt,
    voorwaarden=[_vier_ogen, in_mandaat],
    knop="gevaar",
    gevoelig=True,
)
def afwijzen(verlenging: Verlenging, actor: Actor, *, motivering: str, nu: datetime) -> Besluit:
    """Refuse the verlenging; the traject ends when it was to end."""
    return _besluit(verlenging, actor, BesluitSoort.VERLENGING_AFGEWEZEN, motivering, nu)


def _besluit(
    verlenging: Verlenging, actor: Actor, soort: BesluitSoort, motivering: str, nu: datetime, **brief: object
) -> Besluit:
    aanvraag = verlenging.traject.aanvraag
    verlenging.besluit = neem_besluit(
        aanvraag,
        actor,
        soort,
        motivering=motivering,
        nu=nu,
        opsteller_id=verlenging.beoordelaar_id,
        brief=brief,
        gronden=[] if soort == BesluitSoort.VERLENGING_TOEGEKEND else ["algemeen"],
        maanden=verlenging.maanden,
        vorig_besluit=aanvraag.besluiten.filter(soort=BesluitSoort.VERLENING).first(),
    )
    titel = f"{beslisser_naam(aanvraag)} heeft over een verlenging besloten"
    meld_instelling(aanvraag, "verlenging_besloten", titel, nu)
    return verlenging.besluit

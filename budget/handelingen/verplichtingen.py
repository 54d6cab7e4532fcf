"""What follows from a grant, a start, a stop and a vaststelling for who pays whom.

For the floor above, which calls these within the transaction of its own act. Amounts are integer cents incl. btw.
Lock order, for every path: facturen, then their verplichtingen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from budget.handelingen.melden import meld_crediteur
from budget.models import (
    Betaalmoment,
    Betaalverplichting,
    Debiteur,
    Factuur,
    FactuurSoort,
    FactuurStatus,
    Reservering,
    Terugvordering,
    TerugvorderingStatus,
    VerplichtingStatus,
)
from budget.regels.regeling import Mijlpaal
from budget.regels.verdelen import verdeel
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender import feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.termijnen import betaaltermijn
from ips_subsidie.toegang.models import Organisatie

_LOPEND = (FactuurStatus.IN_CONTROLE, FactuurStatus.GECONTROLEERD, FactuurStatus.GOEDGEKEURD)


def leg_vast(reservering: Reservering, crediteur: Organisatie, nu: datetime) -> list[Betaalverplichting]:
    """Record what each debtor owes now that the place was taken (call it after `neem_plaats`): UWV its part, the
    gemeente hers, none where the part is nothing.

    The betaalmomenten are those of the version of the reservering; what falls due at the verlening does so today.
    """
    inhoud = reservering.versie.inhoud
    delen = ((Debiteur.UWV, reservering.rijk_cent), (Debiteur.GEMEENTE, reservering.gemeente_cent))
    gemaakt = []
    for debiteur, bedrag_cent in delen:
        if not bedrag_cent:
            continue
        verplichting = Betaalverplichting.objects.create(
            reservering=reservering,
            debiteur=debiteur,
            gemeente_id=reservering.gemeente_id,
            crediteur=crediteur,
            bedrag_cent=bedrag_cent,
            inkooporder_nodig=inhoud.route(reservering.route).inkooporder,
            betaaltermijn_dagen=inhoud.termijnen.betaaltermijn_dagen,
            ontstaan_op=nu,
        )
        momenten = inhoud.betaalmomenten
        Betaalmoment.objects.bulk_create(
            Betaalmoment(
                verplichting=verplichting,
                volgnummer=plek,
                code=moment.code,
                naam=moment.naam,
                bij=moment.bij,
                bedrag_cent=deel_cent,
                opeisbaar_op=datum_van(nu) if moment.bij is Mijlpaal.VERLENING else None,
            )
            for plek, (moment, deel_cent) in enumerate(
                zip(momenten, verdeel(bedrag_cent, [m.procent for m in momenten]), strict=True), start=1
            )
        )
        gemaakt.append(verplichting)
    return gemaakt


def bereikt(reservering: Reservering, mijlpaal: Mijlpaal, op: date) -> None:
    """What waits for this mijlpaal falls due on `op`. What fell due before stays as it was."""
    Betaalmoment.objects.filter(
        verplichting__reservering=reservering, bij=mijlpaal, opeisbaar_op__isnull=True
    ).update(opeisbaar_op=op)


def blokkeer(reservering: Reservering, waarom: str, nu: datetime) -> None:
    """Let payments stand still: no factuur is taken, approved or put in a batch (T72). `waarom` names no person."""
    Betaalverplichting.objects.filter(reservering=reservering, status=VerplichtingStatus.OPEN).update(
        status=VerplichtingStatus.GEBLOKKEERD, geblokkeerd_om=waarom
    )


def deblokkeer(reservering: Reservering, nu: datetime) -> None:
    """Let payments go on."""
    Betaalverplichting.objects.filter(reservering=reservering, status=VerplichtingStatus.GEBLOKKEERD).update(
        status=VerplichtingStatus.OPEN, geblokkeerd_om=""
    )


def stel_vast(reservering: Reservering, bedrag_cent: int, nu: datetime) -> list[Terugvordering]:
    """Fix the whole amount (Awb 4:46): what is still owed is lowered to it, what was paid beyond it is reclaimed.

    Shared over the debtors in proportion to what each granted, to the cent. Returns the new terugvorderingen. Raises
    HandelingGeweigerd for more than was granted.
    """
    verplichtingen = _vergrendel(reservering)
    totaal = sum(v.bedrag_cent for v in verplichtingen)
    if not 0 <= bedrag_cent <= totaal and verplichtingen:
        raise HandelingGeweigerd(
            Reden(
                "boven_bedrag", "U kunt niet meer vaststellen dan er is toegekend.", veld="vastgesteld_cent"
            )
        )
    if not verplichtingen:
        return []
    delen = verdeel(bedrag_cent, [v.bedrag_cent for v in verplichtingen])
    for verplichting, deel_cent in zip(verplichtingen, delen, strict=True):
        verplichting.vastgesteld_cent = deel_cent
        verplichting.save(update_fields=["vastgesteld_cent"])
    terug = vorder_terug_wat_te_veel_is(
        verplichtingen, "Het bedrag is lager vastgesteld dan er is betaald.", nu
    )
    sluit_wat_klaar_is(verplichtingen)
    return terug


def beeindig(reservering: Reservering, nu: datetime) -> list[Terugvordering]:
    """The besluit was withdrawn: nothing more is paid, what runs is rejected and what was paid is reclaimed.

    A factuur that is in a batch at the bank stays in it; what that pays is reclaimed when it is reported.
    """
    verplichtingen = _vergrendel(reservering)
    reden = "Het besluit is ingetrokken."
    Factuur.objects.filter(
        verplichting__reservering=reservering, status__in=_LOPEND, betaalbatch__isnull=True
    ).exclude(soort=FactuurSoort.CREDIT, status=FactuurStatus.GOEDGEKEURD).update(
        status=FactuurStatus.AFGEKEURD, reden=reden
    )
    for verplichting in verplichtingen:
        verplichting.vastgesteld_cent = 0
        verplichting.status = VerplichtingStatus.AFGESLOTEN
        verplichting.save(update_fields=["vastgesteld_cent", "status"])
    return vorder_terug_wat_te_veel_is(verplichtingen, reden, nu)


def herleef(reservering: Reservering, nu: datetime) -> None:
    """The withdrawal was taken back: all that was granted is owed again, and what was claimed back no longer is.

    What was paid back in the meantime stays so. Facturen that were rejected stay rejected: the instelling sends anew.
    """
    verplichtingen = _vergrendel(reservering)
    trek_terugvorderingen_in(verplichtingen, nu)
    for verplichting in verplichtingen:
        verplichting.vastgesteld_cent = None
        verplichting.status = VerplichtingStatus.OPEN
        verplichting.save(update_fields=["vastgesteld_cent", "status"])


def stel_opnieuw_vast(reservering: Reservering, bedrag_cent: int, nu: datetime) -> list[Terugvordering]:
    """Fix another amount in the place of one that was taken back; see `stel_vast`. Open claims lapse first."""
    verplichtingen = _vergrendel(reservering)
    trek_terugvorderingen_in(verplichtingen, nu)
    Betaalverplichting.objects.filter(pk__in=[v.pk for v in verplichtingen]).update(
        status=VerplichtingStatus.OPEN
    )
    return stel_vast(reservering, bedrag_cent, nu)


def trek_terugvorderingen_in(verplichtingen: Iterable[Betaalverplichting], nu: datetime) -> None:
    """What is still to be paid back on these (locked) need not be."""
    Terugvordering.objects.filter(
        verplichting__in=[v.pk for v in verplichtingen], status=TerugvorderingStatus.OPEN
    ).update(
        status=TerugvorderingStatus.INGETROKKEN,
        afgerond_op=datum_van(nu),
        toelichting="Het besluit waaruit dit volgde, is na bezwaar herroepen.",
    )


def vorder_terug_wat_te_veel_is(
    verplichtingen: Iterable[Betaalverplichting], reden: str, nu: datetime
) -> list[Terugvordering]:
    """A terugvordering for each of these (locked) on which more was paid than is due, payable in six weeks."""
    gemaakt = []
    for verplichting in verplichtingen:
        verplichting.refresh_from_db(fields=["betaald_cent", "teruggevorderd_cent"])
        te_veel = verplichting.netto_betaald_cent - verplichting.grens_cent
        if te_veel > 0:
            gemaakt.append(vorder_terug(verplichting, te_veel, reden, nu))
    return gemaakt


def vorder_terug(
    verplichting: Betaalverplichting, bedrag_cent: int, reden: str, nu: datetime
) -> Terugvordering:
    """Claim back an amount that was paid; the instelling is told. The last day is six weeks off (Awb 4:87)."""
    uiterlijk = betaaltermijn(datum_van(nu), feestdagen.alle()).laatste_dag
    terugvordering = Terugvordering.objects.create(
        verplichting=verplichting, bedrag_cent=bedrag_cent, reden=reden, ontstaan_op=nu, uiterlijk=uiterlijk
    )
    meld_crediteur(
        verplichting,
        "terugvordering_nieuw",
        "U moet een bedrag terugbetalen",
        terugvordering,
        nu,
        "budget:terugvorderingen",
    )
    return terugvordering


def sluit_wat_klaar_is(verplichtingen: Iterable[Betaalverplichting]) -> None:
    """Close those of which the amount was fixed and paid, and no factuur runs."""
    for verplichting in verplichtingen:
        verplichting.refresh_from_db(fields=["betaald_cent", "teruggevorderd_cent", "status"])
        if (
            verplichting.vastgesteld_cent is not None
            and verplichting.status == VerplichtingStatus.OPEN
            and verplichting.netto_betaald_cent >= verplichting.vastgesteld_cent
            and not _loopt(verplichting)
        ):
            verplichting.status = VerplichtingStatus.AFGESLOTEN
            verplichting.save(update_fields=["status"])


def _loopt(verplichting: Betaalverplichting) -> bool:
    """Is there a factuur still to be decided or paid? An approved creditfactuur is done."""
    lopend = verplichting.facturen.filter(status__in=_LOPEND)
    return lopend.exclude(soort=FactuurSoort.CREDIT, status=FactuurStatus.GOEDGEKEURD).exists()


def _vergrendel(reservering: Reservering) -> list[Betaalverplichting]:
    """The verplichtingen of a reservering under a lock, after its facturen."""
    list(
        Factuur.objects.filter(verplichting__reservering=reservering)
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
        .values_list("pk")
    )
    return list(
        Betaalverplichting.objects.filter(reservering=reservering)
        .order_by("debiteur")
        .select_for_update(of=("self",), no_key=True)
    )

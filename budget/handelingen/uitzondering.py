"""A place back after a gegrond bezwaar, judged as at the primary moment, if need be beyond a pot (Awb 4:25 lid 3).

Never silent: proposed by one official and confirmed by another, booked in the grootboek by its own name.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, Sum

from budget.handelingen.plaatsen import herplaats, meegeteld, neem_plaats, potten_van
from budget.models import (
    Boeking,
    Pot,
    Potgrens,
    Rekening,
    Reservering,
    ReserveringStatus,
    Uitzondering,
)
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Gebruiker

# From where a place can come back.
_TERUG = (ReserveringStatus.VERVALLEN, ReserveringStatus.VRIJGEGEVEN)


def stel_voor(
    reservering: Reservering,
    actor: Actor,
    *,
    bezwaar_kenmerk: str,
    beslist_op: date,
    motivering: str,
    nu: datetime,
    boven_grens: bool = True,
    door: Gebruiker | None = None,
) -> Uitzondering:
    """Propose to give back what was refused or withdrawn. `beslist_op` is the day of the beslissing op bezwaar.

    `door` is who proposed it, where that is not the actor. A second proposal replaces the first, as long as nobody
    confirmed it.
    """
    if reservering.status not in _TERUG or reservering.rang_op is None:
        raise HandelingGeweigerd(Reden("niet_afgewezen", "Deze aanvraag is niet afgewezen."))
    uitzondering, _ = Uitzondering.objects.update_or_create(
        reservering=reservering,
        bevestigd_door=None,
        defaults={
            "bezwaar_kenmerk": bezwaar_kenmerk,
            "beslist_op": beslist_op,
            "motivering": motivering,
            "voorgesteld_door": door or actor.persoon,
            "voorgesteld_op": nu,
            **({} if boven_grens else {"boven_grens": False}),
        },
    )
    return uitzondering


def vol_op(reservering: Reservering, moment: datetime) -> list[Pot]:
    """The pots that had no room for it at `moment`: what the grootboek says was held then, under the limits of then."""
    mee = meegeteld(reservering, moment)
    return [
        pot
        for pot in potten_van(reservering)
        if not _paste(
            pot, [m for m in mee if (m.soort, m.periode) == (pot.soort, pot.periode)], reservering, moment
        )
    ]


def _paste(pot: Pot, mee: list[Pot], reservering: Reservering, moment: datetime) -> bool:
    houdt = (Rekening.GERESERVEERD, Rekening.VERLEEND)
    bij, af = Q(naar__in=houdt) & ~Q(van__in=houdt), Q(van__in=houdt) & ~Q(naar__in=houdt)
    som = Boeking.objects.filter(pot__in=[pot, *mee], op__lte=moment).aggregate(
        bij=Sum("trajecten", filter=bij, default=0), af=Sum("trajecten", filter=af, default=0),
        bij_cent=Sum("cent", filter=bij, default=0), af_cent=Sum("cent", filter=af, default=0),
    )  # fmt: skip
    trajecten, cent = grens_op(pot, reservering, moment)
    return (trajecten is None or som["bij"] - som["af"] < trajecten) and (
        cent is None or som["bij_cent"] - som["af_cent"] + reservering.rijk_cent <= cent
    )


def grens_op(pot: Pot, reservering: Reservering, moment: datetime) -> tuple[int | None, int | None]:
    """The highest limit in force from its receipt until `moment` (Awb 4:27); None is no limit."""
    zoals = {"pot__regeling_id": pot.regeling_id, "pot__soort": pot.soort, "pot__periode": pot.periode}
    grenzen = Potgrens.objects.filter(pot__route=pot.route, pot__gemeente=None, vanaf__lte=moment, **zoals)
    bij_ontvangst = grenzen.filter(vanaf__lte=reservering.ontvangen_op).order_by("-vanaf", "-pk")[:1]
    gold = [*bij_ontvangst, *grenzen.filter(vanaf__gt=reservering.ontvangen_op)]
    trajecten, cent = [g.trajecten for g in gold], [g.cent for g in gold]
    return (
        None if None in trajecten else max((t for t in trajecten if t is not None), default=None),
        None if None in cent else max((c for c in cent if c is not None), default=None),
    )


def bevestig(reservering: Reservering, actor: Actor, nu: datetime) -> Uitzondering:
    """Confirm and grant, beyond the pots where they are full. Raises HandelingGeweigerd for the proposer himself."""
    uitzondering = _bevestig(reservering, actor, nu)
    neem_plaats(reservering, nu)
    return uitzondering


def heropen(reservering: Reservering, actor: Actor, nu: datetime) -> Uitzondering:
    """Confirm, and join the queue again with the rank it had. Raises HandelingGeweigerd for the proposer himself."""
    uitzondering = _bevestig(reservering, actor, nu)
    herplaats(reservering, nu)
    return uitzondering


def _bevestig(reservering: Reservering, actor: Actor, nu: datetime) -> Uitzondering:
    uitzondering = (
        Uitzondering.objects.select_for_update(of=("self",), no_key=True)
        .filter(reservering=reservering, bevestigd_door__isnull=True)
        .first()
    )
    if uitzondering is None:
        raise HandelingGeweigerd(
            Reden("niet_voorgesteld", "Nog niemand heeft dit voorgesteld. Een beoordelaar doet dat eerst.")
        )
    if uitzondering.voorgesteld_door_id == actor.gebruiker_id:
        raise HandelingGeweigerd(
            Reden("vier_ogen", "U hebt dit zelf voorgesteld. Een collega moet het besluit nemen.")
        )
    uitzondering.bevestigd_door = actor.persoon
    uitzondering.bevestigd_op = nu
    uitzondering.save(update_fields=["bevestigd_door", "bevestigd_op"])
    return uitzondering

"""Granting after a gegrond bezwaar, judged as at the primary moment and if need be beyond a pot (Awb 4:25 lid 3).

Never silent: proposed by one official and confirmed by another, booked in the grootboek by its own name.
"""

from __future__ import annotations

from datetime import date, datetime

from budget.handelingen.plaatsen import neem_plaats
from budget.models import Reservering, ReserveringStatus, Uitzondering
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.toegang.actor import Actor


def stel_voor(
    reservering: Reservering,
    actor: Actor,
    *,
    bezwaar_kenmerk: str,
    beslist_op: date,
    motivering: str,
    nu: datetime,
) -> Uitzondering:
    """Propose to grant what was refused. `beslist_op` is the day of the beslissing op bezwaar.

    A second proposal replaces the first, as long as nobody confirmed it.
    """
    if reservering.status != ReserveringStatus.VERVALLEN or reservering.rang_op is None:
        raise HandelingGeweigerd(Reden("niet_afgewezen", "Deze aanvraag is niet afgewezen."))
    uitzondering, _ = Uitzondering.objects.update_or_create(
        reservering=reservering,
        defaults={
            "bezwaar_kenmerk": bezwaar_kenmerk,
            "beslist_op": beslist_op,
            "motivering": motivering,
            "voorgesteld_door": actor.persoon,
            "voorgesteld_op": nu,
        },
    )
    return uitzondering


def bevestig(reservering: Reservering, actor: Actor, nu: datetime) -> Uitzondering:
    """Confirm and grant, beyond the pots where they are full. Raises HandelingGeweigerd for the proposer himself."""
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
    neem_plaats(reservering, nu)
    return uitzondering

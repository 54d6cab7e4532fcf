"""The loting between aanvragen that were received at the same moment: prepared by one official, drawn by another."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count

from budget.models import Loting, LotingStatus, Regeling, Reservering, ReserveringStatus
from budget.regels.loting import volgorde
from budget.regels.regeling import GelijkeRang
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van, einde_van_dag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol


@dataclass(frozen=True)
class Gelijk:
    """Aanvragen that wait with the same rank: `rang_op` and their kenmerken, two or more."""

    rang_op: datetime
    kenmerken: tuple[str, ...]


def te_loten(regeling: Regeling) -> list[Gelijk]:
    """Who wait with the same rank and have no lot yet, the earliest first. A loting is needed once places run short."""
    gelijk = (
        Reservering.objects.filter(
            regeling=regeling, status=ReserveringStatus.IN_VOLGORDE, rang_lot__isnull=True
        )
        .values("rang_op")
        .annotate(kenmerken=ArrayAgg("kenmerk", order_by="kenmerk"))
        .annotate(aantal=Count("pk"))
        .filter(aantal__gt=1)
        .order_by("rang_op")
    )
    return [
        Gelijk(groep["rang_op"], tuple(groep["kenmerken"]))
        for groep in gelijk
        if groep["rang_op"] is not None  # who waits has a rank: a check of the table
    ]


@handeling(
    "loting.voorbereiden",
    titel="Loting voorbereiden",
    door=[Rol.UWV_BEOORDELAAR, Rol.UWV_BESLISSER],
    maakt="budget.loting",
    gevoelig=True,
)
def voorbereiden(actor: Actor, *, regeling: Regeling, rang_op: datetime, nu: datetime) -> Loting:
    """Fix who takes part: all who wait with this rank. Nobody can join after it."""
    Regeling.objects.select_for_update(of=("self",), no_key=True).get(pk=regeling.pk)
    gelijk = next((groep for groep in te_loten(regeling) if groep.rang_op == rang_op), None)
    if gelijk is None:
        raise HandelingGeweigerd(
            Reden("niets_te_loten", "Er zijn geen aanvragen meer die op dit moment tegelijk wachten.")
        )
    op_dag = regeling.versie_op(datum_van(nu)).inhoud.regels.gelijke_rang is GelijkeRang.LOTING
    if op_dag and nu < einde_van_dag(datum_van(rang_op)):
        raise HandelingGeweigerd(
            Reden("dag_loopt", "Vandaag kunnen nog aanvragen binnenkomen. Loot vanaf morgen.")
        )
    if Loting.objects.filter(regeling=regeling, rang_op=rang_op, status=LotingStatus.VOORBEREID).exists():
        raise HandelingGeweigerd(
            Reden("al_voorbereid", "Deze loting is al voorbereid. Laat een collega het lot trekken.")
        )
    return Loting.objects.create(
        regeling=regeling,
        rang_op=rang_op,
        deelnemers=list(gelijk.kenmerken),
        voorbereid_door=actor.persoon,
        voorbereid_op=nu,
    )


def _door_een_ander(loting: Loting, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if loting.voorbereid_door_id == actor.gebruiker_id:
        yield Reden("vier_ogen", "U hebt deze loting zelf voorbereid. Een collega moet het lot trekken.")


@handeling(
    "loting.trekken",
    titel="Lot trekken",
    op=Loting,
    van=[LotingStatus.VOORBEREID],
    naar=LotingStatus.GETROKKEN,
    door=[Rol.UWV_BESLISSER],
    voorwaarden=[_door_een_ander],
    knop="primair",
    gevoelig=True,
)
def trekken(loting: Loting, actor: Actor, *, nu: datetime) -> Loting:
    """Draw a seed that nobody chose; the order follows from it and is kept with it (ECLI:NL:RVS:2018:2310)."""
    loting.zaad = secrets.token_hex(16)
    loting.uitslag = volgorde(loting.zaad, loting.deelnemers)
    loting.getrokken_door = actor.persoon
    loting.getrokken_op = nu
    return loting

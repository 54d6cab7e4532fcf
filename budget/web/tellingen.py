"""How many reserveringen there are in each status and what they ask, by route and tijdvak: one statement for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, Sum

from budget.models import Regeling, Reservering, ReserveringStatus
from budget.regels.prognose import RECENT_DAGEN
from ips_subsidie.kalender.dagen import begin_van_dag

VERLEEND = Q(status=ReserveringStatus.VERLEEND)
VAST = Q(status=ReserveringStatus.GERESERVEERD)
WACHT = Q(status=ReserveringStatus.IN_VOLGORDE)


@dataclass(frozen=True)
class Telling:
    """Numbers of reserveringen: granted, held, waiting complete, waiting for an aanvulling. Cents of the first three.

    `recent` are those of the first three whose rank is of the last RECENT_DAGEN days. Amounts are the part of the
    Rijk, but for `gemeente_cent`: what gemeenten pay of what was granted. `oud` are those of the waiting ones that were
    received before the limit was lowered: for them the limit of then holds (Awb 4:27).
    """

    verleend: int = 0
    vast: int = 0
    wacht: int = 0
    onvolledig: int = 0
    recent: int = 0
    verleend_cent: int = 0
    vast_cent: int = 0
    wacht_cent: int = 0
    gemeente_cent: int = 0
    oud: int = 0

    @property
    def claimt(self) -> int:
        """Those that have a place, or will when it is their turn."""
        return self.verleend + self.vast + self.wacht

    @property
    def claimt_cent(self) -> int:
        return self.verleend_cent + self.vast_cent + self.wacht_cent


PerDeel = dict[tuple[str, str], Telling]


def tel(regeling: Regeling, vandaag: date, verlaagd_op: datetime | None = None) -> PerDeel:
    """By code of route and of tijdvak; `oud` is counted against the lowering at `verlaagd_op`."""
    oud = WACHT & Q(ontvangen_op__lt=verlaagd_op) if verlaagd_op is not None else Q(pk__in=[])
    recent = (VERLEEND | VAST | WACHT) & Q(
        rang_op__gte=begin_van_dag(vandaag - timedelta(days=RECENT_DAGEN - 1))
    )
    rijen = (
        Reservering.objects.filter(regeling=regeling)
        .order_by()
        .values("route", "tijdvak")
        .annotate(
            verleend=Count("pk", filter=VERLEEND),
            vast=Count("pk", filter=VAST),
            wacht=Count("pk", filter=WACHT),
            onvolledig=Count("pk", filter=Q(status=ReserveringStatus.ONVOLLEDIG)),
            recent=Count("pk", filter=recent),
            oud=Count("pk", filter=oud),
            verleend_cent=Sum("rijk_cent", filter=VERLEEND, default=0),
            vast_cent=Sum("rijk_cent", filter=VAST, default=0),
            wacht_cent=Sum("rijk_cent", filter=WACHT, default=0),
            van_gemeenten=Sum("gemeente_cent", filter=VERLEEND, default=0),
        )
    )
    return dict(_gelezen(dict(rij)) for rij in rijen)


def _gelezen(rij: dict[str, Any]) -> tuple[tuple[str, str], Telling]:
    deel = rij.pop("route"), rij.pop("tijdvak")
    return deel, Telling(gemeente_cent=rij.pop("van_gemeenten"), **rij)


def samen(tellingen: Iterable[Telling]) -> Telling:
    lijst = list(tellingen)
    return Telling(**{veld.name: sum(getattr(t, veld.name) for t in lijst) for veld in fields(Telling)})


def van_route(per_deel: PerDeel, route: str) -> Telling:
    return samen(telling for (r, _), telling in per_deel.items() if r == route)


def van_tijdvak(per_deel: PerDeel, tijdvak: str) -> Telling:
    """Of this tijdvak, or of all when the code is empty."""
    return samen(telling for (_, t), telling in per_deel.items() if tijdvak in ("", t))

"""The numbers of a regeling, read in a few statements whatever the number of dossiers. No client data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from budget.models import Pot, PotSoort, Regeling, Reservering, ReserveringStatus
from budget.regels.regeling import Regelinginhoud
from ips_subsidie.kalender.klok import AMSTERDAM

_VERLEEND = Q(status=ReserveringStatus.VERLEEND)
_WACHT = Q(status=ReserveringStatus.IN_VOLGORDE)


@dataclass(frozen=True)
class Stand:
    """How a pool stands: what was granted, what waits complete, what waits for an aanvulling. No `grens`: no limit."""

    grens: int | None
    verleend: int
    wacht: int = 0
    onvolledig: int = 0

    @property
    def vrij(self) -> int | None:
        """Places that nobody was granted."""
        return None if self.grens is None else max(0, self.grens - self.verleend)

    @property
    def gereserveerd(self) -> int:
        """Those of the waiting ones for whom there is a place."""
        return self.wacht if self.vrij is None else min(self.wacht, self.vrij)

    @property
    def over(self) -> int | None:
        """Places that are left when all who wait get theirs."""
        return None if self.vrij is None else self.vrij - self.gereserveerd


@dataclass(frozen=True)
class Routecijfers:
    naam: str
    stand: Stand
    rijk_cent: int
    gemeente_cent: int


@dataclass(frozen=True)
class Gemeentecijfers:
    """One gemeente: granted and waiting, on the routes that count for the cap (`telt`) and on the others."""

    naam: str
    telt: int
    wacht: int
    anders: int
    anders_wacht: int
    gemeente_cent: int


@dataclass(frozen=True)
class Cijfers:
    totaal: Stand
    routes: list[Routecijfers]
    maanden: list[tuple[date, int]]
    gemeenten: list[Gemeentecijfers]
    cap: int | None
    rijk_cent: int
    gemeente_cent: int
    rijk_grens_cent: int | None


def cijfers_van(regeling: Regeling, inhoud: Regelinginhoud, vandaag: date) -> Cijfers:
    """Four statements: the pots, and the reserveringen by route, by month and by gemeente."""
    potten = list(Pot.objects.filter(regeling=regeling, gemeente=None))
    per_route = _per_route(regeling)
    routes = [
        _routecijfers(route.code, route.naam, potten, per_route)
        for route in inhoud.routes
    ]  # fmt: skip
    totaal = next((p for p in potten if p.soort == PotSoort.TOTAAL), None)
    cap = next((p for p in potten if p.soort == PotSoort.GEMEENTE), None)
    rijen = per_route.values()
    return Cijfers(
        totaal=Stand(
            totaal.grens_trajecten if totaal else None,
            sum(r["verleend"] for r in rijen),
            sum(r["wacht"] for r in rijen),
            sum(r["onvolledig"] for r in rijen),
        ),
        routes=routes,
        maanden=_per_maand(regeling, inhoud, vandaag),
        gemeenten=_per_gemeente(regeling, cap.telt_routes if cap else []),
        cap=cap.grens_trajecten if cap else None,
        rijk_cent=sum(r["rijk"] or 0 for r in rijen),
        gemeente_cent=sum(r["gemeente"] or 0 for r in rijen),
        rijk_grens_cent=totaal.grens_cent if totaal else None,
    )


def standen(regelingen: Iterable[Regeling]) -> dict[int, Stand]:
    """How the whole pool of each regeling stands; two statements for all of them."""
    nummers = [regeling.pk for regeling in regelingen]
    wacht = dict(
        Reservering.objects.filter(_WACHT, regeling__in=nummers)
        .order_by()
        .values_list("regeling")
        .annotate(n=Count("pk"))
    )
    potten = Pot.objects.filter(regeling__in=nummers, soort=PotSoort.TOTAAL).order_by()
    return {
        p.regeling_id: Stand(p.grens_trajecten, p.verleend_trajecten, wacht.get(p.regeling_id, 0))
        for p in potten
    }


def _per_route(regeling: Regeling) -> dict[str, dict[str, Any]]:
    rijen = (
        Reservering.objects.filter(regeling=regeling)
        .order_by()
        .values("route")
        .annotate(
            verleend=Count("pk", filter=_VERLEEND),
            wacht=Count("pk", filter=_WACHT),
            onvolledig=Count("pk", filter=Q(status=ReserveringStatus.ONVOLLEDIG)),
            rijk=Sum("rijk_cent", filter=_VERLEEND),
            gemeente=Sum("gemeente_cent", filter=_VERLEEND),
        )
    )
    return {str(rij["route"]): dict(rij) for rij in rijen}


def _routecijfers(
    code: str, naam: str, potten: list[Pot], per_route: dict[str, dict[str, Any]]
) -> Routecijfers:
    rij: dict[str, Any] = defaultdict(int, per_route.get(code, {}))
    pot = next((p for p in potten if p.soort == PotSoort.ROUTE and p.route == code), None)
    return Routecijfers(
        naam,
        Stand(pot.grens_trajecten if pot else None, rij["verleend"], rij["wacht"], rij["onvolledig"]),
        rij["rijk"] or 0,
        rij["gemeente"] or 0,
    )


def _per_maand(regeling: Regeling, inhoud: Regelinginhoud, vandaag: date) -> list[tuple[date, int]]:
    """Every month from the first tijdvak or grant until now, those without a grant too."""
    gevonden = {
        moment.date(): aantal
        for moment, aantal in Reservering.objects.filter(_VERLEEND, regeling=regeling)
        .order_by()
        .values_list(TruncMonth("verleend_op", tzinfo=AMSTERDAM))
        .annotate(n=Count("pk"))
    }
    maand = min([*gevonden, min(t.van for t in inhoud.tijdvakken).replace(day=1)])
    laatste = max([*gevonden, vandaag.replace(day=1)])
    maanden = []
    while maand <= laatste:
        maanden.append((maand, gevonden.get(maand, 0)))
        maand = date(maand.year + maand.month // 12, maand.month % 12 + 1, 1)
    return maanden


def _per_gemeente(regeling: Regeling, telt_routes: list[str]) -> list[Gemeentecijfers]:
    """Every gemeente with a grant or a place in the queue, the fullest first."""
    telt = Q(route__in=telt_routes)
    rijen = (
        Reservering.objects.filter(_VERLEEND | _WACHT, regeling=regeling)
        .order_by()
        .values("gemeente__naam", "gemeente__sorteernaam")
        .annotate(
            telt=Count("pk", filter=_VERLEEND & telt),
            wacht=Count("pk", filter=_WACHT & telt),
            anders=Count("pk", filter=_VERLEEND & ~telt),
            anders_wacht=Count("pk", filter=_WACHT & ~telt),
            cent=Sum("gemeente_cent", filter=_VERLEEND),
        )
        .order_by("-telt", "-wacht", "-anders", "gemeente__sorteernaam")
    )
    return [
        Gemeentecijfers(
            r["gemeente__naam"], r["telt"], r["wacht"], r["anders"], r["anders_wacht"], r["cent"] or 0
        )
        for r in rijen
    ]

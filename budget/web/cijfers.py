"""The numbers of a regeling, read in a few statements whatever the number of dossiers. No client data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from budget.models import Pot, PotSoort, Regeling, Reservering
from budget.regels.regeling import Regelinginhoud, Route
from budget.web.potstanden import Potstand, Ruimte, boven_de_grens, per_tijdvak, verlaagd_op
from budget.web.tellingen import VERLEEND, WACHT, PerDeel, Telling, tel, van_route, van_tijdvak
from ips_subsidie.kalender.klok import AMSTERDAM


@dataclass(frozen=True)
class Stand(Ruimte):
    """A pool, and who waits for it: complete, or for an aanvulling.

    `oud` are those of the waiting ones for whom the older, higher limit holds (Awb 4:27).
    """

    wacht: int = 0
    onvolledig: int = 0
    oud: int = 0

    @property
    def past(self) -> int:
        """Those of the waiting ones for whom there is a place under the limit of now; without those of `oud`."""
        nieuw = self.wacht - self.oud
        return nieuw if self.vrij is None else min(nieuw, max(0, self.vrij - self.oud))

    @property
    def over(self) -> int | None:
        """Places that are left when all who wait get theirs."""
        return None if self.vrij is None else max(0, self.vrij - self.oud) - self.past


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
    tellingen: PerDeel
    totaal: Stand
    verlaagd_op: datetime | None
    routes: list[Routecijfers]
    maanden: list[tuple[date, int]]
    gemeenten: list[Gemeentecijfers]
    cap: int | None
    rijk: Ruimte
    gemeente_cent: int
    tijdvakken: list[Potstand]
    boven: list[Potstand]


def cijfers_van(regeling: Regeling, inhoud: Regelinginhoud, vandaag: date, alle_potten: list[Pot]) -> Cijfers:
    """Three statements: the reserveringen by route and tijdvak, by month and by gemeente."""
    potten = [p for p in alle_potten if not p.periode and p.gemeente_id is None]
    totaal = next((p for p in potten if p.soort == PotSoort.TOTAAL), None)
    verlaagd = verlaagd_op(totaal)
    tellingen = tel(regeling, vandaag, verlaagd)
    alles = van_tijdvak(tellingen, "")
    cap = next((p for p in potten if p.soort == PotSoort.GEMEENTE), None)
    return Cijfers(
        tellingen=tellingen,
        totaal=replace(_stand(totaal, alles), oud=alles.oud),
        verlaagd_op=verlaagd,
        routes=[_routecijfers(route, potten, van_route(tellingen, route.code)) for route in inhoud.routes],
        maanden=_per_maand(regeling, inhoud, vandaag),
        gemeenten=_per_gemeente(regeling, cap.telt_routes if cap else []),
        cap=cap.grens_trajecten if cap else None,
        rijk=Ruimte(totaal.grens_cent if totaal else None, alles.verleend_cent, alles.vast_cent),
        gemeente_cent=alles.gemeente_cent,
        tijdvakken=per_tijdvak(alle_potten),
        boven=boven_de_grens(alle_potten, inhoud),
    )


def standen(regelingen: Iterable[Regeling]) -> dict[tuple[int, str], Stand]:
    """How the whole pool of each regeling and of each of its tijdvakken stands, by regeling and code of the tijdvak.

    The code is empty for the regeling as a whole. Two statements for all of them.
    """
    nummers = [regeling.pk for regeling in regelingen]
    wacht: Counter[tuple[int, str]] = Counter()
    rijen = Reservering.objects.filter(WACHT, regeling__in=nummers).order_by()
    for regeling, tijdvak, aantal in rijen.values_list("regeling", "tijdvak").annotate(n=Count("pk")):
        wacht[regeling, ""] += aantal
        wacht[regeling, tijdvak] += aantal
    potten = Pot.objects.filter(regeling__in=nummers, soort=PotSoort.TOTAAL).order_by()
    return {
        (p.regeling_id, p.periode): Stand(
            p.grens_trajecten,
            p.verleend_trajecten,
            p.gereserveerd_trajecten,
            wacht=wacht[p.regeling_id, p.periode],
        )
        for p in potten
    }


def _stand(pot: Pot | None, telling: Telling) -> Stand:
    return Stand(
        pot.grens_trajecten if pot else None,
        telling.verleend,
        telling.vast,
        wacht=telling.wacht,
        onvolledig=telling.onvolledig,
    )


def _routecijfers(route: Route, potten: list[Pot], telling: Telling) -> Routecijfers:
    pot = next((p for p in potten if p.soort == PotSoort.ROUTE and p.route == route.code), None)
    return Routecijfers(route.naam, _stand(pot, telling), telling.verleend_cent, telling.gemeente_cent)


def _per_maand(regeling: Regeling, inhoud: Regelinginhoud, vandaag: date) -> list[tuple[date, int]]:
    """Every month from the first tijdvak or grant until now, those without a grant too."""
    gevonden = {
        moment.date(): aantal
        for moment, aantal in Reservering.objects.filter(VERLEEND, regeling=regeling)
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
        Reservering.objects.filter(VERLEEND | WACHT, regeling=regeling)
        .order_by()
        .values("gemeente__naam", "gemeente__sorteernaam")
        .annotate(
            telt=Count("pk", filter=VERLEEND & telt),
            wacht=Count("pk", filter=WACHT & telt),
            anders=Count("pk", filter=VERLEEND & ~telt),
            anders_wacht=Count("pk", filter=WACHT & ~telt),
            cent=Sum("gemeente_cent", filter=VERLEEND),
        )
        .order_by("-telt", "-wacht", "-anders", "gemeente__sorteernaam")
    )
    return [
        Gemeentecijfers(
            r["gemeente__naam"], r["telt"], r["wacht"], r["anders"], r["anders_wacht"], r["cent"] or 0
        )
        for r in rijen
    ]

"""The forecast: when will the pool be used up, or how much of it will be left when the tijdvak ends?

Complete aanvragen are taken to come in as a Poisson process whose rate is unknown. With `n` of them in `d` days the
rate is Gamma(n + 1/2, d) (Jeffreys), so the number in the next `t` days is negative binomial, and the chance that it
is at least `k` is the regularized incomplete beta function I(t / (d + t); k, n + 1/2). Every number below follows from
that one function: the day on which the k-th comes, and how many come before a day. So they never contradict another.

Days are inclusive and in Amsterdam; today counts as a day that has been, and what comes, comes from tomorrow on.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MINSTENS = 5  # with fewer aanvragen a pace says nothing
RECENT_DAGEN = 28
_ONDER, _MIDDEN, _BOVEN = 0.1, 0.5, 0.9  # an interval of 80%
_DUIDELIJK = 2.5  # standard deviations
_NAUWKEURIG, _BIJNA_NUL, _MEESTE_TERMEN = 1e-12, 1e-300, 100_000


class Verwachting(StrEnum):
    TE_WEINIG = "te_weinig"
    VOL = "vol"
    LOOPT_LEEG = "loopt_leeg"
    BLIJFT_OVER = "blijft_over"


class Tempo(StrEnum):
    """How the last four weeks compare with the time before them."""

    GELIJK = "gelijk"
    SNELLER = "sneller"
    TRAGER = "trager"


@dataclass(frozen=True)
class Prognose:
    """What may be expected, and the numbers it rests on.

    `dag`, `vroegst`, `laatst` (LOOPT_LEEG): the day on which the last place is claimed, with an interval of 80%;
    `laatst` is None where that is later than the tijdvak lasts. `rest`, `rest_minst`, `rest_meest` (BLIJFT_OVER):
    the places left after the last day of the tijdvak, with an interval of 80%.
    """

    verwachting: Verwachting
    aantal: int
    dagen: int
    over: int
    einde: date
    dag: date | None = None
    vroegst: date | None = None
    laatst: date | None = None
    rest: int = 0
    rest_minst: int = 0
    rest_meest: int = 0


def voorspel(*, aantal: int, over: int | None, begin: date, einde: date, vandaag: date) -> Prognose | None:
    """What becomes of the `over` places, after `aantal` complete aanvragen from `begin` until today.

    None where there is nothing to forecast: no limit, or a tijdvak that isn't open. Fewer places than none count as
    none. Raises ValueError for a negative number of aanvragen.
    """
    if aantal < 0:
        raise ValueError("een negatief aantal aanvragen bestaat niet")
    if over is None or not begin <= vandaag <= einde:
        return None
    dagen, nog = (vandaag - begin).days + 1, (einde - vandaag).days
    if over <= 0:
        return Prognose(Verwachting.VOL, aantal, dagen, 0, einde)
    if aantal < MINSTENS:
        return Prognose(Verwachting.TE_WEINIG, aantal, dagen, over, einde)

    def weg(dag: int) -> float:
        return kans_op_minstens(over, dag, aantal=aantal, dagen=dagen)

    if weg(nog) >= _MIDDEN:
        vroegst, dag = _eerste(weg, _ONDER, nog), _eerste(weg, _MIDDEN, nog)
        laatst = _eerste(weg, _BOVEN, nog) if weg(nog) >= _BOVEN else None
        return Prognose(
            Verwachting.LOOPT_LEEG, aantal, dagen, over, einde,
            dag=vandaag + timedelta(days=dag),
            vroegst=vandaag + timedelta(days=vroegst),
            laatst=vandaag + timedelta(days=laatst) if laatst is not None else None,
        )  # fmt: skip

    def hoogstens(m: int) -> float:
        return 1 - kans_op_minstens(m + 1, nog, aantal=aantal, dagen=dagen)

    erbij = [_eerste(hoogstens, kans, over) for kans in (_BOVEN, _MIDDEN, _ONDER)]
    minst, rest, meest = (over - meer for meer in erbij)
    return Prognose(
        Verwachting.BLIJFT_OVER, aantal, dagen, over, einde, rest=rest, rest_minst=minst, rest_meest=meest
    )


def ruimte_in_geld(over_cent: int, *, som_cent: int, aantal: int) -> int | None:
    """For how many more aanvragen there is money, when those to come ask on average what the others did.

    `som_cent` is what those `aantal` ask of the pot together. None when there were none to go by.
    """
    if aantal <= 0 or som_cent <= 0:
        return None
    return max(0, over_cent) * aantal // som_cent


def tempo(*, aantal: int, dagen: int, recent: int) -> Tempo:
    """Were the last RECENT_DAGEN clearly busier or quieter than before? `recent` of the `aantal` came in them.

    With one steady pace each aanvraag falls in them with the chance RECENT_DAGEN / dagen. Too short a time, or too few
    aanvragen to see a difference, is GELIJK.
    """
    if dagen < 2 * RECENT_DAGEN or aantal < MINSTENS:
        return Tempo.GELIJK
    kans = RECENT_DAGEN / dagen
    afwijking = (recent - aantal * kans) / math.sqrt(aantal * kans * (1 - kans))
    if abs(afwijking) < _DUIDELIJK:
        return Tempo.GELIJK
    return Tempo.SNELLER if afwijking > 0 else Tempo.TRAGER


def kans_op_minstens(k: int, nog: int, *, aantal: int, dagen: int) -> float:
    """The chance that at least `k` come in the next `nog` days, after `aantal` in `dagen` days."""
    if k <= 0:
        return 1.0
    return _beta(nog / (dagen + nog), k, aantal + 0.5) if nog > 0 else 0.0


def _eerste(kans: Callable[[int], float], doel: float, hoogste: int) -> int:
    """The smallest number from 0 to `hoogste` whose chance, which only grows, is at least `doel`; else `hoogste`."""
    laag, hoog = 0, hoogste
    while laag < hoog:
        midden = (laag + hoog) // 2
        if kans(midden) >= doel:
            hoog = midden
        else:
            laag = midden + 1
    return laag


def _beta(x: float, a: float, b: float) -> float:
    """The regularized incomplete beta function I(x; a, b), for 0 <= x < 1 and a, b > 0."""
    if x <= 0:
        return 0.0
    voor = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    # The fraction converges fast on this side of the mean; on the other side the mirror image does.
    if x < (a + 1) / (a + b + 2):
        return min(1.0, voor * _kettingbreuk(x, a, b) / a)
    return max(0.0, 1 - voor * _kettingbreuk(1 - x, b, a) / b)


def _kettingbreuk(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""

    def niet_nul(waarde: float) -> float:
        return waarde if abs(waarde) > _BIJNA_NUL else _BIJNA_NUL

    c, d = 1.0, 1 / niet_nul(1 - (a + b) * x / (a + 1))
    uit = d
    for m in range(1, _MEESTE_TERMEN):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / niet_nul(1 + term * d)
            c = niet_nul(1 + term / c)
            uit *= c * d
        if abs(c * d - 1) < _NAUWKEURIG:
            break
    return uit

"""Terms as pure functions: dates in, dates out. No clock, no database.

Sources: Awb 4:5, 4:13, 4:15, 6:7, 6:8; Algemene termijnenwet (Atw) art. 1 to 4. Days are inclusive: a last
day is the last day on which something may still be done.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

BEZWAAR_WEKEN = 6
BESLIS_WEKEN = 8
HERSTEL_DAGEN = 14
ATW_MAX_WEKEN = 12
ATW_MAX_DAGEN = 90
ATW_MIN_DAGEN_TWEE_WERKDAGEN = 3
ZATERDAG = 5

EEN_DAG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opschorting:
    """One suspension of a term (Awb 4:15).

    The day of the invitation, and the day of completion or of lapse.
    """

    uitgenodigd_op: date
    hervat_op: date

    def __post_init__(self) -> None:
        if self.hervat_op < self.uitgenodigd_op:
            raise ValueError("Een opschorting kan niet eindigen voordat zij begint.")


def is_werkdag(dag: date, feestdagen: frozenset[date]) -> bool:
    """Neither Saturday, Sunday nor an algemeen erkende feestdag (Atw art. 1 and 3)."""
    return dag.weekday() < ZATERDAG and dag not in feestdagen


def eerstvolgende_werkdag(dag: date, feestdagen: frozenset[date]) -> date:
    """This day itself when it is an ordinary day, else the first one after it."""
    while not is_werkdag(dag, feestdagen):
        dag += EEN_DAG
    return dag


def laatste_dag(
    vanaf: date, *, weken: int = 0, dagen: int = 0, feestdagen: frozenset[date], verschuift: bool = True
) -> date:
    """The last day of a term that starts the day after `vanaf`.

    `verschuift=False` for a term that is not set in a wet: a tijdvak of a ministeriële regeling, a
    hersteltermijn.
    """
    _controleer_lengte(weken, dagen)
    ruw = vanaf + timedelta(weeks=weken, days=dagen)
    if not verschuift:
        return ruw
    return _verschoven(vanaf, ruw, weken=weken, dagen=dagen, feestdagen=feestdagen)


def met_opschorting(
    vanaf: date,
    *,
    weken: int = 0,
    dagen: int = 0,
    opschortingen: Iterable[Opschorting],
    feestdagen: frozenset[date],
    verschuift: bool = True,
) -> date:
    """The last day of a suspended term: first the suspended days are added, then the last day shifts.

    An invitation after the term has ended suspends nothing. A day that lies in two suspensions counts once.
    """
    _controleer_lengte(weken, dagen)
    ruw = vanaf + timedelta(weeks=weken, days=dagen)

    def uiterlijk() -> date:
        if not verschuift:
            return ruw
        return _verschoven(vanaf, ruw, weken=weken, dagen=dagen, feestdagen=feestdagen)

    geteld_tot = date.min
    for opschorting in sorted(opschortingen, key=lambda een: (een.uitgenodigd_op, een.hervat_op)):
        if opschorting.uitgenodigd_op > uiterlijk():
            continue
        eerste = max(opschorting.uitgenodigd_op + EEN_DAG, geteld_tot)
        ruw += max((opschorting.hervat_op - eerste), timedelta(0))
        geteld_tot = max(geteld_tot, opschorting.hervat_op)
    return uiterlijk()


def opgeschorte_dagen(uitgenodigd_op: date, hervat_op: date) -> int:
    """From the day after the invitation up to, not including, the day of completion or lapse (Awb 4:15)."""
    opschorting = Opschorting(uitgenodigd_op, hervat_op)
    return max((opschorting.hervat_op - opschorting.uitgenodigd_op).days - 1, 0)


def bezwaartermijn(bekendgemaakt_op: date, feestdagen: frozenset[date]) -> date:
    """The last day for bezwaar.

    Six weeks, from the day after bekendmaking (Awb 6:7 and 6:8), not after signing.
    """
    return laatste_dag(bekendgemaakt_op, weken=BEZWAAR_WEKEN, feestdagen=feestdagen)


def hersteltermijn(gevraagd_op: date, feestdagen: frozenset[date], dagen: int = HERSTEL_DAGEN) -> date:
    """The last day that is proposed for an aanvulling (Awb 4:5).

    The Atw does not apply to a term that the bestuursorgaan sets itself; an ordinary day is proposed all
    the same.
    """
    return eerstvolgende_werkdag(
        laatste_dag(gevraagd_op, dagen=dagen, feestdagen=feestdagen, verschuift=False), feestdagen
    )


def terug_vanaf(dag: date, *, weken: int = 0, dagen: int = 0) -> date:
    """A term counted backwards from a day; such a term never shifts (Atw art. 1 lid 2)."""
    _controleer_lengte(weken, dagen)
    return dag - timedelta(weeks=weken, days=dagen)


def plus_maanden(dag: date, maanden: int) -> date:
    """The same day of the month, `maanden` later; the last day of that month where it has no such day."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    return date(jaar, maand + 1, min(dag.day, monthrange(jaar, maand + 1)[1]))


def laatste_dag_na_maanden(start: date, maanden: int) -> date:
    """The last day, inclusive, of a period of months that starts on `start`. Such a period never shifts."""
    if maanden < 1:
        raise ValueError("Een duur is minstens één maand.")
    return plus_maanden(start, maanden) - EEN_DAG


def _controleer_lengte(weken: int, dagen: int) -> None:
    if weken < 0 or dagen < 0 or weken + dagen == 0:
        raise ValueError("Een termijn is minstens één dag.")


def _atw_geldt(weken: int, dagen: int) -> bool:
    """Atw art. 4: not for a term of more than 90 days or more than twelve weeks."""
    if dagen == 0:
        return weken <= ATW_MAX_WEKEN
    return weken * 7 + dagen <= ATW_MAX_DAGEN


def _verschoven(vanaf: date, ruw: date, *, weken: int, dagen: int, feestdagen: frozenset[date]) -> date:
    """Atw art. 1 (end on an ordinary day) and art. 2 (three days or more hold at least two ordinary days)."""
    if not _atw_geldt(weken, dagen):
        return ruw
    einde = ruw
    if weken * 7 + dagen >= ATW_MIN_DAGEN_TWEE_WERKDAGEN:
        einde = max(einde, _tweede_werkdag_na(vanaf, feestdagen))
    return eerstvolgende_werkdag(einde, feestdagen)


def _tweede_werkdag_na(vanaf: date, feestdagen: frozenset[date]) -> date:
    eerste = eerstvolgende_werkdag(vanaf + EEN_DAG, feestdagen)
    return eerstvolgende_werkdag(eerste + EEN_DAG, feestdagen)

"""Counting terms as pure functions: dates in, dates out. No clock, no database.

Sources: Awb 4:15; Algemene termijnenwet (Atw) art. 1 to 4. Days are inclusive: a last day is the last day on which
something may still be done. What the law calls these terms, and how each came about in words, is in `termijnen`.
"""

from calendar import monthrange
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

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


@dataclass(frozen=True, slots=True)
class Berekening:
    """How a last day came about: the raw one, what each suspension added to it, and the shift of the Atw.

    `opgeschort` holds only what counted, each with its number of days. `verschuift` says whether the Atw applies.
    """

    vanaf: date
    ruw: date
    opgeschort: tuple[tuple[Opschorting, int], ...]
    opgeteld: date
    verschuift: bool
    laatste_dag: date


def is_werkdag(dag: date, feestdagen: Container[date]) -> bool:
    """Neither Saturday, Sunday nor an algemeen erkende feestdag (Atw art. 1 and 3)."""
    return dag.weekday() < ZATERDAG and dag not in feestdagen


def eerstvolgende_werkdag(dag: date, feestdagen: Container[date]) -> date:
    """This day itself when it is an ordinary day, else the first one after it."""
    while not is_werkdag(dag, feestdagen):
        dag += EEN_DAG
    return dag


def bereken(
    vanaf: date,
    *,
    weken: int = 0,
    dagen: int = 0,
    opschortingen: Iterable[Opschorting] = (),
    feestdagen: Container[date],
    verschuift: bool = True,
) -> Berekening:
    """A term that starts the day after `vanaf`: first the suspended days are added, then the last day shifts.

    `verschuift=False` for a term that is not set in a wet: a tijdvak or a ministeriële regeling, a hersteltermijn.
    An invitation after the term has ended suspends nothing. A day that lies in two suspensions counts once.
    """
    if weken < 0 or dagen < 0 or weken + dagen == 0:
        raise ValueError("Een termijn is minstens één dag.")
    verschuift = verschuift and _atw_geldt(weken, dagen)
    opgeteld = ruw = vanaf + timedelta(weeks=weken, days=dagen)

    def uiterlijk() -> date:
        return _verschoven(vanaf, opgeteld, weken * 7 + dagen, feestdagen) if verschuift else opgeteld

    geteld: list[tuple[Opschorting, int]] = []
    geteld_tot = date.min
    for opschorting in sorted(opschortingen, key=lambda een: (een.uitgenodigd_op, een.hervat_op)):
        if opschorting.uitgenodigd_op > uiterlijk():
            continue
        eerste = max(opschorting.uitgenodigd_op + EEN_DAG, geteld_tot)
        erbij = max((opschorting.hervat_op - eerste).days, 0)
        opgeteld += timedelta(days=erbij)
        geteld.append((opschorting, erbij))
        geteld_tot = max(geteld_tot, opschorting.hervat_op)
    return Berekening(vanaf, ruw, tuple(geteld), opgeteld, verschuift, uiterlijk())


def laatste_dag(
    vanaf: date, *, weken: int = 0, dagen: int = 0, feestdagen: Container[date], verschuift: bool = True
) -> date:
    """The last day of a term without suspension; see `bereken`."""
    return bereken(vanaf, weken=weken, dagen=dagen, feestdagen=feestdagen, verschuift=verschuift).laatste_dag


def terug_vanaf(dag: date, *, weken: int = 0, dagen: int = 0) -> date:
    """A term counted backwards from a day; such a term never shifts (Atw art. 1 lid 2)."""
    if weken < 0 or dagen < 0 or weken + dagen == 0:
        raise ValueError("Een termijn is minstens één dag.")
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


def _atw_geldt(weken: int, dagen: int) -> bool:
    """Atw art. 4: not for a term of more than 90 days or more than twelve weeks."""
    if dagen == 0:
        return weken <= ATW_MAX_WEKEN
    return weken * 7 + dagen <= ATW_MAX_DAGEN


def _verschoven(vanaf: date, ruw: date, lengte: int, feestdagen: Container[date]) -> date:
    """Atw art. 1 (end on an ordinary day) and art. 2 (three days or more hold at least two ordinary days)."""
    einde = ruw
    if lengte >= ATW_MIN_DAGEN_TWEE_WERKDAGEN:
        einde = max(einde, _tweede_werkdag_na(vanaf, feestdagen))
    return eerstvolgende_werkdag(einde, feestdagen)


def _tweede_werkdag_na(vanaf: date, feestdagen: Container[date]) -> date:
    eerste = eerstvolgende_werkdag(vanaf + EEN_DAG, feestdagen)
    return eerstvolgende_werkdag(eerste + EEN_DAG, feestdagen)

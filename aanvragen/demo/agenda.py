"""When things happen in the demo: on which working day, at what time, in what order over all dossiers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import begin_van_dag, klok_op
from ips_subsidie.kalender.rekenen import is_werkdag

# Days since the day before, and the name of an act.
Stappen = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Regel:
    """One act at its instant; `nummer` and `volgorde` (of the dossier, and on its day) order what falls together."""

    moment: datetime
    nummer: int
    volgorde: int
    doe: Callable[[datetime], object]


def werkdagen_voor(dag: date, aantal: int) -> list[date]:
    """The last so many working days before this day, oldest first."""
    vrij = feestdagen()
    gevonden: list[date] = []
    while len(gevonden) < aantal:
        dag -= timedelta(days=1)
        if is_werkdag(dag, vrij):
            gevonden.append(dag)
    return gevonden[::-1]


def per_dag(stappen: Stappen) -> Iterator[tuple[int, int, str]]:
    """Each act with its day and its number on that day."""
    geteld: dict[int, int] = {}
    for dag, wat in stappen:
        geteld[dag] = geteld.get(dag, 0) + 1
        yield dag, geteld[dag], wat


def moment(dag: date, nummer: int, volgorde: int) -> datetime:
    """In office hours: the acts of one dossier follow each other, those of others fall in between."""
    minuten = 8 * 60 + 40 + (volgorde - 1) * 70 + nummer * 37 % 65
    return begin_van_dag(dag) + timedelta(minutes=minuten, seconds=nummer * 13 % 60)


def speel_af(regels: Iterable[Regel]) -> None:
    """Do all of it in the order of time, each with the clock standing there."""
    for regel in sorted(regels, key=lambda een: (een.moment, een.nummer, een.volgorde)):
        with klok_op(regel.moment):
            regel.doe(regel.moment)

"""The days and instants of a series: by the clock in Amsterdam, so that ten o'clock stays ten o'clock."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.kalender.dagen import AMSTERDAM

WEKELIJKS, ACHTWEKELIJKS = 1, 8
RITMES = (WEKELIJKS, 2, 4, ACHTWEKELIJKS)
KORTST, LANGST = 15, 480
# A calendar that runs on for years is one that nobody looks at any more.
LANGSTE_REEKS = timedelta(days=2 * 366)


@dataclass(frozen=True)
class Moment:
    """One meeting: its day in Amsterdam and the instant, in UTC, on which it begins."""

    dag: date
    begint_op: datetime


def op_klok(dag: date, tijd: time) -> datetime:
    """The instant, in UTC, on which the clock in Amsterdam says `tijd`.

    A time that is skipped in spring becomes the one an hour later; of a time that comes twice it is the first.
    """
    return datetime.combine(dag, tijd.replace(tzinfo=None), tzinfo=AMSTERDAM).astimezone(UTC)


def dagen(eerste: date, laatste: date, om_de_weken: int) -> list[date]:
    """Every so many weeks from `eerste` on, up to and including `laatste`.

    Raises ValueError for a step of no weeks, which would never end.
    """
    if om_de_weken < 1:
        raise ValueError("Een reeks gaat met hele weken vooruit.")
    stap = timedelta(weeks=om_de_weken)
    aantal = (laatste - eerste) // stap + 1
    return [eerste + stap * n for n in range(max(0, aantal))]


def momenten(
    eerste: date, laatste: date, om_de_weken: int, tijd: time, *, zonder: Collection[date] = ()
) -> list[Moment]:
    """The meetings of a series; those on a day of `zonder` (feestdagen) are left out, and the rhythm goes on."""
    return [
        Moment(dag, op_klok(dag, tijd)) for dag in dagen(eerste, laatste, om_de_weken) if dag not in zonder
    ]


def bezwaren_tegen_reeks(
    eerste: date | None, laatste: date | None, om_de_weken: int, duur_minuten: int, vandaag: date
) -> list[Reden]:
    """Why these dates and this duration (in minutes) make no series. The first and the last day are inclusive."""
    redenen = []
    if om_de_weken not in RITMES:
        redenen.append(Reden("ritme", "Kies hoe vaak het overleg is.", veld="om_de_weken"))
    if eerste is None:
        redenen.append(Reden("eerste_dag", "Vul in op welke dag het eerste overleg is.", veld="eerste_dag"))
    elif eerste < vandaag:
        redenen.append(Reden("eerste_dag", "Kies vandaag of een latere dag.", veld="eerste_dag"))
    redenen += _bezwaren_tegen_einde(eerste, laatste)
    return [*redenen, *bezwaren_tegen_duur(duur_minuten)]


def _bezwaren_tegen_einde(eerste: date | None, laatste: date | None) -> list[Reden]:
    if laatste is None:
        tekst = "Vul in tot en met welke dag de reeks loopt. Een reeks zonder einde kan niet."
    elif eerste is None:
        return []
    elif laatste < eerste:
        tekst = "De reeks eindigt voordat zij begint. Kies een latere laatste dag."
    elif laatste - eerste > LANGSTE_REEKS:
        tekst = "Een reeks duurt hoogstens twee jaar. Maak daarna een nieuwe."
    else:
        return []
    return [Reden("laatste_dag", tekst, veld="laatste_dag")]


def bezwaren_tegen_duur(duur_minuten: int) -> list[Reden]:
    if KORTST <= duur_minuten <= LANGST:
        return []
    tekst = f"Een overleg duurt {KORTST} tot en met {LANGST} minuten."
    return [Reden("duur", tekst, veld="duur_minuten")]


def bezwaren_tegen_plek(plaats: str, link: str) -> list[Reden]:
    """Somebody must be able to come: to a place, or by a link of the web."""
    if link and not link.startswith("https://"):
        return [Reden("link", "Vul een link in die begint met https://.", veld="link")]
    if not plaats.strip() and not link:
        return [Reden("plaats", "Vul een plaats in, of een link naar het overleg.", veld="plaats")]
    return []

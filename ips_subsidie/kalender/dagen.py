"""Instants and days, as pure functions: which day an instant falls on is decided in Amsterdam."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def in_utc(moment: datetime) -> datetime:
    """The same instant in UTC; one without a zone is refused."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError("Een moment zonder tijdzone is geen moment.")
    return moment.astimezone(UTC)


def datum_van(moment: datetime) -> date:
    """The day in Amsterdam on which this instant falls."""
    return in_utc(moment).astimezone(AMSTERDAM).date()


def begin_van_dag(dag: date) -> datetime:
    """The first instant of this day in Amsterdam, in UTC."""
    return datetime.combine(dag, time.min, tzinfo=AMSTERDAM).astimezone(UTC)


def einde_van_dag(dag: date) -> datetime:
    """The instant on which this day is over in Amsterdam, in UTC: exclusive, the start of the next day."""
    return begin_van_dag(dag + timedelta(days=1))

"""Instants and days, as pure functions: which day an instant falls on is decided in Amsterdam."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# Not from the machine's locale: the same words on every machine.
WEEKDAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


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


def weekdag(dag: date) -> str:
    """The name of the day of the week: "maandag"."""
    return WEEKDAGEN[dag.weekday()]


def voluit(dag: date) -> str:
    """Write a date as "3 juni 2019"."""
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def voluit_met_dag(dag: date) -> str:
    """Write a date as "maandag 3 juni 2019"."""
    return f"{weekdag(dag)} {voluit(dag)}"

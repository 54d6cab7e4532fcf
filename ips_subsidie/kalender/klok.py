"""The one clock of the application.

Every instant the domain stores comes from `nu()`. So a reference date (settings.KLOK_VERSCHUIVING), a test
and a simulation (`klok_op`) move everything at once. Instants are UTC; which day it is, is decided in
Amsterdam.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from ips_subsidie.kalender.dagen import AMSTERDAM, begin_van_dag, datum_van, einde_van_dag, in_utc

__all__ = ["AMSTERDAM", "begin_van_dag", "datum_van", "einde_van_dag", "klok_op", "nu", "vandaag"]

_moment: ContextVar[datetime | None] = ContextVar("klok_moment", default=None)


def nu() -> datetime:
    """The present instant, in UTC."""
    vast = _moment.get()
    if vast is not None:
        return vast
    verschuiving: timedelta = getattr(settings, "KLOK_VERSCHUIVING", None) or timedelta(0)
    return datetime.now(UTC) + verschuiving


def vandaag() -> date:
    """The present day in Amsterdam."""
    return datum_van(nu())


@contextmanager
def klok_op(moment: datetime) -> Iterator[datetime]:
    """Let `nu()` return this moment within the block; blocks may be nested.

    A new thread starts outside it.
    """
    token = _moment.set(in_utc(moment))
    try:
        yield moment
    finally:
        _moment.reset(token)

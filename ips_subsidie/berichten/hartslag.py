"""Is the work being done? Beat plans a beat, the broker carries it, a worker writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from ips_subsidie.berichten.models import Hartslag

WERK = "werk"
# Beat plans one every minute; a deploy may miss a few.
LANGSTE_STILTE = timedelta(minutes=5)
# The sweeper comes every minute. What waits longer isn't being sent.
LANGSTE_WACHT = timedelta(minutes=15)


@dataclass(frozen=True)
class Stand:
    """The last beat, and since when the oldest thing in the outbox waits; None where there is none."""

    hartslag: datetime | None
    oudste: datetime | None

    def klopt(self, nu: datetime) -> bool:
        return self.hartslag is not None and nu - self.hartslag <= LANGSTE_STILTE

    def uitbak_loopt(self, nu: datetime) -> bool:
        return self.oudste is None or nu - self.oudste <= LANGSTE_WACHT


def klop(nu: datetime) -> None:
    """Write down that a worker did something at `nu`."""
    Hartslag.objects.update_or_create(naam=WERK, defaults={"op": nu})


def stand() -> Stand:
    """How it stands, for whoever asks: no row of the outbox is shown."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hartslag, oudste FROM berichten_stand()")
        hartslag, oudste = cursor.fetchone()
    return Stand(hartslag, oudste)

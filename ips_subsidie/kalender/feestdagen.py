"""The feestdagen of the table by day, kept in memory.

A process sees its own change at once. Another process sees it within `BEWAARTIJD`: holidays change a few
times a decade, and a query per computed term would cost more than those minutes.
"""

import time
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save

BEWAARTIJD = 300.0
# Terms that are computed today end within a few years: a traject, and what is asked and decided after it.
JAREN_VOORUIT = 3

_bewaard: tuple[float, Mapping[date, str]] | None = None


def alle() -> Mapping[date, str]:
    """Every feestdag in the table with its name, the ones marked uncertain included."""
    global _bewaard  # noqa: PLW0603 - the cache of this process
    bewaard = _bewaard
    if bewaard is not None and time.monotonic() - bewaard[0] < BEWAARTIJD:
        return bewaard[1]
    from ips_subsidie.kalender.models import Feestdag

    dagen = MappingProxyType(dict(Feestdag.objects.order_by().values_list("datum", "naam")))
    _bewaard = (time.monotonic(), dagen)
    return dagen


def jaren_zonder(op: date) -> list[int]:
    """The years from this one on, as far as terms reach, of which the table has no feestdag at all."""
    bekend = {dag.year for dag in alle()}
    return [jaar for jaar in range(op.year, op.year + JAREN_VOORUIT + 1) if jaar not in bekend]


def vergeet(**kwargs: object) -> None:
    """Read the table again at the next question."""
    global _bewaard  # noqa: PLW0603
    _bewaard = None


def luister() -> None:
    """Forget them when a feestdag is saved or deleted, and again when that is committed."""
    from ips_subsidie.kalender.models import Feestdag

    def gewijzigd(using: str = "default", **kwargs: object) -> None:
        vergeet()
        transaction.on_commit(vergeet, using=using)

    for signaal in (post_save, post_delete):
        signaal.connect(gewijzigd, sender=Feestdag, weak=False, dispatch_uid="kalender-feestdagen")
    post_migrate.connect(vergeet, dispatch_uid="kalender-feestdagen")

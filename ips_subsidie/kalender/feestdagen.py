"""The feestdagen of the table as a set, kept in memory.

A process sees its own change at once. Another process sees it within `BEWAARTIJD`: holidays change a few
times a decade, and a query per computed term would cost more than those minutes.
"""

import time
from datetime import date

from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save

BEWAARTIJD = 300.0

_bewaard: tuple[float, frozenset[date]] | None = None


def alle() -> frozenset[date]:
    """Every feestdag in the table, the ones marked uncertain included."""
    global _bewaard  # noqa: PLW0603 - the cache of this process
    bewaard = _bewaard
    if bewaard is not None and time.monotonic() - bewaard[0] < BEWAARTIJD:
        return bewaard[1]
    from ips_subsidie.kalender.models import Feestdag

    dagen = frozenset(Feestdag.objects.values_list("datum", flat=True))
    _bewaard = (time.monotonic(), dagen)
    return dagen


def vergeet(**kwargs: object) -> None:
    """Read the table again at the next question."""
    global _bewaard  # noqa: PLW0603
    _bewaard = None


def luister() -> None:
    """Forget the set when a feestdag is saved or deleted, and again when that is committed."""
    from ips_subsidie.kalender.models import Feestdag

    def gewijzigd(using: str = "default", **kwargs: object) -> None:
        vergeet()
        transaction.on_commit(vergeet, using=using)

    for signaal in (post_save, post_delete):
        signaal.connect(gewijzigd, sender=Feestdag, weak=False, dispatch_uid="kalender-feestdagen")
    post_migrate.connect(vergeet, dispatch_uid="kalender-feestdagen")

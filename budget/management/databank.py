"""Which database a command works on: the one that DATABASE_URL names, and never a guess."""

from __future__ import annotations

from django.core.management.base import CommandError
from django.db import connection

GEEN_DATABANK = 2


def eis_databank() -> None:
    """Raise CommandError, with exit code 2, where no DATABASE_URL is set."""
    if connection.vendor != "postgresql":
        raise CommandError(
            "Zet DATABASE_URL: op welke databank? Voor die van `make run` staat het in README, onder Commands.",
            returncode=GEEN_DATABANK,
        )

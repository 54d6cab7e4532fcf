"""Doing many things of which one that fails doesn't stop the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

log = logging.getLogger(__name__)


def doe_elk(stappen: Iterable[Callable[[], int]]) -> int:
    """Do all of these; returns the sum of what they return.

    Raises, when all are done, an ExceptionGroup of what went wrong, so that a task that had a fault shows as failed.
    """
    aantal, fouten = 0, []
    for stap in stappen:
        try:
            aantal += stap()
        except Exception as fout:  # any fault of one: the others are still done
            log.exception("een herinnering of afsluiting mislukte")
            fouten.append(fout)
    if fouten:
        raise ExceptionGroup("niet alles lukte", fouten)
    return aantal

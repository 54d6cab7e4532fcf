"""Putting a message in the outbox, from within an act."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ips_subsidie.berichten.groepen import groep_van
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.opslag.toevoegen import voeg_toe
from ips_subsidie.toegang.rollen import Rol

log = logging.getLogger(__name__)
RUST = 30.0
_niet_voor = 0.0
_haast: ContextVar[bool] = ContextVar("berichten_haast", default=True)
_bundel: ContextVar[list[Bericht] | None] = ContextVar("berichten_bundel", default=None)


@contextmanager
def zonder_haast() -> Iterator[None]:
    """Within the block no worker is hurried: for what is history (the demo) or never was (a simulation)."""
    token = _haast.set(False)
    try:
        yield
    finally:
        _haast.reset(token)


@contextmanager
def gebundeld() -> Iterator[None]:
    """Write what is announced within the block at its end: one statement and one call of a worker for it all.

    A block that raises announces nothing.
    """
    bundel: list[Bericht] = []
    token = _bundel.set(bundel)
    try:
        yield
    finally:
        _bundel.reset(token)
    if bundel:
        _schrijf(bundel)


def plaats(
    organisatie_ids: Iterable[UUID],
    rollen: Iterable[Rol],
    *,
    soort: str,
    titel: str,
    pad: str,
    onderwerp_id: str,
    nu: datetime,
    termijn: date | None = None,
) -> None:
    """Announce something to each role of each organisatie; delivered after commit.

    `titel` says what is to be done, `pad` where; neither may name a client. With `termijn`, the day it is about,
    there is one of this kind for each such day, however often it is announced; without it one for each act.
    """
    rollen = tuple(rollen)
    berichten = [
        Bericht(
            organisatie_id=organisatie_id,
            rol=rol,
            soort=soort,
            groep=groep_van(soort),
            onderwerp_id=onderwerp_id,
            termijn=termijn,
            titel=titel,
            pad=pad,
            gemaakt_op=nu,
        )
        for organisatie_id in organisatie_ids
        for rol in rollen
    ]
    bundel = _bundel.get()
    if bundel is None:
        _schrijf(berichten)
    else:
        bundel += berichten


def _schrijf(berichten: list[Bericht]) -> None:
    voeg_toe(berichten, sla_dubbele_over=True)
    haast_na_commit()


def haast_na_commit() -> None:
    """Ask a worker to deliver once this transaction is through, unless nobody is in a hurry (`zonder_haast`)."""
    if _haast.get():
        transaction.on_commit(haast, robust=True)


def haast() -> None:
    """Ask a worker to deliver now. When the broker is away, the sweeper does it within a minute.

    Finding out that it is away takes seconds; then nobody asks again for a while, so that no act waits for it.
    """
    global _niet_voor  # noqa: PLW0603 - what this process knows of the broker
    from ips_subsidie.berichten.tasks import bezorg

    if time.monotonic() < _niet_voor:
        return
    try:
        bezorg.apply_async(retry=False)
    except Exception:  # whatever the broker throws: the outbox still holds the work
        _niet_voor = time.monotonic() + RUST
        log.warning("broker niet bereikbaar; de veger bezorgt het bericht")

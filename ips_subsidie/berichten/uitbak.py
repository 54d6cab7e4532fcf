"""Putting a message in the outbox, from within an act."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.rollen import Rol

log = logging.getLogger(__name__)


def plaats(
    organisatie_ids: Iterable[UUID],
    rollen: Iterable[Rol],
    *,
    soort: str,
    titel: str,
    pad: str,
    onderwerp_id: str,
    nu: datetime,
) -> None:
    """Announce something to each role of each organisatie; delivered after commit, at most once a day.

    `titel` says what is to be done, `pad` where; neither may name a client.
    """
    rollen = tuple(rollen)
    Bericht.objects.bulk_create(
        [
            Bericht(
                organisatie_id=organisatie_id,
                rol=rol,
                soort=soort,
                onderwerp_id=onderwerp_id,
                dag=datum_van(nu),
                titel=titel,
                pad=pad,
                gemaakt_op=nu,
            )
            for organisatie_id in organisatie_ids
            for rol in rollen
        ],
        ignore_conflicts=True,
    )
    transaction.on_commit(haast, robust=True)


def haast() -> None:
    """Ask a worker to deliver now. When the broker is away, the sweeper does it within a minute."""
    from ips_subsidie.berichten.tasks import bezorg

    try:
        bezorg.apply_async(retry=False)
    except Exception:  # whatever the broker throws: the outbox still holds the work
        log.warning("broker niet bereikbaar; de veger bezorgt het bericht")

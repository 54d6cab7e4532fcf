"""The secret address of one's own calendar: made, renewed and taken back by its owner."""

from __future__ import annotations

import secrets
from datetime import datetime

from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, UWV_ROLLEN
from overleg.models import Agendalink, AgendalinkStatus

_ROLLEN = (*INSTELLINGSROLLEN, *GEMEENTEROLLEN, *UWV_ROLLEN)
GEHEIM_BYTES = 32


@handeling(
    "agendalink.maken",
    titel="Link voor uw agenda maken",
    door=_ROLLEN,
    maakt="overleg.agendalink",
    knop="primair",
)
def maken(actor: Actor, *, nu: datetime) -> Agendalink:
    """Make a secret address; the one before it ends. The secret stands on the result only (`geheim`), once."""
    assert actor.lidmaatschap_id is not None
    # Two at once: the second waits here, and then ends the link of the first.
    Lidmaatschap.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.lidmaatschap_id)
    Agendalink.objects.filter(lidmaatschap_id=actor.lidmaatschap_id, status=AgendalinkStatus.GELDIG).update(
        status=AgendalinkStatus.INGETROKKEN, ingetrokken_op=nu
    )
    geheim = secrets.token_urlsafe(GEHEIM_BYTES)
    link = Agendalink.objects.create(
        lidmaatschap_id=actor.lidmaatschap_id, hash=Agendalink.hash_van(geheim), gemaakt_op=nu
    )
    link.geheim = geheim
    return link


@handeling(
    "agendalink.intrekken",
    titel="Link intrekken",
    op=Agendalink,
    van=[AgendalinkStatus.GELDIG],
    naar=AgendalinkStatus.INGETROKKEN,
    door=_ROLLEN,
    knop="gevaar",
)
def intrekken(agendalink: Agendalink, actor: Actor, *, nu: datetime) -> Agendalink:
    """End one's own address: whoever has it, reads nothing more from now on."""
    agendalink.ingetrokken_op = nu
    return agendalink

"""Recording that something came in: the instant, the copy of it, and the fingerprint of that copy."""

from __future__ import annotations

from datetime import datetime

from aanvragen.models import Aanvraag, Brief, Ontvangst, OntvangstSoort
from aanvragen.models.ontvangst import vingerafdruk
from ips_subsidie.opslag.toevoegen import voeg_toe
from ips_subsidie.toegang.actor import Actor


def leg_ontvangst_vast(
    aanvraag: Aanvraag, soort: OntvangstSoort, kopie: Brief, actor: Actor, nu: datetime
) -> Ontvangst:
    """Record the receipt of `kopie`, a letter that holds what was sent in, word for word (Awb 2:17)."""
    ontvangst = Ontvangst(
        aanvraag=aanvraag,
        soort=soort,
        ontvangen_op=nu,
        kopie=kopie,
        sha256=vingerafdruk(kopie.gegevens),
        door=actor.gebruiker,
    )
    voeg_toe([ontvangst])
    return ontvangst

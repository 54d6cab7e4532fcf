"""A request that comes twice is carried out once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.utils.crypto import salted_hmac

from ips_subsidie.handelingen.models import Uitvoering
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden

if TYPE_CHECKING:
    from ips_subsidie.toegang.actor import Actor

_BEGIN = """
    INSERT INTO handelingen_uitvoering
      (gebruiker_id, sleutel, handeling, invoer, op, resultaat_soort, resultaat_id)
    VALUES (%s, %s, %s, %s, %s, '', '') ON CONFLICT (gebruiker_id, sleutel) DO NOTHING RETURNING id
"""
_ONTHOUD = "UPDATE handelingen_uitvoering SET resultaat_soort = %s, resultaat_id = %s WHERE id = %s"


def kenteken(deel: Any, invoer: Mapping[str, Any]) -> str:
    """A keyed digest of what is asked of which object: it tells two requests apart and gives nothing away."""
    nummer = getattr(deel, "pk", "")
    return salted_hmac(
        "handelingen.uitvoering", f"{nummer}|{sorted(invoer.items())!r}", algorithm="sha256"
    ).hexdigest()


def begin(actor: Actor, sleutel: UUID, handeling: str, invoer: str, nu: datetime) -> int | None:
    """Claim the key; None when it was claimed before. Waits for a first request that is still under way."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [actor.gebruiker_id, sleutel, handeling, invoer, nu])
        rij = cursor.fetchone()
    return rij[0] if rij else None


def onthoud(uitvoering_id: int, resultaat: Any) -> None:
    if isinstance(resultaat, models.Model):
        with connection.cursor() as cursor:
            cursor.execute(_ONTHOUD, [resultaat._meta.label_lower, str(resultaat.pk), uitvoering_id])


def eerder_resultaat(actor: Actor, sleutel: UUID, handeling: str, invoer: str) -> models.Model | None:
    """What the first request with this key gave back. Another act, object or input is no repetition: refused."""
    eerder = Uitvoering.objects.get(gebruiker=actor.persoon, sleutel=sleutel)
    if (eerder.handeling, eerder.invoer) != (handeling, invoer):
        raise HandelingGeweigerd(
            Reden(
                "sleutel",
                "Dit formulier is al verstuurd, met iets anders erin. Wat u invulde staat er nog. Controleer het "
                "en verstuur het opnieuw.",
            )
        )
    if not eerder.resultaat_soort:
        return None
    # What it gave may be gone: a review is void after an aanvulling was asked.
    return apps.get_model(eerder.resultaat_soort)._base_manager.filter(pk=eerder.resultaat_id).first()

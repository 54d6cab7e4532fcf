"""The lines about one client: who looked, who did something, and who was refused (NEN 7513; AVG art. 15)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from ips_subsidie.logboek.models import Regel


def inzagen_van(client_id: UUID) -> QuerySet[Regel]:
    """Every line about this client, newest first, with who and namens wie."""
    return _met_wie(Q(client_id=client_id))


def regels_van_dossier(dossier_id: UUID, client_id: UUID | None = None) -> QuerySet[Regel]:
    """Every line about this dossier, newest first, also those of before it was known whom it is about.

    With `client_id` those about this client elsewhere, too.
    """
    return _met_wie(
        Q(dossier_id=dossier_id) | Q(client_id=client_id) if client_id else Q(dossier_id=dossier_id)
    )


def _met_wie(waar: Q) -> QuerySet[Regel]:
    return Regel.objects.filter(waar).select_related("gebruiker", "organisatie").order_by("-op", "-pk")

"""The lines about one client: who looked, who did something, and who was refused (NEN 7513; AVG art. 15)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from ips_subsidie.logboek.models import Regel, Soort

# What a person wrote who may not: that somebody tried is of the client as well.
_OVER_DE_CLIENT = (Soort.LEZING, Soort.HANDELING, Soort.WEIGERING, Soort.GEBEURTENIS)


def inzagen_van(client_id: UUID) -> QuerySet[Regel]:
    """Every line about this client, newest first, with who and namens wie."""
    return _met_wie(Q(client_id=client_id))


def regels_van_dossier(dossier_id: UUID) -> QuerySet[Regel]:
    """Every line about this dossier, newest first: also those of before it was known whom it is about."""
    return _met_wie(Q(dossier_id=dossier_id))


def _met_wie(waar: Q) -> QuerySet[Regel]:
    regels = Regel.objects.filter(waar, soort__in=_OVER_DE_CLIENT)
    return regels.select_related("gebruiker", "organisatie").order_by("-op", "-pk")

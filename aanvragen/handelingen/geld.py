"""What was paid on a dossier, for the letters that say so."""

from __future__ import annotations

from uuid import UUID

from budget.models import Betaalverplichting


def betaald_op(reservering_id: UUID | None) -> int:
    """What was paid on this reservering until now, in cents, less what was claimed back."""
    if reservering_id is None:
        return 0
    return sum(v.netto_betaald_cent for v in Betaalverplichting.objects.filter(reservering=reservering_id))

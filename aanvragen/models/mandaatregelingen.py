"""For which regelingen a college needs mandaat."""

from __future__ import annotations

from budget.models import RegelingVersie


def regelingen_in_mandaat() -> list[RegelingVersie]:
    """The newest version of each regeling by which a college decides in the name of a mandaatgever, by code."""
    nieuwste = RegelingVersie.objects.order_by("regeling__code", "-nummer").distinct("regeling__code")
    return [versie for versie in nieuwste.select_related("regeling") if versie.in_mandaat]

"""Which regeling a page of the budget is about: the one its address names, else the last."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest

from budget.models import Regeling, RegelingVersie
from budget.regels.regeling import Regelinginhoud
from ips_subsidie.kalender.klok import vandaag


def gekozen(request: HttpRequest, regelingen: Sequence[Regeling]) -> tuple[Regeling, Regelinginhoud]:
    """The regeling, and what it says today. Raises Http404 for one that isn't there, or has no version yet."""
    code = request.GET.get("regeling") or (regelingen[-1].code if regelingen else "")
    regeling = next((r for r in regelingen if r.code == code), None)
    if regeling is None:
        raise Http404
    try:
        return regeling, regeling.versie_op(vandaag()).inhoud
    except RegelingVersie.DoesNotExist:
        raise Http404 from None

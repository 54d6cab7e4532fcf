"""Limits on what can be tried too often, beside those that allauth itself asks (settings.ACCOUNT_RATE_LIMITS)."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def mag(request: HttpRequest, actie: str, sleutel: str | None = None) -> bool:
    """Count one try of `actie`, whatever the method; False when there were too many and it must not go on.

    `sleutel` names what is tried, for a limit "per key"; it is kept as a hash only.
    """
    return bool(ratelimit.consume(request, app="allauth.account", action=actie, key=sleutel, limit_get=True))


def mag_nog(request: HttpRequest, actie: str, sleutel: str | None = None) -> bool:
    """As `mag`, without counting: for what only counts once it turns out wrong."""
    return bool(
        ratelimit.consume(
            request, app="allauth.account", action=actie, key=sleutel, limit_get=True, dry_run=True
        )
    )

"""A line in the logboek for each use of a second factor, right or wrong; a used recovery code is also mailed.

The receivers of allauth's signals; ToegangConfig connects them.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.schrijven import Onderwerp, schrijf_gebeurtenis
from ips_subsidie.toegang import factorbeheer
from ips_subsidie.toegang.factormodellen import Factorwijziging
from ips_subsidie.toegang.models import Gebruiker


def gebruikt(
    request: HttpRequest, user: Gebruiker, authenticator: Authenticator, reauthenticated: bool, **kwargs: Any
) -> None:
    """A recovery code tells the owner: who lost nothing, knows then that somebody has the codes."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        factorbeheer.noteer(user, Factorwijziging.CODE_GEBRUIKT, nu=nu(), request=request)
    _schrijf(
        request,
        user,
        "factor.bevestigd" if reauthenticated else "factor.gebruikt",
        authenticator,
        geweigerd=False,
    )


def mislukt(request: HttpRequest, user: Gebruiker, authenticator: Authenticator, **kwargs: Any) -> None:
    _schrijf(request, user, "factor.mislukt", authenticator, geweigerd=True)


def _schrijf(
    request: HttpRequest, wie: Gebruiker, handeling: str, factor: Authenticator, *, geweigerd: bool
) -> None:
    actor = getattr(request, "actor", None)
    schrijf_gebeurtenis(
        handeling,
        onderwerp=Onderwerp("toegang.gebruiker", str(wie.pk)),
        gebruiker=wie,
        organisatie=actor.organisatie if actor is not None else None,
        rol=actor.rol if actor is not None else "",
        gegevens={"soort": str(factor.type)},
        geweigerd=geweigerd,
    )

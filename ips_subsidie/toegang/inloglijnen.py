"""The lines that logging in and out leave in the logboek. What somebody typed is never in them."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.http import HttpRequest

from ips_subsidie.logboek.schrijven import Onderwerp, schrijf_gebeurtenis
from ips_subsidie.toegang.models import Gebruiker


def gelukt(request: HttpRequest, user: Gebruiker, **kwargs: Any) -> None:
    """Somebody is in; with which proofs. Also the receiver of allauth's signal of a login."""
    bewijzen = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    schrijf_gebeurtenis(
        "inloggen.gelukt",
        gebruiker=user,
        onderwerp=_over(user),
        gegevens={"met": [str(b.get("type") or b.get("method", "")) for b in bewijzen]},
    )


def mislukt(email: str, reden: str) -> None:
    """A wrong password, or too many tries. `email` only serves to find whose account was tried.

    Both for an address with an account and for one without there is one line, after one question to the database.
    """
    gebruiker = Gebruiker.objects.filter(email__iexact=email).first() if "\x00" not in email else None
    schrijf_gebeurtenis(
        "inloggen.mislukt",
        gebruiker=gebruiker,
        onderwerp=_over(gebruiker),
        gegevens={"reden": reden, "bekend": gebruiker is not None},
        geweigerd=True,
    )


def uitgelogd(user: Gebruiker) -> None:
    schrijf_gebeurtenis("uitloggen.gelukt", gebruiker=user, onderwerp=_over(user))


def _over(gebruiker: Gebruiker | None) -> Onderwerp:
    return Onderwerp("toegang.gebruiker", str(gebruiker.pk) if gebruiker else "")

"""What a session remembers of a login through a service: that it was one, of which organisatie, how and when.

It stands among allauth's records of how somebody logged in. No token is kept.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import clear_authentication_records, record_authentication
from django.http import HttpRequest

from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap
from ips_subsidie.toegang.oidc.client import Beweerd
from ips_subsidie.toegang.oidc.models import Inlogdienst

METHODE = "oidc"


def inlogdienst_van(request: HttpRequest) -> UUID | None:
    """The service through which this session was begun; None for a password. Asks the database nothing."""
    if not request.user.is_authenticated:
        return None
    for wijze in reversed(get_authentication_records(request, request.user)):
        if wijze.get("method") == METHODE:
            return UUID(wijze["inlogdienst"])
    return None


def wachtwoord_telt_niet(gebruiker: Gebruiker, dag: date) -> bool:
    """Every organisatie that this person works for wants its own service to be used.

    Who also works for another one gets in with a password, for that other one.
    """
    leden = Lidmaatschap.objects.geldig_op(dag).filter(gebruiker=gebruiker)
    return leden.exists() and not leden.bruikbaar_na(None).exists()


def log_in(request: HttpRequest, gebruiker: Gebruiker, dienst: Inlogdienst, beweerd: Beweerd) -> None:
    """Begin a session for this person: a new number, and nothing left of how somebody logged in before."""
    if request.user.is_authenticated:
        get_adapter().logout(request)
    clear_authentication_records(request)
    _noteer(request, gebruiker, dienst, beweerd)
    get_adapter().login(request, gebruiker)


def bevestig(request: HttpRequest, gebruiker: Gebruiker, dienst: Inlogdienst, beweerd: Beweerd) -> None:
    """Note that this person, logged in already, proved it once more."""
    _noteer(request, gebruiker, dienst, beweerd)


def _noteer(request: HttpRequest, gebruiker: Gebruiker, dienst: Inlogdienst, beweerd: Beweerd) -> None:
    record_authentication(
        request,
        gebruiker,
        method=METHODE,
        acr=beweerd.acr,
        organisatie=str(dienst.organisatie_id),
        inlogdienst=str(dienst.pk),
    )

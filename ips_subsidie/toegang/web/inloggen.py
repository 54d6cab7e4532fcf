"""allauth's views, each behind our own gate and under a Dutch address."""

from http import HTTPStatus
from typing import Any

from allauth.account import views
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from ips_subsidie.toegang import inloglijnen
from ips_subsidie.toegang.kopregels import wis_browser
from ips_subsidie.toegang.models import Gebruiker
from ips_subsidie.toegang.oidc.sessie import inlogdienst_van
from ips_subsidie.toegang.poort import ingelogd, openbaar
from ips_subsidie.toegang.web import oidc
from ips_subsidie.toegang.web.fouten import niet_zo


@openbaar
def inloggen(request: HttpRequest) -> HttpResponse:
    return views.login(request)


@openbaar
def uitloggen(request: HttpRequest) -> HttpResponse:
    """Only by POST: a link or an image on another site must not log anyone out."""
    if request.method != "POST":
        return niet_zo(request, ["POST"])
    dienst, wie = inlogdienst_van(request), request.user
    antwoord = views.logout(request)
    if isinstance(wie, Gebruiker):
        inloglijnen.uitgelogd(wie)
    # Only now: whatever the service does or doesn't, here one is logged out.
    verder = oidc.uitgelogd(request, dienst) if dienst else None
    return wis_browser(verder or antwoord)


@ingelogd
def wachtwoord_wijzigen(request: HttpRequest) -> HttpResponse:
    """Logs out everywhere, here too; the page of logging in says why."""
    antwoord = views.password_change(request)
    if antwoord.status_code == HTTPStatus.FOUND:
        messages.success(request, "Uw wachtwoord is gewijzigd. Log in met het nieuwe wachtwoord.")
    return antwoord


@openbaar
def wachtwoord_vergeten(request: HttpRequest) -> HttpResponse:
    return views.password_reset(request)


@openbaar
def wachtwoord_verstuurd(request: HttpRequest) -> HttpResponse:
    return views.password_reset_done(request)


@openbaar
def wachtwoord_nieuw(request: HttpRequest, **sleutel: Any) -> HttpResponse:
    return views.password_reset_from_key(request, **sleutel)


@openbaar
def wachtwoord_klaar(request: HttpRequest) -> HttpResponse:
    return views.password_reset_from_key_done(request)

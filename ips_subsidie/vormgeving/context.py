"""What every page shows: who is logged in, the navigation, its help, the reference date, the end of the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from ips_subsidie.kalender.klok import vandaag

VOETLINKS = (
    ("Toegankelijkheid", "toegankelijkheid"),
    ("Privacy", "privacy"),
    ("Kwetsbaarheid melden", "kwetsbaarheid"),
)


@dataclass(frozen=True)
class Ingelogd:
    """The person of this request, and namens wie. Without an actor (no role chosen yet) only the name."""

    naam: str
    organisatie: str
    rol: str


def _url(naam: str) -> str:
    """The address of a page that another floor may or may not have."""
    try:
        return reverse(naam)
    except NoReverseMatch:
        return ""


def _ingelogd(request: HttpRequest) -> Ingelogd | None:
    actor: Any = getattr(request, "actor", None)
    if actor is not None and actor.gebruiker is not None:
        return Ingelogd(
            naam=str(actor.gebruiker.naam),
            organisatie=str(actor.organisatie.naam) if actor.organisatie else "",
            rol=str(actor.rol.label),
        )
    gebruiker: Any = getattr(request, "user", None)
    if gebruiker is not None and gebruiker.is_authenticated:
        return Ingelogd(str(getattr(gebruiker, "naam", "") or gebruiker), "", "")
    return None


def pagina(request: HttpRequest) -> dict[str, Any]:
    """Context processor: all of these are always defined, also for somebody who is not logged in."""
    ingelogd = _ingelogd(request)
    return {
        "ingelogd": ingelogd,
        "navigatie": import_string(settings.NAVIGATIE)(request),
        "hulp": import_string(settings.HULP)(request),
        "referentiedatum": vandaag() if getattr(settings, "REFERENTIEDATUM_TONEN", False) else None,
        "start_url": _url("start") or "/",
        "inlog_url": _url(getattr(settings, "URL_INLOGGEN", "account_login")),
        "uitlog_url": _url(getattr(settings, "URL_UITLOGGEN", "account_logout")),
        "beveiliging_url": _url(getattr(settings, "URL_BEVEILIGING", "beveiliging")),
        "wissel_url": _url(getattr(settings, "URL_ROL_WISSELEN", "rol_kiezen")),
        "voetlinks": [{"titel": titel, "url": url} for titel, naam in VOETLINKS if (url := _url(naam))],
        "sessie_stand": getattr(request, "sessie_stand", lambda: None)() if ingelogd else None,
        "sessie_url": _url(getattr(settings, "URL_SESSIE", "sessie")),
    }

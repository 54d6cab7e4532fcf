"""Two thresholds behind the login: a second factor before anything, and a fresh proof before what is sensitive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from ips_subsidie.toegang import factor
from ips_subsidie.toegang.gevoelig import is_gevoelig
from ips_subsidie.toegang.poort import poort_van
from ips_subsidie.toegang.web.bevestigen import bevestig_of_vraag

Antwoord = Callable[[HttpRequest], HttpResponse]
View = Callable[..., Any]

BEVESTIGEN = "bevestigen"
# What somebody with a password only may open, next to what everybody may: setting up a second factor.
INSTELLEN = frozenset({BEVESTIGEN, "tweede_factor", "app_instellen", "passkey_toevoegen"})


class TweedeFactorMiddleware:
    """Behind ActorMiddleware: with a password only nobody acts for anyone, and gets no further than setting up.

    Holds for every role and every address, the admin's too (DigiD, ASVS 6.3.3). Who has a factor already but didn't
    prove it in this session must do that, and can't set up another instead.
    """

    def __init__(self, get_response: Antwoord) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.zonder_factor = (  # type: ignore[attr-defined]
            settings.MFA_VERPLICHT
            and request.user.is_authenticated
            and not factor.heeft_tweede_factor(request)
        )
        if request.zonder_factor:  # type: ignore[attr-defined]
            # Also a public page then shows no menu, no name of an organisatie and no count of berichten.
            request.actor, request.lidmaatschappen = None, []  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.zonder_factor:  # type: ignore[attr-defined]
            return None
        poort = poort_van(view)
        if poort is not None and poort.openbaar:
            return None
        plek = request.resolver_match
        naam = plek.view_name if plek is not None else ""
        if factor.heeft_factor(request.user):  # type: ignore[arg-type]
            return None if naam == BEVESTIGEN else _naar(BEVESTIGEN, request)
        return None if naam in INSTELLEN else _naar("tweede_factor", request)


class BevestigMiddleware:
    """Behind PoortMiddleware: a sensitive page opens only after a proof of at most a quarter of an hour ago.

    A GET goes to the page that asks it, and comes back. A POST whose proof grew old while somebody was typing gets the
    question with all that was typed in it, and is carried out after the right answer: nothing is kept on the server.
    """

    def __init__(self, get_response: Antwoord) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.HERBEVESTIGEN or not request.user.is_authenticated or not is_gevoelig(request, view):
            return None
        if factor.is_vers(request):
            return None
        if request.method in ("GET", "HEAD"):
            return _naar(BEVESTIGEN, request)
        return bevestig_of_vraag(request)


def _naar(naam: str, request: HttpRequest) -> HttpResponse:
    """To the page of this name, and from there on to what was asked for; a POST isn't repeated by itself."""
    vervolg = urlencode({"next": request.get_full_path()}) if request.method in ("GET", "HEAD") else ""
    return redirect(f"{reverse(naam)}?{vervolg}" if vervolg else reverse(naam))

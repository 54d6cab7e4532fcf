"""From session to actor, and the gate before every view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.oidc.sessie import inlogdienst_van
from ips_subsidie.toegang.poort import poort_van
from ips_subsidie.toegang.rollen import Rol

Antwoord = Callable[[HttpRequest], HttpResponse]
SESSIESLEUTEL = "lidmaatschap"


class ActorMiddleware:
    """Sets `request.actor`: the lidmaatschap that is on, read anew each request so that rights end at once.

    `request.actor` is None without login or a valid lidmaatschap, and while one of several isn't chosen.
    """

    def __init__(self, get_response: Antwoord) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        request.lidmaatschappen = []  # type: ignore[attr-defined]
        if not request.path.startswith(settings.STATIC_URL) and request.user.is_authenticated:
            geldig = list(
                Lidmaatschap.objects.geldig_op(vandaag())
                .filter(gebruiker=request.user)
                .bruikbaar_na(inlogdienst_van(request))
                .select_related("organisatie", "gebruiker")
            )
            request.lidmaatschappen = geldig  # type: ignore[attr-defined]
            gekozen = request.session.get(SESSIESLEUTEL)
            aan = [lid for lid in geldig if lid.pk == gekozen] or (geldig if len(geldig) == 1 else [])
            request.actor = Actor.van(aan[0]) if aan else None  # type: ignore[attr-defined]
        return self.get_response(request)


class PoortMiddleware:
    """Lets a request through to its view only where the view's own gate says so."""

    def __init__(self, get_response: Antwoord) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if getattr(request.resolver_match, "app_name", "") == "admin":
            return self._beheer(request)
        poort = poort_van(view)
        if poort is None:
            raise Http404("deze pagina zegt niet voor wie ze is")
        if poort.openbaar:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        if poort.rollen is None:
            return None
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if actor is None:
            return redirect("rol_kiezen")
        if actor.rol not in poort.rollen:
            raise PermissionDenied
        return None

    def _beheer(self, request: HttpRequest) -> HttpResponse | None:
        """The Django admin: only a beheerder, who logs in where everyone does."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if actor is None:
            return redirect("rol_kiezen")
        if actor.rol != Rol.BEHEERDER or not request.user.is_staff:
            raise PermissionDenied
        return None

"""The middleware of sessions: a page that is used keeps its session alive, and what came too late is not lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse

from ips_subsidie.toegang import bewaren, sessies
from ips_subsidie.toegang.poort import poort_van

# Asked by the page itself, without anybody touching it: that must keep nothing alive.
VRAAGT_ALLEEN = "sessie"


class SessieMiddleware:
    """Before the gate: it must see whom the gate is going to send away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Asked when the page is drawn: who acts is known only then.
        request.sessie_stand = partial(sessies.stand_van, request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        plek = request.resolver_match
        assert plek is not None
        if request.user.is_authenticated:
            if plek.view_name != VRAAGT_ALLEEN or request.method == "POST":
                sessies.houd_wakker(request)
            return None
        poort = poort_van(view)
        besloten = plek.app_name == "admin" or (poort is not None and not poort.openbaar)
        return bewaren.na_het_einde(request) if besloten else None

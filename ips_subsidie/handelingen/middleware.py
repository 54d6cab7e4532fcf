"""A refusal that a view did not catch, or a file that stays apart, becomes a page that says so, never a 500."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.opslag.download import Apart
from ips_subsidie.opslag.virusscan import Uitslag


class WeigeringMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Apart):
            besmet = exception.uitslag is Uitslag.BESMET
            return render(request, "fouten/bestand_apart.html", {"besmet": besmet}, status=409)
        if not isinstance(exception, HandelingGeweigerd):
            return None
        return render(request, "fouten/geweigerd.html", {"redenen": exception.redenen}, status=409)

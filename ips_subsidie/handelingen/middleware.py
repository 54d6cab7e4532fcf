"""A refusal that a view did not catch becomes a page that says what to do, never a 500."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ips_subsidie.handelingen.weigering import HandelingGeweigerd


class WeigeringMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, HandelingGeweigerd):
            return None
        return render(request, "fouten/geweigerd.html", {"redenen": exception.redenen}, status=409)

"""Refusals that Django or a view hands out: a page that says what to do, and nothing about how we are made.

The pages of errors need no database and no session: they must come out when those are what is broken.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

TE_GROOT = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# Away, too busy, or a wait that took too long: all of these are worth another try.
DATABANK_WEG = (OperationalError, InterfaceError)
OPNIEUW_NA = 30  # seconds


def _pagina(sjabloon: str, status: int) -> HttpResponse:
    """Without the request: its context processors ask who is logged in."""
    return HttpResponse(render_to_string(sjabloon), status=status)


def onleesbaar(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent can't be read (400), or is more than we take (413)."""
    if isinstance(exception, TE_GROOT):
        return te_groot(request)
    return _pagina("400.html", HTTPStatus.BAD_REQUEST)


def te_groot(request: HttpRequest) -> HttpResponse:
    return _pagina("413.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def mag_niet(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _pagina("403.html", HTTPStatus.FORBIDDEN)


def is_er_niet(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _pagina("404.html", HTTPStatus.NOT_FOUND)


def ging_mis(request: HttpRequest) -> HttpResponse:
    """Our own fault (500); or the database is away, and that passes (503, with when to try again)."""
    if isinstance(sys.exc_info()[1], DATABANK_WEG):
        return even_niet(request)
    return _pagina("500.html", HTTPStatus.INTERNAL_SERVER_ERROR)


def even_niet(request: HttpRequest) -> HttpResponse:
    antwoord = _pagina("503.html", HTTPStatus.SERVICE_UNAVAILABLE)
    antwoord.headers["Retry-After"] = str(OPNIEUW_NA)
    return antwoord


def csrf_mislukt(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too long open, or its session ended; going back keeps what was typed."""
    return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)


def te_vaak(request: HttpRequest) -> HttpResponse:
    return _pagina("429.html", HTTPStatus.TOO_MANY_REQUESTS)


def niet_zo(request: HttpRequest, toegestaan: Sequence[str]) -> HttpResponse:
    """This address exists, but not for this method."""
    antwoord = _pagina("405.html", HTTPStatus.METHOD_NOT_ALLOWED)
    antwoord.headers["Allow"] = ", ".join(toegestaan)
    return antwoord

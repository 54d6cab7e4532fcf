"""Where the present request comes from, and which request it is, for every line that is written during it.

A line needn't be handed the request: the middleware sets it here, and a task of the worker sets its own.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse

from ips_subsidie.kalender.klok import nu

# The first that is found counts: Edge and Opera call themselves Chrome as well, and Chrome calls itself Safari.
_PROGRAMMAS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMEN = (
    ("iPhone", "een iPhone"), ("iPad", "een iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip
ONBEKEND_TOESTEL = "onbekend"


@dataclass(frozen=True)
class Herkomst:
    """The network address and device of a request, its trace, and the instant at which it began.

    `spoor` is the trace_id (32 hex digits) of Logboek dataverwerkingen: one for a request or a task.
    """

    adres: str | None = None
    toestel: str = ""
    spoor: str = field(default_factory=lambda: secrets.token_hex(16))
    begonnen_op: datetime = field(default_factory=nu)


_herkomst: ContextVar[Herkomst | None] = ContextVar("logboek_herkomst", default=None)


def huidige() -> Herkomst:
    """Of the request or task that runs; outside of these (a command, a test) one of its own."""
    return _herkomst.get() or Herkomst()


@contextmanager
def vanuit(herkomst: Herkomst) -> Iterator[Herkomst]:
    """Lines written within the block come from here."""
    teken = _herkomst.set(herkomst)
    try:
        yield herkomst
    finally:
        _herkomst.reset(teken)


def van_verzoek(request: HttpRequest) -> Herkomst:
    return Herkomst(adres_van(request), toestel_van(request.headers.get("User-Agent", "")))


def adres_van(request: HttpRequest) -> str | None:
    """The address of the visitor as our own proxy gives it; None when that can't be told."""
    try:
        adres = get_adapter().get_client_ip(request)
        return str(ip_address(adres))
    except (ImproperlyConfigured, PermissionDenied, ValueError):
        # No address is no reason to refuse a page: its line then says that there was none.
        return None


def toestel_van(kenmerk: str) -> str:
    """A browser and a system in words ("Firefox op Windows"), from a User-Agent; never the text itself."""
    programma = next((naam for teken, naam in _PROGRAMMAS if teken in kenmerk), "")
    systeem = next((naam for teken, naam in _SYSTEMEN if re.search(rf"\b{teken}", kenmerk)), "")
    return " op ".join(deel for deel in (programma, systeem) if deel) or ONBEKEND_TOESTEL


def herkomst(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: every line that a request leaves says where the request came from."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with vanuit(van_verzoek(request)):
            return get_response(request)

    return middleware

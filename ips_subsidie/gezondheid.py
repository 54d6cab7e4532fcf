"""Three questions that machines ask, many times a minute, without logging in.

/gezond: does this process answer at all? Asks nothing of anyone: a database that is away is no reason to restart it.
/health: can it show a page? For a balancer, which sends visitors elsewhere while it can't.
/gereed: is everything that the portal needs there, also what works behind the pages? For monitoring and for a deploy.
What is amiss stands in the answer by one word; why, in the log.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import redis
import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ips_subsidie.berichten import hartslag
from ips_subsidie.kalender.klok import nu
from ips_subsidie.opslag import virusscan
from ips_subsidie.toegang.poort import openbaar

log = structlog.get_logger(__name__)
Antwoord = Callable[[HttpRequest], HttpResponse]
_GEDULD = (
    2.0  # seconds for a service that is not the database; that one has its own limits (settings.diensten)
)


@openbaar
@require_safe
def gezond(request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers."""
    return JsonResponse({"status": "ok"})


@openbaar
@require_safe
def gezondheid(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, else 503; says no more than that."""
    if _databank():
        return JsonResponse({"status": "ok"})
    return JsonResponse({"status": "databank"}, status=503)


@openbaar
@require_safe
def gereed(request: HttpRequest) -> JsonResponse:
    """200 when all is there and the work goes on, else 503 with the words for what isn't."""
    niet = [] if _broker() else ["broker"]
    if _databank():
        niet += _uit_de_databank()
    else:
        niet.insert(0, "databank")
    # Without it uploads are still taken in, and kept apart: nobody can open them.
    if virusscan.scant() and virusscan.scan(b"gereed") is virusscan.Uitslag.WACHT:
        niet.append("clamd")
    if niet:
        log.error("niet gereed", niet=niet)
        return JsonResponse({"status": "niet gereed", "niet": niet}, status=503)
    return JsonResponse({"status": "ok"})


# The addresses stand in urls.py as well, where every address is; there they answer what is no question (405).
_PEILINGEN: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/gezond": gezond,
    "/health": gezondheid,
    "/gereed": gereed,
}


def peilingen(get_response: Antwoord) -> Antwoord:
    """Answers the three before a session, a host name or a transaction is looked at."""

    def middleware(request: HttpRequest) -> HttpResponse:
        view = _PEILINGEN.get(request.path_info)
        return view(request) if view and request.method in ("GET", "HEAD") else get_response(request)

    return middleware


def _databank() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        log.error("de databank antwoordt niet")
        return False
    return True


def _uit_de_databank() -> list[str]:
    try:
        if not _bijgewerkt():
            return ["migraties"]
        stand, moment = hartslag.stand(), nu()
    except DatabaseError:
        log.error("de databank antwoordt niet")
        return ["databank"]
    niet = [] if stand.klopt(moment) else ["hartslag"]
    return niet if stand.uitbak_loopt(moment) else [*niet, "uitbak"]


def _bijgewerkt() -> bool:
    """Did every migration of this code run? One of newer code does no harm: that is how an update goes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return _migraties() <= set(cursor.fetchall())


@cache
def _migraties() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def _broker() -> bool:
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, retry=None, socket_connect_timeout=_GEDULD, socket_timeout=_GEDULD
        ) as klant:
            return bool(klant.ping())
    except redis.RedisError as fout:
        log.error("de broker antwoordt niet", soort=type(fout).__name__)
        return False

"""Sessions of people: how one begins, stays alive and ends, and what a page has to know of it."""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ips_subsidie.kalender import klok
from ips_subsidie.logboek.herkomst import adres_van, toestel_van
from ips_subsidie.toegang.inlogmodellen import Einde, Sessie
from ips_subsidie.toegang.sessieopslag import ADRES, BEGONNEN, GEZIEN, TOESTEL, hash_van

# How long an ended session is still known: to say why, and to keep what was sent just after the end.
BEKEND = timedelta(days=1)
# How long what was sent after the end waits for its sender.
BEWAARTIJD = timedelta(hours=1)


@dataclass(frozen=True)
class Stand:
    """What a page knows of its session.

    `seconden`: until it ends when nothing more is done. `verlengbaar`: whether staying is still possible, or the
    twelve hours are nearly over. `wie` is the same for the same person, `rol` for the same lidmaatschap (empty: none
    chosen); neither says anything else.
    """

    seconden: int
    verlengbaar: bool
    wie: str
    rol: str


def begin(request: HttpRequest, **kwargs: Any) -> None:
    """Receiver of Django's signal of a login: from now on the twelve hours count."""
    opnieuw = BEGONNEN in request.session
    request.session[BEGONNEN] = request.session[GEZIEN] = time.time()
    request.session[ADRES] = kort_adres(adres_van(request)) if "REMOTE_ADDR" in request.META else ""
    request.session[TOESTEL] = toestel_van(request.headers.get("User-Agent", ""))[:60]
    if opnieuw:
        # Logged in anew within a session: another proof, so another key, and the hours count from here.
        request.session.cycle_key()


def houd_wakker(request: HttpRequest, *, meteen: bool = False) -> None:
    """Note that the session is used now; written at most once in SESSIE_VERNIEUWEN_NA seconds, or `meteen`."""
    nu = time.time()
    if meteen or nu - request.session.get(GEZIEN, 0) > settings.SESSIE_VERNIEUWEN_NA:
        request.session[GEZIEN] = nu


def stand_van(request: HttpRequest) -> Stand | None:
    """None for who is not logged in."""
    if not request.user.is_authenticated or BEGONNEN not in request.session:
        return None
    nu, actor = time.time(), getattr(request, "actor", None)
    stil = request.session[GEZIEN] + settings.SESSIE_STIL - nu
    hoogstens = request.session[BEGONNEN] + settings.SESSIE_HOOGSTENS - nu
    return Stand(
        seconden=max(0, int(min(stil, hoogstens))),
        verlengbaar=hoogstens > settings.SESSIE_STIL,
        wie=_ondoorzichtig(f"{request.user.pk}"),
        rol=_ondoorzichtig(f"{request.user.pk}:{actor.lidmaatschap_id}") if actor is not None else "",
    )


def _ondoorzichtig(wat: str) -> str:
    return salted_hmac("toegang.sessie.wie", wat, algorithm="sha256").hexdigest()[:32]


def kort_adres(adres: str | None) -> str:
    """The network of an address: enough to tell home from the office, not to find somebody by."""
    if not adres:
        return ""
    netwerk = ipaddress.ip_network(
        (adres, 24 if ipaddress.ip_address(adres).version == 4 else 48), strict=False
    )
    return str(netwerk.network_address)


def levende(gebruiker_id: Any) -> Any:
    """The sessions of this person that let somebody in now, the last used first."""
    return (
        Sessie.objects.levend(timezone.now()).filter(gebruiker_id=gebruiker_id).order_by("-gezien_op", "pk")
    )


def eigen(request: HttpRequest) -> str:
    """What the row of the session of this request is found by."""
    return hash_van(request.session.session_key or "")


def beeindig(gebruiker_id: Any, einde: Einde, *, nummer: Any = None, behalve: str = "") -> int:
    """End the sessions of this person, or only the one with this `nummer`; returns how many.

    `behalve` (as `eigen` gives it) stays. The next request with an ended session is refused, on every process.
    """
    rijen = levende(gebruiker_id).exclude(sleutel=behalve)
    if nummer is not None:
        rijen = rijen.filter(pk=nummer)
    aantal: int = rijen.order_by().update(beeindigd_op=timezone.now(), einde=einde, gegevens="")
    return aantal


def dode_van(request: HttpRequest) -> Sessie | None:
    """The session that this request brings along and that ended less than a day ago; None for any other."""
    sleutel = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    nu = timezone.now()
    gevonden: Sessie | None = (
        Sessie.objects.dood(nu)
        .filter(sleutel=hash_van(sleutel), gebruiker__isnull=False, verloopt_op__gt=nu - BEKEND)
        .first()
    )
    return gevonden


def op_de_klok(moment: datetime) -> datetime:
    """An instant of the machine's clock as the pages of this portal tell time."""
    return moment + (klok.nu() - timezone.now())


def ruim_op(nu: datetime) -> int:
    """Forget what was kept after an end, sessions that ended over a day ago, and counts of tries that count no more.

    Returns how many rows went.
    """
    Sessie.objects.filter(bewaard_op__lte=nu - BEWAARTIJD).update(bewaard=None, bewaard_op=None)
    oud, _ = Sessie.objects.dood(nu).filter(verloopt_op__lte=nu - BEKEND).delete()
    van_niemand, _ = Sessie.objects.filter(gebruiker__isnull=True, verloopt_op__lte=nu).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM toegang_teller WHERE verloopt_op <= now()")
        return int(oud + van_niemand + cursor.rowcount)

"""What holds for every answer, whoever gives it: its headers, the host it was asked of, and how much may be sent.

`kopregels` is the outermost middleware. Django turns an exception of a layer into an answer at that layer, so that
also an error page, the redirect to https and a static file pass here on their way out.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from ips_subsidie.toegang.web import fouten

Antwoord = Callable[[HttpRequest], HttpResponse]

# Nothing of the machine or the screen is used. Passkeys and the copying of recovery codes are for our own pages.
_NIEMAND = (
    "accelerometer", "ambient-light-sensor", "autoplay", "battery", "bluetooth", "browsing-topics", "camera",
    "display-capture", "document-domain", "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope",
    "hid", "idle-detection", "interest-cohort", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "speaker-selection", "sync-xhr", "usb", "web-share",
    "xr-spatial-tracking",
)  # fmt: skip
_WIJZELF = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS_POLICY = ", ".join(
    [*(f"{recht}=()" for recht in _NIEMAND), *(f"{recht}=(self)" for recht in _WIJZELF)]
)

VASTE_KOPREGELS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "X-Permitted-Cross-Domain-Policies": "none",
    # Also what a search engine finds by a link from elsewhere stays out of its index.
    "X-Robots-Tag": "noindex, nofollow",
}
# Not "cookies": that would also log somebody out of every other site under the same domain name.
WIS_BROWSER = '"cache", "storage"'
_HAP = 64 * 1024
# What the pages are made for. Asked anything else a view would take it for a GET that may write, or, by TRACE, answer
# with what was asked, cookies included.
METHODEN = ("GET", "HEAD", "POST")


def kopregels(get_response: Antwoord) -> Antwoord:
    """Headers that every answer carries, errors, redirects and static files included."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for naam, waarde in VASTE_KOPREGELS.items():
            response.headers.setdefault(naam, waarde)
        if not request.path.startswith(settings.STATIC_URL) or response.status_code >= HTTPStatus.BAD_REQUEST:
            # These pages are about people in treatment: no cache keeps them, not even the browser's.
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def wis_browser(response: HttpResponse) -> HttpResponse:
    """Let the browser forget the pages it still has: after logging out "back" must not show a client."""
    response.headers["Clear-Site-Data"] = WIS_BROWSER
    return response


def grens(get_response: Antwoord) -> Antwoord:
    """Refuses a host that isn't ours, a method no page knows and a body too big, before anything reads them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.get_host()  # raises DisallowedHost: the page of a 400
        # Django's own search of the admin gives it to PostgreSQL, which can't hold it; its other pages refuse it.
        if request.path.endswith("/autocomplete/") and "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("een NUL in een zoekwoord")
        if request.method not in METHODEN:
            return fouten.niet_zo(request, METHODEN)
        if _lengte(request) > settings.MAX_VERZOEK:
            _lees_weg(request)
            return fouten.te_groot(request)
        return get_response(request)

    return middleware


def eigen_foutpagina(get_response: Antwoord) -> Antwoord:
    """A refusal without a word, as Django's decorators give it, gets the page that says what to do."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.streaming or response.content:
            return response
        toegestaan = [methode.strip() for methode in response.headers.get("Allow", "").split(",")]
        pagina = fouten.niet_zo(request, [methode for methode in toegestaan if methode])
        # Django's own mark: a view whose address holds a secret sets it, so that the address isn't logged.
        vars(pagina)["_has_been_logged"] = getattr(response, "_has_been_logged", False)
        return pagina

    return middleware


def _lengte(request: HttpRequest) -> int:
    """The length in bytes that the request says its body has; rubbish is none, and Django then reads none."""
    gezegd = request.META.get("CONTENT_LENGTH") or ""
    return int(gezegd) if gezegd.isascii() and gezegd.isdigit() else 0


def _lees_weg(request: HttpRequest) -> None:
    """Take in what is being sent, up to a limit: a browser that is cut off while sending shows no page at all."""
    over = settings.MAX_VERZOEK_WEGLEZEN
    try:
        while over > 0 and (hap := request.read(min(_HAP, over))):
            over -= len(hap)
    except OSError:
        return  # gone already; there is nobody left to tell

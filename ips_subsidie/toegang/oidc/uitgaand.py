"""Requests from the portal to a login service: only to where they may go, and never for long.

What a service says of its own addresses is not trusted: each one is checked when it is used. Only https (`http` too
where settings.OIDC_HTTP says so), only to public addresses or those of settings.OIDC_NETWERKEN, at the very address
that was checked (a name can't point elsewhere in between), no redirects, no proxy from the environment, and a limit on
size and time that a service that answers drop by drop doesn't pass either.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

GROOTSTE_ANTWOORD = 512 * 1024
VERBINDEN, LEZEN = 3.0, 4.0  # seconds, for one connection and for one silence

# These hold an IPv4 address, which may be a private one.
_VERTALINGEN = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")))


class Onbereikbaar(Exception):
    """The service gave no answer that can be used, or not in time."""


class AdresGeweigerd(Onbereikbaar):
    """An address that the portal doesn't go to."""


class _Limiet:
    """The moment at which everything asked within it is over; a socket still open then is shut."""

    def __init__(self, seconden: float) -> None:
        self._tot = time.monotonic() + seconden
        self._wekkers: list[tuple[threading.Timer, socket.socket]] = []

    def over(self) -> float:
        """Seconds left. Raises Onbereikbaar when there are none."""
        rest = self._tot - time.monotonic()
        if rest <= 0:
            raise Onbereikbaar("de tijd is om")
        return rest

    def bewaak(self, verbinding: socket.socket) -> None:
        # A second handle on the same connection: TLS takes the first one over.
        tweede = verbinding.dup()
        wekker = threading.Timer(self.over(), _verbreek, [tweede])
        wekker.daemon = True
        wekker.start()
        self._wekkers.append((wekker, tweede))

    def sluit(self) -> None:
        for wekker, tweede in self._wekkers:
            wekker.cancel()
            tweede.close()


def _verbreek(verbinding: socket.socket) -> None:
    with contextlib.suppress(OSError):  # closed meanwhile: nothing to break
        verbinding.shutdown(socket.SHUT_RDWR)


_limiet: ContextVar[_Limiet | None] = ContextVar("oidc_limiet", default=None)


@contextlib.contextmanager
def binnen(seconden: float) -> Iterator[None]:
    """All requests in this block together take at most so long; past it they raise Onbereikbaar."""
    limiet = _Limiet(seconden)
    token = _limiet.set(limiet)
    try:
        yield
    finally:
        _limiet.reset(token)
        limiet.sluit()


def eis_adres(adres: Any) -> str:
    """The address, if it is one that may be asked. Raises AdresGeweigerd. Names are looked up when it is used."""
    toegestaan = ("https", "http") if settings.OIDC_HTTP else ("https",)
    try:
        delen = urlsplit(adres if isinstance(adres, str) else "")
        poort_klopt = delen.port is None or delen.port > 0
    except ValueError as fout:
        raise AdresGeweigerd("geen adres") from fout
    if delen.scheme not in toegestaan or not delen.hostname or delen.username is not None or not poort_klopt:
        raise AdresGeweigerd("geen adres waar het portaal heen gaat")
    return str(adres)


def _mag(adres: str) -> bool:
    ip = ipaddress.ip_address(adres.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if any(ip in ipaddress.ip_network(netwerk) for netwerk in settings.OIDC_NETWERKEN):
        return True
    return ip.is_global and not ip.is_multicast and not any(ip in netwerk for netwerk in _VERTALINGEN)


class _Bewaakt(HTTPConnection):
    """Connects to the address that was checked, not to what the name says a moment later."""

    def _new_conn(self) -> socket.socket:
        limiet = _limiet.get()
        gevonden = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        adressen = [str(een[4][0]) for een in gevonden]
        if not adressen or not all(map(_mag, adressen)):
            raise AdresGeweigerd("een adres binnen een netwerk")
        fout: OSError | None = None
        for adres in adressen:
            wacht = min(VERBINDEN, limiet.over()) if limiet else VERBINDEN
            try:
                verbinding = socket.create_connection((adres, self.port), wacht)
            except OSError as geweigerd:
                fout = geweigerd
                continue
            if limiet:
                limiet.bewaak(verbinding)
            return verbinding
        raise fout or OSError("geen adres")


class _BewaaktTls(_Bewaakt, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Bewaakt


class _PoolTls(HTTPSConnectionPool):
    ConnectionCls = _BewaaktTls


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _PoolTls}


class Sessie(OAuth2Session):
    """Authlib's session, that goes nowhere but through the checks above."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trust_env = False
        self.mount("https://", _Adapter())
        self.mount("http://", _Adapter())

    def request(
        self, method: str, url: str, withhold_token: bool = False, auth: Any = None, **kwargs: Any
    ) -> requests.Response:
        """Raises Onbereikbaar, and nothing else, when there is no whole answer of status 200 to 499."""
        eis_adres(url)
        limiet = _limiet.get()
        wacht = min(LEZEN, limiet.over()) if limiet else LEZEN
        kwargs |= {"allow_redirects": False, "timeout": (VERBINDEN, wacht), "stream": True}
        try:
            antwoord = super().request(method, url, withhold_token=withhold_token, auth=auth, **kwargs)
            with contextlib.closing(antwoord):
                antwoord._content = _lees(antwoord)
            if limiet:
                limiet.over()  # what was cut off may look like a whole answer
        except (requests.RequestException, OSError) as fout:
            raise Onbereikbaar(type(fout).__name__) from fout
        if antwoord.is_redirect or antwoord.status_code >= 500:
            raise Onbereikbaar(f"status {antwoord.status_code}")
        return antwoord


def _lees(antwoord: requests.Response) -> bytes:
    inhoud = bytearray()
    for stuk in antwoord.iter_content(16 * 1024):
        inhoud += stuk
        if len(inhoud) > GROOTSTE_ANTWOORD:
            raise Onbereikbaar("het antwoord is te groot")
    return bytes(inhoud)

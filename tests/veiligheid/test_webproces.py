"""P31 and P38 through the real web server, over a real socket, with the database away: pages, headers, sizes, hosts."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from tests.veiligheid.test_foutpaginas import VERRAADT
from tests.veiligheid.test_kopregels import CSP_VERPLICHT, OP_ELK_ANTWOORD

PROJECT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024 * 1024


@contextmanager
def webproces(databank: str) -> Iterator[int]:
    """The port of gunicorn as it is started in production, on this database."""
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        poort = int(proef.getsockname()[1])
    omgeving = os.environ | {"DJANGO_SETTINGS_MODULE": "ips_subsidie.settings.test", "DATABASE_URL": databank}
    proces = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "ips_subsidie.wsgi", "--worker-class", "gthread", "--threads", "2",
         "--bind", f"127.0.0.1:{poort}", "--no-control-socket", "--log-level", "critical"],
        cwd=PROJECT, env=omgeving,
    )  # fmt: skip
    try:
        einde = time.monotonic() + 60
        while not _luistert(poort):
            assert proces.poll() is None, "gunicorn is gestopt"
            assert time.monotonic() < einde, "gunicorn antwoordt niet"
            time.sleep(0.2)
        yield poort
    finally:
        proces.terminate()
        proces.wait(timeout=30)


def _luistert(poort: int) -> bool:
    try:
        return vraag(poort, "GET", "/static/css/portaal.css")[0] == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def poort() -> Iterator[int]:
    """With a database that nobody listens at."""
    with webproces("postgresql://app@127.0.0.1:9/ips") as poort:
        yield poort


@pytest.fixture(scope="module")
def poort_met_databank(django_db_setup: None) -> Iterator[int]:
    adres = urlsplit(os.environ["DATABASE_URL"])
    with webproces(urlunsplit(adres._replace(path=f"/{connection.settings_dict['NAME']}"))) as poort:
        yield poort


def vraag(
    poort: int, methode: str, pad: str, lijf: bytes | None = None, **koppen: str
) -> tuple[int, dict[str, str], str]:
    verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=60)
    try:
        verbinding.request(methode, pad, body=lijf, headers=koppen)
        antwoord = verbinding.getresponse()
        return (
            antwoord.status,
            {k.lower(): v for k, v in antwoord.getheaders()},
            antwoord.read().decode(errors="replace"),
        )
    finally:
        verbinding.close()


MET = [
    ("GET", "/aanvragen/bestaat-niet/", {}, 404),
    ("GET", "/inloggen/", {"Host": "kwaad.example"}, 400),
    ("GET", "/static/css/portaal.css", {"Host": "kwaad.example"}, 400),
    ("POST", "/inloggen/", {"Content-Length": "0"}, 403),
    ("GET", "/uitloggen/", {}, 405),
    ("GET", "/static/bestaat-niet.css", {}, 404),
    ("GET", "/static/../../../../etc/passwd", {}, 404),
    ("GET", "/static/%2e%2e/%2e%2e/ips_subsidie/settings/productie.py", {}, 404),
    ("GET", "/.git/config", {}, 404),
    ("GET", "/.env", {}, 404),
]
ZONDER = [
    ("GET", "/inloggen/", {}, 503),
    ("GET", "/", {"Cookie": "sessionid=" + "a" * 32}, 503),
    ("GET", "/inloggen/", {"Host": "kwaad.example"}, 400),
]


def _goed(antwoord: tuple[int, dict[str, str], str], status: int) -> None:
    gekregen, terug, tekst = antwoord
    assert gekregen == status
    assert {naam: terug.get(naam.lower()) for naam in OP_ELK_ANTWOORD} == OP_ELK_ANTWOORD
    assert all(deel in terug["content-security-policy"] for deel in CSP_VERPLICHT)
    assert terug["cache-control"] == "no-store"
    assert '<html lang="nl"' in tekst
    assert not VERRAADT.search(tekst)
    if status == 503:
        assert int(terug["retry-after"]) > 0


@pytest.mark.parametrize(("methode", "pad", "koppen", "status"), MET, ids=[f"{g[3]} {g[1]}" for g in MET])
def test_p31_p38_door_het_echte_webproces(
    poort_met_databank: int, methode: str, pad: str, koppen: dict[str, str], status: int
) -> None:
    _goed(vraag(poort_met_databank, methode, pad, **koppen), status)


@pytest.mark.parametrize(
    ("methode", "pad", "koppen", "status"), ZONDER, ids=[f"{g[3]} {g[1]}" for g in ZONDER]
)
def test_p22_p31_zonder_databank(
    poort: int, methode: str, pad: str, koppen: dict[str, str], status: int
) -> None:
    """Within ten seconds, and with when to try again."""
    begin = time.monotonic()
    _goed(vraag(poort, methode, pad, **koppen), status)
    assert time.monotonic() - begin < 10


def test_p31_vaste_bestanden_en_stijl_zonder_databank(poort: int) -> None:
    status, terug, tekst = vraag(poort, "GET", "/static/css/portaal.css")
    assert status == 200
    assert "utrecht" in tekst
    assert terug["x-content-type-options"] == "nosniff"


def test_p31_veel_te_groot_krijgt_de_pagina_en_geen_verbroken_verbinding(poort: int) -> None:
    """A browser that is cut off while it sends shows nothing of ours: the body is read away, up to a limit."""
    begin = time.monotonic()
    status, terug, tekst = vraag(
        poort, "POST", "/inloggen/", b"x" * (31 * MEGABYTE), **{"Content-Type": "application/octet-stream"}
    )
    assert status == 413
    assert "Dit is te groot om te versturen" in tekst
    assert {naam: terug.get(naam.lower()) for naam in OP_ELK_ANTWOORD} == OP_ELK_ANTWOORD
    assert time.monotonic() - begin < 10


def test_p31_een_lengte_die_niet_klopt_houdt_niets_bezet(poort: int) -> None:
    """Says gigabytes, sends little and goes: the next one is served."""
    with socket.create_connection(("127.0.0.1", poort), timeout=10) as los:
        los.sendall(b"POST /inloggen/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999999\r\n\r\nabc")
    assert vraag(poort, "GET", "/static/css/portaal.css")[0] == 200


ONZIN = [
    b"GET\r\n\r\n",
    b"\x16\x03\x01\x00\xa5",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
]


def test_p31_wat_geen_verzoek_is_vertelt_niets(poort: int) -> None:
    for onzin in ONZIN:
        with socket.create_connection(("127.0.0.1", poort), timeout=10) as los:
            los.sendall(onzin)
            los.shutdown(socket.SHUT_WR)
            terug = b""
            while stuk := los.recv(65536):
                terug += stuk
        assert b"200 OK" not in terug
        assert not VERRAADT.search(terug.decode(errors="replace").replace("Server: gunicorn", ""))

"""The portal as real processes on the database of the test, and a visitor over HTTP."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import requests
from django.conf import settings

from ips_subsidie.lokaal.processen import beeindig, start
from ips_subsidie.reservekopie.databank import Databank, van_app
from tests.fabriek import NU
from tests.toegang.personen import WACHTWOORD

PROJECT = Path(__file__).resolve().parents[2]
CELERY = (sys.executable, "-m", "celery", "-A", "ips_subsidie")
_VERBORGEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def socket_van_databank() -> str:
    """Where the PostgreSQL of the tests listens."""
    delen = dict(van_app().delen)
    return f"{delen['host']}/.s.PGSQL.{delen.get('port', '5432')}"


def socket_van_broker() -> str:
    return urlsplit(settings.REDIS_URL).path


def databank_via(poort: int) -> str:
    delen = dict(van_app().delen) | {"host": "127.0.0.1", "port": str(poort)}
    return Databank(tuple(sorted(delen.items()))).url()


def broker_via(poort: int) -> str:
    nummer = parse_qs(urlsplit(settings.REDIS_URL).query).get("db", ["0"])[0]
    return f"redis://127.0.0.1:{poort}/{nummer}"


def omgeving(**over: str) -> dict[str, str]:
    """Of a process in the time of the factory, on the database of this test."""
    eigen = {
        "DJANGO_SETTINGS_MODULE": "tests.behoud.instellingen",
        "DATABASE_URL": van_app().url(),
        "IPS_BEGIN": NU.isoformat(),
        "PYTHONPATH": str(PROJECT),
    }
    return (
        {naam: waarde for naam, waarde in os.environ.items() if naam != "DATABASE_EIGENAAR_URL"}
        | eigen
        | over
    )


def wacht_tot(klaar: Callable[[], bool], geduld: float, wat: str = "") -> float:
    """Seconds until it is so; an AssertionError when it takes longer."""
    begin = time.monotonic()
    while not klaar():
        assert time.monotonic() - begin < geduld, f"niet binnen {geduld} s: {wat}"
        time.sleep(0.05)
    return time.monotonic() - begin


def vrije_poort() -> int:
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        return int(proef.getsockname()[1])


@contextlib.contextmanager
def web(log: Path, **over: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """gunicorn as production starts it (Dockerfile), and its address."""
    poort = vrije_poort()
    argv = [
        sys.executable,
        "-m",
        "gunicorn",
        "ips_subsidie.wsgi",
        "--worker-class",
        "ips_subsidie.webwerker.Werker",
        "--workers",
        "1",
    ]
    argv += ["--threads", "8", "--bind", f"127.0.0.1:{poort}", "--no-control-socket"]
    adres = f"http://127.0.0.1:{poort}"
    with log.open("ab") as uitvoer:
        proces = start(argv, uitvoer=uitvoer, env=omgeving(**over))
    try:
        wacht_tot(lambda: _gezond(adres), 90, "het web komt op gang")
        yield proces, adres
    finally:
        beeindig(proces)


@contextlib.contextmanager
def programma(log: Path, *argv: str, **over: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as uitvoer:
        proces = start(argv, uitvoer=uitvoer, env=omgeving(**over))
    try:
        yield proces
    finally:
        beeindig(proces)


def _gezond(adres: str) -> bool:
    try:
        return requests.get(f"{adres}/gezond", timeout=5).status_code == 200
    except requests.RequestException:
        return False


class Bezoeker:
    """Somebody with a browser. Every answer must come within `geduld` seconds."""

    def __init__(self, adres: str, email: str, geduld: float = 30) -> None:
        self.adres, self.email, self.geduld = adres, email, geduld
        self.sessie = requests.Session()

    def open(self, pad: str) -> requests.Response:
        return self.sessie.get(self.adres + pad, timeout=self.geduld, allow_redirects=False)

    def formulier(self, pad: str) -> dict[str, str]:
        """The hidden fields of the form on this page."""
        pagina = self.open(pad)
        assert pagina.status_code == 200, (pad, pagina.status_code, pagina.text[:500])
        return dict(_VERBORGEN.findall(pagina.text))

    def stuur(self, pad: str, velden: dict[str, str]) -> requests.Response:
        return self.sessie.post(
            self.adres + pad, velden, timeout=self.geduld, allow_redirects=False,
            headers={"Referer": self.adres + pad},
        )  # fmt: skip

    def log_in(self) -> requests.Response:
        velden = self.formulier("/inloggen/")
        return self.stuur("/inloggen/", {**velden, "login": self.email, "password": WACHTWOORD})


def bericht(velden: dict[str, str], tekst: str) -> dict[str, str]:
    """What is sent with the form of a new message in the conversation of a dossier: one that others are told of."""
    return {**velden, "lezers": "instelling-gemeente", "antwoord_van": "nee", "tekst": tekst}

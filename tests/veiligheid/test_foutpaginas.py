"""P31: an error tells nothing about how we are made and says, in Dutch, what to do; with all headers (P38)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as instellingen
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import Client, override_settings
from django.urls import include, path

from ips_subsidie.toegang.poort import openbaar
from tests.toegang.personen import ingelogd_als, maak_lid
from tests.veiligheid.test_kopregels import mist

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

handler400 = "ips_subsidie.toegang.web.fouten.onleesbaar"
handler403 = "ips_subsidie.toegang.web.fouten.mag_niet"
handler404 = "ips_subsidie.toegang.web.fouten.is_er_niet"
handler500 = "ips_subsidie.toegang.web.fouten.ging_mis"

# What would tell a stranger how we are made.
VERRAADT = re.compile(
    r"Traceback|File &quot;|Exception|psycopg|django|gunicorn|/app/|SELECT |geheim-9f3", re.I
)


@openbaar
def valt_om(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("geheim-9f3 in /app/ips_subsidie")


@openbaar
def databank_weg(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection to server at geheim-9f3 failed")


@openbaar
def verbinding_dicht(request: HttpRequest) -> HttpResponse:
    raise InterfaceError("geheim-9f3")


@openbaar
def te_traag(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '20ms'")
        cursor.execute("SELECT pg_sleep(2)")
    return HttpResponse("nooit")


@openbaar
def zonder_woord(request: HttpRequest) -> HttpResponse:
    return HttpResponseNotAllowed(["POST"])


urlpatterns = [
    path("t/valt-om/", valt_om),
    path("t/databank/", databank_weg),
    path("t/verbinding/", verbinding_dicht),
    path("t/traag/", te_traag),
    path("t/methode/", zonder_woord),
    path("", include(instellingen.ROOT_URLCONF)),
]


def _klant(**opties: Any) -> Client:
    return Client(raise_request_exception=False, **opties)


def _veel_velden() -> Any:
    return _klant().post("/inloggen/", {f"v{nummer}": "x" for nummer in range(401)})


def _veel_tekst() -> Any:
    return _klant().post("/inloggen/", {"login": "x" * 2_600_000})


def _veel_bestanden() -> Any:
    return _klant().post("/inloggen/", {f"b{n}": io.BytesIO(b"x") for n in range(11)})


def _groot_verzoek() -> Any:
    with override_settings(MAX_VERZOEK=1_000, MAX_VERZOEK_WEGLEZEN=2_000):
        return _klant().generic("POST", "/inloggen/", b"x" * 1_001)


GEVALLEN: list[tuple[str, Callable[[], Any], int]] = [
    ("andere host", lambda: _klant().get("/", headers={"host": "kwaad.example"}), 400),
    ("onleesbare velden", lambda: _klant().generic("POST", "/inloggen/", b"x", "multipart/form-data"), 400),
    ("geen recht", lambda: ingelogd_als(maak_lid()).get("/budget/grootboek/"), 403),
    ("zonder csrf", lambda: _klant(enforce_csrf_checks=True).post("/inloggen/", {}), 403),
    ("weg", lambda: _klant().get("/is-er-niet/"), 404),
    ("andere methode", lambda: _klant().get("/uitloggen/"), 405),
    ("andere methode, zonder woord", lambda: _klant().get("/t/methode/"), 405),
    ("te veel velden", _veel_velden, 413),
    ("te veel tekst", _veel_tekst, 413),
    ("te veel bestanden", _veel_bestanden, 413),
    ("te groot", _groot_verzoek, 413),
    ("omgevallen", lambda: _klant().get("/t/valt-om/"), 500),
    ("databank weg", lambda: _klant().get("/t/databank/"), 503),
    ("verbinding dicht", lambda: _klant().get("/t/verbinding/"), 503),
    ("databank te traag", lambda: _klant().get("/t/traag/"), 503),
]


@pytest.mark.parametrize(("doe", "status"), [g[1:] for g in GEVALLEN], ids=[g[0] for g in GEVALLEN])
def test_p31_eigen_pagina(doe: Callable[[], Any], status: int) -> None:
    antwoord = doe()
    assert antwoord.status_code == status
    assert antwoord.headers["Content-Type"].startswith("text/html")
    assert mist(antwoord) == []
    tekst = antwoord.text
    assert '<html lang="nl"' in tekst
    assert tekst.count("<h1") == 1
    assert tekst.count('class="utrecht-paragraph"') >= 2, "niet wat er is en wat te doen"
    assert not VERRAADT.search(tekst)
    if status == 405:
        assert "POST" in antwoord.headers["Allow"]
    if status == 503:
        assert int(antwoord.headers["Retry-After"]) > 0


def test_p31_ook_zonder_databank(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a 503 asks the database nothing: with no connection at all it comes out, in each walk of a page."""
    client = ingelogd_als(maak_lid())

    def weg(*args: Any, **kwargs: Any) -> Any:
        raise OperationalError("geheim-9f3")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", weg)
    client.raise_request_exception = False
    for doe in (client.get, client.post):
        for pad in ("/", "/aanvragen/", "/inloggen/", "/berichten/"):
            antwoord = doe(pad)
            assert antwoord.status_code == 503, pad
            assert not VERRAADT.search(antwoord.text)
            assert mist(antwoord) == []
    # What needs no database stays there.
    assert client.get("/static/css/portaal.css").status_code == 200
    assert client.get("/robots.txt").status_code in (200, 503)


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500, 503])
def test_p31_elke_foutpagina_is_er_en_hangt_van_niets_af(status: int) -> None:
    """No context, no request, no user: these come out when those are what is broken."""
    from django.template.loader import render_to_string

    sjabloon = Path(instellingen.PROJECT) / "templates" / f"{status}.html"
    assert "{{" not in sjabloon.read_text()
    assert "<h1" in render_to_string(f"{status}.html")


def test_p31_een_uitzondering_op_een_pagina_van_de_fout_is_er_niet() -> None:
    """DEBUG is off, everywhere: its yellow page shows settings and variables."""
    assert instellingen.DEBUG is False
    antwoord = _klant().get("/t/valt-om/")
    assert len(antwoord.content) < 8_000

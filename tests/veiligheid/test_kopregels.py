"""P38: every answer carries all headers, whoever gives it: a page, an error, a redirect, a file, the admin."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from ips_subsidie.toegang.kopregels import PERMISSIONS_POLICY
from ips_subsidie.toegang.rollen import Rol
from tests.toegang.personen import WACHTWOORD, ingelogd_als, maak_lid
from tests.toegang.test_alle_adressen import ADRESSEN, adres

pytestmark = pytest.mark.django_db

OP_ELK_ANTWOORD = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow",
}
CSP_VERPLICHT = ("default-src 'none'", "frame-ancestors 'none'")
CSP_VERBODEN = ("unsafe-", "http:", "https:", "*", "blob:")
CSP_GEWONE_PAGINA = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}


def mist(antwoord: Any, *, mag_bewaard: bool = False) -> list[str]:
    """What this answer lacks."""
    koppen = antwoord.headers
    fout = [
        f"{naam}: {koppen.get(naam)}"
        for naam, waarde in OP_ELK_ANTWOORD.items()
        if koppen.get(naam) != waarde
    ]
    csp = koppen.get("Content-Security-Policy", "")
    fout += [f"CSP zonder {deel}" for deel in CSP_VERPLICHT if deel not in csp]
    fout += [f"CSP met {deel}" for deel in CSP_VERBODEN if deel in csp]
    fout += [kop for kop in koppen if kop.lower().startswith("access-control-")]
    soort = koppen.get("Content-Type", "")
    if soort.startswith("text/") and "charset=utf-8" not in soort.lower().replace('"', ""):
        fout.append(f"Content-Type: {soort}")
    if not mag_bewaard and "no-store" not in koppen.get("Cache-Control", ""):
        fout.append(f"Cache-Control: {koppen.get('Cache-Control')}")
    return fout


def test_p38_csp_van_een_gewone_pagina() -> None:
    csp = Client().get("/inloggen/").headers["Content-Security-Policy"]
    delen = dict(deel.strip().split(" ", 1) for deel in csp.split(";"))
    assert delen == CSP_GEWONE_PAGINA


@pytest.mark.parametrize("methode", ["get", "head", "post", "put", "patch", "delete", "options", "trace"])
def test_p38_elk_adres_met_elke_methode(methode: str) -> None:
    """Also where the gate, Django or the address itself refuses."""
    anoniem, lid = Client(), ingelogd_als(maak_lid(Rol.GEMEENTEBESLISSER))
    for naam in ADRESSEN:
        for client in (anoniem, lid):
            antwoord = client.generic(methode.upper(), adres(naam))
            assert mist(antwoord) == [], f"{methode} {naam}: {antwoord.status_code}"
            # Here there is no worker and no beat, and `gereed` says so.
            assert antwoord.status_code < 500 or naam == "gereed", f"{methode} {naam}"
            assert methode != "trace" or antwoord.status_code == 405, naam


def test_p38_beheer_onder_dezelfde_csp() -> None:
    beheerder = ingelogd_als(maak_lid(Rol.BEHEERDER))
    for pad in (
        "/beheer/",
        "/beheer/toegang/gebruiker/",
        "/beheer/toegang/gebruiker/add/",
        "/beheer/bestaat-niet/",
    ):
        antwoord = beheerder.get(pad)
        assert mist(antwoord) == [], pad
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)(?![^>]*application/json)",
                             antwoord.text), pad  # fmt: skip


def test_p38_fouten_en_omleidingen() -> None:
    client = Client(raise_request_exception=False)
    gevallen = {
        404: client.get("/bestaat-niet/"),
        400: client.get("/", headers={"host": "kwaad.example"}),
        405: client.get("/uitloggen/"),
        302: client.get("/berichten/"),
        403: Client(enforce_csrf_checks=True).post("/inloggen/", {"login": "x", "password": "y"}),
    }
    for status, antwoord in gevallen.items():
        assert antwoord.status_code == status
        assert mist(antwoord) == [], status


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000)
def test_p38_naar_https_en_hsts() -> None:
    """The redirect to https is given by an early middleware; HSTS only over https (RFC 6797, 7.2)."""
    omleiding = Client().get("/inloggen/")
    assert omleiding.status_code == 301
    assert mist(omleiding) == []
    assert "Strict-Transport-Security" not in omleiding.headers
    veilig = Client().get("/inloggen/", secure=True)
    assert veilig.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_p38_vaste_bestanden() -> None:
    """A stylesheet may be kept by the browser; one that isn't there may not."""
    antwoord = Client().get("/static/css/portaal.css")
    assert antwoord.status_code == 200
    assert mist(antwoord, mag_bewaard=True) == []
    assert mist(Client().get("/static/css/weg.css")) == []


def test_p38_ook_een_middleware_die_vroeg_antwoordt(settings: Any) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:8], f"{__name__}.antwoordt_zelf", *settings.MIDDLEWARE[8:]]
    antwoord = Client().get("/")
    assert antwoord.text == "vroeg"
    assert mist(antwoord) == []


def antwoordt_zelf(get_response: Any) -> Any:
    return lambda request: HttpResponse("vroeg")


def test_p38_uitloggen_wist_wat_de_browser_nog_heeft() -> None:
    lid = maak_lid()
    client = Client()
    client.post("/inloggen/", {"login": lid.gebruiker.email, "password": WACHTWOORD})
    antwoord = client.post("/uitloggen/")
    assert antwoord.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert mist(antwoord) == []


def test_p38_wegwijzers(settings: Any) -> None:
    """security.txt as RFC 9116 wants it; nothing for search engines."""
    from datetime import timedelta

    from django.utils import timezone
    from django.utils.dateparse import parse_datetime

    settings.SITE_ADRES = "https://portaal.example"
    antwoord = Client().get("/.well-known/security.txt")
    assert antwoord.headers["Content-Type"] == "text/plain; charset=utf-8"
    velden = [regel.split(": ", 1) for regel in antwoord.text.splitlines()]
    namen = [naam for naam, _ in velden]
    assert {"Contact", "Expires", "Preferred-Languages", "Canonical", "Policy"} == set(namen)
    assert namen.count("Expires") == namen.count("Preferred-Languages") == 1
    waarden = dict(velden)
    verloopt = parse_datetime(waarden["Expires"])
    assert verloopt is not None
    assert timedelta(days=30) < verloopt - timezone.now() < timedelta(days=365)
    assert f"Contact: mailto:{settings.CONTACT['beveiliging']}" in antwoord.text
    assert waarden["Canonical"] == "https://portaal.example/.well-known/security.txt"
    assert Client().get(waarden["Policy"].removeprefix("https://portaal.example")).status_code == 200
    assert Client().get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    icoon = Client().get("/favicon.ico")
    assert icoon.status_code == 302
    assert Client().get(icoon.headers["Location"]).status_code == 200

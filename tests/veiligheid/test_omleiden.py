"""Nothing sends anybody to another site: not the page that asks to log in first, nor any that goes on to somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.toegang.personen import WACHTWOORD, maak_lid
from tests.toegang.test_alle_adressen import ADRESSEN, adres, als

pytestmark = pytest.mark.django_db
KWAAD = [
    "https://kwaad.example/", "//kwaad.example", "///kwaad.example", "/\\kwaad.example", "\\\\kwaad.example",
    "https:kwaad.example", "http:///kwaad.example", "javascript:alert(1)", "data:text/html,x", "/\t/kwaad.example",
    "https://testserver@kwaad.example/", "https://testserver.kwaad.example/", "//kwaad.example/%2f..", "\u3002kwaad",
    " https://kwaad.example", "x\r\nLocation: https://kwaad.example",
    "/%0d%0aSet-Cookie:kwaad=1", "\x00//kwaad.example",
]  # fmt: skip
# What a page could take for where to go on to.
VRAGEN = (
    "next",
    "na",
    "terug",
    "volgende",
    "url",
    "redirect",
    "redirect_to",
    "return",
    "verder",
    "pad",
    "HTTP_REFERER",
)


def naar_buiten(plek: str) -> bool:
    """Would a browser that is sent here leave the site?"""
    delen = urlsplit(plek)
    vreemd = plek.startswith(("//", "/\\", "\\")) or any(ord(teken) < 33 for teken in plek)
    return vreemd or (bool(delen.scheme or delen.netloc) and delen.netloc != "testserver")


@pytest.fixture(autouse=True)
def _zonder_rem(settings: Any) -> None:
    """Here somebody logs in more often than anybody may; that is looked at elsewhere."""
    settings.ACCOUNT_RATE_LIMITS = False
    cache.clear()


@pytest.fixture
def wereld() -> Iterator[fabriek.Wereld]:
    with klok_op(fabriek.NU):
        yield fabriek.maak_wereld()


@pytest.mark.parametrize("kwaad", KWAAD)
def test_na_het_inloggen_blijft_u_in_het_portaal(kwaad: str) -> None:
    lid = maak_lid()
    for bron in ("url", "formulier"):
        client = Client()
        data = {"login": lid.gebruiker.email, "password": WACHTWOORD}
        if bron == "url":
            antwoord = client.post("/inloggen/", data, query_params={"next": kwaad})
        else:
            antwoord = client.post("/inloggen/", data | {"next": kwaad})
        assert antwoord.status_code in (200, 302, 400)
        if antwoord.status_code == 302:
            assert not naar_buiten(antwoord.headers["Location"]), antwoord.headers["Location"]


def test_na_het_inloggen_gaat_het_verder_waar_u_heen_wilde() -> None:
    """The check doesn't work by going nowhere at all."""
    lid = maak_lid()
    data = {"login": lid.gebruiker.email, "password": WACHTWOORD}
    antwoord = Client().post("/inloggen/", data, query_params={"next": "/berichten/?na=25"})
    assert antwoord.headers["Location"] == "/berichten/?na=25"


@pytest.mark.parametrize(
    "rol", [Rol.BEHANDELAAR, Rol.UWV_BESLISSER, Rol.GEMEENTEBESLISSER, Rol.BEHEERDER, None]
)
def test_geen_adres_stuurt_naar_buiten(wereld: fabriek.Wereld, rol: Rol | None) -> None:
    """Every address, by GET and by POST, with a foreign address in each place where one could be read."""
    actor = None if rol is None else wereld.met(rol)
    client = als(actor)
    client.raise_request_exception = False
    mis = []
    for teller, naam in enumerate(ADRESSEN):
        kwaad = KWAAD[teller % len(KWAAD)]
        overal = dict.fromkeys(VRAGEN, kwaad)
        for methode in ("get", "post"):
            with transaction.atomic():
                doe = getattr(client, methode)
                extra = {} if methode == "get" else {"query_params": overal}
                antwoord = doe(adres(naam), overal, headers={"Referer": "https://kwaad.example/"}, **extra)
                if 300 <= antwoord.status_code < 400 and naar_buiten(antwoord.headers["Location"]):
                    mis.append(f"{methode} {naam}: {antwoord.headers['Location']!r}")
                # Here there is no worker and no beat, and `gereed` says so.
                if antwoord.status_code >= 500 and naam != "gereed":
                    mis.append(f"{methode} {naam}: {antwoord.status_code}")
                transaction.set_rollback(True)
            if naam == "account_logout":
                client = als(actor)
    assert mis == []

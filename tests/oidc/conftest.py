"""The service as a process, and a browser that goes there and comes back."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.oidc import client as oidc_client
from ips_subsidie.toegang.oidc.models import Bewijs, Inlogdienst
from ips_subsidie.toegang.rollen import Rol
from tests.oidc.server import ACR, CLIENT_ID, GEHEIM
from tests.toegang.personen import maak_lid


@dataclass
class Server:
    basis: str

    def gedraag(self, **gedrag: Any) -> None:
        requests.post(f"{self.basis}/_gedrag", json=gedrag, timeout=5).raise_for_status()

    def geteld(self) -> dict[str, int]:
        return dict(requests.get(f"{self.basis}/_geteld", timeout=5).json()["geteld"])


@dataclass
class Bezoek:
    """One person's way to the service and back, with the behaviour that the server has."""

    client: Client
    dienst: Inlogdienst

    def begin(self, **velden: str) -> HttpResponse:
        return self.client.post(reverse("oidc_kiezen"), {"dienst": str(self.dienst.pk), **velden})

    def bij_dienst(self, antwoord: HttpResponse) -> dict[str, str]:
        """Follow the link to the service; what it sends back with."""
        adres = doorgaan_naar(antwoord)
        terug = requests.get(adres, allow_redirects=False, timeout=5).headers["Location"]
        assert urlsplit(terug).path == reverse("oidc_terug", args=[self.dienst.pk])
        return dict(parse_qsl(urlsplit(terug).query))

    def terug(self, velden: dict[str, str], door: Client | None = None) -> HttpResponse:
        """Come back: the page that is shown, and the form in it, sent as it stands."""
        door = door or self.client
        pad = reverse("oidc_terug", args=[self.dienst.pk])
        pagina = door.get(pad, velden).content.decode()
        assert "data-doorgaan" in pagina
        gevonden = re.findall(r'<input type="hidden" name="(code|state|iss|error)" value="([^"]*)"', pagina)
        return door.post(pad, {naam: html.unescape(waarde) for naam, waarde in gevonden})

    def alles(self, **velden: str) -> HttpResponse:
        return self.terug(self.bij_dienst(self.begin(**velden)))


def doorgaan_naar(antwoord: HttpResponse) -> str:
    [adres] = re.findall(r'href="([^"]+)"\s+rel="noreferrer"\s+data-doorgaan', antwoord.content.decode())
    return html.unescape(adres)


@contextmanager
def dienst_als_proces() -> Iterator[str]:
    """The address of a login service that runs as a process of its own, until the end of the block."""
    wortel = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.oidc.server"], stdout=subprocess.PIPE, text=True, cwd=wortel
    ) as proces:
        assert proces.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(proces.stdout.readline())}"
        finally:
            proces.kill()


@pytest.fixture(scope="session")
def _proces() -> Iterator[str]:
    with dienst_als_proces() as basis:
        yield basis


@pytest.fixture
def server(_proces: str) -> Server:
    oidc_client.vergeet()
    cache.clear()  # the limit on tries
    server = Server(_proces)
    server.gedraag()
    return server


@pytest.fixture
def lid(db: None) -> Lidmaatschap:
    return maak_lid(Rol.GEMEENTEMEDEWERKER)


@pytest.fixture
def dienst(server: Server, lid: Lidmaatschap) -> Inlogdienst:
    return maak_dienst(server, lid)


def maak_dienst(server: Server, lid: Lidmaatschap, **velden: Any) -> Inlogdienst:
    eigen = {
        "naam": str(lid.organisatie), "issuer": server.basis, "client_id": CLIENT_ID, "geheim": GEHEIM,
        "bewijs": Bewijs.BASIC, "acr_waarden": [ACR], "actief": True,
    }  # fmt: skip
    return Inlogdienst.objects.create(organisatie=lid.organisatie, **eigen | velden)


@pytest.fixture
def bezoek(client: Client, dienst: Inlogdienst) -> Bezoek:
    return Bezoek(client, dienst)


@pytest.fixture
def persoon(lid: Lidmaatschap) -> dict[str, Any]:
    """What the service says of the gebruiker of `lid`."""
    return {"sub": "persoon-1", "email": lid.gebruiker.email.upper(), "email_verified": True}

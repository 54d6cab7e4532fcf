"""P1, P2, P3: every address, by every method, as everyone, on one's own, another's and a missing object.

Drawn from the resolver and the registry of acts, so a new address is in it by itself; what may come of a cell is said
here, and nothing else may. The table of who may open what is in tests/toegang/test_alle_adressen.py.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from aanvragen.models import Aanvraag
from aanvragen.regels.statussen import AanvraagStatus
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.toegang.test_alle_adressen import (
    ADRESSEN,
    INGELOGD,
    OPENBAAR,
    ROLLEN,
    _dossiers,
    _nummer_voor,
    _vreemden,
    adres,
    als,
    verwacht,
)

pytestmark = pytest.mark.django_db

# What anybody may open without logging in: the whole list (P3).
OPENBARE_PAGINAS = {
    "gezond", "gereed", "health", "sessie",
    "account_login", "account_logout", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "mfa_authenticate",
    "oidc_kiezen", "oidc_terug", "uitnodiging",
    "toegankelijkheid", "privacy", "kwetsbaarheid", "security_txt", "robots_txt", "favicon", "stijlgids",
    "budget:openbaar", "overleg:feed", "overleg:termijnfeed",
}  # fmt: skip
# Addresses that this walk can't call, with the reason; at most five (P2).
NIET_TE_LOPEN: dict[str, str] = {}
VREEMDE_METHODEN = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
ER_IS_NIETS = uuid.UUID(int=0)


@pytest.fixture
def wereld() -> Iterator[fabriek.Wereld]:
    with klok_op(fabriek.NU):
        yield fabriek.maak_wereld()


def _beheeradressen() -> Iterator[tuple[str, str]]:
    """Every address of the admin, by its name and a path with made-up numbers."""

    def loop(resolver: URLResolver) -> Iterator[URLPattern]:
        for patroon in resolver.url_patterns:
            if isinstance(patroon, URLResolver):
                yield from loop(patroon)
            elif patroon.name:
                yield patroon

    beheer = next(r for r in get_resolver().url_patterns if getattr(r, "app_name", "") == "admin")
    for patroon in loop(beheer):
        vorm = patroon.pattern
        waarden: dict[str, Any] = {naam: "1" for naam in vorm.converters}
        waarden |= {n: ER_IS_NIETS for n, c in vorm.converters.items() if type(c).__name__ == "UUIDConverter"}
        waarden |= {n: 1 for n, c in vorm.converters.items() if type(c).__name__ == "IntConverter"}
        waarden |= {naam: "aanvragen" for naam in ("app_label",) if "app_label" in str(vorm)}
        yield str(patroon.name), reverse(f"admin:{patroon.name}", kwargs=waarden)


BEHEER = dict(_beheeradressen())


def test_P3_wat_openbaar_is_staat_hier_woord_voor_woord() -> None:
    assert {naam for naam in ADRESSEN if verwacht(naam) == OPENBAAR} == OPENBARE_PAGINAS


def test_P2_geen_adres_blijft_buiten_de_wandeling() -> None:
    """Every pattern of the resolver is one of the two lists that the tests below walk."""
    alle: set[str] = set()

    def loop(resolver: URLResolver, ruimte: str) -> None:
        for patroon in resolver.url_patterns:
            if isinstance(patroon, URLResolver):
                loop(patroon, f"{ruimte}{patroon.namespace}:" if patroon.namespace else ruimte)
            else:
                alle.add(f"{ruimte}{patroon.name}")

    loop(get_resolver(), "")
    # Two of the admin have no name: the redirect of an old address, and what catches all the rest.
    gelopen = set(ADRESSEN) | {f"admin:{naam}" for naam in BEHEER} | {"admin:None"}
    assert alle - gelopen == set(NIET_TE_LOPEN)
    assert len(NIET_TE_LOPEN) <= 5
    assert len(alle) > 200


def test_P1_andere_methoden_zijn_er_voor_niemand(wereld: fabriek.Wereld) -> None:
    """PUT, PATCH, DELETE, OPTIONS and TRACE are refused at the gate, whoever asks and whatever exists."""
    wie = {
        "niemand": als(None),
        "behandelaar": als(wereld.behandelaar),
        "beheer": als(wereld.met(Rol.BEHEERDER)),
    }
    paden = [*(adres(naam) for naam in ADRESSEN), *BEHEER.values()]
    gelopen = 0
    for naam, client in wie.items():
        for pad in paden:
            for methode in VREEMDE_METHODEN:
                antwoord = client.generic(methode, pad)
                assert antwoord.status_code == 405, f"{methode} {pad} als {naam}: {antwoord.status_code}"
                assert antwoord.headers["Allow"] == "GET, HEAD, POST"
                gelopen += 1
    assert gelopen == len(wie) * len(paden) * len(VREEMDE_METHODEN)


def test_P1_HEAD_zegt_hetzelfde_als_GET(wereld: fabriek.Wereld) -> None:
    for actor in (None, wereld.behandelaar, wereld.met(Rol.MINISTERIE)):
        client = als(actor)
        for naam in ADRESSEN:
            if naam == "account_logout":
                continue
            assert client.head(adres(naam)).status_code == client.get(adres(naam)).status_code, naam


@pytest.mark.parametrize("rol", [None, *ROLLEN])
def test_P1_het_beheer_is_alleen_van_de_beheerder(wereld: fabriek.Wereld, rol: Rol | None) -> None:
    client = als(wereld.met(rol) if rol else None)
    for naam, pad in BEHEER.items():
        methoden = ("get", "post") if rol in (None, Rol.BEHEERDER, Rol.UWV_BESLISSER) else ("post",)
        for antwoord in (getattr(client, methode)(pad) for methode in methoden):
            if rol is None:
                assert antwoord.status_code == 302, naam
                assert "/inloggen/" in antwoord.headers["Location"], naam
            elif rol is not Rol.BEHEERDER:
                assert antwoord.status_code == 403, f"{naam} als {rol}: {antwoord.status_code}"
            else:
                assert antwoord.status_code < 500, f"{naam}: {antwoord.status_code}"
        if naam == "logout" and rol is Rol.BEHEERDER:
            client = als(wereld.met(rol))


def test_P1_niemand_zonder_rol_komt_verder_dan_het_kiezen_ervan(wereld: fabriek.Wereld) -> None:
    """Logged in without a lidmaatschap that holds today: every page with roles sends away, the admin too."""
    actor = wereld.lid(wereld.instelling.organisatie, Rol.INSTELLINGSBEHEERDER)
    persoon = actor.persoon
    persoon.lidmaatschappen.update(geldig_tot=fabriek.NU.date().replace(month=1))
    client = Client()
    client.force_login(persoon)
    for naam, pad in [*((n, adres(n)) for n in ADRESSEN), *BEHEER.items()]:
        if verwacht(naam) in (OPENBAAR, INGELOGD):
            continue
        for antwoord in (client.get(pad), client.post(pad)):
            assert antwoord.status_code == 302, f"{naam}: {antwoord.status_code}"


# --- whose it is -------------------------------------------------------------------------------------------------

MET_NUMMER = [
    n for n in ADRESSEN if n.startswith("aanvragen:") and "nummer" in ADRESSEN[n].pattern.converters
]
# A page of one's own dossier answers like this; 404 and 409 where this act or part isn't for this party or status.
EIGEN = {200, 302, 404, 405, 409}
# These are there for each party whose dossier it is.
ALTIJD = {"aanvragen:dossier", "aanvragen:gesprek"}


def _kaal(inhoud: bytes) -> str:
    """A page without what differs from one request to the next."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}|[A-Za-z0-9]{32}", "", inhoud.decode())


def test_P1_van_een_ander_is_als_niet_bestaand(wereld: fabriek.Wereld) -> None:
    """Same status and same page for another's object as for none, by GET and POST, and asked as a part of a page."""
    nummers = _dossiers(wereld)
    voor = list(Aanvraag.objects.order_by("pk").values_list("pk", "versie", "status"))
    gelopen = 0
    for actor in _vreemden(wereld):
        client = als(actor)
        for naam in MET_NUMMER:
            if actor.rol not in verwacht(naam):
                continue
            vreemd, niets = adres(naam, nummer=_nummer_voor(naam, nummers)), adres(naam, nummer=ER_IS_NIETS)
            for methode, koppen in (("get", {}), ("post", {}), ("get", {"HX-Request": "true"})):
                een = getattr(client, methode)(vreemd, headers=koppen)
                ander = getattr(client, methode)(niets, headers=koppen)
                assert een.status_code in (404, 405), f"{methode} {naam} als {actor}: {een.status_code}"
                assert een.status_code == ander.status_code, naam
                assert _kaal(een.content) == _kaal(ander.content), f"{methode} {naam} als {actor}"
                gelopen += 1
    assert gelopen > 100
    assert list(Aanvraag.objects.order_by("pk").values_list("pk", "versie", "status")) == voor
    assert Regel.objects.filter(soort=Soort.WEIGERING, dossier_id=nummers["aanvraag"]).exists()


def test_P1_op_het_eigen_dossier_is_elk_antwoord_bekend(wereld: fabriek.Wereld) -> None:
    nummers = _dossiers(wereld)
    eigen = [
        wereld.behandelaar, wereld.beoordelaar, wereld.beslisser, wereld.van_gemeente(),
        wereld.van_gemeente(rol=Rol.GEMEENTEBESLISSER), wereld.met(Rol.INSTELLINGSBEHEERDER),
        wereld.met(Rol.UWV_FINANCIEN),
    ]  # fmt: skip
    for actor in eigen:
        client = als(actor)
        for naam in MET_NUMMER:
            antwoord = client.get(adres(naam, nummer=_nummer_voor(naam, nummers)))
            if actor.rol not in verwacht(naam):
                assert antwoord.status_code == 403, f"{naam} als {actor.rol}: {antwoord.status_code}"
            elif naam in ALTIJD and actor.rol is not Rol.INSTELLINGSBEHEERDER:
                assert antwoord.status_code == 200, f"{naam} als {actor.rol}: {antwoord.status_code}"
            else:
                assert antwoord.status_code in EIGEN, f"{naam} als {actor.rol}: {antwoord.status_code}"


@pytest.mark.parametrize("status", list(AanvraagStatus))
def test_P1_in_elke_status_ziet_wie_mag_en_niemand_anders(status: AanvraagStatus) -> None:
    """The page of the dossier in each status: for every party what the rule of visibility says, else 404."""
    with klok_op(fabriek.NU):
        wereld, aanvraag, moment = fabriek.maak_in(status)
    with klok_op(moment):
        actoren: list[Actor] = [
            wereld.behandelaar, wereld.beoordelaar, wereld.van_gemeente(nu=moment), *_vreemden(wereld),
        ]  # fmt: skip
        for actor in actoren:
            mag = Aanvraag.objects.zichtbaar_voor(actor).filter(pk=aanvraag.pk).exists()
            if actor is wereld.behandelaar:
                assert mag
            if actor in actoren[3:]:
                assert not mag
            antwoord = als(actor).get(reverse("aanvragen:dossier", args=[aanvraag.pk]), follow=True)
            assert antwoord.status_code == (200 if mag else 404), f"{status} als {actor}"

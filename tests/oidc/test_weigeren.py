"""A service, or somebody posing as one, that misbehaves: a Dutch page, a line in the logboek, and nobody logged in.

P41 (ASVS V10.5, V9): each row is one way of misbehaving.
"""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests
from django.test import Client
from django.urls import reverse

from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap
from ips_subsidie.toegang.oidc import client as oidc_client
from ips_subsidie.toegang.oidc.models import Identiteit
from tests.oidc.conftest import Bezoek

pytestmark = pytest.mark.django_db
ONGELDIG, TE_LICHT, GEEN, WEG = "ongeldig", "te_licht", "geen_account", "onbereikbaar"
STATUS = {WEG: 424, "verlopen": 400}
ZIN = {
    ONGELDIG: "klopt niet, en daarom hebben wij u niet ingelogd",
    TE_LICHT: "niet met een tweede stap ingelogd",
    GEEN: "Wij kunnen u niet koppelen aan een account",
    WEG: "geeft nu geen antwoord",
    "verlopen": "verlopen of al gebruikt",
    "afgebroken": "is niet afgemaakt",
    "te_lang_geleden": "U logde te lang geleden in",
}


def eis_geweigerd(antwoord: Any, client: Client, reden: str, detail: str = "") -> None:
    """The page, its status, one line that holds codes only, and no session of anybody."""
    tekst = antwoord.content.decode()
    assert antwoord.status_code == STATUS.get(reden, 403), tekst[-900:]
    assert "U bent niet ingelogd" in tekst
    assert ZIN[reden] in tekst
    assert "_auth_user_id" not in client.session
    assert not Identiteit.objects.exists()
    [regel] = Regel.objects.filter(handeling__startswith="inloggen.")
    assert (regel.soort, regel.gegevens["reden"]) == (Soort.WEIGERING, reden)
    assert regel.organisatie_id is not None
    assert "@" not in repr(regel.gegevens)
    if detail:
        assert regel.gegevens["detail"] == detail


VERKEERD: list[tuple[str, dict[str, Any], str, str]] = [
    ("nonce van een ander", {"claims": {"nonce": "van-een-ander"}}, ONGELDIG, "InvalidClaimError"),
    ("geen nonce", {"claims": {"nonce": "__weg__"}}, ONGELDIG, "MissingClaimError"),
    ("voor een ander bedoeld", {"claims": {"aud": "ander-portaal"}}, ONGELDIG, "InvalidClaimError"),
    ("ook voor een ander, zonder azp", {"claims": {"aud": ["ips-portaal", "ander"]}}, ONGELDIG, "MissingClaimError"),
    ("azp van een ander", {"claims": {"azp": "ander-portaal"}}, ONGELDIG, "InvalidClaimError"),
    ("geen aud", {"claims": {"aud": "__weg__"}}, ONGELDIG, "MissingClaimError"),
    ("van een andere dienst", {"claims": {"iss": "https://kwaad.example"}}, ONGELDIG, "InvalidClaimError"),
    ("geen iss", {"claims": {"iss": "__weg__"}}, ONGELDIG, "MissingClaimError"),
    ("verlopen", {"schuif": {"exp": -120}}, ONGELDIG, "ExpiredTokenError"),
    ("geen einde", {"claims": {"exp": "__weg__"}}, ONGELDIG, "MissingClaimError"),
    ("in de toekomst gemaakt", {"schuif": {"iat": 600}}, ONGELDIG, ""),
    ("nog niet geldig", {"schuif": {"nbf": 600}}, ONGELDIG, ""),
    ("zonder handtekening", {"algoritme": "none"}, ONGELDIG, ""),
    ("HS256 met de publieke sleutel", {"algoritme": "hs256_met_publieke_sleutel"}, ONGELDIG, ""),
    ("HS256 met het geheim", {"algoritme": "hs256_met_geheim"}, ONGELDIG, ""),
    ("een andere sleutel onder dezelfde naam", {"algoritme": "vreemde_sleutel"}, ONGELDIG, "BadSignatureError"),
    ("een eigen sleutel in de kop", {"algoritme": "sleutel_in_de_kop"}, ONGELDIG, "BadSignatureError"),
    ("inhoud veranderd", {"algoritme": "geknoeid"}, ONGELDIG, "BadSignatureError"),
    ("geen id_token", {"zonder_id_token": True}, ONGELDIG, "geen_id_token"),
    ("geen nummer", {"claims": {"sub": "__weg__"}}, ONGELDIG, "MissingClaimError"),
    ("een leeg nummer", {"claims": {"sub": ""}}, ONGELDIG, ""),
    ("een nummer dat geen tekst is", {"claims": {"sub": {"a": 1}}}, ONGELDIG, ""),
    ("een veel te lang nummer", {"claims": {"sub": "x" * 300}}, ONGELDIG, "sub"),
    ("een nummer met NUL", {"claims": {"sub": "a\0b"}}, ONGELDIG, "sub"),
    ("een datum die geen getal is", {"claims": {"exp": "morgen"}}, ONGELDIG, ""),
    ("amr dat geen lijst is", {"claims": {"amr": "mfa"}}, ONGELDIG, ""),
    ("geen auth_time", {"claims": {"auth_time": "__weg__"}}, ONGELDIG, "auth_time"),
    ("auth_time is ja", {"claims": {"auth_time": True}}, ONGELDIG, "auth_time"),
    ("een te lage acr", {"claims": {"acr": "urn:wachtwoord"}}, TE_LICHT, "acr"),
    ("geen acr", {"claims": {"acr": "__weg__"}}, TE_LICHT, "acr"),
    ("een acr die geen tekst is", {"claims": {"acr": ["urn:mfa"]}}, TE_LICHT, "acr"),
    ("gisteren ingelogd", {"schuif": {"auth_time": -86_400}}, "te_lang_geleden", "auth_time"),
    ("adres niet geverifieerd", {"claims": {"email_verified": False}}, GEEN, "adres_niet_geverifieerd"),
    ("adres geverifieerd als tekst", {"claims": {"email_verified": "true"}}, GEEN, "adres_niet_geverifieerd"),
    ("over verificatie niets gezegd", {"claims": {"email_verified": "__weg__"}}, GEEN, "adres_niet_geverifieerd"),
    ("onbekend adres", {"claims": {"email": "niemand@voorbeeld.example"}}, GEEN, "onbekend_adres"),
    ("geen adres", {"claims": {"email": "__weg__"}}, GEEN, "onbekend_adres"),
    ("een adres met NUL", {"claims": {"email": "a\0@b.nl"}}, GEEN, "onbekend_adres"),
    ("een adres dat geen tekst is", {"claims": {"email": ["a@b.nl"]}}, GEEN, "onbekend_adres"),
    ("antwoord van een andere dienst", {"terug": {"iss": "https://kwaad.example"}}, ONGELDIG, "ValueError"),
    ("antwoord zonder afzender", {"terug": {"iss": None}}, ONGELDIG, "ValueError"),
    ("een verzonnen code", {"terug": {"code": "verzonnen"}}, ONGELDIG, "OAuthError"),
    ("een lege code", {"terug": {"code": ""}}, ONGELDIG, ""),
    ("afgebroken door de dienst", {"terug": {"code": None, "error": "access_denied"}}, "afgebroken", ""),
    ("de sleutels zijn rommel", {"jwks": "rommel"}, ONGELDIG, ""),
    ("de sleutels zijn een lijst", {"jwks": "lijst"}, ONGELDIG, ""),
    ("het antwoord is rommel", {"token": "rommel"}, ONGELDIG, ""),
    ("het antwoord is een lijst", {"token": "lijst"}, ONGELDIG, ""),
    ("de dienst weigert de code", {"token": "fout"}, ONGELDIG, "OAuthError"),
    ("de dienst gaat stuk", {"token": "status_500"}, WEG, ""),
    ("de sleutels gaan stuk", {"jwks": "status_500"}, WEG, ""),
    ("het antwoord is te groot", {"token": "te_groot"}, WEG, ""),
    ("de dienst verwijst door", {"token": "verwijst_door"}, WEG, ""),
    ("de sleutels verwijzen door", {"jwks": "verwijst_door"}, WEG, ""),
]  # fmt: skip


@pytest.mark.parametrize(("wat", "gedrag", "reden", "detail"), VERKEERD, ids=[rij[0] for rij in VERKEERD])
def test_wat_niet_klopt_wordt_geweigerd(bezoek, server, persoon, wat, gedrag, reden, detail):
    server.gedraag(persoon=persoon, **gedrag)
    eis_geweigerd(bezoek.alles(), bezoek.client, reden, detail)


GEGEVENS: list[tuple[str, dict[str, Any], str]] = [
    ("is rommel", {"gegevens": "rommel"}, ONGELDIG),
    ("is een lijst", {"gegevens": "lijst"}, ONGELDIG),
    ("gaat stuk", {"gegevens": "status_500"}, WEG),
    ("verwijst door", {"gegevens": "verwijst_door"}, WEG),
    ("is te groot", {"gegevens": "te_groot"}, WEG),
    ("is van een ander", {"in_gegevens": {"issuer": "https://kwaad.example"}}, ONGELDIG),
    ("kent alleen HS256", {"in_gegevens": {"id_token_signing_alg_values_supported": ["HS256"]}}, ONGELDIG),
    ("noemt geen algoritmen maar een getal", {"in_gegevens": {"id_token_signing_alg_values_supported": 3}}, ONGELDIG),
    ("stuurt naar een script", {"in_gegevens": {"authorization_endpoint": "javascript:alert(1)"}}, ONGELDIG),
    ("stuurt naar een bestand", {"in_gegevens": {"token_endpoint": "file:///etc/passwd"}}, ONGELDIG),
    ("noemt een getal als adres", {"in_gegevens": {"jwks_uri": 3}}, ONGELDIG),
    ("noemt een wachtwoord in het adres", {"in_gegevens": {"jwks_uri": "https://a:b@voorbeeld.example/"}}, ONGELDIG),
]  # fmt: skip


@pytest.mark.parametrize(("wat", "gedrag", "reden"), GEGEVENS, ids=[rij[0] for rij in GEGEVENS])
def test_een_dienst_die_over_zichzelf_niet_klopt(bezoek, server, wat, gedrag, reden):
    server.gedraag(**gedrag)
    eis_geweigerd(bezoek.begin(), bezoek.client, reden)


def test_een_code_telt_een_keer(bezoek, server, persoon, lid):
    """The code and the state of a login that succeeded, once more."""
    server.gedraag(persoon=persoon)
    velden = bezoek.bij_dienst(bezoek.begin())
    assert bezoek.terug(velden).status_code == 302
    bezoek.client.logout()
    antwoord = bezoek.terug(velden)
    assert antwoord.status_code == 400
    assert "_auth_user_id" not in bezoek.client.session


def test_een_gebruikte_code_met_een_verse_state(bezoek, server, persoon):
    server.gedraag(persoon=persoon)
    oud = bezoek.bij_dienst(bezoek.begin())
    requests.post(f"{server.basis}/token", data={"code": oud["code"]}, timeout=5)  # used up by another
    eis_geweigerd(bezoek.terug(oud), bezoek.client, ONGELDIG, "OAuthError")


def test_de_state_van_een_andere_browser(bezoek, server, persoon):
    """Somebody else's way back, sent to a victim: that one would work in the account of the attacker."""
    server.gedraag(persoon=persoon)
    velden = bezoek.bij_dienst(bezoek.begin())
    slachtoffer = Client()
    eis_geweigerd(bezoek.terug(velden, door=slachtoffer), slachtoffer, "verlopen", "state")


@pytest.mark.parametrize("state", ["", "verzonnen", "x" * 5000, "a\0b"])
def test_een_state_die_er_niet_is(bezoek, server, state):
    eis_geweigerd(bezoek.terug({"code": "x", "state": state}), bezoek.client, "verlopen", "state")


def test_een_state_geldt_tien_minuten(bezoek, server, persoon, monkeypatch):
    server.gedraag(persoon=persoon)
    velden = bezoek.bij_dienst(bezoek.begin())
    later = time.time() + 601
    monkeypatch.setattr(oidc_client.time, "time", lambda: later)
    eis_geweigerd(bezoek.terug(velden), bezoek.client, "verlopen")


def test_een_code_van_de_ene_dienst_bij_de_andere(bezoek, server, persoon, dienst):
    """Mix-up: the way back names another service than the one that was asked."""
    from tests.oidc.conftest import maak_dienst
    from tests.toegang.personen import maak_lid

    server.gedraag(persoon=persoon)
    velden = bezoek.bij_dienst(bezoek.begin())
    ander = Bezoek(bezoek.client, maak_dienst(server, maak_lid(), client_id="tweede"))
    eis_geweigerd(ander.terug(velden), bezoek.client, "verlopen")


@pytest.mark.parametrize("wat", ["lidmaatschap_voorbij", "elders", "account_uit"])
def test_wie_hier_niet_werkt_komt_er_niet_in(bezoek, server, persoon, lid, wat):
    from tests.toegang.personen import maak_organisatie

    if wat == "account_uit":
        Gebruiker.objects.update(is_active=False)
    elif wat == "elders":
        Lidmaatschap.objects.update(organisatie=maak_organisatie(lid.organisatie.soort))
    else:
        Lidmaatschap.objects.update(geldig_tot=vandaag())
    server.gedraag(persoon=persoon)
    detail = "account_staat_uit" if wat == "account_uit" else "geen_lidmaatschap"
    eis_geweigerd(bezoek.alles(), bezoek.client, GEEN, detail)


def test_geen_van_de_oorzaken_bij_een_account_is_te_onderscheiden(bezoek, server, persoon, lid):
    """P10: the page doesn't tell whether an account exists."""
    paginas = set()
    for claims in ({"email_verified": False}, {"email": "niemand@voorbeeld.example"}):
        server.gedraag(persoon=persoon, claims=claims)
        paginas.add(bezoek.alles().content)
    Lidmaatschap.objects.update(geldig_tot=vandaag())
    server.gedraag(persoon=persoon)
    paginas.add(bezoek.alles().content)
    assert len(paginas) == 1


@pytest.mark.parametrize("waar", ["gegevens", "token", "jwks"])
@pytest.mark.parametrize("hoe", ["hangt", "druppelt"])
def test_een_trage_dienst_houdt_niemand_op(bezoek, server, persoon, waar, hoe):
    """P22: within 10 seconds the page says so, also when the service sends a byte now and then."""
    server.gedraag(persoon=persoon, **{waar: hoe})
    begin = time.monotonic()
    antwoord = bezoek.begin() if waar == "gegevens" else bezoek.alles()
    duur = time.monotonic() - begin
    assert duur < 10, f"{duur:.1f} s"
    eis_geweigerd(antwoord, bezoek.client, WEG)


def test_een_dienst_die_er_niet_is(bezoek, dienst):
    type(dienst).objects.update(issuer="http://127.0.0.1:1")
    eis_geweigerd(bezoek.begin(), bezoek.client, WEG)


def test_wie_het_te_vaak_probeert_wacht(bezoek, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "inlogdienst": "3/m/ip"}
    pad = reverse("oidc_terug", args=[bezoek.dienst.pk])
    antwoorden = [bezoek.client.post(pad, {"state": "x"}).status_code for _ in range(5)]
    assert antwoorden == [400, 400, 400, 429, 429]


def test_de_terugweg_is_beschermd_tegen_vervalsing(dienst):
    client = Client(enforce_csrf_checks=True)
    assert client.post(reverse("oidc_terug", args=[dienst.pk]), {"state": "x"}).status_code == 403
    assert client.post(reverse("oidc_kiezen"), {"dienst": str(dienst.pk)}).status_code == 403

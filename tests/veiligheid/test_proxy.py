"""P39: the shipped settings of the proxy: TLS 1.2 and 1.3 with AEAD only, limits, no word of a visitor believed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from tests.veiligheid.test_kopregels import OP_ELK_ANTWOORD

UITROL = Path(__file__).resolve().parents[2] / "deploy"
# Those of NCSC's guidelines (2021) that are "good": forward secrecy and authenticated encryption.
GOED = re.compile(
    r"(ECDHE-(ECDSA|RSA)-(AES(128|256)-GCM-SHA(256|384)|CHACHA20-POLY1305)|TLS_(AES|CHACHA20)\w+)"
)


def regels(naam: str) -> list[str]:
    """The directives of this file, without comments."""
    tekst = "\n".join(regel.split("#")[0] for regel in (UITROL / naam).read_text().splitlines())
    return [" ".join(deel.split()) for deel in re.split(r"[;{}]", tekst) if deel.strip()]


def waarde(naam: str, sleutel: str) -> str:
    gevonden = [
        regel.removeprefix(f"{sleutel} ") for regel in regels(naam) if regel.startswith(f"{sleutel} ")
    ]
    assert gevonden, sleutel
    return gevonden[0]


def test_p39_alleen_tls_1_2_en_1_3_met_goede_versleuteling() -> None:
    assert waarde("nginx.conf", "ssl_protocols") == "TLSv1.2 TLSv1.3"
    reeksen = waarde("nginx.conf", "ssl_ciphers").split(":")
    reeksen += waarde("nginx.conf", "ssl_conf_command").removeprefix("Ciphersuites ").split(":")
    assert [reeks for reeks in reeksen if not GOED.fullmatch(reeks)] == []
    for uit in ("ssl_session_tickets", "ssl_early_data", "server_tokens"):
        assert waarde("nginx.conf", uit) == "off"
    assert "ssl_reject_handshake on" in regels("nginx.conf")
    # Of all servers on one port the first decides which versions are spoken: so before any of them.
    tekst = (UITROL / "nginx.conf").read_text()
    assert tekst.index("\nssl_protocols") < tekst.index("\nserver {")


def test_p39_wat_een_bezoeker_over_zichzelf_zegt_gaat_niet_door() -> None:
    door = (UITROL / "portaal-door.conf").read_text()
    vast = {
        "X-Forwarded-For": "$remote_addr",
        "X-Forwarded-Proto": "$scheme",
        "Host": "$host",
        **dict.fromkeys(("X-Forwarded-Host", "X-Forwarded-Port", "X-Real-IP", "Forwarded", "Proxy"), '""'),
    }
    for kop, inhoud in vast.items():
        assert f"proxy_set_header {kop} {inhoud};" in door
    # A header set at a lower place would take all of these away.
    assert not [
        regel for regel in regels("nginx.conf") if regel.startswith(("proxy_set_header", "proxy_pass"))
    ]
    assert "proxy_next_upstream off" in regels("portaal-door.conf")


def test_p39_de_adressen_voor_machines_zijn_van_buiten_niet_te_vragen() -> None:
    assert "location ~ ^/(gezond|gereed|health)$" in regels("nginx.conf")
    assert "return 404" in regels("nginx.conf")


def test_p39_grenzen_passen_bij_die_van_het_portaal() -> None:
    """What the proxy lets through is a little more than what the portal answers with a page of its own."""
    groot = int(waarde("nginx.conf", "client_max_body_size").removesuffix("m")) * 1024 * 1024
    assert settings.MAX_VERZOEK < groot <= settings.MAX_VERZOEK + 2 * 1024 * 1024
    for grens in (
        "client_body_timeout",
        "client_header_timeout",
        "keepalive_timeout",
        "send_timeout",
        "limit_conn",
    ):
        assert waarde("nginx.conf", grens)


def test_p30_het_log_van_de_proxy_houdt_geen_vraag_en_geen_sleutel() -> None:
    vorm = next(regel for regel in regels("nginx.conf") if regel.startswith("log_format"))
    assert not re.search(r"\$(request|request_uri|args|query_string|http_referer|http_cookie)\b", vorm)
    kaart = (UITROL / "nginx.conf").read_text()
    for pad in ("uitnodiging", "wachtwoord/nieuw", "overleg/agenda"):
        assert pad in kaart


def test_p38_kopregels_van_de_proxy_zelf() -> None:
    eigen = (UITROL / "portaal-kopregels.conf").read_text()
    for kop in {*OP_ELK_ANTWOORD, "Strict-Transport-Security", "Content-Security-Policy", "Cache-Control"} - {
        "X-Permitted-Cross-Domain-Policies"
    }:
        assert re.search(rf'add_header {kop} "[^"]+" always;', eigen), kop
    assert "unsafe" not in eigen


@pytest.mark.parametrize("status", [404, 413, 429, 503])
def test_p31_de_paginas_van_de_proxy_zijn_die_van_het_portaal(status: int) -> None:
    assert (UITROL / "fouten" / f"fout-{status}.html").read_text() == render_to_string(f"{status}.html")

"""Where the portal goes when it asks a service something (ASVS 13.2.4, 15.3.2: no way into the network)."""

from __future__ import annotations

import socket
from http import HTTPStatus

import pytest

from ips_subsidie.toegang.oidc.uitgaand import AdresGeweigerd, Onbereikbaar, Sessie, binnen, eis_adres

BINNEN = [
    "127.0.0.1", "10.0.0.5", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.1.2.3", "100.64.0.1", "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _productie(settings):
    settings.OIDC_HTTP, settings.OIDC_NETWERKEN = False, []


def vraag(adres: str) -> int:
    with binnen(3), Sessie() as sessie:
        return sessie.request("GET", adres, withhold_token=True).status_code


@pytest.mark.parametrize("adres", [
    "http://voorbeeld.example", "ftp://voorbeeld.example", "javascript:alert(1)", "file:///etc/passwd", "//v.nl",
    "https://", "https://gebruiker:geheim@voorbeeld.example", "https://v.example:0", "https://v.example:99999",
    "", None, 3, "https://[::1", "data:text/html,x",
])  # fmt: skip
def test_alleen_https_en_alleen_een_adres(adres):
    with pytest.raises(AdresGeweigerd):
        eis_adres(adres)


@pytest.mark.parametrize("ip", BINNEN)
def test_geen_adres_binnen_een_netwerk(monkeypatch, ip):
    """Also not by a name that points there; and nothing is connected to before the check."""
    soort = socket.AF_INET6 if ":" in ip else socket.AF_INET
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_a, **_k: [(soort, socket.SOCK_STREAM, 6, "", (ip, 443))]
    )
    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_k: pytest.fail("verbonden"))
    with pytest.raises(AdresGeweigerd):
        vraag("https://dienst.voorbeeld.example/")


def test_een_naam_met_ook_een_adres_binnen_wordt_geweigerd(monkeypatch):
    beide = [(socket.AF_INET, 1, 6, "", (ip, 443)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: beide)
    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_k: pytest.fail("verbonden"))
    with pytest.raises(AdresGeweigerd):
        vraag("https://dienst.voorbeeld.example/")


def test_de_verbinding_gaat_naar_het_adres_dat_is_nagekeken(monkeypatch):
    """A name that points elsewhere a moment later (DNS rebinding) is not asked a second time."""
    gevraagd, naar = [], []

    def zoek(*_a, **_k):
        gevraagd.append(1)
        return [(socket.AF_INET, 1, 6, "", ("93.184.215.14" if len(gevraagd) == 1 else "127.0.0.1", 443))]

    def verbind(adres, *_a, **_k):
        naar.append(adres[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", zoek)
    monkeypatch.setattr(socket, "create_connection", verbind)
    with pytest.raises(Onbereikbaar):
        vraag("https://dienst.voorbeeld.example/")
    assert (len(gevraagd), naar) == (1, ["93.184.215.14"])


def test_een_eigen_netwerk_mag_als_de_beheerder_dat_zegt(settings, server):
    settings.OIDC_HTTP = True
    with pytest.raises(AdresGeweigerd):
        vraag(server.basis + "/jwks")
    settings.OIDC_NETWERKEN = ["127.0.0.0/8"]
    assert vraag(server.basis + "/jwks") == HTTPStatus.OK


def test_een_proxy_uit_de_omgeving_telt_niet(settings, server, monkeypatch):
    settings.OIDC_HTTP, settings.OIDC_NETWERKEN = True, ["127.0.0.0/8"]
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert vraag(server.basis + "/jwks") == HTTPStatus.OK

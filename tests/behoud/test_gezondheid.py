"""P22: what machines ask. Liveness asks nothing of anyone; readiness says by one word what is amiss."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client

from ips_subsidie import gezondheid
from ips_subsidie.berichten import hartslag
from ips_subsidie.berichten.models import Bericht, Hartslag, Verzending
from ips_subsidie.berichten.tasks import hartslag as slag
from ips_subsidie.kalender.klok import klok_op, nu
from ips_subsidie.toegang.rollen import Rol
from tests import databank
from tests.fabriek import NU
from tests.toegang.personen import maak_lid

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(NU):
        yield


@pytest.fixture
def kloppend() -> None:
    slag()


def niet_gereed(verwacht: list[str]) -> None:
    antwoord = Client().get("/gereed")
    assert (antwoord.status_code, antwoord.json()) == (503, {"status": "niet gereed", "niet": verwacht})


class Weg:
    """A database that is away."""

    def cursor(self) -> None:
        raise OperationalError("weg")


def test_gezond_vraagt_de_databank_niets(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        antwoord = Client().get("/gezond")
    assert (antwoord.status_code, antwoord.json()) == (200, {"status": "ok"})


def test_zonder_databank(monkeypatch: pytest.MonkeyPatch) -> None:
    """P22: the process is well, can't show a page, and isn't ready; nothing of why leaves it."""
    monkeypatch.setattr(gezondheid, "connection", Weg())
    assert Client().get("/gezond").status_code == 200
    assert (Client().get("/health").status_code, Client().get("/health").json()) == (
        503,
        {"status": "databank"},
    )
    niet_gereed(["databank"])


@pytest.mark.usefixtures("kloppend")
def test_gereed() -> None:
    antwoord = Client().get("/gereed")
    assert (antwoord.status_code, antwoord.json()) == (200, {"status": "ok"})


def test_zonder_hartslag(kloppend: None) -> None:
    """P22: beat, broker or worker stands still."""
    with klok_op(NU + hartslag.LANGSTE_STILTE):
        assert Client().get("/gereed").status_code == 200
    with klok_op(NU + hartslag.LANGSTE_STILTE + timedelta(seconds=1)):
        niet_gereed(["hartslag"])
        slag()
        assert Client().get("/gereed").status_code == 200
    assert Hartslag.objects.count() == 1


def test_nog_nooit_geslagen() -> None:
    niet_gereed(["hartslag"])


@pytest.mark.usefixtures("kloppend")
@pytest.mark.parametrize("wat", ["bericht", "mail"])
def test_de_uitbak_staat_stil(wat: str) -> None:
    """P22: something waits too long; also for who may not see it."""
    oud = NU - hartslag.LANGSTE_WACHT - timedelta(seconds=1)
    lid = maak_lid(Rol.UWV_BEOORDELAAR)
    bericht = Bericht.objects.create(
        organisatie=lid.organisatie, rol=lid.rol, soort="proef", onderwerp_id="1", titel="Proef", pad="/",
        gemaakt_op=oud, uitgezet_op=NU if wat == "mail" else None,
    )  # fmt: skip
    if wat == "mail":
        Verzending.objects.create(bericht=bericht, gebruiker=lid.gebruiker, volgende_poging_op=oud)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('ips.partij', '', true)")
    niet_gereed(["uitbak"])
    if wat == "mail":
        Verzending.objects.update(status="verzonden", verzonden_op=NU)
    else:
        Bericht.objects.update(uitgezet_op=NU)
    assert Client().get("/gereed").status_code == 200


@pytest.mark.usefixtures("kloppend")
def test_een_migratie_die_nog_moet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        gezondheid,
        "_migraties",
        lambda: frozenset({("berichten", "0001_initial"), ("berichten", "9999_nieuw")}),
    )
    niet_gereed(["migraties"])


@pytest.mark.usefixtures("kloppend")
@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "unix:///bestaat/niet.sock"])
def test_zonder_broker(settings, url: str) -> None:
    settings.REDIS_URL = url
    niet_gereed(["broker"])


@pytest.mark.usefixtures("kloppend")
def test_zonder_virusscanner(settings, tmp_path: Path) -> None:
    """P27: where the operator has one and it doesn't answer, that is said."""
    settings.CLAMD_ADRES = f"unix://{tmp_path}/er-is-niets.sock"
    niet_gereed(["clamd"])
    settings.CLAMD_ADRES = ""
    assert Client().get("/gereed").status_code == 200


@pytest.mark.usefixtures("kloppend")
@pytest.mark.parametrize("pad", ["/gezond", "/health", "/gereed"])
def test_voor_machines_zonder_naam_en_zonder_omweg(settings, pad: str) -> None:
    """Asked by address, over plain http inside; still with all headers (P38) and without a cookie."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^(gezond|gereed|health)$"]
    antwoord = Client(headers={"host": "10.0.0.7:8000"}).get(pad)
    assert antwoord.status_code == 200
    assert antwoord.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in antwoord.headers["Content-Security-Policy"]
    assert not antwoord.cookies
    assert Client().head(pad).content == b""


@pytest.mark.parametrize("pad", ["/gezond", "/health", "/gereed"])
def test_er_valt_niets_te_sturen(pad: str) -> None:
    assert Client().post(pad).status_code == 405


def test_de_hartslag_is_van_de_worker() -> None:
    """The role `app` writes a beat over the former one and can't take it away."""
    slag()
    assert hartslag.stand().hartslag == nu()
    with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM berichten_hartslag")


def test_wie_vraagt_ziet_geen_rij() -> None:
    """The function that answers gives two instants; it is for `app` only."""
    with databank.eigenaar() as cursor:
        cursor.execute(
            "SELECT prosecdef, proconfig::text, a.grantee::regrole::text"
            " FROM pg_proc p, aclexplode(p.proacl) a WHERE proname = 'berichten_stand' ORDER BY 3"
        )
        vast = (True, '{"search_path=pg_catalog, public, pg_temp"}')
        assert cursor.fetchall() == [(*vast, "app"), (*vast, "eigenaar")]

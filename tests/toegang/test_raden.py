"""P10: guessing is stopped, per account and per address, over all processes, and without Redis."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.rollen import Rol
from ips_subsidie.toegang.tellers import Tellers
from ips_subsidie.toegang.uitnodigen import link_van
from tests.toegang.personen import WACHTWOORD, ingelogd_als, maak_lid, maak_uitnodiging

PROJECT = Path(settings.PROJECT)
DOOD = "redis://127.0.0.1:1/0"
FOUT = "een heel ander wachtwoord"


@pytest.fixture(autouse=True)
def _echte_tellers(db: None, settings: Any) -> Iterator[None]:
    """The counts as production keeps them: in PostgreSQL, on a connection of their own; Redis is away."""
    settings.CACHES = {"default": {"BACKEND": "ips_subsidie.toegang.tellers.Tellers", "KEY_PREFIX": "raden"}}
    settings.REDIS_URL = DOOD
    cache.clear()
    yield
    cache.clear()
    cache.close()


def log_in(email: str, wachtwoord: str = WACHTWOORD, adres: str = "198.51.100.7") -> Any:
    gegevens = {"login": email, "password": wachtwoord}
    return Client(REMOTE_ADDR=adres).post(reverse("account_login"), gegevens)


def test_p10_van_een_account_na_vijf_keer_van_welk_adres_ook() -> None:
    lid, ander = maak_lid(), maak_lid()
    for nummer in range(5):
        log_in(lid.gebruiker.email, FOUT, adres=f"198.51.{nummer}.1")
    antwoord = log_in(lid.gebruiker.email.upper(), adres="203.0.113.9")
    assert "U probeerde te vaak in te loggen" in antwoord.content.decode()
    assert log_in(ander.gebruiker.email, adres="203.0.113.9").status_code == 302


def test_p10_van_een_adres_na_tien_keer_bij_welk_account_ook() -> None:
    lid = maak_lid()
    for nummer in range(10):
        log_in(f"niemand{nummer}@voorbeeld.example", FOUT)
    assert "te vaak" in log_in(lid.gebruiker.email).content.decode()
    assert log_in(lid.gebruiker.email, adres="203.0.113.9").status_code == 302


def test_p10_een_ipv6_net_is_een_adres() -> None:
    lid = maak_lid()
    for nummer in range(10):
        log_in(f"niemand{nummer}@voorbeeld.example", FOUT, adres=f"2001:db8:1:2::{nummer + 1:x}")
    assert "te vaak" in log_in(lid.gebruiker.email, adres="2001:db8:1:2:ffff::1").content.decode()


def test_p10_goed_inloggen_tussendoor_wist_het_raden_niet() -> None:
    lid, eigen = maak_lid(), maak_lid()
    for _ in range(5):
        log_in(lid.gebruiker.email, FOUT)
        assert log_in(eigen.gebruiker.email).status_code == 302
    assert "te vaak" in log_in(lid.gebruiker.email).content.decode()


def test_p10_na_vijf_minuten_mag_het_weer_en_na_honderd_keer_die_dag_niet() -> None:
    lid = maak_lid()
    with time_machine.travel("2026-03-02T09:00:00+00:00", tick=False) as klok:
        for ronde in range(20):
            for nummer in range(5):
                log_in(lid.gebruiker.email, FOUT, adres=f"198.{ronde}.{nummer}.1")
            klok.shift(timedelta(minutes=5, seconds=1))
            if ronde == 0:
                assert log_in(lid.gebruiker.email).status_code == 302
        assert "te vaak" in log_in(lid.gebruiker.email).content.decode()


@pytest.mark.django_db(transaction=True)
def test_p10_over_twee_processen_zonder_redis() -> None:
    """Two processes at once: together they get no more than five tries, and then the right password is refused."""
    lid = maak_lid()
    proces = [sys.executable, "-m", "tests.toegang.raadproces", lid.gebruiker.email, WACHTWOORD]
    omgeving = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "ips_subsidie.settings.test",
        "REDIS_URL": DOOD,
        "DATABASE_URL": _adres_van_de_testdatabank(),
    }
    lopend = [
        subprocess.Popen(
            proces, cwd=PROJECT, env=omgeving, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    uitkomsten = []
    for een in lopend:
        uit, fout = een.communicate(timeout=240)
        assert een.returncode == 0, fout
        uitkomsten += uit.split()
    assert len(uitkomsten) == 2 * 9
    assert 1 <= uitkomsten.count("onjuist") <= 5
    assert uitkomsten.count("te_vaak") == len(uitkomsten) - uitkomsten.count("onjuist")


def _adres_van_de_testdatabank() -> str:
    naam = connection.settings_dict["NAME"]
    basis, _, vraag = os.environ["DATABASE_URL"].partition("?")
    return f"{basis.rpartition('/')[0]}/{naam}?{vraag}"


# --- the counters themselves --------------------------------------------------------------------------------------


def test_een_teller_blijft_staan_als_het_verzoek_wordt_teruggedraaid() -> None:
    with transaction.atomic():
        cache.set("x", [1.5, 2.5], 60)
        transaction.set_rollback(True)
    assert cache.get("x") == [1.5, 2.5]


def test_ook_een_leestransactie_telt() -> None:
    """A wrong link is a GET, and a GET can't write."""
    for _ in range(20):
        assert Client().get(reverse("uitnodiging", args=["verzonnen"])).status_code == 404
    assert Client().get(reverse("uitnodiging", args=["verzonnen"])).status_code == 429
    echt = maak_uitnodiging()
    assert Client().get(link_van(echt)).status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.9").get(link_van(echt)).status_code == 200


def test_toevoegen_lukt_een_keer_en_na_afloop_weer() -> None:
    assert cache.add("slot", True, 60) is True
    assert cache.add("slot", True, 60) is False
    assert cache.delete("slot") is True
    assert cache.delete("slot") is False
    cache.set("slot", True, 0.01)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.05)")
    assert cache.get("slot", "weg") == "weg"
    assert cache.add("slot", True, 60) is True


def test_een_teller_zegt_niet_van_wie_hij_is() -> None:
    log_in("iemand@voorbeeld.example", FOUT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(sleutel || waarde::text, ' ') FROM toegang_teller")
        ((alles,),) = cursor.fetchall()
    assert "198.51.100.7" not in alles
    assert "iemand" not in alles


def test_een_teller_telt_niet_voor_altijd() -> None:
    with pytest.raises(ValueError, match="voor altijd"):
        Tellers("", {}).set("x", 1, None)


def test_de_tellers_gaan_niet_mee_in_een_kopie() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence::text FROM pg_class WHERE relname = 'toegang_teller'")
        assert cursor.fetchone() == ("u",)


# --- other limits -------------------------------------------------------------------------------------------------


def test_wachtwoord_vergeten_mailt_iemand_niet_vaker_dan_vijf_keer_per_uur() -> None:
    lid = maak_lid()
    statussen = [
        Client(REMOTE_ADDR=f"198.51.{n}.1")
        .post(reverse("account_reset_password"), {"email": lid.gebruiker.email})
        .status_code
        for n in range(6)
    ]
    assert statussen == [302] * 5 + [429]
    assert lid.gebruiker.wachtwoordvragen.count() == 5


def test_uitnodigen_heeft_een_grens_en_bewaart_wat_er_was_ingevuld(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "uitnodigen": "1/h/user"}
    client = ingelogd_als(maak_lid(Rol.INSTELLINGSBEHEERDER))
    nieuw = {"rol": Rol.BEHANDELAAR, "email": "een@voorbeeld.example"}
    assert client.post(reverse("collegas"), nieuw).status_code == 302
    tekst = client.post(reverse("collegas"), {**nieuw, "email": "twee@voorbeeld.example"}).content.decode()
    assert "Wacht een uur" in tekst
    assert "twee@voorbeeld.example" in tekst


def test_agendalinks_zijn_niet_te_raden() -> None:
    for _ in range(20):
        assert Client().get(reverse("overleg:feed", args=["verzonnen"])).status_code == 404
    assert Client().get(reverse("overleg:termijnfeed", args=["verzonnen"])).status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.9").get(reverse("overleg:feed", args=["x"])).status_code == 404


# --- what the logboek hears ---------------------------------------------------------------------------------------


def test_inloggen_mislukken_en_uitloggen_staan_in_het_logboek() -> None:
    lid = maak_lid()
    log_in(lid.gebruiker.email, FOUT)
    log_in("niemand@voorbeeld.example", FOUT)
    client = Client()
    client.post(reverse("account_login"), {"login": lid.gebruiker.email, "password": WACHTWOORD})
    client.post(reverse("account_logout"))
    regels = list(Regel.objects.order_by("pk"))
    assert [(r.handeling, r.gebruiker) for r in regels] == [
        ("inloggen.mislukt", lid.gebruiker),
        ("inloggen.mislukt", None),
        ("inloggen.gelukt", lid.gebruiker),
        ("uitloggen.gelukt", lid.gebruiker),
    ]
    assert [r.soort for r in regels[:2]] == [Soort.WEIGERING] * 2
    assert regels[2].gegevens == {"met": ["password"]}
    alles = " ".join(str(r.gegevens) + r.onderwerp_id for r in regels)
    assert "niemand" not in alles
    assert FOUT not in alles


def test_te_vaak_raden_staat_in_het_logboek() -> None:
    lid = maak_lid()
    for _ in range(6):
        log_in(lid.gebruiker.email, FOUT)
    redenen = [r.gegevens["reden"] for r in Regel.objects.order_by("pk")]
    assert redenen == ["wachtwoord"] * 5 + ["te_vaak"]

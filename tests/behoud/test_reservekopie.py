"""P23: a backup is whole, encrypted, and comes back as it was: real pg_dump and pg_restore, real databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.core.management import CommandError, call_command
from psycopg import sql

from aanvragen.models import Aanvraag, Deelnemer
from ips_subsidie.logboek.models import Regel
from ips_subsidie.reservekopie import databank, inhoud, manifest, oefenen
from ips_subsidie.reservekopie.databank import Databank
from ips_subsidie.reservekopie.fout import ReservekopieFout
from ips_subsidie.reservekopie.maken import maak
from ips_subsidie.reservekopie.oefenen import VOORVOEGSEL
from ips_subsidie.reservekopie.sleutels import Sleutels, ontsleutel
from ips_subsidie.reservekopie.terugzetten import maak_databank, verwijder_databank, zet_terug
from tests.fabriek import NU, maak_wereld, toegekend

pytestmark = [pytest.mark.samen, pytest.mark.django_db(transaction=True)]
PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def sleutels(kopiemap: Path) -> Sleutels:
    return Sleutels.uit_settings()


@pytest.fixture
def dossier() -> Aanvraag:
    return toegekend(maak_wereld())


@pytest.fixture
def nieuw() -> Iterator[Databank]:
    """An empty database beside the one of the tests."""
    doel = maak_databank(databank.van_eigenaar(), f"ips_terug_{os.getpid()}")
    yield doel
    verwijder_databank(doel)


def opdracht(*argv: str) -> str:
    uit = StringIO()
    call_command("reservekopie", *argv, stdout=uit)
    return uit.getvalue()


def databanken() -> set[str]:
    with databank.van_eigenaar().verbind() as verbinding:
        return {naam for (naam,) in verbinding.execute("SELECT datname FROM pg_database").fetchall()}


def test_maken_en_oefenen(kopiemap: Path, dossier: Aanvraag, monkeypatch: pytest.MonkeyPatch) -> None:
    """P23: the copy is restored in a fresh database, equal row by row, and the program's own checks pass on it."""
    naam = f"proef{os.getpid()}"
    monkeypatch.setattr(oefenen, "secrets", SimpleNamespace(token_hex=lambda lengte: naam))
    assert "teruggelezen" in opdracht("maken")
    (kopie,) = manifest.alle(kopiemap)
    for pad in (kopie, kopie.with_suffix(".json")):
        assert pad.stat().st_mode & 0o077 == 0
    uitslag = opdracht("oefenen")
    print(uitslag)
    assert "alle gelijk" in uitslag
    assert uitslag.count(": ja (") == 3
    assert VOORVOEGSEL + naam not in databanken()
    handelingen = (
        Regel.objects.filter(onderwerp="reservekopie").order_by("pk").values_list("handeling", flat=True)
    )
    assert list(handelingen) == ["reservekopie.gemaakt", "reservekopie.geoefend"]


def test_niets_leesbaars_in_het_bestand(kopiemap: Path, dossier: Aanvraag, sleutels: Sleutels) -> None:
    """P32: no name and no kenmerk on the disk; the same search does find them in what was encrypted."""
    opdracht("maken")
    (kopie,) = manifest.alle(kopiemap)
    gezocht = [dossier.kenmerk.encode(), Deelnemer.objects.get().naam.encode(), b"PGDMP"]
    assert all(woord for woord in gezocht)
    rauw = kopie.read_bytes() + kopie.with_suffix(".json").read_bytes()
    assert [woord for woord in gezocht if woord in rauw] == []
    open_ = kopiemap / "open"
    with kopie.open("rb") as bron, open_.open("wb") as uit:
        ontsleutel(bron, uit, sleutels)
    leesbaar = subprocess.run(
        [databank.programma("pg_restore"), "--file=-", str(open_)], check=True, capture_output=True
    ).stdout
    assert [woord for woord in gezocht[:2] if woord not in leesbaar] == []


def test_terug_naar_hetzelfde_en_door(
    kopiemap: Path, dossier: Aanvraag, sleutels: Sleutels, nieuw: Databank
) -> None:
    """P23: the restored database has the rows, the rules and the rights of the first one."""
    maak(databank.van_eigenaar(), kopiemap, sleutels, NU, bewaar=3)
    (kopie,) = manifest.alle(kopiemap)
    gemaakt = zet_terug(kopie, nieuw, sleutels)
    assert gemaakt.inhoud.tabellen["public.aanvragen_aanvraag"][0] == 1
    assert "public.toegang_sessie" not in gemaakt.inhoud.tabellen
    als_app = databank.van_app().met_naam(nieuw.naam)
    with als_app.verbind(autocommit=True) as verbinding:
        assert verbinding.execute("SELECT count(*) FROM toegang_organisatie").fetchone() != (0,)
        for verboden in ("DELETE FROM logboek_regel", "DROP TABLE aanvragen_aanvraag"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                verbinding.execute(verboden)
    with (
        nieuw.verbind(autocommit=True) as verbinding,
        pytest.raises(psycopg.Error, match="alleen toevoegingen"),
    ):
        verbinding.execute("DELETE FROM logboek_regel")
    # And what is other is seen, also by one letter.
    with nieuw.verbind(autocommit=True) as verbinding:
        verbinding.execute("UPDATE toegang_organisatie SET naam = naam || 'x' WHERE naam = 'UWV'")
        verschillen = gemaakt.inhoud.verschillen(inhoud.lees(verbinding))
    assert verschillen == ["public.toegang_organisatie: evenveel rijen, met een andere inhoud"]


def test_nooit_over_een_databank_heen(
    kopiemap: Path, dossier: Aanvraag, nieuw: Databank, sleutels: Sleutels
) -> None:
    """P23: a live database, or one that somebody is in, is refused and stays as it is."""
    opdracht("maken")
    (kopie,) = manifest.alle(kopiemap)
    with pytest.raises(CommandError, match="is niet leeg"):
        opdracht("terugzetten", str(kopie))
    assert Aanvraag.objects.count() == 1
    with nieuw.verbind(), pytest.raises(ReservekopieFout, match="Er zijn anderen in"):
        zet_terug(kopie, nieuw, sleutels)
    with pytest.raises(CommandError, match="bestaat al"):
        opdracht("terugzetten", str(kopie), "--nieuw", nieuw.naam)


@pytest.mark.parametrize("wat", ["bestand", "manifest", "ander_bestand", "geen_manifest", "vreemde_sleutel"])
def test_een_veranderde_kopie_wordt_geweigerd(
    kopiemap: Path, sleutels: Sleutels, nieuw: Databank, wat: str
) -> None:
    """P23: whatever of the two files was altered, nothing of it reaches a database."""
    for dag in range(2):
        maak(databank.van_eigenaar(), kopiemap, sleutels, NU + timedelta(days=dag), bewaar=3)
    kopie, ander = manifest.alle(kopiemap)
    if wat == "bestand":
        rauw = bytearray(kopie.read_bytes())
        rauw[len(rauw) // 2] ^= 1
        kopie.write_bytes(rauw)
    elif wat == "manifest":
        kist = json.loads(kopie.with_suffix(".json").read_text())
        kist["manifest"] = kist["manifest"].replace('"grootte": ', '"grootte": 1')
        kopie.with_suffix(".json").write_text(json.dumps(kist))
    elif wat == "ander_bestand":
        kopie.write_bytes(ander.read_bytes())
    elif wat == "geen_manifest":
        kopie.with_suffix(".json").unlink()
    else:
        sleutels = Sleutels({"nu": b"x" * 32})
    with pytest.raises(ReservekopieFout):
        zet_terug(kopie, nieuw, sleutels)
    with nieuw.verbind() as verbinding:
        assert inhoud.is_leeg(verbinding)


def test_een_restore_die_misgaat_laat_niets_achter(
    kopiemap: Path, sleutels: Sleutels, nieuw: Databank, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P23: all or nothing, also where the last piece is the one that fails."""
    maak(databank.van_eigenaar(), kopiemap, sleutels, NU, bewaar=1)
    (kopie,) = manifest.alle(kopiemap)
    kopie.write_bytes(kopie.read_bytes()[:-1])
    monkeypatch.setattr(manifest, "som_van", lambda pad: manifest.lees(pad, sleutels).sha256)
    with pytest.raises(ReservekopieFout, match="veranderd of niet heel"):
        zet_terug(kopie, nieuw, sleutels)
    with nieuw.verbind() as verbinding:
        assert inhoud.is_leeg(verbinding)


def test_de_laatste_blijven(kopiemap: Path, sleutels: Sleutels) -> None:
    for dag in range(4):
        maak(databank.van_eigenaar(), kopiemap, sleutels, NU + timedelta(days=dag), bewaar=2)
    namen = [pad.name for pad in manifest.alle(kopiemap)]
    assert len(namen) == 2
    assert namen == sorted(namen)
    assert len(list(kopiemap.glob("*.json"))) == 2
    with pytest.raises(ReservekopieFout, match="ten minste één"):
        maak(databank.van_eigenaar(), kopiemap, sleutels, NU, bewaar=0)


def test_terwijl_er_geschreven_wordt(kopiemap: Path, sleutels: Sleutels, nieuw: Databank) -> None:
    """P23: the copy is of one instant: what is counted is what was dumped, however fast rows come in."""
    with databank.van_eigenaar().verbind(autocommit=True) as verbinding:
        verbinding.execute("CREATE TABLE proef_stroom (id bigserial PRIMARY KEY, tekst text)")
    klaar, geschreven = threading.Event(), 0

    def schrijf() -> None:
        nonlocal geschreven
        with databank.van_eigenaar().verbind(autocommit=True) as verbinding:
            while not klaar.is_set():
                verbinding.execute("INSERT INTO proef_stroom (tekst) VALUES ('rij')")
                geschreven += 1

    schrijver = threading.Thread(target=schrijf)
    schrijver.start()
    try:
        while geschreven < 50:
            time.sleep(0.01)
        maak(databank.van_eigenaar(), kopiemap, sleutels, NU, bewaar=1)
        klaar.set()
        schrijver.join()
        (kopie,) = manifest.alle(kopiemap)
        gemaakt = zet_terug(kopie, nieuw, sleutels)
    finally:
        klaar.set()
        schrijver.join()
        with databank.van_eigenaar().verbind(autocommit=True) as verbinding:
            verbinding.execute("DROP TABLE proef_stroom")
    assert 50 <= gemaakt.inhoud.tabellen["public.proef_stroom"][0] <= geschreven


def test_half_gemaakt_telt_niet(kopiemap: Path, sleutels: Sleutels) -> None:
    """P15, P23: killed half-way there is no backup, the former one stays, and the next run cleans up."""
    maak(databank.van_eigenaar(), kopiemap, sleutels, NU, bewaar=1)
    (vorige,) = manifest.alle(kopiemap)
    omgeving = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ips_subsidie.settings.test",
        "DATABASE_URL": databank.van_app().url(),
        "DATABASE_EIGENAAR_URL": databank.van_eigenaar().url(),
    }
    with databank.van_eigenaar().verbind() as slot:
        # pg_dump stands in the queue of this lock, and so half-way.
        slot.execute(sql.SQL("LOCK TABLE aanvragen_aanvraag IN ACCESS EXCLUSIVE MODE"))
        proces = subprocess.Popen(
            [sys.executable, "manage.py", "reservekopie", "maken"], cwd=PROJECT, env=omgeving,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        einde = time.monotonic() + 60
        while not list(kopiemap.glob("*-deel")):
            assert proces.poll() is None
            assert time.monotonic() < einde
            time.sleep(0.05)
        with pytest.raises(ReservekopieFout, match="wordt al een reservekopie gemaakt"):
            maak(databank.van_eigenaar(), kopiemap, sleutels, NU + timedelta(days=1), bewaar=1)
        proces.kill()
        proces.wait()
    assert manifest.alle(kopiemap) == [vorige]
    maak(databank.van_eigenaar(), kopiemap, sleutels, NU + timedelta(days=2), bewaar=1)
    (nieuwe,) = manifest.alle(kopiemap)
    assert sorted(pad.name for pad in kopiemap.iterdir()) == sorted(
        [".slot", nieuwe.name, nieuwe.with_suffix(".json").name]
    )


def test_een_oefening_die_is_gedood_laat_geen_gegevens_achter(kopiemap: Path, sleutels: Sleutels) -> None:
    gedood = f"{VOORVOEGSEL}gedood{os.getpid()}"
    maak_databank(databank.van_eigenaar(), gedood)
    maak(databank.van_eigenaar(), kopiemap, sleutels, NU, bewaar=1)
    opdracht("oefenen")
    assert gedood not in databanken()


def test_zonder_sleutel_of_kopie_staat_er_wat_te_doen(kopiemap: Path, settings) -> None:
    with pytest.raises(CommandError, match="Er is geen reservekopie in"):
        opdracht("oefenen")
    settings.RESERVEKOPIE_SLEUTELS = {}
    with pytest.raises(CommandError, match="Zet RESERVEKOPIE_SLEUTEL"):
        opdracht("maken")
    assert not kopiemap.exists()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://app@/ips?host=/tmp/x",
        "postgresql://app:a%2Fb%40c@postgres:5432/ips?sslmode=require",
        "postgresql://app@postgres/ips",
    ],
)
def test_een_adres_gaat_heen_en_terug(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import environ

    monkeypatch.setenv("PROEF_URL", url)
    doel = Databank.uit_settings(environ.Env().db_url("PROEF_URL"))
    monkeypatch.setenv("PROEF_URL", doel.url())
    assert Databank.uit_settings(environ.Env().db_url("PROEF_URL")) == doel
    assert doel.omgeving()["PGDATABASE"] == "ips"
    assert doel.omgeving().get("PGPASSWORD") == ("a/b@c" if "%2F" in url else None)
    assert "a/b" not in repr(doel)

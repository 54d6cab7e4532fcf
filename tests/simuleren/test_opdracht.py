"""The command itself: its own database, that is gone afterwards, and nothing said on stdout but the events."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections

from aanvragen.management.commands import simuleer
from aanvragen.simuleren.databank import VOORVOEGSEL
from tests.databank import eigenaar
from tests.simuleren.hulp import gebeurtenis, scenario

KORT = scenario(
    gebeurtenis("06-01 10:00", "indienen", "GA"),
    gebeurtenis("06-02 10:00", "toekennen", "GA"),
    gebeurtenis("06-03 10:00", "toekennen", "GA"),
)
LANG = scenario(*(gebeurtenis("06-01 10:00", "indienen", f"GA-{n}") for n in range(2000)))
WEES, BEZET = f"{VOORVOEGSEL}wees", f"{VOORVOEGSEL}bezet"


def databanken() -> set[str]:
    with eigenaar() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {naam for (naam,) in cursor.fetchall()}


def start(bestand: Path, *opties: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "simuleer", str(bestand), *opties],
        cwd=settings.PROJECT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "ips_subsidie.settings.lokaal"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.samen
@pytest.mark.django_db(transaction=True)
def test_in_een_eigen_databank_die_weer_verdwijnt(tmp_path):
    """One run to its end and one that is stopped half-way, at once; what a killed one left behind is cleared away."""
    (tmp_path / "kort.toml").write_text(KORT, encoding="utf-8")
    (tmp_path / "lang.toml").write_text(LANG, encoding="utf-8")
    voor = databanken()
    with eigenaar() as cursor:
        cursor.execute(f"CREATE DATABASE {WEES}")
        cursor.execute(f"CREATE DATABASE {BEZET}")
        # Another simulation, that is at work in it.
        cursor.execute("SELECT current_database(), pg_try_advisory_lock(hashtext(%s))", [BEZET])
    bezet = _in_postgres()
    try:
        kort, lang = (
            start(tmp_path / "kort.toml", "--grafiek", str(tmp_path / "g.svg")),
            start(tmp_path / "lang.toml"),
        )
        assert lang.stdout is not None
        eerste = json.loads(lang.stdout.readline() or lang.communicate()[1])
        assert (eerste["aanvraag"], eerste["uitkomst"]) == ("GA-0", "gelukt")
        assert databanken() - voor - {WEES, BEZET}
        lang.send_signal(signal.SIGTERM)
        uit, fout = kort.communicate(timeout=120)
        lang.communicate(timeout=60)
        assert (kort.returncode, lang.returncode) == (0, 128 + signal.SIGTERM), fout
        regels = [json.loads(regel) for regel in uit.splitlines()]
        assert [r["uitkomst"] for r in regels] == ["gelukt", "gelukt", "geblokkeerd"]
        assert "3 gebeurtenissen in" in fout
        assert "Traceback" not in fout
        assert (tmp_path / "g.svg").read_text(encoding="utf-8").startswith("<svg")
        assert databanken() == voor | {BEZET}
    finally:
        bezet.close()
        with eigenaar() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {WEES}")
            cursor.execute(f"DROP DATABASE IF EXISTS {BEZET}")
    _live_is_onaangeraakt()


def _in_postgres():
    """A session that holds the name BEZET, as a simulation does while it runs."""
    verbinding = connections["default"].copy()
    aanmelding = {n: settings.DATABASE_EIGENAAR[n] for n in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    verbinding.settings_dict.update(aanmelding | {"NAME": "postgres"})
    with verbinding.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [BEZET])
    return verbinding


def _live_is_onaangeraakt():
    """The database that DATABASE_URL names has no table yet here, and none came."""
    verbinding = connections["default"].copy()
    verbinding.settings_dict["NAME"] = settings.DATABASE_EIGENAAR["NAME"]
    try:
        with verbinding.cursor() as cursor:
            cursor.execute("SELECT current_database(), count(*) FROM pg_tables WHERE schemaname = 'public'")
            assert cursor.fetchone() == ("ips", 0)
    finally:
        verbinding.close()


def test_een_fout_in_het_scenario(tmp_path, capsys):
    bestand = tmp_path / "s.toml"
    bestand.write_text(KORT.replace('wat = "toekennen"', 'wat = "keuren"', 1), encoding="utf-8")
    begin = time.monotonic()
    with pytest.raises(CommandError, match=r"s\.toml: regel \d+: “wat”: “keuren” bestaat niet") as fout:
        call_command("simuleer", str(bestand))
    assert fout.value.returncode == 2
    assert capsys.readouterr().out == ""
    assert time.monotonic() - begin < 2


@pytest.mark.parametrize(
    ("oud", "nieuw"),
    [
        ("op = 2019-06-01T10:00:00+02:00", "op = 0001-01-01T00:00:00+00:00"),
        ("op = 2019-06-03T10:00:00+02:00", "op = 9999-12-31T23:59:59+00:00"),
        ('doelgroep = "CMD"', 'doelgroep = "CMD"\nstartdatum = 9999-12-31'),
        ('"IPS-CMD-2019"', r'"./a\u0000b.toml"'),
        ("[parameters]", "[parameters]\nbewaartermijn_jaren = 8"),
    ],
)
def test_wat_geen_kalender_of_schijf_kent(tmp_path, capsys, oud, nieuw):
    assert KORT.count(oud) == 1
    (tmp_path / "s.toml").write_text(KORT.replace(oud, nieuw), encoding="utf-8")
    with pytest.raises(CommandError, match=r"s\.toml: regel \d+: ") as fout:
        call_command("simuleer", str(tmp_path / "s.toml"))
    assert fout.value.returncode == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "opdracht",
    [
        ["controleer"],
        ["corrigeer", "X", "--reden", "r"],
        ["regeling", "tonen", "X"],
        ["regeling", "laden", "x.toml"],
    ],
    ids=" ".join,
)
def test_zonder_databank_vraagt_een_opdracht_welke(monkeypatch, capsys, opdracht):
    monkeypatch.setattr(type(connections["default"]), "vendor", "unknown")
    with pytest.raises(CommandError, match=r"^Zet DATABASE_URL: op welke databank\?") as fout:
        call_command(*opdracht)
    assert fout.value.returncode == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("pad", ["weg/g.svg", "."])
def test_een_grafiek_die_niet_kan_worden_geschreven(tmp_path, capsys, pad):
    (tmp_path / "s.toml").write_text(KORT, encoding="utf-8")
    with pytest.raises(CommandError, match="de grafiek kan hier niet worden geschreven") as fout:
        call_command("simuleer", str(tmp_path / "s.toml"), grafiek=tmp_path / pad)
    assert fout.value.returncode == 2
    assert capsys.readouterr().out == ""


def test_zonder_server_begint_het_zelf_diensten(tmp_path, monkeypatch):
    """The whole of it takes seconds and stands in tests/lokaal for other commands; here: what it becomes."""
    (tmp_path / "s.toml").write_text(KORT, encoding="utf-8")

    class Geworden(Exception):
        pass

    def word(programma, argv, omgeving):
        raise Geworden(programma, argv, omgeving)

    monkeypatch.setattr(os, "execve", word)
    monkeypatch.setattr(type(connections["default"]), "vendor", "unknown")
    monkeypatch.delenv("REDIS_URL")
    with pytest.raises(Geworden) as geworden:
        call_command("simuleer", str(tmp_path / "s.toml"), grafiek=tmp_path / "g.svg")
    programma, argv, omgeving = geworden.value.args
    assert argv[:3] == [programma, "-m", "ips_subsidie.lokaal.met_diensten"]
    assert argv[4:] == [
        str(settings.PROJECT / "manage.py"), "simuleer", str(tmp_path / "s.toml"), "--grafiek", str(tmp_path / "g.svg"),
    ]  # fmt: skip
    assert omgeving["REDIS_URL"].startswith("redis://127.0.0.1")
    assert not (tmp_path / "g.svg").exists()
    assert simuleer.FOUT_IN_INVOER == 2

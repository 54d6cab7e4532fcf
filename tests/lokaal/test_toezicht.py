"""`make run` as a person meets it: start, stop, trip over it, kill it. Real PostgreSQL and Valkey."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = [pytest.mark.lokaal, pytest.mark.skipif(sys.platform != "linux", reason="kijkt in /proc")]

NEP = Path(__file__).with_name("nep.py")
PROJECT = NEP.parents[2]
Start = Callable[..., subprocess.Popen[str]]


def _vrije_poort() -> int:
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        return int(proef.getsockname()[1])


def _processen_van(staat: Path) -> list[str]:
    """Every living process of this folder: by its environment or, where it wrote over that, where it is."""
    gevonden = []
    for proc in Path("/proc").iterdir():
        if proc.name.isdigit():
            try:
                eigen = f"IPS_STAAT={staat}".encode() in (proc / "environ").read_bytes()
                if eigen or (proc / "cwd").readlink().is_relative_to(staat):
                    gevonden.append((proc / "cmdline").read_text().replace("\0", " "))
            except OSError:  # ended while we looked
                continue
    return gevonden


def _wacht_tot(klaar: Callable[[], bool], geduld: float = 15) -> bool:
    einde = time.monotonic() + geduld
    while not klaar():
        if time.monotonic() > einde:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def staat(tmp_path: Path) -> Path:
    return tmp_path / "staat"


@pytest.fixture
def start(staat: Path) -> Iterator[Start]:
    gestart: list[subprocess.Popen[str]] = []
    poort = str(_vrije_poort())

    def _start(**extra: str) -> subprocess.Popen[str]:
        env = {naam: waarde for naam, waarde in os.environ.items() if not naam.endswith(("_URL", "_DATUM"))}
        env |= {"IPS_STAAT": str(staat), "PORT": poort, "PYTHONPATH": str(PROJECT)} | extra
        proces = subprocess.Popen(
            [sys.executable, str(NEP)],
            cwd=PROJECT,
            env=env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        gestart.append(proces)
        return proces

    yield _start
    for proces in gestart:
        proces.kill()
        proces.wait()


def _tot_klaar(proces: subprocess.Popen[str]) -> str:
    assert proces.stdout
    gelezen = ""
    for regel in proces.stdout:
        gelezen += regel
        if regel.startswith("klaar op"):
            return gelezen
    raise AssertionError(f"kwam niet op gang:\n{gelezen}")


def _ene_regel(proces: subprocess.Popen[str]) -> str:
    uitvoer, _ = proces.communicate(timeout=15)
    assert proces.returncode == 1, uitvoer
    assert uitvoer.startswith("Het IPS-subsidieportaal start niet: "), uitvoer
    assert uitvoer.count("\n") == 1, uitvoer
    return uitvoer


def test_start_tweede_start_stop_en_weer(start: Start, staat: Path) -> None:
    eerste = start()
    assert "klaar op http://127.0.0.1:" in _tot_klaar(eerste)
    naast, andere_map = start(), start(IPS_STAAT=f"{staat}-ander")
    assert f"proces {eerste.pid}" in _ene_regel(naast)
    assert "poort" in _ene_regel(andere_map)
    assert (staat.stat().st_mode & 0o077, (staat / "geheim.json").stat().st_mode & 0o077) == (0, 0)
    eerste.send_signal(signal.SIGTERM)
    assert eerste.wait(15) == 0
    assert _processen_van(staat) == []

    tweede = start()
    _tot_klaar(tweede)
    tweede.send_signal(signal.SIGINT)
    assert tweede.wait(15) == 0
    stappen = [regel.split() for regel in (staat / "stappen").read_text().splitlines()]
    # The owner migrates at every start, demo data is made once as the plain role, and the clock runs on.
    assert [(wat, wie) for wat, wie, _ in stappen] == [
        ("migrate", "eigenaar"),
        ("demo", "app"),
        ("migrate", "eigenaar"),
    ]
    assert len({klok for _, _, klok in stappen}) == 1

    # At a later reference date what is not there yet is filled in.
    derde = start(IPS_DATUM="2023-06-05")
    _tot_klaar(derde)
    derde.send_signal(signal.SIGTERM)
    assert derde.wait(15) == 0
    stappen = [regel.split() for regel in (staat / "stappen").read_text().splitlines()]
    assert [wat for wat, _, _ in stappen[3:]] == ["migrate", "demo"]


def test_kill_9_laat_niets_achter_en_de_volgende_start_werkt(start: Start, staat: Path) -> None:
    eerste = start()
    _tot_klaar(eerste)
    assert len(_processen_van(staat)) >= 5
    eerste.kill()
    # At once again: the former database is still closing.
    tweede = start()
    _tot_klaar(tweede)
    tweede.kill()
    assert _wacht_tot(lambda: _processen_van(staat) == []), _processen_van(staat)


def test_een_programma_dat_stopt_stopt_alles(start: Start, staat: Path) -> None:
    toezicht = start()
    _tot_klaar(toezicht)
    kinderen = Path(f"/proc/{toezicht.pid}/task/{toezicht.pid}/children").read_text().split()
    os.kill(int(kinderen[-1]), signal.SIGKILL)
    uitvoer, _ = toezicht.communicate(timeout=15)
    assert toezicht.returncode == 1
    assert "worker is gestopt" in uitvoer
    assert _processen_van(staat) == []


def test_sigterm_tijdens_het_starten(start: Start, staat: Path) -> None:
    toezicht = start(NEP_TRAAG="1")
    assert toezicht.stdout
    while "Traag" not in toezicht.stdout.readline():
        assert toezicht.poll() is None
    toezicht.send_signal(signal.SIGTERM)
    assert toezicht.wait(15) == 0
    assert _processen_van(staat) == []


@pytest.mark.parametrize(
    ("extra", "melding"),
    [
        ({"IPS_DATUM": "3 juni 2019"}, "IPS_DATUM is geen datum: '3 juni 2019'"),
        ({"PORT": "http"}, "PORT is geen poortnummer"),
        ({"DATABASE_URL": "postgresql://app@/ips?host=/bestaat/niet"}, "DATABASE_URL is niet te bereiken"),
    ],
)
def test_verkeerde_omgeving_is_een_regel(
    start: Start, staat: Path, extra: dict[str, str], melding: str
) -> None:
    assert melding in _ene_regel(start(**extra))
    assert _processen_van(staat) == []

"""Worker, beat, broker and PostgreSQL are killed at random while 500 reminders go out: each arrives exactly once.

Real processes, a real broker and database, and a mail server that fails one in five times. IPS_RONDEN=20 runs twenty
rounds; IPS_ZAAD=… repeats the draws of a run that failed.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as uur
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ips_subsidie.berichten.bezorgen import IN_EEN_MAIL
from ips_subsidie.kalender.dagen import AMSTERDAM
from ips_subsidie.lokaal.diensten import Dienst, postgresql, valkey
from ips_subsidie.lokaal.processen import Opstartfout, Stop, staart, start
from tests.samen.postbode import Postbode

pytestmark = pytest.mark.samen
PROJECT = Path(__file__).resolve().parents[2]
AANTAL, MOORDEN = 500, 12
# Seconds that a round may take, and tries to reach a database that recovers: on a busy disk that can take a while.
GEDULD, POGINGEN = 300.0, 600
RONDEN = int(os.environ.get("IPS_RONDEN") or 1)
_CELERY = (sys.executable, "-m", "celery", "-A", "ips_subsidie")
# Two beats: one that was started twice by mistake must do no harm.
PROGRAMMAS: dict[str, tuple[str, ...]] = {
    "werker": (*_CELERY, "worker", "--concurrency", "2", "--loglevel", "ERROR"),
    "werker twee": (*_CELERY, "worker", "--concurrency", "1", "--loglevel", "ERROR"),
    "beat": (*_CELERY, "beat", "--loglevel", "ERROR", "--pidfile=", "--schedule", "{staat}/beat"),
    "beat twee": (*_CELERY, "beat", "--loglevel", "ERROR", "--pidfile=", "--schedule", "{staat}/beat2"),
}
DOELEN = ("werker", "werker twee", "kind van werker", "beat", "beat twee", "broker", "backend", "postgres")


@dataclass
class Toneel:
    """The services and the programs, to kill and to start again."""

    staat: Path
    dobbel: random.Random
    omgeving: dict[str, str]
    diensten: dict[str, tuple[contextlib.ExitStack, Dienst]] = field(default_factory=dict)
    lopend: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    gedood: Counter[str] = field(default_factory=Counter)

    def start_dienst(self, naam: str) -> None:
        """Also after a kill: what is left of the former one may need a moment to be gone."""
        maak: Callable[..., Any] = {"postgres": _postgresql, "broker": valkey}[naam]
        for poging in range(POGINGEN):
            stapel = contextlib.ExitStack()
            try:
                dienst = stapel.enter_context(maak(self.staat, Stop()))
            except (Opstartfout, psycopg.OperationalError):
                stapel.close()
                if poging == POGINGEN - 1:
                    raise
                time.sleep(0.1)
                continue
            self.diensten[naam] = (stapel, dienst)
            self.omgeving |= dienst.omgeving
            return

    def begin(self) -> None:
        for naam in PROGRAMMAS:
            self.start_programma(naam)

    def start_programma(self, naam: str) -> None:
        argv = [deel.format(staat=self.staat) for deel in PROGRAMMAS[naam]]
        with (self.staat / f"{naam}.log").open("ab") as uitvoer:
            self.lopend[naam] = start(argv, uitvoer=uitvoer, env=self.omgeving)

    def dood_iets(self) -> None:
        """`kill -9` on one of them, chosen by lot; what nobody else starts again is started again."""
        doel = self.dobbel.choice(DOELEN)
        if doel in self.diensten:
            stapel, dienst = self.diensten[doel]
            # With all its processes: one that goes on would keep its successor from starting.
            for pid in (dienst.proces.pid, *_kinderen(dienst.proces.pid)):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            dienst.proces.wait()
            stapel.close()
            self.start_dienst(doel)
        elif doel in self.lopend:
            self._dood(self.lopend[doel])
            self.start_programma(doel)
        else:
            ouder = self.lopend["werker"] if "werker" in doel else self.diensten["postgres"][1].proces
            kinderen = _kinderen(ouder.pid)
            if not kinderen:
                return
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.dobbel.choice(kinderen), signal.SIGKILL)
        self.gedood[doel] += 1

    def bewaak(self) -> None:
        """As production does (`restart: unless-stopped`): a program that stopped by itself is started again.

        The worker is such a one: losing the broker at a bad moment ends it (an unrecoverable error of kombu).
        """
        for naam, proces in list(self.lopend.items()):
            if proces.poll() is not None:
                self._dood(proces)
                self.start_programma(naam)
                self.gedood[f"{naam}, zelf gestopt"] += 1

    def einde(self) -> None:
        """All programs away, and what they started."""
        for proces in self.lopend.values():
            self._dood(proces)
        self.lopend.clear()

    @staticmethod
    def _dood(proces: subprocess.Popen[bytes]) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(proces.pid, signal.SIGKILL)
        proces.wait()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(proces.pid, signal.SIGKILL)

    def vraag(self, sql: str) -> list[tuple[Any, ...]]:
        """As the owner; again as long as the database is being started."""
        for poging in range(POGINGEN):
            try:
                with psycopg.connect(self.omgeving["DATABASE_EIGENAAR_URL"], autocommit=True) as verbinding:
                    cursor = verbinding.execute(sql)
                    return cursor.fetchall() if cursor.description else []
            except psycopg.OperationalError:
                if poging == POGINGEN - 1:
                    raise
                time.sleep(0.1)
        raise AssertionError("unreachable")

    def voer_uit(self, *argv: str, **extra: str) -> str:
        uit = subprocess.run(
            [sys.executable, *argv], env=self.omgeving | extra, cwd=PROJECT, check=True, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        return uit.stdout


# What a killed process wrote is with the system, and nothing is lost by that; only a fallen machine would need the
# flush. Without it the recovery need not flush every file first, which takes minutes beside other tests.
_postgresql = partial(postgresql, extra={"fsync": "off"})


def _kinderen(pid: int) -> list[int]:
    try:
        return [int(kind) for kind in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


@pytest.fixture
def zaad() -> int:
    gekozen = int(os.environ.get("IPS_ZAAD") or random.SystemRandom().randrange(10**6))
    print(f"IPS_ZAAD={gekozen}")
    return gekozen


@pytest.fixture
def postbode(zaad: int) -> Iterator[Postbode]:
    with Postbode(zaad) as postbode:
        yield postbode


@pytest.fixture
def toneel(tmp_path: Path, zaad: int, postbode: Postbode) -> Iterator[Toneel]:
    """A database of its own, migrated, with the dossiers; and a broker that remembers."""
    omgeving = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.samen.bezorg_instellingen",
        "IPS_MAILPOORT": str(postbode.poort),
        "PYTHONPATH": str(PROJECT),
    }
    toneel = Toneel(tmp_path, random.Random(zaad), omgeving)
    try:
        toneel.start_dienst("postgres")
        toneel.start_dienst("broker")
        toneel.voer_uit("manage.py", "migrate", "--verbosity=0", IPS_ALS_EIGENAAR="1")
        yield toneel
    finally:
        toneel.einde()
        for stapel, _ in toneel.diensten.values():
            stapel.close()


def ronde(toneel: Toneel, postbode: Postbode, dag: date) -> None:
    """From no reminder at all to every mail delivered, the daily one of the next morning too; killed all the while."""
    toneel.vraag("TRUNCATE berichten_verzending, berichten_bericht, aanvragen_herinnering")
    postbode.leeg()
    einde = time.monotonic() + GEDULD
    speel(toneel, datetime.combine(dag, uur(9), AMSTERDAM), MOORDEN, einde, _alles_gemeld)
    ochtend = datetime.combine(dag + timedelta(days=1), uur(7, 0, 5), AMSTERDAM)
    speel(toneel, ochtend, 2, einde, _overzicht_verstuurd)


def speel(
    toneel: Toneel, begin: datetime, moorden: int, einde: float, klaar: Callable[[Toneel], bool]
) -> None:
    """Let the programs run from this moment on, and kill, until it is done and so many were killed."""
    toneel.omgeving["IPS_KLOK_VERSCHUIVING"] = str((begin - datetime.now(UTC)).total_seconds())
    toneel.begin()
    gedood = 0
    while gedood < moorden or not klaar(toneel):
        laat = time.monotonic() > einde
        assert not laat, f"niet klaar: {_stand(toneel)} {toneel.gedood}{staart(toneel.staat / 'werker.log')}"
        time.sleep(toneel.dobbel.uniform(0.3, 1.3))
        toneel.bewaak()
        if gedood < moorden or toneel.dobbel.random() < 0.1:
            toneel.dood_iets()
            gedood += 1
    time.sleep(2)  # nothing comes after it
    toneel.einde()


_OPEN = "SELECT count(*) FROM berichten_verzending WHERE status = 'klaar'"


def _alles_gemeld(toneel: Toneel) -> bool:
    """All reminders are placed, expanded and, but for those of the next morning, sent."""
    ((gemeld, uit_te_zetten, te_gaan),) = toneel.vraag(
        "SELECT (SELECT count(*) FROM aanvragen_herinnering), "
        f"(SELECT count(*) FROM berichten_bericht WHERE uitgezet_op IS NULL), ({_OPEN})"
    )
    return bool((gemeld, uit_te_zetten, te_gaan) == (AANTAL, 0, 0))


def _overzicht_verstuurd(toneel: Toneel) -> bool:
    ((wacht, te_gaan),) = toneel.vraag(
        f"SELECT (SELECT count(*) FROM berichten_verzending WHERE status = 'wacht'), ({_OPEN})"
    )
    return bool((wacht, te_gaan) == (0, 0))


def _stand(toneel: Toneel) -> list[tuple[Any, ...]]:
    return toneel.vraag("SELECT status, fout, count(*) FROM berichten_verzending GROUP BY 1, 2 ORDER BY 1, 2")


def _controleer(toneel: Toneel, postbode: Postbode) -> None:
    """What each got, against what each should get, computed from the dossiers alone."""
    dossiers = toneel.vraag("SELECT kenmerk, opgepakt_door_id IS NOT NULL FROM aanvragen_aanvraag")
    assert len(dossiers) == AANTAL
    alle, open_ = {k for k, _ in dossiers}, {k for k, opgepakt in dossiers if not opgepakt}
    post = postbode.bus.mails
    assert set(post) == {f"{naam}@voorbeeld.example" for naam in ("anna", "bert", "daan")}
    for naam, verwacht in (("anna", alle), ("bert", open_)):
        gekregen = [str(mail["Subject"]) for mail in post[f"{naam}@voorbeeld.example"]]
        assert Counter(onderwerp.rpartition("(")[2].rstrip(")") for onderwerp in gekregen) == Counter(
            verwacht
        )
    (een,) = post["daan@voorbeeld.example"]
    assert "berichten van vandaag" in een["Subject"]
    genoemd = [
        regel.rpartition("(")[2].rstrip(")") for regel in een.get_content().splitlines() if regel[:2] == "- "
    ]
    assert len(set(genoemd)) == len(genoemd) == min(len(open_), IN_EEN_MAIL)
    assert set(genoemd) <= open_
    stand = Counter(dict(toneel.vraag("SELECT status, count(*) FROM berichten_verzending GROUP BY 1")))
    assert stand["verzonden"] == len(alle) + len(open_) + 1
    assert stand["gebundeld"] == len(open_)
    assert set(stand) == {"verzonden", "gebundeld"}
    assert toneel.vraag("SELECT count(*) FROM berichten_bericht") == [(AANTAL,)]


def test_elke_herinnering_komt_precies_een_keer_aan(toneel: Toneel, postbode: Postbode) -> None:
    dag = date.fromisoformat(
        json.loads(toneel.voer_uit("-m", "tests.samen.bezorgwereld", str(AANTAL)))["dag"]
    )
    for n in range(RONDEN):
        begin = time.monotonic()
        toneel.gedood.clear()
        ronde(toneel, postbode, dag)
        bus = postbode.bus
        print(
            f"ronde {n + 1}: {len(bus)} mails in {time.monotonic() - begin:.0f} s, {bus.herhaald} keer herhaald; "
            f"gedood {dict(toneel.gedood)}; mailserver {dict(bus.fouten)}",
            flush=True,
        )
        _controleer(toneel, postbode)
        assert bus.fouten.total() > len(bus) / 6

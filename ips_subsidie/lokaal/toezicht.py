"""The supervisor: starts all in order, watches it, and stops all when one stops or when asked."""

import contextlib
import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from ips_subsidie.lokaal import staat as bewaard
from ips_subsidie.lokaal.diensten import (
    Dienst,
    postgres_programmas,
    postgresql,
    redis_antwoordt,
    valkey,
    valkey_programma,
)
from ips_subsidie.lokaal.processen import Opstartfout, Stop, beeindig, staart, start, voer_uit, wacht_tot
from ips_subsidie.lokaal.recept import Recept, Stap


@dataclass(frozen=True)
class Opdracht:
    """What the environment asks of this start."""

    staat: Path
    poort: int
    datum: str | None
    omgeving: dict[str, str]

    @classmethod
    def uit_omgeving(cls, omgeving: dict[str, str]) -> "Opdracht":
        tekst = omgeving.get("PORT") or "8000"
        if not (tekst.isascii() and tekst.isdigit() and 0 < int(tekst) < 65536):
            raise Opstartfout(f"PORT is geen poortnummer: {tekst!r}.")
        staat = Path(omgeving.get("IPS_STAAT") or ".lokaal").absolute()
        return cls(staat, int(tekst), omgeving.get("IPS_DATUM"), omgeving)


@dataclass
class Toezicht:
    """One run: the services, the programs, and the order in which they come and go."""

    opdracht: Opdracht
    recept: Recept
    stop: Stop
    _lopend: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def draai(self) -> int:
        """Run until a signal (0) or until something that should run has stopped (1)."""
        datum = bewaard.gevraagde_datum(self.opdracht.datum)
        self._controleer_gereedschap()
        with bewaard.bezet(self.opdracht.staat) as gedood, contextlib.ExitStack() as stapel:
            self._controleer_poort(geduld=10 if gedood else 0)
            verschuiving = bewaard.klokverschuiving(self.opdracht.staat, datum, datetime.now(UTC))
            env = self._omgeving(verschuiving) | self._start_diensten(stapel)
            self._bereid_voor(env)
            stapel.enter_context(self._programmas(env))
            self._wacht_op_web()
            print(self.recept.welkom.format(adres=f"http://127.0.0.1:{self.opdracht.poort}/"), flush=True)
            return self._bewaak()

    def _controleer_gereedschap(self) -> None:
        """Look for everything before starting anything."""
        if not self.opdracht.omgeving.get("DATABASE_URL"):
            postgres_programmas()
        if not self.opdracht.omgeving.get("REDIS_URL"):
            valkey_programma()

    def _controleer_poort(self, geduld: float) -> None:
        """Before anything starts. A former run that was killed gets a moment to let go of the port."""
        einde = time.monotonic() + geduld
        while bezwaar := bezwaar_tegen_poort(self.opdracht.poort):
            if time.monotonic() >= einde:
                raise Opstartfout(
                    f"poort {self.opdracht.poort} is niet vrij ({bezwaar}). "
                    "Kies een andere: PORT=8001 make run"
                )
            self.stop.slaap(0.1)

    def _omgeving(self, verschuiving: float) -> dict[str, str]:
        poort = str(self.opdracht.poort)
        eigen = {
            "DJANGO_SETTINGS_MODULE": "ips_subsidie.settings.lokaal",
            "IPS_STAAT": str(self.opdracht.staat),
            "IPS_KLOK_VERSCHUIVING": repr(verschuiving),
            "PORT": poort,
            "SITE_ADRES": f"http://127.0.0.1:{poort}",
            "PYTHONUNBUFFERED": "1",
        }
        return self.opdracht.omgeving | bewaard.geheimen(self.opdracht.staat) | eigen

    def _start_diensten(self, stapel: contextlib.ExitStack) -> dict[str, str]:
        """Start what the environment does not name; ask what it names for a sign of life."""
        gegeven, omgeving = self.opdracht.omgeving, {}
        if url := gegeven.get("DATABASE_URL"):
            controleer_databank(url)
            omgeving["DATABASE_EIGENAAR_URL"] = gegeven.get("DATABASE_EIGENAAR_URL") or url
        else:
            omgeving |= self._volg(stapel.enter_context(postgresql(self.opdracht.staat, self.stop)))
        if url := gegeven.get("REDIS_URL"):
            if not redis_antwoordt(url):
                raise Opstartfout("de server van REDIS_URL antwoordt niet.")
        else:
            omgeving |= self._volg(stapel.enter_context(valkey(self.opdracht.staat, self.stop)))
        return omgeving

    def _volg(self, dienst: Dienst) -> dict[str, str]:
        self._lopend[dienst.naam] = dienst.proces
        return dienst.omgeving

    def _bereid_voor(self, env: dict[str, str]) -> None:
        for stap in self.recept.voorbereiding:
            self._zet(stap, env)
        # Beside the state, one mark per database: an empty one of your own is filled as well.
        bron = self.opdracht.omgeving.get("DATABASE_URL", "ingebouwd")
        merk = self.opdracht.staat / f"gevuld-{hashlib.sha256(bron.encode()).hexdigest()[:12]}"
        # At another reference date there may be more to fill in; what is there already stays.
        datum = bewaard.ijkdatum(self.opdracht.staat)
        if not merk.exists() or merk.read_text() != datum:
            for stap in self.recept.vulling:
                self._zet(stap, env)
            merk.write_text(datum)

    def _zet(self, stap: Stap, env: dict[str, str]) -> None:
        print(f"{stap.tekst} ...", flush=True)
        als_eigenaar = {"IPS_ALS_EIGENAAR": "1"} if stap.als_eigenaar else {}
        log = self._log("voorbereiding")
        with log.open("wb") as uitvoer:
            code = voer_uit(stap.argv, self.stop, uitvoer=uitvoer, env=env | als_eigenaar)
        if code != 0:
            raise Opstartfout(f"{stap.tekst.lower()} mislukte (code {code}), zie {log}{staart(log)}")

    @contextlib.contextmanager
    def _programmas(self, env: dict[str, str]) -> Iterator[None]:
        """Web, worker and beat. On the way out all are asked at once, and then waited for in that order."""
        gestart: list[subprocess.Popen[bytes]] = []
        try:
            for programma in self.recept.programmas:
                argv = [
                    deel.format(poort=self.opdracht.poort, staat=self.opdracht.staat)
                    for deel in programma.argv
                ]
                with self._log(programma.naam).open("wb") as uitvoer:
                    proces = start(argv, uitvoer=uitvoer, env=env)
                gestart.append(proces)
                self._lopend[programma.naam] = proces
            yield
        finally:
            for proces in reversed(gestart):
                if proces.poll() is None:
                    proces.send_signal(signal.SIGTERM)
            for proces in reversed(gestart):
                beeindig(proces)

    def _wacht_op_web(self) -> None:
        web = self.recept.programmas[0]
        proces, log = self._lopend[web.naam], self._log(web.naam)
        wacht_tot(self._gezond, proces, self.stop, wat="De webserver", log=log, geduld=90)

    def _gezond(self) -> bool:
        verbinding = http.client.HTTPConnection("127.0.0.1", self.opdracht.poort, timeout=5)
        try:
            verbinding.request("GET", self.recept.gezond)
            return verbinding.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            verbinding.close()

    def _bewaak(self) -> int:
        while not self.stop.gevraagd:
            for naam, proces in self._lopend.items():
                if (code := proces.poll()) is not None:
                    log = self._log(naam)
                    print(
                        f"{naam} is gestopt (code {code}); alles stopt. Zie {log}{staart(log)}",
                        file=sys.stderr,
                    )
                    return 1
            time.sleep(0.1)
        print("Alles stopt ...", flush=True)
        return 0

    def _log(self, naam: str) -> Path:
        return self.opdracht.staat / f"{naam.lower()}.log"


def bezwaar_tegen_poort(poort: int) -> str | None:
    """Why the port is of no use; with SO_REUSEADDR, as the web server does: a recent stop is no hindrance."""
    with socket.socket() as proef:
        proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proef.bind(("127.0.0.1", poort))
        except OSError as fout:
            return os.strerror(fout.errno or 0)
    return None


def controleer_databank(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as fout:
        regel = " ".join(str(fout).split())
        raise Opstartfout(f"de databank van DATABASE_URL is niet te bereiken: {regel}") from fout

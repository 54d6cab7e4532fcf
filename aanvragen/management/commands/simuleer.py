"""`manage.py simuleer SCENARIO.toml`: what would have happened, replayed in a database of its own."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from aanvragen.simuleren.databank import GeenDatabank, eigen_databank
from aanvragen.simuleren.grafiek import teken
from aanvragen.simuleren.scenario import Scenario, ScenarioFout, lees_bestand
from aanvragen.simuleren.spelen import speel
from aanvragen.simuleren.uitkomsten import Uitkomst
from aanvragen.simuleren.wereld import maak_wereld
from budget.regels.tabel import waarom

FOUT_IN_INVOER = 2


class Command(BaseCommand):
    help = (
        "Speelt een scenario na in een eigen databank en toont per gebeurtenis één regel JSON. "
        "Zie docs/simulatie.md."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("scenario", type=Path, help="een TOML-bestand")
        parser.add_argument("--grafiek", type=Path, metavar="BESTAND", help="teken de pot door de tijd (SVG)")

    def handle(self, *args: Any, scenario: Path, grafiek: Path | None, **opties: Any) -> None:
        try:
            inhoud = lees_bestand(scenario)
        except ScenarioFout as fout:
            raise CommandError(f"{scenario}: {fout}", returncode=FOUT_IN_INVOER) from fout
        if grafiek is not None:
            _controleer_schrijfbaar(grafiek)
        if connection.vendor != "postgresql":  # no DATABASE_URL
            _begin_opnieuw_met_diensten(scenario, grafiek)
        try:
            uitkomsten = self._speel(inhoud)
        except GeenDatabank as fout:
            raise CommandError(str(fout)) from fout
        except KeyboardInterrupt:
            raise CommandError("Afgebroken.", returncode=130) from None
        except BrokenPipeError:
            # Whoever read along has enough; Python must not try once more at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
        if grafiek is not None:
            grafiek.write_text(teken(inhoud.inhoud.korte_naam, uitkomsten), encoding="utf-8")

    def _speel(self, scenario: Scenario) -> list[Uitkomst]:
        begin, uitkomsten = time.monotonic(), []
        with eigen_databank():
            wereld = maak_wereld(scenario)
            klaar = time.monotonic()
            for uitkomst in speel(wereld):
                self.stdout.write(uitkomst.als_json())
                self.stdout.flush()
                uitkomsten.append(uitkomst)
            einde = time.monotonic()
        self.stderr.write(
            f"{len(uitkomsten)} gebeurtenissen in {einde - klaar:.1f} s; de databank maken: {klaar - begin:.1f} s."
        )
        return uitkomsten


def _controleer_schrijfbaar(pad: Path) -> None:
    """Before anything is played: an hour's work should not end in a file that cannot be."""
    bestond = pad.exists()
    try:
        pad.open("a").close()
    except OSError as fout:
        raise CommandError(
            f"{pad}: de grafiek kan hier niet worden geschreven ({waarom(fout)}).", returncode=FOUT_IN_INVOER
        ) from fout
    if not bestond:
        pad.unlink()


def _begin_opnieuw_met_diensten(scenario: Path, grafiek: Path | None) -> NoReturn:
    """No server is named: become this same command with a PostgreSQL of its own, that goes when it ends."""
    omgeving = os.environ | {"PYTHONPATH": str(settings.PROJECT)}
    # Nobody is told anything in a simulation: without this a broker would be started, too.
    omgeving.setdefault("REDIS_URL", "redis://127.0.0.1:9/0")
    opdracht = [sys.executable, str(settings.PROJECT / "manage.py"), "simuleer", str(scenario)]
    if grafiek is not None:
        opdracht += ["--grafiek", str(grafiek)]
    sys.stdout.flush()
    argv = [sys.executable, "-m", "ips_subsidie.lokaal.met_diensten", *opdracht]
    os.execve(sys.executable, argv, omgeving)  # noqa: S606  # our own program, no shell

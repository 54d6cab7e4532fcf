"""The drill: restore a backup into a database of its own, let the program check it, and throw it away."""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from ips_subsidie.reservekopie.databank import Databank
from ips_subsidie.reservekopie.fout import ReservekopieFout
from ips_subsidie.reservekopie.maken import laatste_regel
from ips_subsidie.reservekopie.manifest import Manifest
from ips_subsidie.reservekopie.sleutels import Sleutels
from ips_subsidie.reservekopie.terugzetten import maak_databank, verwijder_databank, zet_terug

VOORVOEGSEL = "ips_oefening_"
_EEN_TEGELIJK = 20261123  # the number of an advisory lock in the database `postgres`


@dataclass(frozen=True)
class Controle:
    """One command of the program on the restored database; as the owner where only that one may look."""

    naam: str
    argv: tuple[str, ...]
    als_eigenaar: bool = False


CONTROLES = (
    Controle("alle migraties zijn er", ("migrate", "--check"), als_eigenaar=True),
    Controle("budget en dossiers kloppen", ("controleer",)),
    Controle("het logboek is heel", ("logboek", "controleren"), als_eigenaar=True),
)


@dataclass(frozen=True)
class Uitslag:
    """Of a drill that went well. Seconds of the restore, and of each check."""

    manifest: Manifest
    terugzetten: float
    controles: tuple[tuple[str, float], ...]

    def in_woorden(self) -> str:
        regels = [
            f"{self.manifest.bestand} teruggezet in {self.terugzetten:.1f} s: "
            f"{len(self.manifest.inhoud.tabellen)} tabellen, {self.manifest.inhoud.rijen} rijen, alle gelijk."
        ]
        regels += [f"{naam}: ja ({duur:.1f} s)." for naam, duur in self.controles]
        return "\n".join(regels)


def oefen(pad: Path, eigenaar: Databank, app: Databank, sleutels: Sleutels) -> Uitslag:
    """Restore, compare, check and drop; raises ReservekopieFout with what was not right."""
    with _alleen(eigenaar):
        _ruim_vorige_op(eigenaar)
        proef = maak_databank(eigenaar, VOORVOEGSEL + secrets.token_hex(4))
        try:
            begin = time.monotonic()
            gemaakt = zet_terug(pad, proef, sleutels)
            duur = time.monotonic() - begin
            omgeving = {
                **os.environ,
                "DATABASE_URL": app.met_naam(proef.naam).url(),
                "DATABASE_EIGENAAR_URL": proef.url(),
                "DATABASE_POOL": "0",
            }
            controles = tuple((c.naam, _controleer(c, omgeving)) for c in CONTROLES)
        finally:
            verwijder_databank(proef)
    return Uitslag(gemaakt, duur, controles)


@contextlib.contextmanager
def _alleen(eigenaar: Databank) -> Iterator[None]:
    """One drill at a time on this server: the next one waits, or it would clean up what this one just made."""
    with eigenaar.met_naam("postgres").verbind(autocommit=True) as slot:
        slot.execute("SELECT pg_advisory_lock(%s)", [_EEN_TEGELIJK])
        yield


def _controleer(controle: Controle, omgeving: dict[str, str]) -> float:
    begin = time.monotonic()
    wie = {"IPS_ALS_EIGENAAR": "1"} if controle.als_eigenaar else {}
    uit = subprocess.run(
        [sys.executable, "manage.py", *controle.argv], cwd=settings.PROJECT, env=omgeving | wie, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if uit.returncode != 0:
        raise ReservekopieFout(f"Oefening mislukt, niet waar: {controle.naam}. {laatste_regel(uit.stdout)}")
    return time.monotonic() - begin


def _ruim_vorige_op(eigenaar: Databank) -> None:
    """What a drill that was killed left behind holds the data of people."""
    with eigenaar.met_naam("postgres").verbind(autocommit=True) as verbinding:
        over = verbinding.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [VOORVOEGSEL]
        ).fetchall()
    for (naam,) in over:
        verwijder_databank(eigenaar.met_naam(naam))

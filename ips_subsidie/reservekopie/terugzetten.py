"""Restoring a backup: into a database with nothing in it, all or nothing, and compared with what it should hold."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from psycopg import sql

from ips_subsidie.reservekopie import inhoud, manifest
from ips_subsidie.reservekopie.databank import Databank, programma
from ips_subsidie.reservekopie.fout import ReservekopieFout
from ips_subsidie.reservekopie.maken import laatste_regel
from ips_subsidie.reservekopie.manifest import Manifest
from ips_subsidie.reservekopie.sleutels import Sleutels, ontsleutel

_PER_GROOT = 10_000
_ANDEREN = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)


def controleer_bestand(pad: Path, sleutels: Sleutels) -> Manifest:
    """The manifest of this backup, when the file is the one that was made; raises ReservekopieFout otherwise."""
    gelezen = manifest.lees(pad, sleutels)
    if not pad.exists():
        raise ReservekopieFout(f"{pad.name} ontbreekt.")
    if pad.name != gelezen.bestand or manifest.som_van(pad) != gelezen.sha256:
        raise ReservekopieFout(f"{pad.name} is niet het bestand van zijn manifest. Neem een andere kopie.")
    return gelezen


def zet_terug(pad: Path, doel: Databank, sleutels: Sleutels) -> Manifest:
    """Restore this backup into `doel`, as its owner; raises ReservekopieFout where that isn't empty, or differs after.

    A restore that fails leaves the database as empty as it was. The sessions of users are not in a backup: everyone
    logs in again.
    """
    gemaakt = controleer_bestand(pad, sleutels)
    _eis_leeg(doel, gemaakt)
    _pg_restore(pad, doel, sleutels)
    with doel.verbind(autocommit=True) as verbinding:
        verbinding.execute("ANALYZE")
        verschillen = gemaakt.inhoud.verschillen(inhoud.lees(verbinding))
    if verschillen:
        raise ReservekopieFout(
            "Teruggezet, maar het is niet hetzelfde: "
            + "; ".join(verschillen[:10])
            + ". Gebruik deze databank niet."
        )
    return gemaakt


def maak_databank(bij: Databank, naam: str) -> Databank:
    """A new, empty database with this name on the server of `bij`, which only the owner and `app` may enter."""
    nieuw = bij.met_naam(naam)
    wie = sql.Identifier(naam)
    with bij.met_naam("postgres").verbind(autocommit=True) as verbinding:
        if verbinding.execute("SELECT 1 FROM pg_database WHERE datname = %s", [naam]).fetchone():
            raise ReservekopieFout(f"De databank {naam} bestaat al.")
        # From template0: whatever somebody put into template1, this one is empty.
        verbinding.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(wie))
        verbinding.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(wie))
        verbinding.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO app").format(wie))
    return nieuw


def verwijder_databank(databank: Databank) -> None:
    """Drop it, also while somebody is connected; only for a database that we made ourselves."""
    with databank.met_naam("postgres").verbind(autocommit=True) as verbinding:
        verbinding.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(databank.naam))
        )


def _eis_leeg(doel: Databank, gemaakt: Manifest) -> None:
    with doel.verbind() as verbinding:
        if not inhoud.is_leeg(verbinding):
            raise ReservekopieFout(
                f"De databank {doel.naam} is niet leeg. Zet terug in een nieuwe: --nieuw NAAM. "
                "Er wordt nooit over een databank heen geschreven."
            )
        rij = verbinding.execute(_ANDEREN).fetchone()
        if rij is None or rij[0]:
            raise ReservekopieFout(
                f"Er zijn anderen in de databank {doel.naam}. Stop eerst web, worker en beat."
            )
        if verbinding.info.server_version // _PER_GROOT < gemaakt.postgresql // _PER_GROOT:
            raise ReservekopieFout(
                f"De kopie is van PostgreSQL {gemaakt.postgresql // _PER_GROOT}; deze server is ouder."
            )


def _pg_restore(pad: Path, doel: Databank, sleutels: Sleutels) -> None:
    argv = [
        programma("pg_restore"),
        f"--dbname={doel.naam}",
        "--no-password",
        "--no-owner",
        "--exit-on-error",
    ]
    argv += ["--single-transaction"]
    with tempfile.TemporaryFile() as klachten:
        proces = subprocess.Popen(
            argv, env=doel.omgeving(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=klachten
        )
        assert proces.stdin is not None
        try:
            with pad.open("rb") as bron, proces.stdin as naar:
                ontsleutel(bron, naar, sleutels)
        except BrokenPipeError:
            pass  # it stopped, and says below why
        except BaseException:
            proces.kill()
            proces.wait()
            raise
        if proces.wait() != 0:
            klachten.seek(0)
            raise ReservekopieFout(f"pg_restore mislukte: {laatste_regel(klachten.read())}")

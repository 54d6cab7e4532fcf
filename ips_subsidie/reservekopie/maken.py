"""Making a backup: one snapshot, counted and dumped, encrypted on its way to the disk."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from ips_subsidie.reservekopie import inhoud, manifest
from ips_subsidie.reservekopie.databank import Databank, programma
from ips_subsidie.reservekopie.fout import ReservekopieFout
from ips_subsidie.reservekopie.manifest import Manifest
from ips_subsidie.reservekopie.sleutels import Sleutels, ontsleutel, versleutel


class _Meter:
    """Writes on, and knows how much and the digest of it."""

    def __init__(self, doel: IO[bytes]) -> None:
        self.doel, self.grootte, self.som = doel, 0, hashlib.sha256()

    def write(self, stuk: bytes) -> int:
        self.grootte += len(stuk)
        self.som.update(stuk)
        return self.doel.write(stuk)


def maak(databank: Databank, map_: Path, sleutels: Sleutels, nu: datetime, *, bewaar: int) -> Manifest:
    """Make a backup of all that the owner sees in `databank`, read it back, and keep the last `bewaar` ones.

    The site goes on meanwhile: everything is read from one snapshot. Raises ReservekopieFout; then the folder is as
    it was.
    """
    if bewaar < 1:
        raise ReservekopieFout("Bewaar ten minste één reservekopie.")
    with _alleen(map_):
        bestand = f"ips-{nu.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}{manifest.ACHTERVOEGSEL}"
        if (map_ / bestand).exists():
            raise ReservekopieFout(f"{bestand} bestaat al.")
        deel = map_ / f"{bestand}-deel"
        try:
            gemaakt = _dump(databank, deel, bestand, sleutels, nu)
            deel.replace(map_ / bestand)
        finally:
            deel.unlink(missing_ok=True)
        _lees_terug(map_ / bestand, sleutels)
        gemaakt.schrijf(map_, sleutels)
        _ruim_op(map_, bewaar)
    return gemaakt


@contextlib.contextmanager
def _alleen(map_: Path) -> Iterator[None]:
    """One at a time, in a folder for our eyes only."""
    try:
        map_.mkdir(mode=0o700, parents=True, exist_ok=True)
        slot = os.open(map_ / ".slot", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as fout:
        raise ReservekopieFout(f"De map {map_} is niet te gebruiken: {fout.strerror}.") from fout
    try:
        fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for rest in map_.glob("*-deel"):  # of one that was killed half-way
            rest.unlink(missing_ok=True)
        yield
    except BlockingIOError:
        raise ReservekopieFout(f"Er wordt al een reservekopie gemaakt in {map_}.") from None
    finally:
        os.close(slot)


def _dump(databank: Databank, deel: Path, bestand: str, sleutels: Sleutels, nu: datetime) -> Manifest:
    with (
        databank.verbind() as verbinding,
        os.fdopen(os.open(deel, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as uit,
    ):
        verbinding.execute("SET idle_in_transaction_session_timeout = 0")
        verbinding.commit()
        verbinding.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        rij = verbinding.execute("SELECT pg_export_snapshot()").fetchone()
        assert rij is not None
        meter, reeksen = _Meter(uit), inhoud.lees_reeksen(verbinding)
        _pg_dump(databank, str(rij[0]), meter, sleutels)
        wat = inhoud.lees(verbinding, reeksen)
        uit.flush()
        os.fsync(uit.fileno())
        versie = verbinding.info.server_version
    return Manifest(bestand, nu, meter.grootte, meter.som.hexdigest(), sleutels.schrijver, versie, wat)


def _pg_dump(databank: Databank, momentopname: str, doel: _Meter, sleutels: Sleutels) -> None:
    argv = [programma("pg_dump"), "--format=custom", "--no-password", f"--snapshot={momentopname}"]
    argv += ["--lock-wait-timeout=30s", "--no-unlogged-table-data"]
    argv += [f"--exclude-table-data={naam}" for naam in inhoud.ZONDER_INHOUD]
    with tempfile.TemporaryFile() as klachten:
        proces = subprocess.Popen(
            argv, env=databank.omgeving(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=klachten
        )
        assert proces.stdout is not None
        with proces.stdout:
            try:
                versleutel(proces.stdout, doel, sleutels)  # type: ignore[arg-type]
            except BaseException:
                proces.kill()
                proces.wait()
                raise
        if proces.wait() != 0:
            klachten.seek(0)
            raise ReservekopieFout(f"pg_dump mislukte: {laatste_regel(klachten.read())}")


def _lees_terug(pad: Path, sleutels: Sleutels) -> None:
    """A backup that can't be read is none; better known today than on the day it is needed."""
    try:
        with pad.open("rb") as bron, Path(os.devnull).open("wb") as nergens:
            ontsleutel(bron, nergens, sleutels)
    except ReservekopieFout:
        pad.unlink()
        raise


def _ruim_op(map_: Path, bewaar: int) -> None:
    for pad in manifest.alle(map_)[:-bewaar]:
        # First what makes it count, so that no manifest is left without its file.
        pad.with_suffix(manifest.VAN_MANIFEST).unlink()
        pad.unlink()


def laatste_regel(uitvoer: bytes) -> str:
    """The last line with words that a program wrote, for under a message: psycopg points below it with a caret."""
    regels = [r.strip() for r in uitvoer.decode(errors="replace").splitlines() if any(map(str.isalpha, r))]
    return regels[-1][:300] if regels else "zonder melding"

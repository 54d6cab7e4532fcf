"""P23: with an archive of the WAL the database goes back to any second: to just before somebody deleted everything.

As docs/herstel.md tells an operator to do it, with the settings and the programs that stand there.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from ips_subsidie.lokaal import diensten
from ips_subsidie.lokaal.diensten import postgresql
from ips_subsidie.lokaal.processen import Stop
from tests.behoud.portaal import PROJECT, wacht_tot

pytestmark = pytest.mark.samen
RIJEN = 200


def verbind(contact: Path) -> psycopg.Connection:
    return psycopg.connect(host=str(contact), user="ips", dbname="ips", autocommit=True)


def als_server(plek: diensten._Plek, *argv: str | Path) -> None:
    """Run a program as who the server runs as: what it makes must be readable there."""
    wie = {} if plek.gebruiker is None else {"user": plek.gebruiker, "group": plek.gebruiker, "cwd": "/"}
    subprocess.run([*map(str, (*plek.voorvoegsel, *argv))], check=True, capture_output=True, **wie)


def test_terug_tot_een_seconde_voor_een_foute_delete(tmp_path: Path) -> None:
    (tmp_path / "oud").mkdir()
    (tmp_path / "nieuw").mkdir()
    oud, nieuw = diensten._plek(tmp_path / "oud"), diensten._plek(tmp_path / "nieuw")
    archief = oud.gegevens.parent / "archief"
    basis = oud.gegevens.parent / "basis"
    archiveer = f"mkdir -p {archief} && test ! -f {archief}/%f && cp %p {archief}/%f"
    extra = {"archive_mode": "on", "archive_command": archiveer, "wal_level": "replica"}
    with postgresql(tmp_path / "oud", Stop(), extra=extra), verbind(oud.contact) as verbinding:
        verbinding.execute("CREATE TABLE feit (id integer PRIMARY KEY)")
        begin = time.monotonic()
        als_server(
            oud, oud.programmas / "pg_basebackup", "-h", oud.contact, "-U", "ips", "-D", basis, "-X", "none",
            "--checkpoint=fast", "--no-sync",
        )  # fmt: skip
        kopie = time.monotonic() - begin
        for n in range(RIJEN):  # each one acknowledged
            verbinding.execute("INSERT INTO feit VALUES (%s)", [n])
        rij = verbinding.execute("SELECT clock_timestamp()").fetchone()
        assert rij is not None
        tot: datetime = rij[0]
        time.sleep(1)
        verbinding.execute("DELETE FROM feit")
        rij = verbinding.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
        assert rij is not None
        wacht_tot((archief / rij[0]).exists, 30, "het laatste stuk WAL staat in het archief")
        assert verbinding.execute("SELECT count(*) FROM feit").fetchone() == (0,)

    begin = time.monotonic()
    als_server(nieuw, shutil.which("cp") or "cp", "-a", basis, nieuw.gegevens)
    als_server(nieuw, shutil.which("touch") or "touch", nieuw.gegevens / "recovery.signal")
    herstel = {
        "restore_command": f"cp {archief}/%f %p",
        "recovery_target_time": tot.isoformat(sep=" "),
        "recovery_target_action": "promote",
        # Nobody comes in before it is all back.
        "hot_standby": "off",
    }
    with postgresql(tmp_path / "nieuw", Stop(), extra=herstel), verbind(nieuw.contact) as verbinding:
        print(f"basiskopie {kopie:.1f} s, terug {time.monotonic() - begin:.1f} s")
        assert verbinding.execute("SELECT count(*), max(id) FROM feit").fetchone() == (RIJEN, RIJEN - 1)
        verbinding.execute("INSERT INTO feit VALUES (%s)", [RIJEN])


def test_het_draaiboek_noemt_dezelfde_instellingen() -> None:
    """What was tried above is what stands in the runbook."""
    tekst = (PROJECT / "docs/herstel.md").read_text()
    for woord in (
        "archive_mode", "archive_command", "pg_basebackup", "recovery.signal", "restore_command",
        "recovery_target_time", "recovery_target_action",
    ):  # fmt: skip
        assert woord in tekst, woord

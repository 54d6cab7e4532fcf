"""The nightly reminders: 100,000 due of 1,000,000 trajecten, set by set, against the same row by row.

    .venv/bin/python -m pytest -n0 -s tests/prestaties/herinneringen.py

On a PostgreSQL of its own with fsync on; every measured step is a process of its own, whose memory is measured too.
IPS_TRAJECTEN=100000 does it smaller.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.prestaties.herinnerwerker import EEN_OP
from tests.prestaties.opstelling import PROJECT, Server, server

pytestmark = pytest.mark.prestaties
TRAJECTEN = int(os.environ.get("IPS_TRAJECTEN") or 1_000_000)
PER_RIJ = 2_000
MINSTE_VERHOUDING, MEESTE_MB = 50, 200


def draai(bij: Server, *opdracht: str) -> Any:
    """One process; what it found."""
    omgeving = bij.omgeving | {"IPS_BEHEER_URL": f"host={bij.contact} user=ips dbname=ips"}
    uit = subprocess.run(
        [sys.executable, "-m", "tests.prestaties.herinnerwerker", *opdracht], env=omgeving, cwd=PROJECT,
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return json.loads(uit.stdout.splitlines()[-1])


def test_de_nacht_van_een_miljoen_trajecten() -> None:
    with server() as bij:
        trajecten = draai(bij, "maak", str(TRAJECTEN))["trajecten"]
        los = draai(bij, "per_rij", str(PER_RIJ))
        samen = draai(bij, "herinner")
        aantal = TRAJECTEN / EEN_OP
        per_stuk, per_rij = samen["s"] / aantal, los["s"] / los["aantal"]
        print(
            f"\n{aantal:.0f} van {trajecten} trajecten, {samen['berichten']} berichten: {samen['s']:.1f} s, "
            f"opnieuw {samen['opnieuw_s']:.2f} s, uitzetten in {samen['mails']} mails {samen['uitzetten_s']:.1f} s\n"
            f"per stuk {per_stuk * 1e6:.0f} µs tegen {per_rij * 1e6:.0f} µs rij voor rij: "
            f"{per_rij / per_stuk:.0f} keer\n"
            f"geheugen van de werker {samen['mb']:.0f} MB (bij het begin {samen['begin_mb']:.0f} MB)",
            flush=True,
        )
        print(f"de pagina van wat er moet gebeuren, ms: {draai(bij, 'pagina')}")
        assert per_rij / per_stuk >= MINSTE_VERHOUDING
        assert samen["mb"] <= MEESTE_MB

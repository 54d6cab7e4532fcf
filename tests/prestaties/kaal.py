"""The bare SQL of a grant, run by pgbench: the statements of one grant with its number made a variable."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from ips_subsidie.lokaal.diensten import postgres_programmas
from tests.prestaties.opstelling import DATABANK

_UUID = re.compile(r"'([0-9a-f]{8})-?([0-9a-f]{4})-?(4[0-9a-f]{3})-?([89ab][0-9a-f]{3})-?([0-9a-f]{12})'")


def parametriseer(opdrachten: list[str], nummer: int, vast: set[str]) -> str:
    """A script of pgbench that does for dossier `:n` what these statements did for dossier `nummer`.

    Ids that were made on the way become ids of `:n`; those in `vast` (people, organisaties) stay. The number that the
    first INSERT returned goes where the statements used it.
    """
    nieuw: dict[str, str] = {}
    regels = ["\\set n :n + 1"]
    for opdracht in opdrachten:
        sql = " ".join(opdracht.split()).replace(str(nummer), ":n")
        for treffer in set(_UUID.findall(sql)):
            heel = "".join(treffer)
            if heel not in vast:
                kop = nieuw.setdefault(heel, f"{0xC0000000 + len(nieuw):08x}")
                sql = re.sub("-?".join(treffer), f"{kop}-0000-4000-8000-:n", sql)
        if sql.startswith("INSERT INTO handelingen_uitvoering"):
            regels.append(f"{sql} AS uitvoering \\gset")
            continue
        if sql.startswith('UPDATE "handelingen_uitvoering"'):
            sql = re.sub(r'("id" = )\d+', r"\1:uitvoering", sql)
        regels.append(f"{sql};")
    return "\n".join(regels) + "\n"


def als_script(opdrachten: list[str]) -> str:
    """A script of pgbench of statements that have `:n` already."""
    return "".join(f"{regel}\n" for regel in ["\\set n :n + 1", *(f"{sql};" for sql in opdrachten)])


def draai(contact: str, script: str, eerste: int, aantal: int, map_: Path) -> list[float]:
    """Milliseconds of each of `aantal` transactions, from dossier `eerste` on, by one client."""
    bestand = map_ / "script.sql"
    bestand.write_text(script, encoding="utf-8")
    for oud in map_.glob("tijd.*"):
        oud.unlink()
    argv = [
        postgres_programmas() / "pgbench", "--host", contact, "--username", "app", "--no-vacuum", "--client", "1",
        "--transactions", str(aantal), "--define", f"n={eerste - 1}", "--file", bestand, "--log",
        "--log-prefix", map_ / "tijd", DATABANK,
    ]  # fmt: skip
    klaar = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert klaar.returncode == 0, klaar.stderr
    regels = [regel.split() for log in map_.glob("tijd.*") for regel in log.read_text().splitlines()]
    assert len(regels) == aantal, klaar.stderr
    return [int(regel[2]) / 1000 for regel in regels]

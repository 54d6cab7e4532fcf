"""Scenarios in few words, and what playing them gives."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import tomlkit

from aanvragen.simuleren.scenario import lees_scenario
from aanvragen.simuleren.spelen import speel
from aanvragen.simuleren.uitkomsten import Uitkomst
from aanvragen.simuleren.wereld import maak_wereld
from ips_subsidie.kalender.dagen import AMSTERDAM

NIJMEGEN, ARNHEM = "0268", "0202"
CAP = f"cap_per_gemeente:{NIJMEGEN}"
_STANDAARD = {"route": "gemeente", "gemeente": NIJMEGEN, "doelgroep": "CMD"}


def gebeurtenis(wanneer: str, wat: str, aanvraag: str | None = None, **keuzes: Any) -> str:
    """One event: `wanneer` is "06-01 10:00" in 2019 and summer time, "2023-12-01 10:00" here, or a whole instant."""
    op = wanneer if "T" in wanneer else f"2019-{wanneer.replace(' ', 'T')}:00+02:00"
    if wanneer[:2] == "20" and "T" not in wanneer:
        op = datetime.fromisoformat(wanneer).replace(tzinfo=AMSTERDAM).isoformat()
    basis = dict(_STANDAARD) if wat == "indienen" else {}
    waarden = {"wat": wat} | ({"aanvraag": aanvraag} if aanvraag else {}) | basis | keuzes
    return f"[[gebeurtenis]]\nop = {op}\n{tomlkit.dumps(waarden)}"


def scenario(*gebeurtenissen: str, regeling: str = "IPS-CMD-2019", **parameters: Any) -> str:
    kop = f'regeling = "{regeling}"\n[parameters]\n{tomlkit.dumps(parameters)}\n'
    return kop + "\n".join(gebeurtenissen)


def uitkomsten(tekst: str, map_: Path = Path()) -> list[Uitkomst]:
    return list(speel(maak_wereld(lees_scenario(tekst, map_))))


def gespeeld(tekst: str, map_: Path = Path()) -> list[dict[str, Any]]:
    """The lines that the command would print."""
    return [json.loads(uitkomst.als_json()) for uitkomst in uitkomsten(tekst, map_)]


def kort(regels: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(r["wat"], r["aanvraag"], r["uitkomst"], *r["redenen"]) for r in regels]


def geld(regel: dict[str, Any]) -> list[int]:
    """Owed, invoiced, paid and reclaimed, in whole euros."""
    return [cent // 100 for cent in regel["geld"].values()]


def toegekend(aantal: int, dag: str = "06-01", **keuzes: Any) -> list[str]:
    """Submitted at 08:00 and granted at 08:30, before everything else."""
    namen = [f"EERDER-{n}" for n in range(1, aantal + 1)]
    return [
        *(gebeurtenis(f"{dag} 08:{n:02}", "indienen", naam, **keuzes) for n, naam in enumerate(namen)),
        *(gebeurtenis(f"{dag} 08:30", "toekennen", naam) for naam in namen),
    ]

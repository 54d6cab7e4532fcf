"""The days of a traject: start, last day, verlenging, stop. All days inclusive."""

from __future__ import annotations

from datetime import date

from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.kalender.termijnen import laatste_dag_na_maanden


def laatste_dag(start: date, maanden: int, verlengd: int = 0) -> date:
    """The last day of a traject from `start`, with the months it was extended by, contiguous (A-REG art. 1)."""
    return laatste_dag_na_maanden(start, maanden + verlengd)


def bezwaren_tegen_start(start: date, vroegste: date, op: date) -> list[Reden]:
    """A traject doesn't start before the dagtekening of the akkoord (U-17), nor in a future nobody knows."""
    if start < vroegste:
        return [
            Reden(
                "start_voor_akkoord",
                f"Het traject kan niet eerder starten dan de datum van het besluit: {vroegste:%d-%m-%Y}.",
                veld="startdatum",
            )
        ]
    if start > op:
        return [
            Reden(
                "start_in_toekomst",
                "Geef de start door op de dag zelf of daarna. Deze dag moet nog komen.",
                veld="startdatum",
            )
        ]
    return []


def bezwaren_tegen_verlenging(
    *,
    gestart: bool,
    gestopt: bool,
    laatste: date | None,
    op: date,
    al_verlengd: int,
    gevraagd: int,
    maximum: int,
) -> list[Reden]:
    """Every reason against a verlenging asked on day `op` (domain text, 4.6; T65 to T69)."""
    redenen = []
    if gestopt:
        redenen.append(Reden("traject_gestopt", "Het traject is gestopt. U kunt het niet meer verlengen."))
    elif not gestart or laatste is None:
        redenen.append(Reden("niet_gestart", "Het traject is nog niet gestart. Verlengen kan daarna."))
    elif op > laatste:
        redenen.append(
            Reden(
                "traject_afgelopen",
                "De laatste dag van het traject is voorbij. Er valt niets meer te verlengen.",
            )
        )
    if maximum == 0:
        redenen.append(Reden("geen_verlenging", "Deze regeling kent geen verlenging."))
    elif not 1 <= gevraagd <= maximum - al_verlengd:
        over = maximum - al_verlengd
        tekst = (
            f"Kies 1 tot en met {over} maanden: samen mag het niet meer dan {maximum} zijn."
            if over
            else f"Het traject is al {al_verlengd} maanden verlengd. Meer kan niet."
        )
        redenen.append(Reden("te_veel_maanden", tekst, veld="maanden"))
    return redenen

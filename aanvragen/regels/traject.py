"""The days of a traject: start, last day, verlenging, stop. All days inclusive."""

from __future__ import annotations

from datetime import date

from budget.regels.regeling import Regels
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.kalender.rekenen import laatste_dag_na_maanden


def laatste_dag(start: date, maanden: int, verlengd: int = 0) -> date:
    """The last day of a traject from `start`, with the months it was extended by, contiguous (A-REG art. 1)."""
    return laatste_dag_na_maanden(start, maanden + verlengd)


def vroegste_start(regels: Regels, dagtekening: date) -> date:
    """The first day on which a granted traject may have started.

    The dagtekening of the besluit (U-17), unless the regeling takes one that started before it (`start_vanaf`).
    """
    if regels.start_voor_besluit and regels.start_vanaf is not None:
        return min(regels.start_vanaf, dagtekening)
    return dagtekening


def bezwaren_tegen_start(start: date, vroegste: date, op: date, *, voor_besluit: bool = False) -> list[Reden]:
    """A traject doesn't start before `vroegste`, nor in a future nobody knows.

    `voor_besluit` says that `vroegste` is a day of the regeling and not that of the besluit (T59, T60, T64).
    """
    if start < vroegste:
        dag = "de eerste dag van de regeling" if voor_besluit else "de datum van het besluit"
        return [
            Reden(
                "start_te_vroeg" if voor_besluit else "start_voor_akkoord",
                f"Het traject kan niet eerder starten dan {dag}: {vroegste:%d-%m-%Y}.",
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


def afgelopen(*, laatste: date | None, gestopt: date | None, op: date) -> bool:
    """Is there nothing left of the traject on day `op`: was it stopped, or has its last day passed?"""
    return gestopt is not None or (laatste is not None and op > laatste)


def bezwaren_tegen_stop(*, gestopt_op: date, start: date, laatste: date, op: date) -> list[Reden]:
    """The day of an early end lies within the traject (T73), and not in the future.

    It may lie before the besluit, where the traject started before it (T62).
    """
    if not start <= gestopt_op <= laatste:
        tekst = f"Kies een dag van {start:%d-%m-%Y} tot en met {laatste:%d-%m-%Y}."
        return [Reden("stopdatum", tekst, veld="gestopt_op")]
    if gestopt_op > op:
        return [Reden("stopdatum", "Geef het stoppen door op de dag zelf of daarna.", veld="gestopt_op")]
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

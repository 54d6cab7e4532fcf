"""The vaststelling: what the subsidie comes to after the end, as pure decisions. Amounts in integer cents.

Sources: Awb 4:42 to 4:47; domain text, 4.9. The text of the regelingen on this is not known: what is computed here
is a proposal to an official, never a besluit.
"""

from __future__ import annotations

from datetime import date

from aanvragen.regels.traject import laatste_dag
from budget.regels.verdelen import verdeel
from ips_subsidie.handelingen.weigering import Reden


def dagen(van: date, tot_en_met: date) -> int:
    """The number of days, both inclusive; none when it ends before it begins."""
    return max((tot_en_met - van).days + 1, 0)


def naar_rato(verleend_cent: int, start: date, maanden: int, einde: date) -> int:
    """The part of the amount for the days from `start` to `einde`, both inclusive, rounded half up to a cent.

    Over the months that the amount was granted for: a verlenging brings no money (T70), and costs none.
    """
    gepland = dagen(start, laatste_dag(start, maanden))
    gedaan = min(dagen(start, einde), gepland)
    return (2 * verleend_cent * gedaan + gepland) // (2 * gepland)


def voorstel(
    *, verleend_cent: int, start: date | None, maanden: int, gestopt_op: date | None, verslag: bool
) -> int:
    """The amount to start from: whole after a whole traject, by days after a stop, nothing without a verslag.

    Marked as a proposal wherever it is shown: the official decides and says why.
    """
    if not verslag or start is None:
        return 0
    if gestopt_op is None:
        return verleend_cent
    return naar_rato(verleend_cent, start, maanden, gestopt_op)


def verdeling(bedrag_cent: int, *, rijk_cent: int, gemeente_cent: int) -> tuple[int, int]:
    """The amount over Rijk and gemeente as they were granted, exact to the cent, as the budget shares it."""
    gemeente, rijk = verdeel(bedrag_cent, [gemeente_cent, rijk_cent])
    return rijk, gemeente


def bezwaren_tegen_bedrag(bedrag_cent: int, verleend_cent: int, reden: str) -> list[Reden]:
    """A vaststelling is not higher than the verlening (Awb 4:46 lid 1); a lower one names its ground (lid 2)."""
    if bedrag_cent < 0 or bedrag_cent > verleend_cent:
        euros = f"{verleend_cent // 100:,}".replace(",", ".") + f",{verleend_cent % 100:02d}"
        tekst = f"Vul een bedrag in van 0 tot en met € {euros}. Meer is er niet verleend."
        return [Reden("bedrag", tekst, veld="bedrag_cent")]
    if bedrag_cent < verleend_cent and not reden:
        tekst = "Kies waarom u de subsidie lager vaststelt (artikel 4:46, tweede lid, van de Awb)."
        return [Reden("reden", tekst, veld="reden")]
    return []


def eist_nieuw_voornemen(bedrag_cent: int, verleend_cent: int, voorgenomen_cent: int | None) -> bool:
    """Lower than granted is only decided after the instelling could speak about that amount or a lower one."""
    if bedrag_cent >= verleend_cent:
        return False
    return voorgenomen_cent is None or bedrag_cent < voorgenomen_cent

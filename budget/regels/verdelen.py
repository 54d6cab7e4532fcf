"""Splitting an amount exactly: integer cents in, integer cents out, together the whole."""

from __future__ import annotations

from collections.abc import Sequence


def verdeel(bedrag_cent: int, gewichten: Sequence[int]) -> list[int]:
    """The parts of an amount in proportion to `gewichten`, to the cent: they add up to `bedrag_cent`.

    What is left after rounding down goes, a cent each, to the largest remainders; of equals the first. No part is
    larger than its weight as long as the amount is no larger than all weights together. Raises ValueError without a
    positive weight, or for a negative amount.
    """
    totaal = sum(gewichten)
    if totaal <= 0 or min(gewichten) < 0 or bedrag_cent < 0:
        raise ValueError("verdelen kan alleen over positieve gewichten")
    delen = [bedrag_cent * gewicht // totaal for gewicht in gewichten]
    resten = [bedrag_cent * gewicht % totaal for gewicht in gewichten]
    volgorde = sorted(range(len(gewichten)), key=lambda plek: (-resten[plek], plek))
    for plek in volgorde[: bedrag_cent - sum(delen)]:
        delen[plek] += 1
    return delen

"""What a regeling file itself marks as unsure: example amounts, and what a source leaves in doubt."""

from __future__ import annotations

from budget.regels.regeling import Regelinginhoud


def kanttekeningen(inhoud: Regelinginhoud) -> list[str]:
    """A sentence for each amount that is an example and each tijdvak that is in doubt, for who manages the regeling."""
    potten = inhoud.potten
    uit = [
        f"De bedragen van de route “{route.naam}” zijn voorbeelden. De bron noemt ze niet."
        for route in inhoud.routes
        if route.voorbeeldbedragen
    ]
    if potten.voorbeeldbedragen:
        uit.append("De plafonds zijn voorbeelden. De bron noemt ze niet precies.")
    else:
        uit += [
            f"Het plafond van het tijdvak {code} is een voorbeeld. De bron noemt het niet precies."
            for code, grens in potten.tijdvak.items()
            if grens.voorbeeldbedragen
        ]
    for tijdvak in inhoud.tijdvakken:
        if tijdvak.twijfel:
            bron = f" Bron: {tijdvak.bron}." if tijdvak.bron else ""
            uit.append(f"Tijdvak {tijdvak.code}: {tijdvak.twijfel}{bron}")
    return uit

"""What can be asked for as an aanvulling: only what the form of this version asks, each point by its code.

A point is the name of a field, `bijlage:<code>` of a document, or the handtekening. What the form never asked may be
asked too, but stands apart: it can't cost the aanvraag its rank (ABRvS 29-5-2013, ECLI:NL:RVS:2013:CA1381).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aanvragen.regels.volledigheid import ONDERDELEN, VERVOLG_SITUATIE, Onderdeel, niet_gevraagd, velden_van
from budget.regels.regeling import Regelinginhoud

HANDTEKENING = "handtekening"
_BIJLAGE = "bijlage:"
# These lie fast once the aanvraag was sent: another answer is another aanvraag.
LIGT_VAST = frozenset({"bsn", "gemeente_id", "doelgroep", "route"})


@dataclass(frozen=True)
class Punt:
    """One thing that the form asks, and the onderdeel where it is mended; None for the handtekening."""

    code: str
    onderdeel: Onderdeel | None
    tekst: str


def punten_van(inhoud: Regelinginhoud, route: str, woorden: dict[str, str]) -> list[Punt]:
    """All that this version of the form asks, in its order. `woorden` gives what a field is called."""
    punten = [
        Punt(veld, onderdeel, _zin(woorden.get(veld, veld)))
        for onderdeel in Onderdeel
        for veld in _velden(onderdeel, inhoud)
        if veld not in LIGT_VAST
    ]
    punten += [
        Punt(f"{_BIJLAGE}{document.code}", Onderdeel.BIJLAGEN, document.naam)
        for document in inhoud.documenten_van(route)
    ]
    if inhoud.regels.handtekening:
        punten.append(Punt(HANDTEKENING, None, "Handtekening van de deelnemer"))
    return punten


def _velden(onderdeel: Onderdeel, inhoud: Regelinginhoud) -> Iterable[str]:
    yield from velden_van(onderdeel, inhoud)
    niet = niet_gevraagd(inhoud)
    if onderdeel is Onderdeel.SITUATIE:
        for veld in VERVOLG_SITUATIE:
            hangt_aan = "uitkering" if veld == "werkzoekend_ingeschreven" else "werk"
            gevraagd = inhoud.regels.inschrijving_werkzoekend or veld != "werkzoekend_ingeschreven"
            if gevraagd and hangt_aan not in niet:
                yield veld
    if onderdeel is Onderdeel.BEHANDELING and "begonnen_in" not in niet:
        yield "langer_toelichting"


def gekozen(punten: Iterable[Punt], codes: Iterable[str]) -> list[Punt]:
    """The points with these codes, in the order of the form; an unknown code is left out."""
    keuze = set(codes)
    return [punt for punt in punten if punt.code in keuze]


def te_herstellen(punten: Iterable[Punt]) -> frozenset[Onderdeel]:
    """The onderdelen in which something is to be mended."""
    return frozenset(punt.onderdeel for punt in punten if punt.onderdeel is not None)


def per_onderdeel(punten: Iterable[Punt]) -> list[tuple[str, list[Punt]]]:
    """The points under the title of their onderdeel; the handtekening last, by itself."""
    groepen: dict[str, list[Punt]] = {}
    for punt in punten:
        titel = ONDERDELEN[punt.onderdeel].titel if punt.onderdeel is not None else "Ondertekenen"
        groepen.setdefault(titel, []).append(punt)
    return list(groepen.items())


def _zin(woorden: str) -> str:
    return woorden[:1].upper() + woorden[1:]

"""The pots in words and numbers: limit, granted, held, free, and how far beyond the limit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from budget.models import Pot, PotSoort
from budget.regels.regeling import Regelinginhoud
from ips_subsidie.vormgeving.templatetags.opmaak import euro, getal


@dataclass(frozen=True)
class Ruimte:
    """Of one pot, in trajecten or in cents: `vast` is held for somebody. No `grens`: no limit."""

    grens: int | None
    verleend: int
    vast: int = 0

    @property
    def vrij(self) -> int | None:
        """What nobody was granted or holds; none, never less, where more was granted than the limit."""
        return None if self.grens is None else max(0, self.grens - self.verleend - self.vast)

    @property
    def boven(self) -> int:
        """How much more was given than the limit: after a gegrond bezwaar, or before the limit was lowered."""
        return 0 if self.grens is None else max(0, self.verleend + self.vast - self.grens)


@dataclass(frozen=True)
class Potstand:
    naam: str
    trajecten: Ruimte
    cent: Ruimte
    uitzonderingen: int

    @classmethod
    def van(cls, pot: Pot, naam: str) -> Potstand:
        return cls(
            naam,
            Ruimte(pot.grens_trajecten, pot.verleend_trajecten, pot.gereserveerd_trajecten),
            Ruimte(pot.grens_cent, pot.verleend_cent, pot.gereserveerd_cent),
            pot.uitzondering_trajecten,
        )

    @property
    def begrensd(self) -> bool:
        return self.trajecten.grens is not None or self.cent.grens is not None


def potnaam(pot: Pot, inhoud: Regelinginhoud) -> str:
    """What people call this pot: Hele regeling, a route, a gemeente; with its tijdvak where it is for one."""
    if pot.soort == PotSoort.TOTAAL:
        naam = "Hele regeling"
    elif pot.soort == PotSoort.ROUTE:
        naam = next((route.naam for route in inhoud.routes if route.code == pot.route), pot.route)
    else:
        naam = pot.gemeente.naam if pot.gemeente is not None else "Elke gemeente"
    return f"{naam}, tijdvak {pot.periode}" if pot.periode else naam


def per_tijdvak(potten: Iterable[Pot]) -> list[Potstand]:
    """The pots that hold for one tijdvak as a whole and have a limit."""
    standen = [Potstand.van(p, p.periode) for p in potten if p.soort == PotSoort.TOTAAL and p.periode]
    return [stand for stand in standen if stand.begrensd]


def boven_de_grens(potten: Iterable[Pot], inhoud: Regelinginhoud) -> list[Potstand]:
    """Every pot that more was taken of than its limit of now, to say so by name."""
    standen = (Potstand.van(p, potnaam(p, inhoud)) for p in potten if not _is_patroon(p))
    return [stand for stand in standen if stand.trajecten.boven or stand.cent.boven]


def verlaagd_op(pot: Pot | None) -> datetime | None:
    """Since when a lower limit holds, where those received before it keep a higher one (Awb 4:27)."""
    if pot is None or (pot.hoogste_trajecten, pot.hoogste_cent) == (pot.grens_trajecten, pot.grens_cent):
        return None  # never lowered, or raised again since
    return pot.verlaagd_op


def ruimte_in_woorden(ruimte: Ruimte, toon: Callable[[int | None], str]) -> str:
    """What is left of it: "12 van 20 vrij", "2 boven de grens van 20", "geen grens"."""
    if ruimte.grens is None:
        return "geen grens"
    if ruimte.boven:
        return f"{toon(ruimte.boven)} boven de grens van {toon(ruimte.grens)}"
    return f"{toon(ruimte.vrij)} van {toon(ruimte.grens)} vrij"


def boven_in_woorden(stand: Potstand) -> str:
    """By how much this pot is beyond its limit, and why that can be."""
    delen = []
    if stand.trajecten.boven:
        delen.append(_zoveel_van(stand.trajecten, getal, "trajecten"))
    if stand.cent.boven:
        delen.append(_zoveel_van(stand.cent, euro, ""))
    return f"{stand.naam}: {' en '.join(delen)}. {_waarom(stand)}"


def _zoveel_van(ruimte: Ruimte, toon: Callable[[int | None], str], wat: str) -> str:
    zoveel = " ".join(deel for deel in (toon(ruimte.verleend + ruimte.vast), wat) if deel)
    return (
        f"{zoveel} vergeven bij een grens van {toon(ruimte.grens)}, dus {toon(ruimte.boven)} boven de grens"
    )


def _waarom(stand: Potstand) -> str:
    if not stand.uitzonderingen:
        return (
            "De grens is verlaagd. Wie zijn aanvraag daarvoor al had gedaan, valt nog onder de hogere grens van toen "
            "(artikel 4:27 van de Awb)."
        )
    na_bezwaar = (
        f"{getal(stand.uitzonderingen)} daarvan {'is' if stand.uitzonderingen == 1 else 'zijn'} toegekend"
    )
    uitleg = f"{na_bezwaar} na een gegrond bezwaar (artikel 4:25, derde lid, van de Awb)."
    if stand.trajecten.boven > stand.uitzonderingen:
        uitleg += " Voor de andere geldt nog de hogere grens van toen de aanvraag binnenkwam (artikel 4:27 van de Awb)."
    return uitleg


def _is_patroon(pot: Pot) -> bool:
    return pot.soort == PotSoort.GEMEENTE and pot.gemeente_id is None

"""The limits of a regeling as people know them: what each is called, what it is, what was given out under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from budget.models import Pot, PotSoort, RegelingVersie
from budget.regels.regeling import Regelinginhoud
from budget.regels.wijzigen import SUB_PLAFOND
from ips_subsidie.vormgeving.templatetags.opmaak import euro, getal


@dataclass(frozen=True)
class Grens:
    """One limit that can be changed. `code` is its name in the regeling; amounts are cents where `in_geld`.

    `vergeven` was granted or is held, of which a lower limit must leave `minstens`: what a gegrond bezwaar gave beyond
    the limit isn't counted. For the cap these are of the gemeente with most, named in `waar`.
    """

    code: str
    naam: str
    nu: int | None
    vergeven: int
    minstens: int
    in_geld: bool = False
    waar: str = ""

    def toon(self, aantal: int | None) -> str:
        if aantal is None:
            return "geen grens"
        return euro(aantal) if self.in_geld else getal(aantal)

    @property
    def al_vergeven(self) -> str:
        """What a lower limit must leave, as the start of a sentence."""
        if self.in_geld:
            return f"Er is al {self.toon(self.minstens)} toegekend of vastgehouden"
        if self.minstens == 1:
            return "Er is al 1 traject toegekend of vastgehouden"
        return f"Er zijn al {self.toon(self.minstens)} trajecten toegekend of vastgehouden"

    @property
    def stand(self) -> str:
        """The limit of now and what was given out, in one sentence."""
        over = f" ({self.waar})" if self.waar else ""
        return f"Nu: {self.toon(self.nu)}. Toegekend of vastgehouden: {self.toon(self.vergeven)}{over}."


def grenzen_van(potten: Iterable[Pot], inhoud: Regelinginhoud) -> list[Grens]:
    """The limits of the whole regeling, in the order of the page. Those of one tijdvak change with the text."""
    alle = [p for p in potten if not p.periode]
    grenzen = []
    for pot in alle:
        if pot.soort == PotSoort.TOTAAL:
            grenzen += [_in_trajecten(pot, "plafond_trajecten", "Plafond in trajecten"), _in_geld(pot)]
    for route in inhoud.routes:
        grenzen += [
            _in_trajecten(pot, f"{SUB_PLAFOND}{route.code}", f"Deelplafond {route.naam}")
            for pot in alle
            if pot.soort == PotSoort.ROUTE and pot.route == route.code
        ]
    patroon = next((p for p in alle if p.soort == PotSoort.GEMEENTE and p.gemeente_id is None), None)
    return grenzen if patroon is None else [*grenzen, _cap(patroon, alle)]


def _in_trajecten(pot: Pot, code: str, naam: str) -> Grens:
    vergeven = pot.verleend_trajecten + pot.gereserveerd_trajecten
    return Grens(code, naam, pot.grens_trajecten, vergeven, vergeven - pot.uitzondering_trajecten)


def _in_geld(pot: Pot) -> Grens:
    vergeven = pot.verleend_cent + pot.gereserveerd_cent
    return Grens(
        "plafond_bedrag_cent", "Plafond in geld van het Rijk", pot.grens_cent, vergeven,
        vergeven - pot.uitzondering_cent, in_geld=True,
    )  # fmt: skip


def _cap(patroon: Pot, alle: list[Pot]) -> Grens:
    gemeenten = [_in_trajecten(p, "", str(p.gemeente)) for p in alle if p.gemeente_id is not None]
    volste = max(gemeenten, key=lambda g: g.minstens, default=None)
    return Grens(
        "cap_per_gemeente",
        "Grens per gemeente",
        patroon.grens_trajecten,
        volste.vergeven if volste else 0,
        volste.minstens if volste else 0,
        waar=f"de meeste in {volste.naam}" if volste and volste.vergeven else "",
    )


@dataclass(frozen=True)
class Wijziging:
    """One version of a regeling, and in words what it changed of the limits."""

    versie: RegelingVersie
    wat: list[str]


def met_wat_er_veranderde(versies: list[RegelingVersie], inhoud: Regelinginhoud) -> list[Wijziging]:
    """Each of these versions, newest first, against the one after it in the list; the last is there to compare with."""
    return [
        Wijziging(versie, _verschil(_per_pot(vorige), _per_pot(versie), inhoud))
        for versie, vorige in pairwise(versies)
    ]


def eerste_versie(versie: RegelingVersie, inhoud: Regelinginhoud) -> Wijziging:
    """The first version changed nothing: it set the limits."""
    return Wijziging(versie, _verschil({}, _per_pot(versie), inhoud))


_PLAFOND = {"trajecten": "Plafond in trajecten", "cent": "Plafond in geld van het Rijk"}
_Sleutel = tuple[str, str, str, str]


def _per_pot(versie: RegelingVersie) -> dict[_Sleutel, int]:
    """Every limit of this version, by kind, tijdvak, route and unit; without one there is no entry."""
    return {
        (rij["soort"], rij["periode"], rij["route"], eenheid): rij[eenheid]
        for rij in versie.grenzen
        for eenheid in ("trajecten", "cent")
        if rij[eenheid] is not None
    }


def _verschil(was: dict[_Sleutel, int], wordt: dict[_Sleutel, int], inhoud: Regelinginhoud) -> list[str]:
    """What differs, in words; where there were no limits at all just what they are."""
    zinnen = []
    for sleutel in [*wordt, *(s for s in was if s not in wordt)]:
        oud, nieuw = was.get(sleutel), wordt.get(sleutel)
        if oud != nieuw:
            toon: Any = euro if sleutel[3] == "cent" else getal
            van = "geen grens" if oud is None else toon(oud)
            naar = "geen grens" if nieuw is None else toon(nieuw)
            zinnen.append(f"{_naam(sleutel, inhoud)}: {f'{van} wordt {naar}' if was else naar}")
    return zinnen


def _naam(sleutel: _Sleutel, inhoud: Regelinginhoud) -> str:
    soort, periode, route, eenheid = sleutel
    namen = {r.code: r.naam for r in inhoud.routes}
    naam = {
        PotSoort.TOTAAL.value: _PLAFOND[eenheid],
        PotSoort.ROUTE.value: f"Deelplafond {namen.get(route, route)}",
        PotSoort.GEMEENTE.value: "Grens per gemeente",
    }[soort]
    return f"{naam}, tijdvak {periode}" if periode else naam

"""Invented people. The BSNs lie in a range that is kept for tests, and pass the elfproef."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_EERSTE_TESTNUMMER = 999_990_000

_LETTERS = [f"{letter}." for letter in "ABCDEFGHIJKLMNPRSTWY"]
_ACHTERNAMEN = (
    "Aarts", "Achterberg", "Ait Messaoud", "Baptista", "van den Berg", "Bleeker", "Bosman", "Brouwers", "Cetin",
    "van Dalen", "Demir", "Derksen", "Dinç", "Elbers", "van Elst", "Fernandes", "Frederiks", "Gerritsen",
    "Groothuis", "El Hamdaoui", "ten Have", "Heijnen", "Hofstede", "Jacobs", "de Jager", "Kaya", "Kersten",
    "Kowalski", "Kuiper", "van Lier", "Lamers", "Loeffen", "Martina", "Meeuwsen", "van der Meulen", "Nguyen",
    "Noordman", "Özdemir", "Oosterhuis", "Peeters", "van de Pol", "Quist", "Ramdin", "Rutten", "Schoenmakers",
    "Slangen", "Sowieja", "Tesfaye", "Thijssen", "Tuinstra", "van Uden", "Verbeek", "Vermeer", "Visscher",
    "Wanders", "Wieringa", "Willemsen", "Yılmaz", "van Zanten", "Zijlstra",
)  # fmt: skip
_STRATEN = (
    "Beukenlaan", "Dorpsstraat", "Eikenhof", "Fabrieksweg", "Graanstraat", "Havenkade", "Kastanjeplein",
    "Lindestraat", "Molenweg", "Nieuwe Markt", "Parkzicht", "Ringdijk", "Schoolpad", "Torenstraat", "Veldweg",
)  # fmt: skip


@dataclass(frozen=True)
class Persoon:
    bsn: str
    voorletters: str
    achternaam: str
    geboortedatum: date
    adres: str
    postcode: str


def elfproef(bsn: str) -> bool:
    gewichten = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(cijfer) * gewicht for cijfer, gewicht in zip(bsn, gewichten, strict=True)) % 11 == 0


def personen(toeval: random.Random, vanaf: int = _EERSTE_TESTNUMMER) -> Iterator[Persoon]:
    """One after another, each with a BSN and a name of its own; the same ones at every run.

    `vanaf` is the first number that may be a BSN; all from 999900000 on are kept for tests.
    """
    namen = list(_ACHTERNAMEN)
    toeval.shuffle(namen)
    bsns = (f"{nummer}" for nummer in range(vanaf, 1_000_000_000) if elfproef(f"{nummer}"))
    for volgnummer, bsn in enumerate(bsns):
        ronde = volgnummer // len(namen)
        voorletters = "".join(toeval.sample(_LETTERS, k=1 + (volgnummer + ronde) % 3))
        yield Persoon(
            bsn=bsn,
            voorletters=voorletters,
            achternaam=namen[volgnummer % len(namen)],
            geboortedatum=date(toeval.randint(1957, 1999), toeval.randint(1, 12), toeval.randint(1, 28)),
            adres=f"{toeval.choice(_STRATEN)} {toeval.randint(1, 180)}",
            # Postcodes that no letter can be sent to.
            postcode=f"{toeval.randint(1, 9)}999 {toeval.choice('XZ')}{toeval.choice('XZ')}",
        )

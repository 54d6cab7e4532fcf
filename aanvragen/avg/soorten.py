"""The words in which the register speaks: kinds of data, processings, how long a thing is kept and how it goes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from ips_subsidie.logboek.verwerkingen import Verwerking as Code


class Soort(StrEnum):
    """What a field holds. The value is the name under which a table of the register lists it."""

    PERSOON = "persoon"
    GEZONDHEID = "gezondheid"
    BSN = "bsn"
    TEKST = "tekst"
    INHOUD = "inhoud"
    VERLOOP = "verloop"
    MEDEWERKER = "medewerker"
    ORGANISATIE = "organisatie"
    GELD = "geld"
    GEHEIM = "geheim"
    STAM = "stam"
    TECHNIEK = "techniek"

    @property
    def in_woorden(self) -> str:
        return _WOORDEN[self]

    @property
    def over_de_deelnemer(self) -> bool:
        """May the value itself be about the deelnemer, so that it goes when the dossier is destroyed?"""
        return self in (Soort.PERSOON, Soort.GEZONDHEID, Soort.BSN, Soort.TEKST, Soort.INHOUD)


_WOORDEN = {
    Soort.PERSOON: "persoonsgegeven van de deelnemer",
    Soort.GEZONDHEID: "gezondheidsgegeven van de deelnemer",
    Soort.BSN: "burgerservicenummer",
    Soort.TEKST: "vrije tekst over het dossier",
    Soort.INHOUD: "inhoud van een brief of bestand",
    Soort.VERLOOP: "stand en dagen van het dossier",
    Soort.MEDEWERKER: "gegeven van een medewerker",
    Soort.ORGANISATIE: "gegeven van een organisatie",
    Soort.GELD: "bedrag of betaling",
    Soort.GEHEIM: "geheim om mee in te loggen",
    Soort.STAM: "algemeen gegeven",
    Soort.TECHNIEK: "nummer of verwijzing",
}


class Weg(StrEnum):
    """What happens to the rows of a table when the term of their dossier has passed."""

    RIJ = "de rij wordt verwijderd"
    LEEG = "wat over de deelnemer gaat wordt gewist, de rij blijft om te tellen"
    BLIJFT = "blijft"
    VERLOOPT = "verdwijnt vanzelf als de rij niet meer nodig is"


class Zicht(StrEnum):
    """Which parties of the dossier see the rows, and so may give them to the deelnemer."""

    ALLEN = "allen"
    INSTELLING = "instelling"
    BEHANDELING = "behandeling"
    BEOORDELING = "beoordeling"
    GEMEENTE = "gemeente"
    BIJLAGE = "bijlage"
    BRIEF = "brief"
    GESPREK = "gesprek"
    NIEMAND = "niemand"


@dataclass(frozen=True)
class Verwerking:
    """A processing (AVG art. 30): for what, on which ground, and who receives the data."""

    code: str
    doel: str
    grond: str
    ontvangers: str


@dataclass(frozen=True)
class Bewaartermijn:
    """How long the rows of this class are kept, in words that the page for the deelnemer shows as they are."""

    code: str
    tekst: str
    grond: str


_RE_INTEGRATIE = (
    "AVG art. 6 lid 1 e; UAVG art. 30 lid 1 b (re-integratie van wie een uitkering heeft), voor anderen uitdrukkelijke "
    "toestemming (AVG art. 9 lid 2 a)"
)
_BSN = "BSN: Wabb art. 10 tot en met 12, UAVG art. 46"
_PARTIJEN = "de ggz-instelling, UWV, en de gemeente waar de regeling haar nodig heeft"
_TAAK = "AVG art. 6 lid 1 e"

# Under the codes that the lines of the logboek carry.
VERWERKINGEN: dict[Code, Verwerking] = {
    code: Verwerking(code.value, code.label, grond, ontvangers)
    for code, grond, ontvangers in (
        (Code.AANVRAAG, f"{_RE_INTEGRATIE}; {_BSN}", _PARTIJEN),
        (Code.TOELEIDING, f"{_RE_INTEGRATIE}; {_BSN}", "de gemeente en de ggz-instelling"),
        (Code.TRAJECT, _RE_INTEGRATIE, _PARTIJEN),
        (
            Code.BEZWAAR,
            "AVG art. 6 lid 1 c en e; Awb hoofdstuk 4, 6 en 7",
            "de ggz-instelling en wie over de aanvraag beslist",
        ),
        (
            Code.BETALING,
            "AVG art. 6 lid 1 c en e; Awb titel 4.2; Comptabiliteitswet 2016",
            "UWV, de gemeente, de ggz-instelling en de bank; er gaan geen namen van deelnemers mee",
        ),
        (
            Code.OVERLEG,
            _TAAK,
            "de deelnemende gemeenten en ggz-instellingen; over een dossier alleen het kenmerk",
        ),
        (Code.CONTACT, _RE_INTEGRATIE, "de partijen die het bericht noemt"),
        (Code.REGELING, f"{_TAAK}; Awb titel 4.2", "UWV en het ministerie"),
        (
            Code.TOEGANG,
            "AVG art. 6 lid 1 e en art. 32",
            "de beheerder van de eigen organisatie en het beheer van het portaal",
        ),
        (Code.BEHEER, _TAAK, "het beheer van het portaal"),
        (
            Code.TOEZICHT,
            "AVG art. 5 lid 2 en art. 32; NEN 7513",
            "wie het logboek beoordeelt en, op verzoek, de deelnemer",
        ),
        (Code.RECHTEN, "AVG art. 15 tot en met 18; Archiefwet 1995 art. 3 en 5", "de deelnemer zelf"),
    )
}


class Termijnen(Enum):
    DOSSIER = Bewaartermijn(
        "dossier",
        "Tot zoveel jaar na het einde van het dossier als de regeling zegt; langer zolang er een bezwaar, beroep of "
        "betaling loopt",
        "Archiefwet 1995 art. 3 en 5; de regeling",
    )
    LOGBOEK = Bewaartermijn(
        "logboek", "Blijft als bewijs van wat er is gebeurd; er staat geen naam en geen BSN in", "NEN 7513"
    )
    ACCOUNT = Bewaartermijn(
        "account",
        "Zolang iemand in het portaal werkt; daarna als naam bij wat die deed",
        "Archiefwet 1995 art. 3",
    )
    KORT = Bewaartermijn("kort", "Tot het verlopen is", "AVG art. 5 lid 1 e")
    BLIJVEND = Bewaartermijn(
        "blijvend", "Blijft: er staat niets in over een deelnemer", "Comptabiliteitswet 2016"
    )

"""The parts that letters are made of: who writes to whom, about whom, and what one can do against it."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from ips_subsidie.brieven.opmaak import datum_voluit, euro, tijdstip


def als_json(naam: str, waarde: Any) -> Any:
    """Turn one field into what a template prints; templates do no formatting of their own."""
    if naam.endswith("_cent"):
        return None if waarde is None else euro(waarde)
    if isinstance(waarde, Gegevens):
        return waarde.naar_json()
    if isinstance(waarde, datetime):
        return tijdstip(waarde)
    if isinstance(waarde, date):
        return datum_voluit(waarde)
    if isinstance(waarde, tuple):
        return [als_json("", deel) for deel in waarde]
    if waarde is None or isinstance(waarde, str | int):
        return waarde
    raise TypeError(f"{naam}: {type(waarde).__name__} kan niet in een brief")


@dataclass(frozen=True, kw_only=True)
class Gegevens:
    """Base: a field `bedrag_cent` becomes the key `bedrag` ("€ 8.000,00"), dates become Dutch words."""

    def naar_json(self) -> dict[str, Any]:
        """Give the display-ready values, by field name."""
        return {
            veld.name.removesuffix("_cent"): als_json(veld.name, getattr(self, veld.name))
            for veld in fields(self)
        }


@dataclass(frozen=True, kw_only=True)
class Partij(Gegevens):
    """A sender or an addressee: the name and the lines below it, as they stand on an envelope."""

    naam: str
    regels: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Deelnemer(Gegevens):
    """The client. `bsn` is printed as given: the caller masks it."""

    naam: str
    geboortedatum: date
    bsn: str
    woongemeente: str


@dataclass(frozen=True, kw_only=True)
class Deelbedrag(Gegevens):
    """Who pays which part of the subsidy."""

    betaler: str
    bedrag_cent: int
    toelichting: str = ""


@dataclass(frozen=True, kw_only=True)
class Grond(Gegevens):
    """A coded ground of a refusal or withdrawal, with the article it rests on."""

    code: str
    tekst: str
    bron: str


@dataclass(frozen=True, kw_only=True)
class Bezwaar(Gegevens):
    """The refusal that a verlening replaces, and the beslissing op bezwaar that found the bezwaar gegrond."""

    afgewezen_op: date
    gegrond_op: date
    kenmerk: str


@dataclass(frozen=True, kw_only=True)
class Ondertekening(Gegevens):
    """Who decided. `namens` is the organ, `lijnen` the rest of the mandate formula (Awb 10:10)."""

    namens: str
    naam: str
    functie: str
    lijnen: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rechtsmiddelen(Gegevens):
    """Where and until when bezwaar can be made (Awb 3:45), or `beroep`. The caller computes the last day."""

    laatste_dag: date
    bezwaar_bij: Partij
    rechtbank: str = "de rechtbank in uw regio"
    digitaal: str = ""
    beroep: bool = False


@dataclass(frozen=True, kw_only=True)
class Rij(Gegevens):
    """A question of a form and its answer; an empty answer is printed as "Niet ingevuld"."""

    vraag: str
    antwoord: str


@dataclass(frozen=True, kw_only=True)
class Sectie(Gegevens):
    """A part of a form."""

    titel: str
    rijen: tuple[Rij, ...]


@dataclass(frozen=True, kw_only=True)
class Bijlage(Gegevens):
    """A file that was sent along; the sha256 proves which one."""

    naam: str
    soort: str
    sha256: str

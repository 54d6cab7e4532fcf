"""What each letter needs. One frozen dataclass per template; `naar_json()` gives what it prints.

Amounts are whole cents, days are `date`, instants are aware `datetime`. Legal terms (last days) are
computed by the caller: a letter prints what was decided and decides nothing itself.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from ips_subsidie.brieven.bouwstenen import (
    Bezwaar,
    Bijlage,
    Deelbedrag,
    Deelnemer,
    Gegevens,
    Grond,
    Ondertekening,
    Partij,
    Rechtsmiddelen,
    Rij,
    Sectie,
)
from ips_subsidie.brieven.opmaak import aantal, datum_met_dag, euro

__all__ = [
    "AanvraagKopie",
    "Aanvulling",
    "Afwijzing",
    "Besluit",
    "Bezwaar",
    "Bijlage",
    "Brief",
    "BuitenBehandeling",
    "Deelbedrag",
    "Deelnemer",
    "Grond",
    "Intrekking",
    "Ondertekening",
    "Ontvangstbevestiging",
    "Partij",
    "Rechtsmiddelen",
    "Rij",
    "Sectie",
    "Toestemmingsverklaring",
    "VerlengingAfgewezen",
    "VerlengingToegekend",
    "Verlening",
]


@dataclass(frozen=True, kw_only=True)
class Brief(Gegevens):
    """The head of every letter.

    `datum` is the date on the letter and inside the PDF. `regeling` is its citation title with its
    place in the Staatscourant. `contact` is one line: where the reader can ask. `laatste_dagen` names the
    fields that are the last day of a term: people read those with the day of the week.
    """

    sjabloon: ClassVar[str]
    laatste_dagen: ClassVar[tuple[str, ...]] = ()

    afzender: Partij
    geadresseerde: Partij
    kenmerk: str
    datum: date
    regeling: str
    deelnemer: Deelnemer
    uw_kenmerk: str = ""
    behandeld_door: str = ""
    contact: str = ""

    def naar_json(self) -> dict[str, Any]:
        """Add the weekday to each last day; one that there isn't is an empty text."""
        dagen = {naam: getattr(self, naam) for naam in self.laatste_dagen}
        return super().naar_json() | {naam: datum_met_dag(dag) if dag else "" for naam, dag in dagen.items()}


@dataclass(frozen=True, kw_only=True)
class Besluit(Brief):
    """What every beschikking holds: grondslag, motivering (Awb 3:46) and rechtsmiddelen (Awb 3:45).

    `motivering` is plain text; an empty line starts a new paragraph.
    """

    aanvraag_ontvangen_op: date
    grondslag: tuple[str, ...]
    motivering: str
    ondertekening: Ondertekening
    rechtsmiddelen: Rechtsmiddelen

    def __post_init__(self) -> None:
        """Refuse a besluit that the law does not allow."""
        if not self.motivering.strip():
            raise ValueError("een besluit heeft een motivering nodig (Awb 3:46)")
        if not self.grondslag:
            raise ValueError("een besluit heeft een grondslag nodig")
        if self.rechtsmiddelen.laatste_dag <= self.datum:
            raise ValueError("de laatste dag voor bezwaar ligt na de datum van het besluit")

    def naar_json(self) -> dict[str, Any]:
        """Add the weekday to the last day of the bezwaartermijn."""
        laatste_dag = datum_met_dag(self.rechtsmiddelen.laatste_dag)
        return super().naar_json() | {
            "rechtsmiddelen": self.rechtsmiddelen.naar_json() | {"laatste_dag": laatste_dag}
        }


def _met_gronden(gronden: tuple[Grond, ...]) -> None:
    if not gronden:
        raise ValueError("een weigering of intrekking heeft minstens één grond")


@dataclass(frozen=True, kw_only=True)
class Verlening(Besluit):
    """Subsidieverlening. The parts must add up to the amount, and the term is in the besluit itself.

    `startregel` says from when the months count. With `startdatum` and `laatste_dag` known, the letter
    names them too. `toestemming` cites the gemeente's declaration on the gemeente route. With `bezwaar` it takes
    the place of a refusal.
    """

    sjabloon: ClassVar[str] = "verlening"

    route: str
    activiteit: str
    bedrag_cent: int
    verdeling: tuple[Deelbedrag, ...]
    startregel: str
    verplichtingen: tuple[str, ...]
    uitvoeringstermijn_maanden: int = 24
    verlenging_maanden: int = 12
    startdatum: date | None = None
    laatste_dag: date | None = None
    betaling: str = ""
    toestemming: str = ""
    bezwaar: Bezwaar | None = None

    def __post_init__(self) -> None:
        """Check the sum, to the cent, and the order of the dates."""
        super().__post_init__()
        if any(deel.bedrag_cent < 0 for deel in self.verdeling):
            raise ValueError("een deelbedrag is niet negatief")
        if sum(deel.bedrag_cent for deel in self.verdeling) != self.bedrag_cent or self.bedrag_cent <= 0:
            raise ValueError("de verdeling telt niet op tot het bedrag")
        if (self.startdatum is None) != (self.laatste_dag is None):
            raise ValueError("startdatum en laatste dag horen bij elkaar")
        if self.startdatum and self.laatste_dag and self.laatste_dag <= self.startdatum:
            raise ValueError("de laatste dag ligt na de startdatum")
        if not self.verplichtingen:
            raise ValueError("een verlening noemt de verplichtingen (Awb 4:37)")
        if self.bezwaar and not self.bezwaar.afgewezen_op <= self.bezwaar.gegrond_op <= self.datum:
            raise ValueError("eerst de afwijzing, dan het bezwaar, dan de verlening")

    def naar_json(self) -> dict[str, Any]:
        """Write the terms out."""
        verlenging = aantal(self.verlenging_maanden, "maand", "maanden") if self.verlenging_maanden else ""
        return super().naar_json() | {
            "uitvoeringstermijn": aantal(self.uitvoeringstermijn_maanden, "maand", "maanden"),
            "verlenging": verlenging,
        }


@dataclass(frozen=True, kw_only=True)
class Afwijzing(Besluit):
    """Refusal, with every ground that applies."""

    sjabloon: ClassVar[str] = "afwijzing"

    gronden: tuple[Grond, ...]
    vervolg: str = ""

    def __post_init__(self) -> None:
        """A refusal without a ground is none."""
        super().__post_init__()
        _met_gronden(self.gronden)


@dataclass(frozen=True, kw_only=True)
class BuitenBehandeling(Besluit):
    """The aanvraag is not treated, for want of data (Awb 4:5)."""

    sjabloon: ClassVar[str] = "buiten_behandeling"

    aanvulling_gevraagd_op: date
    hersteltermijn_tot: date
    ontbrekend: tuple[str, ...]
    aangevuld_op: date | None = None
    opnieuw_indienen_tot: date | None = None

    def __post_init__(self) -> None:
        """Only after an aanvulling or after its term has passed, and only for something that is missing."""
        super().__post_init__()
        if not self.ontbrekend:
            raise ValueError("noem wat er ontbreekt")
        if self.aanvulling_gevraagd_op >= self.hersteltermijn_tot:
            raise ValueError("de hersteltermijn moet zijn gegeven (Awb 4:5, eerste lid)")
        if self.aangevuld_op is None and self.hersteltermijn_tot >= self.datum:
            raise ValueError("de hersteltermijn moet voorbij zijn of benut (Awb 4:5, vierde lid)")


@dataclass(frozen=True, kw_only=True)
class VerlengingToegekend(Besluit):
    """A longer traject. By default without more money."""

    sjabloon: ClassVar[str] = "verlenging_toegekend"

    besluit_kenmerk: str
    startdatum: date
    oude_laatste_dag: date
    nieuwe_laatste_dag: date
    maanden: int
    extra_bedrag_cent: int = 0

    def __post_init__(self) -> None:
        """The new end comes after the old one."""
        super().__post_init__()
        if not self.startdatum < self.oude_laatste_dag < self.nieuwe_laatste_dag or self.maanden < 1:
            raise ValueError("de nieuwe laatste dag ligt na de oude")

    def naar_json(self) -> dict[str, Any]:
        """Write the months out; no extra money is an empty text."""
        return super().naar_json() | {
            "maanden": aantal(self.maanden, "maand", "maanden"),
            "extra_bedrag": euro(self.extra_bedrag_cent) if self.extra_bedrag_cent else "",
        }


@dataclass(frozen=True, kw_only=True)
class VerlengingAfgewezen(Besluit):
    """No longer traject: it ends on the day it had."""

    sjabloon: ClassVar[str] = "verlenging_afgewezen"

    besluit_kenmerk: str
    laatste_dag: date
    gronden: tuple[Grond, ...]

    def __post_init__(self) -> None:
        """A refusal without a ground is none."""
        super().__post_init__()
        _met_gronden(self.gronden)


@dataclass(frozen=True, kw_only=True)
class Intrekking(Besluit):
    """Withdrawal of the verlening before vaststelling (Awb 4:48).

    It works back to the moment of the verlening unless `werkt_vanaf` names a later day (4:48 lid 2).
    """

    sjabloon: ClassVar[str] = "intrekking"

    besluit_kenmerk: str
    besluit_datum: date
    bedrag_cent: int
    gronden: tuple[Grond, ...]
    werkt_vanaf: date | None = None
    betaald_cent: int = 0
    terug_te_betalen_cent: int = 0
    zienswijze: str = ""

    def __post_init__(self) -> None:
        """One cannot ask back more than was paid."""
        super().__post_init__()
        _met_gronden(self.gronden)
        if not 0 <= self.terug_te_betalen_cent <= self.betaald_cent:
            raise ValueError("terug te betalen is ten hoogste wat betaald is")

    def naar_json(self) -> dict[str, Any]:
        """An amount of nothing is an empty text."""
        return super().naar_json() | {
            "betaald": euro(self.betaald_cent) if self.betaald_cent else "",
            "terug_te_betalen": euro(self.terug_te_betalen_cent) if self.terug_te_betalen_cent else "",
        }


@dataclass(frozen=True, kw_only=True)
class Aanvulling(Brief):
    """Request to complete the aanvraag within the hersteltermijn (Awb 4:5, 4:15). No besluit."""

    sjabloon: ClassVar[str] = "aanvulling"
    laatste_dagen: ClassVar[tuple[str, ...]] = ("uiterste_dag",)

    aanvraag_ontvangen_op: date
    ontbrekend: tuple[str, ...]
    uiterste_dag: date
    ondertekening: Ondertekening
    toelichting: str = ""

    def __post_init__(self) -> None:
        """There is something to send, and time to do it."""
        if not self.ontbrekend:
            raise ValueError("noem wat er ontbreekt")
        if self.uiterste_dag <= self.datum:
            raise ValueError("de uiterste dag ligt na de datum van de brief")


@dataclass(frozen=True, kw_only=True)
class Ontvangstbevestiging(Brief):
    """Confirms receipt (Awb 4:3a) and names the last day of the beslistermijn."""

    sjabloon: ClassVar[str] = "ontvangstbevestiging"
    laatste_dagen: ClassVar[tuple[str, ...]] = ("beslissen_voor",)

    ontvangen_op: datetime
    beslissen_voor: date


@dataclass(frozen=True, kw_only=True)
class AanvraagKopie(Brief):
    """What was sent in, to the letter, with the instant of receipt. `geadresseerde` is the aanvrager."""

    sjabloon: ClassVar[str] = "aanvraag_kopie"

    ontvangen_op: datetime
    ingediend_door: str
    secties: tuple[Sectie, ...]
    bijlagen: tuple[Bijlage, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Toestemmingsverklaring(Brief):
    """The gemeente agrees to the traject and to paying its share.

    `geadresseerde` is the ggz-instelling. `verband` is the organisation that acts for the gemeente.
    `nummer` is which of the `hoogste_aantal` places of the gemeente this is, None when not yet known.
    """

    sjabloon: ClassVar[str] = "toestemmingsverklaring"

    gemeente: str
    instelling: str
    uitkering: str
    ondertekening: Ondertekening
    bedrag_cent: int = 400_000
    verband: str = ""
    verklaringen: tuple[str, ...] = ()
    nummer: int | None = None
    hoogste_aantal: int = 5
    geldig_tot: date | None = None

    def __post_init__(self) -> None:
        """A commitment is an amount."""
        if self.bedrag_cent <= 0:
            raise ValueError("de gemeente zegt een bedrag toe")
        if self.nummer is not None and self.nummer < 1:
            raise ValueError("het nummer begint bij 1")

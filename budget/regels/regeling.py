"""What a regeling says, as values. Code never asks which regeling it is, only what the regeling says.

Amounts are integer cents incl. btw, dates inclusive, durations in months. Made from a TOML file by `inlezen`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ips_subsidie.kalender.dagen import datum_van


class RangBasis(StrEnum):
    EERSTE_ONTVANGST = "eerste_ontvangst"
    VOLLEDIG_ONTVANGST = "volledig_ontvangst"


class NietPassend(StrEnum):
    OVERSLAAN = "overslaan"
    STOPPEN = "stoppen"


class GelijkeRang(StrEnum):
    """When two are received alike: at the same microsecond, or on the same day. Then a loting decides."""

    TIJDSTIP = "tijdstip"
    LOTING = "loting"


class Vrijval(StrEnum):
    """The events that may free a granted place again."""

    INGETROKKEN_VOOR_START = "ingetrokken_voor_start"
    INGETROKKEN_MET_TERUGWERKENDE_KRACHT = "ingetrokken_met_terugwerkende_kracht"
    GEGROND_BEZWAAR_DERDE = "gegrond_bezwaar_derde"


class DubbelTraject(StrEnum):
    BLOKKEER = "blokkeer"
    WAARSCHUW = "waarschuw"


class Toets(StrEnum):
    """How deep the decider looks at an aanvraag of a route."""

    INHOUDELIJK = "inhoudelijk"
    ADMINISTRATIEF = "administratief"


@dataclass(frozen=True)
class Tijdvak:
    """The days on which an aanvraag can be received, both inclusive, as days in Europe/Amsterdam."""

    code: str
    van: date
    tot_en_met: date

    def bevat(self, moment: datetime) -> bool:
        return self.van <= datum_van(moment) <= self.tot_en_met


@dataclass(frozen=True)
class Doelgroep:
    code: str
    naam: str
    maanden: int
    verlenging_max_maanden: int


@dataclass(frozen=True)
class Controle:
    """One question of the reviewer's checklist; `grond` is the refusal ground when the answer is no."""

    code: str
    vraag: str
    toets: Toets
    grond: str


@dataclass(frozen=True)
class Route:
    code: str
    naam: str
    voor: str
    toets: Toets
    toestemming: bool
    rijk_cent: int
    gemeente_cent: int
    uitkeringen: tuple[str, ...]
    controles: tuple[Controle, ...]

    @property
    def bedrag_cent(self) -> int:
        return self.rijk_cent + self.gemeente_cent


@dataclass(frozen=True)
class Grond:
    """A ground for refusal: its public sentence and its legal source."""

    code: str
    tekst: str
    bron: str


@dataclass(frozen=True)
class Document:
    code: str
    naam: str
    verplicht: bool
    routes: tuple[str, ...]


@dataclass(frozen=True)
class Tijdvakgrenzen:
    """What one tijdvak may give out, beside what the whole regeling may; None is no limit."""

    plafond_trajecten: int | None
    plafond_bedrag_cent: int | None
    cap_per_gemeente: int | None


@dataclass(frozen=True)
class Potten:
    """What there is to give out over all tijdvakken; None is no limit. The cap counts the granted trajecten of
    `cap_telt_routes`. `tijdvak` holds the limits of one tijdvak, by its code.
    """

    plafond_trajecten: int | None
    plafond_bedrag_cent: int | None
    sub_plafond: dict[str, int]
    cap_per_gemeente: int | None
    cap_telt_routes: tuple[str, ...]
    tijdvak: dict[str, Tijdvakgrenzen]


@dataclass(frozen=True)
class Termijnen:
    beslistermijn_weken: int
    hersteltermijn_dagen: int
    behandeling_max_maanden: int
    bezwaartermijn_weken: int


@dataclass(frozen=True)
class Herinneringen:
    """How many days before the last day a reminder goes out; after how many days of waiting one goes out."""

    beslistermijn: tuple[int, ...]
    hersteltermijn: tuple[int, ...]
    einde_tijdvak: tuple[int, ...]
    einde_traject: tuple[int, ...]
    wachten_op_toestemming: tuple[int, ...]


@dataclass(frozen=True)
class Instantie:
    """Who decides and where bezwaar goes, as the letters name them."""

    beslisser: str
    bezwaar_adres: tuple[str, ...]
    mandaat: str


@dataclass(frozen=True)
class Regels:
    """The switches; each a judgement that officials can change without a release (domain text, section 3)."""

    rang_basis: RangBasis
    gelijke_rang: GelijkeRang
    niet_passend_beleid: NietPassend
    vrijval_bij: frozenset[Vrijval]
    aanvulling_na_sluiting: bool
    dubbel_traject: DubbelTraject
    geen_dienstverband: bool
    start_voor_besluit: bool
    toestemming_volgnummer: bool


@dataclass(frozen=True)
class Regelinginhoud:
    """One version of a regeling, whole."""

    code: str
    naam: str
    korte_naam: str
    grondslag: str
    uitleg: str
    voor_wie: str
    tijdvakken: tuple[Tijdvak, ...]
    doelgroepen: tuple[Doelgroep, ...]
    routes: tuple[Route, ...]
    gronden: tuple[Grond, ...]
    documenten: tuple[Document, ...]
    verplichtingen: tuple[str, ...]
    potten: Potten
    termijnen: Termijnen
    herinneringen: Herinneringen
    instantie: Instantie
    regels: Regels

    def route(self, code: str) -> Route:
        return next(r for r in self.routes if r.code == code)

    def doelgroep(self, code: str) -> Doelgroep:
        return next(d for d in self.doelgroepen if d.code == code)

    def grond(self, code: str) -> Grond:
        return next(g for g in self.gronden if g.code == code)

    def tijdvak_van(self, moment: datetime) -> Tijdvak | None:
        """The tijdvak in which something received at `moment` falls (ontvangsttheorie, A-REG art. 1)."""
        return next((t for t in self.tijdvakken if t.bevat(moment)), None)

    def tijdvak_voor(self, moment: datetime) -> Tijdvak:
        """The tijdvak from whose pots something received at `moment` is paid: after a storing the last that began."""
        begonnen = [t for t in self.tijdvakken if t.van <= datum_van(moment)]
        return self.tijdvak_van(moment) or max(begonnen or self.tijdvakken, key=lambda t: t.van)

    def documenten_van(self, route: str) -> tuple[Document, ...]:
        return tuple(d for d in self.documenten if not d.routes or route in d.routes)

    def route_bij_uitkering(self, uitkering: str) -> Route | None:
        """The one route for this uitkering; None when several or none fit, so that a person must choose."""
        passend = [r for r in self.routes if uitkering in r.uitkeringen]
        return passend[0] if len(passend) == 1 else None

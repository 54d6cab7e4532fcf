"""What a regeling says, as values. Code never asks which regeling it is, only what the regeling says.

Amounts are integer cents incl. btw, dates inclusive, durations in months. Made from a TOML file by `inlezen`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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


class CapBijFusie(StrEnum):
    """After a merger: does the cap count what the old gemeenten had together, or has each its own?"""

    SOM = "som"
    PER_OUDE_GEMEENTE = "per_oude_gemeente"


class Vrijval(StrEnum):
    """The events that may free a granted place again."""

    INGETROKKEN_VOOR_START = "ingetrokken_voor_start"
    INGETROKKEN_MET_TERUGWERKENDE_KRACHT = "ingetrokken_met_terugwerkende_kracht"
    GEGROND_BEZWAAR_DERDE = "gegrond_bezwaar_derde"


class DubbelTraject(StrEnum):
    BLOKKEER = "blokkeer"
    WAARSCHUW = "waarschuw"


class Beslisser(StrEnum):
    """The party that receives, treats and decides the aanvragen of a route."""

    UWV = "uwv"
    GEMEENTE = "gemeente"


class Mijlpaal(StrEnum):
    """What makes a betaalmoment fall due."""

    VERLENING = "verlening"
    INKOOPORDER = "inkooporder"
    START = "start"
    VASTSTELLING = "vaststelling"


class Toets(StrEnum):
    """How deep the decider looks at an aanvraag of a route."""

    INHOUDELIJK = "inhoudelijk"
    ADMINISTRATIEF = "administratief"


@dataclass(frozen=True)
class Tijdvak:
    """The days on which an aanvraag can be received, both inclusive, as days in Europe/Amsterdam.

    Before `gepubliceerd_op` it opens nothing. `twijfel` says what its source leaves unsure, for who manages it.
    """

    code: str
    van: date
    tot_en_met: date
    gepubliceerd_op: date | None = None
    bron: str = ""
    twijfel: str = ""

    def bevat(self, moment: datetime) -> bool:
        return self.begint <= datum_van(moment) <= self.tot_en_met

    @property
    def begint(self) -> date:
        """The first day on which it is open: not before it was published."""
        return max(self.van, self.gepubliceerd_op or self.van)


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
class Bedrag:
    """What one traject costs, in integer cents incl. btw: the part of the Rijk and that of the gemeente."""

    rijk_cent: int
    gemeente_cent: int

    @property
    def bedrag_cent(self) -> int:
        return self.rijk_cent + self.gemeente_cent


@dataclass(frozen=True)
class Route:
    """One way of applying. `beslisser` receives, treats and decides; with `budget_vragen` the gemeente asks UWV for
    budget before it decides; with `inkooporder` UWV places an order before the instelling may invoice.

    `rijk_cent` and `gemeente_cent` hold for a doelgroep that has no amount of its own in `bedragen`.
    """

    code: str
    naam: str
    voor: str
    toets: Toets
    toestemming: bool
    rijk_cent: int
    gemeente_cent: int
    uitkeringen: tuple[str, ...]
    controles: tuple[Controle, ...]
    beslisser: Beslisser = Beslisser.UWV
    budget_vragen: bool = False
    inkooporder: bool = False
    bedragen: Mapping[str, Bedrag] = field(default_factory=dict)
    voorbeeldbedragen: bool = False

    def bedrag_voor(self, doelgroep: str) -> Bedrag:
        """What a traject for this doelgroep costs."""
        return self.bedragen.get(doelgroep) or Bedrag(self.rijk_cent, self.gemeente_cent)

    @property
    def gemeente_beslist(self) -> bool:
        return self.beslisser is Beslisser.GEMEENTE


@dataclass(frozen=True)
class Betaalmoment:
    """A part of the amount, in percents of the whole, that falls due at a mijlpaal."""

    code: str
    naam: str
    bij: Mijlpaal
    procent: int


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
    voorbeeldbedragen: bool = False


@dataclass(frozen=True)
class Potten:
    """What there is to give out over all tijdvakken; None is no limit. The cap counts the granted trajecten of
    `cap_telt_routes`. `tijdvak` holds the limits of one tijdvak, by its code. With `voorbeeldbedragen` the amounts
    are examples: their source is not known.
    """

    plafond_trajecten: int | None
    plafond_bedrag_cent: int | None
    sub_plafond: dict[str, int]
    cap_per_gemeente: int | None
    cap_telt_routes: tuple[str, ...]
    tijdvak: dict[str, Tijdvakgrenzen]
    voorbeeldbedragen: bool = False


@dataclass(frozen=True)
class Termijnen:
    """`behandeling_max_maanden` of None: how long somebody has been in treatment doesn't matter."""

    beslistermijn_weken: int
    hersteltermijn_dagen: int
    behandeling_max_maanden: int | None
    bezwaartermijn_weken: int
    reservering_geldig_dagen: int
    verslag_weken: int
    vaststelling_weken: int
    zienswijze_dagen: int
    betaaltermijn_dagen: int


@dataclass(frozen=True)
class Herinneringen:
    """How many days before the last day a reminder goes out; after how many days of waiting one goes out."""

    beslistermijn: tuple[int, ...]
    hersteltermijn: tuple[int, ...]
    einde_tijdvak: tuple[int, ...]
    einde_traject: tuple[int, ...]
    wachten_op_toestemming: tuple[int, ...]
    stopbericht: tuple[int, ...]
    verslag: tuple[int, ...]
    reservering: tuple[int, ...]


@dataclass(frozen=True)
class Instantie:
    """Who decides and where bezwaar goes, as the letters name them.

    `mandaat` is the mandaatgever in whose name the beslisser signs (Awb 10:10), empty where there is none.
    """

    beslisser: str
    bezwaar_adres: tuple[str, ...]
    mandaat: str


@dataclass(frozen=True)
class Regels:
    """The switches; each a judgement that officials can change without a release (domain text, section 3).

    `erkenning`: only an instelling that is on the quality list on the day of receipt. `handtekening`: the deelnemer
    signs the aanvraag. `sggz`: the treatment is in the specialistische ggz. `start_vanaf` is the first day on which
    a traject may have started; one that started before the besluit is taken until `retro_indienen_tot` inclusive.
    """

    rang_basis: RangBasis
    gelijke_rang: GelijkeRang
    niet_passend_beleid: NietPassend
    cap_bij_fusie: CapBijFusie
    vrijval_bij: frozenset[Vrijval]
    aanvulling_na_sluiting: bool
    dubbel_traject: DubbelTraject
    geen_dienstverband: bool
    start_voor_besluit: bool
    toestemming_volgnummer: bool
    ander_traject: DubbelTraject
    erkenning: bool
    handtekening: bool
    sggz: bool
    inschrijving_werkzoekend: bool
    start_vanaf: date | None
    retro_indienen_tot: date | None


@dataclass(frozen=True)
class Regelinginhoud:
    """One version of a regeling, whole. A dossier is kept for `bewaartermijn_jaren` after it (Archiefwet 3, 5)."""

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
    betaalmomenten: tuple[Betaalmoment, ...]
    potten: Potten
    termijnen: Termijnen
    herinneringen: Herinneringen
    instantie: Instantie
    regels: Regels
    bewaartermijn_jaren: int

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
        begonnen = [t for t in self.tijdvakken if t.begint <= datum_van(moment)]
        return self.tijdvak_van(moment) or max(begonnen or self.tijdvakken, key=lambda t: t.van)

    def documenten_van(self, route: str) -> tuple[Document, ...]:
        return tuple(d for d in self.documenten if not d.routes or route in d.routes)

    def route_bij_uitkering(self, uitkering: str) -> Route | None:
        """The one route for this uitkering; None when several or none fit, so that a person must choose."""
        passend = [r for r in self.routes if uitkering in r.uitkeringen]
        return passend[0] if len(passend) == 1 else None

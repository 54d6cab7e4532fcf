"""What the letters of the end of a traject need. As in `gegevens`: one frozen dataclass per template."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from ips_subsidie.brieven.bouwstenen import Deelbedrag, Grond, Ondertekening, Sectie
from ips_subsidie.brieven.gegevens import Besluit, Brief
from ips_subsidie.brieven.opmaak import euro


@dataclass(frozen=True, kw_only=True)
class Stopbericht(Brief):
    """A traject ended early: deel 1 of the instelling, deel 2 of the gemeente that confirms it to UWV.

    `door` is who sent this part. `reden` is a choice from a list; `toelichting` may be empty.
    """

    sjabloon: ClassVar[str] = "stopbericht"

    deel: int
    instelling: str
    besluit_kenmerk: str
    laatste_dag_traject: date
    reden: str
    gemeld_op: datetime
    door: str
    toelichting: str = ""
    bevestigd_op: datetime | None = None

    def __post_init__(self) -> None:
        """Deel 2 is the confirmation of deel 1."""
        if (self.deel, self.bevestigd_op is not None) not in ((1, False), (2, True)):
            raise ValueError("een stopbericht heeft deel 1, en deel 2 met een bevestiging")


@dataclass(frozen=True, kw_only=True)
class Verslagverzoek(Brief):
    """Asks for the beëindigingsverslag; with `eerder_gevraagd_op` for the second time (Awb 4:44 lid 3)."""

    sjabloon: ClassVar[str] = "verslag_verzoek"
    laatste_dagen: ClassVar[tuple[str, ...]] = ("uiterste_dag",)

    laatste_dag_traject: date
    uiterste_dag: date
    ondertekening: Ondertekening
    gestopt: bool = False
    eerder_gevraagd_op: date | None = None

    def __post_init__(self) -> None:
        """There is time to send it."""
        if self.uiterste_dag <= self.datum:
            raise ValueError("de uiterste dag ligt na de datum van de brief")


@dataclass(frozen=True, kw_only=True)
class Verslagkopie(Brief):
    """The beëindigingsverslag as it was sent, to the letter, with the instant of receipt."""

    sjabloon: ClassVar[str] = "verslag_kopie"

    ontvangen_op: datetime
    ingediend_door: str
    secties: tuple[Sectie, ...]


@dataclass(frozen=True, kw_only=True)
class VoornemenLager(Brief):
    """We intend to set the subsidie lower: the reader may give a zienswijze first (Awb 4:8). No besluit."""

    sjabloon: ClassVar[str] = "voornemen_lager"
    laatste_dagen: ClassVar[tuple[str, ...]] = ("zienswijze_tot",)

    verleend_cent: int
    voorgenomen_cent: int
    gronden: tuple[Grond, ...]
    motivering: str
    zienswijze_tot: date
    ondertekening: Ondertekening

    def __post_init__(self) -> None:
        """Lower than it was, for a reason, and with time to answer."""
        if not 0 <= self.voorgenomen_cent < self.verleend_cent:
            raise ValueError("een voornemen is lager dan wat is verleend")
        if not self.gronden or not self.motivering.strip():
            raise ValueError("een voornemen heeft een grond en een motivering")
        if self.zienswijze_tot <= self.datum:
            raise ValueError("de laatste dag voor een zienswijze ligt na de datum van de brief")


@dataclass(frozen=True, kw_only=True)
class Vaststelling(Besluit):
    """What the subsidie comes to (Awb 4:42): as it was verleend, lower (4:46) or ambtshalve (4:47).

    The parts add up to the amount. `terug_te_betalen_cent` is what was paid beyond it.
    """

    sjabloon: ClassVar[str] = "vaststelling"

    besluit_kenmerk: str
    besluit_datum: date
    startdatum: date
    laatste_dag_traject: date
    verleend_cent: int
    vastgesteld_cent: int
    verdeling: tuple[Deelbedrag, ...]
    gronden: tuple[Grond, ...] = ()
    ambtshalve: bool = False
    zienswijze: str = ""
    betaald_cent: int = 0
    terug_te_betalen_cent: int = 0

    def __post_init__(self) -> None:
        """Never more than was verleend, and lower only for a reason."""
        super().__post_init__()
        if not 0 <= self.vastgesteld_cent <= self.verleend_cent:
            raise ValueError("een vaststelling ligt tussen nul en het verleende bedrag")
        if sum(deel.bedrag_cent for deel in self.verdeling) != self.vastgesteld_cent:
            raise ValueError("de verdeling telt niet op tot het bedrag")
        if self.vastgesteld_cent < self.verleend_cent and not self.gronden:
            raise ValueError("een lagere vaststelling heeft minstens één grond")
        if not 0 <= self.terug_te_betalen_cent <= self.betaald_cent:
            raise ValueError("terug te betalen is ten hoogste wat betaald is")
        if self.laatste_dag_traject < self.startdatum:
            raise ValueError("het einde ligt niet voor het begin")

    def naar_json(self) -> dict[str, Any]:
        """What is paid, still to come and to pay back; an amount of nothing is an empty text."""
        nog = max(self.vastgesteld_cent - (self.betaald_cent - self.terug_te_betalen_cent), 0)
        bedragen = {
            "betaald": self.betaald_cent, "terug_te_betalen": self.terug_te_betalen_cent, "nog_te_betalen": nog,
        }  # fmt: skip
        return super().naar_json() | {
            "lager": self.vastgesteld_cent < self.verleend_cent,
            **{naam: euro(cent) if cent else "" for naam, cent in bedragen.items()},
        }

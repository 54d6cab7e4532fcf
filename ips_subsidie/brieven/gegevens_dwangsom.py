"""What the letters of a besluit that comes too late need, and of a withdrawal. One frozen dataclass per template."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from ips_subsidie.brieven.bouwstenen import Gegevens, Grond, Ondertekening
from ips_subsidie.brieven.gegevens import Besluit, Brief
from ips_subsidie.brieven.opmaak import euro


@dataclass(frozen=True, kw_only=True)
class IngebrekestellingOntvangen(Brief):
    """An ingebrekestelling came in (Awb 4:17 lid 4, 4:3a): what it means. No besluit.

    `waarover` completes “een besluit over …”. Without `uiterlijk_beslissen` it came too early, while there was time
    until `termijn_tot`; with it the dwangsom begins the day after, on `eerste_dag`. `toelichting` is what the reader
    wrote, to the letter.
    """

    sjabloon: ClassVar[str] = "ingebrekestelling"
    laatste_dagen: ClassVar[tuple[str, ...]] = ("uiterlijk_beslissen",)

    waarover: str
    ontvangen_op: date
    termijn_tot: date
    stappen: tuple[str, ...]
    ondertekening: Ondertekening
    opgeschort: bool = False
    uiterlijk_beslissen: date | None = None
    eerste_dag: date | None = None
    hoogstens_cent: int = 0
    toelichting: str = ""

    def __post_init__(self) -> None:
        """Too early, or with the days that follow."""
        if (self.uiterlijk_beslissen is None) != (self.eerste_dag is None):
            raise ValueError("een dwangsom heeft een eerste dag, en daarvoor een laatste dag om te beslissen")
        te_vroeg = self.opgeschort or self.ontvangen_op <= self.termijn_tot
        if te_vroeg == (self.eerste_dag is not None):
            raise ValueError("een ingebrekestelling is te vroeg, of er volgt een dwangsom op")


@dataclass(frozen=True, kw_only=True)
class Dagbedrag(Gegevens):
    """So many days of so much."""

    dagen: int
    per_dag_cent: int
    samen_cent: int


@dataclass(frozen=True, kw_only=True)
class Dwangsom(Besluit):
    """What is owed for deciding too late, or that nothing is (Awb 4:17, 4:18).

    The `dagbedragen` add up to the amount and the days. Nothing is owed only for a reason (`gronden`).
    """

    sjabloon: ClassVar[str] = "dwangsom"
    laatste_dagen: ClassVar[tuple[str, ...]] = ("betalen_uiterlijk",)

    waarover: str
    termijn_tot: date
    ingebrekestelling_op: date
    eerste_dag: date
    bedrag_cent: int
    dagen: int
    dagbedragen: tuple[Dagbedrag, ...] = ()
    laatste_dag: date | None = None
    beslist_op: date | None = None
    betalen_uiterlijk: date | None = None
    gronden: tuple[Grond, ...] = ()

    def __post_init__(self) -> None:
        """The sum is right, and nothing is owed only for a reason."""
        super().__post_init__()
        samen = sum(deel.samen_cent for deel in self.dagbedragen)
        aantal = sum(deel.dagen for deel in self.dagbedragen)
        if (samen, aantal) != (self.bedrag_cent, self.dagen):
            raise ValueError("de dagen tellen niet op tot het bedrag")
        if any(deel.dagen * deel.per_dag_cent != deel.samen_cent for deel in self.dagbedragen):
            raise ValueError("een dagbedrag keer de dagen is wat het samen is")
        if bool(self.bedrag_cent) == bool(self.gronden):
            raise ValueError("er is een dwangsom verschuldigd, of een grond waarom niet")
        if bool(self.bedrag_cent) != (self.betalen_uiterlijk is not None and self.laatste_dag is not None):
            raise ValueError("een dwangsom heeft een laatste dag en een betaaltermijn")

    def naar_json(self) -> dict[str, Any]:
        """An amount of nothing is an empty text."""
        return super().naar_json() | {"bedrag": euro(self.bedrag_cent) if self.bedrag_cent else ""}


@dataclass(frozen=True, kw_only=True)
class VoornemenIntrekken(Brief):
    """We intend to withdraw the verlening: the reader may give a zienswijze first (Awb 4:8, 4:48). No besluit."""

    sjabloon: ClassVar[str] = "voornemen_intrekking"
    laatste_dagen: ClassVar[tuple[str, ...]] = ("zienswijze_tot",)

    besluit_kenmerk: str
    besluit_datum: date
    verleend_cent: int
    gronden: tuple[Grond, ...]
    motivering: str
    zienswijze_tot: date
    ondertekening: Ondertekening

    def __post_init__(self) -> None:
        """For a reason, and with time to answer."""
        if not self.gronden or not self.motivering.strip():
            raise ValueError("een voornemen heeft een grond en een motivering")
        if self.zienswijze_tot <= self.datum:
            raise ValueError("de laatste dag voor een zienswijze ligt na de datum van de brief")


@dataclass(frozen=True, kw_only=True)
class Zienswijzekopie(Brief):
    """A zienswijze as it was sent, to the letter, with the instant of receipt (Awb 2:17).

    `waarover` names the voornemen.
    """

    sjabloon: ClassVar[str] = "zienswijze_kopie"

    waarover: str
    ontvangen_op: datetime
    ingediend_door: str
    zienswijze: str

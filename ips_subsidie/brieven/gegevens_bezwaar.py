"""What the letters in a bezwaar need. As in `gegevens`: one frozen dataclass per template."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from ips_subsidie.brieven.bouwstenen import Bijlage, Ondertekening
from ips_subsidie.brieven.gegevens import Besluit, Brief


@dataclass(frozen=True, kw_only=True)
class Bezwaarbrief(Brief):
    """Names the bezwaar and what it is against: `besluit` reads "de afwijzing". The reader is who made the bezwaar.

    With `met_deelnemer` the letter says about whom it is; to an outsider it does not.
    """

    bezwaar_kenmerk: str
    besluit: str
    besluit_datum: date
    bezwaar_ontvangen_op: date
    met_deelnemer: bool = True


@dataclass(frozen=True, kw_only=True)
class BezwaarOntvangst(Bezwaarbrief):
    """Confirms receipt (Awb 6:14), says by when there is a beslissing, and holds what was sent to the letter (2:17)."""

    sjabloon: ClassVar[str] = "bezwaar_ontvangst"
    laatste_dagen: ClassVar[tuple[str, ...]] = ("beslissen_voor",)

    ontvangen_op: datetime
    op_tijd: bool
    beslissen_voor: date
    gronden: str
    bijlagen: tuple[Bijlage, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BezwaarHerstel(Bezwaarbrief):
    """Asks for what is missing in the bezwaar, with a term (Awb 6:6)."""

    sjabloon: ClassVar[str] = "bezwaar_herstel"
    laatste_dagen: ClassVar[tuple[str, ...]] = ("uiterste_dag",)

    ontbrekend: str
    uiterste_dag: date
    ondertekening: Ondertekening

    def __post_init__(self) -> None:
        """There is time to send it."""
        if self.uiterste_dag <= self.datum:
            raise ValueError("de uiterste dag ligt na de datum van de brief")


@dataclass(frozen=True, kw_only=True)
class BezwaarHoorzitting(Bezwaarbrief):
    """Invites to the hearing, and says what one can do until then (Awb 7:2, 7:4)."""

    sjabloon: ClassVar[str] = "bezwaar_hoorzitting"

    wanneer: datetime
    waar: str
    commissie: bool
    ondertekening: Ondertekening


@dataclass(frozen=True, kw_only=True)
class BezwaarVerdaging(Bezwaarbrief):
    """Says that the beslissing comes later, and by when (Awb 7:10)."""

    sjabloon: ClassVar[str] = "bezwaar_verdaging"
    laatste_dagen: ClassVar[tuple[str, ...]] = ("nieuwe_dag",)

    reden: str
    nieuwe_dag: date
    met_instemming: bool
    ondertekening: Ondertekening


@dataclass(frozen=True, kw_only=True)
class BezwaarBeslissing(Besluit):
    """The beslissing op bezwaar (Awb 7:11, 7:12): what came of it, what that does, and beroep against it (8:1).

    `uitkomst` is the word of the law; `gevolg` says in a sentence what happens now. `gehoord` tells of the hearing, or
    why there was none. `advies` is the advice on which it rests, if there was one.
    """

    sjabloon: ClassVar[str] = "bezwaar_beslissing"

    bezwaar_kenmerk: str
    besluit: str
    besluit_datum: date
    bezwaar_ontvangen_op: date
    uitkomst: str
    gevolg: str
    gehoord: str
    bezwaren: str = ""
    advies: str = ""
    met_deelnemer: bool = True

    def __post_init__(self) -> None:
        """Against a beslissing op bezwaar there is beroep, and no second bezwaar."""
        super().__post_init__()
        if not self.rechtsmiddelen.beroep:
            raise ValueError("tegen een beslissing op bezwaar staat beroep open (Awb 8:1)")

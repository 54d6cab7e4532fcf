"""The values that components of a page are drawn from. Views make them; templatetags/opmaak.py draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

Soort = Literal["neutraal", "info", "goed", "let_op", "fout", "inactief"]


@dataclass(frozen=True)
class Rij:
    """One row of a summary list. `wijzig_url` gives a link "Wijzig" whose hidden text names the field."""

    sleutel: str
    waarde: Any = None
    wijzig_url: str = ""
    wijzig_wat: str = ""

    @property
    def leeg(self) -> bool:
        return self.waarde in (None, "", [], ())


@dataclass(frozen=True)
class Taak:
    """One part of a task list; without `url` it cannot be opened yet."""

    titel: str
    status: str
    soort: Soort = "neutraal"
    url: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Gebeurtenis:
    """One step of a timeline. `stand`: gebeurd, nu or later."""

    titel: str
    wanneer: datetime | date | None = None
    wie: str = ""
    tekst: str = ""
    stand: Literal["gebeurd", "nu", "later"] = "gebeurd"

    @property
    def is_moment(self) -> bool:
        return isinstance(self.wanneer, datetime)


@dataclass(frozen=True)
class Actie:
    """One thing that can be done: a small POST form with version and key, or a link to a page.

    With `redenen` it cannot be done now; the reasons are shown instead of a disabled button.
    """

    titel: str
    url: str
    methode: Literal["post", "get"] = "get"
    soort: Literal["primair", "tweede", "gevaar"] = "tweede"
    versie: int | None = None
    sleutel: str = ""
    redenen: Sequence[str] = ()


@dataclass(frozen=True)
class Teller:
    """A status with the number of items in it, as a link that filters the list."""

    titel: str
    aantal: int
    url: str
    actief: bool = False


@dataclass(frozen=True)
class Bericht:
    """One line of the inbox."""

    titel: str
    wanneer: datetime
    url: str = ""
    gelezen: bool = False
    over: str = ""


@dataclass(frozen=True)
class Document:
    """A file or letter that can be downloaded."""

    titel: str
    url: str
    soort: str = "pdf"
    grootte: int | None = None
    wanneer: datetime | date | None = None


@dataclass(frozen=True)
class Staaf:
    """One bar of a chart: `aantal` of `grens` (the cap), of which `erbij` is reserved."""

    naam: str
    aantal: int
    erbij: int = 0
    grens: int | None = None


@dataclass(frozen=True)
class Stuk:
    """One part of a stacked bar. `soort`: gebruikt, gereserveerd or vrij."""

    naam: str
    aantal: int
    soort: Literal["gebruikt", "gereserveerd", "vrij"]

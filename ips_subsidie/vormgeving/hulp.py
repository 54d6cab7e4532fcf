"""The help of a page: what happens here, and what comes next. Texts are data, one module per app or room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

# For whom a text is, where one page is of several parties: `ieder` for who is none of them.
Lezer = Literal["instelling", "gemeente", "uwv", "ieder"]


@dataclass(frozen=True)
class Hulp:
    """A sentence each: what happens on this page, and what comes next and who does that."""

    hier: str
    daarna: str


# By the name of the address, as `reverse` takes it.
Hulpteksten = Mapping[str, Hulp | Mapping[Lezer, Hulp]]

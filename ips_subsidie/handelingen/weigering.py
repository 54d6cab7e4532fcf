"""The refusal of an act: all its reasons at once, each with a code and a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Reden:
    """Why an act is refused. `tekst` is Dutch for the user; `veld` names the field it is about, if any.

    `grond` is True where the reason is a ground for refusal in the regeling (tijdvak, cap, plafond,
    doelgroep), False where the act is just not possible now (status, role, a better-ranked one waits).
    """

    code: str
    tekst: str
    veld: str | None = None
    grond: bool = False


class HandelingGeweigerd(Exception):
    """An act did not happen; nothing changed. `redenen` has at least one entry."""

    def __init__(self, *redenen: Reden) -> None:
        assert redenen, "een weigering zonder reden"
        self.redenen: Sequence[Reden] = redenen
        super().__init__("; ".join(f"{r.code}: {r.tekst}" for r in redenen))

    @property
    def codes(self) -> list[str]:
        return [reden.code for reden in self.redenen]

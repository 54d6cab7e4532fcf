"""Every field of every table: what it holds, why, how long, whether it is encrypted, and how it goes away.

A field that isn't here fails the build (tests/avg), so nothing personal comes in unnoticed. The destruction of a
dossier and the export for the deelnemer (AVG art. 15) follow this register; docs/verwerkingen.md is made from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import Field, Model

from aanvragen.avg.soorten import VERWERKINGEN, Bewaartermijn, Soort, Termijnen, Verwerking, Weg, Zicht
from ips_subsidie.logboek.verwerkingen import Verwerking as Code


@dataclass(frozen=True)
class Veldregel:
    """One field, as the register has it."""

    model: str
    naam: str
    soort: Soort
    versleuteld: bool
    inzage: bool
    vernietigd: bool


@dataclass(frozen=True)
class Tabel:
    """One table. `pad` is the way to its aanvraag, as a lookup; empty where it belongs to no dossier.

    `niet_in_inzage` are fields about the deelnemer that the export leaves out, and `overleeft` those that stay when
    the dossier is destroyed; `waarom` says why.
    """

    model: str
    verwerking: Verwerking
    termijn: Bewaartermijn
    weg: Weg
    pad: str
    zicht: Zicht
    velden: tuple[tuple[str, Soort], ...]
    versleuteld: frozenset[str]
    niet_in_inzage: frozenset[str]
    overleeft: frozenset[str]
    waarom: str

    @property
    def klasse(self) -> type[Model]:
        return apps.get_model(self.model)

    def regels(self) -> Iterator[Veldregel]:
        for naam, soort in self.velden:
            yield Veldregel(
                self.model,
                naam,
                soort,
                naam in self.versleuteld,
                self._in_inzage(naam, soort),
                self._vernietigd(naam, soort),
            )

    def _in_inzage(self, naam: str, soort: Soort) -> bool:
        """What is about the deelnemer, and what became of his dossier; not who at an organisatie did it."""
        ziet_iemand = bool(self.pad) and self.zicht is not Zicht.NIEMAND
        eigen = soort.over_de_deelnemer or soort is Soort.VERLOOP
        return ziet_iemand and eigen and naam not in self.niet_in_inzage

    def _vernietigd(self, naam: str, soort: Soort) -> bool:
        if self.weg is Weg.RIJ:
            return True
        return self.weg is Weg.LEEG and soort.over_de_deelnemer and naam not in self.overleeft


def tabel(
    model: str,
    verwerking: Code,
    termijn: Termijnen,
    weg: Weg = Weg.BLIJFT,
    *,
    pad: str = "",
    zicht: Zicht = Zicht.NIEMAND,
    versleuteld: str = "",
    niet_in_inzage: str = "",
    overleeft: str = "",
    waarom: str = "",
    **velden: str,
) -> Tabel:
    """A table with its fields by kind: `persoon="voorletters achternaam"`. Raises ValueError on an unknown kind."""
    regels = tuple((naam, Soort(soort)) for soort, namen in velden.items() for naam in namen.split())
    dubbel = {naam for naam, _ in regels if [n for n, _ in regels].count(naam) > 1}
    if dubbel:
        raise ValueError(f"{model}: tweemaal in het register: {', '.join(sorted(dubbel))}")
    return Tabel(
        model, VERWERKINGEN[verwerking], termijn.value, weg, pad, zicht, regels, frozenset(versleuteld.split()),
        frozenset(niet_in_inzage.split()), frozenset(overleeft.split()), waarom,
    )  # fmt: skip


@cache
def register() -> dict[str, Tabel]:
    """All tables by the label of their model."""
    from aanvragen.avg import tabellen_budget, tabellen_dossier, tabellen_overig

    alle = (*tabellen_dossier.TABELLEN, *tabellen_budget.TABELLEN, *tabellen_overig.TABELLEN)
    return {een.model: een for een in alle}


def van_een_dossier() -> list[Tabel]:
    """The tables whose rows belong to an aanvraag."""
    return [een for een in register().values() if een.pad]


def velden_van(model: type[Model]) -> list[Field[object, object]]:
    """The columns of a model, its own and those it inherits."""
    return list(model._meta.concrete_fields)

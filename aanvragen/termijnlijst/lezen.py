"""A page of the list, in one statement: each kind gives its own first rows, and the first of all those remain.

Pages go on from the last row that was seen (keyset), so the hundredth costs what the first does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast
from uuid import UUID

from django.db.models import IntegerField, Q, QuerySet, Value
from django.urls import reverse

from aanvragen.termijnlijst.blik import Blik
from aanvragen.termijnlijst.bronnen import BRONNEN, Bron, bronnen_van
from ips_subsidie.toegang.actor import Actor

Volgorde = Literal["dag", "soort", "kenmerk"]
# By what each order sorts within one kind, and by what over all of them.
_BINNEN = {"dag": ("t_dag", "t_over"), "soort": ("t_dag", "t_over"), "kenmerk": ("t_kenmerk", "t_over")}
_SAMEN = {
    "dag": ("t_dag", "t_volg", "t_over"),
    "soort": ("t_volg", "t_dag", "t_over"),
    "kenmerk": ("t_kenmerk", "t_volg", "t_over"),
}
_KOLOMMEN = ("t_volg", "t_dag", "t_kenmerk", "t_nummer", "t_over")
VOLGORDES: tuple[Volgorde, ...] = ("dag", "soort", "kenmerk")


@dataclass(frozen=True)
class Taak:
    """One thing that is due. `sinds` says that `dag` is since when it waits."""

    volg: int
    dag: date
    kenmerk: str
    nummer: UUID
    over: UUID

    @property
    def bron(self) -> Bron:
        return BRONNEN[self.volg]

    @property
    def titel(self) -> str:
        return self.bron.titel

    @property
    def sinds(self) -> bool:
        return self.bron.sinds

    @property
    def url(self) -> str:
        return reverse(self.bron.pagina, args=[self.nummer])

    def sleutel(self, volgorde: Volgorde) -> str:
        """Where this row stands in the list, for the address of the next page; it names nobody."""
        return f"{self.kenmerk if volgorde == 'kenmerk' else self.dag.isoformat()}~{self.volg}~{self.over}"


@dataclass(frozen=True)
class Plek:
    """A place in the list, read from an address."""

    waarde: date | str
    volg: int
    over: UUID

    @classmethod
    def lees(cls, tekst: str, volgorde: Volgorde) -> Plek | None:
        """None for rubbish: the list then begins at its begin."""
        delen = tekst.split("~")
        try:
            waarde, volg, over = delen
            plek = cls(waarde if volgorde == "kenmerk" else date.fromisoformat(waarde), int(volg), UUID(over))
        except ValueError:
            return None
        return plek if 0 <= plek.volg < len(BRONNEN) and len(waarde) <= 40 and "\0" not in waarde else None


def lees(
    actor: Actor,
    dag: date,
    *,
    aantal: int,
    volgorde: Volgorde = "dag",
    soort: str = "",
    na: Plek | None = None,
    terug: bool = False,
) -> tuple[list[Taak], bool]:
    """`aantal` rows after `na`, or with `terug` before it, and whether there are more that way."""
    blik = Blik(actor, dag)
    delen = [
        deel
        for volg, bron in bronnen_van(actor)
        if soort in ("", bron.code) and (deel := _deel(volg, bron, blik, volgorde, na, terug)) is not None
    ]
    if not delen:
        return [], False
    teken = "-" if terug else ""
    begin = [deel.order_by(*(f"{teken}{v}" for v in _BINNEN[volgorde]))[: aantal + 1] for deel in delen]
    alles = begin[0]
    if len(begin) > 1:
        alles = alles.union(*begin[1:], all=True).order_by(*(f"{teken}{v}" for v in _SAMEN[volgorde]))
    taken = [Taak(*cast(Any, rij)) for rij in alles[: aantal + 1]]
    meer, taken = len(taken) > aantal, taken[:aantal]
    return taken[::-1] if terug else taken, meer


def _deel(
    volg: int, bron: Bron, blik: Blik, volgorde: Volgorde, na: Plek | None, terug: bool
) -> QuerySet[Any, Any] | None:
    """The rows of one kind from that place on; None when all of them lie before it."""
    rijen = bron.rijen(blik).order_by().annotate(
        t_volg=Value(volg, IntegerField()), **bron.velden()
    ).values_list(*_KOLOMMEN)  # fmt: skip
    if na is None:
        return rijen
    verder = (volg < na.volg) if terug else (volg > na.volg)
    if volgorde == "soort":
        if volg != na.volg:
            return rijen if verder else None
        return rijen.filter(_voorbij("t_dag", na, terug, gelijk="over"))
    veld = "t_kenmerk" if volgorde == "kenmerk" else "t_dag"
    gelijk = "over" if volg == na.volg else "mee" if verder else "niet"
    return rijen.filter(_voorbij(veld, na, terug, gelijk=gelijk))


def _voorbij(veld: str, na: Plek, terug: bool, *, gelijk: str) -> Q:
    """Beyond this place. The wide bound comes first: it is the one that an index can use."""
    kant = "lt" if terug else "gt"
    ruim = Q(**{f"{veld}__{kant}e": na.waarde})
    if gelijk == "mee":
        return ruim
    strikt = Q(**{f"{veld}__{kant}": na.waarde})
    return ruim & (strikt | Q(**{f"t_over__{kant}": na.over})) if gelijk == "over" else strikt

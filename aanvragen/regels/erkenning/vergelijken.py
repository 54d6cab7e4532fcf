"""What a quality list changes in the register of erkenningen: values in, values out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise

from aanvragen.regels.erkenning.lezen import Fout, Lijst, LijstFout, Lijstregel


class Soort(StrEnum):
    ERBIJ = "erbij"
    BEEINDIGD = "beeindigd"
    GEWIJZIGD = "gewijzigd"


@dataclass(frozen=True)
class Stand:
    """What may change of an erkenning. `geldig_tot` is the first day on which it is over."""

    geldig_tot: date | None
    score: int | None
    score_datum: date | None


@dataclass(frozen=True)
class Erkenning:
    """An erkenning as the register has it; `geldig_van` never changes."""

    nummer: int
    kvk: str
    geldig_van: date
    stand: Stand


@dataclass(frozen=True)
class Wijziging:
    """One change. `was` is None for a new erkenning; `regel` is 0 where the list doesn't name it any more."""

    soort: Soort
    nummer: int | None
    kvk: str
    naam: str
    naam_op_lijst: str
    geldig_van: date
    was: Stand | None
    wordt: Stand
    regel: int

    @property
    def korter(self) -> bool:
        """It ends earlier than it did."""
        return self.was is not None and _eindigt_eerder(self.was, self.wordt)


@dataclass(frozen=True)
class Verschil:
    """All that the list changes. `onbekend` are its lines about an instelling that the portal doesn't have."""

    wijzigingen: tuple[Wijziging, ...]
    onbekend: tuple[Lijstregel, ...]
    gelijk: int

    def van(self, soort: Soort) -> tuple[Wijziging, ...]:
        return tuple(w for w in self.wijzigingen if w.soort is soort)

    @property
    def vingerafdruk(self) -> str:
        """Tells whether what is carried out is what somebody saw."""
        return sha256(repr(self).encode()).hexdigest()


def vergelijk(
    lijst: Lijst,
    register: Sequence[Erkenning],
    namen: Mapping[str, str],
    *,
    peildatum: date,
    volledig: bool,
) -> Verschil:
    """What `lijst` changes in `register`; `namen` are the names of the instellingen by KvK-nummer.

    An erkenning is known by its instelling and first day. With `volledig` one that runs on `peildatum` and isn't on
    the list ends on that day; one that begins later stays. Raises LijstFout where two erkenningen of one instelling
    would overlap.
    """
    staand = {(een.kvk, een.geldig_van): een for een in register}
    wijzigingen: list[Wijziging] = []
    onbekend: list[Lijstregel] = []
    regels: dict[tuple[str, date], int] = {}
    gelijk = 0
    for regel in lijst.regels:
        if regel.kvk not in namen:
            onbekend.append(regel)
            continue
        sleutel = (regel.kvk, regel.geldig_van)
        regels[sleutel] = regel.regel
        wijziging = _wijziging(regel, staand.get(sleutel), namen[regel.kvk], met_score=lijst.met_score)
        if wijziging is None:
            gelijk += 1
        else:
            wijzigingen.append(wijziging)
    if volledig:
        weg = [een for sleutel, een in staand.items() if sleutel not in regels]
        wijzigingen += _van_de_lijst(weg, namen, peildatum)
    _weiger_overlap(staand, wijzigingen, regels)
    return Verschil(tuple(wijzigingen), tuple(onbekend), gelijk)


def _wijziging(regel: Lijstregel, staat: Erkenning | None, naam: str, *, met_score: bool) -> Wijziging | None:
    wordt = Stand(regel.geldig_tot, regel.score, regel.score_datum)
    if staat is None:
        return Wijziging(
            Soort.ERBIJ, None, regel.kvk, naam, regel.naam, regel.geldig_van, None, wordt, regel.regel
        )
    if not met_score:
        wordt = replace(staat.stand, geldig_tot=regel.geldig_tot)
    if wordt == staat.stand:
        return None
    soort = Soort.BEEINDIGD if _eindigt_eerder(staat.stand, wordt) else Soort.GEWIJZIGD
    return Wijziging(
        soort, staat.nummer, regel.kvk, naam, regel.naam, regel.geldig_van, staat.stand, wordt, regel.regel
    )


def _eindigt_eerder(was: Stand, wordt: Stand) -> bool:
    return wordt.geldig_tot is not None and (was.geldig_tot is None or wordt.geldig_tot < was.geldig_tot)


def _van_de_lijst(weg: Sequence[Erkenning], namen: Mapping[str, str], peildatum: date) -> list[Wijziging]:
    """Those that run on the day of the list and are not on it."""
    uit, fouten = [], []
    for een in weg:
        tot = een.stand.geldig_tot
        if een.geldig_van > peildatum or (tot is not None and tot <= peildatum):
            continue
        if een.geldig_van == peildatum:
            fouten.append(
                Fout(
                    0,
                    f"De erkenning van {namen[een.kvk]} begint op {peildatum:%d-%m-%Y}, de datum van deze lijst, en "
                    "staat er niet op. Zet haar op de lijst, met een einddatum als zij niet klopt.",
                )
            )
            continue
        wordt = replace(een.stand, geldig_tot=peildatum)
        uit.append(
            Wijziging(
                Soort.BEEINDIGD, een.nummer, een.kvk, namen[een.kvk], "", een.geldig_van, een.stand, wordt, 0
            )
        )
    if fouten:
        raise LijstFout(fouten)
    return uit


def _weiger_overlap(
    staand: Mapping[tuple[str, date], Erkenning],
    wijzigingen: Sequence[Wijziging],
    regels: Mapping[tuple[str, date], int],
) -> None:
    """No two erkenningen of one instelling on one day, as it would be with these changes."""
    einden = {sleutel: een.stand.geldig_tot for sleutel, een in staand.items()}
    einden |= {(w.kvk, w.geldig_van): w.wordt.geldig_tot for w in wijzigingen}
    per_instelling: dict[str, list[date]] = defaultdict(list)
    for kvk, van in sorted(einden):
        per_instelling[kvk].append(van)
    fouten = []
    for kvk, begindagen in per_instelling.items():
        for eerste, tweede in pairwise(begindagen):
            tot = einden[kvk, eerste]
            if tot is None or tot > tweede:
                fouten.append(_overlap(kvk, eerste, tweede, regels))
    if fouten:
        raise LijstFout(fouten)


def _overlap(kvk: str, eerste: date, tweede: date, regels: Mapping[tuple[str, date], int]) -> Fout:
    begin, later = regels.get((kvk, eerste), 0), regels.get((kvk, tweede), 0)
    over, ander, op = (later, eerste, begin) if later else (begin, tweede, 0)
    waar = f"op regel {op}" if op else "in het portaal"
    return Fout(
        over,
        f"KvK-nummer {kvk} heeft {waar} een erkenning vanaf {ander:%d-%m-%Y} die in dezelfde tijd geldt. Geef de "
        "eerste een einddatum, op de dag waarop de tweede begint of eerder.",
    )

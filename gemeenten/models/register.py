"""The mandaatregister as a gemeente reads it: what there is for each regeling, and what is missing.

Whether somebody may sign is decided by `mandaat.ondermandaat_voor`; this reads many gemeenten at once, and a test
holds the two to each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from gemeenten.models.gemeente import Gemeente
from gemeenten.models.mandaat import Mandaat, Ondermandaat
from gemeenten.models.verband import Deelname

if TYPE_CHECKING:
    from ips_subsidie.toegang.actor import Actor
    from ips_subsidie.toegang.models import Organisatie


class Geldigheid(StrEnum):
    NU = "nu"
    LATER = "later"
    VOORBIJ = "voorbij"


def geldigheid(van: date, tot: date | None, dag: date) -> Geldigheid:
    """`tot` is the first day on which it is over."""
    if van > dag:
        return Geldigheid.LATER
    return Geldigheid.NU if tot is None or tot > dag else Geldigheid.VOORBIJ


@dataclass(frozen=True)
class Registerstand:
    """What there is for one gemeente and one regeling (by its code), as it is on `dag`.

    `mandaat` is the one in force, else the first that begins, else the last that ended. `handelt` carries out IPS for
    the gemeente: only there an ondermandaat counts.
    """

    gemeente: Gemeente
    regeling: str
    dag: date
    handelt: Organisatie
    mandaat: Mandaat | None
    ondermandaten: tuple[Ondermandaat, ...]

    @property
    def stand(self) -> Geldigheid | None:
        """Of the mandaat of the college; None without any."""
        if self.mandaat is None:
            return None
        return geldigheid(self.mandaat.geldig_van, self.mandaat.geldig_tot, self.dag)

    @property
    def door_een_ander(self) -> bool:
        """A samenwerkingsverband carries out IPS for this gemeente."""
        return self.handelt.pk != self.gemeente.organisatie_id

    def telt(self, ondermandaat: Ondermandaat) -> bool:
        """Whether this one makes a besluit today: in force, at who carries out IPS, under a mandaat in force."""
        return (
            self.stand is Geldigheid.NU
            and ondermandaat.organisatie_id == self.handelt.pk
            and geldigheid(ondermandaat.geldig_van, ondermandaat.geldig_tot, self.dag) is Geldigheid.NU
        )

    def mag_tekenen(self, actor: Actor) -> bool:
        """Whether an ondermandaat covers this actor today; which roles decide at all is not asked here."""
        return actor.organisatie_id == self.handelt.pk and any(
            self.telt(een) and een.gebruiker_id in (None, actor.gebruiker_id) for een in self.ondermandaten
        )

    @property
    def ontbreekt(self) -> list[str]:
        """What is missing for anybody to sign today, in words; empty when nothing is."""
        if self.mandaat is None:
            return [f"Het college van {self.gemeente} heeft nog geen mandaat."]
        if self.stand is Geldigheid.LATER:
            return [
                f"Het mandaat van het college van {self.gemeente} geldt pas vanaf {self.mandaat.geldig_van:%d-%m-%Y}."
            ]
        if self.stand is Geldigheid.VOORBIJ:
            return [
                f"Het mandaat van het college van {self.gemeente} geldt niet meer sinds "
                f"{self.mandaat.geldig_tot:%d-%m-%Y}."
            ]
        if any(self.telt(een) for een in self.ondermandaten):
            return []
        tekst = f"Bij {self.handelt} mag vandaag niemand tekenen: er is geen geldig ondermandaat."
        later = [
            een.geldig_van
            for een in self.ondermandaten
            if een.organisatie_id == self.handelt.pk and een.geldig_van > self.dag
        ]
        return [f"{tekst} Het eerste geldt vanaf {min(later):%d-%m-%Y}." if later else tekst]


def registerstanden(
    gemeenten: Sequence[Gemeente], regelingen: Sequence[str], dag: date
) -> list[Registerstand]:
    """One for each of these gemeenten and regelingen, in their order; three statements, however many there are.

    The gemeenten exist on `dag`: what is missing for one that is no more is asked of the one that took over.
    """
    verbanden = {
        deelname.gemeente_id: deelname.verband.organisatie
        for deelname in Deelname.objects.voert_uit_op(dag)
        .filter(gemeente__in=gemeenten)
        .select_related("verband__organisatie")
    }
    mandaten: dict[tuple[int, str], list[Mandaat]] = defaultdict(list)
    for mandaat in Mandaat.objects.filter(gemeente__in=gemeenten, regeling__in=regelingen).order_by(
        "geldig_van"
    ):
        mandaten[mandaat.gemeente_id, mandaat.regeling].append(mandaat)
    gekozen = {sleutel: _van_nu(rij, dag) for sleutel, rij in mandaten.items()}
    onder: dict[int, list[Ondermandaat]] = defaultdict(list)
    for een in (
        Ondermandaat.objects.filter(mandaat__in=list(gekozen.values()))
        .select_related("organisatie", "gebruiker")
        .order_by("organisatie__naam", "functie", "geldig_van", "pk")
    ):
        onder[een.mandaat_id].append(een)
    standen = []
    for gemeente in gemeenten:
        for regeling in regelingen:
            van_college = gekozen.get((gemeente.pk, regeling))
            standen.append(
                Registerstand(
                    gemeente,
                    regeling,
                    dag,
                    verbanden.get(gemeente.pk, gemeente.organisatie),
                    van_college,
                    tuple(onder[van_college.pk]) if van_college else (),
                )
            )
    return standen


def _van_nu(mandaten: Sequence[Mandaat], dag: date) -> Mandaat:
    """Of these, in order of their first day: the one in force, else the next, else the last."""
    for stand in (Geldigheid.NU, Geldigheid.LATER):
        for een in mandaten:
            if geldigheid(een.geldig_van, een.geldig_tot, dag) is stand:
                return een
    return mandaten[-1]

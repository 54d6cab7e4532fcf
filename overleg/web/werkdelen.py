"""The parts of the work of a regio, each a query for its rows and one for its size, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from aanvragen.models import Gemeentetoets, Stopbericht, Toestemming, Traject, Trajectgebeurtenis
from aanvragen.models.aanvraag import AanvraagQuerySet
from aanvragen.regels.statussen import OPEN, AanvraagStatus, ToestemmingStatus, TrajectStatus
from budget.models import Pot, PotSoort, Regeling
from budget.regels.regeling import Beslisser
from gemeenten.models import Gemeente
from ips_subsidie.handelingen.web import bladzijde
from ips_subsidie.kalender.klok import nu, vandaag
from overleg.models import Agendapunt, AgendapuntStatus, BijeenkomstStatus

DELEN = {
    "toetsen": "Te toetsen",
    "beslissen": "Te beslissen",
    "stoppen": "Stopberichten",
    "trajecten": "Lopende trajecten",
    "gemeenten": "Per gemeente",
}
# What happened in a traject stays in sight this long.
_RECENT = timedelta(days=56)
_SAMEN = ("gemeente", "instelling__organisatie", "regeling", "regeling_versie")


def _te_beslissen(dossiers: AanvraagQuerySet) -> AanvraagQuerySet:
    """Those for which the gemeente is asked for something now: her toestemming, or her besluit."""
    gevraagd = Toestemming.objects.filter(aanvraag=OuterRef("pk"), status=ToestemmingStatus.GEVRAAGD)
    besluit = Q(beslisser=Beslisser.GEMEENTE.value, status__in=OPEN)
    return dossiers.filter(Exists(gevraagd) | besluit).select_related(*_SAMEN)


def _te_toetsen(dossiers: AanvraagQuerySet) -> AanvraagQuerySet:
    """The same, as long as nobody has checked the uitkering, other trajecten and voorzieningen."""
    getoetst = Gemeentetoets.objects.filter(aanvraag=OuterRef("pk"))
    return _te_beslissen(dossiers).filter(~Exists(getoetst))


def _stopberichten(dossiers: AanvraagQuerySet) -> Any:
    samen = ("traject__aanvraag__gemeente", "traject__aanvraag__instelling__organisatie")
    return Stopbericht.objects.te_bevestigen().filter(traject__aanvraag__in=dossiers).select_related(*samen)


def _trajecten(dossiers: AanvraagQuerySet) -> Any:
    lopend = Traject.objects.filter(status=TrajectStatus.GESTART, laatste_dag__gte=vandaag())
    samen = ("aanvraag__gemeente", "aanvraag__instelling__organisatie")
    return lopend.filter(aanvraag__in=dossiers).select_related(*samen).order_by("laatste_dag", "id")


_VRAAG: dict[str, Callable[[AanvraagQuerySet], Any]] = {
    "toetsen": lambda dossiers: _te_toetsen(dossiers).order_by("aangemaakt_op", "id"),
    "beslissen": lambda dossiers: _te_beslissen(dossiers).order_by("aangemaakt_op", "id"),
    "stoppen": _stopberichten,
    "trajecten": _trajecten,
}


def aantallen(dossiers: AanvraagQuerySet, gemeenten: list[Gemeente]) -> dict[str, int]:
    """How much there is in each part."""
    return {deel: vraag(dossiers).count() for deel, vraag in _VRAAG.items()} | {"gemeenten": len(gemeenten)}


def lees(
    deel: str, dossiers: AanvraagQuerySet, gemeenten: list[Gemeente], aantal: int, na: int
) -> tuple[list[Any], bool]:
    """The rows of one part from `na` on, and whether there are more."""
    if deel == "gemeenten":
        bladzij = gemeenten[na : na + aantal]
        return _per_gemeente(dossiers, bladzij), len(gemeenten) > na + aantal
    rijen, meer = bladzijde(_VRAAG[deel](dossiers), aantal, na)
    return (_met_wat_speelt(rijen) if deel == "trajecten" else rijen), meer


@dataclass
class Looptraject:
    """A running traject with what is coming and what happened: for the IPS-consulent."""

    traject: Traject
    agenda: list[Agendapunt] = field(default_factory=list)
    gebeurtenissen: list[Trajectgebeurtenis] = field(default_factory=list)


def _met_wat_speelt(trajecten: list[Traject]) -> list[Looptraject]:
    """Two statements for all of them: the coming agenda items, and the events of the last weeks."""
    per_aanvraag = {traject.aanvraag_id: Looptraject(traject) for traject in trajecten}
    per_traject = {rij.traject.pk: rij for rij in per_aanvraag.values()}
    for punt in (
        Agendapunt.objects.filter(
            aanvraag__in=list(per_aanvraag), status=AgendapuntStatus.OPEN,
            bijeenkomst__begint_op__gte=nu(), bijeenkomst__status=BijeenkomstStatus.GEPLAND,
        )
        .select_related("bijeenkomst__reeks")
        .order_by("bijeenkomst__begint_op", "id")
    ):  # fmt: skip
        per_aanvraag[punt.aanvraag_id].agenda.append(punt)
    recent = Trajectgebeurtenis.objects.filter(
        traject__in=list(per_traject), datum__gte=vandaag() - _RECENT
    ).order_by("-datum", "-pk")
    for gebeurtenis in recent:
        per_traject[gebeurtenis.traject_id].gebeurtenissen.append(gebeurtenis)
    return list(per_aanvraag.values())


@dataclass(frozen=True)
class Plaatsen:
    """What was granted to a gemeente under one regeling. `grens` is None where that has no cap."""

    regeling: Regeling
    toegekend: int
    grens: int | None


@dataclass
class Gemeentewerk:
    """What waits for one gemeente, and what she was granted: for the beleidsmedewerker."""

    gemeente: Gemeente
    toetsen: int = 0
    beslissen: int = 0
    stoppen: int = 0
    trajecten: int = 0
    plaatsen: list[Plaatsen] = field(default_factory=list)


def _per_gemeente(dossiers: AanvraagQuerySet, gemeenten: list[Gemeente]) -> list[Gemeentewerk]:
    """One statement for each kind of total, however many gemeenten there are."""
    rijen = {gemeente.pk: Gemeentewerk(gemeente) for gemeente in gemeenten}
    naar = {"toetsen": "gemeente", "beslissen": "gemeente"}
    for deel, vraag in _VRAAG.items():
        pad = naar.get(deel) or ("traject__aanvraag__gemeente" if deel == "stoppen" else "aanvraag__gemeente")
        per = vraag(dossiers).select_related(None).order_by().values_list(pad).annotate(aantal=Count("pk"))
        for nummer, aantal in per:
            if nummer in rijen:
                setattr(rijen[nummer], deel, aantal)
    for nummer, plaatsen in _plaatsen(dossiers, gemeenten).items():
        rijen[nummer].plaatsen = plaatsen
    return list(rijen.values())


def _plaatsen(dossiers: AanvraagQuerySet, gemeenten: list[Gemeente]) -> dict[int, list[Plaatsen]]:
    """Per gemeente: the counter of the pot where the regeling caps her, else the granted dossiers."""
    regelingen = {regeling.pk: regeling for regeling in Regeling.objects.order_by("code")}
    grenzen: dict[int, int | None] = {}
    uit_pot: dict[tuple[int, int], int] = {}
    potten = Pot.objects.filter(soort=PotSoort.GEMEENTE).filter(
        Q(gemeente__in=gemeenten) | Q(gemeente__isnull=True)
    )
    for pot in potten:
        if pot.gemeente_id is None:
            grenzen[pot.regeling_id] = pot.grens_trajecten
        else:
            uit_pot[pot.gemeente_id, pot.regeling_id] = pot.verleend_trajecten
    geteld = {
        (gemeente, regeling): aantal
        for gemeente, regeling, aantal in dossiers.filter(status=AanvraagStatus.TOEGEKEND)
        .order_by()
        .values_list("gemeente_id", "regeling_id")
        .annotate(aantal=Count("pk"))
    }
    uit: dict[int, list[Plaatsen]] = defaultdict(list)
    for gemeente in gemeenten:
        for nummer, regeling in regelingen.items():
            toegekend = uit_pot.get((gemeente.pk, nummer), geteld.get((gemeente.pk, nummer), 0))
            if toegekend or nummer in grenzen:
                uit[gemeente.pk].append(Plaatsen(regeling, toegekend, grenzen.get(nummer)))
    return uit

"""One meeting of a series: to another time or place, or called off, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, Functie
from overleg.handelingen.delen import eis_functie, meld_deelnemers
from overleg.models import Agendapunt, AgendapuntStatus, Bijeenkomst, BijeenkomstStatus
from overleg.regels.reeksen import bezwaren_tegen_duur, bezwaren_tegen_plek, op_klok


def _van_wie_het_overleg_is(bijeenkomst: Bijeenkomst, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if not bijeenkomst.reeks.hoort_bij(actor):
        yield Reden("niet_uw_overleg", "Alleen wie de reeks maakte, kan dit wijzigen.")
    yield from eis_functie(actor, Functie.BELEID, Functie.CONSULENT)


def nog_te_houden(bijeenkomst: Bijeenkomst, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """Nothing is changed of what has been."""
    if bijeenkomst.eindigt_op <= nu:
        yield Reden("voorbij", "Dit overleg is al geweest.")


_BEHEER = (_van_wie_het_overleg_is, nog_te_houden)


@handeling(
    "bijeenkomst.verplaatsen",
    titel="Overleg verplaatsen",
    op=Bijeenkomst,
    van=[BijeenkomstStatus.GEPLAND],
    door=GEMEENTEROLLEN,
    voorwaarden=_BEHEER,
    samen=["reeks__organisatie"],
)
def verplaatsen(
    bijeenkomst: Bijeenkomst,
    actor: Actor,
    *,
    dag: date,
    begint_om: time,
    duur_minuten: int,
    plaats: str,
    link: str,
    reden: str,
    nu: datetime,
) -> Bijeenkomst:
    """Hold this one meeting at another time or place; the series itself stays what it is."""
    begint_op = op_klok(dag, begint_om)
    redenen = [
        *bezwaren_tegen_duur(duur_minuten),
        *bezwaren_tegen_plek(plaats, link),
        *_zonder_reden(reden),
    ]
    if begint_op < nu:
        redenen.append(Reden("dag", "Kies een moment dat nog moet komen.", veld="dag"))
    elif _bezet(bijeenkomst, dag):
        tekst = "Op deze dag is er al een overleg van deze reeks. Kies een andere dag."
        redenen.append(Reden("dag", tekst, veld="dag"))
    if redenen:
        raise HandelingGeweigerd(*redenen)
    bijeenkomst.begint_op = begint_op
    bijeenkomst.duur_minuten = duur_minuten
    bijeenkomst.plaats, bijeenkomst.link = plaats, link
    bijeenkomst.reden = reden
    bijeenkomst.gewijzigd_op = nu
    _meld(bijeenkomst, actor, "overleg_verplaatst", "Een overleg is verplaatst", nu)
    return bijeenkomst


@handeling(
    "bijeenkomst.afgelasten",
    titel="Overleg afgelasten",
    op=Bijeenkomst,
    van=[BijeenkomstStatus.GEPLAND],
    naar=BijeenkomstStatus.AFGELAST,
    door=GEMEENTEROLLEN,
    voorwaarden=_BEHEER,
    knop="gevaar",
    samen=["reeks__organisatie"],
)
def afgelasten(bijeenkomst: Bijeenkomst, actor: Actor, *, reden: str, nu: datetime) -> Bijeenkomst:
    """Call off this one meeting, with the reason; its agenda goes to the next one of the series, if there is one."""
    if redenen := list(_zonder_reden(reden)):
        raise HandelingGeweigerd(*redenen)
    bijeenkomst.reden = reden
    bijeenkomst.gewijzigd_op = nu
    _schuif_agenda_door(bijeenkomst)
    _meld(bijeenkomst, actor, "overleg_afgelast", "Een overleg gaat niet door", nu)
    return bijeenkomst


def _zonder_reden(reden: str) -> Iterable[Reden]:
    if not reden.strip():
        yield Reden("reden", "Schrijf kort waarom. De deelnemers lezen dit.", veld="reden")


def _bezet(bijeenkomst: Bijeenkomst, dag: date) -> bool:
    """Is there another meeting of this series on that day in Amsterdam?"""
    anderen = Bijeenkomst.objects.filter(
        reeks_id=bijeenkomst.reeks_id, status=BijeenkomstStatus.GEPLAND
    ).exclude(pk=bijeenkomst.pk)
    rond = anderen.filter(begint_op__range=(op_klok(dag, time.min), op_klok(dag, time.max)))
    return any(datum_van(moment) == dag for moment in rond.values_list("begint_op", flat=True))


def _schuif_agenda_door(bijeenkomst: Bijeenkomst) -> None:
    volgende = (
        Bijeenkomst.objects.select_for_update(of=("self",), no_key=True)
        .filter(
            reeks_id=bijeenkomst.reeks_id,
            status=BijeenkomstStatus.GEPLAND,
            begint_op__gt=bijeenkomst.begint_op,
        )
        .order_by("begint_op", "id")
        .first()
    )
    if volgende is None:
        return
    staat_er_al = Agendapunt.objects.filter(bijeenkomst=volgende, status=AgendapuntStatus.OPEN)
    open_ = Agendapunt.objects.filter(bijeenkomst=bijeenkomst, status=AgendapuntStatus.OPEN)
    open_.filter(aanvraag_id__in=list(staat_er_al.values_list("aanvraag_id", flat=True))).update(
        status=AgendapuntStatus.WEGGEHAALD
    )
    open_.update(bijeenkomst=volgende)


def _meld(bijeenkomst: Bijeenkomst, actor: Actor, soort: str, titel: str, nu: datetime) -> None:
    meld_deelnemers(
        bijeenkomst.reeks, actor, soort, titel, nu, naam="overleg:bijeenkomst", nummer=bijeenkomst.pk
    )

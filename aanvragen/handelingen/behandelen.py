"""Before the besluit, at the party that decides: claiming, checking, asking for an aanvulling, reviewing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from aanvragen.handelingen.aanvulling import formulierpunten
from aanvragen.handelingen.beslistermijn import zet_stil
from aanvragen.handelingen.brieven import maak_aanvullingsbrief
from aanvragen.handelingen.dossier import (
    behandelt,
    beslisser_naam,
    eis_tekst,
    krijgt_nieuwe_rang,
    meld_beslisser,
    meld_instelling,
)
from aanvragen.handelingen.indienen import hervat
from aanvragen.handelingen.ondertekenen import geldige_handtekening
from aanvragen.models import Aanvraag, Beoordeling
from aanvragen.models.beoordeling import Advies
from aanvragen.regels.aanvulling import gekozen
from aanvragen.regels.statussen import OPEN, AanvraagStatus
from budget.handelingen import plaatsen
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import VOORBEREIDERS

# Longer would leave those who wait in uncertainty; the form offers no more either.
HERSTEL_MAX_DAGEN = 182


def _nog_vrij(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if aanvraag.opgepakt_door_id is not None:
        yield Reden("al_opgepakt", f"{aanvraag.opgepakt_door} heeft deze aanvraag opgepakt.")


def _van_mij(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if aanvraag.opgepakt_door_id != actor.gebruiker_id:
        yield Reden("niet_opgepakt", "Pak de aanvraag eerst op. Dan weten collega's dat u hem behandelt.")


@handeling(
    "aanvraag.oppakken",
    titel="Oppakken",
    op=Aanvraag,
    van=OPEN,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_nog_vrij],
    direct=True,
)
def oppakken(aanvraag: Aanvraag, actor: Actor, *, nu: datetime) -> Aanvraag:
    """Claim the dossier, so that no two people work on it."""
    aanvraag.opgepakt_door = actor.persoon
    aanvraag.opgepakt_op = nu
    return aanvraag


def _van_een_ander(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if aanvraag.opgepakt_door_id is None:
        yield Reden("niet_opgepakt", "Niemand heeft deze aanvraag opgepakt. Pak hem gewoon op.")
    elif aanvraag.opgepakt_door_id == actor.gebruiker_id:
        yield Reden("al_opgepakt", "U hebt deze aanvraag al opgepakt.")


@handeling(
    "aanvraag.overnemen",
    titel="Overnemen van een collega",
    op=Aanvraag,
    van=OPEN,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_van_een_ander],
)
def overnemen(aanvraag: Aanvraag, actor: Actor, *, nu: datetime) -> Aanvraag:
    """Take a dossier over from a colleague who can't go on with it; the logboek says who did."""
    aanvraag.opgepakt_door = actor.persoon
    aanvraag.opgepakt_op = nu
    return aanvraag


@handeling(
    "aanvraag.loslaten",
    titel="Loslaten",
    op=Aanvraag,
    van=OPEN,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_van_mij],
    direct=True,
)
def loslaten(aanvraag: Aanvraag, actor: Actor, *, nu: datetime) -> Aanvraag:
    """Give the dossier back to the team."""
    aanvraag.opgepakt_door = None
    aanvraag.opgepakt_op = None
    return aanvraag


def _instelling_niet_aan_zet(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """During the hersteltermijn the instelling is; after it who decides can go on with what there is."""
    if aanvraag.status != AanvraagStatus.ONVOLLEDIG or aanvraag.hersteltermijn_tot is None:
        return
    if datum_van(nu) <= aanvraag.hersteltermijn_tot:
        yield Reden("termijn_loopt", "De instelling heeft nog tijd om aan te vullen.")


def _ondertekend(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """Without the handtekening of the deelnemer it is not complete (Awb 4:2, 4:5; T49)."""
    if aanvraag.status != AanvraagStatus.INGEDIEND:
        return  # the hersteltermijn has passed: decide with what there is, or leave it out of treatment
    if aanvraag.inhoud.regels.handtekening and geldige_handtekening(aanvraag) is None:
        yield Reden(
            "niet_ondertekend",
            "De deelnemer heeft nog niet ondertekend. Vraag de instelling om een aanvulling (Awb 4:5).",
        )


@handeling(
    "aanvraag.in_behandeling_nemen",
    titel="In behandeling nemen",
    op=Aanvraag,
    van=[AanvraagStatus.INGEDIEND, AanvraagStatus.ONVOLLEDIG],
    naar=AanvraagStatus.IN_BEHANDELING,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_van_mij, _instelling_niet_aan_zet, _ondertekend],
    knop="primair",
)
def in_behandeling_nemen(aanvraag: Aanvraag, actor: Actor, *, nu: datetime) -> Aanvraag:
    """Confirm that the aanvraag is complete, its rank stands; or go on without the aanvulling that did not come."""
    if aanvraag.status == AanvraagStatus.ONVOLLEDIG:
        hervat(aanvraag, nu)
    meld_instelling(
        aanvraag, "in_behandeling", f"{beslisser_naam(aanvraag)} heeft een aanvraag in behandeling", nu
    )
    return aanvraag


@handeling(
    "aanvraag.aanvulling_vragen",
    titel="Aanvulling vragen",
    op=Aanvraag,
    van=[AanvraagStatus.INGEDIEND, AanvraagStatus.IN_BEHANDELING],
    naar=AanvraagStatus.ONVOLLEDIG,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_van_mij],
)
def aanvulling_vragen(
    aanvraag: Aanvraag,
    actor: Actor,
    *,
    vraag: str,
    termijn_tot: date,
    op_formulier: bool,
    punten: Sequence[str] = (),
    nu: datetime,
) -> Aanvraag:
    """Ask for what is missing, with a hersteltermijn until and including `termijn_tot` (Awb 4:5, 4:15).

    `punten` are the codes of what this version of the form asks (`regels.aanvulling`); who names one asks for what was
    on the form. It leaves the queue only where it gets a new rank; where it keeps its rank, those after it wait (T16).
    """
    assert aanvraag.reservering is not None
    gevraagd = gekozen(formulierpunten(aanvraag), punten)
    if len(gevraagd) != len(set(punten)):
        tekst = "Kies alleen wat dit formulier vraagt."
        raise HandelingGeweigerd(Reden("punten", tekst, veld="punten"))
    if not gevraagd:
        eis_tekst(vraag, "Kies of schrijf wat er ontbreekt.", veld="vraag")
    if termijn_tot > datum_van(nu) + timedelta(days=HERSTEL_MAX_DAGEN):
        raise HandelingGeweigerd(Reden("termijn", "Kies een dag binnen een half jaar.", veld="termijn_tot"))
    if termijn_tot <= datum_van(nu):
        raise HandelingGeweigerd(
            Reden("termijn", "Kies een dag na vandaag, zodat de instelling tijd heeft.", veld="termijn_tot")
        )
    aanvraag.aanvulling_gevraagd_op = datum_van(nu)
    aanvraag.aanvulling_gevraagd_door = actor.persoon
    aanvraag.aanvulling_vraag = vraag
    aanvraag.aanvulling_punten = [punt.code for punt in gevraagd]
    aanvraag.aanvulling_op_formulier = op_formulier or bool(gevraagd)
    aanvraag.hersteltermijn_tot = termijn_tot
    zet_stil(aanvraag, actor, nu)
    # A review of what is incomplete says nothing of what will come; the logboek keeps that it was done.
    Beoordeling.objects.filter(aanvraag=aanvraag).delete()
    if krijgt_nieuwe_rang(aanvraag):
        plaatsen.stel_uit(aanvraag.reservering, nu)
    maak_aanvullingsbrief(aanvraag, actor, nu)
    meld_instelling(
        aanvraag, "aanvulling_gevraagd", f"{beslisser_naam(aanvraag)} vraagt om een aanvulling", nu
    )
    return aanvraag


@handeling(
    "aanvraag.beoordelen",
    titel="Beoordelen",
    op=Aanvraag,
    van=[AanvraagStatus.IN_BEHANDELING],
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_van_mij],
    knop="primair",
)
def beoordelen(
    aanvraag: Aanvraag,
    actor: Actor,
    *,
    uitkomsten: dict[str, dict[str, Any]],
    advies: str,
    gronden: list[str],
    motivering: str,
    nu: datetime,
) -> Beoordeling:
    """Answer every controle of the route and advise. A colleague decides (four eyes)."""
    _controleer_uitkomsten(aanvraag, uitkomsten, advies, gronden, motivering)
    beoordeling, _ = Beoordeling.objects.update_or_create(
        aanvraag=aanvraag,
        defaults={
            "beoordelaar": actor.persoon,
            "uitkomsten": uitkomsten,
            "advies": advies,
            "gronden": gronden if advies == Advies.AFWIJZEN else [],
            "motivering": motivering,
            "beoordeeld_op": nu,
        },
    )
    _meld_beoordeeld(aanvraag, nu)
    return beoordeling


def _meld_beoordeeld(aanvraag: Aanvraag, nu: datetime) -> None:
    """A besluit is next; where the gemeente first asks UWV for budget, that is."""
    if aanvraag.inhoud.route(aanvraag.route).budget_vragen:
        meld_beslisser(aanvraag, "beoordeeld", "Een aanvraag is beoordeeld: vraag UWV om budget", nu)
    else:
        meld_beslisser(
            aanvraag, "beoordeeld", "Een aanvraag is beoordeeld: neem het besluit", nu, beslist=True
        )


def _controleer_uitkomsten(
    aanvraag: Aanvraag,
    uitkomsten: dict[str, dict[str, Any]],
    advies: str,
    gronden: list[str],
    motivering: str,
) -> None:
    redenen = []
    controles = aanvraag.inhoud.route(aanvraag.route).controles
    for controle in controles:
        if not isinstance(uitkomsten.get(controle.code, {}).get("klopt"), bool):
            redenen.append(
                Reden("controle_open", f"Beantwoord ook: {controle.vraag}", veld=f"controle_{controle.code}")
            )
    niet_goed = [c for c in controles if uitkomsten.get(c.code, {}).get("klopt") is False]
    if advies == Advies.TOEKENNEN and niet_goed:
        redenen.append(
            Reden("advies", "Er klopt iets niet. Dan kunt u niet adviseren om toe te kennen.", veld="advies")
        )
    if advies == Advies.AFWIJZEN and not gronden:
        redenen.append(Reden("gronden", "Kies waarom de aanvraag wordt afgewezen.", veld="gronden"))
    if set(gronden) - {g.code for g in aanvraag.inhoud.gronden}:
        redenen.append(Reden("gronden", "Kies alleen gronden van deze regeling.", veld="gronden"))
    if not motivering.strip():
        redenen.append(Reden("motivering", "Schrijf de motivering. Die komt in de brief.", veld="motivering"))
    if redenen:
        raise HandelingGeweigerd(*redenen)

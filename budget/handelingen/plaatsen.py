"""The one spot where places and money are given out. Called within the transaction of a dossier's act.

Lock order, for every path: the dossier, then the pots of its regeling (totaal, route, gemeente). The counting and
the order of receipt stand in the database (migration 0002); here a refusal of the database becomes a reason.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from budget.models import Pot, PotSoort, Regeling, RegelingVersie, Reservering, ReserveringStatus
from budget.regels.regeling import DubbelTraject, Vrijval
from gemeenten.models import Gemeente
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden


def sluit_aan(
    versie: RegelingVersie,
    *,
    kenmerk: str,
    route: str,
    gemeente: Gemeente,
    doelgroep: str,
    persoon: bytes,
    nu: datetime,
) -> Reservering:
    """Join the queue with an aanvraag that is complete by the form; rank from `nu`."""
    inhoud = versie.inhoud
    bedragen = inhoud.route(route)
    enig = inhoud.regels.dubbel_traject is DubbelTraject.BLOKKEER
    reservering = Reservering(
        regeling_id=versie.regeling_id,
        versie=versie,
        status=ReserveringStatus.IN_VOLGORDE,
        kenmerk=kenmerk,
        route=route,
        gemeente=gemeente,
        doelgroep=doelgroep,
        bedrag_cent=bedragen.bedrag_cent,
        rijk_cent=bedragen.rijk_cent,
        gemeente_cent=bedragen.gemeente_cent,
        persoon=persoon if enig else None,
        ontvangen_op=nu,
    )
    _geef_rang(reservering, nu)
    reservering.save(force_insert=True)
    return reservering


def stel_uit(reservering: Reservering) -> None:
    """Wait outside the queue until what is missing has come (Awb 4:5)."""
    reservering.status = ReserveringStatus.ONVOLLEDIG
    reservering.save()


def sluit_weer_aan(reservering: Reservering, nu: datetime, *, nieuwe_rang: bool) -> None:
    """Join again, complete now, with a rank from `nu` or with the rank it had."""
    if nieuwe_rang:
        _geef_rang(reservering, nu)
    reservering.status = ReserveringStatus.IN_VOLGORDE
    reservering.save()


def neem_plaats(reservering: Reservering, nu: datetime) -> None:
    """Take a place in every pot that applies, or none. Raises HandelingGeweigerd with the ground.

    The reason `voorrang` names the better-ranked aanvraag that waits for the same scarce pot (Awb 4:26).
    """
    _wacht_op_eigen_beurt(reservering)
    reservering.status = ReserveringStatus.VERLEEND
    reservering.verleend_op = nu
    try:
        with transaction.atomic():
            reservering.save(update_fields=["status", "verleend_op"])
    except IntegrityError as fout:
        reden = _reden_van(reservering, fout)
        if reden is None:
            raise
        raise HandelingGeweigerd(reden) from fout


def laat_vallen(reservering: Reservering) -> None:
    """Leave the queue for good: afgewezen, ingetrokken or buiten behandeling."""
    reservering.status = ReserveringStatus.VERVALLEN
    reservering.save(update_fields=["status"])


def geef_vrij(reservering: Reservering, gebeurtenis: Vrijval) -> bool:
    """Free a granted place where the regeling says that this event does; returns whether it did."""
    if gebeurtenis not in reservering.versie.inhoud.regels.vrijval_bij:
        return False
    reservering.status = ReserveringStatus.VRIJGEGEVEN
    reservering.save(update_fields=["status"])
    return True


def stel_grenzen_in(versie: RegelingVersie) -> None:
    """Give the pots the limits of this version. Raises HandelingGeweigerd when more was granted already."""
    potten = versie.inhoud.potten
    grenzen: list[tuple[str, str, list[str], int | None, int | None]] = [
        (PotSoort.TOTAAL, "", [], potten.plafond_trajecten, potten.plafond_bedrag_cent),
        (PotSoort.GEMEENTE, "", list(potten.cap_telt_routes), potten.cap_per_gemeente, None),
    ]
    grenzen += [
        (PotSoort.ROUTE, route.code, [], potten.sub_plafond.get(route.code), None)
        for route in versie.inhoud.routes
    ]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for soort, route, telt, trajecten, cent in grenzen:
                cursor.execute(
                    "SELECT budget_stel_grens_in(%s, %s, %s, %s, %s, %s)",
                    [versie.regeling_id, soort, route, telt, trajecten, cent],
                )
    except IntegrityError as fout:
        raise HandelingGeweigerd(
            Reden("onder_verleend", "Deze grens ligt onder wat al is verleend. Kies een hogere grens.")
        ) from fout


def potten_van(reservering: Reservering) -> list[Pot]:
    """The pots that a grant of this reservering takes from, for the page of the decider."""
    potten = Pot.objects.filter(regeling_id=reservering.regeling_id).select_related("gemeente")
    telt = {p.soort: p.telt_routes for p in potten if p.soort == PotSoort.GEMEENTE and p.gemeente_id is None}
    van_gemeente = reservering.route in telt.get(PotSoort.GEMEENTE, [])
    eigen = [p for p in potten if p.gemeente_id == reservering.gemeente_id]
    patroon = [p for p in potten if p.soort == PotSoort.GEMEENTE and p.gemeente_id is None]
    return [
        *(p for p in potten if p.soort == PotSoort.TOTAAL),
        *(p for p in potten if p.soort == PotSoort.ROUTE and p.route == reservering.route),
        *((eigen or patroon) if van_gemeente else []),
    ]


def _geef_rang(reservering: Reservering, nu: datetime) -> None:
    """Rank from this instant, with a number drawn under the regeling's lock so that it follows commit order."""
    Regeling.objects.select_for_update(of=("self",), no_key=True).get(pk=reservering.regeling_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('budget_rang')")
        reservering.rang_volgnr = cursor.fetchone()[0]
    reservering.rang_op = nu


def _wacht_op_eigen_beurt(reservering: Reservering) -> None:
    """One traject a person is scarce too: of two for the same person the first received goes first (T36)."""
    if reservering.persoon is None:
        return
    eerder = Reservering.objects.beter_dan(reservering).filter(persoon=reservering.persoon).first()
    if eerder is not None:
        raise HandelingGeweigerd(_voorrang(eerder.kenmerk))


def _voorrang(kenmerk: str) -> Reden:
    return Reden(
        "voorrang",
        f"Aanvraag {kenmerk} is eerder compleet ontvangen en wacht op dezelfde plaats. "
        "Beslis eerst over die aanvraag.",
    )


def _reden_van(reservering: Reservering, fout: IntegrityError) -> Reden | None:
    diagnose: Any = getattr(fout.__cause__, "diag", None)
    regel = diagnose.constraint_name if diagnose else ""
    inhoud = reservering.versie.inhoud
    if regel == "reservering_een_traject_per_persoon":
        return Reden("dubbel_traject", inhoud.grond("dubbel_traject").tekst, grond=True)
    if regel == "budget_voorrang":
        return _voorrang(json.loads(diagnose.message_detail)["kenmerk"])
    if regel == "budget_vol":
        soort = json.loads(diagnose.message_detail)["soort"]
        grond = {"totaal": "plafond", "route": "sub_plafond", "gemeente": "cap_gemeente"}[soort]
        return Reden(
            grond, f"{inhoud.grond(grond).tekst} U kunt deze aanvraag alleen nog afwijzen.", grond=True
        )
    return None

"""The one spot where places and money are given out. Called within the transaction of a dossier's act.

Lock order, for every path: the dossier, then the pots of its regeling (totaal, route, gemeente). Counting, booking
and the order of receipt stand in the database (migrations 0005 and 0011); here a refusal of it becomes a reason.
A refusal leaves the transaction broken, as an act that is refused ends it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Q

from budget.models import Pot, PotSoort, RegelingVersie, Reservering, ReserveringStatus
from budget.regels.regeling import CapBijFusie, GelijkeRang, Regelinginhoud, Vrijval
from gemeenten.models import Gemeente, familie_van
from ips_subsidie.handelingen.lopend import lopend
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import begin_van_dag, datum_van, einde_van_dag

_HERKOMST = ("handeling", "door_id", "gewijzigd_op")


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
    bedragen = inhoud.route(route).bedrag_voor(doelgroep)
    reservering = Reservering(
        regeling_id=versie.regeling_id,
        versie=versie,
        status=ReserveringStatus.IN_VOLGORDE,
        kenmerk=kenmerk,
        tijdvak=inhoud.tijdvak_voor(nu).code,
        route=route,
        gemeente=gemeente,
        doelgroep=doelgroep,
        bedrag_cent=bedragen.bedrag_cent,
        rijk_cent=bedragen.rijk_cent,
        gemeente_cent=bedragen.gemeente_cent,
        persoon=persoon,
        ontvangen_op=nu,
        rang_op=_rang(versie, nu),
    )
    _stempel(reservering, nu)
    reservering.save(force_insert=True)
    return reservering


def stel_uit(reservering: Reservering, nu: datetime) -> None:
    """Wait outside the queue until what is missing has come (Awb 4:5)."""
    _zet(reservering, nu, status=ReserveringStatus.ONVOLLEDIG)


def sluit_weer_aan(reservering: Reservering, nu: datetime, *, nieuwe_rang: bool) -> None:
    """Join again, complete now, with a rank from `nu` or with the rank it had."""
    rang = {"rang_op": _rang(reservering.versie, nu)} if nieuwe_rang else {}
    _zet(reservering, nu, status=ReserveringStatus.IN_VOLGORDE, **rang)


def herplaats(reservering: Reservering, nu: datetime) -> None:
    """Join again after a refusal that was taken back, with the rank it had; the uitzondering says so (Awb 7:11)."""
    _zet(reservering, nu, status=ReserveringStatus.IN_VOLGORDE, past_niet=False)


def reserveer(reservering: Reservering, nu: datetime, tot: datetime) -> None:
    """Hold a place in every pot until `tot`, ahead of the besluit. Refused on the same grounds as `neem_plaats`."""
    _wacht_op_einde_van_de_dag(reservering, nu)
    with _als_reden(reservering):
        _zet(reservering, nu, status=ReserveringStatus.GERESERVEERD, gereserveerd_tot=tot)


def laat_verlopen(reservering: Reservering, nu: datetime) -> None:
    """Give back what was held and not used in time; the dossier waits again, with the rank it had."""
    _zet(reservering, nu, status=ReserveringStatus.IN_VOLGORDE, gereserveerd_tot=None)


def verplaats(reservering: Reservering, gemeente: Gemeente, nu: datetime) -> None:
    """Take the place in the queue along to another gemeente, when the aanvraag is sent on (Awb 2:3)."""
    _zet(reservering, nu, gemeente=gemeente)


def neem_plaats(reservering: Reservering, nu: datetime) -> None:
    """Take a place in every pot that applies, or none. Raises HandelingGeweigerd with the ground.

    The reason `voorrang` names the better-ranked aanvraag that waits for the same scarce pot (Awb 4:26), the reason
    `loting` one that was received at the same moment.
    """
    _wacht_op_einde_van_de_dag(reservering, nu)
    with _als_reden(reservering):
        _zet(reservering, nu, status=ReserveringStatus.VERLEEND, verleend_op=nu)


def staat_in_de_weg(reservering: Reservering, nu: datetime) -> list[str]:
    """The codes with which `neem_plaats` would be refused now, found by trying; empty when there is a place."""
    try:
        with transaction.atomic():
            neem_plaats(reservering, nu)
            transaction.set_rollback(True)
    except HandelingGeweigerd as weigering:
        return weigering.codes
    reservering.refresh_from_db()
    return []


def laat_vallen(reservering: Reservering, nu: datetime, *, past_niet: bool = False) -> None:
    """Leave the queue for good: afgewezen, ingetrokken or buiten behandeling.

    `past_niet`: refused for want of room. Where the regeling says `stoppen`, who comes after gets nothing either.
    """
    _zet(reservering, nu, status=ReserveringStatus.VERVALLEN, past_niet=past_niet)


def geef_vrij(reservering: Reservering, gebeurtenis: Vrijval, nu: datetime) -> bool:
    """Free a granted place where the regeling says that this event does; returns whether it did.

    It goes to the next in order that waits, never by itself to one that was refused (T32).
    """
    if gebeurtenis not in reservering.versie.inhoud.regels.vrijval_bij:
        return False
    _zet(reservering, nu, status=ReserveringStatus.VRIJGEGEVEN)
    return True


class Stand(NamedTuple):
    """A pot as it counts for one reservering, with what the gemeenten of `samen_met` hold: to show, never to save."""

    pot: Pot
    samen_met: list[str]


def standen_van(reservering: Reservering, op: datetime) -> list[Stand]:
    """The pots that a grant of this reservering takes from, as the engine would count them at `op`."""
    potten = potten_van(reservering)
    begrensd = any(p.soort == PotSoort.GEMEENTE and p.grens_trajecten is not None for p in potten)
    mee = meegeteld(reservering, op) if begrensd else []
    return [
        _stand(pot, [m for m in mee if (m.soort, m.periode) == (pot.soort, pot.periode)]) for pot in potten
    ]


def _stand(pot: Pot, mee: list[Pot]) -> Stand:
    for veld in ("verleend_trajecten", "verleend_cent", "gereserveerd_trajecten", "gereserveerd_cent"):
        setattr(pot, veld, getattr(pot, veld) + sum(getattr(m, veld) for m in mee))
    return Stand(pot, [str(m.gemeente) for m in mee])


def meegeteld(reservering: Reservering, op: datetime) -> list[Pot]:
    """The pots of other gemeenten that the cap counts along at `op`, since theirs and this one went together."""
    familie = familie_van(reservering.gemeente_id, datum_van(op)) - {reservering.gemeente_id}
    if not familie or reservering.versie.inhoud.regels.cap_bij_fusie is not CapBijFusie.SOM:
        return []
    potten = Pot.objects.filter(
        regeling_id=reservering.regeling_id,
        soort=PotSoort.GEMEENTE,
        periode__in=["", reservering.tijdvak],
        gemeente_id__in=familie,
        telt_routes__contains=[reservering.route],
    )
    return list(potten.select_related("gemeente").order_by("periode", "gemeente__sorteernaam"))


def potten_van(reservering: Reservering) -> list[Pot]:
    """The pots that a grant of this reservering takes from, for the page of the decider.

    A gemeente without a grant has no pot of her own yet: the pattern stands for it.
    """
    potten = Pot.objects.filter(
        Q(gemeente_id=reservering.gemeente_id) | Q(gemeente__isnull=True),
        regeling_id=reservering.regeling_id,
        periode__in=["", reservering.tijdvak],
    )
    eigen = {p.periode for p in potten if p.gemeente_id is not None}
    van_gemeente = [p for p in potten if p.soort == PotSoort.GEMEENTE and reservering.route in p.telt_routes]
    past = [
        *(p for p in potten if p.soort == PotSoort.TOTAAL),
        *(p for p in potten if p.soort == PotSoort.ROUTE and p.route == reservering.route),
        *(p for p in van_gemeente if p.gemeente_id is not None or p.periode not in eigen),
    ]
    volgorde = list(PotSoort)
    return sorted(past, key=lambda p: (volgorde.index(PotSoort(p.soort)), p.periode))


def _rang(versie: RegelingVersie, nu: datetime) -> datetime:
    """The instant that counts; where a loting decides between those of one day, the begin of that day."""
    op_dag = versie.inhoud.regels.gelijke_rang is GelijkeRang.LOTING
    return begin_van_dag(datum_van(nu)) if op_dag else nu


def _wacht_op_einde_van_de_dag(reservering: Reservering, nu: datetime) -> None:
    """Where all of one day are equal, nobody gets a place while others of that day may still come in."""
    regels, rang_op = reservering.versie.inhoud.regels, reservering.rang_op
    if regels.gelijke_rang is not GelijkeRang.LOTING or rang_op is None:
        return
    if nu < einde_van_dag(datum_van(rang_op)):
        raise HandelingGeweigerd(
            Reden(
                "dag_loopt",
                "Alle aanvragen van één dag zijn gelijk, en vandaag kan er nog een bij komen. Beslis vanaf morgen.",
            )
        )


def _stempel(reservering: Reservering, nu: datetime) -> None:
    nu_bezig = lopend()
    reservering.handeling = nu_bezig.code
    reservering.door_id = nu_bezig.gebruiker_id
    reservering.gewijzigd_op = nu


def _zet(reservering: Reservering, nu: datetime, **velden: Any) -> None:
    """Change these columns, with the act that does it: the grootboek takes that over."""
    for naam, waarde in velden.items():
        setattr(reservering, naam, waarde)
    _stempel(reservering, nu)
    reservering.save(update_fields=[*velden, *_HERKOMST])


@contextmanager
def _als_reden(reservering: Reservering) -> Iterator[None]:
    """A refusal of the database as the reason of the regeling; the object becomes what it was."""
    # Asked before: once the database has refused, the transaction answers nothing any more.
    inhoud = reservering.versie.inhoud
    was = {veld: getattr(reservering, veld) for veld in ("status", "verleend_op", "gereserveerd_tot")}
    try:
        yield
    except IntegrityError as fout:
        reden = _reden_van(inhoud, fout)
        if reden is None:
            raise
        reservering.__dict__.update(was)
        raise HandelingGeweigerd(reden) from fout


def _reden_van(inhoud: Regelinginhoud, fout: IntegrityError) -> Reden | None:
    diagnose: Any = getattr(fout.__cause__, "diag", None)
    regel = diagnose.constraint_name if diagnose else ""
    if regel == "reservering_een_traject_per_persoon":
        return Reden("dubbel_traject", inhoud.grond("dubbel_traject").tekst, grond=True)
    if regel in ("budget_voorrang", "budget_loting"):
        return _wacht_op(regel, json.loads(diagnose.message_detail)["kenmerk"])
    if regel == "budget_vol":
        soort = json.loads(diagnose.message_detail)["soort"]
        grond = {"totaal": "plafond", "route": "sub_plafond", "gemeente": "cap_gemeente"}[soort]
        return Reden(
            grond, f"{inhoud.grond(grond).tekst} U kunt deze aanvraag alleen nog afwijzen.", grond=True
        )
    return None


def _wacht_op(regel: str, kenmerk: str) -> Reden:
    if regel == "budget_voorrang":
        return Reden(
            "voorrang",
            f"Aanvraag {kenmerk} is eerder compleet ontvangen en wacht op dezelfde plaats. "
            "Beslis eerst over die aanvraag.",
        )
    return Reden(
        "loting",
        f"Aanvraag {kenmerk} is op hetzelfde moment ontvangen en er is te weinig plaats voor allebei. "
        "Laat eerst het lot beslissen.",
    )

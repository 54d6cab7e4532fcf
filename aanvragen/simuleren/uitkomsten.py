"""What became of an event, and how it is printed: one line of JSON each, the keys in a fixed order."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum
from django.db.models.functions import Coalesce

from aanvragen.models import Aanvraag
from aanvragen.simuleren.scenario import Gebeurtenis
from aanvragen.simuleren.wereld import Wereld
from budget.models import Betaalverplichting, Pot, PotSoort, ReserveringStatus
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.kalender.klok import AMSTERDAM

# In the queue, or out of it with a place.
MET_RANG = (ReserveringStatus.IN_VOLGORDE, ReserveringStatus.GERESERVEERD, ReserveringStatus.VERLEEND)


@dataclass(frozen=True)
class Pool:
    """The pot of the whole regeling, or of the first tijdvak where only tijdvakken have a limit.

    What was granted or reserved, and the limit; None is no limit.
    """

    trajecten: int
    grens_trajecten: int | None
    cent: int
    grens_cent: int | None


@dataclass(frozen=True)
class Stand:
    """How it stands after an event: of the aanvraag, what every pot still has (negative: beyond its limit), the money.

    `geld` is of the whole regeling, in integer cents incl. btw: what is owed (the amount of the vaststelling where
    there is one), invoiced, paid, reclaimed.
    """

    status: str | None
    rang: datetime | None
    vrij: dict[str, int]
    geld: dict[str, int]
    pool: Pool


@dataclass(frozen=True)
class Uitkomst:
    gebeurtenis: Gebeurtenis
    redenen: tuple[Reden, ...]
    stand: Stand

    @property
    def uitkomst(self) -> str:
        """`geweigerd` where a ground for refusal stands in the way, `geblokkeerd` where it just can't be now."""
        if not self.redenen:
            return "gelukt"
        return "geweigerd" if any(reden.grond for reden in self.redenen) else "geblokkeerd"

    def als_json(self) -> str:
        g, stand = self.gebeurtenis, self.stand
        return json.dumps(
            {
                "op": g.op.isoformat(),
                "wat": g.wat,
                "aanvraag": g.aanvraag,
                "uitkomst": self.uitkomst,
                "redenen": list(dict.fromkeys(reden.code for reden in self.redenen)),
                "status": stand.status,
                "rang": stand.rang.astimezone(AMSTERDAM).isoformat() if stand.rang else None,
                "vrij": stand.vrij,
                "geld": stand.geld,
            },
            ensure_ascii=False,
        )


def stand_van(wereld: Wereld, aanvraag_id: UUID | None) -> Stand:
    """Read from the database after an event; `aanvraag_id` is None where there is no aanvraag."""
    status, rang = _van_aanvraag(aanvraag_id)
    potten = list(Pot.objects.filter(regeling=wereld.regeling).select_related("gemeente"))
    pot = _getekend(potten, wereld)
    pool = Pool(
        pot.verleend_trajecten + pot.gereserveerd_trajecten,
        pot.grens_trajecten,
        pot.verleend_cent + pot.gereserveerd_cent,
        pot.grens_cent,
    )
    return Stand(status, rang, _vrij(potten, wereld.scenario.gemeenten), _geld(wereld), pool)


def _getekend(potten: list[Pot], wereld: Wereld) -> Pot:
    """The pot of the picture: one with a limit, where there is one."""
    per_periode = {pot.periode: pot for pot in _van(potten, PotSoort.TOTAAL)}
    totaal = per_periode[""]
    if totaal.grens_trajecten is not None or totaal.grens_cent is not None:
        return totaal
    eerste = wereld.scenario.gebeurtenissen[0].op
    return per_periode.get(wereld.scenario.inhoud.tijdvak_voor(eerste).code, totaal)


def _geld(wereld: Wereld) -> dict[str, int]:
    sommen = Betaalverplichting.objects.filter(reservering__regeling=wereld.regeling).aggregate(
        verplicht_cent=Sum(Coalesce("vastgesteld_cent", "bedrag_cent")),
        gefactureerd_cent=Sum("gefactureerd_cent"),
        betaald_cent=Sum("betaald_cent"),
        teruggevorderd_cent=Sum("teruggevorderd_cent"),
    )
    return {naam: som or 0 for naam, som in sommen.items()}


def _van_aanvraag(aanvraag_id: UUID | None) -> tuple[str | None, datetime | None]:
    """Its status and its rank; no rank while it is incomplete, nor when it has left the queue without a place."""
    if aanvraag_id is None:
        return None, None
    aanvraag = Aanvraag.objects.select_related("reservering").get(pk=aanvraag_id)
    reservering = aanvraag.reservering
    if reservering is None or reservering.status not in MET_RANG:
        return aanvraag.status, None
    return aanvraag.status, reservering.rang_op


def _vrij(potten: list[Pot], gemeenten: tuple[str, ...]) -> dict[str, int]:
    """What is left in every pot that has a limit: totaal, routes, gemeenten; a pot of one tijdvak by `@` its code."""
    vrij: dict[str, int | None] = {}
    for pot in _van(potten, PotSoort.TOTAAL):
        vrij[_naam("plafond_trajecten", pot)] = pot.vrij_trajecten
        vrij[_naam("plafond_bedrag_cent", pot)] = pot.vrij_cent
    for pot in _van(potten, PotSoort.ROUTE):
        vrij[_naam(f"sub_plafond_{pot.route}", pot)] = pot.vrij_trajecten
    eigen = {(p.gemeente.code, p.periode): p for p in _van(potten, PotSoort.GEMEENTE) if p.gemeente}
    for patroon in (p for p in _van(potten, PotSoort.GEMEENTE) if p.gemeente is None):
        for code in gemeenten:
            # A gemeente has no pot of its own before its first grant.
            pot = eigen.get((code, patroon.periode), patroon)
            vrij[_naam(f"cap_per_gemeente:{code}", pot)] = pot.vrij_trajecten
    return {naam: over for naam, over in vrij.items() if over is not None}


def _van(potten: list[Pot], soort: PotSoort) -> list[Pot]:
    return [pot for pot in potten if pot.soort == soort]


def _naam(naam: str, pot: Pot) -> str:
    return f"{naam}@{pot.periode}" if pot.periode else naam

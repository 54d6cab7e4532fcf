"""Part 2 of the form: the gemeente asks UWV whether there is budget, before she decides (S2, domain text 4.2).

UWV answers by holding the amount for a while, or by saying that there is none; it never refuses the subsidie itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from aanvragen.handelingen.besluit import beoordeling_van
from aanvragen.handelingen.dossier import behandelt, meld_gemeente, meld_uwv
from aanvragen.models import Aanvraag
from aanvragen.models.beoordeling import Advies
from aanvragen.regels.statussen import AanvraagStatus
from budget.handelingen import plaatsen
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van, einde_van_dag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, Rol

# Who answers the gemeente at UWV.
_ANTWOORDT = (Rol.UWV_BEOORDELAAR, Rol.UWV_FINANCIEN)
# Without a place in one of these there is no budget for it.
_GEEN_PLAATS = frozenset({"plafond", "sub_plafond", "cap_gemeente"})


def _vraagt_budget(aanvraag: Aanvraag, actor: Actor) -> bool:
    """The party that treats it, where the route has UWV hold the budget before the besluit."""
    route = aanvraag.routeregels
    return behandelt(aanvraag, actor) and route is not None and route.budget_vragen


def _is_beoordeeld(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """UWV holds no money for what the gemeente will refuse anyway."""
    beoordeling = beoordeling_van(aanvraag)
    if beoordeling is None:
        yield Reden("niet_beoordeeld", "Beoordeel de aanvraag eerst. Vraag daarna om budget.")
    elif beoordeling.advies != Advies.TOEKENNEN:
        yield Reden("advies", "Het advies is om af te wijzen. Dan is er geen budget nodig.")


@handeling(
    "aanvraag.budget_vragen",
    titel="Budget vragen bij UWV",
    op=Aanvraag,
    van=[AanvraagStatus.IN_BEHANDELING, AanvraagStatus.GEEN_BUDGET],
    naar=AanvraagStatus.BUDGET_GEVRAAGD,
    door=GEMEENTEROLLEN,
    relatie=_vraagt_budget,
    voorwaarden=[_is_beoordeeld],
    knop="primair",
    direct=True,
)
def vragen(aanvraag: Aanvraag, actor: Actor, *, nu: datetime) -> Aanvraag:
    """Ask UWV for the budget of this traject, with one click: everything it needs is in the dossier."""
    aanvraag.budget_gevraagd_op = nu
    aanvraag.budget_gevraagd_door = actor.persoon
    meld_uwv(aanvraag, "budget_gevraagd", "Een gemeente vraagt om budget", nu, rollen=_ANTWOORDT)
    return aanvraag


@handeling(
    "aanvraag.budget_reserveren",
    titel="Budget reserveren",
    op=Aanvraag,
    van=[AanvraagStatus.BUDGET_GEVRAAGD],
    naar=AanvraagStatus.BUDGET_GERESERVEERD,
    door=_ANTWOORDT,
    knop="primair",
    direct=True,
)
def reserveren(aanvraag: Aanvraag, actor: Actor, *, nu: datetime) -> Aanvraag:
    """Hold the amount for the days of the regeling; the last of them counts whole. Refused as a grant would be."""
    assert aanvraag.reservering is not None
    dagen = aanvraag.inhoud.termijnen.reservering_geldig_dagen
    tot = einde_van_dag(datum_van(nu) + timedelta(days=dagen))
    plaatsen.reserveer(aanvraag.reservering, nu, tot)
    titel = "UWV heeft budget gereserveerd: neem het besluit"
    meld_gemeente(aanvraag, "budget_gereserveerd", titel, nu)
    return aanvraag


@handeling(
    "aanvraag.budget_weigeren",
    titel="Er is geen budget",
    op=Aanvraag,
    van=[AanvraagStatus.BUDGET_GEVRAAGD],
    naar=AanvraagStatus.GEEN_BUDGET,
    door=_ANTWOORDT,
    knop="gevaar",
)
def weigeren(aanvraag: Aanvraag, actor: Actor, *, nu: datetime) -> Aanvraag:
    """Say that there is no budget; the gemeente then refuses with a besluit (Awb 4:25 lid 2; T76).

    Not while there is room, nor while an earlier aanvraag may still leave it.
    """
    assert aanvraag.reservering is not None
    codes = set(plaatsen.staat_in_de_weg(aanvraag.reservering, nu))
    if not _GEEN_PLAATS & codes:
        tekst = "Er is nog budget voor deze aanvraag. Reserveer het."
        if codes:
            tekst = (
                "Of er budget is, staat nog niet vast: een andere aanvraag gaat voor. Beslis eerst over die."
            )
        raise HandelingGeweigerd(Reden("niet_vol", tekst))
    meld_gemeente(aanvraag, "geen_budget", "Er is geen budget: wijs de aanvraag af", nu)
    return aanvraag


def _is_verlopen(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    reservering = aanvraag.reservering
    if reservering is None or reservering.gereserveerd_tot is None or reservering.gereserveerd_tot > nu:
        yield Reden("geldt_nog", "De reservering geldt nog.")


@handeling(
    "aanvraag.reservering_verlopen",
    titel="Reservering laten verlopen",
    op=Aanvraag,
    van=[AanvraagStatus.BUDGET_GERESERVEERD],
    naar=AanvraagStatus.IN_BEHANDELING,
    door=[Rol.SYSTEEM],
    voorwaarden=[_is_verlopen],
    knop="geen",
)
def laten_verlopen(aanvraag: Aanvraag, actor: Actor, *, nu: datetime) -> Aanvraag:
    """Give the budget back when the gemeente did not decide in time; the aanvraag keeps its rank."""
    assert aanvraag.reservering is not None
    plaatsen.laat_verlopen(aanvraag.reservering, nu)
    titel = "De reservering van het budget is verlopen: vraag UWV opnieuw"
    meld_gemeente(aanvraag, "reservering_verlopen", titel, nu)
    return aanvraag

"""What becomes of a terugvordering: the instelling has paid, or it is withdrawn with a reason."""

from __future__ import annotations

from datetime import date, datetime

from budget.handelingen.facturen import CONTROLEURS, GOEDKEURDERS, SAMEN
from budget.handelingen.geldregels import als_reden
from budget.handelingen.melden import meld_crediteur
from budget.models import Terugvordering, TerugvorderingStatus
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor


@handeling(
    "terugvordering.voldaan",
    titel="Ontvangst melden",
    op=Terugvordering,
    van=[TerugvorderingStatus.OPEN],
    naar=TerugvorderingStatus.VOLDAAN,
    door=CONTROLEURS,
    samen=SAMEN,
    knop="primair",
    gevoelig=True,
)
def voldaan(
    terugvordering: Terugvordering, actor: Actor, *, ontvangen_op: date, nu: datetime
) -> Terugvordering:
    """Report the day on which the whole amount came back."""
    if not datum_van(terugvordering.ontstaan_op) <= ontvangen_op <= datum_van(nu):
        tekst = "Deze dag ligt voor de terugvordering, of in de toekomst. Vul de dag in waarop u het bedrag kreeg."
        raise HandelingGeweigerd(Reden("ontvangen_op", tekst, veld="ontvangen_op"))
    terugvordering.afgerond_op = ontvangen_op
    terugvordering.afgerond_door = actor.persoon
    return terugvordering


@handeling(
    "terugvordering.intrekken",
    titel="Terugvordering intrekken",
    op=Terugvordering,
    van=[TerugvorderingStatus.OPEN],
    naar=TerugvorderingStatus.INGETROKKEN,
    door=GOEDKEURDERS,
    samen=SAMEN,
    knop="gevaar",
    gevoelig=True,
)
def intrekken(
    terugvordering: Terugvordering, actor: Actor, *, toelichting: str, nu: datetime
) -> Terugvordering:
    """Let the claim go, with the reason: it was wrong, or it is not reasonable to go on with it."""
    if not toelichting.strip():
        tekst = "Schrijf waarom u de terugvordering intrekt."
        raise HandelingGeweigerd(Reden("geen_reden", tekst, veld="toelichting"))
    with als_reden():
        terugvordering.status = TerugvorderingStatus.INGETROKKEN
        terugvordering.afgerond_op = datum_van(nu)
        terugvordering.afgerond_door = actor.persoon
        terugvordering.toelichting = toelichting
        terugvordering.save(update_fields=["status", "afgerond_op", "afgerond_door", "toelichting"])
    meld_crediteur(
        terugvordering.verplichting,
        "terugvordering_ingetrokken",
        "Een terugvordering is ingetrokken",
        terugvordering,
        nu,
        "budget:terugvorderingen",
    )
    return terugvordering

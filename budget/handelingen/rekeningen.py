"""The bankrekening of an instelling: given by its beheerder, confirmed or refused by UWV."""

from __future__ import annotations

from datetime import datetime

from budget.handelingen.geldregels import als_reden
from budget.handelingen.melden import meld_organisatie, meld_uwv
from budget.models import Bankrekening, BankrekeningStatus
from budget.regels.iban import schone_iban
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol


@handeling(
    "rekening.doorgeven",
    titel="Bankrekening doorgeven",
    door=[Rol.INSTELLINGSBEHEERDER],
    maakt="budget.bankrekening",
    gevoelig=True,
)
def doorgeven(actor: Actor, *, iban: str, tenaamstelling: str, nu: datetime) -> Bankrekening:
    """Give the rekening on which the instelling wants to be paid; it counts once UWV has confirmed it.

    One that still waits lapses.
    """
    assert actor.organisatie is not None
    schoon = schone_iban(iban)
    if schoon is None:
        tekst = "Deze IBAN klopt niet. Controleer de cijfers, bijvoorbeeld NL91 ABNA 0417 1643 00."
        raise HandelingGeweigerd(Reden("iban_onjuist", tekst, veld="iban"))
    eigen = Bankrekening.objects.filter(organisatie=actor.organisatie)
    if eigen.bevestigd().filter(iban=schoon, tenaamstelling=tenaamstelling).exists():
        raise HandelingGeweigerd(Reden("zelfde", "Dit is al uw bevestigde rekening.", veld="iban"))
    eigen.filter(status=BankrekeningStatus.WACHT).update(status=BankrekeningStatus.VERVALLEN)
    with als_reden():
        rekening = Bankrekening.objects.create(
            organisatie=actor.organisatie,
            iban=schoon,
            tenaamstelling=tenaamstelling,
            vastgelegd_op=nu,
            vastgelegd_door=actor.persoon,
        )
    meld_uwv("rekening_nieuw", "Bevestig een bankrekening", rekening, nu, "budget:rekeningen")
    return rekening


@handeling(
    "rekening.bevestigen",
    titel="Bankrekening bevestigen",
    op=Bankrekening,
    van=[BankrekeningStatus.WACHT],
    naar=BankrekeningStatus.BEVESTIGD,
    door=[Rol.UWV_FINANCIEN],
    knop="primair",
    gevoelig=True,
)
def bevestigen(rekening: Bankrekening, actor: Actor, *, nu: datetime) -> Bankrekening:
    """Confirm that the rekening is of this instelling; from now on facturen are paid on it, no longer on the old."""
    with als_reden():
        Bankrekening.objects.bevestigd().filter(organisatie_id=rekening.organisatie_id).update(
            status=BankrekeningStatus.VERVALLEN
        )
        rekening.status = BankrekeningStatus.BEVESTIGD
        rekening.bevestigd_op = nu
        rekening.bevestigd_door = actor.persoon
        rekening.save(update_fields=["status", "bevestigd_op", "bevestigd_door"])
    _meld_instelling(rekening, "rekening_bevestigd", "Uw bankrekening is bevestigd", nu)
    return rekening


@handeling(
    "rekening.afwijzen",
    titel="Bankrekening afwijzen",
    op=Bankrekening,
    van=[BankrekeningStatus.WACHT],
    naar=BankrekeningStatus.AFGEWEZEN,
    door=[Rol.UWV_FINANCIEN],
    knop="gevaar",
    gevoelig=True,
)
def afwijzen(rekening: Bankrekening, actor: Actor, *, reden: str, nu: datetime) -> Bankrekening:
    """Refuse a rekening, with the reason; the one that was confirmed before goes on counting."""
    rekening.reden = reden
    _meld_instelling(rekening, "rekening_afgewezen", "Uw bankrekening is niet bevestigd", nu)
    return rekening


def _meld_instelling(rekening: Bankrekening, soort: str, titel: str, nu: datetime) -> None:
    rollen = [Rol.INSTELLINGSBEHEERDER]
    meld_organisatie(rekening.organisatie_id, rollen, soort, titel, rekening, nu, "budget:rekening")

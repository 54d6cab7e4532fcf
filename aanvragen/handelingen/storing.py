"""An aanvraag that came in after the tijdvak because the portal was down: an official says whether it counts (2:21)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from aanvragen.handelingen.dossier import behandelt, beslisser_naam, eis_tekst, meld_instelling
from aanvragen.models import Aanvraag, Storing, Storingsoordeel
from aanvragen.regels.statussen import OPEN
from aanvragen.regels.toegang_regeling import storing_op_de_laatste_dag
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import VOORBEREIDERS


def oordeel_van(aanvraag: Aanvraag) -> Storingsoordeel | None:
    """What was found of this late aanvraag; None as long as nobody looked."""
    return getattr(aanvraag, "storingsoordeel", None)


def storingen_bij(aanvraag: Aanvraag) -> list[Storing]:
    """The storingen in the register that can be the reason that it was late, the latest first."""
    if aanvraag.ontvangen_op is None:
        return []
    return [
        storing
        for storing in Storing.objects.filter(van__lte=aanvraag.ontvangen_op).order_by("-van")[:50]
        if storing_op_de_laatste_dag(aanvraag.inhoud, aanvraag.ontvangen_op, storing.van, storing.tot)
    ]


def te_laat_beoordeeld(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """A condition of granting: what came in late was accepted by an official on the ground of a storing."""
    if not aanvraag.na_storing:
        return
    oordeel = oordeel_van(aanvraag)
    if oordeel is None:
        yield Reden(
            "storing_niet_beoordeeld",
            "Deze aanvraag kwam na het tijdvak binnen, door een storing. Beoordeel eerst of hij nog op tijd is.",
        )
    elif not oordeel.aanvaard:
        yield Reden("te_laat", "Deze aanvraag is te laat. Toekennen kan niet.", grond=True)


def _kwam_na_een_storing(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if not aanvraag.na_storing:
        yield Reden("op_tijd", "Deze aanvraag kwam op tijd binnen. Er valt niets te beoordelen.")
    elif oordeel_van(aanvraag) is not None:
        yield Reden("al_beoordeeld", "Dit is al beoordeeld.")


@handeling(
    "aanvraag.storing_beoordelen",
    titel="Beoordelen na storing",
    op=Aanvraag,
    van=OPEN,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_kwam_na_een_storing],
)
def storing_beoordelen(
    aanvraag: Aanvraag, actor: Actor, *, aanvaard: bool, motivering: str, nu: datetime
) -> Storingsoordeel:
    """Say whether what came in after the tijdvak counts as in time, because the portal was down (Awb 2:21).

    The ground is a storing in the register on the last day; without one it can't be accepted. The logboek keeps it.
    """
    eis_tekst(motivering, "Schrijf waarom. Dat blijft in het dossier.", veld="motivering")
    storingen = storingen_bij(aanvraag)
    if aanvaard and not storingen:
        tekst = "Er staat geen storing op de laatste dag in het register. Vraag de beheerder om die vast te leggen."
        raise HandelingGeweigerd(Reden("geen_storing", tekst))
    oordeel = Storingsoordeel.objects.create(
        aanvraag=aanvraag,
        storing=storingen[0] if storingen else None,
        aanvaard=aanvaard,
        motivering=motivering,
        op=nu,
        door=actor.persoon,
    )
    uitkomst = "telt als op tijd" if aanvaard else "is te laat, ook met de storing erbij"
    titel = f"{beslisser_naam(aanvraag)} keek naar de storing: een aanvraag {uitkomst}"
    meld_instelling(aanvraag, "na_storing", titel, nu)
    return oordeel

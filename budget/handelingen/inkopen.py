"""The inkooporder that UWV places after a positive besluit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from budget.handelingen.geldregels import als_reden, reden_van
from budget.handelingen.melden import meld_crediteur
from budget.handelingen.verplichtingen import bereikt
from budget.models import (
    Betaalverplichting,
    Debiteur,
    Inkooporder,
    ReserveringStatus,
    VerplichtingStatus,
)
from budget.regels.regeling import Mijlpaal
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol


def _te_bestellen(verplichting: Betaalverplichting, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if not verplichting.inkooporder_nodig or verplichting.debiteur != Debiteur.UWV:
        yield Reden("niet_nodig", "Voor dit dossier is geen inkooporder nodig.")
    elif verplichting.reservering.status != ReserveringStatus.VERLEEND:
        yield reden_van("inkooporder_na_verlening")
    elif Inkooporder.objects.filter(reservering_id=verplichting.reservering_id).exists():
        yield reden_van("budget_inkooporder_reservering_id_key")
    elif verplichting.status != VerplichtingStatus.OPEN:
        yield reden_van(f"verplichting_{verplichting.status}")


@handeling(
    "inkooporder.plaatsen",
    titel="Inkooporder plaatsen",
    op=Betaalverplichting,
    door=[Rol.UWV_FINANCIEN],
    voorwaarden=[_te_bestellen],
    samen=["reservering"],
    knop="primair",
    gevoelig=True,
)
def plaatsen(verplichting: Betaalverplichting, actor: Actor, *, nummer: str, nu: datetime) -> Inkooporder:
    """Order the traject for the part of UWV; from today the instelling may invoice. Source: S2, domain text 2.4."""
    if not nummer:
        raise HandelingGeweigerd(Reden("geen_nummer", "Vul het nummer van de inkooporder in.", veld="nummer"))
    with als_reden():
        order = Inkooporder.objects.create(
            reservering_id=verplichting.reservering_id,
            nummer=nummer,
            bedrag_cent=verplichting.bedrag_cent,
            geplaatst_op=datum_van(nu),
            geplaatst_door=actor.persoon,
        )
    bereikt(verplichting.reservering, Mijlpaal.INKOOPORDER, datum_van(nu))
    meld_crediteur(verplichting, "inkooporder_geplaatst", "U kunt een factuur sturen", verplichting, nu)
    return order

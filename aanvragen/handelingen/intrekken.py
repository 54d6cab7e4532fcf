"""The instelling withdraws its aanvraag, at any time before the besluit."""

from __future__ import annotations

from datetime import datetime

from aanvragen.handelingen.dossier import meld_beslisser, meld_gemeente
from aanvragen.models import Aanvraag
from aanvragen.models.ingebrekestelling import stop_telling
from aanvragen.regels.dwangsom import Waarover
from aanvragen.regels.statussen import (
    BUDGET_BIJ_UWV,
    LEVENDE_TOESTEMMING,
    AanvraagStatus,
    ToestemmingStatus,
)
from budget.handelingen import plaatsen
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN


@handeling(
    "aanvraag.intrekken",
    titel="Aanvraag intrekken",
    op=Aanvraag,
    van=[
        AanvraagStatus.CONCEPT,
        AanvraagStatus.WACHT_OP_TOESTEMMING,
        AanvraagStatus.INGEDIEND,
        AanvraagStatus.ONVOLLEDIG,
        AanvraagStatus.IN_BEHANDELING,
        *BUDGET_BIJ_UWV,
    ],
    naar=AanvraagStatus.INGETROKKEN,
    door=INSTELLINGSROLLEN,
    knop="gevaar",
)
def intrekken(aanvraag: Aanvraag, actor: Actor, *, nu: datetime) -> Aanvraag:
    """Withdraw: no place was ever used (T31), and the toestemming is free again or void."""
    if aanvraag.reservering is not None:
        plaatsen.laat_vallen(aanvraag.reservering, nu)
        meld_beslisser(aanvraag, "aanvraag_ingetrokken", "De instelling trok een aanvraag in", nu)
        stop_telling(aanvraag, datum_van(nu), over=Waarover.AANVRAAG)
    levend = aanvraag.toestemmingen.filter(status__in=LEVENDE_TOESTEMMING)
    if levend.update(status=ToestemmingStatus.INGETROKKEN, ingetrokken_op=nu):
        meld_gemeente(aanvraag, "aanvraag_ingetrokken", "De instelling trok een aanvraag in", nu)
    return aanvraag

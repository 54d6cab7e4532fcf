"""The deelnemer no longer agrees (AVG art. 7 lid 3): before the besluit the aanvraag ends, and with it the sharing."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from aanvragen.handelingen.handtekening import laat_vervallen
from aanvragen.handelingen.intrekken import intrekken
from aanvragen.models import Aanvraag
from aanvragen.regels.statussen import AanvraagStatus
from ips_subsidie.berichten.uitbak import plaats
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN


@handeling(
    "aanvraag.akkoord_intrekken",
    titel="De deelnemer trekt het akkoord in",
    op=Aanvraag,
    van=intrekken.van,  # it ends the aanvraag in the same way, so as long as that can be done
    naar=AanvraagStatus.INGETROKKEN,
    door=intrekken.door,
    knop="gevaar",
)
def akkoord_intrekken(aanvraag: Aanvraag, actor: Actor, *, nu: datetime) -> Aanvraag:
    """End the aanvraag because the deelnemer withdrew his consent (T126).

    A gemeente that doesn't decide sees it no more; one that does keeps what she received: that is her archive.
    After the besluit it is a reason to stop the traject.
    """
    gemeente = aanvraag.gemeente_organisatie_id
    intrekken.doe(aanvraag, actor, nu=nu)
    laat_vervallen(aanvraag, nu, hoe_dan_ook=True)
    aanvraag.akkoord_ingetrokken_op = nu
    if gemeente is not None and not aanvraag.gemeente_beslist:
        aanvraag.gemeente_organisatie = None
        # Not to the dossier: from now on there is no such page for her.
        plaats(
            [gemeente],
            GEMEENTEROLLEN,
            soort="aanvraag_ingetrokken_akkoord",
            titel=f"De deelnemer trok het akkoord in. U hoeft niets te doen ({aanvraag.kenmerk})",
            pad=reverse("aanvragen:toestemmingen"),
            onderwerp_id=str(aanvraag.pk),
            nu=nu,
        )
    return aanvraag

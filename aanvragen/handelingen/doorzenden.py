"""Sending an aanvraag on to the gemeente where the deelnemer lives (Awb 2:3)."""

from __future__ import annotations

from datetime import datetime

from aanvragen.handelingen.dossier import behandelt, eis_tekst, meld_gemeente, meld_instelling
from aanvragen.models import Aanvraag, Beoordeling, Doorzending
from aanvragen.regels.statussen import AanvraagStatus
from budget.handelingen import plaatsen
from gemeenten.models import Gemeente, handelende_organisatie
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN


@handeling(
    "aanvraag.doorzenden",
    titel="Doorzenden naar een andere gemeente",
    op=Aanvraag,
    van=[AanvraagStatus.INGEDIEND, AanvraagStatus.IN_BEHANDELING],
    naar=AanvraagStatus.INGEDIEND,
    door=GEMEENTEROLLEN,
    relatie=behandelt,
    draagt_over=True,
)
def doorzenden(
    aanvraag: Aanvraag, actor: Actor, *, gemeente: Gemeente, reden: str, nu: datetime
) -> Doorzending:
    """Send it on to the right gemeente. The first receipt counts: rank and beslistermijn stay (Awb 2:3, 4:13).

    Who sent it on sees it no more. Raises HandelingGeweigerd for the same gemeente, or one that is no more.
    """
    assert aanvraag.reservering is not None
    assert aanvraag.gemeente is not None
    eis_tekst(reden, "Schrijf waarom de aanvraag bij die gemeente hoort.", veld="reden")
    if gemeente.pk == aanvraag.gemeente_id:
        raise HandelingGeweigerd(Reden("gemeente", "Kies een andere gemeente dan deze.", veld="gemeente"))
    if not gemeente.bestaat_op(datum_van(nu)):
        raise HandelingGeweigerd(
            Reden("gemeente", f"De gemeente {gemeente} bestaat niet meer. Kies een andere.", veld="gemeente")
        )
    doorzending = Doorzending.objects.create(
        aanvraag=aanvraag, van=aanvraag.gemeente, naar=gemeente, reden=reden, op=nu, door=actor.persoon
    )
    aanvraag.gemeente = gemeente
    aanvraag.gemeente_organisatie = handelende_organisatie(gemeente, datum_van(nu))
    aanvraag.opgepakt_door = None
    aanvraag.opgepakt_op = None
    # The other gemeente judges it herself; the logboek keeps what was found here.
    Beoordeling.objects.filter(aanvraag=aanvraag).delete()
    plaatsen.verplaats(aanvraag.reservering, gemeente, nu)
    meld_gemeente(aanvraag, "doorgezonden", "Een andere gemeente heeft een aanvraag doorgezonden", nu)
    meld_instelling(aanvraag, "doorgezonden", "Een aanvraag is doorgezonden naar een andere gemeente", nu)
    return doorzending

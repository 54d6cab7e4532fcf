"""The letters about the beslistermijn: the besluit comes later, the term stands still."""

from __future__ import annotations

from datetime import datetime

from aanvragen.handelingen.briefdelen import bewaar, briefkop, ondertekening
from aanvragen.models import Aanvraag, Brief, Opschorting, OpschortingSoort, Verdaging
from ips_subsidie.brieven.gegevens_termijn import Opschortingsbrief, Verdagingsbrief
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor


def maak_verdagingsbrief(aanvraag: Aanvraag, verdaging: Verdaging, actor: Actor, nu: datetime) -> Brief:
    """That the besluit comes later, why, and by when (Awb 4:14)."""
    assert aanvraag.ontvangen_op is not None
    return bewaar(
        aanvraag,
        Verdagingsbrief(
            **briefkop(aanvraag, datum_van(nu)),
            aanvraag_ontvangen_op=datum_van(aanvraag.ontvangen_op),
            reden=verdaging.reden,
            beslissen_voor=verdaging.tot,
            ondertekening=ondertekening(aanvraag, str(actor.persoon), "Beoordelaar"),
        ),
        "Uitstel van het besluit",
        nu,
    )


def maak_opschortingsbrief(aanvraag: Aanvraag, opschorting: Opschorting, actor: Actor, nu: datetime) -> Brief:
    """That the term stands still, why, until when, and the last day that comes of it (Awb 4:15 lid 4)."""
    assert aanvraag.ontvangen_op is not None
    assert aanvraag.beslis_uiterlijk is not None
    assert opschorting.hervat_op is not None
    return bewaar(
        aanvraag,
        Opschortingsbrief(
            **briefkop(aanvraag, datum_van(nu)),
            aanvraag_ontvangen_op=datum_van(aanvraag.ontvangen_op),
            instemming=opschorting.soort == OpschortingSoort.INSTEMMING,
            reden=opschorting.reden,
            hervat_op=opschorting.hervat_op,
            beslissen_voor=aanvraag.beslis_uiterlijk,
            ondertekening=ondertekening(aanvraag, str(actor.persoon), "Beoordelaar"),
        ),
        "De beslistermijn staat stil",
        nu,
    )

"""The check of the gemeente: uitkering, another traject, voorzieningen in use (infosheet 2019, Rijk van Nijmegen)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from aanvragen.models import Aanvraag
from aanvragen.models.gemeentetoets import Gemeentetoets
from aanvragen.regels.statussen import OPEN, AanvraagStatus
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN


def _gemeente_is_aan_zet(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """She is asked for her besluit, or for her toestemming and has not yet said no."""
    if not aanvraag.gemeente_beslist and aanvraag.levende_toestemming() is None:
        yield Reden("niets_gevraagd", "Aan de gemeente is nu niets gevraagd. Een toets is niet nodig.")


@handeling(
    "gemeentetoets.vastleggen",
    titel="Gemeentetoets vastleggen",
    op=Aanvraag,
    van=[AanvraagStatus.WACHT_OP_TOESTEMMING, *OPEN],
    door=GEMEENTEROLLEN,
    voorwaarden=[_gemeente_is_aan_zet],
)
def vastleggen(
    aanvraag: Aanvraag,
    actor: Actor,
    *,
    uitkering_klopt: bool,
    ander_traject: bool,
    voorzieningen: str,
    nu: datetime,
) -> Gemeentetoets:
    """Record what was found in one's own administration; a later check takes its place, and both are kept.

    It decides nothing: who gives the toestemming or the besluit weighs it.
    """
    assert actor.organisatie is not None
    return Gemeentetoets.objects.create(
        aanvraag=aanvraag,
        organisatie=actor.organisatie,
        uitkering_klopt=uitkering_klopt,
        ander_traject=ander_traject,
        voorzieningen=voorzieningen.strip(),
        vastgelegd_op=nu,
        vastgelegd_door=actor.persoon,
    )

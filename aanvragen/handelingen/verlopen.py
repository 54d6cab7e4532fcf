"""What the calendar brings about: the last tijdvak closed, and the toestemming never came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from aanvragen.handelingen.dossier import meld_gemeente, meld_instelling
from aanvragen.models import Aanvraag, Storing
from aanvragen.regels.statussen import LEVENDE_TOESTEMMING, AanvraagStatus, ToestemmingStatus
from aanvragen.regels.toegang_regeling import gered_door_storing
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol


def _tijdvak_voorbij(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """By the regeling of today: a later version may have added a tijdvak."""
    inhoud = aanvraag.regeling.versie_op(datum_van(nu)).inhoud
    # A storing of the last evening is often registered the day after: on that day nothing lapses yet.
    if datum_van(nu) <= max(t.tot_en_met for t in inhoud.tijdvakken) + timedelta(days=1):
        yield Reden("tijdvak_loopt", "Het aanvraagtijdvak is nog niet voorbij.")
    elif gered_door_storing(inhoud, nu, list(Storing.objects.values_list("van", "tot"))):
        yield Reden("storing", "Na een storing kan deze aanvraag vandaag nog worden verstuurd.")


@handeling(
    "aanvraag.laten_vervallen",
    titel="Laten vervallen",
    op=Aanvraag,
    van=[AanvraagStatus.WACHT_OP_TOESTEMMING],
    naar=AanvraagStatus.VERVALLEN,
    door=[Rol.SYSTEEM],
    voorwaarden=[_tijdvak_voorbij],
    knop="geen",
)
def laten_vervallen(aanvraag: Aanvraag, actor: Actor, *, nu: datetime) -> Aanvraag:
    """Let an aanvraag lapse that waited for toestemming when the last tijdvak closed (domain text, 4.1 and 4.3)."""
    aanvraag.toestemmingen.filter(status__in=LEVENDE_TOESTEMMING).update(status=ToestemmingStatus.VERLOPEN)
    meld_instelling(aanvraag, "vervallen", "Een aanvraag is vervallen: het aanvraagtijdvak is gesloten", nu)
    meld_gemeente(aanvraag, "vervallen", "Een vraag om toestemming is vervallen", nu)
    return aanvraag

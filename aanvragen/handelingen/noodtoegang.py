"""Break-glass: a beheerder opens one dossier for an hour at most, and those whose dossier it is hear of it at once."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from aanvragen.handelingen.dossier import meld_beslisser, meld_instelling
from aanvragen.models import Aanvraag, Noodtoegang
from aanvragen.models.noodtoegang import HOOGSTENS, Grond
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol

MIN_REDEN = 10
_AL_OPEN = Reden("al_open", "U hebt dit dossier al geopend. Bekijk het, of beëindig het eerst.")


@handeling(
    "noodtoegang.openen",
    titel="Dossier openen met noodtoegang",
    door=[Rol.BEHEERDER],
    maakt="aanvragen.noodtoegang",
    knop="geen",
)
def openen(actor: Actor, *, aanvraag: Aanvraag, grond: str, reden: str, nu: datetime) -> Noodtoegang:
    """See for an hour at most whom this dossier is about. The instelling and who decides it are told at once.

    Raises HandelingGeweigerd without a ground or a reason, and while one of the same beheerder is open.
    """
    if grond not in Grond.values:
        raise HandelingGeweigerd(Reden("grond", "Kies waarvoor u deze gegevens nodig hebt.", veld="grond"))
    if len(reden.strip()) < MIN_REDEN:
        raise HandelingGeweigerd(
            Reden("reden", f"Schrijf de reden uit, in {MIN_REDEN} tekens of meer.", veld="reden")
        )
    if Noodtoegang.objects.open_op(nu).filter(aanvraag=aanvraag, gebruiker=actor.persoon).exists():
        raise HandelingGeweigerd(_AL_OPEN)
    try:
        with transaction.atomic():
            gemaakt = Noodtoegang.objects.create(
                aanvraag=aanvraag,
                gebruiker=actor.persoon,
                grond=grond,
                reden=reden.strip(),
                begonnen_op=nu,
                tot=nu + HOOGSTENS,
            )
    except IntegrityError as fout:  # the same button twice at the same moment
        raise HandelingGeweigerd(_AL_OPEN) from fout
    titel = "Een beheerder heeft een dossier geopend"
    meld_instelling(aanvraag, "noodtoegang", titel, nu)
    if aanvraag.ontvangen_op is not None:
        meld_beslisser(aanvraag, "noodtoegang", titel, nu)
    return gemaakt


@handeling(
    "noodtoegang.beeindigen",
    titel="Noodtoegang beëindigen",
    op=Noodtoegang,
    door=[Rol.BEHEERDER],
    knop="geen",
)
def beeindigen(noodtoegang: Noodtoegang, actor: Actor, *, nu: datetime) -> None:
    """End it before its hour is over. Raises HandelingGeweigerd when it has ended already."""
    if noodtoegang.beeindigd_op is not None or noodtoegang.tot <= nu:
        raise HandelingGeweigerd(Reden("al_voorbij", "Deze noodtoegang is al voorbij."))
    noodtoegang.beeindigd_op = nu

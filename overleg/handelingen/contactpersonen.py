"""The contact cards of an organisatie, kept by the organisatie itself. A card is no account: it may go."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError

from gemeenten.models import Contactpersoon
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, Rol

HOUDT_BIJ = (*GEMEENTEROLLEN, Rol.INSTELLINGSBEHEERDER)
MEESTE_KAARTEN = 20
_MAAKT = "gemeenten.contactpersoon"


@handeling("contactpersoon.toevoegen", titel="Contactpersoon toevoegen", door=HOUDT_BIJ, maakt=_MAAKT)
def toevoegen(
    actor: Actor, *, naam: str, functie: str, email: str, telefoon: str, nu: datetime
) -> Contactpersoon:
    """Add a card of somebody whom the others may call or mail."""
    assert actor.organisatie is not None
    if Contactpersoon.objects.filter(organisatie=actor.organisatie).count() >= MEESTE_KAARTEN:
        tekst = f"Er zijn al {MEESTE_KAARTEN} contactpersonen. Haal er eerst een weg."
        raise HandelingGeweigerd(Reden("te_veel", tekst))
    kaart = Contactpersoon(organisatie=actor.organisatie)
    return _bewaar(kaart, naam=naam, functie=functie, email=email, telefoon=telefoon)


@handeling("contactpersoon.wijzigen", titel="Contactpersoon wijzigen", door=HOUDT_BIJ, maakt=_MAAKT)
def wijzigen(
    actor: Actor, *, nummer: int, naam: str, functie: str, email: str, telefoon: str, nu: datetime
) -> Contactpersoon:
    """Change a card of the own organisatie."""
    return _bewaar(_eigen(nummer, actor), naam=naam, functie=functie, email=email, telefoon=telefoon)


@handeling(
    "contactpersoon.weghalen", titel="Contactpersoon weghalen", door=HOUDT_BIJ, maakt=_MAAKT, knop="gevaar"
)
def weghalen(actor: Actor, *, nummer: int, nu: datetime) -> Contactpersoon:
    """Take away a card of the own organisatie; nothing of the person is kept."""
    kaart = _eigen(nummer, actor)
    pk = kaart.pk
    kaart.delete()
    kaart.pk = pk  # the logboek names what is gone
    return kaart


def _eigen(nummer: int, actor: Actor) -> Contactpersoon:
    kaart = (
        Contactpersoon.objects.select_for_update(of=("self",))
        .filter(pk=nummer, organisatie=actor.organisatie)
        .first()
    )
    if kaart is None:
        tekst = "Deze contactpersoon is er niet meer. Bekijk de lijst opnieuw."
        raise HandelingGeweigerd(Reden("weg", tekst))
    return kaart


def _bewaar(kaart: Contactpersoon, **velden: str) -> Contactpersoon:
    for naam, waarde in velden.items():
        setattr(kaart, naam, waarde.strip())
    try:
        kaart.full_clean(exclude=["organisatie"])
    except ValidationError as fout:
        raise HandelingGeweigerd(
            *(
                Reden(f"contact_{veld}", tekst, veld=veld)
                for veld, teksten in fout.message_dict.items()
                for tekst in teksten
            )
        ) from fout
    kaart.save()
    return kaart

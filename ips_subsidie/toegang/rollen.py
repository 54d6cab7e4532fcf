"""The roles, and which kind of organisatie may give them."""

from django.db.models import TextChoices


class OrganisatieSoort(TextChoices):
    INSTELLING = "instelling", "Ggz-instelling"
    GEMEENTE = "gemeente", "Gemeente"
    SAMENWERKINGSVERBAND = "samenwerkingsverband", "Samenwerkingsverband"
    UWV = "uwv", "UWV"
    MINISTERIE = "ministerie", "Ministerie"
    BEHEER = "beheer", "Beheer"


class Rol(TextChoices):
    BEHANDELAAR = "behandelaar", "Behandelaar"
    INSTELLINGSBEHEERDER = "instellingsbeheerder", "Beheerder van de instelling"
    GEMEENTEMEDEWERKER = "gemeentemedewerker", "Medewerker van de gemeente"
    GEMEENTEBESLISSER = "gemeentebeslisser", "Beslisser van de gemeente"
    UWV_BEOORDELAAR = "uwv_beoordelaar", "Beoordelaar bij UWV"
    UWV_BESLISSER = "uwv_beslisser", "Beslisser bij UWV"
    UWV_FINANCIEN = "uwv_financien", "Financiën bij UWV"
    MINISTERIE = "ministerie", "Ministerie"
    BEHEERDER = "beheerder", "Beheerder"
    TOEZICHTHOUDER = "toezichthouder", "Toezichthouder"
    SYSTEEM = "systeem", "Het systeem"


class Functie(TextChoices):
    """What somebody at a gemeente or verband does for IPS; it orders the work, the rol says what is allowed."""

    ADMINISTRATIEF = "administratief", "Administratief medewerker"
    BELEID = "beleid", "Beleidsmedewerker"
    CONSULENT = "consulent", "IPS-consulent"


INSTELLINGSROLLEN = (Rol.BEHANDELAAR, Rol.INSTELLINGSBEHEERDER)
GEMEENTEROLLEN = (Rol.GEMEENTEMEDEWERKER, Rol.GEMEENTEBESLISSER)
UWV_ROLLEN = (Rol.UWV_BEOORDELAAR, Rol.UWV_BESLISSER, Rol.UWV_FINANCIEN)

# Who prepares a besluit and who takes it, at the party that decides.
VOORBEREIDERS = (Rol.UWV_BEOORDELAAR, Rol.GEMEENTEMEDEWERKER)
BESLISSERS = (Rol.UWV_BESLISSER, Rol.GEMEENTEBESLISSER)

ROLLEN_PER_SOORT: dict[OrganisatieSoort, tuple[Rol, ...]] = {
    OrganisatieSoort.INSTELLING: INSTELLINGSROLLEN,
    OrganisatieSoort.GEMEENTE: GEMEENTEROLLEN,
    OrganisatieSoort.SAMENWERKINGSVERBAND: GEMEENTEROLLEN,
    OrganisatieSoort.UWV: UWV_ROLLEN,
    OrganisatieSoort.MINISTERIE: (Rol.MINISTERIE,),
    OrganisatieSoort.BEHEER: (Rol.BEHEERDER, Rol.TOEZICHTHOUDER),
}

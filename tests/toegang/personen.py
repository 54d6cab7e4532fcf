"""People, organisaties and lidmaatschappen for tests."""

import itertools
from datetime import date, timedelta
from typing import Any

from django.test import Client

from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap, Organisatie, Uitnodiging
from ips_subsidie.toegang.rollen import ROLLEN_PER_SOORT, OrganisatieSoort, Rol

WACHTWOORD = "drie groene fietsen"
_volgnummer = itertools.count(1)


def maak_organisatie(soort: OrganisatieSoort = OrganisatieSoort.INSTELLING, naam: str = "") -> Organisatie:
    return Organisatie.objects.create(soort=soort, naam=naam or f"{soort.label} {next(_volgnummer)}")


def maak_gebruiker(email: str = "", **velden: Any) -> Gebruiker:
    nummer = next(_volgnummer)
    velden.setdefault("naam", f"Persoon {nummer}")
    return Gebruiker.objects.create_user(email or f"persoon{nummer}@voorbeeld.example", WACHTWOORD, **velden)


def maak_lid(
    rol: Rol = Rol.BEHANDELAAR,
    organisatie: Organisatie | None = None,
    gebruiker: Gebruiker | None = None,
    *,
    van: date | None = None,
    tot: date | None = None,
) -> Lidmaatschap:
    """A valid lidmaatschap, with the organisatie and the gebruiker that it needs."""
    if organisatie is None:
        organisatie = maak_organisatie(next(s for s, rollen in ROLLEN_PER_SOORT.items() if rol in rollen))
    return Lidmaatschap.objects.create(
        gebruiker=gebruiker or maak_gebruiker(is_staff=rol == Rol.BEHEERDER),
        organisatie=organisatie,
        rol=rol,
        geldig_van=van or vandaag() - timedelta(days=30),
        geldig_tot=tot,
    )


def maak_actor(rol: Rol = Rol.BEHANDELAAR, organisatie: Organisatie | None = None) -> Actor:
    return Actor.van(maak_lid(rol, organisatie))


def ingelogd_als(lid: Lidmaatschap) -> Client:
    client = Client()
    client.force_login(lid.gebruiker)
    return client


def maak_uitnodiging(organisatie: Organisatie | None = None, **velden: Any) -> Uitnodiging:
    organisatie = organisatie or maak_organisatie()
    velden.setdefault("email", f"nieuw{next(_volgnummer)}@voorbeeld.example")
    velden.setdefault("rol", Rol.BEHANDELAAR)
    velden.setdefault("gemaakt_op", nu())
    velden.setdefault("verloopt_op", velden["gemaakt_op"] + timedelta(days=7))
    velden.setdefault("uitgenodigd_door", maak_gebruiker())
    return Uitnodiging.objects.create(organisatie=organisatie, **velden)

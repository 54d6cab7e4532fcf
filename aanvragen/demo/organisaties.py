"""The parties of the demo and who works there. Names of instellingen from the infosheet, the rest is invented."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password

from aanvragen.models import GgzInstelling, IpsErkenning
from gemeenten.models import Contactpersoon
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap, Organisatie
from ips_subsidie.toegang.rollen import Functie, OrganisatieSoort, Rol

LID_SINDS = date(2019, 1, 1)
ERKEND_SINDS = date(2018, 1, 1)

_SOORTEN = {
    "UWV": OrganisatieSoort.UWV,
    "Ministerie van SZW": OrganisatieSoort.MINISTERIE,
    "Beheer IPS-subsidieportaal": OrganisatieSoort.BEHEER,
}


class Login(Protocol):
    """A row of the table of demo logins."""

    @property
    def email(self) -> str: ...
    @property
    def naam(self) -> str: ...
    @property
    def organisatie(self) -> str: ...
    @property
    def rol(self) -> str: ...


@dataclass(frozen=True)
class Instelling:
    naam: str
    kvk: str
    agb: str
    adres: str
    postcode: str
    plaats: str
    score: int


INSTELLINGEN = (
    Instelling("IrisZorg", "90000011", "90000101", "Voorbeeldkade 12", "6899 XX", "Arnhem", 108),
    Instelling(
        "RIBW Nijmegen & Rivierenland", "90000022", "90000102", "Proefplein 3", "6599 XZ", "Nijmegen", 101
    ),
    Instelling("Pro Persona", "90000033", "90000103", "Oefenlaan 45", "6899 ZX", "Wolfheze", 112),
    Instelling("Pluryn", "90000044", "90000104", "Demoweg 7", "6599 ZZ", "Nijmegen", 97),
)


@dataclass(frozen=True)
class Collega:
    """Somebody who works in the demo data but cannot log in: no password opens this account."""

    email: str
    naam: str
    organisatie: str
    rol: str


COLLEGAS = (
    Collega("behandelaar@ribw.example", "Loes Arends", "RIBW Nijmegen & Rivierenland", "behandelaar"),
    Collega("behandelaar@pluryn.example", "Stijn Roelofs", "Pluryn", "behandelaar"),
    Collega("beheerder@ribw.example", "Hanneke Pouw", "RIBW Nijmegen & Rivierenland", "instellingsbeheerder"),
    Collega("beheerder@propersona.example", "Edwin Kuijt", "Pro Persona", "instellingsbeheerder"),
    Collega("beheerder@pluryn.example", "Mariska Donk", "Pluryn", "instellingsbeheerder"),
    Collega("beoordelaar2@uwv.example", "Karim Azzouzi", "UWV", "uwv_beoordelaar"),
    Collega("beslisser2@uwv.example", "Annelies Brands", "UWV", "uwv_beslisser"),
    Collega("medewerker@ede.example", "Tessa Noorlander", "Gemeente Ede", "gemeentemedewerker"),
    Collega("medewerker@tiel.example", "Robin Hermsen", "Gemeente Tiel", "gemeentemedewerker"),
    Collega("beslisser@apeldoorn.example", "Femke Slot", "Gemeente Apeldoorn", "gemeentebeslisser"),
    Collega("beslisser@tiel.example", "Gerard Vos", "Gemeente Tiel", "gemeentebeslisser"),
    Collega("beslisser@overbetuwe.example", "Ilse Kramer", "Gemeente Overbetuwe", "gemeentebeslisser"),
    Collega("beslisser@utrecht.example", "Rachid Benali", "Gemeente Utrecht", "gemeentebeslisser"),
    Collega("beslisser@oss.example", "Marloes Kuijpers", "Gemeente Oss", "gemeentebeslisser"),
)

# The verband has few people: the consulent decides too, and chooses at login in which role.
EXTRA_ROLLEN = (("consulent@werkbedrijf.example", "WerkBedrijf Rijk van Nijmegen", Rol.GEMEENTEBESLISSER),)

# What somebody at a gemeente or verband does for IPS; it orders the work.
FUNCTIES = {
    "beslisser@werkbedrijf.example": Functie.BELEID,
    "consulent@werkbedrijf.example": Functie.CONSULENT,
    "administratie@werkbedrijf.example": Functie.ADMINISTRATIEF,
}

CONTACTEN = (
    ("WerkBedrijf Rijk van Nijmegen", "Twan Janssen", "Consulent", "consulent@werkbedrijf.example", "024 000 00 01"),
    ("Gemeente Nijmegen", "Mirjam Hendriks", "Beleidsmedewerker", "beslisser@nijmegen.example", "024 000 00 02"),
    ("Gemeente Arnhem", "Esra Yıldız", "Medewerker werk en inkomen", "medewerker@arnhem.example", "026 000 00 03"),
    ("Gemeente Ede", "Wouter Jansma", "Klantmanager", "beslisser@ede.example", "0318 00 00 04"),
    ("Gemeente Utrecht", "Rachid Benali", "Beleidsadviseur", "beslisser@utrecht.example", "030 000 00 05"),
)  # fmt: skip


def maak_organisaties() -> None:
    """What is there already stays as it is."""
    for naam, soort in _SOORTEN.items():
        Organisatie.objects.get_or_create(naam=naam, soort=soort)
    for een in INSTELLINGEN:
        organisatie, _ = Organisatie.objects.get_or_create(naam=een.naam, soort=OrganisatieSoort.INSTELLING)
        instelling, _ = GgzInstelling.objects.get_or_create(
            organisatie=organisatie,
            defaults={
                "kvk": een.kvk, "agb": een.agb, "adres": een.adres, "postcode": een.postcode, "plaats": een.plaats,
            },
        )  # fmt: skip
        IpsErkenning.objects.get_or_create(
            instelling=instelling,
            geldig_van=ERKEND_SINDS,
            defaults={
                "bron": "Verzonnen voor de demo",
                "fidelity_score": een.score,
                "fidelity_datum": date(2018, 11, 15),
            },
        )
    for naam, persoon, functie, email, telefoon in CONTACTEN:
        Contactpersoon.objects.get_or_create(
            organisatie=organisatie_met(naam),
            naam=persoon,
            defaults={"functie": functie, "email": email, "telefoon": telefoon},
        )


def maak_gebruikers(logins: Iterable[Login], wachtwoord: str, nu: datetime) -> None:
    """The demo logins, all with one password, hashed once; and the colleagues, without any."""
    logins = list(logins)
    hash_ = make_password(wachtwoord)
    dicht = make_password(None)
    rijen = [(login, hash_) for login in logins] + [(collega, dicht) for collega in COLLEGAS]
    Gebruiker.objects.bulk_create(
        [
            Gebruiker(
                email=wie.email,
                naam=wie.naam,
                password=geheim,
                aangemaakt_op=nu,
                is_staff=wie.rol == Rol.BEHEERDER,
            )
            for wie, geheim in rijen
        ],
        ignore_conflicts=True,
    )
    # A colleague of an earlier demo who has a login now.
    eerder = Gebruiker.objects.filter(email__in=[login.email for login in logins])
    eerder.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX).update(password=hash_)
    for wie, _ in rijen:
        _maak_lid(wie.email, wie.organisatie, Rol(wie.rol))
    for email, organisatie, rol in EXTRA_ROLLEN:
        _maak_lid(email, organisatie, rol)


def actoren() -> dict[tuple[str, str], Actor]:
    """Every actor of the demo, by organisatie and role; the one with a login where there are two."""
    leden = Lidmaatschap.objects.select_related("gebruiker", "organisatie").order_by("pk")
    gevonden: dict[tuple[str, str], Actor] = {}
    for lid in leden:
        gevonden.setdefault((lid.organisatie.naam, lid.rol), Actor.van(lid))
    return gevonden


def actor_met(email: str) -> Actor:
    lid = (
        Lidmaatschap.objects.select_related("gebruiker", "organisatie")
        .filter(gebruiker__email=email)
        .earliest("pk")
    )
    return Actor.van(lid)


def _maak_lid(email: str, organisatie: str, rol: Rol) -> None:
    Lidmaatschap.objects.get_or_create(
        gebruiker=Gebruiker.objects.get(email=email),
        organisatie=organisatie_met(organisatie),
        rol=rol,
        defaults={"geldig_van": LID_SINDS, "functie": FUNCTIES.get(email, "")},
    )


def organisatie_met(naam: str) -> Organisatie:
    return Organisatie.objects.get(naam=naam)

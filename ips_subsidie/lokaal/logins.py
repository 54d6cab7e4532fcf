"""The demo logins: one table, printed by `make run` and made by `manage.py demo`. Invented people."""

from typing import NamedTuple

WACHTWOORD = "ips-demo-2019"  # only ever in a local database with invented data


class Login(NamedTuple):
    """One person of the demo: who, where, in which role (a value of `toegang.rollen.Rol`)."""

    email: str
    naam: str
    organisatie: str
    rol: str
    doet: str


LOGINS: tuple[Login, ...] = (
    Login("behandelaar@iriszorg.example", "Sanne de Wit", "IrisZorg", "behandelaar", "doet aanvragen"),
    Login(
        "beheerder@iriszorg.example",
        "Ruud Teunissen",
        "IrisZorg",
        "instellingsbeheerder",
        "beheert medewerkers",
    ),
    Login("behandelaar@propersona.example", "Yasmin Bouali", "Pro Persona", "behandelaar", "doet aanvragen"),
    Login(
        "medewerker@nijmegen.example",
        "Joost Peters",
        "Gemeente Nijmegen",
        "gemeentemedewerker",
        "bereidt voor",
    ),
    Login(
        "beslisser@nijmegen.example",
        "Mirjam Hendriks",
        "Gemeente Nijmegen",
        "gemeentebeslisser",
        "geeft toestemming",
    ),
    Login(
        "medewerker@arnhem.example", "Esra Yıldız", "Gemeente Arnhem", "gemeentemedewerker", "bereidt voor"
    ),
    Login("beslisser@arnhem.example", "Anneke Visser", "Gemeente Arnhem", "gemeentebeslisser", "beslist"),
    Login(
        "beslisser@ede.example",
        "Wouter Jansma",
        "Gemeente Ede",
        "gemeentebeslisser",
        "beslist, en heeft voor 2023 nog geen mandaat",
    ),
    Login(
        "consulent@werkbedrijf.example",
        "Twan Janssen",
        "WerkBedrijf Rijk van Nijmegen",
        "gemeentemedewerker",
        "handelt namens zeven gemeenten",
    ),
    Login(
        "administratie@werkbedrijf.example",
        "Ineke Driessen",
        "WerkBedrijf Rijk van Nijmegen",
        "gemeentemedewerker",
        "doet de administratie",
    ),
    Login(
        "beslisser@werkbedrijf.example",
        "Maarten Croonen",
        "WerkBedrijf Rijk van Nijmegen",
        "gemeentebeslisser",
        "beslist, en maakt het overleg",
    ),
    Login("beoordelaar@uwv.example", "Fleur Smeets", "UWV", "uwv_beoordelaar", "beoordeelt"),
    Login("beslisser@uwv.example", "Pieter Bakker", "UWV", "uwv_beslisser", "beslist"),
    Login("financien@uwv.example", "Chantal Willems", "UWV", "uwv_financien", "bewaakt het budget"),
    Login("financien2@uwv.example", "Ahmed Saidi", "UWV", "uwv_financien", "keurt facturen goed"),
    Login(
        "ministerie@szw.example", "Bram Verhoeven", "Ministerie van SZW", "ministerie", "ziet alleen totalen"
    ),
    Login(
        "beheer@ips.example",
        "Nienke Dijkstra",
        "Beheer IPS-subsidieportaal",
        "beheerder",
        "beheert de inrichting",
    ),
    Login(
        "toezicht@ips.example",
        "Saskia Wijnands",
        "Beheer IPS-subsidieportaal",
        "toezichthouder",
        "beoordeelt het gebruik",
    ),
)


def als_tabel() -> str:
    """The logins as aligned lines for a terminal."""
    breedte_email = max(len(login.email) for login in LOGINS)
    breedte_org = max(len(login.organisatie) for login in LOGINS)
    return "\n".join(
        f"  {login.email:<{breedte_email}}  {login.organisatie:<{breedte_org}}  {login.doet}"
        for login in LOGINS
    )

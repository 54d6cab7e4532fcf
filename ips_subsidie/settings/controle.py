"""Looks at the environment of production before it starts, and says all at once what is missing or wrong.

A value is never part of a message: it would stand in a log.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

VERPLICHT = {
    "DJANGO_SECRET_KEY": "de geheime sleutel van de sessies",
    "ALLOWED_HOSTS": "de namen waaronder het portaal bereikbaar is, met komma's ertussen",
    "SITE_ADRES": "het adres van het portaal, bijvoorbeeld https://portaal.example",
    "DATABASE_URL": "het adres van de databank, met de rol app",
    "REDIS_URL": "het adres van Valkey of Redis",
    "EMAIL_URL": "het adres van de mailserver",
    "MAIL_AFZENDER": "de afzender van e-mails",
    "CONTACT_TOEGANKELIJKHEID": "het e-mailadres voor wie een pagina niet kan gebruiken",
    "CONTACT_PRIVACY": "het e-mailadres voor vragen over persoonsgegevens",
    "CONTACT_BEVEILIGING": "het e-mailadres om een kwetsbaarheid te melden",
    "VELD_SLEUTELS": "de sleutels van persoonsgegevens, als naam:sleutel, met komma's ertussen",
    "VELD_INDEX_SLEUTEL": "de sleutel waarmee een BSN te vinden is",
}
# What moves the clock, or shows what only a developer should see.
VERBODEN = {
    "IPS_DATUM": "verzet de klok en mag niet in productie",
    "IPS_KLOK_VERSCHUIVING": "verzet de klok en mag niet in productie",
    "DEBUG": "bestaat niet: foutmeldingen met details zijn er in productie nooit",
}
KORTSTE_GEHEIM = 50
SLEUTELBYTES = 32
# Of 32 random bytes this many differ, but for once in more than 10^12 keys; of an example far fewer.
_VERSCHILLENDE = 16
# A secret may be written in hexadecimal, which has no more than sixteen characters.
_VERSCHILLENDE_TEKENS = 10
_VOORBEELD = re.compile(
    r"django-insecure|alleen-lokaal|alleen-voor-tests|voorbeeld|verander|changeme|geheim", re.I
)
_EIGENAARS = ("eigenaar", "postgres")


def controleer(omgeving: Mapping[str, str]) -> None:
    """Raises ImproperlyConfigured with every fault of this environment, in Dutch."""
    fouten = list(_fouten(omgeving))
    if fouten:
        raise ImproperlyConfigured("\n- ".join(["De omgeving van productie klopt niet.", *fouten]))


def _fouten(omgeving: Mapping[str, str]) -> Iterator[str]:
    gezet = {naam: omgeving.get(naam, "").strip() for naam in VERPLICHT}
    for naam, wat in VERBODEN.items():
        if omgeving.get(naam):
            yield f"{naam} {wat}. Haal {naam} weg."
    for naam, wat in VERPLICHT.items():
        if not gezet[naam]:
            yield f"{naam} ontbreekt: {wat}."
    yield from _geheim(gezet["DJANGO_SECRET_KEY"])
    yield from _adressen(gezet["ALLOWED_HOSTS"], gezet["SITE_ADRES"])
    yield from _databank(gezet["DATABASE_URL"], als_eigenaar=bool(omgeving.get("IPS_ALS_EIGENAAR")))
    yield from _sleutels(gezet["VELD_SLEUTELS"], gezet["VELD_INDEX_SLEUTEL"], gezet["DJANGO_SECRET_KEY"])


def _geheim(waarde: str) -> Iterator[str]:
    if not waarde:
        return
    if _VOORBEELD.search(waarde):
        yield "DJANGO_SECRET_KEY is een voorbeeld. Maak een eigen geheim."
    elif len(waarde) < KORTSTE_GEHEIM or len(set(waarde)) < _VERSCHILLENDE_TEKENS:
        yield f"DJANGO_SECRET_KEY is te zwak: neem minstens {KORTSTE_GEHEIM} willekeurige tekens."


def _adressen(hosts: str, site: str) -> Iterator[str]:
    namen = [host.strip() for host in hosts.split(",") if host.strip()]
    for host in namen:
        if host.startswith(("*", ".")) or not re.fullmatch(r"[A-Za-z0-9.\-]+(:[0-9]+)?|\[[0-9a-f:]+\]", host):
            yield "ALLOWED_HOSTS noemt geen gewone naam: schrijf elke naam voluit, zonder *, https:// of pad."
            break
    if not site:
        return
    delen = urlsplit(site)
    if delen.scheme != "https" or not delen.hostname or delen.path or delen.query:
        yield "SITE_ADRES is geen adres: schrijf https:// en de naam, zonder schuine streep aan het eind."
    elif namen and delen.hostname not in namen:
        yield "SITE_ADRES noemt een naam die niet in ALLOWED_HOSTS staat."


def _databank(url: str, *, als_eigenaar: bool) -> Iterator[str]:
    if not url:
        return
    delen = urlsplit(url)
    if delen.scheme not in ("postgres", "postgresql", "psql"):
        yield "DATABASE_URL is geen adres van PostgreSQL: het begint met postgresql://."
    elif delen.username in _EIGENAARS and not als_eigenaar:
        yield "DATABASE_URL noemt de eigenaar van de tabellen. Het portaal werkt als de gewone rol app."


def _sleutels(paren: str, index: str, geheim: str) -> Iterator[str]:
    gezien: dict[str, str] = {}
    for paar in (paar.strip() for paar in paren.split(",") if paar.strip()):
        naam, _, sleutel = paar.partition(":")
        if not naam or naam in gezien:
            yield "VELD_SLEUTELS: geef elke sleutel een eigen naam, als naam:sleutel."
        gezien[naam] = sleutel
        if not _is_sleutel(sleutel):
            yield f"VELD_SLEUTELS: een sleutel is geen {SLEUTELBYTES} willekeurige bytes in base64."
    if index and not _is_sleutel(index):
        yield f"VELD_INDEX_SLEUTEL is geen {SLEUTELBYTES} willekeurige bytes in base64."
    alle = [*gezien.values(), *([index] if index else []), *([geheim] if geheim else [])]
    if len(alle) != len(set(alle)):
        yield "Twee sleutels zijn gelijk. Geef elke sleutel en DJANGO_SECRET_KEY een eigen waarde."


def _is_sleutel(waarde: str) -> bool:
    try:
        inhoud = base64.b64decode(waarde, validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(inhoud) == SLEUTELBYTES and len(set(inhoud)) >= _VERSCHILLENDE

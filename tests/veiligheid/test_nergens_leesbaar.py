"""P32 and P30: after the whole demo a BSN is readable nowhere, and no mail says about whom it is."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from io import StringIO

import pytest
import redis
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from aanvragen.models import Deelnemer, Voordracht
from ips_subsidie.berichten import bezorgen
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.klok import AMSTERDAM, klok_op
from ips_subsidie.lokaal.logins import LOGINS, WACHTWOORD
from ips_subsidie.toegang.models import Gebruiker
from tests.toegang.personen import maak_uitnodiging

pytestmark = pytest.mark.django_db
DAG = datetime.combine(datetime(2019, 6, 3), time(9), AMSTERDAM)  # noqa: DTZ001
_TABELLEN = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'm', 'S') AND c.relkind <> 'S' ORDER BY 1
"""
_HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s")


@pytest.fixture
def demo() -> Iterator[None]:
    with klok_op(DAG):
        call_command("demo", stdout=StringIO())
        yield


def vormen(bsn: str) -> Iterator[str]:
    """The ways in which this number could stand there and be read again: as it is, encoded, or by trying all hashes."""
    rauw = bsn.encode()
    yield from (bsn, f"{bsn[:4]}.{bsn[4:6]}.{bsn[6:]}", f"{bsn[:3]} {bsn[3:6]} {bsn[6:]}", bsn[::-1])
    yield from (rauw.hex(), bsn.encode("utf-16-le").hex())
    # At each of the three places in a group of three bytes; the letters at the ends depend on what is beside it.
    for begin in range(3):
        yield base64.b64encode(b"\0" * begin + rauw).decode()[
            4 if begin else 0 : 4 * ((begin + len(rauw)) // 3)
        ]
    for naam in _HASHES:
        hash_ = hashlib.new(naam, rauw).digest()
        yield from (hash_.hex(), base64.b64encode(hash_).decode().rstrip("="))


def test_de_vormen_worden_herkend() -> None:
    bsn = "999990019"
    for tekst in (
        bsn, base64.b64encode(f"a{bsn}z".encode()).decode(), base64.b64encode(f"ab{bsn}z".encode()).decode(),
        hashlib.sha256(bsn.encode()).hexdigest(), f"\\x{bsn.encode().hex()}",
    ):  # fmt: skip
        assert any(vorm in tekst for vorm in vormen(bsn)), tekst


def _alles_in_de_databank() -> str:
    """Every row of every table as PostgreSQL writes it in a dump; bytes as hex."""
    delen = []
    with connection.cursor() as cursor:
        cursor.execute(_TABELLEN)
        for (tabel,) in cursor.fetchall():
            cursor.execute(f'SELECT x::text FROM "{tabel}" x')
            delen += [rij[0] for rij in cursor.fetchall() if rij[0]]
    return "\n".join(delen)


def _alles_in_valkey() -> str:
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        return "\n".join(repr((sleutel, valkey.dump(sleutel))) for sleutel in valkey.scan_iter())


def _alle_mails() -> list[EmailMessage]:
    """One of every template for everything that the demo announced."""
    berichten = list(Bericht.objects.order_by("pk"))
    losse = [bezorgen._mail("x@voorbeeld.example", b.titel, b.pad, "k") for b in berichten]
    regels = [f"- {b.titel}\n  {b.pad}" for b in berichten]
    dag = [
        bezorgen._dagmail("x@voorbeeld.example", regels[i : i + 20], "k") for i in range(0, len(regels), 20)
    ]
    maak_uitnodiging(gemaakt_op=DAG)
    bezorgen.verstuur_uitnodigingen(DAG + timedelta(minutes=1))
    Client().post(reverse("account_reset_password"), {"email": LOGINS[0].email})
    return [*losse, *dag, *mail.outbox]


def _in_de_mail(tekst: str) -> str:
    """Without what every mail has: the address of the portal and the names of those who work with it."""
    for naam in Gebruiker.objects.values_list("naam", flat=True):
        tekst = tekst.replace(naam, "")
    return tekst


def test_na_de_demo_staat_er_nergens_een_leesbaar_bsn(demo: None) -> None:
    """P32: in no table, session, queue or mail: plain, grouped, hex, base64 or as an unkeyed hash."""
    client = Client()
    client.post(reverse("account_login"), {"login": LOGINS[0].email, "password": WACHTWOORD})
    mensen = [*Deelnemer.objects.all(), *Voordracht.objects.all()]
    nummers = {mens.bsn for mens in mensen if mens.bsn}
    assert len(nummers) > 50
    plekken = {
        "databank": _alles_in_de_databank(),
        "valkey": _alles_in_valkey(),
        "mails": "\n".join(f"{m.subject}\n{m.body}" for m in _alle_mails()),
    }
    assert len(plekken["databank"]) > 1_000_000
    gevonden = [
        f"{plek}: …{bsn[-3:]}" for bsn in sorted(nummers) for vorm in vormen(bsn) for plek, tekst in plekken.items()
        if vorm in tekst
    ]  # fmt: skip
    assert gevonden == []


def test_geen_mail_zegt_over_wie_het_gaat(demo: None) -> None:
    """P30: every mail template × the demo: no name, BSN or date of birth of a client, in no header, text or link."""
    mensen = [*Deelnemer.objects.all(), *Voordracht.objects.all()]
    mails = _alle_mails()
    assert len(mails) > 100
    geheim = {mens.achternaam for mens in mensen if mens.achternaam}
    geheim |= {mens.bsn for mens in mensen if mens.bsn}
    for mens in mensen:
        if mens.geboortedatum:
            geheim |= {f"{mens.geboortedatum:%d-%m-%Y}", f"{mens.geboortedatum:%Y-%m-%d}"}
    assert len(geheim) > 150
    gevonden = [
        f"{een.subject}: {woord}"
        for een in mails
        for woord in geheim
        if woord in _in_de_mail(f"{een.subject}\n{een.body}\n{een.extra_headers}")
    ]
    assert gevonden == []

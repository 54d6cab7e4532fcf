"""P33: keys turn while they are in use, by a process of its own that may be killed half-way."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

from aanvragen.models import Voordracht
from ips_subsidie.logboek.models import Regel
from ips_subsidie.opslag import sleutels
from ips_subsidie.opslag.velden import OntcijferFout
from tests import fabriek

PROJECT = Path(__file__).resolve().parents[2]
NIEUW = base64.b64encode(b"n" * 32).decode()
AANTAL = int(os.environ.get("IPS_SLEUTELS") or 600)
_GEDULD = 60

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def voordrachten() -> list[str]:
    """So many people, each with a BSN of its own; made in bulk, as no act is what is tried here."""
    wereld = fabriek.maak_wereld()
    gemeente = wereld.gemeente()
    nummers = [f"{n:09d}" for n in range(AANTAL)]
    Voordracht.objects.bulk_create(
        Voordracht(
            gemeente=gemeente, organisatie=gemeente.organisatie, instelling=wereld.instelling, bsn=nummer,
            voorletters="A.", achternaam="Test", geboortedatum=date(1980, 1, 1), uitkering="geen",
            akkoord_op=date(2019, 6, 1), contact_naam="C. Contact", gedaan_op=fabriek.NU,
            gedaan_door=wereld.behandelaar.persoon,
        )
        for nummer in nummers
    )  # fmt: skip
    return nummers


def _omgeving(*namen: str) -> dict[str, str]:
    """Of a process that has these keys, the first of which writes."""
    van = {"n": NIEUW, **settings.VELD_SLEUTELS}
    url = urlsplit(os.environ["DATABASE_URL"])
    naam = connection.settings_dict["NAME"]
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.avg.sleutel_instellingen",
        "DATABASE_URL": url._replace(path=f"/{naam}").geturl(),
        "IPS_PARTIJ": "systeem",
        "VELD_SLEUTELS": ",".join(f"{naam}:{van[naam]}" for naam in namen),
    }


def _sleutels(*opdracht: str, met: tuple[str, ...]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "sleutels", *opdracht],
        cwd=PROJECT, env=_omgeving(*met), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _onder(naam: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from aanvragen_voordracht where substring(bsn from 2 for 1) = %s",
            [naam.encode()],
        )
        return int(cursor.fetchone()[0])


def _wacht_tot(klaar: Any) -> None:
    tot = time.monotonic() + _GEDULD
    while not klaar():
        assert time.monotonic() < tot, "het duurt te lang"
        time.sleep(0.01)


def test_gedood_halverwege_gaat_een_volgende_verder_en_kan_de_oude_sleutel_weg(
    voordrachten: list[str], settings: Any
) -> None:
    """P33: killed in the middle, resumed, the old key removed, and every value can be read."""
    half = _sleutels("roteren", "--partij", "5", met=("n", "a"))
    _wacht_tot(lambda: _onder("n") or half.poll() is not None)
    half.kill()
    gezegd = half.communicate()
    gedaan = _onder("n")
    assert 0 < gedaan < AANTAL, f"de opdracht moet halverwege gedood zijn: {gezegd}"

    verder = _sleutels("roteren", met=("n", "a"))
    uit, fout = verder.communicate(timeout=_GEDULD)
    assert verder.returncode == 0, uit + fout
    assert f"aanvragen_voordracht.bsn: {AANTAL - gedaan} opnieuw geschreven" in uit
    assert "De andere mogen weg" in uit
    assert (_onder("n"), _onder("a")) == (AANTAL, 0)

    settings.VELD_SLEUTELS = {"n": NIEUW}
    assert sorted(Voordracht.objects.values_list("bsn", flat=True)) == voordrachten
    assert Regel.objects.filter(handeling="sleutels.roteren_begonnen").count() == 2
    assert Regel.objects.get(handeling="sleutels.geroteerd").gegevens["onleesbaar"] == 0


def test_onder_belasting_leest_en_schrijft_ieder_door(
    voordrachten: list[str], settings: Any, django_db_blocker: DjangoDbBlocker
) -> None:
    """P33: while the keys turn, others read and write; 0 errors, nothing lost."""
    settings.VELD_SLEUTELS = {"n": NIEUW, **settings.VELD_SLEUTELS}
    stop, fouten, gelezen = threading.Event(), [], []

    def gebruik(deel: int) -> None:
        with django_db_blocker.unblock():
            try:
                nummers = list(Voordracht.objects.order_by("pk").values_list("pk", flat=True))[deel::4]
                while not stop.is_set():
                    for nummer in nummers[:40]:
                        een = Voordracht.objects.get(pk=nummer)
                        een.save(update_fields=["bsn", "bsn_index"])
                        gelezen.append(een.bsn)
            except Exception as fout:  # a thread can't raise: the test does, below
                fouten.append(fout)
            finally:
                connection.close()

    draden = [threading.Thread(target=gebruik, args=(deel,)) for deel in range(3)]
    for draad in draden:
        draad.start()
    _wacht_tot(lambda: len(gelezen) > 20)
    [kolom] = [k for k in sleutels.kolommen() if k.naam == "aanvragen_voordracht.bsn"]
    uitkomst = sleutels.roteer(kolom, partij=50)
    stop.set()
    for draad in draden:
        draad.join()
    assert not fouten
    assert not uitkomst.onleesbaar
    assert sleutels.stand(kolom) == {"n": AANTAL}
    assert sorted(Voordracht.objects.values_list("bsn", flat=True)) == voordrachten


@pytest.mark.parametrize("bederf", [b"platte tekst", b"\x01x" + b"0" * 40, b"\x01a" + b"0" * 40])
def test_wat_niet_te_lezen_is_wordt_gemeld_en_niet_overschreven(
    voordrachten: list[str], settings: Any, bederf: bytes
) -> None:
    """P33: plain, of an unknown key, or altered: named by its row, left as it is, the rest goes on."""
    slecht = Voordracht.objects.order_by("pk").only("pk").first()
    assert slecht is not None
    with connection.cursor() as cursor:
        cursor.execute("update aanvragen_voordracht set bsn = %s where id = %s", [bederf, slecht.pk])
    settings.VELD_SLEUTELS = {"n": NIEUW, **settings.VELD_SLEUTELS}
    [kolom] = [k for k in sleutels.kolommen() if k.naam == "aanvragen_voordracht.bsn"]
    uitkomst = sleutels.roteer(kolom)
    assert uitkomst.onleesbaar == [f"aanvragen_voordracht.bsn: {slecht.pk}"]
    assert uitkomst.geschreven == AANTAL - 1
    with connection.cursor() as cursor:
        cursor.execute("select bsn from aanvragen_voordracht where id = %s", [slecht.pk])
        assert bytes(cursor.fetchone()[0]) == bederf
    with pytest.raises(OntcijferFout):
        Voordracht.objects.get(pk=slecht.pk)


def test_elke_versleutelde_kolom_doet_mee() -> None:
    """P33: a new encrypted field is turned without anybody thinking of it."""
    namen = {kolom.naam for kolom in sleutels.kolommen()}
    assert {"aanvragen_deelnemer.bsn", "aanvragen_voordracht.bsn"} <= namen

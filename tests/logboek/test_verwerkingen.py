"""P35: each line belongs to a verwerking of the register, and says where it came from."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import RequestFactory

from ips_subsidie.handelingen.kern import REGISTER
from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek import herkomst
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.logboek.schrijven import (
    Onderwerp,
    lees,
    schrijf_gebeurtenis,
    schrijf_inzagen,
    toont,
    weiger_inzage,
)
from ips_subsidie.logboek.verwerkingen import Verwerking, verwerking_van

WORTEL = Path(__file__).parents[2]
_CODE = re.compile(
    r"""(?:lees|weiger_inzage|waarvoor|schrijf_gebeurtenis|regel)\W[^"\n]{0,60}?"([a-z_]+\.[a-z_]+)\""""
)


def _codes_in_de_broncode() -> set[str]:
    """What pages say that they show, and what else is written down, by the text of the modules."""
    codes = set()
    for map_ in ("ips_subsidie", "aanvragen", "budget", "gemeenten", "overleg"):
        for bestand in (WORTEL / map_).rglob("*.py"):
            if not {"migrations", "lokaal"} & set(bestand.parts):
                codes |= set(_CODE.findall(bestand.read_text(encoding="utf-8")))
    return codes


def test_elke_handeling_en_elke_lezing_hoort_bij_een_verwerking() -> None:
    """P35: a new kind of act gets a purpose, or this is red."""
    codes = set(REGISTER) | _codes_in_de_broncode()
    assert len(codes) > 100
    assert [code for code in sorted(codes) if verwerking_van(code) is None] == []


def test_de_codes_staan_in_het_register_van_verwerkingen() -> None:
    tekst = (WORTEL / "docs/verwerkingen.md").read_text(encoding="utf-8")
    assert [code for code in Verwerking.values if code not in tekst] == []


@pytest.mark.django_db
def test_een_gebeurtenis_komt_er_meteen_in() -> None:
    schrijf_gebeurtenis(
        "inloggen.mislukt", onderwerp=Onderwerp("toegang.gebruiker"), geweigerd=True, gegevens={"n": 3}
    )
    een = Regel.objects.get()
    assert (een.soort, een.handeling, een.gegevens) == (Soort.WEIGERING, "inloggen.mislukt", {"n": 3})
    assert (een.verwerking, een.gebruiker, een.adres) == (Verwerking.TOEGANG, None, None)
    assert (len(een.spoor), een.begonnen_op) == (32, een.op)


@pytest.mark.django_db
def test_regels_van_een_verzoek_hebben_een_spoor_en_elk_hun_deel() -> None:
    begin = nu() - timedelta(seconds=2)
    with herkomst.vanuit(herkomst.Herkomst("2001:db8::7", "Firefox op Linux", begonnen_op=begin)):
        for _ in range(2):
            schrijf_gebeurtenis("inloggen.gelukt", onderwerp=Onderwerp("x"))
    een, twee = Regel.objects.order_by("pk")
    assert (een.spoor, een.begonnen_op, een.adres) == (twee.spoor, begin, "2001:db8::7")
    assert een.deel != twee.deel


@pytest.mark.django_db
def test_een_client_staat_een_keer_in_een_verzoek() -> None:
    """P35: however often a view looked; a refusal is apart from a reading."""
    request = RequestFactory().get("/")
    een, ander = (Onderwerp("x", str(n), client_id=None) for n in (1, 2))
    for over in (een, een, ander):
        lees(request, "dossier.bekijken", over)
        lees(request, "brief.downloaden", over)
    weiger_inzage(request, "dossier.bekijken", een)
    schrijf_inzagen(request, gelukt=True)
    schrijf_inzagen(request, gelukt=True)
    assert list(Regel.objects.order_by("pk").values_list("soort", "handeling", "onderwerp_id")) == [
        ("lezing", "dossier.bekijken", "1"),
        ("lezing", "dossier.bekijken", "2"),
        ("weigering", "dossier.bekijken", "1"),
    ]


@pytest.mark.parametrize(
    ("status", "toonde"),
    [(200, True), (204, True), (409, True), (302, False), (403, False), (404, False), (500, False)],
)
def test_wat_een_antwoord_laat_zien(status: int, toonde: bool) -> None:
    assert toont(status) is toonde


@pytest.mark.parametrize(
    ("kenmerk", "toestel"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36",
         "Chrome op Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge op Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1",
         "Safari op een iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox op Linux"),
        ("curl/8.5", "onbekend"),
        ("", "onbekend"),
        ("<script>\n" * 500, "onbekend"),
    ],
)  # fmt: skip
def test_een_toestel_in_woorden(kenmerk: str, toestel: str) -> None:
    assert herkomst.toestel_van(kenmerk) == toestel


@pytest.mark.parametrize(
    ("meta", "adres"),
    [
        ({"REMOTE_ADDR": "192.0.2.7"}, "192.0.2.7"),
        ({"REMOTE_ADDR": ""}, None),
        # Without a proxy of ours nobody is believed about where they come from.
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, "192.0.2.7"),
    ],
)
def test_het_adres_van_de_bezoeker(meta, adres) -> None:
    assert herkomst.adres_van(RequestFactory().get("/", **meta)) == adres

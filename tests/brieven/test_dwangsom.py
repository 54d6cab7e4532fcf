"""The letters of a besluit that comes too late: which may not exist, and what they say."""

import dataclasses
from datetime import date
from typing import Any

import pytest

from ips_subsidie.brieven import voorbeelden
from ips_subsidie.brieven.bouwstenen import Grond
from ips_subsidie.brieven.maak import maak_brief
from tests.brieven.pdftekst import tekst, zonder_wit

PER_SJABLOON: dict[str, Any] = {brief.sjabloon: brief for brief in voorbeelden.alle()}
GROND = Grond(code="onredelijk_laat", tekst="Te laat.", bron="Awb artikel 4:17, zesde lid, onder a")
NIETS = {
    "bedrag_cent": 0, "dagen": 0, "dagbedragen": (), "gronden": (GROND,), "laatste_dag": None,
    "betalen_uiterlijk": None,
}  # fmt: skip
TE_VROEG = {"termijn_tot": date(2019, 7, 8), "uiterlijk_beslissen": None, "eerste_dag": None}


@pytest.mark.parametrize(
    ("sjabloon", "anders", "fout"),
    [
        ("ingebrekestelling", {"eerste_dag": None}, "laatste dag om te beslissen"),
        ("ingebrekestelling", {"termijn_tot": date(2019, 7, 8)}, "te vroeg"),
        ("ingebrekestelling", {"opgeschort": True}, "te vroeg"),
        ("ingebrekestelling", {"uiterlijk_beslissen": None, "eerste_dag": None}, "te vroeg"),
        ("dwangsom", {"dagen": 17}, "tellen niet op"),
        ("dwangsom", {"bedrag_cent": 39_201}, "tellen niet op"),
        ("dwangsom", {"gronden": (GROND,)}, "of een grond"),
        ("dwangsom", NIETS | {"gronden": ()}, "of een grond"),
        ("dwangsom", {"betalen_uiterlijk": None}, "betaaltermijn"),
        ("dwangsom", {"motivering": ""}, "motivering"),
        ("voornemen_intrekking", {"gronden": ()}, "grond"),
        ("voornemen_intrekking", {"motivering": " "}, "motivering"),
        ("voornemen_intrekking", {"zienswijze_tot": date(2019, 7, 8)}, "na de datum"),
    ],
)
def test_onmogelijke_brief_bestaat_niet(sjabloon: str, anders: dict[str, Any], fout: str) -> None:
    with pytest.raises(ValueError, match=fout):
        dataclasses.replace(PER_SJABLOON[sjabloon], **anders)


@pytest.mark.parametrize(
    ("sjabloon", "anders", "zinnen"),
    [
        (
            "ingebrekestelling",
            {},
            ["uiterlijk op maandag 22 juli 2019", "hoogstens € 1.442,00", "al negen weken"],
        ),
        ("ingebrekestelling", TE_VROEG, ["is te vroeg", "beslissen tot en met 8 juli 2019"]),
        ("ingebrekestelling", TE_VROEG | {"opgeschort": True}, ["De termijn om te beslissen staat stil"]),
        ("dwangsom", {}, ["een dwangsom van € 392,00", "14 dagen van € 23,00", "maandag 19 augustus 2019"]),
        ("dwangsom", NIETS, ["geen dwangsom verschuldigd", "zesde lid, onder a"]),
        ("voornemen_intrekking", {}, ["uiterlijk op maandag 22 juli 2019", "onder b", "nog geen besluit"]),
    ],
)
def test_wat_de_brief_zegt(sjabloon: str, anders: dict[str, Any], zinnen: list[str]) -> None:
    gelezen = tekst(maak_brief(dataclasses.replace(PER_SJABLOON[sjabloon], **anders)))
    for zin in zinnen:
        assert zonder_wit(zin) in gelezen

"""The data layer: how amounts and days are written, and which letters may not exist."""

import dataclasses
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ips_subsidie.brieven import voorbeelden
from ips_subsidie.brieven.gegevens import Deelbedrag
from ips_subsidie.brieven.opmaak import aantal, datum_met_dag, datum_voluit, euro, tijdstip


@pytest.mark.parametrize(
    ("cent", "verwacht"),
    [
        (0, "€ 0,00"),
        (5, "€ 0,05"),
        (800_000, "€ 8.000,00"),
        (130_000_000, "€ 1.300.000,00"),
        (-150, "€ -1,50"),
    ],
)
def test_euro(cent: int, verwacht: str) -> None:
    assert euro(cent).replace("\xa0", " ") == verwacht


@pytest.mark.parametrize("kwaad", [1.5, "100", True, None])
def test_euro_alleen_hele_centen(kwaad: Any) -> None:
    with pytest.raises(TypeError):
        euro(kwaad)


def test_datums() -> None:
    assert datum_voluit(date(2019, 6, 3)).replace("\xa0", " ") == "3 juni 2019"
    assert datum_met_dag(date(2020, 2, 29)).replace("\xa0", " ") == "zaterdag 29 februari 2020"
    assert aantal(1, "dag", "dagen") == "1\xa0dag"
    assert aantal(14, "dag", "dagen") == "14\xa0dagen"


@pytest.mark.parametrize(
    ("moment", "verwacht"),
    [
        (datetime(2019, 11, 29, 22, 59, 59, tzinfo=UTC), "29 november 2019 om 23:59:59 uur"),
        (datetime(2019, 11, 29, 23, 0, 0, tzinfo=UTC), "30 november 2019 om 00:00:00 uur"),
        (datetime(2019, 6, 30, 22, 0, 0, tzinfo=UTC), "1 juli 2019 om 00:00:00 uur"),
    ],
)
def test_tijdstip_is_nederlandse_tijd(moment: datetime, verwacht: str) -> None:
    assert tijdstip(moment).replace("\xa0", " ") == verwacht


def test_tijdstip_zonder_zone_geweigerd() -> None:
    with pytest.raises(ValueError, match="tijdzone"):
        tijdstip(datetime(2019, 6, 3, 12))  # noqa: DTZ001 - the fault under test


@pytest.mark.parametrize("brief", [pytest.param(brief, id=brief.sjabloon) for brief in voorbeelden.alle()])
def test_naar_json_is_json_en_laat_het_origineel_met_rust(brief: Any) -> None:
    eerste = json.dumps(brief.naar_json())
    assert json.dumps(brief.naar_json()) == eerste
    with pytest.raises(dataclasses.FrozenInstanceError):
        brief.kenmerk = "anders"


def test_verlening_schrijft_bedragen_uit() -> None:
    uit = voorbeelden.verlening().naar_json()
    assert uit["bedrag"] == "€\xa08.000,00"
    assert [deel["bedrag"] for deel in uit["verdeling"]] == ["€\xa04.000,00", "€\xa04.000,00"]
    assert uit["uitvoeringstermijn"] == "24\xa0maanden"
    assert uit["rechtsmiddelen"]["laatste_dag"] == "maandag 19\xa0augustus\xa02019"


def _verdeeld(*centen: int) -> dict[str, Any]:
    return {"verdeling": tuple(Deelbedrag(betaler="X", bedrag_cent=cent) for cent in centen)}


@pytest.mark.parametrize(
    ("maak", "anders", "fout"),
    [
        ("verlening", _verdeeld(400_000, 399_999), "telt niet op"),
        ("verlening", _verdeeld(900_000, -100_000), "negatief"),
        ("verlening", {"bedrag_cent": 0, **_verdeeld()}, "telt niet op"),
        ("verlening", {"laatste_dag": None}, "horen bij elkaar"),
        ("verlening", {"laatste_dag": date(2019, 7, 8)}, "na de startdatum"),
        ("verlening", {"verplichtingen": ()}, "verplichtingen"),
        ("verlening", {"motivering": " \n "}, "motivering"),
        ("verlening", {"grondslag": ()}, "grondslag"),
        ("verlening", {"datum": date(2019, 8, 19)}, "bezwaar"),
        ("afwijzing", {"gronden": ()}, "minstens één grond"),
        ("buiten_behandeling", {"hersteltermijn_tot": date(2019, 7, 8)}, "voorbij"),
        ("buiten_behandeling", {"aanvulling_gevraagd_op": date(2019, 6, 28)}, "gegeven"),
        ("buiten_behandeling", {"ontbrekend": ()}, "ontbreekt"),
        ("verlenging_toegekend", {"nieuwe_laatste_dag": date(2019, 7, 9)}, "na de oude"),
        ("verlenging_afgewezen", {"gronden": ()}, "minstens één grond"),
        ("intrekking", {"terug_te_betalen_cent": 160_001}, "ten hoogste"),
        ("aanvulling", {"uiterste_dag": date(2019, 7, 8)}, "na de datum"),
        ("toestemmingsverklaring", {"bedrag_cent": 0}, "bedrag"),
        ("toestemmingsverklaring", {"nummer": 0}, "begint bij 1"),
    ],
)
def test_onmogelijke_brief_bestaat_niet(maak: str, anders: dict[str, Any], fout: str) -> None:
    brief = getattr(voorbeelden, maak)()
    with pytest.raises(ValueError, match=fout):
        dataclasses.replace(brief, **anders)


def test_verlening_na_bezwaar_noemt_wat_zij_vervangt() -> None:
    brief = voorbeelden.verlening_na_bezwaar()
    assert brief.naar_json()["bezwaar"]["kenmerk"] == "BB-2019-0071"
    assert voorbeelden.verlening().naar_json()["bezwaar"] is None
    assert brief.bezwaar is not None
    te_vroeg = dataclasses.replace(brief.bezwaar, gegrond_op=date(2019, 6, 12))
    with pytest.raises(ValueError, match="eerst de afwijzing"):
        dataclasses.replace(brief, bezwaar=te_vroeg)

"""The letters of the end of a traject: which may not exist, and what they say of the money."""

import dataclasses
from datetime import date
from typing import Any

import pytest

from ips_subsidie.brieven import voorbeelden
from ips_subsidie.brieven.bouwstenen import Deelbedrag
from ips_subsidie.brieven.maak import maak_brief
from tests.brieven.pdftekst import tekst, zonder_wit

PER_SJABLOON: dict[str, Any] = {brief.sjabloon: brief for brief in voorbeelden.alle()}


@pytest.mark.parametrize(
    ("sjabloon", "anders", "fout"),
    [
        ("stopbericht", {"bevestigd_op": None}, "deel 2 met een bevestiging"),
        ("stopbericht", {"deel": 1}, "deel 2 met een bevestiging"),
        ("verslag_verzoek", {"uiterste_dag": date(2019, 7, 8)}, "na de datum"),
        ("voornemen_lager", {"voorgenomen_cent": 800_000}, "lager"),
        ("voornemen_lager", {"voorgenomen_cent": -1}, "lager"),
        ("voornemen_lager", {"gronden": ()}, "grond"),
        ("voornemen_lager", {"zienswijze_tot": date(2019, 7, 8)}, "na de datum"),
        ("vaststelling", {"vastgesteld_cent": 800_001}, "tussen nul"),
        ("vaststelling", {"vastgesteld_cent": 300_052}, "telt niet op"),
        ("vaststelling", {"gronden": ()}, "minstens één grond"),
        ("vaststelling", {"terug_te_betalen_cent": 400_001}, "ten hoogste"),
        ("vaststelling", {"laatste_dag_traject": date(2019, 6, 2)}, "einde"),
        ("vaststelling", {"motivering": " "}, "motivering"),
    ],
)
def test_onmogelijke_brief_bestaat_niet(sjabloon: str, anders: dict[str, Any], fout: str) -> None:
    with pytest.raises(ValueError, match=fout):
        dataclasses.replace(PER_SJABLOON[sjabloon], **anders)


def _conform(**anders: Any) -> Any:
    delen = (Deelbedrag(betaler="Het Rijk", bedrag_cent=800_000),)
    velden: dict[str, Any] = {
        "vastgesteld_cent": 800_000, "verdeling": delen, "gronden": (), "terug_te_betalen_cent": 0,
        "betaald_cent": 0, "zienswijze": "",
    }  # fmt: skip
    return dataclasses.replace(PER_SJABLOON["vaststelling"], **(velden | anders))


@pytest.mark.parametrize(
    ("betaald", "zin"),
    [
        (0, "nog ten hoogste € 8.000,00 krijgen"),
        (300_000, "nog ten hoogste € 5.000,00 krijgen"),
        (800_000, "U hoeft niets terug te betalen. U krijgt ook niets meer."),
    ],
)
def test_conform_zegt_wat_er_nog_komt(betaald: int, zin: str) -> None:
    gelezen = tekst(maak_brief(_conform(betaald_cent=betaald)))
    assert zonder_wit(zin) in gelezen
    assert zonder_wit("Dat is het hele bedrag dat wij hebben verleend.") in gelezen
    assert "Gronden" not in gelezen


def test_ambtshalve_zegt_waarom() -> None:
    gelezen = tekst(maak_brief(dataclasses.replace(PER_SJABLOON["vaststelling"], ambtshalve=True)))
    assert zonder_wit("zelf vastgesteld (ambtshalve)") in gelezen


def test_een_eerste_verzoek_dreigt_niet() -> None:
    eerste = dataclasses.replace(PER_SJABLOON["verslag_verzoek"], eerder_gevraagd_op=None, gestopt=False)
    gelezen = tekst(maak_brief(eerste))
    assert zonder_wit("liep tot en met 3 mei 2019") in gelezen
    assert "4:47" not in gelezen


def test_deel_1_gaat_over_geld_dat_wacht() -> None:
    deel_1 = dataclasses.replace(PER_SJABLOON["stopbericht"], deel=1, bevestigd_op=None)
    gelezen = tekst(maak_brief(deel_1))
    assert zonder_wit("IrisZorg meldt dat een IPS-traject eerder is gestopt") in gelezen
    assert zonder_wit("Gemeld door") in gelezen

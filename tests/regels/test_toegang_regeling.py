"""Tijdvak, doelgroep and route, as values."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanvragen.regels.toegang_regeling import (
    ander_traject,
    buiten_tijdvak,
    geen_erkenning,
    gered_door_storing,
    let_op,
    niet_deze_regeling,
    niet_in_doelgroep,
    start_in_verleden,
    start_te_vroeg,
    verkeerde_route,
)
from budget.regels.inlezen import lees_regeling
from ips_subsidie.kalender.dagen import AMSTERDAM
from tests.fabriek import REGELINGBESTAND, regelingtekst

IPS_CMD = lees_regeling(REGELINGBESTAND.read_text(encoding="utf-8"))
IPS_GEM = lees_regeling(REGELINGBESTAND.with_name("ips-gem-2023.toml").read_text(encoding="utf-8"))
TERUGWERKEND = lees_regeling(regelingtekst(start_voor_besluit=True))
OPEN, DICHT = datetime(2019, 4, 30, 22, tzinfo=UTC), datetime(2019, 11, 29, 23, tzinfo=UTC)
MOMENTEN = st.timedeltas(timedelta(days=-500), timedelta(days=500)).map(lambda verschil: OPEN + verschil)
IN_ORDE = {
    "doelgroep": "CMD", "gediagnosticeerd": True, "in_sggz": True, "werk": "geen", "ander_werk": None,
    "route": "uwv", "uitkering": "uwv", "ander_traject": False,
}  # fmt: skip


def codes(redenen):
    return [r.code for r in redenen]


@given(
    MOMENTEN
    | st.sampled_from([OPEN, DICHT, OPEN - timedelta(microseconds=1), DICHT - timedelta(microseconds=1)])
)
def test_het_tijdvak_is_van_middernacht_tot_middernacht_in_amsterdam(moment):
    assert (buiten_tijdvak(IPS_CMD, moment) == []) == (OPEN <= moment < DICHT)
    assert buiten_tijdvak(IPS_CMD, moment) == buiten_tijdvak(IPS_CMD, moment.astimezone(AMSTERDAM))


def test_te_vroeg_zegt_wanneer_het_opengaat_en_te_laat_sinds_wanneer_het_dicht_is():
    (vroeg,), (laat,) = buiten_tijdvak(IPS_CMD, OPEN - timedelta(seconds=1)), buiten_tijdvak(IPS_CMD, DICHT)
    assert "begint op 1 mei 2019" in vroeg.tekst
    assert "Uw concept blijft bewaard." in vroeg.tekst
    assert "gesloten sinds 29 november 2019" in laat.tekst
    assert vroeg.grond
    assert laat.grond


@given(MOMENTEN, MOMENTEN, st.timedeltas(timedelta(minutes=1), timedelta(days=3)))
def test_een_storing_redt_alleen_de_dag_na_het_einde(moment, van, duur):
    gered = gered_door_storing(IPS_CMD, moment, [(van, van + duur)])
    if gered:
        assert DICHT <= moment < DICHT + timedelta(days=1)
        assert van < DICHT
        assert van + duur >= DICHT - timedelta(days=1)
    assert not gered_door_storing(IPS_CMD, moment, [])


@pytest.mark.parametrize(
    ("over", "aantal"),
    [
        pytest.param({}, 0, id="hoort erbij"),
        pytest.param({"doelgroep": "EPA"}, 1, id="T38 EPA"),
        pytest.param({"werk": "klein", "ander_werk": False}, 1, id="T40 zelfde werk"),
        pytest.param({"werk": "klein", "ander_werk": True}, 0, id="T40 ander werk"),
        pytest.param(
            {"werk": "klein", "ander_werk": None}, 0, id="nog niet beantwoord: dat is onvolledig, geen grond"
        ),
        pytest.param({"werk": "groot"}, 1, id="gewone baan"),
        pytest.param(
            {"doelgroep": "EPA", "gediagnosticeerd": False, "in_sggz": False, "werk": "groot"},
            4,
            id="alles tegelijk",
        ),
        pytest.param(
            {"doelgroep": "", "gediagnosticeerd": None, "in_sggz": None, "werk": ""}, 0, id="niets ingevuld"
        ),
    ],
)
def test_doelgroep(over, aantal):
    redenen = niet_in_doelgroep(IPS_CMD, IN_ORDE | over)
    assert codes(redenen) == ["niet_in_doelgroep"] * aantal
    assert all(r.grond for r in redenen)


def test_zonder_de_voorwaarde_geen_dienstverband():
    soepel = lees_regeling(regelingtekst(geen_dienstverband=False))
    assert niet_in_doelgroep(soepel, IN_ORDE | {"werk": "groot"}) == []


@pytest.mark.parametrize(
    ("route", "ander", "verwacht"),
    [
        ("uwv", True, ["ander_traject"]),
        ("uwv", False, []),
        ("gemeente", True, []),
        ("", True, []),
        ("uwv", None, []),
    ],
)
def test_ander_traject_telt_waar_niemand_anders_kijkt(route, ander, verwacht):
    assert codes(ander_traject(IPS_CMD, {"route": route, "ander_traject": ander})) == verwacht


@pytest.mark.parametrize(
    ("uitkering", "route", "verwacht"),
    [
        ("uwv", "uwv", []),
        ("uwv", "gemeente", ["verkeerde_route"]),
        ("bijstand", "gemeente", []),
        ("bijstand", "uwv", ["verkeerde_route"]),
        ("geen", "uwv", ["verkeerde_route"]),
        pytest.param("beide", "uwv", [], id="T47 een mens koos uwv"),
        pytest.param("beide", "gemeente", [], id="T47 een mens koos de gemeente"),
        ("uwv", "", []),
        ("", "uwv", []),
    ],
)
def test_route_volgt_uit_de_uitkering(uitkering, route, verwacht):
    assert codes(verkeerde_route(IPS_CMD, {"uitkering": uitkering, "route": route})) == verwacht


@given(st.none() | st.dates(date(2018, 1, 1), date(2022, 1, 1)), st.dates(date(2018, 1, 1), date(2022, 1, 1)))
def test_start_in_het_verleden(gewenst, op):
    assert (start_in_verleden(IPS_CMD, gewenst, op) == []) == (gewenst is None or gewenst >= op)
    assert start_in_verleden(TERUGWERKEND, gewenst, op) == []


IN_ORDE_GEM = IN_ORDE | {
    "in_sggz": None, "werk": "", "route": "gemeente", "uitkering": "bijstand", "werkzoekend_ingeschreven": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("over", "teksten"),
    [
        pytest.param({}, [], id="hoort erbij, ook zonder sggz"),
        pytest.param({"doelgroep": "EPA"}, [], id="EPA is er ook een"),
        pytest.param({"in_sggz": False, "werk": "groot"}, [], id="wat niet gevraagd wordt telt niet"),
        pytest.param(
            {"gediagnosticeerd": False},
            ["Bij de deelnemer is geen veelvoorkomende psychische aandoening vastgesteld."],
            id="CMD",
        ),
        pytest.param(
            {"doelgroep": "EPA", "gediagnosticeerd": False},
            ["Bij de deelnemer is geen ernstige psychiatrische aandoening vastgesteld."],
            id="de woorden van de gekozen doelgroep",
        ),
        pytest.param(
            {"doelgroep": "XYZ"}, ["Deze regeling is niet voor mensen uit de doelgroep XYZ."], id="onbekend"
        ),
    ],
)
def test_doelgroep_van_een_andere_regeling(over, teksten):
    assert [r.tekst for r in niet_in_doelgroep(IPS_GEM, IN_ORDE_GEM | over)] == teksten


@pytest.mark.parametrize(
    ("inhoud", "uitkering", "verwacht"),
    [
        pytest.param(IPS_GEM, "ioaw", [], id="T51 IOAW"),
        pytest.param(IPS_GEM, "ioaz", [], id="IOAZ"),
        pytest.param(IPS_GEM, "geen", [], id="geen uitkering"),
        pytest.param(IPS_GEM, "uwv", ["niet_in_doelgroep"], id="T52 alleen WIA"),
        pytest.param(IPS_GEM, "beide", [], id="T47 een mens beoordeelt het"),
        pytest.param(IPS_GEM, "", [], id="niet ingevuld"),
        pytest.param(IPS_CMD, "uwv", [], id="A, uwv"),
        pytest.param(IPS_CMD, "ioaw", ["niet_in_doelgroep"], id="A, IOAW"),
    ],
)
def test_een_uitkering_die_bij_geen_route_hoort(inhoud, uitkering, verwacht):
    redenen = niet_deze_regeling(inhoud, uitkering)
    assert codes(redenen) == verwacht
    assert all(r.grond for r in redenen)
    if uitkering == "uwv" and redenen:
        assert "vraag bij UWV" in redenen[0].tekst


@pytest.mark.parametrize(
    ("over", "verwacht"),
    [
        ({}, []),
        pytest.param({"ander_traject": True}, ["ander_traject"], id="waarschuwen, niet weigeren"),
        pytest.param(
            {"uitkering": "geen", "werkzoekend_ingeschreven": False},
            ["niet_ingeschreven"],
            id="T53 niet ingeschreven",
        ),
        pytest.param({"uitkering": "geen", "werkzoekend_ingeschreven": True}, [], id="T53 ingeschreven"),
        pytest.param({"werkzoekend_ingeschreven": False}, [], id="met bijstand doet het niet ter zake"),
    ],
)
def test_let_op_is_geen_weigering(over, verwacht):
    waarden = IN_ORDE_GEM | over
    assert codes(let_op(IPS_GEM, waarden)) == verwacht
    assert not any(r.grond for r in let_op(IPS_GEM, waarden))
    assert ander_traject(IPS_GEM, waarden) == []
    assert let_op(IPS_CMD, waarden) == []


@pytest.mark.parametrize("erkend", [True, False])
def test_erkenning_telt_alleen_waar_de_regeling_dat_zegt(erkend):
    """T50."""
    assert codes(geen_erkenning(IPS_GEM, erkend)) == ([] if erkend else ["geen_erkenning"])
    assert geen_erkenning(IPS_CMD, erkend) == []


@pytest.mark.parametrize(
    ("start", "op", "verwacht"),
    [
        pytest.param(date(2021, 12, 31), date(2023, 3, 1), ["start_te_vroeg"], id="T60 een dag te vroeg"),
        pytest.param(date(2022, 1, 1), date(2023, 3, 1), [], id="T59 de eerste dag"),
        pytest.param(date(2022, 1, 1), date(2023, 12, 31), [], id="de laatste dag om terug te werken"),
        pytest.param(date(2022, 1, 1), date(2024, 1, 1), ["start_in_verleden"], id="te laat ingediend"),
        pytest.param(date(2024, 1, 1), date(2024, 1, 1), [], id="vandaag is niet in het verleden"),
        pytest.param(date(2021, 12, 31), date(2024, 1, 1), ["start_te_vroeg"], id="de grond gaat voor"),
        pytest.param(None, date(2024, 1, 1), [], id="niet ingevuld"),
    ],
)
def test_start_te_vroeg(start, op, verwacht):
    redenen = start_te_vroeg(IPS_GEM, start, op)
    assert codes(redenen) == verwacht
    assert [r.grond for r in redenen] == [code == "start_te_vroeg" for code in verwacht]
    assert start_te_vroeg(IPS_CMD, start, op) == []
    assert start_in_verleden(IPS_GEM, start, op) == []


def test_een_tijdvak_opent_niet_voor_het_is_gepubliceerd():
    tekst = REGELINGBESTAND.read_text(encoding="utf-8").replace(
        "tot_en_met = 2019-11-29", "tot_en_met = 2019-11-29\ngepubliceerd_op = 2019-05-10", 1
    )
    laat = lees_regeling(tekst)
    (reden,) = buiten_tijdvak(laat, datetime(2019, 5, 9, 12, tzinfo=UTC))
    assert "begint op 10 mei 2019" in reden.tekst
    assert buiten_tijdvak(laat, datetime(2019, 5, 10, 12, tzinfo=UTC)) == []

"""Tijdvak, doelgroep and route, as values."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanvragen.regels.toegang_regeling import (
    ander_traject,
    buiten_tijdvak,
    gered_door_storing,
    niet_in_doelgroep,
    start_in_verleden,
    verkeerde_route,
)
from budget.regels.inlezen import lees_regeling
from ips_subsidie.kalender.dagen import AMSTERDAM
from tests.fabriek import REGELINGBESTAND, regelingtekst

IPS_CMD = lees_regeling(REGELINGBESTAND.read_text(encoding="utf-8"))
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

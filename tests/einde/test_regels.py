"""What can be proposed and what not, as rules with a shape."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanvragen.regels.traject import afgelopen, bezwaren_tegen_stop, laatste_dag, vroegste_start
from aanvragen.regels.vaststelling import (
    bezwaren_tegen_bedrag,
    dagen,
    eist_nieuw_voornemen,
    naar_rato,
    verdeling,
    voorstel,
)
from budget.regels.inlezen import lees_regeling
from tests.fabriek.wereld import REGELING_A, REGELING_B, regelingtekst

CENTEN = st.integers(0, 5_000_000)
DAGEN = st.dates(date(2019, 1, 1), date(2050, 12, 31))
START = date(2023, 3, 1)


@pytest.mark.parametrize(
    ("einde", "cent"),
    [
        pytest.param(date(2023, 2, 28), 0, id="voor het begin"),
        pytest.param(START, 1_094, id="een dag van 731"),
        pytest.param(date(2024, 2, 29), 400_547, id="iets meer dan de helft, met schrikkeldag"),
        pytest.param(date(2025, 2, 28), 800_000, id="de hele tijd"),
        pytest.param(date(2025, 12, 31), 800_000, id="in een verlenging: niet meer dan alles"),
    ],
)
def test_naar_rato(einde, cent):
    assert naar_rato(800_000, START, 24, einde) == cent


@given(CENTEN, DAGEN, st.integers(1, 36), st.integers(0, 1500))
def test_naar_rato_stijgt_en_blijft_binnen_het_bedrag(bedrag, start, maanden, na):
    einde = start + timedelta(days=na)
    deel = naar_rato(bedrag, start, maanden, einde)
    assert 0 <= deel <= bedrag
    assert deel <= naar_rato(bedrag, start, maanden, einde + timedelta(days=1))
    assert naar_rato(bedrag, start, maanden, laatste_dag(start, maanden)) == bedrag


@pytest.mark.parametrize(
    ("gestopt", "verslag", "cent"),
    [(None, True, 800_000), (START, True, 1_094), (None, False, 0), (START, False, 0)],
)
def test_voorstel(gestopt, verslag, cent):
    assert cent == voorstel(
        verleend_cent=800_000, start=START, maanden=24, gestopt_op=gestopt, verslag=verslag
    )


@given(st.data())
def test_verdeling_telt_op_en_blijft_binnen_elk_deel(data):
    rijk, gemeente = data.draw(st.integers(1, 2_000_000)), data.draw(st.integers(0, 2_000_000))
    bedrag = data.draw(st.integers(0, rijk + gemeente))
    van_rijk, van_gemeente = verdeling(bedrag, rijk_cent=rijk, gemeente_cent=gemeente)
    assert van_rijk + van_gemeente == bedrag
    assert 0 <= van_rijk <= rijk
    assert 0 <= van_gemeente <= gemeente


@pytest.mark.parametrize(
    ("bedrag", "reden", "codes"),
    [
        (800_000, "", []),
        (799_999, "", ["reden"]),
        (799_999, "verplichting", []),
        (0, "niet_uitgevoerd", []),
        (800_001, "verplichting", ["bedrag"]),
        (-1, "verplichting", ["bedrag"]),
    ],
)
def test_bedrag(bedrag, reden, codes):
    assert [r.code for r in bezwaren_tegen_bedrag(bedrag, 800_000, reden)] == codes


@given(CENTEN, st.none() | CENTEN)
def test_nieuw_voornemen_alleen_voor_wat_de_instelling_nog_niet_wist(bedrag, voorgenomen):
    nieuw = eist_nieuw_voornemen(bedrag, 800_000, voorgenomen)
    assert nieuw == (bedrag < 800_000 and (voorgenomen is None or bedrag < voorgenomen))


@given(DAGEN, DAGEN, DAGEN, DAGEN)
def test_stoppen_kan_van_begin_tot_einde_en_niet_in_de_toekomst(dag, start, laatste, op):
    redenen = bezwaren_tegen_stop(gestopt_op=dag, start=start, laatste=laatste, op=op)
    assert (redenen == []) == (start <= dag <= laatste and dag <= op)
    assert len(redenen) <= 1


@given(st.none() | DAGEN, st.none() | DAGEN, DAGEN)
def test_afgelopen(laatste, gestopt, op):
    assert afgelopen(laatste=laatste, gestopt=gestopt, op=op) == (
        gestopt is not None or (laatste is not None and laatste < op)
    )


@pytest.mark.parametrize(
    ("bestand", "dagtekening", "dag"),
    [
        pytest.param(REGELING_A, date(2019, 6, 3), date(2019, 6, 3), id="A: het besluit (T64)"),
        pytest.param(REGELING_B, date(2023, 4, 3), date(2022, 1, 1), id="B: start_vanaf (T59)"),
    ],
)
def test_vroegste_start(bestand, dagtekening, dag):
    assert vroegste_start(lees_regeling(regelingtekst(bestand)).regels, dagtekening) == dag


def test_dagen_zijn_inclusief():
    assert [dagen(START, START + timedelta(days=n)) for n in (-2, -1, 0, 1)] == [0, 0, 1, 2]

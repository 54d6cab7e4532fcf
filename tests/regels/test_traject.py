"""The days of a traject as rules with a shape: contiguous, inclusive, never past the maximum."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanvragen.regels.traject import bezwaren_tegen_start, bezwaren_tegen_verlenging, laatste_dag

DAGEN = st.dates(date(2019, 1, 1), date(2060, 12, 31))
EEN_DAG = timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "maanden", "verlengd", "laatste"),
    [
        pytest.param(date(2019, 5, 31), 24, 0, date(2021, 5, 30), id="T55"),
        pytest.param(date(2019, 5, 31), 24, 12, date(2022, 5, 30), id="T55 verlengd"),
        pytest.param(date(2020, 2, 29), 24, 0, date(2022, 2, 27), id="T56"),
        pytest.param(date(2020, 2, 29), 24, 12, date(2023, 2, 27), id="T56 36 maanden"),
        pytest.param(date(2020, 2, 29), 48, 0, date(2024, 2, 28), id="schrikkeldag tot schrikkeldag"),
        pytest.param(date(2019, 8, 31), 1, 0, date(2019, 9, 29), id="geen 31 september"),
        pytest.param(date(2019, 1, 1), 12, 0, date(2019, 12, 31), id="kalenderjaar"),
    ],
)
def test_laatste_dag(start, maanden, verlengd, laatste):
    assert laatste_dag(start, maanden, verlengd) == laatste


@given(DAGEN, st.integers(1, 36), st.integers(0, 12))
def test_de_laatste_dag_schuift_mee(start, maanden, verlengd):
    laatste = laatste_dag(start, maanden, verlengd)
    assert laatste >= start
    # A verlenging is the same as a longer traject from the same start: nothing between, nothing twice.
    assert laatste == laatste_dag(start, maanden + verlengd)
    assert laatste_dag(start, maanden, verlengd + 1) > laatste
    if start.day <= 28:
        assert (laatste + EEN_DAG).day == start.day


@given(DAGEN, DAGEN, DAGEN)
def test_start_kan_precies_van_akkoord_tot_en_met_vandaag(start, vroegste, op):
    redenen = bezwaren_tegen_start(start, vroegste, op)
    assert (redenen == []) == (vroegste <= start <= op)
    assert len(redenen) <= 1


@given(
    st.booleans(),
    st.booleans(),
    st.none() | DAGEN,
    DAGEN,
    st.integers(0, 12),
    st.integers(-2, 20),
    st.integers(0, 12),
)
def test_verlenging(gestart, gestopt, laatste, op, al_verlengd, gevraagd, maximum):
    redenen = bezwaren_tegen_verlenging(
        gestart=gestart, gestopt=gestopt, laatste=laatste, op=op,
        al_verlengd=al_verlengd, gevraagd=gevraagd, maximum=maximum,
    )  # fmt: skip
    loopt = gestart and not gestopt and laatste is not None and op <= laatste
    past = gevraagd >= 1 and al_verlengd + gevraagd <= maximum
    assert (redenen == []) == (loopt and past)
    assert all(r.tekst.endswith(".") and r.code for r in redenen)
    assert len({r.code for r in redenen}) == len(redenen) <= 2

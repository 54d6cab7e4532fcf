"""The dwangsom of Awb 4:17: which days, what a day costs, and what it comes to (T115)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ips_subsidie.kalender.dwangsom import (
    MAX_DAGEN,
    TARIEVEN,
    dwangsom,
    tarief_op,
    vaststellen_uiterlijk,
)
from ips_subsidie.kalender.erkend import erkende_feestdagen

FEESTDAGEN = {dag.datum: dag.naam for dag in erkende_feestdagen(2009, 2032)}
DATUMS = st.dates(min_value=date(2009, 10, 1), max_value=date(2031, 6, 1))


def test_t115_eerste_en_laatste_dag():
    uit = dwangsom(date(2024, 5, 2), FEESTDAGEN)
    assert (uit.eerste_dag, uit.laatste_dag) == (date(2024, 5, 17), date(2024, 6, 27))
    assert uit.maximum_cent == uit.bedrag_cent(uit.laatste_dag) == 144_200


@pytest.mark.parametrize(
    ("tot_en_met", "dagen", "euro"),
    [
        pytest.param(date(2024, 5, 16), 0, 0, id="twee weken om"),
        pytest.param(date(2024, 5, 17), 1, 23, id="eerste dag"),
        pytest.param(date(2024, 5, 30), 14, 322, id="veertiende dag"),
        pytest.param(date(2024, 5, 31), 15, 357, id="vijftiende dag"),
        pytest.param(date(2024, 6, 13), 28, 812, id="achtentwintigste dag"),
        pytest.param(date(2024, 6, 14), 29, 857, id="negenentwintigste dag"),
        pytest.param(date(2024, 6, 27), 42, 1442, id="laatste dag"),
        pytest.param(date(2025, 6, 27), 42, 1442, id="een jaar later"),
    ],
)
def test_wat_een_dag_kost(tot_en_met, dagen, euro):
    uit = dwangsom(date(2024, 5, 2), FEESTDAGEN)
    assert (uit.dagen(tot_en_met), uit.bedrag_cent(tot_en_met)) == (dagen, euro * 100)


@pytest.mark.parametrize(
    ("ontvangen_op", "per_dag", "hoogstens"),
    [
        pytest.param(date(2009, 10, 1), (2000, 3000, 4000), 126_000, id="eerste dag van de wet"),
        pytest.param(date(2018, 12, 31), (2000, 3000, 4000), 126_000, id="ontvangen in 2018, dagen in 2019"),
        pytest.param(date(2019, 1, 1), (2300, 3500, 4500), 144_200, id="ontvangen in 2019"),
    ],
)
def test_de_dag_van_ontvangst_bepaalt_het_tarief(ontvangen_op, per_dag, hoogstens):
    uit = dwangsom(ontvangen_op, FEESTDAGEN)
    assert uit.tarief.per_dag_cent == per_dag
    assert uit.bedrag_cent(uit.laatste_dag) == hoogstens


def test_voor_de_wet_is_er_geen_dwangsom():
    with pytest.raises(ValueError, match="1 oktober 2009"):
        tarief_op(date(2009, 9, 30))


@pytest.mark.parametrize(
    ("ontvangen_op", "eerste_dag", "waarom"),
    [
        pytest.param(date(2024, 5, 4), date(2024, 5, 19), "een zaterdag", id="twee weken op zaterdag"),
        pytest.param(date(2024, 5, 5), date(2024, 5, 20), "een zondag", id="twee weken op zondag"),
        pytest.param(date(2024, 5, 6), date(2024, 5, 21), "Tweede Pinksterdag", id="twee weken op feestdag"),
    ],
)
def test_schuift_niet_op_en_zegt_waarom(ontvangen_op, eerste_dag, waarom):
    uit = dwangsom(ontvangen_op, FEESTDAGEN)
    assert uit.eerste_dag == eerste_dag
    assert f"Dat is {waarom}. Deze termijn schuift niet op." in uit.stappen[1]


def test_stappen_noemen_elke_dag_en_elk_bedrag():
    tekst = " ".join(dwangsom(date(2024, 5, 2), FEESTDAGEN).stappen)
    for stuk in (
        "2 mei 2024",
        "16 mei 2024",
        "17 mei 2024",
        "27 juni 2024",
        "€ 23",
        "€ 35",
        "€ 45",
        "€ 1.442",
    ):
        assert stuk in tekst


def test_de_dag_van_het_besluit_telt_niet():
    uit = dwangsom(date(2024, 5, 2), FEESTDAGEN)
    assert uit.uiterlijk_beslissen == date(2024, 5, 16)
    assert uit.dagen_bij_besluit(uit.eerste_dag) == 0
    assert uit.dagen_bij_besluit(uit.eerste_dag + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    ("laatste", "uiterlijk"),
    [
        pytest.param(date(2024, 6, 27), date(2024, 7, 11), id="gewone dag"),
        pytest.param(date(2024, 6, 29), date(2024, 7, 15), id="zaterdag, dan maandag"),
        pytest.param(date(2024, 4, 13), date(2024, 4, 29), id="Koningsdag op zaterdag"),
    ],
)
def test_vaststellen_binnen_twee_weken_schuift_wel(laatste, uiterlijk):
    """Awb 4:18 sets a term in a wet."""
    assert vaststellen_uiterlijk(laatste, FEESTDAGEN) == uiterlijk


@given(DATUMS, st.integers(min_value=0, max_value=42))
def test_de_perioden_tellen_op(ontvangen_op, dagen):
    uit = dwangsom(ontvangen_op, FEESTDAGEN)
    delen = uit.per_periode(dagen)
    assert sum(aantal for aantal, _ in delen) == dagen
    assert sum(aantal * cent for aantal, cent in delen) == uit.tarief.bedrag_cent(dagen)


@given(DATUMS, st.integers(min_value=-30, max_value=90))
def test_optellen_per_dag_geeft_hetzelfde_bedrag(ontvangen_op, verder):
    """By another route: each day on its own, by the week in which it falls."""
    uit = dwangsom(ontvangen_op, FEESTDAGEN)
    tot_en_met = uit.eerste_dag + timedelta(days=verder)
    per_dag = [uit.tarief.per_dag_cent[dag // 14] for dag in range(MAX_DAGEN)]
    assert uit.bedrag_cent(tot_en_met) == sum(per_dag[: max(verder + 1, 0)])
    assert uit.dagen(tot_en_met) <= MAX_DAGEN
    assert (uit.laatste_dag - uit.eerste_dag).days == MAX_DAGEN - 1


@given(DATUMS)
def test_een_later_tarief_is_nooit_lager(ontvangen_op):
    assert tarief_op(ontvangen_op).maximum_cent <= TARIEVEN[0].maximum_cent

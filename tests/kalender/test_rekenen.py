"""Counting terms by the rules of domein.md 5.1, and what must hold for every date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ips_subsidie.kalender.erkend import erkende_feestdagen
from ips_subsidie.kalender.rekenen import (
    Opschorting,
    bereken,
    eerstvolgende_werkdag,
    is_werkdag,
    laatste_dag,
    laatste_dag_na_maanden,
    plus_maanden,
    terug_vanaf,
)

FEESTDAGEN = frozenset(dag.datum for dag in erkende_feestdagen(2019, 2030))


def met_opschorting(vanaf: date, **over) -> date:
    return bereken(vanaf, **over).laatste_dag


DATUMS = st.dates(min_value=date(2018, 6, 1), max_value=date(2031, 6, 1))


def maanden(aantal: int):
    return lambda start: laatste_dag_na_maanden(start, aantal)


@pytest.mark.parametrize(
    ("regel", "vanaf", "verwacht"),
    [
        pytest.param(maanden(24), date(2019, 5, 31), date(2021, 5, 30), id="T55"),
        pytest.param(maanden(36), date(2019, 5, 31), date(2022, 5, 30), id="T55-verlengd"),
        pytest.param(maanden(24), date(2020, 2, 29), date(2022, 2, 27), id="T56-24"),
        pytest.param(maanden(36), date(2020, 2, 29), date(2023, 2, 27), id="T56-36"),
        pytest.param(maanden(24), date(2023, 3, 1), date(2025, 2, 28), id="T57-CMD"),
        pytest.param(maanden(36), date(2023, 3, 1), date(2026, 2, 28), id="T57-EPA"),
    ],
)
def test_laatste_dag_uit_het_domein(regel, vanaf, verwacht):
    assert regel(vanaf) == verwacht


# --- the rules of 5.1 one by one ---


def test_de_dag_zelf_telt_niet_mee():
    assert laatste_dag(date(2023, 6, 5), dagen=1, feestdagen=FEESTDAGEN) == date(2023, 6, 6)


def test_een_termijn_van_een_regeling_verschuift_niet():
    assert laatste_dag(date(2023, 12, 3), weken=4, feestdagen=FEESTDAGEN, verschuift=False) == date(
        2023, 12, 31
    )


def test_teruggeteld_verschuift_niet():
    assert terug_vanaf(date(2023, 5, 15), weken=2) == date(2023, 5, 1)
    assert terug_vanaf(date(2023, 5, 15), dagen=8) == date(2023, 5, 7)  # a Sunday


def test_drie_dagen_houden_twee_werkdagen():
    """Goede Vrijdag to Tweede Paasdag 2024: three days from Thursday hold none, so it becomes Wednesday."""
    assert laatste_dag(date(2024, 3, 28), dagen=3, feestdagen=FEESTDAGEN) == date(2024, 4, 3)


def test_twee_dagen_hoeven_geen_twee_werkdagen_te_houden():
    assert laatste_dag(date(2024, 3, 28), dagen=2, feestdagen=FEESTDAGEN) == date(2024, 4, 2)


@pytest.mark.parametrize(
    ("weken", "dagen", "verschoven"),
    [(12, 0, True), (13, 0, False), (0, 90, True), (0, 91, False), (12, 6, True), (12, 7, False)],
)
def test_artikel_4_een_lange_termijn_verschuift_niet(weken, dagen, verschoven):
    ruw = date(2023, 7, 2)  # a Sunday
    vanaf = ruw - timedelta(weeks=weken, days=dagen)
    verwacht = date(2023, 7, 3) if verschoven else ruw
    assert laatste_dag(vanaf, weken=weken, dagen=dagen, feestdagen=FEESTDAGEN) == verwacht


@pytest.mark.parametrize(("weken", "dagen"), [(0, 0), (-1, 0), (0, -1), (2, -3)])
def test_een_termijn_is_minstens_een_dag(weken, dagen):
    with pytest.raises(ValueError, match="minstens één dag"):
        laatste_dag(date(2023, 1, 2), weken=weken, dagen=dagen, feestdagen=FEESTDAGEN)


# --- suspension ---


@pytest.mark.parametrize(
    ("hervat_op", "dagen"), [(date(2023, 3, 16), 9), (date(2023, 3, 7), 0), (date(2023, 3, 6), 0)]
)
def test_opgeschorte_dagen_naar_de_letter(hervat_op, dagen):
    som = bereken(
        date(2023, 3, 2),
        weken=8,
        opschortingen=[Opschorting(date(2023, 3, 6), hervat_op)],
        feestdagen=FEESTDAGEN,
    )
    assert [erbij for _, erbij in som.opgeschort] == [dagen]


def test_eerst_opschorten_dan_verschuiven():
    """Raw last day Thu 2023-04-27 plus 1 day is Fri 28 April, a KB day: so Monday, as without suspension."""
    een_dag = [Opschorting(date(2023, 3, 6), date(2023, 3, 8))]
    vier_dagen = [Opschorting(date(2023, 3, 6), date(2023, 3, 11))]
    vijf_dagen = [Opschorting(date(2023, 3, 6), date(2023, 3, 12))]

    def met(opschortingen):
        return met_opschorting(date(2023, 3, 2), weken=8, opschortingen=opschortingen, feestdagen=FEESTDAGEN)

    assert met([]) == met(een_dag) == met(vier_dagen) == date(2023, 5, 1)
    assert met(vijf_dagen) == date(2023, 5, 2)


def test_een_dag_in_twee_opschortingen_telt_eenmaal():
    een = Opschorting(date(2023, 3, 6), date(2023, 3, 16))
    ander = Opschorting(date(2023, 3, 10), date(2023, 3, 20))
    samen = Opschorting(date(2023, 3, 6), date(2023, 3, 20))

    def met(*opschortingen):
        return met_opschorting(
            date(2023, 3, 1), weken=8, opschortingen=opschortingen, feestdagen=FEESTDAGEN, verschuift=False
        )

    assert met(een, ander) == met(ander, een) == met(samen)


def test_na_afloop_valt_niets_meer_op_te_schorten():
    te_laat = [Opschorting(date(2023, 5, 2), date(2023, 6, 1))]
    op_de_verschoven_dag = [Opschorting(date(2023, 5, 1), date(2023, 5, 12))]

    def met(opschortingen):
        return met_opschorting(date(2023, 3, 2), weken=8, opschortingen=opschortingen, feestdagen=FEESTDAGEN)

    assert met(te_laat) == date(2023, 5, 1)
    assert met(op_de_verschoven_dag) > date(2023, 5, 1)


def test_een_opschorting_eindigt_niet_voor_zij_begint():
    with pytest.raises(ValueError, match="eindigen"):
        Opschorting(date(2023, 3, 6), date(2023, 3, 5))


def test_een_duur_is_minstens_een_maand():
    with pytest.raises(ValueError, match="minstens één maand"):
        laatste_dag_na_maanden(date(2023, 1, 1), 0)


# --- what holds for every date ---


@given(vanaf=DATUMS, dagen=st.integers(1, 90))
def test_een_verschoven_termijn_eindigt_op_een_werkdag_en_niet_te_vroeg(vanaf, dagen):
    einde = laatste_dag(vanaf, dagen=dagen, feestdagen=FEESTDAGEN)
    assert is_werkdag(einde, FEESTDAGEN)
    assert einde >= vanaf + timedelta(days=dagen)
    werkdagen = sum(
        is_werkdag(vanaf + timedelta(days=n), FEESTDAGEN) for n in range(1, (einde - vanaf).days + 1)
    )
    assert dagen < 3 or werkdagen >= 2


@given(eerste=DATUMS, later=st.integers(0, 60), weken=st.integers(1, 15))
def test_wie_later_begint_eindigt_niet_eerder(eerste, later, weken):
    tweede = eerste + timedelta(days=later)
    vroeg, laat = (laatste_dag(dag, weken=weken, feestdagen=FEESTDAGEN) for dag in (eerste, tweede))
    assert vroeg <= laat


@given(vanaf=DATUMS, dagen=st.integers(1, 89))
def test_een_dag_meer_eindigt_niet_eerder(vanaf, dagen):
    kort, lang = (laatste_dag(vanaf, dagen=n, feestdagen=FEESTDAGEN) for n in (dagen, dagen + 1))
    assert kort <= lang


@given(vanaf=DATUMS, begin=st.integers(0, 50), duur=st.integers(0, 60))
def test_opschorten_maakt_een_termijn_nooit_korter(vanaf, begin, duur):
    uitgenodigd = vanaf + timedelta(days=begin)
    opschorting = Opschorting(uitgenodigd, uitgenodigd + timedelta(days=duur))
    zonder = laatste_dag(vanaf, weken=8, feestdagen=FEESTDAGEN)
    met = met_opschorting(vanaf, weken=8, opschortingen=[opschorting], feestdagen=FEESTDAGEN)
    assert met >= zonder
    assert is_werkdag(met, FEESTDAGEN)


@given(dag=DATUMS)
def test_eerstvolgende_werkdag_is_de_eerste(dag):
    werkdag = eerstvolgende_werkdag(dag, FEESTDAGEN)
    assert is_werkdag(werkdag, FEESTDAGEN)
    assert not any(is_werkdag(dag + timedelta(days=n), FEESTDAGEN) for n in range((werkdag - dag).days))


@given(start=DATUMS, maanden=st.integers(1, 48))
def test_een_periode_van_maanden_sluit_aan_op_de_volgende(start, maanden):
    einde = laatste_dag_na_maanden(start, maanden)
    assert einde + timedelta(days=1) == plus_maanden(start, maanden)
    assert einde >= start
    assert laatste_dag_na_maanden(start, maanden + 1) > einde

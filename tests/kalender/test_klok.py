"""Instants in UTC, days in Amsterdam, and one clock that can be moved."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ips_subsidie.kalender.klok import begin_van_dag, datum_van, einde_van_dag, klok_op, nu, vandaag


@pytest.mark.parametrize(
    ("dag", "einde"),
    [
        (date(2019, 11, 29), datetime(2019, 11, 29, 23, tzinfo=UTC)),
        (date(2023, 12, 31), datetime(2023, 12, 31, 23, tzinfo=UTC)),
        (date(2024, 11, 19), datetime(2024, 11, 19, 23, tzinfo=UTC)),
        (date(2019, 4, 30), datetime(2019, 4, 30, 22, tzinfo=UTC)),
    ],
)
def test_sluiting_is_het_begin_van_de_volgende_dag_in_amsterdam(dag, einde):
    assert einde_van_dag(dag) == einde
    assert datum_van(einde - timedelta(microseconds=1)) == dag
    assert datum_van(einde) == dag + timedelta(days=1)


def test_regeling_a_opent_in_de_zomertijd():
    assert begin_van_dag(date(2019, 5, 1)) == datetime(2019, 4, 30, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("dag", "uren"), [(date(2019, 3, 31), 23), (date(2019, 10, 27), 25), (date(2019, 6, 3), 24)]
)
def test_een_dag_in_de_nacht_van_de_tijdwisseling(dag, uren):
    assert einde_van_dag(dag) - begin_van_dag(dag) == timedelta(hours=uren)


@given(
    st.integers(0, 13 * 365 * 86_400).map(lambda n: datetime(2018, 1, 1, tzinfo=UTC) + timedelta(seconds=n))
)
@example(datetime(2019, 3, 31, 0, 59, 59, tzinfo=UTC))
@example(datetime(2019, 3, 31, 1, 0, tzinfo=UTC))
@example(datetime(2019, 10, 27, 0, 30, tzinfo=UTC))
@example(datetime(2019, 10, 27, 1, 30, tzinfo=UTC))
def test_elk_moment_ligt_in_zijn_eigen_dag(moment):
    dag = datum_van(moment)
    assert begin_van_dag(dag) <= moment < einde_van_dag(dag)


def test_een_moment_zonder_tijdzone_wordt_geweigerd():
    kaal = datetime(2019, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="tijdzone"):
        datum_van(kaal)
    with pytest.raises(ValueError, match="tijdzone"), klok_op(kaal):
        pass


def test_klok_op_zet_de_klok_stil_en_zet_hem_terug():
    moment = datetime(2019, 6, 3, 22, 30, tzinfo=UTC)
    with klok_op(moment):
        assert nu() == moment
        assert vandaag() == date(2019, 6, 4)
        with klok_op(moment + timedelta(days=1)):
            assert vandaag() == date(2019, 6, 5)
        assert nu() == moment
    assert nu() > datetime(2024, 1, 1, tzinfo=UTC)


def test_klok_op_geldt_niet_in_een_andere_draad():
    gezien: list[datetime] = []
    with klok_op(datetime(2019, 6, 3, tzinfo=UTC)):
        draad = threading.Thread(target=lambda: gezien.append(nu()))
        draad.start()
        draad.join()
    assert gezien[0] > datetime(2024, 1, 1, tzinfo=UTC)


def test_de_klok_loopt_verschoven_door(settings):
    settings.KLOK_VERSCHUIVING = timedelta(days=-1000)
    verschil = datetime.now(UTC) - nu()
    assert timedelta(days=999) < verschil < timedelta(days=1001)
    assert nu().tzinfo is UTC

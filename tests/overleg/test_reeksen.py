"""The days and instants of a series: weeks, the clock in Amsterdam, feestdagen."""

import itertools
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ips_subsidie.kalender.dagen import AMSTERDAM, datum_van
from overleg.regels import reeksen
from overleg.regels.reeksen import ACHTWEKELIJKS, RITMES, WEKELIJKS, bezwaren_tegen_reeks, momenten, op_klok

DAGEN = st.dates(date(2019, 1, 1), date(2030, 12, 31))


def codes(*args, **kwargs):
    return [(r.code, r.veld) for r in bezwaren_tegen_reeks(*args, **kwargs)]


def test_wekelijks_blijft_tien_uur_ook_na_de_zomertijd():
    """On 31 March 2019 the clock went forward: ten o'clock is then another instant."""
    rij = momenten(date(2019, 3, 25), date(2019, 4, 1), WEKELIJKS, time(10, 0))
    assert [m.begint_op for m in rij] == [
        datetime(2019, 3, 25, 9, 0, tzinfo=UTC),
        datetime(2019, 4, 1, 8, 0, tzinfo=UTC),
    ]


def test_om_de_acht_weken_over_de_wintertijd():
    rij = momenten(date(2019, 9, 24), date(2019, 12, 31), ACHTWEKELIJKS, time(13, 30))
    assert [m.dag for m in rij] == [date(2019, 9, 24), date(2019, 11, 19)]
    assert [m.begint_op.hour for m in rij] == [11, 12]


def test_een_tijd_die_niet_bestaat_wordt_een_uur_later():
    assert op_klok(date(2019, 3, 31), time(2, 30)).astimezone(AMSTERDAM).time() == time(3, 30)


def test_een_tijd_die_twee_keer_komt_is_de_eerste():
    assert op_klok(date(2019, 10, 27), time(2, 30)) == datetime(2019, 10, 27, 0, 30, tzinfo=UTC)


def test_feestdagen_blijven_alleen_weg_als_dat_gevraagd_is():
    pasen = date(2019, 4, 22)
    met = momenten(date(2019, 4, 15), date(2019, 4, 29), WEKELIJKS, time(10, 0))
    zonder = momenten(date(2019, 4, 15), date(2019, 4, 29), WEKELIJKS, time(10, 0), zonder={pasen})
    assert pasen in [m.dag for m in met]
    assert [m.dag for m in zonder] == [date(2019, 4, 15), date(2019, 4, 29)]


@given(eerste=DAGEN, weken=st.sampled_from(RITMES), lengte=st.integers(0, 732), tijd=st.times())
def test_elke_reeks_heeft_zijn_ritme(eerste, weken, lengte, tijd):
    laatste = eerste + timedelta(days=lengte)
    rij = momenten(eerste, laatste, weken, tijd)
    assert rij[0].dag == eerste
    assert laatste - timedelta(weeks=weken) < rij[-1].dag <= laatste
    for een, volgende in itertools.pairwise(rij):
        assert volgende.dag - een.dag == timedelta(weeks=weken)
        assert een.begint_op < volgende.begint_op
    assert all(m.begint_op.tzinfo is UTC for m in rij)
    assert all(datum_van(m.begint_op) == m.dag for m in rij)


def test_geen_weken_vooruit_is_geen_reeks():
    with pytest.raises(ValueError, match="hele weken"):
        reeksen.dagen(date(2019, 6, 3), date(2019, 6, 10), 0)


@pytest.mark.parametrize(
    ("eerste", "laatste", "weken", "duur", "verwacht"),
    [
        (date(2019, 6, 3), date(2019, 6, 3), 1, 60, []),
        (date(2019, 6, 3), None, 1, 60, [("laatste_dag", "laatste_dag")]),
        (date(2019, 6, 10), date(2019, 6, 9), 1, 60, [("laatste_dag", "laatste_dag")]),
        (date(2019, 6, 3), date(2021, 6, 30), 1, 60, [("laatste_dag", "laatste_dag")]),
        (date(2019, 6, 2), date(2019, 7, 2), 1, 60, [("eerste_dag", "eerste_dag")]),
        (None, None, 1, 60, [("eerste_dag", "eerste_dag"), ("laatste_dag", "laatste_dag")]),
        (None, date(2019, 7, 2), 1, 60, [("eerste_dag", "eerste_dag")]),
        (date(2019, 6, 3), date(2019, 7, 3), 3, 60, [("ritme", "om_de_weken")]),
        (date(2019, 6, 3), date(2019, 7, 3), 1, 14, [("duur", "duur_minuten")]),
        (date(2019, 6, 3), date(2019, 7, 3), 1, 481, [("duur", "duur_minuten")]),
    ],
)
def test_bezwaren(eerste, laatste, weken, duur, verwacht):
    assert codes(eerste, laatste, weken, duur, date(2019, 6, 3)) == verwacht


@pytest.mark.parametrize(
    ("plaats", "link", "veld"),
    [
        ("Zaal 3", "", None),
        ("", "https://vergader.example/x", None),
        ("", "", "plaats"),
        ("  ", "", "plaats"),
        ("Zaal 3", "javascript:alert(1)", "link"),
        ("", "http://vergader.example/x", "link"),
    ],
)
def test_een_overleg_heeft_een_plek(plaats, link, veld):
    redenen = reeksen.bezwaren_tegen_plek(plaats, link)
    assert [r.veld for r in redenen] == ([veld] if veld else [])

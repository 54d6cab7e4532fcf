"""The forecast: exact against sums and a seeded simulation, consistent with itself, and silent where it can't know."""

import math
import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.regels.prognose import (
    MINSTENS,
    RECENT_DAGEN,
    Tempo,
    Verwachting,
    kans_op_minstens,
    ruimte_in_geld,
    tempo,
    voorspel,
)

BEGIN, EINDE = date(2019, 5, 1), date(2019, 11, 29)


def op(vandaag, aantal, over):
    return voorspel(aantal=aantal, over=over, begin=BEGIN, einde=EINDE, vandaag=vandaag)


@pytest.mark.parametrize(
    ("vandaag", "aantal", "over", "verwacht"),
    [
        # no limit, and a tijdvak that isn't open yet or any more
        (date(2019, 6, 2), 58, None, None),
        (date(2019, 4, 30), 0, 200, None),
        (date(2019, 11, 30), 58, 142, None),
        # nothing left, also when a gegrond bezwaar went beyond the limit
        (date(2019, 6, 2), 58, 0, Verwachting.VOL),
        (date(2019, 6, 2), 3, -1, Verwachting.VOL),
        # too few to say
        (date(2019, 6, 2), 0, 200, Verwachting.TE_WEINIG),
        (date(2019, 6, 2), 4, 1, Verwachting.TE_WEINIG),
        # enough
        (date(2019, 6, 2), 5, 200, Verwachting.BLIJFT_OVER),
        (date(2019, 6, 2), 58, 142, Verwachting.LOOPT_LEEG),
        (date(2019, 5, 1), 12, 188, Verwachting.LOOPT_LEEG),
        # on the last day nothing comes after today
        (date(2019, 11, 29), 190, 1, Verwachting.BLIJFT_OVER),
    ],
)
def test_wat_er_te_zeggen_valt(vandaag, aantal, over, verwacht):
    prognose = op(vandaag, aantal, over)
    assert (prognose and prognose.verwachting) == verwacht


def test_het_voorbeeld_van_de_pagina():
    """58 in 33 days is 1.76 a day; 142 more take some 81 days."""
    prognose = op(date(2019, 6, 2), 58, 142)
    assert (prognose.aantal, prognose.dagen, prognose.over) == (58, 33, 142)
    assert abs((prognose.dag - date(2019, 8, 22)).days) <= 1
    assert date(2019, 8, 1) < prognose.vroegst < prognose.dag < prognose.laatst < date(2019, 9, 20)


def test_wat_later_kan_dan_het_tijdvak_heeft_geen_laatste_dag():
    prognose = op(date(2019, 9, 1), 100, 70)
    assert prognose.verwachting is Verwachting.LOOPT_LEEG
    assert prognose.vroegst < prognose.dag <= EINDE
    assert prognose.laatst is None


def test_op_de_laatste_dag_blijft_wat_er_is():
    prognose = op(EINDE, 190, 7)
    assert (prognose.rest, prognose.rest_minst, prognose.rest_meest) == (7, 7, 7)


def test_een_negatief_aantal_bestaat_niet():
    with pytest.raises(ValueError, match="negatief"):
        op(BEGIN, -1, 5)


# --- the sum behind it -------------------------------------------------------------------------------------------


@given(k=st.integers(1, 300), nog=st.integers(1, 400), aantal=st.integers(0, 400), dagen=st.integers(1, 400))
def test_de_kans_is_de_som_van_de_negatief_binomiale_verdeling(k, nog, aantal, dagen):
    a, p = aantal + 0.5, dagen / (dagen + nog)
    minder = math.fsum(
        math.exp(
            math.lgamma(a + m) - math.lgamma(a) - math.lgamma(m + 1) + a * math.log(p) + m * math.log1p(-p)
        )
        for m in range(k)
    )
    assert kans_op_minstens(k, nog, aantal=aantal, dagen=dagen) == pytest.approx(1 - minder, abs=1e-8)


def test_ook_grote_getallen_zijn_meteen_uitgerekend():
    kans = kans_op_minstens(1_000_000, 100, aantal=1_000_000, dagen=100)
    assert kans == pytest.approx(0.5, abs=0.01)


def test_het_interval_houdt_acht_van_de_tien_keer():
    """Against a seeded simulation: a pace nobody knows, arrivals by it, and what really came of the pool."""
    dobbel = random.Random(20191129)
    vandaag, geraakt, gedaan = date(2019, 6, 30), 0, 0
    while gedaan < 1500:
        per_dag = dobbel.uniform(0.3, 2.5)
        komst = list(_aankomsten(dobbel, per_dag, (EINDE - BEGIN).days + 1))
        tot_nu = (vandaag - BEGIN).days + 1
        aantal = sum(t < tot_nu for t in komst)
        if not MINSTENS <= aantal < 150:
            continue
        gedaan += 1
        geraakt += _klopt(op(vandaag, aantal, 150 - aantal), komst)
    # Whole places and whole days make an interval a little wider than 80%.
    assert 0.78 <= geraakt / gedaan <= 0.87


def _aankomsten(dobbel, per_dag, dagen):
    moment = dobbel.expovariate(per_dag)
    while moment < dagen:
        yield moment
        moment += dobbel.expovariate(per_dag)


def _klopt(prognose, komst):
    """Does what came lie within the interval? The 150th arrival is the last place."""
    if prognose.verwachting is Verwachting.BLIJFT_OVER:
        return prognose.rest_minst <= max(0, 150 - len(komst)) <= prognose.rest_meest
    werkelijk = BEGIN + timedelta(days=int(komst[149])) if len(komst) >= 150 else None
    if werkelijk is None:
        return prognose.laatst is None
    return prognose.vroegst <= werkelijk and (prognose.laatst is None or werkelijk <= prognose.laatst)


# --- what always holds -------------------------------------------------------------------------------------------

dagen = st.integers(0, (EINDE - BEGIN).days).map(lambda n: BEGIN + timedelta(days=n))
aantallen, plaatsen = st.integers(MINSTENS, 2000), st.integers(1, 2000)


@given(vandaag=dagen, aantal=aantallen, over=plaatsen)
def test_een_prognose_spreekt_zichzelf_niet_tegen(vandaag, aantal, over):
    prognose = op(vandaag, aantal, over)
    if prognose.verwachting is Verwachting.BLIJFT_OVER:
        assert 0 <= prognose.rest_minst <= prognose.rest <= prognose.rest_meest <= over
    else:
        assert vandaag < prognose.vroegst <= prognose.dag <= (prognose.laatst or EINDE) <= EINDE


@given(vandaag=dagen, aantal=aantallen, over=plaatsen)
def test_meer_aanvragen_is_nooit_later_leeg_en_meer_plaatsen_nooit_eerder(vandaag, aantal, over):
    prognose = op(vandaag, aantal, over)
    assert _druk(op(vandaag, aantal + 1, over)) <= _druk(prognose) <= _druk(op(vandaag, aantal, over + 1))


def _druk(prognose):
    """One order of forecasts: first by the day it is all gone, then by what is left."""
    if prognose.verwachting is Verwachting.LOOPT_LEEG:
        return (0, prognose.dag.toordinal())
    return (1, prognose.rest)


@pytest.mark.parametrize(
    ("aantal", "dagen_", "recent", "verwacht"),
    [
        (100, 55, 90, Tempo.GELIJK),  # too short to compare
        (4, 200, 4, Tempo.GELIJK),  # too few
        (100, 112, 25, Tempo.GELIJK),
        (100, 112, 50, Tempo.SNELLER),
        (100, 112, 2, Tempo.TRAGER),
    ],
)
def test_het_tempo_van_de_laatste_weken(aantal, dagen_, recent, verwacht):
    assert tempo(aantal=aantal, dagen=dagen_, recent=recent) is verwacht
    assert RECENT_DAGEN == 28


@pytest.mark.parametrize(
    ("over_cent", "som_cent", "aantal", "verwacht"),
    [
        (1_000_000, 6_000_000, 10, 1),
        (599_999, 6_000_000, 10, 0),
        (-1, 6_000_000, 10, 0),
        (12_000_000, 6_000_000, 10, 20),
        (1_000_000, 0, 0, None),
    ],
)
def test_geld_als_aantal_aanvragen(over_cent, som_cent, aantal, verwacht):
    assert ruimte_in_geld(over_cent, som_cent=som_cent, aantal=aantal) == verwacht

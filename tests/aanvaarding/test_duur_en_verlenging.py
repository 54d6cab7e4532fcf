"""T55 to T74 of scheme A: the last day, to the day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from aanvragen.handelingen import traject as acts
from aanvragen.models import Traject
from aanvragen.models.beoordeling import Advies
from tests.fabriek import (
    NU,
    beslis_verlenging,
    doe,
    gestart,
    gestopt,
    geweigerd,
    niet_gestart,
    start,
    stop,
    toegekend,
    vraag_verlenging,
)

pytestmark = pytest.mark.django_db


def middag(dag):
    return datetime(dag.year, dag.month, dag.day, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("besluit_op", "begin", "laatste", "na_verlenging"),
    [
        pytest.param(date(2019, 5, 31), date(2019, 5, 31), date(2021, 5, 30), date(2022, 5, 30), id="T55"),
        pytest.param(
            date(2019, 6, 3), date(2020, 2, 29), date(2022, 2, 27), date(2023, 2, 27), id="T56 schrikkeldag"
        ),
        pytest.param(date(2019, 6, 3), date(2020, 3, 1), date(2022, 2, 28), date(2023, 2, 28), id="1 maart"),
    ],
)
def test_laatste_dag(wereld, besluit_op, begin, laatste, na_verlenging):
    deel = start(wereld, toegekend(wereld, middag(besluit_op)), middag(begin), op=begin)
    assert deel.laatste_dag == laatste
    verzoek = vraag_verlenging(wereld, deel, middag(laatste), maanden=12)
    assert beslis_verlenging(wereld, verzoek, middag(laatste)).laatste_dag == na_verlenging


@pytest.mark.parametrize(
    ("start_op", "nu", "codes"),
    [
        pytest.param(date(2019, 6, 2), NU, ["start_voor_akkoord"], id="T64 een dag voor de dagtekening"),
        pytest.param(date(2019, 6, 3), NU, [], id="T64 op de dagtekening"),
        pytest.param(date(2019, 6, 4), NU, ["start_in_toekomst"], id="nog niet begonnen"),
        pytest.param(date(2019, 6, 4), NU + timedelta(days=9), [], id="later doorgegeven"),
    ],
)
def test_t64_niet_voor_het_akkoord(wereld, start_op, nu, codes):
    aanvraag = toegekend(wereld)
    if codes:
        assert geweigerd(lambda: start(wereld, aanvraag, nu, op=start_op)) == codes
        assert Traject.objects.get().status == "gepland"
    else:
        assert start(wereld, aanvraag, nu, op=start_op).startdatum == start_op


def test_t64_de_dagtekening_is_een_dag_in_amsterdam(wereld):
    """Granted at 00:30 in Amsterdam, the day before in UTC: the day in Amsterdam counts."""
    deel = toegekend(wereld, datetime(2019, 6, 3, 22, 30, tzinfo=UTC)).traject
    assert deel.vroegste_start == date(2019, 6, 4)


# Started on 3 June 2019: the last day is 2 June 2021.
LAATSTE = date(2021, 6, 2)


@pytest.mark.parametrize(
    ("op", "maanden", "codes", "nieuwe_laatste"),
    [
        pytest.param(date(2021, 6, 1), 12, [], date(2022, 6, 2), id="T65 een dag voor het einde"),
        pytest.param(LAATSTE, 12, [], date(2022, 6, 2), id="T65 op de laatste dag"),
        pytest.param(date(2021, 6, 3), 12, ["traject_afgelopen"], None, id="T66 een dag te laat"),
        pytest.param(date(2021, 6, 1), 13, ["te_veel_maanden"], None, id="T68 dertien maanden"),
        pytest.param(date(2021, 6, 1), 0, ["te_veel_maanden"], None, id="T68 nul maanden"),
        pytest.param(date(2020, 1, 6), 1, [], date(2021, 7, 2), id="een maand, lang van tevoren"),
    ],
)
def test_verlenging_vragen(wereld, op, maanden, codes, nieuwe_laatste):
    deel = gestart(wereld)
    assert deel.laatste_dag == LAATSTE
    if codes:
        assert geweigerd(lambda: vraag_verlenging(wereld, deel, middag(op), maanden=maanden)) == codes
        assert not deel.verlengingen.exists()
        return
    verzoek = vraag_verlenging(wereld, deel, middag(op), maanden=maanden)
    deel = beslis_verlenging(wereld, verzoek, middag(op))
    assert (deel.laatste_dag, deel.verlengd_maanden, deel.status) == (nieuwe_laatste, maanden, "gestart")


def test_t65_op_tijd_gevraagd_mag_na_de_laatste_dag_worden_toegekend(wereld):
    deel = gestart(wereld)
    verzoek = vraag_verlenging(wereld, deel, middag(LAATSTE), maanden=6)
    assert beslis_verlenging(wereld, verzoek, middag(LAATSTE + timedelta(days=20))).laatste_dag == date(
        2021, 12, 2
    )


def test_t68_samen_hooguit_twaalf(wereld):
    deel = gestart(wereld)
    deel = beslis_verlenging(wereld, vraag_verlenging(wereld, deel, maanden=8))
    assert geweigerd(lambda: vraag_verlenging(wereld, deel, maanden=5)) == ["te_veel_maanden"]
    deel = beslis_verlenging(wereld, vraag_verlenging(wereld, deel, maanden=4))
    assert (deel.verlengd_maanden, deel.laatste_dag) == (12, date(2022, 6, 2))
    assert "te_veel_maanden" in geweigerd(lambda: vraag_verlenging(wereld, deel, maanden=1))


def test_een_verzoek_tegelijk(wereld):
    deel = gestart(wereld)
    vraag_verlenging(wereld, deel, maanden=1)
    assert geweigerd(lambda: vraag_verlenging(wereld, deel, maanden=1)) == ["loopt_al"]


def test_afgewezen_verlenging_laat_de_laatste_dag_staan(wereld):
    deel = beslis_verlenging(wereld, vraag_verlenging(wereld, gestart(wereld)), toe=False)
    assert (deel.laatste_dag, deel.verlengd_maanden) == (LAATSTE, 0)
    assert deel.verlengingen.get().besluit.soort == "verlenging_afgewezen"


def test_t69_gestopt_in_maand_twintig(wereld):
    deel = stop(wereld, gestart(wereld), middag(date(2021, 1, 20)))
    assert (deel.status, deel.gestopt_op) == ("voortijdig_beeindigd", date(2021, 1, 20))
    codes = geweigerd(lambda: vraag_verlenging(wereld, deel, middag(date(2021, 2, 20)), maanden=12))
    assert set(codes) == {"traject_gestopt"}


def test_t69_een_open_verzoek_gaat_niet_door_als_het_traject_stopt(wereld):
    deel = gestart(wereld)
    verzoek = vraag_verlenging(wereld, deel, maanden=6)
    stop(wereld, deel, NU + timedelta(days=30))
    assert geweigerd(lambda: beslis_verlenging(wereld, verzoek, NU + timedelta(days=31))) == [
        "traject_gestopt"
    ]


def test_t69_niet_gestart_valt_niet_te_verlengen(wereld):
    deel = niet_gestart(wereld)
    assert geweigerd(lambda: vraag_verlenging(wereld, deel))[0] == "status"


def test_t70_verlengen_kost_niets(wereld):
    deel = gestart(wereld)
    voor = (wereld.pot().verleend_trajecten, wereld.pot().verleend_cent)
    deel = beslis_verlenging(wereld, vraag_verlenging(wereld, deel))
    besluit = deel.verlengingen.get().besluit
    assert (besluit.bedrag_cent, besluit.maanden) == (0, 12)
    assert (wereld.pot().verleend_trajecten, wereld.pot().verleend_cent) == voor == (1, 400_000)


def test_t73_stopdatum_binnen_de_looptijd(wereld):
    deel = gestart(wereld)
    for dag in (date(2019, 6, 2), date(2021, 6, 3)):
        codes = geweigerd(lambda dag=dag: stop(wereld, deel, middag(date(2021, 7, 1)), op=dag))
        assert codes == ["stopdatum"]
    assert geweigerd(lambda: stop(wereld, deel, NU, op=date(2019, 6, 4))) == ["stopdatum"]
    assert geweigerd(lambda: stop(wereld, deel, NU, reden="zomaar")) == ["stop_reden"]
    assert stop(wereld, deel, middag(date(2021, 7, 1)), op=LAATSTE).status == "voortijdig_beeindigd"


def test_t74_werk_in_maand_vijf_het_traject_loopt_door(wereld):
    deel = gestart(wereld)
    doe(
        acts.gebeurtenis_melden, deel, wereld.behandelaar, middag(date(2019, 11, 4)),
        soort="werkhervatting", datum=date(2019, 11, 1), toelichting="",
    )  # fmt: skip
    deel.refresh_from_db()
    assert (deel.status, deel.laatste_dag) == ("gestart", LAATSTE)


def test_gestopt_kan_niet_weer_starten(wereld):
    deel = gestopt(wereld)
    assert geweigerd(lambda: start(wereld, deel.aanvraag, NU + timedelta(days=200))) == ["status"]


def test_de_beoordelaar_van_een_verlenging_beslist_niet(wereld):
    from aanvragen.handelingen import verlengen
    from ips_subsidie.toegang.actor import Actor
    from ips_subsidie.toegang.models import Lidmaatschap
    from ips_subsidie.toegang.rollen import Rol

    verzoek = vraag_verlenging(wereld, gestart(wereld))
    assert geweigerd(lambda: doe(verlengen.toekennen, verzoek, wereld.beslisser, motivering="x")) == [
        "niet_beoordeeld"
    ]
    doe(verlengen.adviseren, verzoek, wereld.beoordelaar, advies=Advies.TOEKENNEN, motivering="x")
    ook_beslisser = Actor.van(
        Lidmaatschap.objects.create(
            gebruiker=wereld.beoordelaar.gebruiker, organisatie=wereld.uwv, rol=Rol.UWV_BESLISSER,
            geldig_van=date(2019, 1, 1),
        )
    )  # fmt: skip
    assert geweigerd(lambda: doe(verlengen.toekennen, verzoek, ook_beslisser, motivering="x")) == [
        "vier_ogen"
    ]

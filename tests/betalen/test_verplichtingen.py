"""What is owed after a grant, by whom and when; what a stop, a vaststelling and a withdrawal do to it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection
from hypothesis import given
from hypothesis import strategies as st

from budget.handelingen import verplichtingen
from budget.models import Betaalmoment, Betaalverplichting
from budget.regels.regeling import Mijlpaal
from budget.regels.verdelen import verdeel
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from tests.betalen.hulp import laad_met_momenten, van, verleend
from tests.fabriek import NU, maak_wereld, verleen_plaatsen


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**7), min_size=1, max_size=6).filter(sum))
def test_delen_tellen_op_tot_het_geheel(bedrag, gewichten):
    delen = verdeel(bedrag, gewichten)
    assert sum(delen) == bedrag
    totaal = sum(gewichten)
    assert all(
        abs(deel * totaal - bedrag * gewicht) < totaal for deel, gewicht in zip(delen, gewichten, strict=True)
    )
    if bedrag <= totaal:
        assert all(deel <= gewicht for deel, gewicht in zip(delen, gewichten, strict=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("route", "delen"),
    [
        pytest.param("gemeente", {"uwv": 400_000, "gemeente": 400_000}, id="T79 twee debiteuren"),
        pytest.param("uwv", {"uwv": 800_000}, id="T80 de gemeente is niets schuldig"),
    ],
)
def test_elke_debiteur_zijn_eigen_deel(route, delen):
    reservering = verleend(maak_wereld(), route=route)
    assert {v.debiteur: v.bedrag_cent for v in reservering.verplichtingen.all()} == delen
    momenten = Betaalmoment.objects.filter(verplichting__reservering=reservering)
    assert {m.opeisbaar_op for m in momenten} == {None}
    verplichtingen.bereikt(reservering, Mijlpaal.START, date(2019, 9, 1))
    verplichtingen.bereikt(reservering, Mijlpaal.START, date(2019, 10, 1))
    assert {m.opeisbaar_op for m in momenten.all()} == {date(2019, 9, 1)}


@pytest.mark.django_db
def test_betaalmomenten_zijn_samen_het_geheel():
    wereld = maak_wereld()
    laad_met_momenten([("een", "verlening", 33), ("twee", "start", 33), ("drie", "vaststelling", 34)])
    reservering = verleend(wereld)
    momenten = list(van(reservering).betaalmomenten.all())
    assert [m.bedrag_cent for m in momenten] == [132_000, 132_000, 136_000]
    assert [bool(m.opeisbaar_op) for m in momenten] == [True, False, False]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("over", [{"bedrag_cent": 800_000}, {"debiteur": "gemeente", "bedrag_cent": 1}])
def test_t79_t80_de_databank_kent_alleen_het_eigen_deel(over):
    wereld = maak_wereld()
    (reservering,) = verleen_plaatsen(wereld, 1, route="gemeente")
    velden = {"debiteur": "uwv", "bedrag_cent": 400_000} | over
    with pytest.raises(IntegrityError, match="deel"):
        Betaalverplichting.objects.create(
            reservering=reservering, gemeente=reservering.gemeente, crediteur=wereld.instelling.organisatie,
            ontstaan_op=NU, **velden,
        )  # fmt: skip


@pytest.mark.django_db
def test_een_verplichting_zonder_betaalmomenten_komt_er_niet():
    wereld = maak_wereld()
    (reservering,) = verleen_plaatsen(wereld, 1, route="gemeente")
    Betaalverplichting.objects.create(
        reservering=reservering, gemeente=reservering.gemeente, crediteur=wereld.instelling.organisatie,
        ontstaan_op=NU, debiteur="uwv", bedrag_cent=400_000,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="betaalmomenten"), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


@pytest.mark.django_db
def test_blokkeren_en_weer_door():
    reservering = verleend(maak_wereld())
    verplichtingen.blokkeer(reservering, "Er is een stopbericht.", NU)
    assert {v.status for v in reservering.verplichtingen.all()} == {"geblokkeerd"}
    verplichtingen.deblokkeer(reservering, NU)
    assert {(v.status, v.geblokkeerd_om) for v in reservering.verplichtingen.all()} == {("open", "")}


@pytest.mark.django_db
def test_lager_vastgesteld_naar_rato():
    reservering = verleend(maak_wereld())
    assert verplichtingen.stel_vast(reservering, 500_001, NU) == []
    assert [v.vastgesteld_cent for v in reservering.verplichtingen.order_by("debiteur")] == [250_001, 250_000]
    with pytest.raises(HandelingGeweigerd):
        verplichtingen.stel_vast(reservering, 800_001, NU)


@pytest.mark.django_db
def test_op_niets_vastgesteld_of_beeindigd_is_afgesloten():
    wereld = maak_wereld()
    for doe_iets in (lambda r: verplichtingen.stel_vast(r, 0, NU), lambda r: verplichtingen.beeindig(r, NU)):
        reservering = verleend(wereld)
        assert doe_iets(reservering) == []
        assert {v.status for v in reservering.verplichtingen.all()} == {"afgesloten"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kolom", ["betaald_cent", "gefactureerd_cent", "teruggevorderd_cent", "bedrag_cent"])
def test_de_rol_van_de_applicatie_schrijft_geen_tellers(kolom):
    from django.db import ProgrammingError

    verleend(maak_wereld())
    with pytest.raises(ProgrammingError, match="denied"):
        Betaalverplichting.objects.update(**{kolom: 1})

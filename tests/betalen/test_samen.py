"""Two people at once, over real PostgreSQL: no cent beyond the order, no factuur in two files, no number twice."""

from datetime import date

import pytest
from django.db import connection

from budget.handelingen import betalen, goedkeuren, verplichtingen
from budget.models import Bankrekening, Betaalbatch, Factuur
from ips_subsidie.toegang.rollen import Rol
from tests.betalen.hulp import (
    ANDERE_IBAN,
    bestel,
    dien_in,
    financien,
    gestart,
    keur_goed,
    laad_met_momenten,
    van,
    vers,
    wereld_met_rekening,
)
from tests.fabriek import NU, doe
from tests.samen.test_samen import codes, gelukt, tegelijk

pytestmark = [pytest.mark.samen, pytest.mark.django_db(transaction=True)]
RONDEN = 5


def test_twee_facturen_samen_boven_de_order():
    wereld = wereld_met_rekening(cap_per_gemeente=50)
    laad_met_momenten([("ineens", "inkooporder", 100)], inkooporder=True)
    for _ in range(RONDEN):
        reservering = gestart(wereld)
        bestel(wereld, reservering)
        verplichting = van(reservering)
        uit = tegelijk(*[lambda v=verplichting: dien_in(wereld, v, bedrag_cent=200_001)] * 2)
        assert len(gelukt(uit)) == 1
        assert codes(uit) == ["boven_bedrag"]
        assert van(reservering).gefactureerd_cent == 200_001


def test_hetzelfde_nummer_bij_twee_debiteuren():
    wereld = wereld_met_rekening(cap_per_gemeente=50)
    for ronde in range(RONDEN):
        reservering = gestart(wereld)
        doelen = [van(reservering), van(reservering, "gemeente")]
        uit = tegelijk(*[lambda v=v, n=f"N-{ronde}": dien_in(wereld, v, nummer=n) for v in doelen])
        assert len(gelukt(uit)) == 1
        assert codes(uit) == ["dubbel_nummer"]


def test_dezelfde_factuur_in_twee_batches():
    wereld = wereld_met_rekening(cap_per_gemeente=50)
    een, twee = financien(wereld)
    for _ in range(3):
        facturen = [keur_goed(wereld, dien_in(wereld, van(gestart(wereld)))) for _ in range(2)]
        nummers = [f.pk for f in facturen]

        def maak(wie, welke):
            return lambda: doe(betalen.maken, None, wie, facturen=welke, uitvoeren_op=date(2019, 6, 4))

        uit = tegelijk(maak(een, nummers), maak(twee, nummers[::-1]))
        (batch,) = gelukt(uit)
        assert codes(uit) == ["in_batch", "in_batch"]
        assert set(Factuur.objects.filter(betaalbatch=batch).values_list("pk", flat=True)) == set(nummers)
    assert Betaalbatch.objects.count() == 3


def test_goedkeuren_terwijl_het_traject_stopt():
    """Either the approval was first, or it is refused; never approved after the stop."""
    wereld = wereld_met_rekening(cap_per_gemeente=50)
    _, twee = financien(wereld)
    from django.db import transaction

    from budget.handelingen import facturen

    for _ in range(RONDEN):
        reservering = gestart(wereld)
        factuur = dien_in(wereld, van(reservering))
        doe(facturen.controleren, factuur, financien(wereld)[0])

        def stop(reservering=reservering):
            with transaction.atomic():
                verplichtingen.beeindig(reservering, NU)

        uit = tegelijk(lambda f=factuur: doe(goedkeuren.goedkeuren, vers(f), twee), stop)
        assert set(codes(uit)) <= {"afgesloten", "status", "bezet"}
        assert vers(factuur).status == "afgekeurd" or "bezet" in codes(uit)


def test_twee_keer_een_rekening_doorgeven():
    wereld = wereld_met_rekening(cap_per_gemeente=50)
    from budget.handelingen import rekeningen

    beheerder = wereld.lid(wereld.instelling.organisatie, Rol.INSTELLINGSBEHEERDER)
    uit = tegelijk(
        *[
            lambda n=n: doe(rekeningen.doorgeven, None, beheerder, iban=ANDERE_IBAN, tenaamstelling=n)
            for n in ("Een", "Twee")
        ]
    )
    assert gelukt(uit)
    assert set(codes(uit)) <= {"al_doorgegeven"}
    assert Bankrekening.objects.filter(status="wacht").count() == 1


def test_de_tellers_kloppen_na_alles():
    wereld = wereld_met_rekening(cap_per_gemeente=50)
    reservering = gestart(wereld)
    taken = [
        lambda b=b: dien_in(wereld, van(reservering), bedrag_cent=b)
        for b in (150_000, 150_000, 150_000, 99_999)
    ]
    uit = tegelijk(*taken)
    assert len(gelukt(uit)) in (2, 3)
    with connection.cursor() as cursor:
        cursor.execute(
            "select v.gefactureerd_cent, sum(f.bedrag_cent) from budget_betaalverplichting v"
            " join budget_factuur f on f.verplichting_id = v.id where v.id = %s group by v.id",
            [van(reservering).pk],
        )
        geteld, som = cursor.fetchone()
    assert geteld == som <= 400_000

"""`controleer` on the budget: clean after all that acts do, and each kind of damage by its name."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from budget.controle import bevindingen
from budget.models import Boeking
from tests import databank
from tests.fabriek import (
    NU,
    laad,
    maak_wereld,
    sluit_plaatsen_aan,
    toegekend,
    trek_besluit_in,
    verleen_plaatsen,
)

pytestmark = pytest.mark.django_db(transaction=True)
# What the engine is called with outside an act says so of itself; that is a finding of its own.
VERWACHT = {"buiten_een_handeling"}


def codes():
    return {b.code for b in bevindingen()} - VERWACHT


def test_schoon_na_toekennen_vrijgeven_en_een_ander_plafond():
    wereld = maak_wereld()
    toegekend(wereld)
    trek_besluit_in(wereld, toegekend(wereld, route="uwv"))
    laad(NU + timedelta(days=1), plafond_trajecten=150)
    laad(NU + timedelta(days=2), zonder=("plafond_trajecten",), cap_per_gemeente=6)
    assert bevindingen() == []


def test_elke_wijziging_van_een_pot_noemt_dossier_handeling_en_wie():
    wereld = maak_wereld()
    aanvraag = toegekend(wereld)
    boekingen = Boeking.objects.filter(reservering__isnull=False).order_by("id")
    assert [(b.pot.soort, b.van, b.naar, b.trajecten, b.cent) for b in boekingen] == [
        ("totaal", "vrij", "verleend", 1, 400_000),
        ("route", "vrij", "verleend", 1, 400_000),
        ("gemeente", "vrij", "verleend", 1, 400_000),
    ]
    assert {(b.kenmerk, b.handeling, b.door_id, b.mutatie) for b in boekingen} == {
        (aanvraag.kenmerk, "aanvraag.toekennen", wereld.beslisser.gebruiker_id, boekingen[0].mutatie)
    }


SCHADE = [
    ("teller", "update budget_pot set verleend_trajecten = verleend_trajecten + 1"),
    ("plafond_geboekt", "update budget_pot set grens_trajecten = 250, hoogste_trajecten = 250 where soort = 'totaal'"),
    ("grens_van_versie", "update budget_pot set grens_trajecten = 9, hoogste_trajecten = 9 where soort = 'gemeente'"),
    ("te_veel", "update budget_pot set hoogste_trajecten = 0 where soort = 'totaal'"),
    ("boeking_zonder_plaats", "update budget_reservering set status = 'vrijgegeven' where status = 'verleend'"),
    ("vreemde_pot", "update budget_boeking set pot_id = (select id from budget_pot where soort = 'route' "
                    "and route = 'uwv') where reservering_id is not null"),
    ("delen", "update budget_reservering set rijk_cent = 1"),
    ("dubbel_traject", "update budget_reservering set persoon = 'x', status = 'verleend', verleend_op = now()"),
    ("uitzondering", "update budget_boeking set soort = 'uitzondering', van = 'uitzondering' where soort = 'verleend'"),
    ("bewaking_uit", "alter table budget_reservering disable trigger reservering_telt"),
    ("rechten", "grant update on budget_pot to app"),
]  # fmt: skip
_TABELLEN = ("budget_pot", "budget_reservering", "budget_boeking")


@pytest.mark.parametrize(("code", "opdracht"), SCHADE, ids=[code for code, _ in SCHADE])
def test_schade_door_de_eigenaar_komt_aan_het_licht(code, opdracht):
    """Only the owner can do it, with all guards off; the night finds it. What was done is undone afterwards."""
    wereld = maak_wereld()
    verleen_plaatsen(wereld, 1)
    sluit_plaatsen_aan(wereld, 1, nu=NU + timedelta(hours=1))
    assert codes() == set()
    uit = [f"alter table {t} disable trigger user" for t in _TABELLEN]
    # The checks of the tables themselves hold for the owner too; they go, and come back with the database's own text.
    with databank.eigenaar() as cursor:
        cursor.execute("select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint "
                       "where contype = 'c' and conrelid::regclass::text = any(%s)", [list(_TABELLEN)])  # fmt: skip
        regels = cursor.fetchall()
        try:
            cursor.execute(
                "; ".join([*uit, *(f'alter table {t} drop constraint "{n}"' for t, n, _ in regels)])
            )
            cursor.execute(opdracht)
            assert code in codes()
        finally:
            _herstel(cursor, regels)


def _herstel(cursor, regels):
    databank.leeg_databank()
    cursor.execute("revoke update on budget_pot from app")
    cursor.execute("; ".join(f'alter table {t} add constraint "{n}" {d}' for t, n, d in regels))
    for naam, tabel in (
        ("reservering_telt", "budget_reservering"), ("reservering_bewaakt", "budget_reservering"),
        ("alleen_toevoegen_rij", "budget_boeking"), ("alleen_toevoegen_leeg", "budget_boeking"),
    ):  # fmt: skip
        cursor.execute(f"alter table {tabel} enable always trigger {naam}")


def test_corrigeren_kan_alleen_de_eigenaar_en_met_een_reden():
    wereld = maak_wereld()
    verleen_plaatsen(wereld, 1)
    with pytest.raises(CommandError, match="eigenaar"):
        call_command("corrigeer", "IPS-CMD-2019", reden="het klopt niet")
    with pytest.raises(CommandError, match="--reden"):
        call_command("corrigeer", "IPS-CMD-2019", reden=" ")
    with pytest.raises(CommandError, match="geen regeling"):
        call_command("corrigeer", "NIETS", reden="het klopt niet")


def test_een_correctie_is_een_boeking():
    wereld = maak_wereld()
    verleen_plaatsen(wereld, 1)
    with databank.eigenaar() as cursor:
        cursor.execute("alter table budget_reservering disable trigger user")
        cursor.execute("update budget_reservering set status = 'vrijgegeven'")
        cursor.execute("alter table budget_reservering enable always trigger reservering_telt; "
                       "alter table budget_reservering enable always trigger reservering_bewaakt")  # fmt: skip
        assert codes() == {"boeking_zonder_plaats"}
        cursor.execute(
            "select budget_herboek(%s, %s, 9, 'grootboek.corrigeren', null)", [wereld.regeling.pk, NU]
        )
    assert codes() == set()
    assert wereld.pot().verleend_trajecten == 0
    correcties = Boeking.objects.filter(soort="gecorrigeerd")
    assert {(b.van, b.naar, b.trajecten) for b in correcties} == {("verleend", "vrij", 1)}
    assert correcties.count() == 3
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from budget_boeking where soort = 'verleend'")
        assert cursor.fetchone()[0] == 3, "wat geboekt was, staat er nog"
    assert date(2019, 6, 3) == correcties[0].op.date()

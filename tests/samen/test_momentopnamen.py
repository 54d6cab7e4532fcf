"""A transaction that holds an old view of the budget, or holds its lock: nobody over-grants from it."""

import contextlib

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from budget.handelingen import plaatsen
from tests.budget.hulp import fouten_in_de_boeken
from tests.fabriek import NU, maak_wereld, sluit_plaatsen_aan, verleen_plaatsen

pytestmark = [pytest.mark.samen, pytest.mark.django_db(transaction=True)]
VERLEEN = "update budget_reservering set status = 'verleend', verleend_op = now(), handeling = 'x' where kenmerk = %s"


@contextlib.contextmanager
def tweede():
    """A second session as the application's role."""
    ander = connection.copy()
    try:
        with ander.cursor() as cursor:
            yield cursor
    finally:
        ander.close()


@pytest.fixture
def wereld():
    wereld = maak_wereld(plafond_trajecten=3)
    verleen_plaatsen(wereld, 1, route="uwv")
    yield wereld
    assert wereld.pot().verleend_trajecten <= 3
    assert fouten_in_de_boeken() == []


def wachtenden(wereld, aantal, **over):
    return [r.kenmerk for r in (sluit_plaatsen_aan(wereld, 1, route="uwv", **over)[0] for _ in range(aantal))]


@pytest.mark.parametrize("niveau", ["repeatable read", "serializable"])
def test_een_oude_momentopname(wereld, niveau):
    """It saw two places left; meanwhile both were granted."""
    een, twee, drie = (wachtenden(wereld, 1, nu=NU.replace(minute=n))[0] for n in (1, 2, 3))
    with tweede() as oud, connection.cursor() as nieuw:
        oud.execute(f"begin isolation level {niveau}; select sum(verleend_trajecten) from budget_pot")
        nieuw.execute(VERLEEN, [een])
        nieuw.execute(VERLEEN, [twee])
        with pytest.raises(DatabaseError, match=r"could not serialize|geen plaats meer"):
            oud.execute(VERLEEN, [drie])
        oud.execute("rollback")
    assert wereld.pot().verleend_trajecten == 3


@pytest.mark.parametrize("niveau", ["repeatable read", "serializable"])
def test_tweede_traject_in_een_oude_momentopname(wereld, niveau):
    een, twee = _van_een_persoon(wereld)
    with tweede() as oud, connection.cursor() as nieuw:
        oud.execute(f"begin isolation level {niveau}; select count(*) from budget_reservering")
        nieuw.execute(VERLEEN, [een])
        with pytest.raises(DatabaseError, match=r"could not serialize|al een traject"):
            oud.execute(VERLEEN, [twee])
        oud.execute("rollback")
    assert wereld.pot().verleend_trajecten == 2


def _van_een_persoon(wereld):
    with transaction.atomic():
        return [
            plaatsen.sluit_aan(
                wereld.regeling.versie_op(NU.date()), kenmerk=f"ZELFDE-{n}", route="uwv", gemeente=wereld.gemeente(),
                doelgroep="CMD", persoon=b"dezelfde", nu=NU.replace(minute=n),
            ).kenmerk
            for n in (1, 2)
        ]  # fmt: skip


def test_wie_wacht_op_een_ander_krijgt_niet_te_horen_dat_het_vol_is(wereld):
    """The holder of the last place may yet give up; until then the other waits, and then it gets it."""
    een, twee = (wachtenden(wereld, 1, nu=NU.replace(minute=n))[0] for n in (1, 2))
    with tweede() as houder, connection.cursor() as ander:
        ander.execute(VERLEEN, [een])
        houder.execute("begin")
        houder.execute(VERLEEN, [twee])
        derde = wachtenden(wereld, 1, nu=NU.replace(minute=3))[0]
        ander.execute("set lock_timeout = '200ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            ander.execute(VERLEEN, [derde])
        houder.execute("rollback")
        ander.execute("set lock_timeout = default")
        ander.execute("update budget_reservering set status = 'vervallen' where kenmerk = %s", [twee])
        ander.execute(VERLEEN, [derde])
    assert wereld.pot().verleend_trajecten == 3


def test_in_twee_fasen_kan_niet(wereld):
    """A transaction that is prepared and left would hold its locks for ever."""
    (een,) = wachtenden(wereld, 1)
    with tweede() as cursor:
        cursor.execute("begin")
        cursor.execute(VERLEEN, [een])
        with pytest.raises(DatabaseError) as fout:
            cursor.execute("prepare transaction 'x'")
        assert isinstance(fout.value.__cause__, psycopg.errors.ObjectNotInPrerequisiteState)
    assert wereld.pot().verleend_trajecten == 1

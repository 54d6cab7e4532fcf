"""The logboek takes additions only: not even the owner of the table can change a line."""

import pytest
from django.db import ProgrammingError, connection, transaction

from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.logboek.schrijven import Onderwerp, regel, schrijf
from tests import databank
from tests.toegang.personen import maak_actor, maak_lid

pytestmark = pytest.mark.django_db
OPDRACHTEN = [
    "UPDATE {tabel} SET {kolom} = 'x'",
    "DELETE FROM {tabel}",
    "TRUNCATE {tabel} CASCADE",
]
TABELLEN = [("logboek_regel", "handeling"), ("toegang_lidmaatschapgeschiedenis", "rol")]


@pytest.fixture
def _regel():
    schrijf([regel(maak_actor(), Soort.HANDELING, "proef", Onderwerp("proef"), op=nu())])


def test_de_toets_draait_als_de_rol_app():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, usesuper FROM pg_user WHERE usename = current_user")
        assert cursor.fetchone() == ("app", False)


@pytest.mark.usefixtures("_regel")
@pytest.mark.parametrize("opdracht", OPDRACHTEN)
@pytest.mark.parametrize(("tabel", "kolom"), TABELLEN)
def test_de_rol_app_mag_niets_dan_toevoegen(opdracht, tabel, kolom):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(opdracht.format(tabel=tabel, kolom=kolom))
    assert Regel.objects.filter(handeling="proef").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("opdracht", OPDRACHTEN)
@pytest.mark.parametrize(("tabel", "kolom"), TABELLEN)
def test_ook_de_eigenaar_niet(opdracht, tabel, kolom):
    maak_lid()
    schrijf([regel(None, Soort.HANDELING, "proef", Onderwerp("proef"), op=nu())])
    geweigerd = pytest.raises(ProgrammingError, match="neemt alleen toevoegingen aan")
    with databank.eigenaar() as cursor, geweigerd:
        cursor.execute(opdracht.format(tabel=tabel, kolom=kolom))
    assert Regel.objects.filter(handeling="proef").exists()


@pytest.mark.parametrize(("tabel", "kolom"), TABELLEN)
def test_de_triggers_gelden_ook_voor_een_replica(tabel, kolom):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'A' "
            "AND tgname LIKE 'alleen%%' ORDER BY 1",
            [tabel],
        )
        assert cursor.fetchall() == [("alleen_toevoegen_leeg",), ("alleen_toevoegen_rij",)]


@pytest.mark.usefixtures("_regel")
def test_via_het_model_ook_niet():
    een = Regel.objects.get(handeling="proef")
    een.handeling = "anders"
    with pytest.raises(ProgrammingError), transaction.atomic():
        een.save()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Regel.objects.all().delete()

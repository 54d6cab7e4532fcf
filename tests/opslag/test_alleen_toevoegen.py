"""Append-only tables and the rights of the role `app`, tried as that role and as the owner."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from ips_subsidie.opslag.download import als_download
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.opslag.triggers import alleen_toevoegen
from tests import databank

SQL_WEIGERINGEN = [
    "update opslag_bestand set naam = 'x'",
    "delete from opslag_bestand",
    "truncate opslag_bestand cascade",
]


@pytest.fixture
def bestand(db, pdf) -> Bestand:
    return Bestand.objects.bewaar(SimpleUploadedFile("map/verklaring.pdf", pdf))


def test_bewaren(bestand, pdf):
    bestand.refresh_from_db()
    assert bytes(bestand.inhoud) == pdf
    assert (bestand.naam, bestand.soort, bestand.grootte) == ("verklaring.pdf", "application/pdf", len(pdf))
    assert bestand.is_ongeschonden()
    assert bestand.leesbare_grootte == "1 kB"


def test_een_lijst_leest_de_inhoud_niet(bestand, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [een.naam for een in Bestand.objects.zonder_inhoud()] == ["verklaring.pdf"]


def test_de_tests_werken_als_de_rol_app(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, rolsuper, rolcreaterole from pg_roles where rolname = current_user"
        )
        assert cursor.fetchone() == ("app", False, False)


def test_via_de_orm_verandert_of_verdwijnt_niets(bestand):
    bestand.naam = "anders.pdf"
    for poging in (bestand.save, bestand.delete, Bestand.objects.all().delete):
        with pytest.raises(ProgrammingError), transaction.atomic():
            poging()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Bestand.objects.update(naam="anders.pdf")
    assert Bestand.objects.get().naam == "verklaring.pdf"


@pytest.mark.parametrize("sql", SQL_WEIGERINGEN)
def test_als_app_ook_niet_met_sql(bestand, sql):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Bestand.objects.count() == 1


@pytest.mark.parametrize("sql", SQL_WEIGERINGEN)
@pytest.mark.django_db(transaction=True)
def test_ook_de_eigenaar_niet(pdf, sql):
    Bestand.objects.bewaar(SimpleUploadedFile("verklaring.pdf", pdf))
    with databank.eigenaar() as cursor, pytest.raises(DatabaseError, match="alleen toevoegingen"):
        cursor.execute(sql)
    assert Bestand.objects.get().naam == "verklaring.pdf"


def test_de_triggers_staan_altijd_aan(db):
    """`session_replication_role = replica`, as a restore or a superuser may set, does not pass them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgenabled::text from pg_trigger"
            " where tgrelid = 'opslag_bestand'::regclass and not tgisinternal"
        )
        assert cursor.fetchall() == [("A",), ("A",)]


@pytest.mark.parametrize(
    "wijziging", [{"sha256": "0" * 64}, {"grootte": 3}, {"soort": "text/html"}, {"inhoud": b""}]
)
def test_de_databank_weigert_een_rij_die_niet_klopt(bestand, wijziging):
    velden = {
        "naam": "a.pdf",
        "soort": bestand.soort,
        "grootte": bestand.grootte,
        "sha256": bestand.sha256,
        "inhoud": bestand.inhoud,
        "gemaakt_op": bestand.gemaakt_op,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Bestand.objects.create(**{**velden, **wijziging})


@pytest.mark.parametrize(
    "sql",
    [
        "create table eigen (id int)",
        "alter table opslag_bestand disable trigger user",
        "drop trigger alleen_toevoegen_rij on opslag_bestand",
        "set session_replication_role = replica",
        "delete from django_migrations",
        "insert into django_migrations (app, name, applied) values ('a', 'b', now())",
        "truncate kalender_feestdag",
    ],
)
def test_app_mag_niets_aan_de_bouw_veranderen(db, sql):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_app_mag_lezen_welke_migraties_er_zijn(db):
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from django_migrations where app = 'opslag'")
        assert cursor.fetchone()[0] >= 3


def test_download_is_een_bijlage_met_de_naam_in_een_veilige_kop(bestand, pdf):
    antwoord = als_download(bestand)
    assert antwoord.content == pdf
    assert antwoord.headers["Content-Type"] == "application/pdf"
    assert antwoord.headers["Content-Disposition"] == 'attachment; filename="verklaring.pdf"'
    assert antwoord.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in antwoord.headers["Content-Security-Policy"]
    bestand.naam = 'één "twee" 📄.pdf'
    assert als_download(bestand).headers["Content-Disposition"].isascii()


@pytest.mark.parametrize("naam", ["", "x; drop table y", "Tabel", '"x"', "a" * 64])
def test_alleen_een_tabelnaam_komt_in_het_sql(naam):
    with pytest.raises(ValueError, match="tabelnaam"):
        alleen_toevoegen(naam)

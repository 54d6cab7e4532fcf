"""The computed feestdagen, and the table that is filled from them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ips_subsidie.kalender import feestdagen
from ips_subsidie.kalender.erkend import erkende_feestdagen, koningsdag, pasen, wettelijk
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.kalender.models import Feestdag
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.rollen import Rol
from tests.toegang.personen import ingelogd_als, maak_lid


@pytest.fixture(autouse=True)
def _vers():
    """A rolled back test must not leave its feestdagen behind in memory."""
    feestdagen.vergeet()
    yield
    feestdagen.vergeet()


@pytest.mark.parametrize(
    ("jaar", "dag"),
    [
        (2019, date(2019, 4, 21)),
        (2020, date(2020, 4, 12)),
        (2023, date(2023, 4, 9)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2030, date(2030, 4, 21)),
        (1954, date(1954, 4, 18)),
        (1981, date(1981, 4, 19)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_pasen(jaar, dag):
    assert pasen(jaar) == dag


def test_pasen_is_altijd_een_zondag_tussen_22_maart_en_25_april():
    for jaar in range(1900, 2200):
        dag = pasen(jaar)
        assert dag.weekday() == 6
        assert date(jaar, 3, 22) <= dag <= date(jaar, 4, 25)


@pytest.mark.parametrize(("jaar", "dag"), [(2019, 27), (2025, 26), (2031, 26), (2026, 27)])
def test_koningsdag_wijkt_voor_de_zondag(jaar, dag):
    assert koningsdag(jaar) == date(jaar, 4, dag)


def test_negen_feestdagen_per_jaar_en_twee_op_een_dag_worden_een():
    assert [dag.datum for dag in wettelijk(2019)] == [
        date(2019, 1, 1), date(2019, 4, 19), date(2019, 4, 22), date(2019, 4, 27), date(2019, 5, 5),
        date(2019, 5, 30), date(2019, 6, 10), date(2019, 12, 25), date(2019, 12, 26),
    ]  # fmt: skip
    assert [dag.naam for dag in wettelijk(2016) if dag.datum == date(2016, 5, 5)] == [
        "Bevrijdingsdag en Hemelvaartsdag"
    ]


@pytest.mark.django_db
def test_de_tabel_houdt_2019_tot_en_met_2030():
    assert feestdagen.alle() == {dag.datum: dag.naam for dag in erkende_feestdagen(2019, 2030)}
    assert Feestdag.objects.filter(zeker=False).count() == 3
    assert {dag.year for dag in feestdagen.alle()} == set(range(2019, 2031))


@pytest.mark.django_db
def test_de_verzameling_blijft_in_het_geheugen_tot_iets_verandert(django_assert_num_queries):
    nieuw = date(2031, 1, 1)
    feestdagen.alle()
    with django_assert_num_queries(0):
        assert nieuw not in feestdagen.alle()
    dag = Feestdag.objects.create(datum=nieuw, naam="Nieuwjaarsdag", grondslag="proef")
    assert nieuw in feestdagen.alle()
    dag.delete()
    assert nieuw not in feestdagen.alle()


@pytest.mark.django_db
def test_na_de_bewaartijd_wordt_opnieuw_gelezen(monkeypatch, django_assert_num_queries):
    feestdagen.alle()
    monkeypatch.setattr(feestdagen, "BEWAARTIJD", 0.0)
    with django_assert_num_queries(1):
        feestdagen.alle()


@pytest.mark.django_db
def test_een_datum_staat_er_eenmaal():
    with pytest.raises(IntegrityError), transaction.atomic():
        Feestdag.objects.create(datum=date(2019, 12, 25), naam="Kerst", grondslag="proef")


@pytest.mark.django_db
def test_het_beheer_waarschuwt_voor_een_jaar_zonder_feestdagen_en_vult_het_aan():
    client = ingelogd_als(maak_lid(Rol.BEHEERDER))
    assert "geen feestdagen" not in client.get(reverse("admin:index")).content.decode()
    volgend = vandaag().year + 1
    Feestdag.objects.filter(datum__year=volgend).delete()
    assert f"Van {volgend} staan er geen feestdagen" in client.get(reverse("admin:index")).content.decode()
    aanvullen = reverse("admin:kalender_feestdag_aanvullen", args=[volgend])
    assert client.get(aanvullen).status_code == 405
    na = client.post(aanvullen, follow=True).content.decode()
    assert "geen feestdagen" not in na
    assert {dag.datum for dag in Feestdag.objects.filter(datum__year=volgend)} == {
        dag.datum for dag in erkende_feestdagen(volgend, volgend)
    }
    assert Regel.objects.filter(handeling="beheer.toevoegen", onderwerp="kalender.feestdag").count() >= 9
    assert client.post(aanvullen).status_code == 404, "wat er staat, wordt niet overschreven"

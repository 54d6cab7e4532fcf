"""Which role is on, and that rights end with the next request."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ips_subsidie import navigatie
from ips_subsidie.kalender.klok import klok_op, nu, vandaag
from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.rollen import Rol
from tests.toegang.personen import ingelogd_als, maak_gebruiker, maak_lid, maak_organisatie

pytestmark = pytest.mark.django_db


def test_met_twee_rollen_eerst_kiezen():
    gebruiker = maak_gebruiker()
    een = maak_lid(Rol.INSTELLINGSBEHEERDER, gebruiker=gebruiker)
    twee = maak_lid(Rol.UWV_BEOORDELAAR, gebruiker=gebruiker)
    client = ingelogd_als(een)
    assert client.get("/").url == reverse("rol_kiezen")
    assert client.get(reverse("collegas")).url == reverse("rol_kiezen")
    tekst = client.get(reverse("rol_kiezen")).content.decode()
    assert str(een) in tekst
    assert str(twee) in tekst
    antwoord = client.post(reverse("rol_kiezen"), {"lidmaatschap": twee.pk}, follow=True)
    assert antwoord.redirect_chain[-1][0] == reverse("aanvragen:werkvoorraad")
    assert client.get(reverse("collegas")).status_code == 403
    client.post(reverse("rol_kiezen"), {"lidmaatschap": een.pk})
    antwoord = client.get(reverse("collegas"))
    assert antwoord.status_code == 200
    assert een.organisatie.naam in antwoord.content.decode()


@pytest.mark.parametrize("keuze", ["", "x", "-1", "99999999999999999999", "\x00"])
def test_andermans_of_onzinnige_rol_is_niet_te_kiezen(keuze):
    ander = maak_lid(Rol.UWV_BESLISSER)
    eigen = maak_lid()
    client = ingelogd_als(eigen)
    for waarde in (keuze, str(ander.pk)):
        antwoord = client.post(reverse("rol_kiezen"), {"lidmaatschap": waarde})
        assert antwoord.status_code == 200
        assert "Fout: " in antwoord.content.decode()
        assert "lidmaatschap" not in client.session


def test_beeindigd_lidmaatschap_telt_bij_het_volgende_verzoek_niet_meer():
    lid = maak_lid(Rol.INSTELLINGSBEHEERDER)
    client = ingelogd_als(lid)
    assert client.get(reverse("collegas")).status_code == 200
    Lidmaatschap.objects.filter(pk=lid.pk).update(geldig_tot=vandaag())
    # With the right ends the session; who logs in again has no role.
    assert client.get(reverse("collegas")).url.startswith(reverse("account_login"))
    assert "U hebt nu geen rol" in ingelogd_als(lid).get("/", follow=True).content.decode()


def test_laatste_dag_telt_nog_mee_in_amsterdam():
    lid = maak_lid(Rol.INSTELLINGSBEHEERDER, van=vandaag(), tot=vandaag() + timedelta(days=1))
    client = ingelogd_als(lid)
    assert client.get(reverse("collegas")).status_code == 200
    with klok_op(nu() + timedelta(days=1)):
        assert client.get(reverse("collegas")).status_code == 302


def test_lidmaatschap_dat_nog_moet_beginnen_telt_niet():
    lid = maak_lid(Rol.INSTELLINGSBEHEERDER, van=vandaag() + timedelta(days=1))
    assert ingelogd_als(lid).get(reverse("collegas")).status_code == 302


def test_uitgezette_gebruiker_is_er_bij_het_volgende_verzoek_uit():
    lid = maak_lid(Rol.INSTELLINGSBEHEERDER)
    client = ingelogd_als(lid)
    assert client.get(reverse("collegas")).status_code == 200
    lid.gebruiker.is_active = False
    lid.gebruiker.save()
    assert client.get(reverse("collegas")).url.startswith(reverse("account_login"))


def test_gekozen_rol_die_vervalt_laat_de_andere_over():
    gebruiker = maak_gebruiker()
    een = maak_lid(Rol.INSTELLINGSBEHEERDER, gebruiker=gebruiker)
    twee = maak_lid(Rol.MINISTERIE, gebruiker=gebruiker)
    client = ingelogd_als(een)
    client.post(reverse("rol_kiezen"), {"lidmaatschap": een.pk})
    client.get(reverse("berichten"))  # shows the message that names the first
    Lidmaatschap.objects.filter(pk=een.pk).update(geldig_tot=vandaag())
    assert client.get(reverse("collegas")).url.startswith(reverse("account_login"))
    antwoord = ingelogd_als(twee).get(reverse("collegas"))
    assert twee.organisatie.naam in antwoord.content.decode()
    assert een.organisatie.naam not in antwoord.content.decode()


def test_navigatie_zonder_actor_doet_geen_query(django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user, request.actor = AnonymousUser(), None
    with django_assert_num_queries(0):
        (punt,) = navigatie.items(request)
    assert punt["url"] == reverse("budget:openbaar")


TE_DOEN = "Wat er moet gebeuren"
INSTELLING = ["Aanvragen", "Trajecten", TE_DOEN, "Voordrachten", "Facturen", "Overleg"]
GEMEENTE = [
    "Toestemmingen", "Aanvragen", "Einde van trajecten", "Bezwaren", TE_DOEN, "Voordrachten", "Facturen",
    "Werkvoorraad regio", "Overleg", "Mandaat",
]  # fmt: skip
UWV = ["Werkvoorraad", TE_DOEN, "Einde van trajecten", "Bezwaren", "Budget"]


@pytest.mark.parametrize(
    ("rol", "titels"),
    [
        (Rol.BEHANDELAAR, [*INSTELLING, "Berichten"]),
        (Rol.INSTELLINGSBEHEERDER, [*INSTELLING, "Berichten", "Collega’s"]),
        (Rol.GEMEENTEMEDEWERKER, [*GEMEENTE, "Berichten"]),
        (Rol.GEMEENTEBESLISSER, [*GEMEENTE, "Berichten", "Collega’s"]),
        (Rol.UWV_BEOORDELAAR, [*UWV, "Berichten"]),
        (Rol.UWV_BESLISSER, [*UWV, "Berichten", "Collega’s"]),
        (Rol.UWV_FINANCIEN, ["Budget", "Betalen", "Aanvragen", TE_DOEN, "Einde van trajecten", "Berichten"]),
        (Rol.MINISTERIE, ["Budget", "Berichten", "Collega’s"]),
        (Rol.BEHEERDER, ["Beheer", "Berichten"]),
    ],
)
def test_navigatie_per_rol(rol, titels):
    request = RequestFactory().get("/berichten/")
    request.actor = ingelogd_als_actor(rol)
    punten = navigatie.items(request)
    assert [punt["titel"] for punt in punten] == titels
    assert [punt["titel"] for punt in punten if punt["actief"]] == ["Berichten"]


def ingelogd_als_actor(rol):
    from ips_subsidie.toegang.actor import Actor

    return Actor.van(maak_lid(rol))


def test_een_pagina_kost_vier_vragen_naast_haar_eigen():
    """Session, user, lidmaatschappen, unread; telling the database who asks and savepoints read nothing."""
    client = ingelogd_als(maak_lid())
    with CaptureQueriesContext(connection) as vragen:
        assert client.get(reverse("privacy")).status_code == 200
    gelezen = [
        vraag["sql"]
        for vraag in vragen
        if vraag["sql"].startswith("SELECT") and "set_config" not in vraag["sql"]
    ]
    assert len(gelezen) == 4, gelezen


@pytest.mark.parametrize("naam", ["toegankelijkheid", "privacy", "kwetsbaarheid"])
def test_openbare_teksten_zonder_inloggen(naam, django_assert_num_queries):
    antwoord = Client().get(reverse(naam))
    assert antwoord.status_code == 200
    assert antwoord.headers["Cache-Control"] == "no-store"
    assert "unsafe-inline" not in antwoord.headers["Content-Security-Policy"]


def test_gezondheid():
    antwoord = Client().get("/health")
    assert antwoord.json() == {"status": "ok"}


def test_gezondheid_zonder_databank(monkeypatch):
    from django.db import OperationalError

    from ips_subsidie import gezondheid

    class Weg:
        def cursor(self):
            raise OperationalError

    monkeypatch.setattr(gezondheid, "connection", Weg())
    antwoord = Client().get("/health")
    assert antwoord.status_code == 503


def test_een_leeg_lidmaatschap_is_nooit_geldig():
    lid = maak_lid(van=vandaag(), tot=vandaag())
    assert not Lidmaatschap.objects.geldig_op(vandaag()).filter(pk=lid.pk).exists()
    # and it isn't in the way of a new one
    maak_lid(lid.rol, lid.organisatie, lid.gebruiker, van=vandaag())


def test_geschiedenis_van_een_lidmaatschap_blijft():
    lid = maak_lid(organisatie=maak_organisatie())
    lid.geldig_tot = vandaag()
    lid.save()
    assert [regel.pgh_label for regel in lid.events.order_by("pgh_id")] == ["insert", "update"]
    assert isinstance(lid.events.first().pgh_created_at, datetime)

"""The gate: a view that doesn't say for whom it is stays shut, and a GET writes nothing."""

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import InternalError
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.logboek.schrijven import Onderwerp, lees
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.poort import ingelogd, openbaar, voor
from ips_subsidie.toegang.rollen import Rol
from tests.toegang.personen import ingelogd_als, maak_lid

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def zwijgt(request):
    return HttpResponse("open")


@openbaar
def open_voor_wie_dan_ook(request):
    return HttpResponse("open")


@ingelogd
def voor_wie_er_is(request):
    return HttpResponse("open")


@voor(Rol.UWV_BESLISSER)
def voor_uwv(request):
    return HttpResponse("open")


@openbaar
def schrijft(request):
    Organisatie.objects.create(naam="stiekem", soort="uwv")
    return HttpResponse("geschreven")


@voor(Rol.BEHANDELAAR)
def toont_client(request):
    lees(request, "aanvraag.inzien", Onderwerp("aanvragen.aanvraag", "7", kenmerk="IPS-1"))
    return HttpResponse("cliënt")


@voor(Rol.BEHANDELAAR)
def verbergt_client(request):
    lees(request, "aanvraag.inzien", Onderwerp("aanvragen.aanvraag", "7"))
    return HttpResponse("weg", status=404)


urlpatterns = [
    path("t/zwijgt/", zwijgt),
    path("t/open/", open_voor_wie_dan_ook),
    path("t/ingelogd/", voor_wie_er_is),
    path("t/uwv/", voor_uwv),
    path("t/schrijft/", schrijft),
    path("t/client/", toont_client),
    path("t/verborgen/", verbergt_client),
    path("", include(settings.ROOT_URLCONF)),
]


def test_view_zonder_poort_is_er_niet():
    assert Client().get("/t/zwijgt/").status_code == 404
    assert ingelogd_als(maak_lid(Rol.BEHEERDER)).get("/t/zwijgt/").status_code == 404


def test_poort_per_soort():
    behandelaar, uwv = ingelogd_als(maak_lid()), ingelogd_als(maak_lid(Rol.UWV_BESLISSER))
    assert Client().get("/t/open/").status_code == 200
    assert Client().get("/t/ingelogd/").url == "/inloggen/?next=/t/ingelogd/"
    assert behandelaar.get("/t/ingelogd/").status_code == 200
    assert Client().get("/t/uwv/").status_code == 302
    assert behandelaar.get("/t/uwv/").status_code == 403
    assert uwv.get("/t/uwv/").status_code == 200


@pytest.mark.parametrize(
    "pad", ["/beheer/", "/beheer/toegang/gebruiker/", "/beheer/login/", "/beheer/jsi18n/"]
)
def test_beheer_alleen_voor_een_beheerder_met_die_rol(pad):
    assert Client().get(pad).url.startswith("/inloggen/")
    assert ingelogd_als(maak_lid()).get(pad).status_code == 403
    zonder_rol = maak_lid()
    zonder_rol.gebruiker.is_staff = zonder_rol.gebruiker.is_superuser = True
    zonder_rol.gebruiker.save()
    assert ingelogd_als(zonder_rol).get(pad).status_code == 403
    assert ingelogd_als(maak_lid(Rol.BEHEERDER)).get(pad).status_code in (200, 302)


def test_een_get_kan_niet_schrijven():
    client = Client(raise_request_exception=False)
    antwoord = client.get("/t/schrijft/")
    assert antwoord.status_code == 500
    assert not Organisatie.objects.filter(naam="stiekem").exists()
    assert client.post("/t/schrijft/").status_code == 200
    assert Organisatie.objects.filter(naam="stiekem").exists()


def test_na_een_get_kan_er_weer_geschreven_worden():
    Client().get("/t/open/")
    maak_lid()


def test_inzien_schrijft_een_regel():
    lid = maak_lid()
    client = ingelogd_als(lid)
    client.get("/t/client/")
    regel = Regel.objects.get(soort=Soort.LEZING)
    assert (regel.gebruiker, regel.organisatie, regel.rol) == (lid.gebruiker, lid.organisatie, lid.rol)
    assert (regel.handeling, regel.onderwerp_id, regel.kenmerk) == ("aanvraag.inzien", "7", "IPS-1")
    client.get("/t/verborgen/")
    assert Regel.objects.filter(soort=Soort.LEZING).count() == 1


def test_geen_pagina_zonder_haar_regel(monkeypatch):
    client = ingelogd_als(maak_lid())
    client.raise_request_exception = False

    def kapot(*_a, **_k):
        raise InternalError("het logboek is stuk")

    monkeypatch.setattr("ips_subsidie.logboek.schrijven.schrijf", kapot)
    antwoord = client.get("/t/client/")
    assert antwoord.status_code == 500
    assert "cliënt" not in antwoord.content.decode()


def test_foutpagina_na_een_databankfout_lukt_nog():
    """The error page comes from within the transaction that broke: it must not ask the database."""
    assert connection.vendor == "postgresql"
    antwoord = Client(raise_request_exception=False).get("/t/schrijft/")
    assert "Er ging iets mis" in antwoord.content.decode()

"""A colleague who lost telephone, key and codes (P9): who may help, who hears of it, and what ends at once (P8)."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang import factor
from ips_subsidie.toegang.factormodellen import Beveiligingsmelding
from ips_subsidie.toegang.rollen import Rol
from ips_subsidie.toegang.uitnodigen import NODIGT_UIT
from tests.toegang.factoren import log_in, met_app, met_codes, verouder, wachtwoord
from tests.toegang.personen import maak_lid, maak_organisatie

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _verplicht(settings):
    settings.MFA_VERPLICHT = settings.HERBEVESTIGEN = True
    cache.clear()


def pad(lid) -> str:
    return reverse("collega_herstellen", args=[lid.pk])


def bezig(rol: Rol = Rol.INSTELLINGSBEHEERDER):
    """Somebody of this role at work, and a colleague with an app and codes."""
    beheerder = maak_lid(rol)
    client = log_in(beheerder, met_app(beheerder.gebruiker))
    collega = maak_lid(rol, beheerder.organisatie)
    app = met_app(collega.gebruiker)
    met_codes(collega.gebruiker)
    return beheerder, client, collega, app


@pytest.mark.parametrize("rol", NODIGT_UIT)
def test_een_collega_begint_opnieuw(rol):
    """P8, P9: factors and codes gone, sessions ended at the next request, a line, a mail, and setting up anew."""
    beheerder, client, collega, app = bezig(rol)
    elders = log_in(collega, app)
    assert "Tweede stap verwijderen" in client.get(reverse("collegas")).content.decode()
    assert "bel terug" in client.get(pad(collega)).content.decode()
    assert client.post(pad(collega)).url == reverse("collegas")
    assert elders.get("/").url.startswith(reverse("account_login"))
    assert not collega.gebruiker.authenticator_set.exists()
    nieuw = Client()
    wachtwoord(nieuw, collega)
    assert nieuw.get("/").url.startswith(reverse("tweede_factor"))
    regel = Regel.objects.get(handeling="factor.hersteld")
    assert (regel.gebruiker_id, regel.rol, regel.onderwerp_id) == (
        beheerder.gebruiker_id, rol, str(collega.gebruiker_id),
    )  # fmt: skip
    melding = Beveiligingsmelding.objects.get(wat="hersteld")
    assert melding.gebruiker == collega.gebruiker


def test_niet_van_uzelf_en_niet_van_een_ander():
    """P1, P9: another organisatie's colleague isn't there; one's own factors go where one proves them."""
    beheerder, client, _, _ = bezig()
    vreemd = maak_lid(Rol.INSTELLINGSBEHEERDER)
    met_app(vreemd.gebruiker)
    assert client.get(pad(vreemd)).status_code == client.post(pad(vreemd)).status_code == 404
    assert "U kunt uw eigen tweede stap hier niet" in client.get(pad(beheerder)).content.decode()
    assert "U kunt uw eigen tweede stap hier niet" in client.post(pad(beheerder)).content.decode()
    assert factor.heeft_factor(beheerder.gebruiker)
    assert factor.heeft_factor(vreemd.gebruiker)


def test_niet_van_wie_ook_elders_werkt():
    """P9: a small instelling must not open the way to what that person may at UWV."""
    _, client, collega, _ = bezig()
    maak_lid(Rol.UWV_BESLISSER, gebruiker=collega.gebruiker)
    assert "Vraag de beheerder van het portaal" in client.get(pad(collega)).content.decode()
    client.post(pad(collega))
    assert factor.heeft_factor(collega.gebruiker)


def test_zonder_verse_bevestiging_niet():
    """P12: who left the desk, leaves nobody else's account open."""
    _, client, collega, _ = bezig()
    verouder(client, factor.VERS + 1)
    assert client.post(pad(collega)).status_code == 403
    assert factor.heeft_factor(collega.gebruiker)


def test_een_behandelaar_kan_het_niet():
    beheerder, _, collega, _ = bezig()
    behandelaar = maak_lid(Rol.BEHANDELAAR, beheerder.organisatie)
    client = log_in(behandelaar, met_app(behandelaar.gebruiker))
    assert client.post(pad(collega)).status_code == 403
    assert factor.heeft_factor(collega.gebruiker)


def test_wie_niets_heeft_hoeft_niets():
    beheerder, client, _, _ = bezig()
    zonder = maak_lid(Rol.BEHANDELAAR, beheerder.organisatie)
    assert "heeft geen tweede stap" in client.post(pad(zonder)).content.decode()
    assert not Beveiligingsmelding.objects.exists()


def test_de_beheerder_van_het_portaal_kan_het_voor_iedereen_behalve_zichzelf():
    beheerder = maak_lid(Rol.BEHEERDER)
    client = log_in(beheerder, met_app(beheerder.gebruiker))
    iemand = maak_lid(Rol.UWV_BESLISSER)
    elders = log_in(iemand, met_app(iemand.gebruiker))
    lijst = reverse("admin:toegang_gebruiker_changelist")
    keuze = {
        "action": "herstel_tweede_stap",
        "_selected_action": [iemand.gebruiker_id, beheerder.gebruiker_id],
    }
    tekst = client.post(lijst, keuze, follow=True).content.decode()
    assert "U kunt uw eigen tweede stap hier niet" in tekst
    assert not factor.heeft_factor(iemand.gebruiker)
    assert factor.heeft_factor(beheerder.gebruiker)
    assert elders.get("/").url.startswith(reverse("account_login"))
    assert Regel.objects.get(handeling="factor.hersteld").rol == Rol.BEHEERDER


def test_wie_is_uitgenodigd_zonder_rol_blijft_buiten():
    """A lidmaatschap that ended leaves an account that still proves itself, and opens nothing."""
    oud = maak_lid(Rol.BEHANDELAAR, maak_organisatie())
    oud.geldig_tot = oud.geldig_van
    oud.save()
    client = log_in(oud, met_app(oud.gebruiker))
    assert client.get("/").url == reverse("rol_kiezen")

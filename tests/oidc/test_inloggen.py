"""Logging in through the service of an organisatie, there and back (P41: ASVS V10)."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap
from ips_subsidie.toegang.oidc.models import Bewijs, Identiteit
from ips_subsidie.toegang.rollen import Rol
from tests.oidc.conftest import Bezoek, doorgaan_naar, maak_dienst
from tests.oidc.server import GEHEIM
from tests.toegang.personen import WACHTWOORD, maak_lid, maak_organisatie

pytestmark = pytest.mark.django_db
MISLUKT = {"soort": Soort.WEIGERING, "handeling": "inloggen.via_organisatie"}


def ingelogd(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_wie_bij_de_eigen_organisatie_inlogt_is_hier_ingelogd(bezoek, server, persoon, lid):
    server.gedraag(persoon=persoon)
    antwoord = bezoek.alles()
    assert (antwoord.status_code, antwoord.url) == (302, reverse("start"))
    assert bezoek.client.session["_auth_user_id"] == str(lid.gebruiker_id)
    assert bezoek.client.get("/").url == reverse("aanvragen:toestemmingen")
    identiteit = Identiteit.objects.get()
    assert (identiteit.sub, identiteit.gebruiker) == ("persoon-1", lid.gebruiker)
    regels = Regel.objects.filter(handeling__in=("toegang.identiteit_koppelen", "inloggen.via_organisatie"))
    assert {r.handeling: r.gebruiker_id for r in regels} == {
        "toegang.identiteit_koppelen": lid.gebruiker_id,
        "inloggen.via_organisatie": lid.gebruiker_id,
    }


def test_wat_de_sessie_onthoudt_en_dat_is_geen_token(bezoek, server, persoon, dienst, lid):
    server.gedraag(persoon=persoon)
    bezoek.alles()
    [wijze] = bezoek.client.session["account_authentication_methods"]
    assert wijze.pop("at") > 0
    assert wijze == {
        "method": "oidc", "acr": "urn:mfa", "organisatie": str(lid.organisatie_id), "inlogdienst": str(dienst.pk)
    }  # fmt: skip
    alles = repr([s.get_decoded() for s in Session.objects.all()])
    for geheim in ("toegang-1", "ververs-1", "eyJ", "code_verifier", "nonce", "persoon-1"):
        assert geheim not in alles


def test_de_vraag_aan_de_dienst(bezoek, dienst):
    adres = urlsplit(doorgaan_naar(bezoek.begin()))
    vraag = {naam: waarden[0] for naam, waarden in parse_qs(adres.query).items()}
    assert vraag["response_type"] == "code"
    assert vraag["code_challenge_method"] == "S256"
    assert vraag["redirect_uri"] == settings.SITE_ADRES + reverse("oidc_terug", args=[dienst.pk])
    assert vraag["scope"] == "openid email"
    assert vraag["acr_values"] == "urn:mfa"
    assert vraag["max_age"] == str(720 * 60)
    # ASVS 11.5.1: at least 128 bits, which is 22 characters of 64.
    assert min(len(vraag["state"]), len(vraag["nonce"])) >= 22
    ander = parse_qs(urlsplit(doorgaan_naar(bezoek.begin())).query)
    assert not {vraag["state"], vraag["nonce"], vraag["code_challenge"]} & {
        ander["state"][0], ander["nonce"][0], ander["code_challenge"][0]
    }  # fmt: skip


def test_de_sessie_krijgt_een_nieuw_nummer(bezoek, server, persoon):
    server.gedraag(persoon=persoon)
    begonnen = bezoek.begin()
    vooraf = bezoek.client.session.session_key
    bezoek.terug(bezoek.bij_dienst(begonnen))
    assert bezoek.client.session.session_key != vooraf


def test_de_tweede_keer_telt_het_nummer_niet_het_adres(bezoek, server, persoon, lid):
    server.gedraag(persoon=persoon)
    bezoek.alles()
    bezoek.client.logout()
    server.gedraag(
        persoon={"sub": "persoon-1", "email": "trouwde@voorbeeld.example", "email_verified": False}
    )
    assert bezoek.alles().status_code == 302
    assert bezoek.client.session["_auth_user_id"] == str(lid.gebruiker_id)
    assert Identiteit.objects.count() == 1


def test_hetzelfde_adres_onder_een_ander_nummer_is_een_ander(bezoek, server, persoon):
    """A new colleague who got the address of one who left must not get that account."""
    server.gedraag(persoon=persoon)
    bezoek.alles()
    bezoek.client.logout()
    server.gedraag(persoon=persoon | {"sub": "persoon-2"})
    antwoord = bezoek.alles()
    assert antwoord.status_code == 403
    assert not ingelogd(bezoek.client)
    assert Regel.objects.get(**MISLUKT).gegevens["detail"] == "andere_identiteit"


def test_er_komen_geen_accounts_of_rechten_bij(bezoek, server, persoon):
    voor = Gebruiker.objects.count(), Lidmaatschap.objects.count()
    server.gedraag(persoon=persoon | {"email": "niemand@voorbeeld.example"})
    bezoek.alles()
    server.gedraag(persoon=persoon)
    bezoek.alles()
    assert (Gebruiker.objects.count(), Lidmaatschap.objects.count()) == voor


@pytest.mark.parametrize("algoritme", ["RS256", "PS256", "ES256"])
def test_een_handtekening_met_een_sleutel_van_de_dienst(bezoek, server, persoon, algoritme):
    server.gedraag(persoon=persoon, algoritme=algoritme)
    assert bezoek.alles().status_code == 302


def test_een_nieuwe_sleutel_van_de_dienst_wordt_opgehaald(bezoek, server, persoon):
    server.gedraag(persoon=persoon)
    bezoek.alles()
    bezoek.client.logout()
    server.gedraag(persoon=persoon, wissel_sleutel=True)
    assert bezoek.alles().status_code == 302
    assert server.geteld()["jwks"] == 1
    bezoek.client.logout()
    bezoek.alles()
    assert server.geteld()["jwks"] == 1, "de sleutels worden onthouden"
    assert "gegevens" not in server.geteld(), "de adressen ook"


@pytest.mark.parametrize("bewijs", [Bewijs.BASIC, Bewijs.POST])
def test_het_portaal_bewijst_zich_met_een_geheim(client, server, persoon, lid, bewijs):
    dienst = maak_dienst(server, lid, bewijs=bewijs)
    server.gedraag(persoon=persoon)
    assert Bezoek(client, dienst).alles().status_code == 302


def test_het_portaal_bewijst_zich_met_een_sleutel(client, server, persoon, lid):
    from joserfc.jwk import RSAKey

    sleutel = RSAKey.generate_key(3072)
    dienst = maak_dienst(server, lid, bewijs=Bewijs.SLEUTEL, geheim=sleutel.as_pem(private=True).decode())
    dienst.full_clean()
    server.gedraag(persoon=persoon, client_sleutel=sleutel.as_pem(private=False).decode())
    assert Bezoek(client, dienst).alles().status_code == 302


def test_het_geheim_staat_versleuteld_in_de_databank(dienst):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM toegang_inlogdienst")
        assert GEHEIM not in repr(
            [[bytes(v) if isinstance(v, memoryview) else v for v in rij] for rij in cursor]
        )


def test_de_amr_kan_het_bewijs_van_een_tweede_factor_zijn(client, server, persoon, lid):
    bezoek = Bezoek(client, maak_dienst(server, lid, acr_waarden=[], amr_waarden=["mfa", "hwk"]))
    server.gedraag(persoon=persoon, claims={"acr": "__weg__", "amr": ["pwd"]})
    assert bezoek.alles().status_code == 403
    server.gedraag(persoon=persoon, claims={"acr": "__weg__", "amr": ["pwd", "mfa"]})
    assert bezoek.alles().status_code == 302


def test_een_eigen_vervolg_blijft_en_een_vreemd_niet(bezoek, server, persoon):
    server.gedraag(persoon=persoon)
    assert bezoek.alles(next="/berichten/").url == "/berichten/"
    bezoek.client.logout()
    for vreemd in ("https://kwaad.example/", "//kwaad.example", "/\\kwaad.example", "javascript:alert(1)"):
        assert bezoek.alles(next=vreemd).url == reverse("start")
        bezoek.client.logout()


def test_de_ene_organisatie_opent_niets_van_de_andere(bezoek, server, persoon, lid):
    """P1: the service of a gemeente says who works there; it can't let anybody in at UWV."""
    uwv = maak_lid(Rol.UWV_BESLISSER, gebruiker=lid.gebruiker)
    server.gedraag(persoon=persoon)
    bezoek.alles()
    assert bezoek.client.get("/").url == reverse("aanvragen:toestemmingen")
    assert bezoek.client.post(reverse("rol_kiezen"), {"lidmaatschap": str(uwv.pk)}).status_code == 200
    assert bezoek.client.get(reverse("aanvragen:budgetvragen")).status_code == 403


def test_een_wachtwoord_telt_niet_waar_de_inlogdienst_verplicht_is(client, dienst, lid):
    gegevens = {"login": lid.gebruiker.email, "password": WACHTWOORD}
    pad = reverse("account_login")
    client.post(pad, gegevens)
    assert ingelogd(client)
    type(dienst).objects.update(verplicht=True)
    # Also the session that is there already has lost that role, at the next request.
    assert client.get("/").url == reverse("rol_kiezen")
    assert "U hebt nu geen rol" in client.get(reverse("rol_kiezen")).content.decode()
    opnieuw = Client()
    antwoord = opnieuw.post(pad, gegevens, follow=True)
    assert not ingelogd(opnieuw)
    assert "Bij uw organisatie logt u in via haar eigen inlogpagina" in antwoord.content.decode()
    fout = opnieuw.post(pad, gegevens | {"password": "niet het wachtwoord"}).content.decode()
    assert "eigen inlogpagina" not in fout, "wie het wachtwoord niet weet, hoort niets"
    # The service is away: a beheerder makes it voluntary, and all can get in again.
    type(dienst).objects.update(verplicht=False)
    opnieuw.post(pad, gegevens)
    assert ingelogd(opnieuw)


def test_wie_ook_elders_werkt_komt_daar_met_een_wachtwoord(client, dienst, lid):
    type(dienst).objects.update(verplicht=True)
    maak_lid(Rol.BEHANDELAAR, gebruiker=lid.gebruiker)
    client.post(reverse("account_login"), {"login": lid.gebruiker.email, "password": WACHTWOORD})
    assert client.get("/").url == reverse("aanvragen:lijst")
    assert client.get(reverse("aanvragen:toestemmingen")).status_code == 403


@pytest.mark.parametrize("wat", ["dienst_uit", "ontkoppeld", "lidmaatschap_voorbij", "account_uit"])
def test_het_recht_eindigt_bij_het_volgende_verzoek(bezoek, server, persoon, lid, wat):
    """P8: four ways in which a session through a service loses its role at once."""
    server.gedraag(persoon=persoon)
    bezoek.alles()
    assert bezoek.client.get(reverse("aanvragen:toestemmingen")).status_code == 200
    if wat == "dienst_uit":
        type(bezoek.dienst).objects.update(actief=False)
    elif wat == "ontkoppeld":
        Identiteit.objects.update(beeindigd_op=nu())
    elif wat == "lidmaatschap_voorbij":
        Lidmaatschap.objects.update(geldig_tot=vandaag())
    else:
        Gebruiker.objects.update(is_active=False)
    assert bezoek.client.get(reverse("aanvragen:toestemmingen")).status_code == 302


def test_na_het_ontkoppelen_koppelt_een_nieuw_nummer_weer(bezoek, server, persoon):
    server.gedraag(persoon=persoon)
    bezoek.alles()
    bezoek.client.logout()
    Identiteit.objects.update(beeindigd_op=nu() + timedelta(seconds=1))
    server.gedraag(persoon=persoon | {"sub": "persoon-2"})
    assert bezoek.alles().status_code == 302
    assert Identiteit.objects.filter(beeindigd_op=None).get().sub == "persoon-2"


def test_opnieuw_bevestigen_bij_de_dienst(bezoek, server, persoon):
    """P12: who has no factor here proves it at the service, now and not some hours ago."""
    server.gedraag(persoon=persoon)
    bezoek.alles()
    pad = reverse("oidc_bevestigen")
    assert "Bevestig dat u het bent" in bezoek.client.get(pad, {"next": "/berichten/"}).content.decode()
    heen = bezoek.client.post(pad, {"next": "/berichten/"})
    vraag = parse_qs(urlsplit(doorgaan_naar(heen)).query)
    assert (vraag["prompt"], vraag["max_age"]) == (["login"], ["0"])
    server.gedraag(persoon=persoon, schuif={"auth_time": -600})
    assert bezoek.terug(bezoek.bij_dienst(heen)).status_code == 403, "dat was tien minuten geleden"
    server.gedraag(persoon=persoon)
    antwoord = bezoek.terug(bezoek.bij_dienst(bezoek.client.post(pad, {"next": "/berichten/"})))
    assert antwoord.url == "/berichten/"
    assert len(bezoek.client.session["account_authentication_methods"]) == 2


def test_bevestigen_als_een_ander_telt_niet(bezoek, server, persoon, lid):
    server.gedraag(persoon=persoon)
    bezoek.alles()
    ander = maak_lid(Rol.GEMEENTEBESLISSER, lid.organisatie)
    server.gedraag(persoon={"sub": "ander", "email": ander.gebruiker.email})
    antwoord = bezoek.terug(bezoek.bij_dienst(bezoek.client.post(reverse("oidc_bevestigen"))))
    assert antwoord.status_code == 403
    assert bezoek.client.session["_auth_user_id"] == str(lid.gebruiker_id)


def test_wie_met_een_wachtwoord_inlogde_bevestigt_hier_niets(client, lid):
    client.force_login(lid.gebruiker)
    assert client.get(reverse("oidc_bevestigen")).url == reverse("start")


def test_uitloggen_gaat_door_naar_de_dienst(bezoek, server, persoon, dienst):
    server.gedraag(persoon=persoon)
    bezoek.alles()
    antwoord = bezoek.client.post(reverse("account_logout"))
    assert not ingelogd(bezoek.client)
    adres = doorgaan_naar(antwoord)
    assert adres.startswith(f"{server.basis}/uitloggen?")
    assert "id_token_hint" not in adres
    assert parse_qs(urlsplit(adres).query)["post_logout_redirect_uri"] == [
        settings.SITE_ADRES + reverse("account_login")
    ]


def test_uitloggen_lukt_ook_zonder_de_dienst(bezoek, server, persoon, dienst):
    from ips_subsidie.toegang.oidc import client as oidc_client

    server.gedraag(persoon=persoon)
    bezoek.alles()
    oidc_client.vergeet()
    server.gedraag(gegevens="status_500")
    assert bezoek.client.post(reverse("account_logout")).url == reverse("account_login")
    assert not ingelogd(bezoek.client)


def test_de_lijst_en_de_link_erheen(client, dienst, server, lid):
    assert reverse("oidc_kiezen") in client.get(reverse("account_login")).content.decode()
    assert dienst.naam in client.get(reverse("oidc_kiezen")).content.decode()
    leeg = client.post(reverse("oidc_kiezen"), {"dienst": ""}).content.decode()
    assert "Kies de organisatie waarvoor u werkt." in leeg
    for nummer in range(9):
        organisatie = maak_organisatie(naam=f"Instelling {nummer}")
        maak_dienst(server, maak_lid(organisatie=organisatie), client_id=f"c{nummer}")
    assert "<select" in client.get(reverse("oidc_kiezen")).content.decode()
    type(dienst).objects.update(actief=False)
    assert reverse("oidc_kiezen") not in client.get(reverse("account_login")).content.decode()
    assert "Er is nu geen organisatie" in client.get(reverse("oidc_kiezen")).content.decode()
    assert client.get(reverse("oidc_terug", args=[dienst.pk])).status_code == 404

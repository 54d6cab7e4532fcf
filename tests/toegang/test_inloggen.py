"""Logging in and out, the limits on guessing, and a new password."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from ips_subsidie.berichten.tasks import bezorg
from ips_subsidie.toegang.rollen import Rol
from tests.toegang.personen import WACHTWOORD, ingelogd_als, maak_gebruiker, maak_lid

pytestmark = pytest.mark.django_db
ONJUIST = "Dit e-mailadres en dit wachtwoord horen niet bij elkaar"


@pytest.fixture(autouse=True)
def _echte_tellers(db, settings):
    """The limits are counted over all processes; so they are tested as they are kept."""
    settings.CACHES = {
        "default": {"BACKEND": "ips_subsidie.toegang.tellers.Tellers", "KEY_PREFIX": "inloggen"}
    }
    cache.clear()
    yield
    cache.clear()
    cache.close()


def log_in(client: Client, email: str, wachtwoord: str = WACHTWOORD, **extra: str):
    return client.post(reverse("account_login"), {"login": email, "password": wachtwoord, **extra})


def test_inloggen_brengt_naar_de_eigen_werklijst(client):
    lid = maak_lid(Rol.BEHANDELAAR)
    antwoord = log_in(client, lid.gebruiker.email.upper())
    assert antwoord.status_code == 302
    assert antwoord.url == reverse("start")
    assert client.get(antwoord.url).url == reverse("aanvragen:lijst")


@pytest.mark.parametrize(
    ("rol", "doel"),
    [
        (Rol.INSTELLINGSBEHEERDER, "aanvragen:lijst"),
        (Rol.GEMEENTEMEDEWERKER, "aanvragen:toestemmingen"),
        (Rol.GEMEENTEBESLISSER, "aanvragen:toestemmingen"),
        (Rol.UWV_BEOORDELAAR, "aanvragen:werkvoorraad"),
        (Rol.UWV_BESLISSER, "aanvragen:werkvoorraad"),
        (Rol.UWV_FINANCIEN, "budget:overzicht"),
        (Rol.MINISTERIE, "budget:overzicht"),
        (Rol.BEHEERDER, "admin:index"),
    ],
)
def test_start_per_rol(rol, doel):
    assert ingelogd_als(maak_lid(rol)).get("/").url == reverse(doel)


def test_fout_wachtwoord_en_onbekend_adres_krijgen_hetzelfde_antwoord(client):
    lid = maak_lid()
    bekend = log_in(client, lid.gebruiker.email, "fout wachtwoord hier")
    onbekend = log_in(client, "niemand@voorbeeld.example", "fout wachtwoord hier")
    assert bekend.status_code == onbekend.status_code == 200
    teksten = [
        re.sub(r'value="[^"]*"', "", antwoord.content.decode().replace(lid.gebruiker.email, ""))
        for antwoord in (bekend, onbekend)
    ]
    assert ONJUIST in teksten[0]
    assert teksten[0] == teksten[1].replace("niemand@voorbeeld.example", "")


def test_leeg_formulier_zegt_wat_er_moet(client):
    tekst = log_in(client, "", "").content.decode()
    assert "Vul een e-mailadres in" in tekst
    assert "Vul een wachtwoord in." in tekst
    assert "<title>Fout: Inloggen" in tekst


@pytest.mark.parametrize(
    "waarde", ["\x00", "a\x00@b.nl", "x" * 5000, "\u202e\u05dc\u05d5@b.nl", "😀@b.nl", "' or 1=1 --"]
)
def test_vreemde_invoer_geeft_een_melding(client, waarde):
    assert log_in(client, waarde, waarde).status_code == 200


def test_na_vijf_keer_raden_gaat_ook_het_goede_wachtwoord_niet(client):
    lid = maak_lid()
    for _ in range(5):
        assert ONJUIST in log_in(client, lid.gebruiker.email, "raden raden raden").content.decode()
    antwoord = log_in(client, lid.gebruiker.email)
    assert "U probeerde te vaak in te loggen. Wacht 5 minuten" in antwoord.content.decode()
    assert "_auth_user_id" not in client.session


def test_te_veel_verzoeken_van_een_adres_geven_een_nederlandse_pagina(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip", "login_failed": "100/m/ip"}
    for _ in range(2):
        log_in(client, "niemand@voorbeeld.example", "x")
    antwoord = log_in(client, "niemand@voorbeeld.example", "x")
    assert antwoord.status_code == 429
    assert "Wacht een paar minuten" in antwoord.content.decode()


def test_uitgezet_account_komt_er_niet_in(client):
    lid = maak_lid()
    lid.gebruiker.is_active = False
    lid.gebruiker.save()
    fout = log_in(client, lid.gebruiker.email, "een ander wachtwoord")
    assert ONJUIST in fout.content.decode()
    goed = client.post(
        reverse("account_login"), {"login": lid.gebruiker.email, "password": WACHTWOORD}, follow=True
    )
    assert "Uw account staat uit" in goed.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "vreemd", ["https://kwaad.example/", "//kwaad.example", "/\\kwaad.example", "javascript:alert(1)"]
)
def test_een_vreemd_vervolg_wordt_geweigerd(client, vreemd):
    lid = maak_lid()
    antwoord = client.post(
        f"{reverse('account_login')}?next={vreemd}",
        {"login": lid.gebruiker.email, "password": WACHTWOORD, "next": vreemd},
    )
    assert antwoord.url == reverse("start")


def test_een_eigen_vervolg_blijft(client):
    lid = maak_lid(Rol.INSTELLINGSBEHEERDER)
    heen = client.get(reverse("collegas"))
    assert heen.status_code == 302
    antwoord = client.post(heen.url, {"login": lid.gebruiker.email, "password": WACHTWOORD})
    assert antwoord.url == reverse("collegas")


def test_sessie_krijgt_een_nieuw_nummer_bij_het_inloggen(client):
    lid = maak_lid()
    client.get(reverse("account_login"))
    client.session["iets"] = 1
    vooraf = client.session.session_key
    log_in(client, lid.gebruiker.email)
    assert client.session.session_key != vooraf


def test_uitloggen_alleen_met_post():
    client = ingelogd_als(maak_lid())
    antwoord = client.get(reverse("account_logout"))
    assert antwoord.status_code == 405
    assert antwoord.headers["Allow"] == "POST"
    assert "_auth_user_id" in client.session
    assert client.post(reverse("account_logout")).url == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_er_is_geen_aanmelden():
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_nieuw_wachtwoord_via_de_mail(client):
    lid = maak_lid()
    antwoord = client.post(reverse("account_reset_password"), {"email": lid.gebruiker.email.upper()})
    assert antwoord.url == reverse("account_reset_password_done")
    bezorg()
    (bericht,) = mail.outbox
    assert bericht.subject == "IPS-subsidieportaal: Kies een nieuw wachtwoord"
    assert lid.gebruiker.naam not in bericht.body
    link = re.search(rf"{re.escape(settings.SITE_ADRES)}(\S+)", bericht.body)
    vorm = client.get(link[1], follow=True)
    pad = vorm.redirect_chain[-1][0]
    kort = client.post(pad, {"password1": "kort", "password2": "kort"})
    assert "Dit wachtwoord is te kort. Gebruik minstens 12 tekens." in kort.content.decode()
    anders = client.post(pad, {"password1": "vier blauwe trams", "password2": "vijf blauwe trams"})
    assert "twee wachtwoorden zijn niet hetzelfde" in anders.content.decode()
    klaar = client.post(pad, {"password1": "vier blauwe trams", "password2": "vier blauwe trams"})
    assert klaar.url == reverse("account_reset_password_from_key_done")
    assert client.get(klaar.url).status_code == 200
    assert "Deze link werkt niet meer" in Client().get(link[1], follow=True).content.decode()
    assert log_in(client, lid.gebruiker.email, "vier blauwe trams").status_code == 302


def test_nieuw_wachtwoord_verraadt_niet_of_er_een_account_is(client, monkeypatch):
    lid = maak_lid()

    def weg(*_a, **_k):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", weg)
    bekend = client.post(reverse("account_reset_password"), {"email": lid.gebruiker.email})
    onbekend = client.post(reverse("account_reset_password"), {"email": "niemand@voorbeeld.example"})
    assert (bekend.status_code, bekend.url) == (onbekend.status_code, onbekend.url)
    assert not mail.outbox


def test_wachtwoord_wijzigen_logt_overal_uit():
    lid = maak_lid()
    client, elders = ingelogd_als(lid), ingelogd_als(lid)
    pad = reverse("account_change_password")
    nieuw = {"password1": "vier blauwe trams", "password2": "vier blauwe trams"}
    fout = client.post(pad, {"oldpassword": "onjuist", **nieuw})
    assert "Dit is niet uw huidige wachtwoord" in fout.content.decode()
    goed = client.post(pad, {"oldpassword": WACHTWOORD, **nieuw}, follow=True)
    assert "Uw wachtwoord is gewijzigd" in goed.content.decode()
    assert "_auth_user_id" not in client.session
    assert elders.get("/").url.startswith(reverse("account_login"))


def test_csrf_fout_is_een_nederlandse_pagina():
    client = Client(enforce_csrf_checks=True)
    antwoord = client.post(reverse("account_login"), {"login": "a@b.nl", "password": "x"})
    assert antwoord.status_code == 403
    assert "Uw formulier is niet verstuurd" in antwoord.content.decode()


def test_sessie_verlengen():
    client = ingelogd_als(maak_lid())
    assert client.post(reverse("sessie")).json()["seconden"] > 890
    assert Client().post(reverse("sessie")).json() == {"ingelogd": False}


def test_gebruiker_zonder_lidmaatschap_leest_wat_te_doen(client):
    client.force_login(maak_gebruiker())
    antwoord = client.get("/", follow=True)
    assert antwoord.status_code == 200
    assert "U hebt nu geen rol" in antwoord.content.decode()

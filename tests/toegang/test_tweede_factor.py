"""A second factor for everyone (P9): without it nothing opens, its codes work once, and nothing goes around it."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang import factor
from ips_subsidie.toegang.factormodellen import Beveiligingsmelding
from ips_subsidie.toegang.rollen import Rol
from tests.toegang.factoren import factor_van, log_in, met_app, met_codes, passkeyvraag, wachtwoord
from tests.toegang.personen import maak_lid
from tests.toegang.sleutel import Sleutel
from tests.toegang.test_alle_adressen import ADRESSEN, OPENBAAR, ROLLEN, adres, verwacht

pytestmark = pytest.mark.django_db
STAP, KIEZEN = "mfa_authenticate", "tweede_factor"
INSTELLEN = {"tweede_factor", "app_instellen", "passkey_toevoegen", "bevestigen"}


@pytest.fixture(autouse=True)
def _verplicht(settings):
    settings.MFA_VERPLICHT = True
    cache.clear()


@pytest.fixture
def lid():
    return maak_lid(Rol.INSTELLINGSBEHEERDER)


def ingelogd(client: Client) -> bool:
    return "_auth_user_id" in client.session


def lijnen(handeling: str) -> int:
    return Regel.objects.filter(handeling=handeling).count()


# --- nothing without -------------------------------------------------------------------------------------------


def _adressen_van_het_beheer() -> list[str]:
    namen = [
        f"admin:{m._meta.app_label}_{m._meta.model_name}_{wat}"
        for m in admin.site._registry
        for wat in ("changelist", "add")
    ]
    return ["admin:index", "admin:password_change", "admin:jsi18n", *namen]


def test_met_alleen_een_wachtwoord_gaat_er_geen_adres_open(client):
    """P9: 0 addresses but setting up, logging out and what is public; by GET and by POST, the admin too."""
    beheerder = maak_lid(Rol.BEHEERDER)
    assert wachtwoord(client, beheerder).status_code == 302
    assert ingelogd(client)
    paden = {naam: adres(naam) for naam in ADRESSEN if verwacht(naam) != OPENBAAR and naam not in INSTELLEN}
    paden |= {naam: reverse(naam) for naam in _adressen_van_het_beheer()}
    for naam, pad in paden.items():
        for antwoord in (client.get(pad), client.post(pad)):
            assert antwoord.status_code == 302, f"{naam}: {antwoord.status_code}"
            assert antwoord.url.startswith(reverse(KIEZEN)), f"{naam}: {antwoord.url}"
    assert len(paden) > 150
    assert {client.get(reverse(naam)).status_code for naam in INSTELLEN} == {200}


@pytest.mark.parametrize("rol", ROLLEN)
def test_voor_elke_rol(client, rol):
    """P9: no role is an exception, and a public page shows nothing of the role."""
    lid = maak_lid(rol)
    wachtwoord(client, lid)
    for pad in ("/", "/berichten/", "/aanvragen/werkvoorraad/", "/budget/", "/beheer/", "/rol-kiezen/"):
        assert client.get(pad).url.startswith(reverse(KIEZEN))
    tekst = client.get(reverse("privacy")).content.decode()
    assert lid.organisatie.naam not in tekst
    assert client.post(reverse("account_logout")).status_code == 302
    assert not ingelogd(client)


def test_uit_op_de_eigen_computer(client, lid, settings):
    settings.MFA_VERPLICHT = False
    wachtwoord(client, lid)
    assert client.get("/").url == reverse("aanvragen:lijst")


# --- an app ----------------------------------------------------------------------------------------------------


def test_app_instellen_en_dan_de_codes_een_keer_zien(client, lid):
    """P9: QR and key in text; a wrong code says so; ten codes are shown once, and mail and line follow."""
    wachtwoord(client, lid)
    bladzijde = client.get(client.get("/", follow=True).redirect_chain[-1][0])
    assert reverse("app_instellen") in bladzijde.content.decode()
    tekst = client.get(reverse("app_instellen")).content.decode()
    assert 'src="data:image/svg+xml;base64,' in tekst
    geheim = re.search(r"<code>([A-Z2-7 ]{32,})</code>", tekst)[1].replace(" ", "")
    fout = client.post(reverse("app_instellen"), {"code": "000000x"}).content.decode()
    assert "Deze code klopt niet" in fout
    assert geheim[:4] in fout
    from tests.toegang.factoren import App

    oud = client.session.session_key
    goed = client.post(reverse("app_instellen"), {"code": App(geheim).code()})
    assert goed.url == reverse("herstelcodes")
    assert client.session.session_key != oud
    codes = re.findall(r"<code>(\d{5} \d{5})</code>", client.get(goed.url).content.decode())
    assert len(set(codes)) == 10
    bestand = client.get(reverse("herstelcodes_bestand"))
    assert bestand.headers["Content-Disposition"] == 'attachment; filename="herstelcodes.txt"'
    assert all(code in bestand.content.decode() for code in codes)
    assert client.post(reverse("herstelcodes_bewaard")).url == reverse("start")
    assert codes[0] not in client.get(reverse("herstelcodes")).content.decode()
    assert client.get(reverse("herstelcodes_bestand")).status_code == 404
    assert client.get("/").url == reverse("aanvragen:lijst")
    assert lijnen("factor.app_erbij") == 1
    assert "mfa.totp.secret" not in client.session


def test_eerst_het_wachtwoord_dan_de_code_en_niet_eerder_binnen(client, lid):
    app = met_app(lid.gebruiker)
    assert wachtwoord(client, lid).url == reverse(STAP)
    assert not ingelogd(client)
    assert client.get("/").url.startswith(reverse("account_login"))
    assert "Deze code klopt niet" in client.post(reverse(STAP), {"code": "123"}).content.decode()
    assert "Vul de code in." in client.post(reverse(STAP), {"code": ""}).content.decode()
    assert not ingelogd(client)
    assert client.post(reverse(STAP), {"code": app.code()}).status_code == 302
    assert client.get("/").url == reverse("aanvragen:lijst")
    assert Regel.objects.get(handeling="factor.mislukt").soort == Soort.WEIGERING
    assert lijnen("factor.gebruikt") == 1


def test_een_code_van_de_app_werkt_een_keer(lid):
    """P9: seen over somebody's shoulder, a code opens nothing, though it is right for a minute and a half."""
    app = met_app(lid.gebruiker)
    eerste, tweede = Client(), Client()
    wachtwoord(eerste, lid), wachtwoord(tweede, lid)
    code = app.code()
    assert eerste.post(reverse(STAP), {"code": code}).status_code == 302
    cache.clear()  # what allauth remembers of it is gone after half a minute
    assert "al gebruikt" in tweede.post(reverse(STAP), {"code": code}).content.decode()
    assert not ingelogd(tweede)
    assert tweede.post(reverse(STAP), {"code": app.code()}).status_code == 302


def test_raden_van_codes_stopt(client, lid):
    """P9, P10: after at most ten wrong codes the right one is refused as well."""
    app = met_app(lid.gebruiker)
    wachtwoord(client, lid)
    for poging in range(10):
        client.post(reverse(STAP), {"code": f"00000{poging}"})
    tekst = client.post(reverse(STAP), {"code": app.code()}).content.decode()
    assert "te vaak" in tekst
    assert not ingelogd(client)


# --- recovery codes --------------------------------------------------------------------------------------------


def test_een_herstelcode_werkt_een_keer(lid):
    met_app(lid.gebruiker)
    code = met_codes(lid.gebruiker)[3]
    for gelukt in (True, False):
        client = Client()
        wachtwoord(client, lid)
        client.post(reverse(STAP), {"code": f"{code[:5]}-{code[5:]}"})
        assert ingelogd(client) is gelukt
    assert lijnen("factor.code_gebruikt") == 1
    assert Beveiligingsmelding.objects.get().wat == "code_gebruikt"


def test_de_databank_laat_een_gebruikte_code_gebruikt(lid):
    """P9: also a program that forgets it can't give a used code back, or a factor to another person."""
    app, ander = met_app(lid.gebruiker), maak_lid()
    met_codes(lid.gebruiker)
    log_in(lid, app)
    codes, totp = factor_van(lid.gebruiker, "recovery_codes"), factor_van(lid.gebruiker, "totp")
    codes.data["used_mask"] = 0b101
    codes.save()
    for rij, wijziging in ((codes, {"used_mask": 0b100}), (totp, {"laatste_teller": 1})):
        with pytest.raises(IntegrityError), transaction.atomic():
            Authenticator.objects.filter(pk=rij.pk).update(data={**rij.data, **wijziging})
    with pytest.raises(IntegrityError), transaction.atomic():
        Authenticator.objects.filter(pk=totp.pk).update(user=ander.gebruiker)


def test_nieuwe_herstelcodes_en_de_oude_werken_niet_meer(lid):
    app = met_app(lid.gebruiker)
    oud = met_codes(lid.gebruiker)[0]
    client = log_in(lid, app)
    assert "U hebt nog 10 herstelcodes" in client.get(reverse("herstelcodes")).content.decode()
    assert client.post(reverse("herstelcodes"), follow=True).content.decode().count("<code>") == 10
    elders = Client()
    wachtwoord(elders, lid)
    elders.post(reverse(STAP), {"code": oud})
    assert not ingelogd(elders)
    assert lijnen("factor.codes_nieuw") == 1


# --- nothing around it -----------------------------------------------------------------------------------------


def test_een_nieuw_wachtwoord_gaat_niet_om_de_tweede_stap_heen(client, lid):
    """P9: the link in the mail gives a password, not a session."""
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    met_app(lid.gebruiker)
    uid, teken = user_pk_to_url_str(lid.gebruiker), default_token_generator.make_token(lid.gebruiker)
    vorm = client.get(reverse("account_reset_password_from_key", args=[uid, teken]), follow=True)
    nieuw = {"password1": "vier blauwe trams", "password2": "vier blauwe trams"}
    client.post(vorm.redirect_chain[-1][0], nieuw)
    assert not ingelogd(client)
    stap = client.post(
        reverse("account_login"), {"login": lid.gebruiker.email, "password": nieuw["password1"]}
    )
    assert stap.url == reverse(STAP)
    assert not ingelogd(client)


def test_een_sessie_van_voor_de_tweede_stap_moet_die_alsnog_tonen(lid):
    """P9: who knows only the password can't set up a factor next to the one there is."""
    client = Client()
    wachtwoord(client, lid)
    app = met_app(lid.gebruiker)
    for naam in ("start", "app_instellen", "passkey_toevoegen", "tweede_factor", "herstelcodes"):
        assert client.get(reverse(naam)).url.startswith(reverse("bevestigen")), naam
    client.post(reverse("bevestigen"), {"bevestiging-password": "drie groene fietsen"})
    assert client.get("/").url.startswith(reverse("bevestigen"))
    assert client.post(reverse("bevestigen"), {"bevestiging-code": app.code()}).status_code == 302
    assert client.get("/").url == reverse("aanvragen:lijst")


def test_de_laatste_tweede_stap_blijft(lid):
    app = met_app(lid.gebruiker)
    client = log_in(lid, app)
    pad = reverse("factor_verwijderen", args=[factor_van(lid.gebruiker, "totp").pk])
    assert "Dit is uw laatste tweede stap" in client.get(pad).content.decode()
    tekst = client.post(pad, follow=True).content.decode()
    assert "Stel eerst een andere manier in" in tekst
    assert factor.heeft_factor(lid.gebruiker)


def test_van_een_ander_is_er_geen(lid):
    client = log_in(lid, met_app(lid.gebruiker))
    ander = maak_lid()
    met_app(ander.gebruiker)
    pad = reverse("factor_verwijderen", args=[factor_van(ander.gebruiker, "totp").pk])
    assert client.post(pad).status_code == client.get(pad).status_code == 404
    assert factor.heeft_factor(ander.gebruiker)


# --- passkeys --------------------------------------------------------------------------------------------------


def voeg_passkey_toe(client: Client, sleutel: Sleutel, naam: str = "telefoon"):
    vraag = passkeyvraag(client.get(reverse("passkey_toevoegen"), secure=True))
    gegevens = {"name": naam, "credential": sleutel.maak(vraag)}
    return client.post(reverse("passkey_toevoegen"), gegevens, secure=True)


def met_passkey(lid, sleutel: Sleutel) -> None:
    client = Client()
    wachtwoord(client, lid)
    assert voeg_passkey_toe(client, sleutel).url == reverse("herstelcodes")


def test_een_passkey_toevoegen_en_ermee_inloggen(client, lid):
    sleutel = Sleutel()
    met_passkey(lid, sleutel)
    wachtwoord(client, lid)
    stap = client.get(reverse(STAP), secure=True)
    antwoord = client.post(reverse(STAP), {"credential": sleutel.gebruik(passkeyvraag(stap))}, secure=True)
    assert antwoord.status_code == 302
    assert ingelogd(client)
    assert "“<bdi>telefoon</bdi>”" in client.get(reverse("beveiliging")).content.decode()
    assert lijnen("factor.passkey_erbij") == 1


def test_een_andere_sleutel_een_oud_antwoord_of_een_andere_site_opent_niets(client, lid):
    """P9: only this key, for this question, at this site (a look-alike site gets nothing that works here)."""
    sleutel = Sleutel()
    met_passkey(lid, sleutel)
    wachtwoord(client, lid)
    oud = sleutel.gebruik(passkeyvraag(client.get(reverse(STAP), secure=True)))
    vraag = passkeyvraag(client.get(reverse(STAP), secure=True))
    vreemd, nep = Sleutel(), Sleutel("testserver", "https://testserver.example")
    nep.prive, nep.nummer = sleutel.prive, sleutel.nummer
    vervalst = Sleutel()
    vervalst.nummer = sleutel.nummer
    for antwoord in (oud, vreemd.gebruik(vraag), nep.gebruik(vraag), vervalst.gebruik(vraag)):
        cache.clear()
        tekst = client.post(reverse(STAP), {"credential": antwoord}, secure=True).content.decode()
        assert "app-melding" in tekst or "Deze code klopt niet" in tekst
        assert not ingelogd(client)


@pytest.mark.parametrize(
    "rommel",
    [
        "", "x", "[]", "1", "null", '"a"', "{}", '{"id": 1}', '{"id": "a", "rawId": "a", "response": {}}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA","attestationObject":"oA",'
        '"authenticatorData":"AA","signature":"AA"}}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"gA",'
        '"authenticatorData":"' + "A" * 64 + '","signature":"AA"}}',
        '{"id":"é","rawId":"\\u0000","type":5,"response":[1]}', "[" * 5000,
    ],
)  # fmt: skip
def test_onleesbare_passkeys_zijn_fout_en_geen_storing(client, lid, rommel):
    """P9, P25: whatever a browser sends, the page comes back and says what to do."""
    met_passkey(lid, Sleutel())
    wachtwoord(client, lid)
    client.get(reverse(STAP), secure=True)
    assert client.post(reverse(STAP), {"credential": rommel}, secure=True).status_code == 200
    assert not ingelogd(client)
    nieuw, ander = Client(), maak_lid()
    wachtwoord(nieuw, ander)
    nieuw.get(reverse("passkey_toevoegen"), secure=True)
    antwoord = nieuw.post(reverse("passkey_toevoegen"), {"name": "a", "credential": rommel}, secure=True)
    assert antwoord.status_code == 200
    assert not factor.heeft_factor(ander.gebruiker)


def test_een_tweede_manier_erbij_en_de_eerste_eraf(lid):
    """Another device is logged out, this one stays, and the owner of the account is told."""
    app = met_app(lid.gebruiker)
    client, elders = log_in(lid, app), log_in(lid, app)
    assert voeg_passkey_toe(client, Sleutel()).status_code == 302
    pad = reverse("factor_verwijderen", args=[factor_van(lid.gebruiker, "totp").pk])
    assert client.post(pad).url == reverse("beveiliging")
    assert client.get("/").url == reverse("aanvragen:lijst")
    assert elders.get("/").url.startswith(reverse("account_login"))
    assert set(Beveiligingsmelding.objects.values_list("wat", flat=True)) == {"passkey_erbij", "app_weg"}

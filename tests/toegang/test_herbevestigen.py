"""Who decides, pays, gives rights or exports, proves again who is there (P12)."""

from __future__ import annotations

import re
import time
import uuid
from html import unescape
from typing import Any

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.forms import FileField
from django.test import Client
from django.urls import reverse

from aanvragen.models import Aanvraag
from ips_subsidie.handelingen.kern import REGISTER
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang import factor
from ips_subsidie.toegang.gevoelig import GEVOELIGE_PAGINAS
from ips_subsidie.toegang.middleware import SESSIESLEUTEL
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.rollen import BESLISSERS, Rol
from tests import fabriek
from tests.toegang.factoren import App, log_in, met_app, passkeyvraag, verouder, wachtwoord
from tests.toegang.personen import WACHTWOORD, maak_lid
from tests.toegang.sleutel import Sleutel
from tests.toegang.test_alle_adressen import ADRESSEN, adres, verwacht

pytestmark = pytest.mark.django_db
OUD = factor.VERS + 1

# What takes a besluit, moves money, or changes by what it is given. Another act in here is a choice to make with care.
HANDELINGEN = {
    "aanvraag.toekennen", "aanvraag.afwijzen", "aanvraag.buiten_behandeling", "aanvraag.besluit_intrekken",
    "verlenging.toekennen", "verlenging.afwijzen", "vaststelling.vaststellen", "bezwaar.beslissen",
    "dwangsom.vaststellen", "dwangsom.niet_verschuldigd", "dwangsom.betaald_melden",
    "toestemming.verlenen", "toestemming.weigeren", "toestemming.intrekken",
    "stopbericht.verwerken", "stopbericht.herroepen",
    "plafond.wijzigen", "loting.voorbereiden", "loting.trekken", "inkooporder.plaatsen",
    "rekening.doorgeven", "rekening.bevestigen", "rekening.afwijzen",
    "betaalbatch.maken", "betaalbatch.uitgevoerd", "betaalbatch.laten_vervallen",
    "factuur.goedkeuren", "factuur.betaald_melden", "terugvordering.voldaan", "terugvordering.intrekken",
}  # fmt: skip
# Acts of who decides or pays that settle nothing.
NIET = {
    "bezwaar.terugleggen": "gives the draft back to who prepared it",
}
# Pages that are no act: who may come in, and files that leave with data of many.
BLADZIJDEN = {
    "collegas", "collega_functie", "collega_herstellen", "collega_beeindigen",
    "app_instellen", "passkey_toevoegen", "factor_verwijderen", "herstelcodes", "herstelcodes_bestand",
    "budget:betaalbatch_bestand",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _herbevestigen(settings):
    settings.MFA_VERPLICHT = settings.HERBEVESTIGEN = True
    cache.clear()


@pytest.fixture
def wereld():
    with klok_op(fabriek.NU):
        yield fabriek.maak_wereld()


def als(actor: Any) -> tuple[Client, App]:
    """Logged in with a password and a code, in this role."""
    app = met_app(actor.persoon)
    actor.persoon.set_password(WACHTWOORD)
    actor.persoon.save(update_fields=["password"])
    client = Client()
    client.post(reverse("account_login"), {"login": actor.persoon.email, "password": WACHTWOORD})
    client.post(reverse("mfa_authenticate"), {"code": app.code()})
    sessie = client.session
    sessie[SESSIESLEUTEL] = actor.lidmaatschap_id
    sessie.save()
    return client, app


def verborgen(antwoord: Any) -> dict[str, str]:
    """What the page brings along unseen."""
    velden = re.findall(
        r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', antwoord.content.decode()
    )
    return {naam: unescape(waarde) for naam, waarde in velden if naam != "csrfmiddlewaretoken"}


# --- which pages -----------------------------------------------------------------------------------------------


def test_welke_handelingen_gevoelig_zijn():
    """P12: every act of the list, and every act that only who decides or pays may do, bar those with a reason."""
    assert {code for code, h in REGISTER.items() if h.gevoelig} >= HANDELINGEN
    beslist = {*BESLISSERS, Rol.UWV_FINANCIEN, Rol.BEHEERDER}
    van_beslissers = {
        code for code, h in REGISTER.items() if set(h.door) <= beslist and h.knop != "geen" and not h.gevoelig
    }
    assert van_beslissers == set(NIET)


def _gevoelige_paden() -> dict[str, str]:
    namen = {n for n in ADRESSEN if getattr(ADRESSEN[n].callback, "gevoelig", False)}
    return {naam: adres(naam) for naam in namen | (GEVOELIGE_PAGINAS & set(ADRESSEN))}


def test_de_lijst_van_bladzijden_is_heel():
    """P12: each sensitive act has its page in the list, and the list is the one that is written down here."""
    paden = _gevoelige_paden()
    van_handelingen = {
        f"{REGISTER[c].doe.__module__.partition('.')[0]}:{REGISTER[c].naam}" for c in HANDELINGEN
    }
    assert van_handelingen <= set(paden)
    assert set(paden) >= BLADZIJDEN
    assert len(paden) >= len(HANDELINGEN) + len(BLADZIJDEN)


@pytest.mark.parametrize(
    "rol", [Rol.UWV_BESLISSER, Rol.UWV_FINANCIEN, Rol.GEMEENTEBESLISSER, Rol.INSTELLINGSBEHEERDER]
)
def test_elke_gevoelige_bladzijde_vraagt_het_opnieuw(wereld, rol):
    """P12: 100% of these pages, by GET and by POST, after a quarter of an hour; and none of them just before."""
    client, _ = als(wereld.met(rol))
    eigen = {n: p for n, p in _gevoelige_paden().items() if verwacht(n) == "ingelogd" or rol in verwacht(n)}
    assert len(eigen) > 8
    for naam, pad in eigen.items():
        assert "bevestigen" not in getattr(client.get(pad), "url", ""), naam
    verouder(client, OUD)
    for naam, pad in eigen.items():
        heen = client.get(pad)
        assert heen.status_code == 302, naam
        assert heen.url.startswith(reverse("bevestigen")), naam
        vraag = client.post(pad, {"a": "b"})
        assert vraag.status_code == 403, naam
        assert "Bevestig dat u het bent" in vraag.content.decode(), naam


def test_in_het_beheer_wat_rechten_en_geld_raakt(wereld):
    """P12: adding, changing and actions on who may come in; reading a list asks nothing."""
    beheerder = maak_lid(Rol.BEHEERDER, van=fabriek.LID_VANAF)
    client = log_in(beheerder, met_app(beheerder.gebruiker))
    verouder(client, OUD)
    toegang = [m for m in admin.site._registry if m._meta.app_label in ("toegang", "mfa")]
    assert len(toegang) >= 6
    for model in toegang:
        basis = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(reverse(f"{basis}_changelist")).status_code == 200
        assert client.post(reverse(f"{basis}_changelist"), {"action": "x"}).status_code == 403
        assert client.get(reverse(f"{basis}_add")).url.startswith(reverse("bevestigen"))
        assert client.get(reverse(f"{basis}_change", args=[1])).url.startswith(reverse("bevestigen"))
    assert client.get(reverse("admin:index")).status_code == 200
    inzage = reverse("admin:aanvragen_aanvraag_inzage", args=[fabriek.ingediend(wereld).pk])
    assert client.get(inzage).url.startswith(reverse("bevestigen"))
    assert client.post(inzage, {"reden": "zomaar eens kijken"}).status_code == 403


def test_geen_gevoelige_handeling_vraagt_een_bestand(wereld):
    """A file can't be brought along through the question: so these forms have none."""
    client, _ = als(wereld.met(Rol.UWV_FINANCIEN))
    for naam, pad in _gevoelige_paden().items():
        context = client.get(pad).context
        formulier = context.get("form") if context else None
        for veld in getattr(formulier, "fields", {}).values():
            assert not isinstance(veld, FileField), naam


# --- how it goes on --------------------------------------------------------------------------------------------


def test_na_de_vraag_gaat_het_verder_waar_men_was():
    lid = maak_lid(Rol.INSTELLINGSBEHEERDER)
    app = met_app(lid.gebruiker)
    client = log_in(lid, app)
    assert client.get(reverse("collegas")).status_code == 200
    verouder(client, OUD)
    heen = client.get(reverse("collegas") + "?pagina=2")
    assert heen.url == f"{reverse('bevestigen')}?next=%2Fcollegas%2F%3Fpagina%3D2"
    vraag = client.get(heen.url)
    fout = client.post(heen.url, {**verborgen(vraag), "bevestiging-code": "1"})
    assert "Deze code klopt niet" in fout.content.decode()
    assert Regel.objects.filter(handeling="factor.mislukt").exists()
    goed = client.post(heen.url, {**verborgen(fout), "bevestiging-code": app.code()})
    assert goed.url == "/collegas/?pagina=2"
    assert client.get(goed.url).status_code == 200
    assert Regel.objects.filter(handeling="factor.bevestigd").count() == 1


def test_naar_een_vreemd_adres_gaat_het_niet():
    lid = maak_lid(Rol.INSTELLINGSBEHEERDER)
    app = met_app(lid.gebruiker)
    client = log_in(lid, app)
    for vreemd in ("https://voorbeeld.example/", "//voorbeeld.example", "javascript:alert(1)"):
        antwoord = client.post(
            f"{reverse('bevestigen')}?next={vreemd}", {"next": vreemd, "bevestiging-code": app.code()}
        )
        assert antwoord.url == reverse("beveiliging")
        app = App(app.geheim)
        cache.clear()
        factor_terug(lid)


def factor_terug(lid: Any) -> None:
    """A new half minute: another code may be used."""
    from allauth.mfa.models import Authenticator

    rij = Authenticator.objects.get(user=lid.gebruiker, type="totp")
    rij.delete()
    rij.data.pop(factor.TELLER, None)
    rij.pk = None
    rij.save()


def test_wat_was_ingevuld_gaat_na_de_vraag_gewoon_door():
    """P12: a proof that grew old while somebody typed costs nothing of what was typed, and it happens once."""
    lid = maak_lid(Rol.UWV_BESLISSER)
    app = met_app(lid.gebruiker)
    client = log_in(lid, app)
    getypt = {"email": "nieuw <&> “collega”", "rol": "uwv_beoordelaar", "vinkjes": ["a", "b"]}
    verouder(client, OUD)
    pad = reverse("collegas")
    vraag = client.post(pad, getypt)
    assert vraag.status_code == 403
    mee = verborgen(vraag)
    assert mee["email"] == getypt["email"]
    assert vraag.content.decode().count('name="vinkjes"') == 2
    assert not lid.organisatie.uitnodigingen.exists()
    verder = client.post(pad, {**mee, "email": "nieuw@voorbeeld.example", "bevestiging-code": app.code()})
    assert verder.url == pad
    assert lid.organisatie.uitnodigingen.get().email == "nieuw@voorbeeld.example"


def test_een_besluit_gaat_na_de_vraag_door(wereld):
    """P12: the act itself, with its key and its version: carried out once, after the right answer."""
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    client, app = als(wereld.beslisser)
    pad = reverse("aanvragen:aanvraag_toekennen", args=[aanvraag.pk])
    getypt = {**verborgen(client.get(pad)), "motivering": "Goed."}
    verouder(client, OUD)
    vraag = client.post(pad, getypt)
    assert Aanvraag.objects.get(pk=aanvraag.pk).status == aanvraag.status
    verder = {**verborgen(vraag), "bevestiging-code": app.code()}
    assert client.post(pad, verder).status_code == 302
    assert client.post(pad, verder).status_code == 302
    vers = Aanvraag.objects.get(pk=aanvraag.pk)
    assert vers.status == "toegekend"
    assert vers.besluiten.count() == 1


def test_een_fout_antwoord_doet_niets_en_bewaart_alles(wereld):
    client, _ = als(wereld.met(Rol.UWV_BESLISSER))
    verouder(client, OUD)
    getypt = {"email": "nieuw@voorbeeld.example", "rol": "uwv_beoordelaar"}
    antwoord = client.post(reverse("collegas"), {**getypt, "bevestiging-code": "000000"})
    assert antwoord.status_code == 403
    assert verborgen(antwoord)["email"] == getypt["email"]
    assert not Organisatie.objects.filter(uitnodigingen__email=getypt["email"]).exists()


def test_met_een_passkey_bevestigen():
    lid, sleutel = maak_lid(Rol.INSTELLINGSBEHEERDER), Sleutel()
    client = Client()
    wachtwoord(client, lid)
    vraag = passkeyvraag(client.get(reverse("passkey_toevoegen"), secure=True))
    client.post(reverse("passkey_toevoegen"), {"credential": sleutel.maak(vraag)}, secure=True)
    verouder(client, OUD)
    bladzijde = client.get(reverse("bevestigen"), {"next": reverse("collegas")}, secure=True)
    antwoord = sleutel.gebruik(passkeyvraag(bladzijde))
    goed = client.post(
        reverse("bevestigen"), {"next": reverse("collegas"), "passkey-credential": antwoord}, secure=True
    )
    assert goed.url == reverse("collegas")
    assert client.get(goed.url).status_code == 200


def test_zonder_tweede_stap_met_het_wachtwoord(settings):
    """Where no second factor is asked, the password is; wrong ones run out."""
    settings.MFA_VERPLICHT = False
    lid = maak_lid(Rol.INSTELLINGSBEHEERDER)
    client = Client()
    wachtwoord(client, lid)
    verouder(client, OUD)
    pad = reverse("bevestigen") + "?next=" + reverse("collegas")
    assert "Dit wachtwoord klopt niet" in client.post(pad, {"bevestiging-password": "fout"}).content.decode()
    assert client.post(pad, {"bevestiging-password": WACHTWOORD}).url == reverse("collegas")
    verouder(client, OUD)
    for _ in range(10):
        client.post(pad, {"bevestiging-password": "fout"})
    assert "te vaak" in client.post(pad, {"bevestiging-password": WACHTWOORD}).content.decode()


def test_een_wachtwoord_is_geen_bewijs_voor_wie_meer_liet_zien():
    """P12: a password given later doesn't renew what a code proved, whichever page would take it."""
    lid = maak_lid(Rol.INSTELLINGSBEHEERDER)
    client = log_in(lid, met_app(lid.gebruiker))
    verouder(client, OUD)
    client.post(reverse("bevestigen"), {"bevestiging-password": WACHTWOORD})
    assert client.get(reverse("collegas")).status_code == 302
    sessie = client.session
    bewijzen = sessie["account_authentication_methods"]
    sessie["account_authentication_methods"] = [*bewijzen, {"method": "password", "at": time.time()}]
    sessie.save()
    assert client.get(reverse("collegas")).status_code == 302


def test_een_handeling_op_een_andere_bladzijde_wordt_geweigerd(wereld, monkeypatch):
    """P12: the act itself looks too: a page that forgets to be sensitive does nothing."""
    monkeypatch.setattr("ips_subsidie.toegang.drempels.is_gevoelig", lambda request, view: False)
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    client, _ = als(wereld.beslisser)
    pad = reverse("aanvragen:aanvraag_toekennen", args=[aanvraag.pk])
    verouder(client, OUD)
    antwoord = client.post(pad, {"versie": aanvraag.versie, "motivering": "Goed."})
    assert "Bevestig eerst opnieuw dat u het bent" in antwoord.content.decode()
    assert Aanvraag.objects.get(pk=aanvraag.pk).status == aanvraag.status


def test_wie_via_de_organisatie_inlogde_bewijst_het_daar(settings):
    """P12: a password doesn't stand in for the login service; what was typed waits on the page meanwhile."""
    settings.MFA_VERPLICHT = False
    lid = maak_lid(Rol.INSTELLINGSBEHEERDER)
    client = Client()
    wachtwoord(client, lid)
    sessie = client.session
    bewijs = {"method": "oidc", "at": 0, "inlogdienst": str(uuid.uuid4())}
    sessie["account_authentication_methods"] = [*sessie["account_authentication_methods"], bewijs]
    sessie.save()
    tekst = client.get(reverse("bevestigen")).content.decode()
    assert "bevestiging-password" not in tekst
    assert reverse("oidc_bevestigen") in tekst
    client.post(reverse("bevestigen"), {"bevestiging-password": WACHTWOORD})
    assert client.get(reverse("app_instellen")).url.startswith(reverse("bevestigen"))
    vraag = client.post(reverse("passkey_toevoegen"), {"name": "sleutel"})
    assert verborgen(vraag)["name"] == "sleutel"

"""A second factor in a real browser: an app, and a passkey on a virtual authenticator (P9, P12)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from ips_subsidie.toegang.models import Gebruiker
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.browser.spelers import WACHTWOORD, Speler, Toneel
from tests.toegang.factoren import App

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _verplicht(settings: Any) -> None:
    settings.MFA_VERPLICHT = settings.HERBEVESTIGEN = True
    cache.clear()


@pytest.fixture
def behandelaar() -> Gebruiker:
    return fabriek.maak_wereld().met(Rol.INSTELLINGSBEHEERDER).persoon


def eerste_stap(speler: Speler, wie: Gebruiker) -> None:
    wie.set_password(WACHTWOORD)
    wie.save(update_fields=["password"])
    speler.ga("/inloggen/")
    speler.page.get_by_label("E-mailadres").fill(wie.email)
    speler.page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    speler.druk("Inloggen")


def bewaar_codes(speler: Speler) -> list[str]:
    speler.ziet("Bewaar deze codes")
    codes = speler.page.get_by_role("main").locator("li code").all_inner_texts()
    assert len(codes) == 10
    expect(speler.page.get_by_role("button", name="Afdrukken")).to_be_visible()
    speler.druk("Ik heb de codes bewaard")
    return codes


def met_virtuele_sleutel(page: Page) -> None:
    """Chromium's own authenticator: it answers as a telephone would, without a finger."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_app_instellen_en_met_een_code_inloggen(toneel: Toneel, behandelaar: Gebruiker) -> None:
    speler = toneel.anoniem()
    eerste_stap(speler, behandelaar)
    speler.ziet("Stel eerst een tweede stap in")
    speler.druk("App instellen")
    geheim = re.sub(r"\s", "", speler.page.locator("main code").inner_text())
    app = App(geheim)
    speler.vul(code="000000")
    speler.druk("App instellen")
    speler.ziet("Deze code klopt niet")
    speler.vul(code=app.code())
    speler.druk("App instellen")
    codes = bewaar_codes(speler)
    expect(speler.page).to_have_url(re.compile("/aanvragen/"))
    speler.page.get_by_role("button", name="Uitloggen").click()
    for code in (app.code(), codes[0]):
        weer = toneel.anoniem()
        eerste_stap(weer, behandelaar)
        weer.ziet("Uw wachtwoord klopt")
        weer.vul(code=code)
        weer.druk("Inloggen")
        expect(weer.page).to_have_url(re.compile("/aanvragen/"))
    weer.page.get_by_role("link", name="Beveiliging", exact=True).click()
    weer.bekijk()
    weer.ziet("App op uw telefoon", "U hebt nog 9 codes")


def test_passkey_maken_ermee_inloggen_en_bevestigen(
    toneel: Toneel, behandelaar: Gebruiker, settings: Any
) -> None:
    speler = toneel.anoniem()
    met_virtuele_sleutel(speler.page)
    eerste_stap(speler, behandelaar)
    speler.druk("Passkey toevoegen")
    speler.vul(name="laptop")
    speler.page.get_by_role("button", name="Passkey maken").click()
    expect(speler.page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    bewaar_codes(speler)
    speler.page.get_by_role("button", name="Uitloggen").click()
    eerste_stap(speler, behandelaar)
    speler.page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(speler.page).to_have_url(re.compile("/aanvragen/"))
    # The proof grows old at once: the next sensitive page asks it again.
    from ips_subsidie.toegang import factor

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(factor, "VERS", -1)
        speler.ga("/collegas/")
        speler.ziet("Bevestig dat u het bent")
    speler.page.get_by_role("button", name="Bevestigen met een passkey").click()
    expect(speler.page.get_by_role("heading", level=1)).to_have_text("Collega’s")

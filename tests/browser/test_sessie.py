"""P11: the end of a session in a browser: warned, one click to stay, hidden after it, and nothing typed is lost."""

from __future__ import annotations

import time

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from aanvragen.models import Aanvraag
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.sessieopslag import GEZIEN, SessionStore
from tests import fabriek
from tests.browser.spelers import WACHTWOORD, Speler, Toneel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEKST = "Dit typte ik net voor de koffie."


@pytest.fixture
def wereld() -> fabriek.Wereld:
    with klok_op(fabriek.NU):
        return fabriek.maak_wereld()


def schrijft(toneel: Toneel, wereld: fabriek.Wereld) -> tuple[Speler, Aanvraag]:
    """Somebody who has typed half a message, on a page whose clock can be moved."""
    with klok_op(fabriek.NU):
        aanvraag = fabriek.ingediend(wereld)
        wereld.van_gemeente()
    speler = toneel.met(wereld.behandelaar)
    speler.page.clock.install()
    speler.ga(reverse("aanvragen:gesprek_schrijven", args=[aanvraag.pk]))
    speler.page.locator("[name=tekst]").fill(TEKST)
    return speler, aanvraag


def verstrijk(page: Page, seconden: int) -> None:
    """Nothing was done for so long: on the server, and on the clock of the page."""
    sleutel = next(k["value"] for k in page.context.cookies() if k["name"] == settings.SESSION_COOKIE_NAME)
    sessie = SessionStore(sleutel)
    sessie[GEZIEN] = time.time() - seconden
    sessie.save()
    page.clock.fast_forward(seconden * 1000)


def log_in_op(pagina: Page, email: str) -> None:
    pagina.get_by_label("E-mailadres").fill(email)
    pagina.get_by_label("Wachtwoord").fill(WACHTWOORD)
    pagina.get_by_role("button", name="Inloggen").click()
    pagina.wait_for_load_state()


def test_gewaarschuwd_gebleven_uitgelogd_en_verder(toneel: Toneel, wereld: fabriek.Wereld) -> None:
    speler, _ = schrijft(toneel, wereld)
    page = speler.page
    verstrijk(page, 790)
    balk = page.get_by_role("alert").filter(has_text="Over 2 minuten logt het portaal u uit")
    expect(balk).to_be_visible()
    speler.bekijk("gewaarschuwd")
    page.get_by_role("button", name="Ingelogd blijven").click()
    expect(balk).to_have_count(0)

    verstrijk(page, 901)
    venster = page.get_by_role("dialog", name="U bent uitgelogd")
    expect(venster).to_be_visible()
    expect(page.get_by_role("heading", name="U bent uitgelogd")).to_be_focused()
    expect(page.locator("[name=tekst]")).to_be_hidden()
    expect(page.locator("main")).to_be_hidden()
    expect(page).to_have_title("U bent uitgelogd - IPS-subsidieportaal")
    page.keyboard.press("Escape")
    expect(venster).to_be_visible()
    speler.bekijk("uitgelogd")

    with page.expect_popup() as nieuw:
        venster.get_by_role("link", name="Opnieuw inloggen").click()
    tabblad = nieuw.value
    log_in_op(tabblad, wereld.behandelaar.persoon.email)
    expect(tabblad.get_by_role("heading", name="U bent weer ingelogd")).to_be_visible()
    tabblad.close()

    page.bring_to_front()
    page.clock.fast_forward(6000)
    expect(venster).to_have_count(0)
    expect(page.locator("[name=tekst]")).to_have_value(TEKST)
    speler.vul(lezers="instelling-gemeente")
    speler.druk("Verstuur het bericht")
    speler.ziet("Uw bericht is verstuurd.", TEKST)


def test_een_ander_ziet_niet_wat_de_eerste_typte(toneel: Toneel, wereld: fabriek.Wereld) -> None:
    speler, _ = schrijft(toneel, wereld)
    page = speler.page
    verstrijk(page, 901)
    expect(page.get_by_role("dialog", name="U bent uitgelogd")).to_be_visible()
    ander = wereld.beoordelaar.persoon
    ander.set_password(WACHTWOORD)
    ander.save(update_fields=["password"])
    tabblad = page.context.new_page()
    tabblad.goto(f"{toneel.basis}{reverse('account_login')}")
    log_in_op(tabblad, ander.email)
    page.bring_to_front()
    page.clock.fast_forward(6000)
    expect(page.get_by_role("dialog", name="Deze pagina was van iemand anders")).to_be_visible()
    assert TEKST not in page.content()
    assert page.locator("[name=tekst]").count() == 0


def test_zonder_script_wacht_wat_te_laat_kwam(toneel: Toneel, wereld: fabriek.Wereld) -> None:
    toneel.instellingen = {**toneel.instellingen, "java_script_enabled": False}
    with klok_op(fabriek.NU):
        aanvraag = fabriek.ingediend(wereld)
        wereld.van_gemeente()
    speler = toneel.anoniem()
    speler.axe = lambda page: None  # axe is a script as well
    speler.page.goto(f"{toneel.basis}{reverse('account_login')}")
    behandelaar = wereld.behandelaar.persoon
    behandelaar.set_password(WACHTWOORD)
    behandelaar.save(update_fields=["password"])
    log_in_op(speler.page, behandelaar.email)
    page = speler.page
    page.goto(f"{toneel.basis}{reverse('aanvragen:gesprek_schrijven', args=[aanvraag.pk])}")
    page.locator("[name=tekst]").fill(TEKST)
    page.locator("[name=lezers][value=instelling-gemeente]").check()
    sleutel = next(k["value"] for k in page.context.cookies() if k["name"] == settings.SESSION_COOKIE_NAME)
    sessie = SessionStore(sleutel)
    sessie[GEZIEN] = time.time() - 901
    sessie.save()
    page.get_by_role("button", name="Verstuur het bericht").click()
    expect(page.get_by_role("heading", name="U bent uitgelogd")).to_be_visible()
    # The browser calls the refusal an error of the page; it is the answer that is asked for here.
    toneel.fouten[:] = [fout for fout in toneel.fouten if "status of 403" not in fout]
    page.get_by_role("link", name="Opnieuw inloggen").click()
    log_in_op(page, behandelaar.email)
    expect(page.get_by_role("heading", name="U had nog iets niet verstuurd")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(TEKST)
    page.get_by_role("button", name="Verstuur dit alsnog").click()
    expect(page.get_by_role("main")).to_contain_text("Uw bericht is verstuurd.")

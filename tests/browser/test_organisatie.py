"""Logging in through one's organisatie, in a real browser: there, back, and out again; with script and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from ips_subsidie.toegang.oidc import client as oidc_client
from ips_subsidie.toegang.rollen import Rol
from tests.oidc.conftest import Server, dienst_als_proces, maak_dienst
from tests.toegang.personen import maak_lid

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _past(page: Page, axe: Callable[[Page], None], *, script: bool) -> None:
    """Nothing sticks out at 1280 and at 320 px, and axe (which is script itself) finds nothing."""
    for breedte in (1280, 320):
        page.set_viewport_size({"width": breedte, "height": 900})
        breed = page.locator("html").evaluate("e => e.scrollWidth") if script else breedte
        assert breed <= breedte, f"{page.url} is {breed} px"
        if script:
            axe(page)


def _naar_de_keuze(page: Page, basis: str, axe: Callable[[Page], None], naam: str, *, script: bool) -> None:
    page.goto(f"{basis}/inloggen/")
    page.get_by_role("link", name="kies uw organisatie").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen via uw organisatie")
    _past(page, axe, script=script)
    page.get_by_label(naam).check()
    page.get_by_role("button", name="Verder").click()


@pytest.mark.parametrize("script", [True, False], ids=["met_script", "zonder_script"])
def test_heen_terug_en_weer_uit(
    browser: Browser,
    browser_context_args: dict[str, Any],
    live_server: Any,
    settings: Any,
    axe: Callable[[Page], None],
    script: bool,
) -> None:
    settings.SITE_ADRES = live_server.url
    lid = maak_lid(Rol.GEMEENTEMEDEWERKER)
    oidc_client.vergeet()
    cache.clear()
    with dienst_als_proces() as adres:
        server = Server(adres)
        naam = maak_dienst(server, lid).naam
        server.gedraag(persoon={"sub": "1", "email": lid.gebruiker.email})
        context = browser.new_context(**browser_context_args, java_script_enabled=script)
        page = context.new_page()
        fouten: list[str] = []
        page.on("console", lambda bericht: fouten.append(bericht.text) if bericht.type == "error" else None)
        _naar_de_keuze(page, live_server.url, axe, naam, script=script)
        if not script:
            page.get_by_role("link", name=f"Ga naar de inlogpagina van {naam}").click()
            page.get_by_role("button", name="Verder naar het portaal").click()
        page.wait_for_url(f"{live_server.url}/aanvragen/toestemmingen/**")
        page.get_by_role("button", name="Uitloggen").click()
        if not script:
            page.get_by_role("link", name=f"Log ook uit bij {naam}").click()
        page.wait_for_url(f"{adres}/uitloggen**")
        page.goto(f"{live_server.url}/berichten/")
        expect(page).to_have_url(f"{live_server.url}/inloggen/?next=/berichten/")
        # Refused: the page says why, at both widths.
        server.gedraag(persoon={"sub": "2", "email": "niemand@voorbeeld.example"})
        _naar_de_keuze(page, live_server.url, axe, naam, script=script)
        if not script:
            page.get_by_role("link", name=f"Ga naar de inlogpagina van {naam}").click()
            page.get_by_role("button", name="Verder naar het portaal").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("U bent niet ingelogd")
        _past(page, axe, script=script)
        context.close()
    assert not [fout for fout in fouten if "status of 4" not in fout]

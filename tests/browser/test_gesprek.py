"""A conversation in the browser: a question with a warning, an answer, a note; and the help, also without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ips_subsidie.kalender.klok import klok_op
from tests import fabriek
from tests.browser.spelers import Toneel
from tests.gesprek.hulp import schrijf
from tests.opslag.conftest import maak_png

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_een_vraag_een_antwoord_en_een_notitie(toneel: Toneel, tmp_path: Path) -> None:
    with klok_op(fabriek.NU):
        wereld = fabriek.maak_wereld()
        aanvraag = fabriek.ingediend(wereld)
        gemeente = wereld.van_gemeente()
        for nummer in range(21):
            schrijf(aanvraag, wereld.behandelaar, tekst=f"Notitie {nummer} " + "Langeregelzonderspatie" * 8)
    foto = tmp_path / "akkoord.png"
    foto.write_bytes(maak_png())
    vrager = toneel.met(wereld.behandelaar)
    vrager.ga(reverse("aanvragen:dossier", args=[aanvraag.pk]))
    vrager.druk("Gesprek")
    vrager.druk("Volgende")
    vrager.ziet("Notitie 0")
    vrager.druk("Bericht schrijven")
    vrager.ziet("UWV leest dit niet.")
    vrager.vul(lezers="instelling-gemeente", antwoord_van="gemeente", tekst="Weet u van de diagnose?")
    vrager.druk("Verstuur het bericht")
    vrager.ziet("lijkt een diagnose")
    expect(vrager.page.locator("[name=tekst]")).to_have_value("Weet u van de diagnose?")
    vrager.vul(tekst="Loopt de uitkering nog?")
    vrager.page.locator("[name=bestand]").set_input_files(foto)
    vrager.druk("Verstuur het bericht")
    vrager.ziet("Uw bericht is verstuurd.", "Nog niet gelezen door de gemeente")

    ander = toneel.met(gemeente)
    ander.ga(reverse("aanvragen:dossier", args=[aanvraag.pk]))
    ander.ziet("1 bericht, 1 nieuw, 1 vraag aan u")
    ander.druk("Gesprek")
    ander.ziet("akkoord.png")
    expect(ander.page.get_by_role("main")).not_to_contain_text("Langeregel")
    ander.druk("Markeer alles als gelezen")
    ander.druk("Beantwoord deze vraag")
    ander.vul(tekst="Ja, die loopt nog.")
    ander.druk("Verstuur het antwoord")
    ander.ziet("De vraag staat niet meer open.")

    vrager.ga(reverse("aanvragen:gesprek", args=[aanvraag.pk]), "beantwoord")
    vrager.ziet("Ja, die loopt nog.", "Deze vraag is beantwoord.", "Gelezen door")


def test_de_hulp_gaat_open_zonder_script(toneel: Toneel) -> None:
    toneel.instellingen = {**toneel.instellingen, "java_script_enabled": False}
    bezoeker = toneel.anoniem()
    bezoeker.page.goto(f"{toneel.basis}/privacy/")
    hulp = bezoeker.page.get_by_text("Wat er daarna gebeurt.")
    expect(hulp).to_be_hidden()
    bezoeker.page.get_by_text("Hulp bij deze pagina").click()
    expect(hulp).to_be_visible()

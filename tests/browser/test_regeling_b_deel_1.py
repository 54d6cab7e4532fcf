"""Part 1 of scheme B in a real browser: the behandelaar fills in, the deelnemer signs on a telephone, it is sent."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from aanvragen.models import Aanvraag
from tests import fabriek
from tests.browser.spelers import SMAL, Speler, Toneel
from tests.browser.test_verhaal import DEELNEMER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wereld(toneel: Toneel, settings: object) -> fabriek.Wereld:
    settings.KLOK_VERSCHUIVING = fabriek.NU_B - datetime.now(UTC)
    return fabriek.maak_wereld_b()


def vul_deel_1_in(behandelaar: Speler) -> None:
    """All onderdelen of a traject that began in 2022, by the questions of this regeling alone."""
    behandelaar.druk("Instelling en behandelaar")
    behandelaar.vul(
        behandelaar_naam="R. Regie", trajectbegeleider_naam="T. Begeleider",
        trajectbegeleider_email="t@iris.example", trajectbegeleider_telefoon="06 12345678",
    )  # fmt: skip
    behandelaar.druk("Opslaan en verder")
    behandelaar.vul(**DEELNEMER)
    behandelaar.druk("Opslaan en verder")
    behandelaar.vul(doelgroep="EPA", uitkering="uwv", ander_traject="nee", werkwens_op=date(2022, 1, 10))
    behandelaar.druk("Opslaan en verder")
    behandelaar.ziet("Er gaat iets mis", "vraag bij UWV")
    behandelaar.vul(uitkering="geen")
    behandelaar.vul(werkzoekend_ingeschreven="nee")
    behandelaar.druk("Opslaan en verder")
    behandelaar.vul(gediagnosticeerd="ja")
    behandelaar.druk("Opslaan en verder")
    behandelaar.vul(gewenste_start=date(2021, 12, 31))
    behandelaar.druk("Opslaan en verder")
    behandelaar.ziet("Er gaat iets mis", "gestart voor 1 januari 2022")
    behandelaar.vul(gewenste_start=date(2022, 1, 15))
    behandelaar.druk("Opslaan en verder")
    behandelaar.druk("Verder")


def onderteken(behandelaar: Speler, gemeente: str = "Nijmegen") -> None:
    behandelaar.druk("Laten ondertekenen")
    behandelaar.druk("Open de tekst voor de deelnemer")
    behandelaar.page.set_viewport_size(SMAL)
    behandelaar.ziet("Meedoen hoeft niet", f"de gemeente {gemeente}, die over de aanvraag beslist")
    behandelaar.druk("Onderteken")
    behandelaar.ziet("Er gaat iets mis")
    behandelaar.vul(naam="j.a. VAN DEN BERG")
    behandelaar.page.get_by_label("Ik ga akkoord").check()
    behandelaar.druk("Onderteken")
    behandelaar.ziet("Dank u wel")
    behandelaar.druk("Verder voor de behandelaar")


def test_deel_1_van_leeg_tot_bij_de_gemeente(toneel: Toneel, wereld: fabriek.Wereld) -> None:
    behandelaar = toneel.met(wereld.behandelaar)
    behandelaar.ga("/aanvragen/nieuw/")
    behandelaar.ziet("gemeentelijke doelgroep", "De deelnemer ondertekent de aanvraag zelf")
    behandelaar.druk("Nieuwe aanvraag beginnen")
    vul_deel_1_in(behandelaar)
    behandelaar.ziet("Let op: hier wordt naar gekeken")
    behandelaar.druk("Controleren en versturen")
    behandelaar.ziet("De handtekening van de deelnemer ontbreekt")
    behandelaar.druk("Verstuur de aanvraag naar de gemeente Nijmegen")
    behandelaar.ziet("Er gaat iets mis")
    behandelaar.druk("Terug")
    onderteken(behandelaar)
    behandelaar.druk("Traject")
    behandelaar.ziet("De deelnemer heeft al ondertekend")
    behandelaar.druk("Terug")
    behandelaar.druk("Controleren en versturen")
    behandelaar.druk("Verstuur de aanvraag naar de gemeente Nijmegen")
    behandelaar.ziet("De aanvraag is verstuurd", "De gemeente Nijmegen is aan zet.")
    aanvraag = Aanvraag.objects.get()
    assert (aanvraag.beslisser, aanvraag.gewenste_start) == ("gemeente", date(2022, 1, 15))
    behandelaar.druk("Naar het dossier")
    behandelaar.druk("Handtekening van de deelnemer")
    behandelaar.ziet("Vastgelegd door", "Meedoen hoeft niet")

"""The story of scheme A as each role lives it, in a real browser: gemeente route, UWV route, voordracht."""

from __future__ import annotations

from datetime import date

import pytest

from aanvragen.models import Aanvraag, Voordracht
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.browser.spelers import Speler, Toneel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wereld(toneel: Toneel) -> fabriek.Wereld:
    return fabriek.maak_wereld()


DEELNEMER = {
    "bsn": "999990019", "voorletters": "J.A.", "achternaam": "van den Berg", "geboortedatum": date(1990, 3, 27),
    "adres": "Lindestraat 5", "postcode": "6511 PP", "woonplaats": "Nijmegen", "gemeente": fabriek.NIJMEGEN,
}  # fmt: skip


def vul_aanvraag_in(behandelaar: Speler, *, uitkering: str) -> None:
    """All six onderdelen, from the task list, one after the other."""
    behandelaar.druk("Instelling en behandelaar")
    behandelaar.druk("Opslaan en verder")
    behandelaar.ziet("Er gaat iets mis")
    behandelaar.vul(
        behandelaar_naam="R. Regie", trajectbegeleider_naam="T. Begeleider",
        trajectbegeleider_email="t@iris.example", trajectbegeleider_telefoon="06 12345678",
    )  # fmt: skip
    behandelaar.druk("Opslaan en verder")
    behandelaar.vul(**DEELNEMER | {"bsn": "123456789", "geboortedatum_dag": "31"})
    behandelaar.vul(geboortedatum_maand="2")
    behandelaar.druk("Opslaan en verder")
    behandelaar.ziet("Er gaat iets mis")
    assert behandelaar.page.locator("[name=geboortedatum_dag]").input_value() == "31"
    behandelaar.vul(**DEELNEMER)
    behandelaar.druk("Opslaan en verder")
    behandelaar.vul(
        doelgroep="CMD", uitkering=uitkering, werk="geen", ander_traject="nee",
        werkwens_op=date(2019, 5, 20), akkoord_op=date(2019, 5, 21),
    )  # fmt: skip
    behandelaar.druk("Opslaan en verder")
    behandelaar.vul(gediagnosticeerd="ja", in_sggz="ja", begonnen_in_maand="6", begonnen_in_jaar="2018")
    behandelaar.druk("Opslaan en verder")
    behandelaar.vul(gewenste_start=date(2019, 9, 1))
    behandelaar.druk("Opslaan en verder")


def begin_aanvraag(behandelaar: Speler) -> None:
    behandelaar.ga("/aanvragen/")
    behandelaar.druk("Nieuwe aanvraag")
    behandelaar.druk("Begin")


def behandel_en_beoordeel(beoordelaar: Speler, kenmerk: str) -> None:
    beoordelaar.ga("/aanvragen/werkvoorraad/")
    beoordelaar.druk(kenmerk)
    beoordelaar.druk("Oppakken")
    beoordelaar.druk("In behandeling nemen")
    beoordelaar.druk("In behandeling nemen")
    beoordelaar.druk("Beoordelen")
    beoordelaar.druk("Beoordeling opslaan")
    beoordelaar.ziet("Er gaat iets mis")
    for ja in beoordelaar.page.locator("[name^=controle_][value=ja]").all():
        ja.check()
    beoordelaar.vul(advies="toekennen", motivering="De deelnemer hoort bij de doelgroep en er is plaats.")
    beoordelaar.druk("Beoordeling opslaan")


def ken_toe(beslisser: Speler, kenmerk: str) -> None:
    beslisser.ga("/aanvragen/werkvoorraad/")
    beslisser.druk(kenmerk)
    beslisser.druk("Toekennen")
    beslisser.druk("Toekennen")
    beslisser.ziet("Toegekend")


def test_gemeenteroute_van_aanvraag_tot_verlenging(toneel: Toneel, wereld: fabriek.Wereld) -> None:
    behandelaar = toneel.met(wereld.behandelaar)
    begin_aanvraag(behandelaar)
    aanvraag = Aanvraag.objects.get()
    vul_aanvraag_in(behandelaar, uitkering="bijstand")

    behandelaar.ga(f"/aanvragen/{aanvraag.pk}/invullen/")
    behandelaar.druk("Toestemming vragen aan de gemeente")
    behandelaar.druk("Vraag toestemming")
    behandelaar.ziet("Wacht op toestemming")

    gemeente = toneel.met(wereld.lid(wereld.gemeente().organisatie, Rol.GEMEENTEMEDEWERKER))
    gemeente.ga("/aanvragen/toestemmingen/")
    gemeente.druk(aanvraag.kenmerk)
    gemeente.ziet("van den Berg", "Bijstand")
    assert "specialistische ggz" not in gemeente.page.content()
    gemeente.druk("Toestemming geven")
    gemeente.druk("Toestemming geven")
    gemeente.ziet("Er gaat iets mis")
    gemeente.vul(uitkering_klopt="ja", geen_ander_traject="ja", functie="Consulent werk en inkomen")
    gemeente.druk("Toestemming geven")

    behandelaar.ga(f"/aanvragen/{aanvraag.pk}/")
    behandelaar.druk("Controleren en versturen")
    behandelaar.ziet("van den Berg")
    behandelaar.druk("Verstuur de aanvraag naar UWV")
    behandelaar.ziet(aanvraag.kenmerk)

    beoordelaar = toneel.met(wereld.beoordelaar)
    behandel_en_beoordeel(beoordelaar, aanvraag.kenmerk)
    assert "In behandeling sinds" not in beoordelaar.page.content()
    beslisser = toneel.met(wereld.beslisser)
    ken_toe(beslisser, aanvraag.kenmerk)

    behandelaar.ga(f"/aanvragen/{aanvraag.pk}/")
    behandelaar.ziet("Toegekend")
    behandelaar.druk("Start doorgeven")
    behandelaar.vul(startdatum=date(2019, 6, 2))
    behandelaar.druk("Geef de start door")
    behandelaar.ziet("Er gaat iets mis")
    behandelaar.vul(startdatum=date(2019, 6, 3))
    behandelaar.druk("Geef de start door")
    behandelaar.ziet("2 juni 2021")
    behandelaar.druk("Verlenging vragen")
    behandelaar.vul(maanden="12", motivering="Er is nog begeleiding op het werk nodig.")
    behandelaar.druk("Vraag de verlenging")

    beoordelaar.ga("/aanvragen/verlengingen/")
    beoordelaar.druk(aanvraag.kenmerk)
    beoordelaar.druk("Verlenging beoordelen")
    beoordelaar.vul(advies="toekennen", motivering="Verlenging helpt om het werk te houden.")
    beoordelaar.druk("Advies opslaan")
    beslisser.ga(f"/aanvragen/{aanvraag.pk}/")
    beslisser.druk("Verlenging toekennen")
    beslisser.druk("Verlenging toekennen")
    beslisser.ziet("2 juni 2022")

    aanvraag.refresh_from_db()
    assert aanvraag.status == "toegekend"
    assert wereld.pot("gemeente", gemeente=fabriek.NIJMEGEN).verleend_trajecten == 1


def test_uwv_route_van_aanvraag_tot_besluit(toneel: Toneel, wereld: fabriek.Wereld) -> None:
    behandelaar = toneel.met(wereld.behandelaar)
    begin_aanvraag(behandelaar)
    aanvraag = Aanvraag.objects.get()
    vul_aanvraag_in(behandelaar, uitkering="uwv")
    behandelaar.ga(f"/aanvragen/{aanvraag.pk}/invullen/")
    behandelaar.druk("Controleren en versturen")
    behandelaar.druk("Verstuur de aanvraag naar UWV")
    behandelaar.ziet(aanvraag.kenmerk)
    with behandelaar.page.expect_download() as download:
        behandelaar.page.get_by_role("main").get_by_role("link", name="Kopie").first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")

    beoordelaar = toneel.met(wereld.beoordelaar)
    behandel_en_beoordeel(beoordelaar, aanvraag.kenmerk)
    ken_toe(toneel.met(wereld.beslisser), aanvraag.kenmerk)
    aanvraag.refresh_from_db()
    assert aanvraag.reservering is not None
    assert (aanvraag.reservering.rijk_cent, aanvraag.reservering.gemeente_cent) == (800_000, 0)


def test_voordracht_van_gemeente_tot_concept(toneel: Toneel, wereld: fabriek.Wereld) -> None:
    gemeente = toneel.met(wereld.lid(wereld.gemeente().organisatie, Rol.GEMEENTEMEDEWERKER))
    gemeente.ga("/aanvragen/voordrachten/")
    gemeente.druk("Inwoner voordragen")
    gemeente.druk("Inwoner voordragen")
    gemeente.ziet("Er gaat iets mis")
    velden = {
        n: w for n, w in DEELNEMER.items() if n in ("bsn", "voorletters", "achternaam", "geboortedatum")
    }
    instelling = gemeente.page.locator("[name=instelling] option").nth(1).get_attribute("value")
    gemeente.vul(
        **velden, gemeente=fabriek.NIJMEGEN, instelling=instelling, uitkering="bijstand",
        akkoord_op=date(2019, 5, 28), contact_naam="J. Peters",
    )  # fmt: skip
    gemeente.druk("Inwoner voordragen")
    voordracht = Voordracht.objects.get()

    behandelaar = toneel.met(wereld.behandelaar)
    behandelaar.ga(f"/aanvragen/voordrachten/{voordracht.pk}/")
    behandelaar.druk("Aannemen en aanvraag beginnen")
    if "aannemen" in behandelaar.page.url:
        behandelaar.druk("Aannemen en aanvraag beginnen")
    behandelaar.ziet("Deelnemer")
    voordracht.refresh_from_db()
    assert voordracht.aanvraag is not None
    assert voordracht.aanvraag.initiatief == "gemeente"

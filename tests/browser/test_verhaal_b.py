"""Scheme B as each role lives it, in a real browser: from part 1 to the vaststelling, and what stands in the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aanvragen.models import Aanvraag, Besluit, Stopbericht, Vaststelling
from aanvragen.regels.statussen import AanvraagStatus
from budget.models import Factuur
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.betalen.hulp import pdf
from tests.browser.spelers import Speler, Toneel
from tests.browser.test_regeling_b_deel_1 import onderteken, vul_deel_1_in
from tests.browser.test_verhaal import behandel_en_beoordeel
from tests.fabriek import ARNHEM, DRUTEN, NIJMEGEN, NU_B, Wereld, vers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIJCHEN = "0296"  # of the WerkBedrijf as Druten, but without mandaat
IBAN = "NL91ABNA0417164300"
Klok = Callable[[datetime], None]


@pytest.fixture
def zet_klok(settings: Any) -> Klok:
    """Let the server stand at this moment."""

    def zet(moment: datetime) -> None:
        settings.KLOK_VERSCHUIVING = moment - datetime.now(UTC)

    return zet


@pytest.fixture
def wereld(toneel: Toneel, zet_klok: Klok) -> Wereld:
    zet_klok(NU_B)
    return fabriek.maak_wereld_b()


def verstuur_deel_1(behandelaar: Speler) -> Aanvraag:
    behandelaar.ga("/aanvragen/nieuw/")
    behandelaar.druk("Nieuwe aanvraag beginnen")
    vul_deel_1_in(behandelaar)
    onderteken(behandelaar)
    behandelaar.druk("Controleren en versturen")
    behandelaar.druk("Verstuur de aanvraag naar de gemeente Nijmegen")
    return Aanvraag.objects.get()


def geef_rekening_door(toneel: Toneel, wereld: Wereld, financien: Speler) -> None:
    beheerder = toneel.met(wereld.lid(wereld.instelling.organisatie, Rol.INSTELLINGSBEHEERDER))
    beheerder.ga("/budget/betalen/rekening/")
    beheerder.druk("Bankrekening doorgeven")
    beheerder.vul(iban="NL91ABNA0417164301", tenaamstelling="Ggz Voorbeeld")
    beheerder.druk("Bankrekening doorgeven")
    beheerder.ziet("Er gaat iets mis")
    beheerder.vul(iban=IBAN)
    beheerder.druk("Bankrekening doorgeven")
    financien.ga("/budget/betalen/rekeningen/")
    financien.druk("Bevestigen")
    financien.druk("Bankrekening bevestigen")


def stuur_factuur(behandelaar: Speler, bestand: Path, bedrag: str) -> None:
    behandelaar.ga("/budget/betalen/sturen/")
    behandelaar.druk(re.compile("Factuur sturen aan UWV"))
    behandelaar.vul(
        wijze="pdf", nummer="2023-001", factuurdatum=NU_B.date() + timedelta(days=2), bedrag=bedrag, btw="0", iban=IBAN,
    )  # fmt: skip
    behandelaar.page.locator("[name=bestand]").set_input_files(bestand)
    behandelaar.druk("Factuur sturen")


def betaal(financien: Speler, collega: Speler) -> None:
    """Controlled by one, approved by the other, paid in a batch."""
    factuur = Factuur.objects.get()
    adres = f"/budget/betalen/facturen/{factuur.pk}/"
    financien.ga(adres)
    financien.druk("Gecontroleerd")
    financien.druk("De factuur klopt")
    collega.ga(adres)
    collega.druk("Goedkeuren")
    collega.druk("Factuur goedkeuren")
    financien.ga("/budget/betalen/batches/")
    financien.druk("Betaalbatch maken")
    financien.page.locator("[name=facturen]").first.check()
    financien.druk("Betaalbatch maken")
    financien.druk("Uitgevoerd melden")
    financien.vul(dag=NU_B.date() + timedelta(days=2))
    financien.druk("Uitgevoerd melden")


def test_van_deel_1_tot_de_vaststelling(
    toneel: Toneel, wereld: Wereld, zet_klok: Klok, tmp_path: Path
) -> None:
    """A traject of 2022, applied for with retroactive effect, that stops early and is settled lower."""
    behandelaar = toneel.met(wereld.behandelaar)
    aanvraag = verstuur_deel_1(behandelaar)
    medewerker = toneel.met(wereld.van_gemeente(NIJMEGEN, Rol.GEMEENTEMEDEWERKER, NU_B))
    beslisser = toneel.met(wereld.van_gemeente(NIJMEGEN, Rol.GEMEENTEBESLISSER, NU_B))
    financien = toneel.met(wereld.met(Rol.UWV_FINANCIEN))
    collega = toneel.met(wereld.collega(wereld.met(Rol.UWV_FINANCIEN)))

    behandel_en_beoordeel(medewerker, aanvraag.kenmerk)
    medewerker.druk("Budget vragen bij UWV")
    medewerker.ziet("UWV kijkt of er budget is.")
    financien.ga("/aanvragen/budgetvragen/")
    financien.ziet(aanvraag.kenmerk, "€ 12.000")
    financien.druk("Reserveren")
    financien.ziet("Budget gereserveerd")
    assert "Lindestraat" not in financien.page.content()
    beslisser.ga("/aanvragen/werkvoorraad/")
    beslisser.druk(aanvraag.kenmerk)
    beslisser.druk("Toekennen")
    beslisser.druk("Toekennen")
    beslisser.ziet("Toegekend")

    geef_rekening_door(toneel, wereld, financien)
    behandelaar.ga("/budget/betalen/sturen/")
    behandelaar.ziet("inkooporder")
    financien.ga("/budget/betalen/inkooporders/")
    financien.druk("Plaatsen")
    financien.druk("Inkooporder plaatsen")
    financien.ziet("Er gaat iets mis")
    financien.vul(nummer="4500012345")
    financien.druk("Inkooporder plaatsen")
    behandelaar.ga(f"/aanvragen/{aanvraag.pk}/")
    behandelaar.druk("Start doorgeven")
    behandelaar.vul(startdatum=date(2022, 1, 15))
    behandelaar.druk("Geef de start door")
    behandelaar.ziet("14 januari 2025")
    zet_klok(NU_B + timedelta(days=2))
    bestand = tmp_path / "factuur.pdf"
    bestand.write_bytes(pdf().read())
    stuur_factuur(behandelaar, bestand, "12.000,01")
    behandelaar.ziet("Er gaat iets mis")
    assert not Factuur.objects.exists()
    stuur_factuur(behandelaar, bestand, "12.000,00")
    betaal(financien, collega)
    assert Factuur.objects.get().status == "betaald"

    zet_klok(NU_B + timedelta(days=30))
    stop_en_bevestig(behandelaar, medewerker, financien, aanvraag)
    stel_vast(behandelaar, medewerker, beslisser, aanvraag)
    assert Vaststelling.objects.get().status == "vastgesteld"
    besluit = Besluit.objects.get(soort="vaststelling")
    assert 0 < besluit.bedrag_cent <= 1_200_000


def stop_en_bevestig(behandelaar: Speler, gemeente: Speler, financien: Speler, aanvraag: Aanvraag) -> None:
    """Part 1 by the instelling, part 2 by the gemeente with one click, processed by UWV."""
    behandelaar.ga(f"/aanvragen/{aanvraag.pk}/")
    behandelaar.druk("Traject eerder stoppen")
    behandelaar.vul(gestopt_op=date(2021, 1, 1), stop_reden="keuze")
    behandelaar.druk("Meld dat het traject stopt")
    behandelaar.ziet("Er gaat iets mis")
    behandelaar.vul(gestopt_op=date(2023, 7, 1))
    behandelaar.druk("Meld dat het traject stopt")
    gemeente.ga("/aanvragen/einde/")
    gemeente.druk(aanvraag.kenmerk)
    gemeente.druk("Stopbericht bevestigen")
    if gemeente.page.url.endswith("/bevestigen/"):
        gemeente.druk("Stopbericht bevestigen")
    financien.ga("/aanvragen/einde/")
    financien.druk(aanvraag.kenmerk)
    financien.druk("Stopbericht verwerken")
    if financien.page.url.endswith("/verwerken/"):
        financien.druk("Stopbericht verwerken")
    assert Stopbericht.objects.get().status == "verwerkt"


def stel_vast(behandelaar: Speler, medewerker: Speler, beslisser: Speler, aanvraag: Aanvraag) -> None:
    behandelaar.ga(f"/aanvragen/{aanvraag.pk}/")
    behandelaar.druk("Verslag sturen")
    behandelaar.vul(uitkomst="geen", activiteiten="Wij zochten samen naar werk.")
    behandelaar.druk("Verstuur het verslag")
    medewerker.ga(f"/aanvragen/{aanvraag.pk}/")
    medewerker.druk("Hele bedrag voorstellen")
    medewerker.vul(motivering="Het traject is uitgevoerd zoals afgesproken.")
    medewerker.druk("Stel het hele bedrag voor")
    beslisser.ga(f"/aanvragen/{aanvraag.pk}/")
    beslisser.druk("Subsidie vaststellen")
    beslisser.druk("Subsidie vaststellen")


def test_doorzenden_naar_de_juiste_gemeente(toneel: Toneel, wereld: Wereld) -> None:
    with klok_op(NU_B):
        aanvraag = fabriek.ingediend(wereld, NU_B)
    nijmegen = toneel.met(wereld.van_gemeente(NIJMEGEN, Rol.GEMEENTEMEDEWERKER, NU_B))
    nijmegen.ga(f"/aanvragen/{aanvraag.pk}/")
    nijmegen.druk("Doorzenden naar een andere gemeente")
    nijmegen.vul(gemeente=ARNHEM)
    nijmegen.druk("Doorzenden")
    nijmegen.ziet("Er gaat iets mis")
    nijmegen.vul(reden="De deelnemer staat ingeschreven in Arnhem.")
    nijmegen.druk("Doorzenden")
    nijmegen.ziet("is doorgezonden")
    arnhem = toneel.met(wereld.van_gemeente(ARNHEM, Rol.GEMEENTEMEDEWERKER, NU_B))
    arnhem.ga("/aanvragen/werkvoorraad/")
    arnhem.druk(aanvraag.kenmerk)
    arnhem.ziet("5 juni 2023")
    assert vers(aanvraag).ontvangen_op == aanvraag.ontvangen_op


def test_een_verlopen_reservering(toneel: Toneel, wereld: Wereld, zet_klok: Klok) -> None:
    with klok_op(NU_B):
        aanvraag = fabriek.budget_gereserveerd(wereld, NU_B)
    zet_klok(NU_B + timedelta(days=29))
    beslisser = toneel.met(wereld.van_gemeente(NIJMEGEN, Rol.GEMEENTEBESLISSER, NU_B))
    beslisser.ga(f"/aanvragen/{aanvraag.pk}/toekennen/")
    beslisser.ziet("De reservering is verlopen. Vraag UWV opnieuw om budget.")
    assert vers(aanvraag).status == AanvraagStatus.BUDGET_GERESERVEERD


def test_een_verband_beslist_voor_de_een_en_niet_voor_de_ander(toneel: Toneel, wereld: Wereld) -> None:
    with klok_op(NU_B):
        druten = fabriek.budget_gereserveerd(wereld, NU_B, gemeente=DRUTEN)
        wijchen = fabriek.budget_gereserveerd(wereld, NU_B, gemeente=WIJCHEN)
        arnhem = fabriek.budget_gereserveerd(wereld, NU_B, gemeente=ARNHEM)
    verband = toneel.met(wereld.van_gemeente(DRUTEN, Rol.GEMEENTEBESLISSER, NU_B))
    verband.ga("/aanvragen/werkvoorraad/")
    verband.ziet(druten.kenmerk, wijchen.kenmerk)
    assert arnhem.kenmerk not in verband.page.content()
    verband.ga(f"/aanvragen/{wijchen.pk}/toekennen/")
    verband.ziet("Het college van Wijchen heeft vandaag geen mandaat voor deze regeling.")
    verband.ga(f"/aanvragen/{druten.pk}/")
    verband.druk("Toekennen")
    verband.druk("Toekennen")
    verband.ziet("Toegekend")
    assert vers(wijchen).status == AanvraagStatus.BUDGET_GERESERVEERD

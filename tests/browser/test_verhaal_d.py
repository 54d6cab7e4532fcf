"""A regeling that the code has never seen: the invented scheme D, from a file, through a real browser.

The gemeente decides in her own name and asks UWV nothing; three places a gemeente; Rijk and gemeente pay 60 and 40
percent, each in two parts; six months longer at most.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from aanvragen.models import Aanvraag, Besluit
from budget.models import Betaalverplichting
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.betalen.hulp import pdf
from tests.browser.spelers import Speler, Toneel
from tests.browser.test_verhaal import DEELNEMER, behandel_en_beoordeel
from tests.browser.test_verhaal_b import IBAN, Klok, onderteken, zet_klok
from tests.fabriek import ARNHEM, NU_B, Wereld

__all__ = ["zet_klok"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wereld(toneel: Toneel, zet_klok: Klok) -> Wereld:
    zet_klok(NU_B)
    return fabriek.maak_wereld(NU_B, bestand="ips-proef-d")


def vul_in(behandelaar: Speler) -> None:
    """Only what D asks: no work, no length of treatment, no registration."""
    behandelaar.druk("Instelling en behandelaar")
    behandelaar.vul(
        behandelaar_naam="R. Regie", trajectbegeleider_naam="T. Begeleider",
        trajectbegeleider_email="t@iris.example", trajectbegeleider_telefoon="06 12345678",
    )  # fmt: skip
    behandelaar.druk("Opslaan en verder")
    behandelaar.vul(**DEELNEMER | {"gemeente": ARNHEM, "woonplaats": "Arnhem"})
    behandelaar.druk("Opslaan en verder")
    behandelaar.vul(doelgroep="EPA", uitkering="bijstand", ander_traject="nee", werkwens_op=date(2023, 5, 1))
    behandelaar.druk("Opslaan en verder")
    behandelaar.vul(gediagnosticeerd="ja")
    behandelaar.druk("Opslaan en verder")
    behandelaar.vul(gewenste_start=date(2023, 6, 5))
    behandelaar.druk("Opslaan en verder")
    behandelaar.druk("Verder")


def test_een_dossier_door_regeling_d(toneel: Toneel, wereld: Wereld, zet_klok: Klok, tmp_path: Path) -> None:
    behandelaar = toneel.met(wereld.behandelaar)
    behandelaar.ga("/aanvragen/nieuw/")
    behandelaar.ziet("Proefregeling IPS in de wijk")
    behandelaar.druk("Nieuwe aanvraag beginnen")
    vul_in(behandelaar)
    onderteken(behandelaar, "Arnhem")
    behandelaar.druk("Controleren en versturen")
    behandelaar.druk("Verstuur de aanvraag naar de gemeente Arnhem")
    aanvraag = Aanvraag.objects.get()

    medewerker = toneel.met(wereld.van_gemeente(ARNHEM, Rol.GEMEENTEMEDEWERKER, NU_B))
    beslisser = toneel.met(wereld.van_gemeente(ARNHEM, Rol.GEMEENTEBESLISSER, NU_B))
    behandel_en_beoordeel(medewerker, aanvraag.kenmerk)
    beslisser.ga("/aanvragen/werkvoorraad/")
    beslisser.druk(aanvraag.kenmerk)
    beslisser.druk("Toekennen")
    beslisser.druk("Toekennen")
    beslisser.ziet("Toegekend")
    besluit = Besluit.objects.get()
    assert besluit.ondermandaat is None
    assert besluit.brief.gegevens["ondertekening"]["namens"].endswith("van Arnhem,")
    verplichtingen = {v.debiteur: v for v in Betaalverplichting.objects.all()}
    assert {d: v.bedrag_cent for d, v in verplichtingen.items()} == {"uwv": 900_000, "gemeente": 600_000}
    delen = [m.bedrag_cent for m in verplichtingen["gemeente"].betaalmomenten.order_by("volgnummer")]
    assert delen == [300_000, 300_000]

    behandelaar.ga(f"/aanvragen/{aanvraag.pk}/")
    behandelaar.druk("Start doorgeven")
    behandelaar.vul(startdatum=NU_B.date())
    behandelaar.druk("Geef de start door")
    behandelaar.ziet("4 december 2025")
    verleng_en_weiger_meer(behandelaar, medewerker, beslisser, aanvraag)
    factureer_de_gemeente(toneel, wereld, behandelaar, medewerker, beslisser, tmp_path)
    het_vierde_is_te_veel(toneel, wereld)


def verleng_en_weiger_meer(
    behandelaar: Speler, medewerker: Speler, beslisser: Speler, aanvraag: Aanvraag
) -> None:
    """Six months, decided by the gemeente; a seventh is not offered."""
    behandelaar.druk("Verlenging vragen")
    behandelaar.vul(maanden="7", motivering="Nog even.")
    behandelaar.druk("Vraag de verlenging")
    behandelaar.ziet("Er gaat iets mis")
    behandelaar.vul(maanden="6")
    behandelaar.druk("Vraag de verlenging")
    medewerker.ga("/aanvragen/verlengingen/")
    medewerker.druk(aanvraag.kenmerk)
    medewerker.druk("Verlenging beoordelen")
    medewerker.vul(advies="toekennen", motivering="Verlenging helpt om het werk te houden.")
    medewerker.druk("Advies opslaan")
    beslisser.ga(f"/aanvragen/{aanvraag.pk}/")
    beslisser.druk("Verlenging toekennen")
    beslisser.druk("Verlenging toekennen")
    beslisser.ziet("4 juni 2026")


def factureer_de_gemeente(
    toneel: Toneel, wereld: Wereld, behandelaar: Speler, medewerker: Speler, beslisser: Speler, map_: Path
) -> None:
    """The first half of the gemeente's part, on her own invoice; the second half is not due yet."""
    beheerder = toneel.met(wereld.lid(wereld.instelling.organisatie, Rol.INSTELLINGSBEHEERDER))
    beheerder.ga("/budget/betalen/rekening/doorgeven/")
    beheerder.vul(iban=IBAN, tenaamstelling="Ggz Voorbeeld")
    beheerder.druk("Bankrekening doorgeven")
    financien = toneel.met(wereld.met(Rol.UWV_FINANCIEN))
    financien.ga("/budget/betalen/rekeningen/")
    financien.druk("Bevestigen")
    financien.druk("Bankrekening bevestigen")
    verplichting = Betaalverplichting.objects.get(debiteur="gemeente")
    behandelaar.ga(f"/budget/betalen/sturen/{verplichting.pk}/")
    bestand = map_ / "factuur.pdf"
    bestand.write_bytes(pdf().read())
    behandelaar.vul(
        wijze="pdf", nummer="D-1", factuurdatum=NU_B.date(), bedrag="3.000,00", btw="0", iban=IBAN,
    )  # fmt: skip
    moment = verplichting.betaalmomenten.get(code="start")
    behandelaar.vul(betaalmoment=str(moment.pk))
    behandelaar.page.locator("[name=bestand]").set_input_files(bestand)
    behandelaar.druk("Factuur sturen")
    factuur = verplichting.facturen.get()
    adres = f"/budget/betalen/facturen/{factuur.pk}/"
    medewerker.ga(adres)
    medewerker.druk("Gecontroleerd")
    medewerker.druk("De factuur klopt")
    beslisser.ga(adres)
    beslisser.druk("Goedkeuren")
    beslisser.druk("Factuur goedkeuren")
    beslisser.ga(adres)
    beslisser.druk("Betaald melden")
    beslisser.vul(dag=NU_B.date())
    beslisser.druk("Betaald melden")
    factuur.refresh_from_db()
    assert factuur.status == "betaald"


def het_vierde_is_te_veel(toneel: Toneel, wereld: Wereld) -> None:
    """Three places a gemeente: the fourth gets the ground to refuse on."""
    with klok_op(NU_B):
        for _ in range(2):
            fabriek.toegekend(wereld, NU_B, gemeente=ARNHEM, route="wijk")
        vierde = fabriek.beoordeeld(wereld, NU_B + timedelta(minutes=1), gemeente=ARNHEM, route="wijk")
    beslisser = toneel.met(wereld.van_gemeente(ARNHEM, Rol.GEMEENTEBESLISSER, NU_B))
    beslisser.ga(f"/aanvragen/{vierde.pk}/toekennen/")
    beslisser.druk("Toekennen")
    beslisser.ziet("alle drie de trajecten al toegekend")

"""UWV decides too late: in gebreke, a dwangsom; and a besluit withdrawn after hearing. By all in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aanvragen.models import Ingebrekestelling, Intrekkingsvoornemen
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.browser.spelers import Toneel
from tests.fabriek import om, vers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def zet_klok(settings: Any) -> Callable[[datetime], None]:
    """Move the clock of the server, which runs in a thread of its own, to this instant."""

    def zet(moment: datetime) -> None:
        settings.KLOK_VERSCHUIVING = moment - datetime.now(UTC)

    return zet


def test_te_laat_beslist_kost_een_dwangsom(toneel: Toneel, zet_klok: Callable[[datetime], None]) -> None:
    wereld = fabriek.maak_wereld()
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    pad = f"/aanvragen/{aanvraag.pk}/"
    zet_klok(fabriek.na_de_termijn(aanvraag))

    behandelaar = toneel.met(wereld.behandelaar)
    behandelaar.ga(pad)
    behandelaar.ziet("Niet op tijd beslist")
    behandelaar.druk("Stuur een ingebrekestelling")
    behandelaar.vul(toelichting="Wij wachten al negen weken.")
    behandelaar.druk("Verstuur de ingebrekestelling")
    behandelaar.ziet("Nog twee weken om te beslissen", "Wij wachten al negen weken.")
    behandelaar.page.get_by_text("Zo zijn de dagen geteld").click()
    behandelaar.bekijk("uitleg open")
    behandelaar.ziet("Twee weken daarna is", "hoogstens € 1.442")
    deel = Ingebrekestelling.objects.get()
    assert deel.eerste_dag is not None

    besluit = om(deel.eerste_dag + timedelta(days=15))
    zet_klok(besluit)
    beslisser = toneel.met(wereld.beslisser)
    beslisser.ga("/aanvragen/te-laat/")
    beslisser.ziet(aanvraag.kenmerk, "€ 392,00")
    fabriek.ken_toe(wereld, vers(aanvraag), besluit)

    beoordelaar = toneel.met(wereld.beoordelaar)
    beoordelaar.ga(pad)
    beoordelaar.druk("Dwangsom voorbereiden")
    beoordelaar.vul(motivering="")
    beoordelaar.druk("Stel dit voor")
    beoordelaar.ziet("Er gaat iets mis")
    beoordelaar.vul(motivering="Wij beslisten 15 dagen te laat.")
    beoordelaar.druk("Stel dit voor")
    beoordelaar.ziet("Voorbereid door")

    beslisser.ga(pad)
    beslisser.druk("Dwangsom vaststellen")
    beslisser.druk("Dwangsom vaststellen")
    beslisser.ziet("Dwangsom vastgesteld", "€ 357,00")
    financien = toneel.met(wereld.met(Rol.UWV_FINANCIEN))
    financien.ga("/aanvragen/te-laat/?soort=betalen")
    financien.ziet("€ 357,00")
    financien.ga(pad)
    financien.druk("Betaling van de dwangsom melden")
    financien.druk("Meld de betaling")
    financien.ziet("Betaald op")


def test_intrekken_pas_na_horen(toneel: Toneel) -> None:
    wereld = fabriek.maak_wereld()
    aanvraag = fabriek.gestart(wereld, route="uwv").aanvraag
    pad = f"/aanvragen/{aanvraag.pk}/"
    beoordelaar = toneel.met(wereld.beoordelaar)
    beoordelaar.ga(pad)
    beoordelaar.druk("Voornemen om in te trekken")
    beoordelaar.druk("Verstuur het voornemen")
    beoordelaar.ziet("Er gaat iets mis")
    beoordelaar.vul(reden="verplichting", motivering="Wij kregen geen bericht meer.")
    beoordelaar.druk("Verstuur het voornemen")
    beoordelaar.ziet("De instelling kan reageren")

    behandelaar = toneel.met(wereld.behandelaar)
    behandelaar.ga(pad)
    behandelaar.ziet("U bent aan zet")
    behandelaar.druk("Reageren op het voornemen om in te trekken")
    behandelaar.vul(zienswijze="Wij waren verhuisd.")
    behandelaar.druk("Verstuur uw reactie")
    behandelaar.ziet("Wij waren verhuisd.")

    beslisser = toneel.met(wereld.beslisser)
    beslisser.ga(pad)
    beslisser.druk("Besluit intrekken")
    beslisser.ziet("Het voornemen", "Wij waren verhuisd.")
    beslisser.vul(gebeurtenis="vanaf_nu")
    beslisser.druk("Besluit intrekken")
    beslisser.ziet("Besluit ingetrokken")
    assert Intrekkingsvoornemen.objects.get().status == "uitgevoerd"

"""A bezwaar as each role lives it, in a real browser: gegrond at UWV over a full regeling, ongegrond at a gemeente."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aanvragen.models import Aanvraag, Bezwaar
from aanvragen.regels.statussen import AanvraagStatus
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.browser.spelers import Speler, Toneel
from tests.fabriek import NIJMEGEN, NU, NU_B, vers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAG = timedelta(days=1)
Klok = Callable[[datetime], None]


@pytest.fixture
def zet_klok(settings: Any) -> Klok:
    """Let the server stand at this moment."""

    def zet(moment: datetime) -> None:
        settings.KLOK_VERSCHUIVING = moment - datetime.now(UTC)

    return zet


def maak_bezwaar(behandelaar: Speler, aanvraag: Aanvraag, gronden: str) -> Bezwaar:
    behandelaar.ga(f"/aanvragen/{aanvraag.pk}/")
    behandelaar.ziet("Bezwaar kan tot en met")
    behandelaar.druk("Maak bezwaar tegen een besluit")
    behandelaar.vul(gronden=gronden, wil_gehoord="ja")
    behandelaar.druk("Verstuur het bezwaar")
    behandelaar.ziet("Uw bezwaar is verstuurd.")
    return Bezwaar.objects.get(aanvraag=aanvraag)


def weeg_en_hoor(
    behandelaar: Speler, bezwaar: Bezwaar, zet_klok: Klok, begin: datetime, *, commissie: str
) -> datetime:
    """From the list to the report of the hearing, two weeks later."""
    behandelaar.ga("/aanvragen/bezwaren/")
    behandelaar.druk(bezwaar.kenmerk)
    behandelaar.ziet("Zo is de beslistermijn geteld")
    behandelaar.druk("Ontvankelijkheid beoordelen")
    behandelaar.vul(commissie=commissie)
    behandelaar.druk("Ga verder met het bezwaar")
    behandelaar.druk("Hoorzitting plannen")
    behandelaar.druk("Verstuur de uitnodiging")
    behandelaar.ziet("Er gaat iets mis")
    dag = begin + 14 * DAG
    behandelaar.vul(dag=dag.date(), tijd="14:30", plaats="Per videogesprek")
    behandelaar.druk("Verstuur de uitnodiging")
    behandelaar.ziet("Per videogesprek")
    zet_klok(dag)
    behandelaar.druk("Verslag van het horen vastleggen")
    behandelaar.vul(op=dag.date(), verslag="De instelling lichtte haar bezwaar toe.")
    behandelaar.druk("Bewaar het verslag")
    return dag


def test_gegrond_na_een_vol_plafond(toneel: Toneel, zet_klok: Klok) -> None:
    """Refused because it was full; the count was wrong. The aanvraag is granted after all, beyond the plafond."""
    zet_klok(NU + DAG)
    wereld = fabriek.maak_wereld(plafond_trajecten=1)
    fabriek.toegekend(wereld, NU, route="uwv")
    aanvraag = fabriek.beoordeeld(wereld, NU + timedelta(minutes=1), route="uwv")
    aanvraag = fabriek.wijs_af(wereld, aanvraag, NU + timedelta(hours=1), gronden=("plafond",))
    behandelaar = toneel.met(wereld.behandelaar)
    bezwaar = maak_bezwaar(behandelaar, aanvraag, "Een van de trajecten is nooit begonnen.")

    betrokken = toneel.met(wereld.beoordelaar)
    betrokken.ga(f"/aanvragen/bezwaar/{bezwaar.pk}/ontvankelijkheid/")
    betrokken.ziet("Een collega die dat niet deed, moet dit doen.")

    medewerker = toneel.met(wereld.collega(wereld.beoordelaar))
    medewerker.ga(f"/aanvragen/bezwaar/{bezwaar.pk}/")
    medewerker.druk("Bezwaar oppakken")
    begin = weeg_en_hoor(medewerker, bezwaar, zet_klok, NU + DAG, commissie="ja")
    medewerker.druk("Advies vastleggen")
    medewerker.vul(advies="De telling klopt niet.")
    medewerker.druk("Bewaar het advies")
    medewerker.druk("Beslissing uitstellen")
    medewerker.vul(reden="De telling wordt nagekeken.", hoe="wet")
    medewerker.druk("Stel de beslissing uit")
    medewerker.ziet("Uitgesteld op")
    medewerker.druk("Beslissing voorstellen")
    medewerker.vul(
        uitkomst="gegrond", gevolg="alsnog_toekennen", motivering="Er is een traject te veel geteld."
    )
    medewerker.druk("Stel deze beslissing voor")
    medewerker.ziet("Klaar voor beslissing")

    zet_klok(begin + DAG)
    beslisser = toneel.met(wereld.collega(wereld.beslisser))
    beslisser.ga("/aanvragen/bezwaren/?soort=beslissen")
    beslisser.druk(bezwaar.kenmerk)
    beslisser.druk("Op het bezwaar beslissen")
    beslisser.ziet("Er is geen plaats meer over", "Het voorstel")
    beslisser.druk("Op het bezwaar beslissen")
    beslisser.ziet("Gegrond")
    assert vers(aanvraag).status == AanvraagStatus.TOEGEKEND
    assert wereld.pot().uitzondering_trajecten == 1

    behandelaar.ga(f"/aanvragen/{aanvraag.pk}/")
    behandelaar.ziet("Toegekend", "Herroepen na bezwaar", "Start doorgeven")
    behandelaar.druk(f"Bezwaar {bezwaar.kenmerk}")
    behandelaar.ziet("Beroep bij de rechtbank tot en met", "Er is een traject te veel geteld.")


def test_ongegrond_bij_de_gemeente(toneel: Toneel, zet_klok: Klok) -> None:
    """Scheme B: the gemeente refused in mandaat, and another of her people decides on the bezwaar."""
    zet_klok(NU_B + DAG)
    wereld = fabriek.maak_wereld_b()
    aanvraag = fabriek.afgewezen(wereld, NU_B)
    behandelaar = toneel.met(wereld.behandelaar)
    bezwaar = maak_bezwaar(behandelaar, aanvraag, "")

    medewerker = toneel.met(wereld.collega(wereld.van_gemeente(NIJMEGEN, Rol.GEMEENTEMEDEWERKER, NU_B)))
    medewerker.ga(f"/aanvragen/bezwaar/{bezwaar.pk}/")
    medewerker.druk("Gronden vragen")
    medewerker.druk("Verstuur de vraag")
    medewerker.ziet("Wacht op de gronden")
    behandelaar.ga(f"/aanvragen/bezwaar/{bezwaar.pk}/")
    behandelaar.druk("Bezwaar aanvullen")
    behandelaar.vul(gronden="De deelnemer hoort bij de doelgroep.")
    behandelaar.druk("Verstuur de aanvulling")
    begin = weeg_en_hoor(medewerker, bezwaar, zet_klok, NU_B + DAG, commissie="nee")
    medewerker.druk("Beslissing voorstellen")
    medewerker.vul(uitkomst="ongegrond", motivering="De deelnemer hoort niet bij de doelgroep.")
    medewerker.druk("Stel deze beslissing voor")

    zet_klok(begin + DAG)
    beslisser = toneel.met(wereld.collega(wereld.van_gemeente(NIJMEGEN, Rol.GEMEENTEBESLISSER, NU_B)))
    beslisser.ga(f"/aanvragen/bezwaar/{bezwaar.pk}/")
    beslisser.druk("Op het bezwaar beslissen")
    beslisser.druk("Op het bezwaar beslissen")
    beslisser.ziet("Ongegrond")
    assert vers(aanvraag).status == AanvraagStatus.AFGEWEZEN
    besluit = Bezwaar.objects.get().besluit_op_bezwaar
    assert besluit is not None
    assert besluit.ondermandaat is not None
    behandelaar.ga(f"/aanvragen/{aanvraag.pk}/")
    behandelaar.ziet("U kunt in beroep gaan bij de rechtbank.", "Gehandhaafd")

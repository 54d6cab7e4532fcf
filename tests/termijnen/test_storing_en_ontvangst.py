"""Late because the portal was down: an official weighs it (Awb 2:21). And what came in when can be proved (2:17)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.urls import reverse

from aanvragen.handelingen import storing
from aanvragen.models import Besluit, Ontvangst, Storing, Storingsoordeel
from aanvragen.models.ontvangst import vingerafdruk
from ips_subsidie.kalender.dagen import AMSTERDAM
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from tests import fabriek
from tests.fabriek import NU, geweigerd, klaar_om_in_te_dienen, maak_wereld, vers
from tests.web.bezoek import als
from tests.web.sql import met_hoogstens

pytestmark = pytest.mark.django_db
LAATSTE_AVOND = datetime(2019, 11, 29, 22, tzinfo=AMSTERDAM)
ERNA = datetime(2019, 11, 30, 9, tzinfo=AMSTERDAM)


@pytest.fixture
def wereld():
    with klok_op(NU):
        yield maak_wereld()


@pytest.fixture
def laat(wereld):
    """Received the morning after the tijdvak, the portal having been down the evening before."""
    Storing.objects.create(
        van=LAATSTE_AVOND, tot=LAATSTE_AVOND + timedelta(hours=2), toelichting="Geen verbinding"
    )
    aanvraag = klaar_om_in_te_dienen(wereld, gewenste_start=date(2020, 2, 3))
    with klok_op(ERNA):
        yield fabriek.dien_in(wereld, aanvraag, ERNA)


def oordeel(wereld, aanvraag, nu=ERNA, **over):
    invoer = {"aanvaard": True, "motivering": "De storing duurde de hele avond."} | over
    return storing.storing_beoordelen(aanvraag, wereld.voorbereider(aanvraag, nu), nu=nu, **invoer)


def test_zonder_oordeel_wordt_er_niet_toegekend(wereld, laat):
    assert laat.na_storing
    aanvraag = fabriek.beoordeel(wereld, fabriek.neem_in_behandeling(wereld, laat, ERNA), ERNA)
    assert geweigerd(lambda: fabriek.ken_toe(wereld, aanvraag, ERNA)) == ["storing_niet_beoordeeld"]
    vast = oordeel(wereld, aanvraag)
    assert vast.storing == Storing.objects.get()
    assert fabriek.ken_toe(wereld, vers(aanvraag), ERNA).status == "toegekend"
    regel = Regel.objects.get(handeling="aanvraag.storing_beoordelen", soort=Soort.HANDELING)
    assert regel.dossier_id == aanvraag.pk


def test_niet_aanvaard_is_te_laat(wereld, laat):
    aanvraag = fabriek.beoordeel(wereld, fabriek.neem_in_behandeling(wereld, laat, ERNA), ERNA)
    oordeel(wereld, aanvraag, aanvaard=False, motivering="De storing was al voorbij.")
    assert geweigerd(lambda: fabriek.ken_toe(wereld, vers(aanvraag), ERNA)) == ["te_laat"]
    assert geweigerd(lambda: oordeel(wereld, vers(aanvraag))) == ["al_beoordeeld"]


@pytest.mark.parametrize("over", [{"motivering": " "}, {}])
def test_een_oordeel_heeft_een_motivering_en_een_storing_als_grond(wereld, laat, over):
    Storing.objects.all().delete()
    assert geweigerd(lambda: oordeel(wereld, laat, **over)) == ["motivering" if over else "geen_storing"]
    assert not Storingsoordeel.objects.exists()


def test_wie_op_tijd_was_wordt_niet_gewogen(wereld):
    aanvraag = fabriek.ingediend(wereld)
    assert geweigerd(lambda: oordeel(wereld, aanvraag, NU)) == ["op_tijd"]


def test_ook_de_databank_weigert_een_verlening_zonder_oordeel(wereld, laat):
    aanvraag = fabriek.beoordeel(wereld, fabriek.neem_in_behandeling(wereld, laat, ERNA), ERNA)
    with pytest.raises(IntegrityError, match="niet aanvaard"), transaction.atomic():
        Besluit.objects.create(
            aanvraag=aanvraag, soort="verlening", dagtekening=ERNA.date(), bekendgemaakt_op=ERNA, maanden=24,
            bezwaar_tot=ERNA.date(), bedrag_cent=1, rijk_cent=1, motivering="x",
            opsteller=wereld.beoordelaar.gebruiker, ondertekenaar=wereld.beslisser.gebruiker,
        )  # fmt: skip


def test_de_ambtenaar_weegt_het_op_een_pagina(wereld, laat):
    client, adres = als(wereld.beoordelaar), reverse("aanvragen:aanvraag_storing_beoordelen", args=[laat.pk])
    dossier = client.get(reverse("aanvragen:dossier", args=[laat.pk])).content.decode()
    assert adres in dossier
    with met_hoogstens(16):
        pagina = client.get(adres).content.decode()
    assert "Geen verbinding" in pagina
    leeg = client.post(adres, {"aanvaard": "ja"}).content.decode()
    assert "Schrijf waarom." in leeg
    assert client.post(adres, {"aanvaard": "ja", "motivering": "De hele avond plat."}).status_code == 302
    assert Storingsoordeel.objects.get().aanvaard
    assert adres not in client.get(reverse("aanvragen:dossier", args=[laat.pk])).content.decode()


# --- proof of receipt ---


def test_van_alles_wat_binnenkomt_is_er_een_bewijs(wereld):
    aanvraag = fabriek.onvolledig(wereld)
    aanvraag = fabriek.dien_aanvulling_in(wereld, aanvraag, NU + timedelta(days=3))
    soorten = list(aanvraag.ontvangsten.order_by("ontvangen_op").values_list("soort", "ontvangen_op"))
    assert soorten == [("aanvraag", NU), ("aanvulling", NU + timedelta(days=3))]
    for ontvangst in aanvraag.ontvangsten.select_related("kopie"):
        assert ontvangst.klopt
        assert ontvangst.kopie.sjabloon == "aanvraag_kopie"


def test_een_teken_anders_is_een_andere_vingerafdruk(wereld):
    ontvangst = fabriek.ingediend(wereld).ontvangsten.select_related("kopie").get()
    gegevens = dict(ontvangst.kopie.gegevens)
    assert vingerafdruk(dict(reversed(gegevens.items()))) == ontvangst.sha256, "de volgorde doet er niet toe"
    assert vingerafdruk(gegevens | {"kenmerk": gegevens["kenmerk"] + " "}) != ontvangst.sha256


def test_een_bewijs_verandert_niet_meer(wereld):
    ontvangst = fabriek.ingediend(wereld).ontvangsten.get()
    for poging in (
        "UPDATE aanvragen_ontvangst SET ontvangen_op = now() WHERE id = %s",
        "DELETE FROM aanvragen_ontvangst WHERE id = %s",
    ):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(poging, [ontvangst.pk])
    assert Ontvangst.objects.get() == ontvangst


def test_de_pagina_toont_tijdstip_vingerafdruk_en_kopie(wereld):
    aanvraag = fabriek.onvolledig(wereld)
    ontvangst = aanvraag.ontvangsten.get()
    adres = reverse("aanvragen:ontvangst", args=[aanvraag.pk])
    instelling = als(wereld.behandelaar)
    with met_hoogstens(12):
        pagina = instelling.get(adres).content.decode()
    assert ontvangst.sha256[:8] in pagina
    assert "niet veranderd" in pagina
    assert reverse("aanvragen:brief", args=[ontvangst.kopie_id]) in pagina
    bij_uwv = als(wereld.beoordelaar).get(adres).content.decode()
    assert ontvangst.sha256[:8] in bij_uwv
    assert "Kopie van wat is verstuurd" not in bij_uwv, "de kopie bevat meer dan UWV mag zien"
    assert als(wereld.van_gemeente()).get(adres).status_code == 404, (
        "een gemeente die niet beslist, ontving niets"
    )
    verstuurd = instelling.get(reverse("aanvragen:verstuurd", args=[aanvraag.pk])).content.decode()
    assert adres in verstuurd

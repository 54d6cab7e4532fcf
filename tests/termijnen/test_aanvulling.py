"""Asking for exactly what is missing: only what this version of the form asks, and shown where it is mended."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from aanvragen.handelingen import behandelen
from aanvragen.handelingen.aanvulling import formulierpunten, gevraagde_punten
from aanvragen.models import Brief
from aanvragen.regels.volledigheid import Onderdeel
from ips_subsidie.kalender.klok import klok_op
from tests import fabriek
from tests.fabriek import NU, geweigerd, maak_wereld, maak_wereld_b, vers
from tests.web.bezoek import als
from tests.web.sql import met_hoogstens

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld():
    with klok_op(NU):
        yield maak_wereld()


def vraag(wereld, aanvraag, *punten, tekst="", op_formulier=False, nu=NU):
    aanvraag = fabriek.pak_op(wereld, aanvraag, nu)
    return behandelen.aanvulling_vragen(
        aanvraag, wereld.voorbereider(aanvraag, nu), vraag=tekst, punten=punten, op_formulier=op_formulier,
        termijn_tot=(nu + timedelta(days=14)).date(), nu=nu,
    )  # fmt: skip


def codes(aanvraag):
    return {punt.code for punt in formulierpunten(aanvraag)}


def test_alleen_wat_deze_versie_van_het_formulier_vraagt(wereld):
    """Scheme A asks the akkoord and the start of treatment; B the handtekening, and no sggz."""
    bij_a = codes(fabriek.ingediend(wereld))
    assert {"akkoord_op", "begonnen_in", "in_sggz", "werk"} <= bij_a
    assert "handtekening" not in bij_a
    assert not bij_a & {"bsn", "gemeente_id", "route", "doelgroep"}, "wat vastligt, kan niemand aanvullen"


def test_het_formulier_van_een_andere_regeling_vraagt_iets_anders():
    with klok_op(fabriek.NU_B):
        aanvraag = fabriek.ingediend(maak_wereld_b(), fabriek.NU_B)
        bij_b = codes(aanvraag)
    assert "handtekening" in bij_b
    assert not bij_b & {"akkoord_op", "in_sggz", "begonnen_in"}


def test_wat_het_formulier_niet_vraagt_kan_geen_punt_zijn(wereld):
    aanvraag = fabriek.ingediend(wereld)
    assert geweigerd(lambda: vraag(wereld, aanvraag, "behandelplan")) == ["punten"]
    assert geweigerd(lambda: vraag(wereld, aanvraag)) == ["vraag"]
    assert vers(aanvraag).status == "ingediend"


def test_een_punt_van_het_formulier_kost_de_rang_en_een_andere_vraag_niet(wereld):
    """ABRvS 29-5-2013, CA1381: what the form never asked can't make it incomplete."""
    van_formulier = vraag(wereld, fabriek.ingediend(wereld), "akkoord_op")
    anders = vraag(wereld, fabriek.ingediend(wereld, bsn=fabriek.bsn(2)), tekst="Een kopie van de brief")
    assert (van_formulier.aanvulling_op_formulier, van_formulier.reservering.status) == (True, "onvolledig")
    assert (anders.aanvulling_op_formulier, anders.reservering.status) == (False, "in_volgorde")


def test_de_brief_noemt_elk_punt_en_wat_de_ambtenaar_schreef(wereld):
    vraag(wereld, fabriek.ingediend(wereld), "akkoord_op", "geboortedatum", tekst="De brief van mei")
    gevraagd = Brief.objects.get(sjabloon="aanvulling").gegevens["ontbrekend"]
    assert gevraagd == ["Geboortedatum", "Akkoord van de deelnemer op", "De brief van mei"]


def test_de_instelling_ziet_precies_wat_te_herstellen_is(wereld):
    aanvraag = vraag(wereld, fabriek.ingediend(wereld), "akkoord_op", tekst="Een kopie van de brief")
    client = als(wereld.behandelaar)
    pagina = client.get(reverse("aanvragen:invullen", args=[aanvraag.pk]))
    gemerkt = [taak.titel for taak in pagina.context["taken"] if taak.status == "Aanvulling gevraagd"]
    assert gemerkt == ["Situatie en wens"]
    tekst = pagina.content.decode()
    assert "Akkoord van de deelnemer op" in tekst
    assert "Een kopie van de brief" in tekst
    situatie = client.get(reverse("aanvragen:onderdeel", args=[aanvraag.pk, "situatie"])).content.decode()
    traject = client.get(reverse("aanvragen:onderdeel", args=[aanvraag.pk, "traject"])).content.decode()
    assert "UWV vraagt hierom" in situatie
    assert "UWV vraagt hierom" not in traject


def test_kiezen_in_de_browser_en_aanvullen(wereld):
    aanvraag = fabriek.pak_op(wereld, fabriek.ingediend(wereld, route="uwv"))
    client, adres = (
        als(wereld.beoordelaar),
        reverse("aanvragen:aanvraag_aanvulling_vragen", args=[aanvraag.pk]),
    )
    with met_hoogstens(12):
        pagina = client.get(adres)
    assert pagina.context["form"].initial["termijn_tot"] == date(2019, 6, 17)
    groepen = {
        str(veld.label): naam
        for naam, veld in pagina.context["form"].fields.items()
        if naam.startswith("punten")
    }
    keuze = {groepen["Situatie en wens"]: ["werkwens_op"], groepen["Behandeling"]: ["begonnen_in"]}
    goed = {"termijn_tot_dag": "17", "termijn_tot_maand": "6", "termijn_tot_jaar": "2019", **keuze}
    fout = client.post(adres, goed | {groepen["Behandeling"]: ["werkwens_op"]}).content.decode()
    assert "Kies alleen uit de lijst." in fout
    assert client.post(adres, goed).status_code == 302
    aanvraag = vers(aanvraag)
    assert [(p.code, p.onderdeel) for p in gevraagde_punten(aanvraag)] == [
        ("werkwens_op", Onderdeel.SITUATIE), ("begonnen_in", Onderdeel.BEHANDELING),
    ]  # fmt: skip
    aanvullen = als(wereld.behandelaar).get(reverse("aanvragen:aanvraag_aanvullen", args=[aanvraag.pk]))
    assert "In behandeling sinds" in aanvullen.content.decode()
    assert fabriek.dien_aanvulling_in(wereld, aanvraag).status == "ingediend"

"""The gemeente sees its own requests and no others, and nothing about the treatment."""

import pytest
from django.urls import reverse

from aanvragen.models import Toestemming
from aanvragen.regels.statussen import AanvraagStatus, ToestemmingStatus
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import ARNHEM, DRUTEN, NIJMEGEN, NU, vers
from tests.web.behandeling.hulp import aantal_vragen, als, tekst

pytestmark = pytest.mark.django_db
GOED = {"uitkering_klopt": "ja", "geen_ander_traject": "ja", "voorzieningen": "", "functie": "Klantmanager"}


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(NU):
        yield


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


def pad(naam, aanvraag):
    return reverse(f"aanvragen:{naam}", args=[aanvraag.pk])


LIJST = "/aanvragen/toestemmingen/"


def test_lijst_is_leeg_en_zegt_wat_te_doen(wereld):
    antwoord = als(wereld.van_gemeente(ARNHEM)).get(LIJST)
    assert antwoord.status_code == 200
    assert "Er is nog geen toestemming gevraagd" in tekst(antwoord)
    assert reverse("aanvragen:voordracht_doen") in antwoord.content.decode()


def test_lijst_toont_open_eerst_en_alleen_het_eigene(wereld):
    gegeven = fabriek.met_toestemming(wereld, gemeente=ARNHEM)
    gevraagd = fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)
    vreemd = fabriek.wacht_op_toestemming(wereld, gemeente=NIJMEGEN)
    inhoud = als(wereld.van_gemeente(ARNHEM)).get(LIJST).content.decode()
    assert inhoud.index(gevraagd.kenmerk) < inhoud.index(gegeven.kenmerk)
    assert vreemd.kenmerk not in inhoud
    assert "Voorbeeld" not in inhoud.split("<tbody>")[1].split("</tbody>")[0].replace("Ggz Voorbeeld", "")


def test_verband_filtert_op_gemeente_en_status(wereld):
    nijmegen = fabriek.wacht_op_toestemming(wereld, gemeente=NIJMEGEN)
    druten = fabriek.met_toestemming(wereld, gemeente=DRUTEN)
    client = als(wereld.van_gemeente(NIJMEGEN))
    inhoud = client.get(LIJST).content.decode()
    assert nijmegen.kenmerk in inhoud
    assert druten.kenmerk in inhoud
    alleen_druten = client.get(LIJST, {"gemeente": DRUTEN}).content.decode()
    assert nijmegen.kenmerk not in alleen_druten
    assert druten.kenmerk in alleen_druten
    gevraagd = client.get(LIJST, {"status": "gevraagd"}).content.decode()
    assert druten.kenmerk not in gevraagd
    leeg = client.get(LIJST, {"status": "geweigerd"})
    assert "Niets gevonden" in tekst(leeg)


@pytest.mark.parametrize("vraag", [{"status": "\x00"}, {"na": "999999"}, {"na": "-1"}, {"gemeente": "9999"}])
def test_vreemde_filters_breken_niets(wereld, vraag):
    fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)
    assert als(wereld.van_gemeente(ARNHEM)).get(LIJST, vraag).status_code == 200


def test_bladeren_na_25(wereld):
    for _ in range(26):
        fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)
    client = als(wereld.van_gemeente(ARNHEM))
    eerste = client.get(LIJST, {"status": "gevraagd"})
    assert len(eerste.context["rijen"]) == 25
    assert eerste.context["volgende"] == "?status=gevraagd&na=25"
    tweede = client.get(LIJST + eerste.context["volgende"])
    assert len(tweede.context["rijen"]) == 1
    assert tweede.context["vorige"] == "?status=gevraagd&na=0"


def test_lijst_kost_steeds_evenveel_vragen(wereld):
    fabriek.wacht_op_toestemming(wereld, gemeente=NIJMEGEN)
    client = als(wereld.van_gemeente(NIJMEGEN))
    eerst = aantal_vragen(client, LIJST)
    for gemeente in (NIJMEGEN, DRUTEN) * 5:
        fabriek.met_toestemming(wereld, gemeente=gemeente)
    assert aantal_vragen(client, LIJST) == eerst <= 12


def test_plaatsen_en_waarschuwing_vanaf_vijf(wereld):
    """T44: a sixth may be given, with a warning."""
    fabriek.verleen_plaatsen(wereld, 5, gemeenten=[ARNHEM])
    zesde = fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)
    client = als(wereld.van_gemeente(ARNHEM))
    woorden = tekst(client.get(LIJST))
    assert "5 van de 5 toegekend" in woorden
    assert "dan wijst UWV die aanvraag af" in woorden
    assert "dan wijst UWV die aanvraag af" in tekst(client.get(pad("toestemming_verlenen", zesde)))
    antwoord = client.post(pad("toestemming_verlenen", zesde), GOED)
    assert antwoord.status_code == 302
    assert Toestemming.objects.get(aanvraag=zesde).status == ToestemmingStatus.VERLEEND


def test_vijf_gegeven_waarschuwt_ook(wereld):
    for _ in range(5):
        fabriek.met_toestemming(wereld, gemeente=ARNHEM)
    fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)
    assert "gaf al 5 keer toestemming" in tekst(als(wereld.van_gemeente(ARNHEM)).get(LIJST))


@pytest.mark.parametrize("rol", [Rol.GEMEENTEMEDEWERKER, Rol.GEMEENTEBESLISSER])
def test_verlenen(wereld, rol):
    aanvraag = fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)
    client = als(wereld.van_gemeente(ARNHEM, rol))
    pagina = client.get(pad("toestemming_verlenen", aanvraag))
    woorden = tekst(pagina)
    for moet in (
        "A.B. Voorbeeld",
        "Proefweg 12",
        "Bijstand van de gemeente",
        "T. Bakker",
        "024 123 45 67",
        "4.000,00",
    ):
        assert moet in woorden
    assert aanvraag.deelnemer.bsn not in woorden
    for mag_niet in ("Behandeling", "D. de Groot", "specialistische", "CMD)"):
        assert mag_niet not in woorden
    antwoord = client.post(
        pad("toestemming_verlenen", aanvraag),
        GOED | {"versie": aanvraag.versie, "voorzieningen": "Schuldhulp"},
    )
    assert antwoord.status_code == 302
    assert antwoord.url == pad("dossier", aanvraag)
    toestemming = Toestemming.objects.get(aanvraag=aanvraag)
    assert (toestemming.status, toestemming.voorzieningen) == ("verleend", "Schuldhulp")


def test_verlenen_met_fouten_verliest_niets(wereld):
    aanvraag = fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)
    client = als(wereld.van_gemeente(ARNHEM))
    antwoord = client.post(pad("toestemming_verlenen", aanvraag), {"voorzieningen": "Schuldhulp"})
    assert antwoord.status_code == 200
    woorden = tekst(antwoord)
    assert "Kies of de uitkering klopt." in woorden
    assert "Vul uw functie in" in woorden
    assert "Schuldhulp" in woorden
    nee = client.post(pad("toestemming_verlenen", aanvraag), GOED | {"uitkering_klopt": "nee"})
    assert "De uitkering klopt niet. Geef dan geen toestemming." in tekst(nee)
    assert Toestemming.objects.get(aanvraag=aanvraag).status == ToestemmingStatus.GEVRAAGD


def test_weigeren_vraagt_een_reden_en_beeindigt(wereld):
    """T43."""
    aanvraag = fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)
    client = als(wereld.van_gemeente(ARNHEM))
    assert "verplicht de gemeente tot niets" in tekst(client.get(pad("toestemming_weigeren", aanvraag)))
    leeg = client.post(pad("toestemming_weigeren", aanvraag), {"functie": "Klantmanager"})
    assert "Schrijf waarom u geen toestemming geeft." in tekst(leeg)
    client.post(
        pad("toestemming_weigeren", aanvraag), {"functie": "Klantmanager", "motivering": "Loopt al iets."}
    )
    assert vers(aanvraag).status == AanvraagStatus.VERVALLEN


def test_intrekken_zolang_niet_toegekend(wereld):
    aanvraag = fabriek.ingediend(wereld, gemeente=ARNHEM)
    client = als(wereld.van_gemeente(ARNHEM))
    antwoord = client.post(pad("toestemming_intrekken", aanvraag), {"motivering": "Geen bijstand meer."})
    assert antwoord.status_code == 302
    assert Toestemming.objects.get(aanvraag=aanvraag).status == ToestemmingStatus.INGETROKKEN
    toegekend = fabriek.toegekend(wereld, gemeente=ARNHEM, route="uwv")
    assert client.get(pad("toestemming_intrekken", toegekend)).status_code == 404


def test_al_beslist_zegt_dat(wereld):
    aanvraag = fabriek.met_toestemming(wereld, gemeente=ARNHEM)
    client = als(wereld.van_gemeente(ARNHEM))
    antwoord = client.get(pad("toestemming_verlenen", aanvraag))
    assert antwoord.status_code == 200
    assert "Over deze toestemming is al beslist." in tekst(antwoord)
    na = client.post(pad("toestemming_verlenen", aanvraag), GOED)
    assert "Over deze toestemming is al beslist." in tekst(na)


def test_verouderd_formulier_krijgt_409_en_houdt_de_tekst(wereld):
    aanvraag = fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)
    client = als(wereld.van_gemeente(ARNHEM))
    antwoord = client.post(
        pad("toestemming_verlenen", aanvraag),
        GOED | {"versie": aanvraag.versie - 1, "voorzieningen": "Schuldhulp"},
    )
    assert antwoord.status_code == 409
    assert "terwijl u bezig was" in tekst(antwoord)
    assert "Schuldhulp" in tekst(antwoord)
    assert f'name="versie" value="{aanvraag.versie}"' in antwoord.content.decode()


def test_twee_keer_versturen_is_een_keer_geven(wereld):
    aanvraag = fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)
    client = als(wereld.van_gemeente(ARNHEM))
    gegevens = GOED | {"versie": aanvraag.versie, "sleutel": "5d6dbb6c-9e26-4d26-8a0f-0a3c2ed8a1f4"}
    for _ in range(2):
        assert client.post(pad("toestemming_verlenen", aanvraag), gegevens).status_code == 302
    assert Regel.objects.filter(handeling="toestemming.verlenen", soort=Soort.HANDELING).count() == 1


@pytest.mark.parametrize("naam", ["toestemming_verlenen", "toestemming_weigeren", "toestemming_intrekken"])
def test_andere_gemeente_is_er_niet_en_staat_in_het_logboek(wereld, naam):
    """T86."""
    aanvraag = fabriek.wacht_op_toestemming(wereld, gemeente=NIJMEGEN)
    vreemd = wereld.van_gemeente(ARNHEM)
    assert als(vreemd).get(pad(naam, aanvraag)).status_code == 404
    assert als(vreemd).post(pad(naam, aanvraag), GOED).status_code == 404
    regels = Regel.objects.filter(soort=Soort.WEIGERING, dossier_id=aanvraag.pk, gebruiker=vreemd.persoon)
    assert regels.count() == 2


def test_concept_is_er_nog_niet_voor_de_gemeente(wereld):
    aanvraag = fabriek.compleet(wereld, gemeente=ARNHEM)
    assert als(wereld.van_gemeente(ARNHEM)).get(pad("toestemming_verlenen", aanvraag)).status_code == 404


@pytest.mark.parametrize("rol", [Rol.BEHANDELAAR, Rol.UWV_BEOORDELAAR, Rol.MINISTERIE, Rol.BEHEERDER])
def test_andere_rollen_mogen_niet(wereld, rol):
    aanvraag = fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)
    client = als(wereld.met(rol))
    assert client.get(LIJST).status_code == 403
    assert client.post(pad("toestemming_verlenen", aanvraag), GOED).status_code == 403


def test_lezen_staat_in_het_logboek(wereld):
    aanvraag = fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)
    als(wereld.van_gemeente(ARNHEM)).get(pad("toestemming_verlenen", aanvraag))
    assert Regel.objects.filter(
        soort=Soort.LEZING, dossier_id=aanvraag.pk, client_id=aanvraag.deelnemer.pk
    ).exists()

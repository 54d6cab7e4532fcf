"""The mandaat page of the gemeente: what there is, what is missing, and the model."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from gemeenten.models import Mandaat, Ondermandaat
from gemeenten.regels.modelbesluit import modelbesluit
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek.wereld import NU_B, geef_mandaat
from tests.web.bezoek import als
from tests.web.sql import met_hoogstens

pytestmark = pytest.mark.django_db
PAD = "/gemeenten/mandaat/"
DRUTEN, WIJCHEN, UTRECHT = "0225", "0296", "0344"
VANDAAG = datum_van(NU_B)


@pytest.fixture
def wereld():
    with klok_op(NU_B):
        yield fabriek.maak_wereld_b()


@pytest.fixture
def zonder(wereld):
    """As if nothing was arranged yet."""
    Ondermandaat.objects.all().delete()
    Mandaat.objects.all().delete()
    return wereld


def tekst(antwoord):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", antwoord.content.decode()))


def utrecht(wereld, rol=Rol.GEMEENTEBESLISSER):
    return wereld.lid(wereld.gemeente(UTRECHT).organisatie, rol)


@pytest.mark.parametrize("rol", [Rol.GEMEENTEBESLISSER, Rol.GEMEENTEMEDEWERKER])
def test_zonder_mandaat_staat_er_wat_ontbreekt_en_wat_te_doen(zonder, rol):
    pagina = tekst(als(utrecht(zonder, rol)).get(PAD))
    assert "Er kan niet worden besloten" in pagina
    assert "Het college van Utrecht heeft nog geen mandaat." in pagina
    assert "U legt een mandaat niet zelf vast. Dat doet de beheerder" in pagina
    assert "Model voor een ondermandaat van Utrecht" in pagina


def test_alles_in_orde(zonder):
    geef_mandaat(zonder.regeling, UTRECHT)
    pagina = tekst(als(utrecht(zonder)).get(PAD))
    for woorden in ("In orde", "Klantmanager IPS", "Iedereen die hier beslist", "Stcrt. 2023, 6260"):
        assert woorden in pagina
    assert "Er kan niet worden besloten" not in pagina


def test_T82_een_mandaat_dat_morgen_begint(zonder):
    morgen = VANDAAG + timedelta(days=1)
    geef_mandaat(zonder.regeling, UTRECHT, van=morgen)
    pagina = tekst(als(utrecht(zonder)).get(PAD))
    assert f"Het mandaat van het college van Utrecht geldt pas vanaf {morgen:%d-%m-%Y}." in pagina


def test_een_ondermandaat_dat_voorbij_is_of_nog_begint(zonder):
    geef_mandaat(zonder.regeling, UTRECHT, tot=VANDAAG, functie="Teamleider")
    later = VANDAAG + timedelta(days=10)
    geef_mandaat(zonder.regeling, UTRECHT, van=later)
    pagina = tekst(als(utrecht(zonder)).get(PAD))
    assert "mag vandaag niemand tekenen: er is geen geldig ondermandaat." in pagina
    assert f"Het eerste geldt vanaf {later:%d-%m-%Y}." in pagina
    assert "Voorbij" in pagina


def test_op_naam_van_een_collega(zonder):
    collega = zonder.van_gemeente(UTRECHT, Rol.GEMEENTEMEDEWERKER)
    geef_mandaat(zonder.regeling, UTRECHT, gebruiker=collega.gebruiker)
    assert "op naam van een collega" in tekst(als(utrecht(zonder)).get(PAD))
    voor_medewerker = tekst(als(collega).get(PAD))
    assert "In orde" in voor_medewerker
    assert "op naam van een collega" not in voor_medewerker


def test_T85_het_verband_ziet_al_zijn_gemeenten_en_per_gemeente_wat_er_is(zonder):
    geef_mandaat(zonder.regeling, DRUTEN)
    pagina = tekst(als(zonder.van_gemeente(DRUTEN)).get(PAD))
    namen = ["Berg en Dal", "Beuningen", "Druten", "Heumen", "Mook en Middelaar", "Nijmegen", "Wijchen"]
    assert all(f"Model voor een ondermandaat van {naam}" in pagina for naam in namen)
    assert pagina.count("In orde") == 1
    assert pagina.count("heeft nog geen mandaat") == 6
    assert "Utrecht" not in pagina


def test_T85_de_gemeente_ziet_dat_haar_verband_tekent(zonder):
    druten = zonder.gemeente(DRUTEN)
    geef_mandaat(zonder.regeling, DRUTEN)
    geef_mandaat(zonder.regeling, DRUTEN, druten.organisatie, functie="Klantmanager Druten")
    pagina = tekst(als(zonder.lid(druten.organisatie, Rol.GEMEENTEBESLISSER)).get(PAD))
    assert "U mag zelf niet tekenen: WerkBedrijf Rijk van Nijmegen voert IPS uit voor Druten." in pagina
    assert "Telt niet: WerkBedrijf Rijk van Nijmegen voert IPS uit" in pagina


def test_een_gemeente_die_is_opgegaan_heeft_geen_blok(zonder):
    eemsdelta = zonder.lid(zonder.gemeente("1979").organisatie, Rol.GEMEENTEBESLISSER)
    pagina = tekst(als(eemsdelta).get(PAD))
    assert "Eemsdelta" in pagina
    assert "Appingedam" not in pagina
    assert als(eemsdelta).get(f"{PAD}0003/IPS-GEM-2023/").status_code == 404


def test_zonder_regeling_in_mandaat_is_er_niets_te_regelen():
    with klok_op(fabriek.NU):
        wereld = fabriek.maak_wereld()
        antwoord = als(wereld.van_gemeente()).get(PAD)
    assert "U hebt nu geen mandaat nodig" in tekst(antwoord)


def test_het_menu_wijst_de_weg(wereld):
    assert PAD in als(utrecht(wereld)).get("/berichten/").content.decode()


def test_een_vast_aantal_vragen(wereld):
    for code in (WIJCHEN, "0209", "0252"):
        geef_mandaat(wereld.regeling, code)
    een, zeven = als(utrecht(wereld)), als(wereld.van_gemeente(DRUTEN))
    with met_hoogstens(16) as voor_een:
        een.get(PAD)
    with met_hoogstens(16) as voor_zeven:
        zeven.get(PAD)
    assert voor_zeven.aantal <= voor_een.aantal + 1


@pytest.mark.parametrize("na", ["10", "x", "-1", "99999999", "\x00"])
def test_bladeren_met_rommel(wereld, na):
    assert als(utrecht(wereld)).get(PAD, {"na": na}).status_code == 200


# --- the model -------------------------------------------------------------------------------------------------


def test_T84_het_model_noemt_minister_college_en_functionaris(wereld):
    antwoord = als(utrecht(wereld)).get(f"{PAD}{UTRECHT}/IPS-GEM-2023/")
    pagina = tekst(antwoord)
    gever = "de Minister voor Armoedebeleid, Participatie en Pensioenen"
    lijnen = [
        f"{gever},", "namens deze,", "het college van burgemeester en wethouders van Utrecht,", "namens dit college,",
        "[naam], [functie].",
    ]  # fmt: skip
    assert "Onder een besluit op grond van dit ondermandaat staat: " + " ".join(lijnen) in pagina
    assert "geldt niet voor een beslissing op bezwaar" in pagina
    assert "laat het nakijken door een jurist" in pagina
    assert "Instemming" not in pagina


def test_voor_een_gemeente_met_een_verband_vraagt_het_model_instemming(wereld):
    pagina = tekst(als(wereld.van_gemeente(DRUTEN)).get(f"{PAD}{DRUTEN}/IPS-GEM-2023/"))
    assert "[Het bestuur van WerkBedrijf Rijk van Nijmegen] heeft op [datum] ingestemd" in pagina


def test_het_model_als_tekst(wereld):
    antwoord = als(utrecht(wereld)).get(f"{PAD}{UTRECHT}/IPS-GEM-2023/tekst/")
    assert antwoord.headers["Content-Disposition"] == 'attachment; filename="modelbesluit-mandaat-0344.txt"'
    inhoud = antwoord.content.decode("utf-8-sig")
    assert inhoud.startswith("Ondermandaat- en machtigingsbesluit IPS-trajecten gemeente Utrecht\r\n")
    assert "Artikel 2 Ondermandaat\r\n1. Het college verleent" in inhoud
    assert "   a. aanvragen te ontvangen" in inhoud


def test_elk_artikel_van_het_model_heeft_een_kop_en_een_lid():
    besluit = modelbesluit(gemeente="X", regeling="regeling", mandaatgever="de Minister", organisatie="Samen")
    assert len({artikel.kop for artikel in besluit.artikelen}) == len(besluit.artikelen) == 7
    assert all(artikel.leden for artikel in besluit.artikelen)


@pytest.mark.parametrize("laatste", ["", "tekst/"])
def test_het_model_van_een_andere_gemeente_is_er_niet(wereld, laatste):
    client = als(utrecht(wereld))
    assert client.get(f"{PAD}{DRUTEN}/IPS-GEM-2023/{laatste}").status_code == 404
    regel = Regel.objects.get(handeling="mandaat.model")
    assert (regel.soort, regel.onderwerp_id) == (Soort.WEIGERING, DRUTEN)


@pytest.mark.parametrize(
    "rest", ["0344/bestaat-niet/", "9999/IPS-GEM-2023/", "%00/IPS-GEM-2023/", "x" * 300 + "/IPS-GEM-2023/"]
)
def test_een_model_dat_er_niet_is(wereld, rest):
    assert als(utrecht(wereld)).get(PAD + rest).status_code == 404


def test_wie_er_niet_bij_mag(wereld):
    assert Client().get(PAD).status_code == 302
    for actor in (
        wereld.behandelaar,
        wereld.beslisser,
        wereld.met(Rol.MINISTERIE),
        wereld.met(Rol.BEHEERDER),
    ):
        assert als(actor).get(PAD).status_code == 403

"""The voordracht from both sides."""

import pytest
from django.urls import reverse

from aanvragen.models import Aanvraag, Voordracht
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import ARNHEM, NIJMEGEN, NU
from tests.web.behandeling.hulp import aantal_vragen, als, tekst

pytestmark = pytest.mark.django_db
LIJST = "/aanvragen/voordrachten/"
NIEUW = "/aanvragen/voordrachten/nieuw/"


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(NU):
        yield


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


def invoer(wereld, **over):
    return {
        "gemeente": ARNHEM,
        "instelling": str(wereld.instelling.pk),
        "voorletters": "V.",
        "achternaam": "Voorgedragen",
        "bsn": fabriek.bsn(3),
        "geboortedatum_dag": "5",
        "geboortedatum_maand": "5",
        "geboortedatum_jaar": "1985",
        "uitkering": "bijstand",
        "akkoord_op_dag": "1",
        "akkoord_op_maand": "6",
        "akkoord_op_jaar": "2019",
        "contact_naam": "C. Contact",
        "contact_telefoon": "026 123 45 67",
    } | over


def pad(naam, voordracht):
    return reverse(f"aanvragen:{naam}", args=[voordracht.pk])


def test_doen_en_aannemen(wereld):
    """T48: the instelling becomes the aanvrager."""
    gemeente = als(wereld.van_gemeente(ARNHEM))
    pagina = gemeente.get(NIEUW)
    assert "Geen medische gegevens" in tekst(pagina)
    assert wereld.instelling.plaats in tekst(pagina)
    antwoord = gemeente.post(NIEUW, invoer(wereld))
    voordracht = Voordracht.objects.get()
    assert antwoord.url == pad("voordracht", voordracht)
    detail = gemeente.get(antwoord.url)
    assert voordracht.bsn not in tekst(detail)
    assert "Voordracht intrekken" in tekst(detail)

    instelling = als(wereld.behandelaar)
    assert "Voorgedragen" in tekst(instelling.get(LIJST))
    assert "Aannemen en aanvraag beginnen" in tekst(instelling.get(pad("voordracht", voordracht)))
    assert instelling.get(pad("voordracht_aannemen", voordracht)).status_code == 200
    aangenomen = instelling.post(pad("voordracht_aannemen", voordracht))
    aanvraag = Aanvraag.objects.get()
    assert aangenomen.url == reverse("aanvragen:invullen", args=[aanvraag.pk])
    assert (aanvraag.initiatief, aanvraag.instelling, aanvraag.route) == (
        "gemeente",
        wereld.instelling,
        "gemeente",
    )
    assert aanvraag.kenmerk in tekst(instelling.get(pad("voordracht", voordracht)))
    assert aanvraag.kenmerk not in tekst(gemeente.get(pad("voordracht", voordracht)))


@pytest.mark.parametrize(
    ("over", "melding"),
    [
        ({"bsn": "123456789"}, "Dit BSN bestaat niet."),
        ({"gemeente": NIJMEGEN}, "Kies de gemeente waar de inwoner woont."),
        ({"instelling": "999999"}, "Kies een ggz-instelling."),
        ({"uitkering": "uwv"}, "Kies een van de antwoorden."),
        ({"akkoord_op_jaar": "2020"}, "op of voor 3 juni 2019"),
        ({"geboortedatum_maand": "13"}, "getal van 1 tot en met 12"),
        ({"achternaam": "a\x00b"}, "een teken dat we niet kunnen bewaren"),
        ({"contact_naam": ""}, "wie de instelling kan bellen"),
    ],
)
def test_fouten_zijn_duidelijk_en_er_gaat_niets_verloren(wereld, over, melding):
    antwoord = als(wereld.van_gemeente(ARNHEM)).post(NIEUW, invoer(wereld, **over))
    assert antwoord.status_code == 200
    assert melding in tekst(antwoord)
    assert 'value="V."' in antwoord.content.decode()
    assert not Voordracht.objects.exists()


def test_alleen_instellingen_die_nu_ips_bieden(wereld):
    fabriek.maak_instelling("Zonder Erkenning", erkend=False)
    assert "Zonder Erkenning" not in tekst(als(wereld.van_gemeente(ARNHEM)).get(NIEUW))


def test_afwijzen_vraagt_een_antwoord(wereld):
    voordracht = fabriek.voordracht(wereld)
    client = als(wereld.behandelaar)
    assert "Schrijf kort een antwoord" in tekst(
        client.post(pad("voordracht_afwijzen", voordracht), {"antwoord": " "})
    )
    assert client.post(pad("voordracht_afwijzen", voordracht), {"antwoord": "Geen plek."}).status_code == 302
    voordracht.refresh_from_db()
    assert (voordracht.status, voordracht.antwoord) == ("afgewezen", "Geen plek.")
    assert "Geen plek." in tekst(als(wereld.van_gemeente()).get(pad("voordracht", voordracht)))


def test_intrekken_en_dan_niet_meer_aannemen(wereld):
    voordracht = fabriek.voordracht(wereld)
    assert als(wereld.van_gemeente()).post(pad("voordracht_intrekken", voordracht)).status_code == 302
    antwoord = als(wereld.behandelaar).post(pad("voordracht_aannemen", voordracht))
    assert "kan niet meer" in tekst(antwoord)
    assert not Aanvraag.objects.exists()


def test_buiten_het_tijdvak_aannemen_kan_niet(wereld):
    voordracht = fabriek.voordracht(wereld)
    with klok_op(NU.replace(year=2020)):
        antwoord = als(wereld.behandelaar).post(pad("voordracht_aannemen", voordracht))
    assert "Er is nu geen regeling open." in tekst(antwoord)
    assert not Aanvraag.objects.exists()


def test_een_ander_ziet_hem_niet(wereld):
    voordracht = fabriek.voordracht(wereld, gemeente=NIJMEGEN)
    vreemd = wereld.van_gemeente(ARNHEM)
    andere = fabriek.maak_actor(Rol.BEHANDELAAR, fabriek.maak_instelling().organisatie)
    for actor in (vreemd, andere):
        client = als(actor)
        assert client.get(pad("voordracht", voordracht)).status_code == 404
        assert "Voorgedragen" not in tekst(client.get(LIJST)).replace("Voorgedragen op", "")
        assert Regel.objects.filter(soort=Soort.WEIGERING, gebruiker=actor.persoon).count() == 1


def test_rollen(wereld):
    voordracht = fabriek.voordracht(wereld)
    assert als(wereld.behandelaar).get(NIEUW).status_code == 403
    assert als(wereld.van_gemeente()).post(pad("voordracht_aannemen", voordracht)).status_code == 403
    assert als(wereld.beoordelaar).get(pad("voordracht", voordracht)).status_code == 403


def test_lijst_logt_en_kost_steeds_evenveel(wereld):
    fabriek.voordracht(wereld)
    client = als(wereld.behandelaar)
    eerst = aantal_vragen(client, LIJST)
    for _ in range(4):
        fabriek.voordracht(wereld)
    assert aantal_vragen(client, LIJST) == eerst <= 12
    assert Regel.objects.filter(soort=Soort.LEZING, handeling="voordracht.lijst").exists()

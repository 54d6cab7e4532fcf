"""The contact cards: kept by the organisatie itself, shown to the others at the dossier."""

import pytest
from django.urls import reverse

from aanvragen.web.dossier.contact import contactkaarten
from gemeenten.models import Contactpersoon
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.rollen import Rol
from overleg.handelingen import contactpersonen
from tests import fabriek
from tests.fabriek import ARNHEM, NU, doe, geweigerd
from tests.web.behandeling.hulp import als, tekst
from tests.web.sql import met_hoogstens

pytestmark = pytest.mark.django_db
LIJST = "/overleg/contactpersonen/"
GOED = {
    "naam": "Twan Jansen",
    "functie": "Consulent",
    "email": "twan@gemeente.example",
    "telefoon": "024 123 45 67",
}


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(NU):
        yield


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


@pytest.fixture
def actor(wereld):
    return wereld.van_gemeente(ARNHEM, Rol.GEMEENTEMEDEWERKER)


@pytest.fixture
def kaart(actor):
    return doe(contactpersonen.toevoegen, None, actor, **GOED)


def pad(naam, kaart):
    return reverse(f"overleg:contactpersoon_{naam}", args=[kaart.pk])


def test_toevoegen_wijzigen_en_weghalen(actor):
    client = als(actor)
    assert "Er is nog geen contactpersoon" in tekst(client.get(LIJST))
    assert client.post(LIJST + "nieuw/", GOED).url == LIJST
    kaart = Contactpersoon.objects.get(organisatie=actor.organisatie)
    inhoud = client.get(LIJST).content.decode()
    assert 'href="tel:0241234567"' in inhoud
    assert 'href="mailto:twan@gemeente.example"' in inhoud
    assert client.post(pad("wijzigen", kaart), GOED | {"functie": "Beleid"}).status_code == 302
    kaart.refresh_from_db()
    assert kaart.functie == "Beleid"
    assert "Twan Jansen" in tekst(client.get(pad("weghalen", kaart)))
    assert client.post(pad("weghalen", kaart)).status_code == 302
    assert not Contactpersoon.objects.exists()
    assert sorted(Regel.objects.filter(onderwerp="gemeenten.contactpersoon").values_list("handeling", flat=True)) == [
        "contactpersoon.toevoegen", "contactpersoon.weghalen", "contactpersoon.wijzigen",
    ]  # fmt: skip
    assert not Regel.objects.filter(gegevens__icontains="Twan").exists()


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"naam": ""}, "Vul de naam van de contactpersoon in"),
        ({"naam": "x" * 200}, "Maak de tekst korter"),
        ({"email": "geen adres"}, "e-mailadres"),
        ({"telefoon": "bel maar"}, "Vul een telefoonnummer in, bijvoorbeeld 024 123 45 67"),
        ({"telefoon": "", "email": ""}, "Vul een e-mailadres of een telefoonnummer in"),
        ({"naam": "a\x00b"}, "weggehaald"),
    ],
)
def test_een_kaart_die_niet_klopt(actor, anders, melding):
    antwoord = als(actor).post(LIJST + "nieuw/", GOED | anders)
    assert antwoord.status_code == 200
    assert melding in tekst(antwoord)
    assert "Consulent" in antwoord.content.decode()
    assert not Contactpersoon.objects.exists()


def test_een_ander_blijft_van_uw_kaart_af(wereld, kaart):
    for vreemd in (wereld.van_gemeente(rol=Rol.GEMEENTEBESLISSER), wereld.met(Rol.INSTELLINGSBEHEERDER)):
        client = als(vreemd)
        assert "Twan" not in tekst(client.get(LIJST))
        for naam in ("wijzigen", "weghalen"):
            assert client.get(pad(naam, kaart)).status_code == 404
            assert client.post(pad(naam, kaart), GOED).status_code == 404
        assert geweigerd(lambda v=vreemd: contactpersonen.weghalen(None, v, nu=NU, nummer=kaart.pk)) == [
            "weg"
        ]
    assert geweigerd(lambda: contactpersonen.weghalen(None, wereld.behandelaar, nu=NU, nummer=kaart.pk)) == [
        "rol"
    ]
    assert Contactpersoon.objects.filter(pk=kaart.pk).exists()


def test_niet_meer_dan_er_nodig_zijn(actor):
    for _ in range(contactpersonen.MEESTE_KAARTEN):
        doe(contactpersonen.toevoegen, None, actor, **GOED)
    assert "Haal er eerst een weg" in tekst(als(actor).post(LIJST + "nieuw/", GOED))
    als(actor).get(LIJST)
    client = als(actor)
    client.get(LIJST)
    with met_hoogstens(7):
        client.get(LIJST)


def test_bij_een_dossier_staan_de_kaarten_van_de_anderen(wereld, actor, kaart):
    beheerder = wereld.met(Rol.INSTELLINGSBEHEERDER)
    van_instelling = doe(contactpersonen.toevoegen, None, beheerder, **GOED | {"naam": "Loes"})
    aanvraag = fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)
    assert contactkaarten(aanvraag, wereld.behandelaar) == [(actor.organisatie.naam, [kaart])]
    assert contactkaarten(aanvraag, actor) == [(wereld.instelling.naam, [van_instelling])]
    assert len(contactkaarten(aanvraag, wereld.beoordelaar)) == 2
    uwv = fabriek.ingediend(wereld, route="uwv", gemeente=ARNHEM)
    assert uwv.instelling
    assert uwv.gemeente
    with met_hoogstens(1):  # a page has read those two already
        assert [naam for naam, _ in contactkaarten(uwv, wereld.beoordelaar)] == [wereld.instelling.naam]

"""The check of the gemeente: who records it, what it costs nobody, and where it is read."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from aanvragen.handelingen.gemeentetoets import vastleggen
from aanvragen.models import Gemeentetoets, Toestemming
from aanvragen.models.gemeentetoets import laatste_toets
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import ARNHEM, DRUTEN, NIJMEGEN, NU, doe, geweigerd
from tests.web.behandeling.hulp import als, tekst

pytestmark = pytest.mark.django_db
GOED = {"uitkering_klopt": "ja", "ander_traject": "nee", "voorzieningen": "Jobcoach"}
INVOER = {"uitkering_klopt": True, "ander_traject": False, "voorzieningen": " Jobcoach "}


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(NU):
        yield


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


@pytest.fixture
def aanvraag(wereld):
    return fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)


def pad(aanvraag):
    return reverse("aanvragen:gemeentetoets_vastleggen", args=[aanvraag.pk])


def test_vastleggen(wereld, aanvraag):
    actor = wereld.van_gemeente(ARNHEM, Rol.GEMEENTEMEDEWERKER)
    client = als(actor)
    pagina = client.get(pad(aanvraag))
    assert "A.B. Voorbeeld" in tekst(pagina)
    assert aanvraag.deelnemer.bsn not in tekst(pagina)
    assert "Behandeling" not in tekst(pagina)
    assert client.post(pad(aanvraag), GOED).url == reverse("aanvragen:dossier", args=[aanvraag.pk])
    toets = laatste_toets(aanvraag)
    assert (toets.uitkering_klopt, toets.ander_traject, toets.voorzieningen) == (True, False, "Jobcoach")
    assert (toets.organisatie, toets.vastgelegd_door) == (actor.organisatie, actor.gebruiker)
    assert Regel.objects.filter(handeling="gemeentetoets.vastleggen", dossier_id=aanvraag.pk).count() >= 1


def test_een_nieuwe_toets_komt_erbij_en_telt(wereld, aanvraag):
    actor = wereld.van_gemeente(ARNHEM)
    doe(vastleggen, aanvraag, actor, **INVOER)
    pagina = als(actor).get(pad(aanvraag))
    assert "Vorige toets" in tekst(pagina)
    doe(vastleggen, aanvraag, actor, **INVOER | {"ander_traject": True})
    assert Gemeentetoets.objects.count() == 2
    assert laatste_toets(aanvraag).ander_traject is True
    with pytest.raises(DatabaseError), transaction.atomic():
        Gemeentetoets.objects.update(ander_traject=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        Gemeentetoets.objects.all().delete()


def test_wie_toestemming_geeft_leest_de_toets(wereld, aanvraag):
    doe(vastleggen, aanvraag, wereld.van_gemeente(ARNHEM, Rol.GEMEENTEMEDEWERKER), **INVOER)
    adres = reverse("aanvragen:toestemming_verlenen", args=[aanvraag.pk])
    pagina = als(wereld.van_gemeente(ARNHEM)).get(adres)
    assert "Gemeentetoets" in tekst(pagina)
    formulier = pagina.context["form"]
    assert formulier["geen_ander_traject"].value() == "ja"
    assert formulier["voorzieningen"].value() == "Jobcoach"


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"uitkering_klopt": ""}, "Kies of de uitkering klopt"),
        ({"ander_traject": "misschien"}, "Kies een van de antwoorden"),
        ({"voorzieningen": "x" * 1001}, "Maak de tekst korter"),
    ],
)
def test_een_toets_die_niet_af_is(wereld, aanvraag, anders, melding):
    antwoord = als(wereld.van_gemeente(ARNHEM)).post(pad(aanvraag), GOED | anders)
    assert antwoord.status_code == 200
    assert melding in tekst(antwoord)
    assert not Gemeentetoets.objects.exists()


def test_een_ander_toetst_uw_inwoner_niet(wereld, aanvraag):
    vreemd = wereld.van_gemeente(NIJMEGEN)
    assert als(vreemd).post(pad(aanvraag), GOED).status_code == 404
    assert geweigerd(lambda: vastleggen(aanvraag, vreemd, nu=NU, **INVOER)) == ["niet_van_u"]
    assert geweigerd(lambda: vastleggen(aanvraag, wereld.behandelaar, nu=NU, **INVOER)) == ["rol"]
    assert Regel.objects.filter(soort=Soort.WEIGERING, dossier_id=aanvraag.pk).count() == 3
    assert not Gemeentetoets.objects.exists()


def test_het_verband_toetst_voor_zijn_gemeente(wereld):
    aanvraag = fabriek.wacht_op_toestemming(wereld, gemeente=DRUTEN)
    assert doe(vastleggen, aanvraag, wereld.van_gemeente(DRUTEN), **INVOER)


def test_na_het_besluit_en_na_een_weigering_is_er_niets_te_toetsen(wereld, aanvraag):
    toegekend = fabriek.toegekend(wereld, gemeente=ARNHEM)
    actor = wereld.van_gemeente(ARNHEM)
    assert geweigerd(lambda: vastleggen(toegekend, actor, nu=NU, **INVOER)) == ["status"]
    Toestemming.objects.filter(aanvraag=aanvraag).update(status="ingetrokken")
    assert geweigerd(lambda: vastleggen(aanvraag, actor, nu=NU, **INVOER)) == ["niets_gevraagd"]
    assert "niets gevraagd" in tekst(als(actor).get(pad(aanvraag)))

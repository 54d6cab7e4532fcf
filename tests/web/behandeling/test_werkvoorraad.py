"""The worklist: sorted by what must be decided first, filtered in the URL, never more statements."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import ARNHEM, NIJMEGEN, NU
from tests.web.behandeling.hulp import aantal_vragen, als, tekst

pytestmark = pytest.mark.django_db
LIJST = "/aanvragen/werkvoorraad/"
VERLENGINGEN = "/aanvragen/verlengingen/"


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(NU):
        yield


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


def kenmerken(antwoord):
    return [regel.aanvraag.kenmerk for regel in antwoord.context["regels"]]


@pytest.mark.parametrize("rol", [Rol.UWV_BEOORDELAAR, Rol.UWV_BESLISSER, Rol.UWV_FINANCIEN])
def test_leeg_voor_elke_rol_van_uwv(wereld, rol):
    antwoord = als(wereld.met(rol)).get(LIJST)
    assert antwoord.status_code == 200
    assert "Er ligt niets open" in tekst(antwoord)


@pytest.mark.parametrize("rol", [Rol.BEHANDELAAR, Rol.MINISTERIE, Rol.BEHEERDER])
def test_niet_voor_anderen(wereld, rol):
    client = als(wereld.met(rol))
    assert client.get(LIJST).status_code == 403
    assert client.get(VERLENGINGEN).status_code == 403


def test_op_volgorde_van_beslistermijn(wereld):
    later = fabriek.ingediend(wereld, NU, route="uwv")
    eerder = fabriek.ingediend(wereld, NU - timedelta(days=14), route="uwv")
    fabriek.compleet(wereld, route="uwv")
    fabriek.toegekend(wereld, route="uwv")
    antwoord = als(wereld.beoordelaar).get(LIJST)
    assert kenmerken(antwoord) == [eerder.kenmerk, later.kenmerk]
    assert "nog" in tekst(antwoord).lower()


def test_te_laat_staat_er_in_woorden(wereld):
    aanvraag = fabriek.ingediend(wereld, NU, route="uwv")
    wacht = fabriek.onvolledig(wereld, NU, route="uwv")
    with klok_op(NU + timedelta(days=57)):
        antwoord = als(wereld.beoordelaar).get(LIJST)
        woorden = tekst(antwoord)
        assert "1 dag te laat" in woorden
        assert "Hersteltermijn voorbij sinds 17 juni 2019" in woorden
        te_laat = als(wereld.beoordelaar).get(LIJST, {"te_laat": "on"})
        assert kenmerken(te_laat) == [aanvraag.kenmerk]
        assert wacht.kenmerk in kenmerken(antwoord)


def test_filters_en_tellers(wereld):
    nieuw = fabriek.ingediend(wereld, route="uwv")
    arnhem = fabriek.in_behandeling(wereld, gemeente=ARNHEM)
    klaar = fabriek.beoordeeld(wereld, gemeente=NIJMEGEN)
    client = als(wereld.beoordelaar)
    for vraag, verwacht in [
        ({"status": "ingediend"}, {nieuw}),
        ({"status": "in_behandeling"}, {arnhem}),
        ({"status": "beoordeeld"}, {klaar}),
        ({"route": "uwv"}, {nieuw}),
        ({"gemeente": ARNHEM}, {arnhem}),
        ({"van_mij": "on"}, {arnhem, klaar}),
        ({"zoek": nieuw.kenmerk.lower()}, {nieuw}),
        ({"zoek": klaar.kenmerk[4:8]}, {klaar}),
        ({"status": "onzin"}, {nieuw, arnhem, klaar}),
    ]:
        assert set(kenmerken(client.get(LIJST, vraag))) == {a.kenmerk for a in verwacht}, vraag
    tellers = {t.titel: t.aantal for t in client.get(LIJST).context["tellers"]}
    assert tellers["Alle"] == 3
    assert (tellers["Nieuw"], tellers["Te beoordelen"], tellers["Klaar voor besluit"]) == (1, 1, 1)
    assert tellers["Van mij"] == 2
    assert "Niets gevonden" in tekst(client.get(LIJST, {"zoek": "ZZZ"}))


@pytest.mark.parametrize("zoek", ["\x00", "%", "😀", "a" * 5000])
def test_vreemde_zoekvraag_breekt_niets(wereld, zoek):
    fabriek.ingediend(wereld, route="uwv")
    assert als(wereld.beoordelaar).get(LIJST, {"zoek": zoek}).status_code == 200


def test_zoeken_vindt_ook_wat_besloten_is_maar_geen_concept(wereld):
    toegekend = fabriek.toegekend(wereld, route="uwv")
    concept = fabriek.compleet(wereld, route="uwv")
    client = als(wereld.beslisser)
    assert kenmerken(client.get(LIJST, {"zoek": toegekend.kenmerk})) == [toegekend.kenmerk]
    assert kenmerken(client.get(LIJST, {"zoek": concept.kenmerk})) == []


def test_oppakken_alleen_voor_wie_dat_mag(wereld):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    adres = reverse("aanvragen:aanvraag_oppakken", args=[aanvraag.pk])
    assert adres in als(wereld.beoordelaar).get(LIJST).content.decode()
    assert adres not in als(wereld.beslisser).get(LIJST).content.decode()


def test_lijst_kost_steeds_evenveel_vragen(wereld):
    fabriek.in_behandeling(wereld, route="uwv")
    client = als(wereld.beoordelaar)
    eerst = aantal_vragen(client, LIJST)
    for _ in range(3):
        fabriek.beoordeeld(wereld, gemeente=ARNHEM)
        fabriek.ingediend(wereld, route="uwv")
    assert aantal_vragen(client, LIJST) == eerst <= 12


def test_bladeren_houdt_de_filters(wereld):
    for _ in range(26):
        fabriek.ingediend(wereld, route="uwv")
    client = als(wereld.beoordelaar)
    eerste = client.get(LIJST, {"route": "uwv"})
    assert len(kenmerken(eerste)) == 25
    tweede = client.get(LIJST + eerste.context["volgende"])
    assert len(kenmerken(tweede)) == 1
    assert not set(kenmerken(eerste)) & set(kenmerken(tweede))


def test_open_verlengingen(wereld):
    client = als(wereld.beoordelaar)
    assert "geen open verlengingen" in tekst(client.get(VERLENGINGEN))
    verlenging = fabriek.verlenging_gevraagd(wereld, route="uwv")
    antwoord = client.get(VERLENGINGEN)
    assert verlenging.traject.aanvraag.kenmerk in tekst(antwoord)
    assert reverse("aanvragen:verlenging_adviseren", args=[verlenging.pk]) in antwoord.content.decode()
    assert "Open verlengingen (1)" in tekst(client.get(LIJST))
    eerst = aantal_vragen(client, VERLENGINGEN)
    fabriek.verlenging_gevraagd(wereld, gemeente=ARNHEM)
    assert aantal_vragen(client, VERLENGINGEN) == eerst <= 12

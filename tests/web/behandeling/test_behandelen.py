"""Claiming, asking for more, reviewing."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from aanvragen.models import Beoordeling
from aanvragen.regels.statussen import AanvraagStatus
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import ARNHEM, NU, maak_actor, vers
from tests.web.behandeling.hulp import aantal_vragen, als, tekst

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(NU):
        yield


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


def pad(naam, aanvraag):
    return reverse(f"aanvragen:{naam}", args=[aanvraag.pk])


def alles_ja(aanvraag, **over):
    controles = aanvraag.inhoud.route(aanvraag.route).controles
    return (
        {f"controle_{c.code}": "ja" for c in controles}
        | {
            "advies": "toekennen",
            "motivering": "De aanvraag voldoet.",
            "versie": aanvraag.versie,
        }
        | over
    )


def test_oppakken_loslaten_in_behandeling_nemen(wereld):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    client = als(wereld.beoordelaar)
    assert "Pak de aanvraag eerst op" in tekst(client.get(pad("aanvraag_in_behandeling_nemen", aanvraag)))
    assert "Uw naam komt bij de aanvraag" in tekst(client.get(pad("aanvraag_oppakken", aanvraag)))
    assert client.post(pad("aanvraag_oppakken", aanvraag)).url == pad("dossier", aanvraag)
    assert vers(aanvraag).opgepakt_door == wereld.beoordelaar.gebruiker
    assert client.post(pad("aanvraag_loslaten", aanvraag)).status_code == 302
    assert vers(aanvraag).opgepakt_door is None
    client.post(pad("aanvraag_oppakken", aanvraag))
    assert client.get(pad("aanvraag_in_behandeling_nemen", aanvraag)).status_code == 200
    assert client.post(pad("aanvraag_in_behandeling_nemen", aanvraag)).status_code == 302
    assert vers(aanvraag).status == AanvraagStatus.IN_BEHANDELING


def test_wat_een_collega_oppakte_kan_niet_nog_eens(wereld):
    aanvraag = fabriek.pak_op(wereld, fabriek.ingediend(wereld, route="uwv"))
    collega = maak_actor(Rol.UWV_BEOORDELAAR, wereld.uwv)
    antwoord = als(collega).post(pad("aanvraag_oppakken", aanvraag))
    assert antwoord.status_code == 200
    assert "heeft deze aanvraag opgepakt" in tekst(antwoord)


def test_aanvulling_vragen_stelt_een_werkdag_voor(wereld):
    aanvraag = fabriek.pak_op(wereld, fabriek.ingediend(wereld, route="uwv"))
    client = als(wereld.beoordelaar)
    pagina = client.get(pad("aanvraag_aanvulling_vragen", aanvraag))
    assert pagina.context["form"].initial["termijn_tot"] == date(2019, 6, 17)
    fout = client.post(pad("aanvraag_aanvulling_vragen", aanvraag), {"vraag": "Een kopie van de brief"})
    assert "Een kopie van de brief" in tekst(fout), "wat getypt is, blijft staan"
    goed = {
        "vraag": "Een kopie van de brief",
        "termijn_tot_dag": "17",
        "termijn_tot_maand": "6",
        "termijn_tot_jaar": "2019",
    }
    vandaag = client.post(pad("aanvraag_aanvulling_vragen", aanvraag), goed | {"termijn_tot_dag": "3"})
    assert "op of na 4 juni 2019" in tekst(vandaag)
    niets = client.post(pad("aanvraag_aanvulling_vragen", aanvraag), goed | {"vraag": ""})
    assert "Kies of schrijf wat er ontbreekt." in tekst(niets)
    assert client.post(pad("aanvraag_aanvulling_vragen", aanvraag), goed).status_code == 302
    na = vers(aanvraag)
    assert (na.status, na.hersteltermijn_tot) == ("onvolledig", date(2019, 6, 17))
    assert not na.aanvulling_op_formulier, "wat het formulier niet vroeg, kost geen plaats"


def test_t117_hersteltermijn_op_een_gewone_dag(wereld):
    """T117, by the page: fourteen days after 11 December is Christmas, so the next ordinary day is proposed."""
    aanvraag = fabriek.pak_op(wereld, fabriek.ingediend(wereld, NU.replace(month=11, day=20), route="uwv"))
    with klok_op(NU.replace(month=12, day=11)):
        pagina = als(wereld.beoordelaar).get(pad("aanvraag_aanvulling_vragen", aanvraag))
    assert pagina.context["form"].initial["termijn_tot"] == date(2019, 12, 27)


def test_beoordelen(wereld):
    aanvraag = fabriek.in_behandeling(wereld, route="uwv")
    client = als(wereld.beoordelaar)
    pagina = client.get(pad("aanvraag_beoordelen", aanvraag))
    woorden = tekst(pagina)
    for controle in aanvraag.inhoud.route("uwv").controles:
        assert controle.vraag in woorden
    assert "Inhoudelijke toets" in woorden
    assert "0 van de 200" in woorden
    assert "Nummer 1 van de aanvragen die wachten" in woorden
    assert "Wij hebben dit vastgesteld" in pagina.context["form"].initial["motivering"]
    antwoord = client.post(
        pad("aanvraag_beoordelen", aanvraag), alles_ja(aanvraag, toelichting_doelgroep="Zie de verklaring.")
    )
    assert antwoord.status_code == 302
    beoordeling = Beoordeling.objects.get(aanvraag=aanvraag)
    assert beoordeling.uitkomsten["doelgroep"] == {"klopt": True, "toelichting": "Zie de verklaring."}
    opnieuw = client.get(pad("aanvraag_beoordelen", aanvraag))
    assert opnieuw.context["form"].initial["controle_doelgroep"] is True


@pytest.mark.parametrize(
    ("over", "melding"),
    [
        ({"controle_modelgetrouw": ""}, "Beantwoord ook: De instelling heeft laten zien"),
        ({"controle_modelgetrouw": "nee"}, "Dan kunt u niet adviseren om toe te kennen."),
        ({"advies": ""}, "Kies uw advies."),
        ({"advies": "afwijzen"}, "Kies waarom de aanvraag moet worden afgewezen."),
        ({"advies": "afwijzen", "gronden": ["onzin"]}, "Kies alleen uit de lijst."),
        ({"motivering": ""}, "Schrijf de motivering."),
        ({"motivering": "x" * 5001}, "Maak de tekst korter."),
    ],
)
def test_beoordelen_met_fouten_verliest_niets(wereld, over, melding):
    aanvraag = fabriek.in_behandeling(wereld, route="uwv")
    invoer = alles_ja(aanvraag, toelichting_doelgroep="Blijft staan.") | over
    antwoord = als(wereld.beoordelaar).post(pad("aanvraag_beoordelen", aanvraag), invoer)
    assert antwoord.status_code == 200
    assert melding in tekst(antwoord)
    assert "Blijft staan." in antwoord.content.decode()
    assert not Beoordeling.objects.exists()


def test_afwijzen_met_het_voorstel_om_toe_te_kennen_kan_niet(wereld):
    aanvraag = fabriek.in_behandeling(wereld, route="uwv")
    client = als(wereld.beoordelaar)
    voorstel = client.get(pad("aanvraag_beoordelen", aanvraag)).context["form"].initial["motivering"]
    invoer = alles_ja(
        aanvraag,
        controle_doelgroep="nee",
        advies="afwijzen",
        gronden=["niet_in_doelgroep"],
        motivering=voorstel.replace("\n", "\r\n"),
    )
    assert "Dit voorstel is om toe te kennen" in tekst(
        client.post(pad("aanvraag_beoordelen", aanvraag), invoer)
    )
    goed = client.post(pad("aanvraag_beoordelen", aanvraag), invoer | {"motivering": "Geen CMD."})
    assert goed.status_code == 302
    assert Beoordeling.objects.get().gronden == ["niet_in_doelgroep"]


def test_t39_lange_behandeling_waarschuwt_alleen_bij_inhoudelijke_toets(wereld):
    lang = {"begonnen_in": date(2017, 1, 1), "langer_toelichting": "Er kwam iets bij."}
    uwv = fabriek.in_behandeling(wereld, route="uwv", **lang)
    gemeente = fabriek.in_behandeling(wereld, gemeente=ARNHEM, **lang)
    client = als(wereld.beoordelaar)
    woorden = tekst(client.get(pad("aanvraag_beoordelen", uwv)))
    assert "langer dan 24 maanden" in woorden
    assert "Er kwam iets bij." in woorden
    woorden = tekst(client.get(pad("aanvraag_beoordelen", gemeente)))
    assert "24 maanden" not in woorden
    assert "Er kwam iets bij." not in woorden
    assert "In behandeling sinds" not in woorden


def test_t36_dezelfde_deelnemer_bij_een_andere_instelling_valt_op(wereld):
    eerste = fabriek.ingediend(wereld, route="uwv", bsn=fabriek.bsn(50))
    tweede = fabriek.in_behandeling(wereld, route="uwv", bsn=fabriek.bsn(50))
    concept = fabriek.compleet(wereld, route="uwv", bsn=fabriek.bsn(50))
    woorden = tekst(als(wereld.beoordelaar).get(pad("aanvraag_beoordelen", tweede)))
    assert "Dezelfde deelnemer" in woorden
    assert eerste.kenmerk in woorden
    assert concept.kenmerk not in woorden


def test_ingetrokken_toestemming_waarschuwt(wereld):
    aanvraag = fabriek.trek_toestemming_in(wereld, fabriek.in_behandeling(wereld, gemeente=ARNHEM))
    assert "Geen geldige toestemming" in tekst(
        als(wereld.beoordelaar).get(pad("aanvraag_beoordelen", aanvraag))
    )


def test_rang_noemt_wie_eerder_was(wereld):
    eerder = fabriek.ingediend(wereld, NU - timedelta(days=1), gemeente=ARNHEM)
    aanvraag = fabriek.in_behandeling(wereld, gemeente=ARNHEM)
    woorden = tekst(als(wereld.beoordelaar).get(pad("aanvraag_beoordelen", aanvraag)))
    assert "Nummer 2 van de aanvragen die wachten" in woorden
    assert eerder.kenmerk in woorden


def test_paginas_kosten_weinig_vragen(wereld):
    fabriek.ingediend(wereld, NU - timedelta(days=1), gemeente=ARNHEM)
    aanvraag = fabriek.beoordeeld(wereld, gemeente=ARNHEM)
    assert aantal_vragen(als(wereld.beoordelaar), pad("aanvraag_beoordelen", aanvraag)) <= 16
    assert aantal_vragen(als(wereld.beslisser), pad("aanvraag_toekennen", aanvraag)) <= 18


NAMEN = [
    "aanvraag_oppakken",
    "aanvraag_loslaten",
    "aanvraag_in_behandeling_nemen",
    "aanvraag_aanvulling_vragen",
    "aanvraag_beoordelen",
]


@pytest.mark.parametrize("naam", NAMEN)
def test_alleen_de_beoordelaar(wereld, naam):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    for rol in (Rol.UWV_BESLISSER, Rol.UWV_FINANCIEN, Rol.BEHANDELAAR, Rol.GEMEENTEBESLISSER, Rol.BEHEERDER):
        client = als(wereld.met(rol))
        assert client.get(pad(naam, aanvraag)).status_code == 403
        assert client.post(pad(naam, aanvraag)).status_code == 403


@pytest.mark.parametrize("naam", NAMEN)
def test_wat_niet_is_ingediend_is_er_niet(wereld, naam):
    concept = fabriek.compleet(wereld, route="uwv")
    assert als(wereld.beoordelaar).get(pad(naam, concept)).status_code == 404
    assert Regel.objects.filter(soort=Soort.WEIGERING, dossier_id=concept.pk).count() == 1


def test_wat_al_is_beslist_zegt_dat(wereld):
    aanvraag = fabriek.toegekend(wereld, route="uwv")
    client = als(wereld.beoordelaar)
    for naam in NAMEN:
        antwoord = client.get(pad(naam, aanvraag))
        assert antwoord.status_code == 200
        assert "kan niet meer: de status is nu “Toegekend”" in tekst(antwoord)

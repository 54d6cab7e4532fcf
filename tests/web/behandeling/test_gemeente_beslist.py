"""The pages of scheme B: the worklist of the gemeente, the question for budget, the letter in mandaat."""

from datetime import timedelta

import pytest
from django.urls import reverse

from aanvragen.regels.statussen import AanvraagStatus
from gemeenten.models import Mandaat
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.brieven.pdftekst import tekst as pdftekst
from tests.brieven.pdftekst import zonder_wit
from tests.fabriek import ARNHEM, NU_B, vers
from tests.web.behandeling.hulp import aantal_vragen, als, tekst

pytestmark = pytest.mark.django_db
LIJST = "/aanvragen/werkvoorraad/"
VRAGEN = "/aanvragen/budgetvragen/"


@pytest.fixture(autouse=True)
def _in_2023():
    with klok_op(NU_B):
        yield


@pytest.fixture
def wereld():
    return fabriek.maak_wereld_b()


def pad(naam, aanvraag):
    return reverse(f"aanvragen:{naam}", args=[aanvraag.pk])


def test_van_lijst_tot_besluit_in_de_browser_van_de_gemeente(wereld):
    aanvraag = fabriek.beoordeeld(wereld, NU_B)
    medewerker = als(wereld.voorbereider(aanvraag, NU_B))
    beslisser = als(wereld.besluitnemer(aanvraag, NU_B))
    financien = als(wereld.met(Rol.UWV_FINANCIEN))
    assert aanvraag.kenmerk in tekst(medewerker.get(LIJST))
    assert aanvraag.kenmerk not in tekst(financien.get(VRAGEN))
    assert financien.get(pad("dossier", aanvraag)).status_code == 404

    assert "€ 8.000" in tekst(medewerker.get(pad("aanvraag_budget_vragen", aanvraag)))
    assert medewerker.post(pad("aanvraag_budget_vragen", aanvraag), {}).status_code == 302
    assert "UWV kijkt of er budget is." in tekst(medewerker.get(pad("dossier", aanvraag)))

    lijst = tekst(financien.get(VRAGEN))
    assert aanvraag.kenmerk in lijst
    assert "Nijmegen" in lijst
    assert financien.post(pad("aanvraag_budget_reserveren", aanvraag), {}).status_code == 302
    woorden = tekst(beslisser.get(pad("dossier", aanvraag)))
    assert "Budget gereserveerd tot en met" in woorden
    assert "3 juli 2023" in woorden

    brief = beslisser.post(
        reverse("aanvragen:besluit_voorbeeld", args=[aanvraag.pk, "verlening"]), {"motivering": "Goed."}
    )
    inhoud = pdftekst(brief.content)
    regels = [
        "De Minister,",
        "namens deze,",
        "het college van burgemeester en wethouders van Nijmegen,",
        "Klantmanager IPS",
    ]
    plekken = [inhoud.index(zonder_wit(regel)) for regel in regels]
    assert plekken == sorted(plekken)
    versie = vers(aanvraag).versie
    klaar = beslisser.post(pad("aanvraag_toekennen", aanvraag), {"motivering": "Goed.", "versie": versie})
    assert klaar.status_code == 302
    assert vers(aanvraag).status == AanvraagStatus.TOEGEKEND


def test_uwv_ziet_alleen_wat_nodig_is_om_in_te_kopen(wereld):
    aanvraag = fabriek.budget_gevraagd(wereld, NU_B, doelgroep="EPA")
    html = tekst(als(wereld.beoordelaar).get(pad("dossier", aanvraag)))
    assert "Ernstige psychiatrische aandoening" in html
    assert "€ 12.000" in html
    assert "A.B. Voorbeeld" in html
    for verborgen in (
        "Proefweg",
        "31 januari 1990",
        "Bijstand",
        "Regiebehandelaar",
        "t.bakker@voorbeeld.example",
    ):
        assert verborgen not in html, verborgen


def test_zonder_mandaat_zegt_de_pagina_wat_er_ontbreekt(wereld):
    aanvraag = fabriek.budget_gereserveerd(wereld, NU_B)
    Mandaat.objects.filter(gemeente=aanvraag.gemeente).update(geldig_van=NU_B.date() + timedelta(days=1))
    beslisser = als(wereld.besluitnemer(aanvraag, NU_B))
    assert "geldt pas vanaf 06-06-2023" in tekst(beslisser.get(pad("aanvraag_toekennen", aanvraag)))
    antwoord = beslisser.post(pad("aanvraag_toekennen", aanvraag), {"motivering": "Mijn lange motivering."})
    assert antwoord.status_code == 200
    assert not vers(aanvraag).besluiten.exists()
    assert "Mijn lange motivering." in antwoord.content.decode()
    brief = beslisser.post(
        reverse("aanvragen:besluit_voorbeeld", args=[aanvraag.pk, "verlening"]), {"motivering": "Goed."}
    )
    assert "geldt pas vanaf" in tekst(brief)


def test_doorzenden_in_de_browser(wereld):
    aanvraag = fabriek.ingediend(wereld, NU_B)
    medewerker = als(wereld.voorbereider(aanvraag, NU_B))
    fout = medewerker.post(pad("aanvraag_doorzenden", aanvraag), {"gemeente": ARNHEM, "reden": ""})
    assert "Schrijf waarom de aanvraag bij die gemeente hoort." in tekst(fout)
    invoer = {"gemeente": ARNHEM, "reden": "De deelnemer is verhuisd.", "versie": aanvraag.versie}
    assert medewerker.post(pad("aanvraag_doorzenden", aanvraag), invoer).url == LIJST
    assert medewerker.get(pad("dossier", aanvraag)).status_code == 404
    arnhem = als(wereld.van_gemeente(ARNHEM, Rol.GEMEENTEMEDEWERKER, NU_B))
    assert "Doorgezonden naar een andere gemeente" in tekst(arnhem.get(pad("dossier", aanvraag)))


def test_de_ene_gemeente_ziet_de_lijst_van_de_andere_niet(wereld):
    aanvraag = fabriek.ingediend(wereld, NU_B)
    ander = als(wereld.van_gemeente(ARNHEM, Rol.GEMEENTEBESLISSER, NU_B))
    assert aanvraag.kenmerk not in tekst(ander.get(LIJST))
    assert ander.get(pad("aanvraag_toekennen", aanvraag)).status_code == 404


def test_let_op_zegt_wat_de_gemeente_weegt(wereld):
    """T53: not registered as werkzoekende is a flag, no refusal."""
    aanvraag = fabriek.in_behandeling(
        wereld, NU_B, uitkering="geen", werkzoekend_ingeschreven=False, ander_traject=True
    )
    woorden = tekst(als(wereld.voorbereider(aanvraag, NU_B)).get(pad("dossier", aanvraag)))
    assert "artikel 6 van de Participatiewet" in woorden
    assert "ander re-integratietraject" in woorden
    assert "artikel 6 van de Participatiewet" not in tekst(
        als(wereld.behandelaar).get(pad("dossier", aanvraag))
    )


def test_een_langere_lijst_kost_niet_meer_vragen(wereld):
    def maak(aantal):
        for _ in range(aantal):
            fabriek.budget_gevraagd(wereld, NU_B)

    maak(2)
    medewerker = als(wereld.van_gemeente(rol=Rol.GEMEENTEMEDEWERKER, nu=NU_B))
    financien = als(wereld.met(Rol.UWV_FINANCIEN))
    eerst = aantal_vragen(medewerker, LIJST), aantal_vragen(financien, VRAGEN)
    maak(3)
    assert (aantal_vragen(medewerker, LIJST), aantal_vragen(financien, VRAGEN)) == eerst
    assert max(eerst) <= 16

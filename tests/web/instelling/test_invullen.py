"""The task list and the pages of the onderdelen: saving, rules, stale versions, what stays fixed, whose it is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from aanvragen.models import Aanvraag, Behandeling
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel
from tests import fabriek
from tests.web.bezoek import als, formulierdata
from tests.web.instelling.antwoorden import GOED, adres, bewaar

# --- the way through -----------------------------------------------------------------------------------


def test_het_hele_verhaal_van_leeg_tot_klaar(client, aanvraag):
    takenlijst = reverse("aanvragen:invullen", args=[aanvraag.pk])
    html = client.get(takenlijst).content.decode()
    assert html.count("Nog niet gestart") == 5
    assert "Kan nog niet beginnen" in html
    for nu, volgend in zip(GOED, [*list(GOED)[1:], "bijlagen"], strict=True):
        assert bewaar(client, aanvraag, nu)["Location"] == adres(aanvraag, volgend)
    antwoord = client.get(takenlijst)
    assert [taak.status for taak in antwoord.context["taken"]] == ["Klaar"] * 6
    assert antwoord.context["laatste_taken"][0].titel == "Toestemming vragen aan de gemeente"
    assert antwoord.context["laatste_taken"][0].url
    assert not antwoord.context["laatste_taken"][1].url
    aanvraag.refresh_from_db()
    assert aanvraag.route == "gemeente"
    assert aanvraag.deelnemer.postcode == "6511 AA"
    assert aanvraag.behandeling.begonnen_in == date(2018, 6, 1)


def test_later_verder_bewaart_wat_er_is(client, aanvraag):
    leeg = dict.fromkeys(GOED["deelnemer"], "")
    antwoord = bewaar(client, aanvraag, "deelnemer", "later", **leeg | {"achternaam": "Jansen"})
    assert antwoord["Location"] == reverse("aanvragen:invullen", args=[aanvraag.pk])
    taken = client.get(antwoord["Location"]).context["taken"]
    assert taken[1].status == "Bezig"
    deelnemer = Aanvraag.objects.get(pk=aanvraag.pk).deelnemer
    assert (deelnemer.achternaam, deelnemer.bsn, deelnemer.bsn_index) == ("Jansen", None, None)


def test_later_verder_met_een_fout_zegt_dat_en_houdt_alles(client, aanvraag):
    antwoord = bewaar(client, aanvraag, "deelnemer", "later", bsn="123456789", achternaam="", adres="Laan 3")
    html = antwoord.content.decode()
    assert "Dit BSN bestaat niet" in html
    assert "Laan 3" in html
    assert "Vul de achternaam" not in html
    assert "(niet verplicht)" not in html


def test_wijzig_gaat_terug_naar_de_controle(client, wereld):
    compleet = fabriek.compleet(wereld)
    url = adres(compleet, "traject") + "?terug=versturen"
    data = formulierdata(client.get(url)) | GOED["traject"]
    assert client.post(url, data)["Location"] == reverse("aanvragen:aanvraag_indienen", args=[compleet.pk])


def test_een_ander_terug_dan_de_onze_telt_niet(client, wereld):
    compleet = fabriek.compleet(wereld)
    antwoord = client.get(adres(compleet, "traject") + "?terug=//kwaad.example")
    assert "kwaad.example" not in antwoord.content.decode()


# --- rules ---------------------------------------------------------------------------------------------


def test_epa_krijgt_een_verwijzing_naar_de_andere_regeling(client, aanvraag):
    html = bewaar(client, aanvraag, "situatie", doelgroep="EPA").content.decode()
    assert "niet voor mensen met een ernstige psychische aandoening" in html
    assert "andere subsidie voor IPS" in html


@pytest.mark.parametrize(
    ("uitkering", "route"), [("uwv", "uwv"), ("bijstand", "gemeente"), ("geen", "gemeente")]
)
def test_de_route_volgt_uit_de_uitkering(client, aanvraag, uitkering, route):
    bewaar(
        client, aanvraag, "situatie", uitkering=uitkering, route="uwv" if route == "gemeente" else "gemeente"
    )
    aanvraag.refresh_from_db()
    assert aanvraag.route == route


def test_met_twee_uitkeringen_kiest_een_mens_de_route(client, aanvraag):
    """T47."""
    html = bewaar(client, aanvraag, "situatie", uitkering="beide").content.decode()
    assert "Kies wie de deelnemer naar werk helpt." in html
    bewaar(client, aanvraag, "situatie", uitkering="beide", route="uwv")
    aanvraag.refresh_from_db()
    assert aanvraag.route == "uwv"


def test_een_kleine_baan_vraagt_drie_dingen_meer(client, aanvraag):
    html = bewaar(client, aanvraag, "situatie", werk="klein").content.decode()
    for tekst in (
        "Vul in hoeveel uur",
        "Schrijf waarom dit een kleine baan is",
        "Kies of de deelnemer ander werk",
    ):
        assert tekst in html
    kleine_baan = {"werk_uren": "6", "werk_toelichting": "Zes uur.", "ander_werk": "nee"}
    bewaar(client, aanvraag, "situatie", werk="klein", **kleine_baan)
    aanvraag.refresh_from_db()
    assert (aanvraag.werk_uren, aanvraag.ander_werk) == (6, False)
    html = client.get(reverse("aanvragen:invullen", args=[aanvraag.pk])).content.decode()
    assert "kleine baan en wil geen ander werk" in html
    bewaar(client, aanvraag, "situatie", werk="geen", **kleine_baan)
    aanvraag.refresh_from_db()
    assert (aanvraag.werk_uren, aanvraag.werk_toelichting, aanvraag.ander_werk) == (None, "", None)


def test_langer_dan_24_maanden_vraagt_een_motivering(client, aanvraag):
    """T39: a warning and a motivation, no refusal."""
    html = bewaar(client, aanvraag, "behandeling", begonnen_in_jaar="2016").content.decode()
    assert "al langer dan 24 maanden" in html
    assert not Behandeling.objects.exists()
    antwoord = bewaar(client, aanvraag, "behandeling", begonnen_in_jaar="2016", langer_toelichting="Nodig.")
    assert antwoord.status_code == 302


def test_precies_24_maanden_niet(client, aanvraag):
    antwoord = bewaar(client, aanvraag, "behandeling", begonnen_in_jaar="2017")
    assert antwoord.status_code == 302


@pytest.mark.parametrize("tekst", ["Heeft PTSS.", "DSM-5 classificatie", "F32.1 vastgesteld", "code 296.32"])
def test_een_diagnose_geeft_een_waarschuwing_en_wordt_bewaard(client, aanvraag, tekst):
    """T123."""
    antwoord = bewaar(client, aanvraag, "traject", toelichting=tekst)
    html = client.get(antwoord["Location"]).content.decode()
    assert "lijkt een diagnose of een ander medisch gegeven" in html
    aanvraag.refresh_from_db()
    assert aanvraag.toelichting == tekst


@pytest.mark.parametrize(
    "tekst", ["Werkt graag met de F16.", "Woont op Dreef 32", "Is 30 jaar en 32 weken bezig"]
)
def test_gewone_tekst_geeft_er_geen(client, aanvraag, tekst):
    antwoord = bewaar(client, aanvraag, "traject", toelichting=tekst.replace("F16", "vrachtwagen"))
    assert "medisch gegeven" not in client.get(antwoord["Location"]).content.decode()


def test_een_start_in_het_verleden_kan_niet(client, aanvraag):
    html = bewaar(client, aanvraag, "traject", gewenste_start_maand="5").content.decode()
    assert "Vul een startdatum in op of na 3 juni 2019." in html


def test_zelfde_persoon_bij_de_eigen_instelling_wordt_gezegd_bij_een_andere_niet(client, wereld, aanvraag):
    bsn = GOED["deelnemer"]["bsn"]
    vreemd = fabriek.compleet(wereld.bij_andere_instelling(), bsn=bsn)
    bewaar(client, aanvraag, "deelnemer")
    takenlijst = reverse("aanvragen:invullen", args=[aanvraag.pk])
    assert "nog een aanvraag voor deze persoon" not in client.get(takenlijst).content.decode()
    eigen = fabriek.compleet(wereld, bsn=bsn)
    html = client.get(takenlijst).content.decode()
    assert eigen.kenmerk in html
    assert vreemd.kenmerk not in html


def test_het_bsn_staat_alleen_in_het_eigen_invoerveld(client, wereld):
    compleet = fabriek.compleet(wereld, bsn="999990019")
    pagina = client.get(adres(compleet, "deelnemer")).content.decode()
    assert pagina.count("999990019") == 1
    for naam in ("invullen", "aanvraag_indienen", "aanvraag_toestemming_vragen", "dossier"):
        assert (
            "999990019" not in client.get(reverse(f"aanvragen:{naam}", args=[compleet.pk])).content.decode()
        )


# --- stale ---------------------------------------------------------------------------------------------


def test_een_verouderd_formulier_toont_wat_er_veranderde_en_houdt_het_getypte(client, wereld, aanvraag):
    bewaar(client, aanvraag, "deelnemer")
    oud = formulierdata(client.get(adres(aanvraag, "deelnemer")))
    bewaar(client, aanvraag, "deelnemer", achternaam="de Vries")
    data = oud | GOED["deelnemer"] | {"achternaam": "Pietersen", "bsn": "123456782"}
    antwoord = client.post(adres(aanvraag, "deelnemer"), data)
    assert antwoord.status_code == 409
    html = antwoord.content.decode()
    assert antwoord.context["verschillen"] == [
        ("Burgerservicenummer (BSN)", "•••••0019", "•••••6782"),
        ("Achternaam", "de Vries", "Pietersen"),
    ]
    assert 'value="Pietersen"' in html
    assert Aanvraag.objects.get(pk=aanvraag.pk).deelnemer.achternaam == "de Vries"
    opnieuw = data | formulierdata(antwoord)
    assert client.post(adres(aanvraag, "deelnemer"), opnieuw).status_code == 302
    assert Aanvraag.objects.get(pk=aanvraag.pk).deelnemer.achternaam == "Pietersen"


def test_twee_keer_hetzelfde_formulier_is_geen_verouderd_formulier(client, aanvraag):
    data = formulierdata(client.get(adres(aanvraag, "traject"))) | GOED["traject"]
    eerste, tweede = (client.post(adres(aanvraag, "traject"), data) for _ in range(2))
    assert (eerste.status_code, tweede.status_code) == (302, 302)
    aanvraag.refresh_from_db()
    assert aanvraag.versie == 2


# --- after sending -------------------------------------------------------------------------------------


def test_wat_verstuurd_is_kan_niet_meer_worden_gewijzigd(client, wereld):
    weg = fabriek.ingediend(wereld)
    assert client.get(reverse("aanvragen:invullen", args=[weg.pk])).status_code == 302
    assert client.get(adres(weg, "traject")).status_code == 302
    antwoord = client.post(adres(weg, "traject"), GOED["traject"] | {"versie": str(weg.versie)})
    assert "kan niet meer" in antwoord.content.decode()


def test_bij_een_aanvulling_staat_de_vraag_en_liggen_gemeente_en_doelgroep_vast(client, wereld):
    wacht = fabriek.vraag_aanvulling(
        wereld, fabriek.ingediend(wereld), vraag="Het huisnummer klopt niet.", punten=("adres",)
    )
    antwoord = client.get(reverse("aanvragen:invullen", args=[wacht.pk]))
    html = antwoord.content.decode()
    assert "Het huisnummer klopt niet." in html
    assert "Straat en huisnummer" in html
    assert "17 juni 2019" in html
    statussen = {taak.titel: taak.status for taak in antwoord.context["taken"]}
    assert statussen["Deelnemer"] == "Aanvulling gevraagd"
    assert statussen["Traject"] == "Klaar"
    bsn = wacht.deelnemer.bsn
    bewaar(client, wacht, "deelnemer", bsn=bsn, gemeente="0202", adres="Nieuwe laan 2")
    bewaar(client, wacht, "situatie", doelgroep="EPA")
    wacht.refresh_from_db()
    assert wacht.gemeente is not None
    assert (wacht.gemeente.code, wacht.doelgroep) == ("0268", "CMD")
    assert Aanvraag.objects.get(pk=wacht.pk).deelnemer.adres == "Nieuwe laan 2"


def test_een_andere_route_na_het_versturen_wordt_geweigerd(client, wereld):
    wacht = fabriek.onvolledig(wereld)
    html = bewaar(client, wacht, "situatie", uitkering="uwv").content.decode()
    assert "liggen vast sinds u de aanvraag verstuurde" in html


def test_een_gemeente_die_intussen_is_opgeheven_moet_opnieuw_worden_gekozen(client, wereld):
    compleet = fabriek.compleet(wereld, gemeente="0003")
    with klok_op(datetime(2021, 3, 1, 9, tzinfo=UTC)):
        html = client.get(adres(compleet, "deelnemer")).content.decode()
        assert "Appingedam" in html
        assert "bestaat niet meer" in html
        antwoord = bewaar(client, compleet, "deelnemer", gemeente="0003")
        assert "Deze gemeente staat niet (meer) in de lijst" in antwoord.content.decode()
        assert bewaar(client, compleet, "deelnemer", gemeente="1979").status_code == 302


# --- whose ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "naam", ["invullen", "aanvraag_indienen", "aanvraag_intrekken", "verstuurd", "dossier"]
)
def test_van_een_andere_instelling_is_er_geen_pagina_wel_een_regel(client, wereld, naam):
    """T87."""
    vreemd = fabriek.compleet(wereld.bij_andere_instelling())
    for methode in ("get", "post"):
        assert getattr(client, methode)(reverse(f"aanvragen:{naam}", args=[vreemd.pk])).status_code == 404
    assert Regel.objects.filter(soort="weigering", dossier_id=vreemd.pk).exists()
    assert not Regel.objects.filter(soort="lezing", dossier_id=vreemd.pk).exists()


def test_een_vreemd_onderdeel_en_een_onbekend_onderdeel_zijn_er_niet(client, wereld, aanvraag):
    vreemd = fabriek.compleet(wereld.bij_andere_instelling())
    assert client.post(adres(vreemd, "deelnemer"), GOED["deelnemer"]).status_code == 404
    assert client.get(adres(aanvraag, "bestaat-niet")).status_code == 404
    assert Regel.objects.filter(soort="weigering", dossier_id=vreemd.pk).count() == 1


def test_een_gemeente_vult_niets_in(wereld):
    wacht = fabriek.wacht_op_toestemming(wereld)
    assert als(wereld.van_gemeente()).get(adres(wacht, "deelnemer")).status_code == 403

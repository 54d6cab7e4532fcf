"""The list of the own instelling, and beginning a new aanvraag."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from aanvragen.models import Aanvraag
from budget.models import Pot
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel
from tests import fabriek
from tests.web.bezoek import als, formulierdata
from tests.web.sql import met_hoogstens, tel_sql

LIJST = "/aanvragen/"


def test_zonder_aanvragen_staat_er_wat_er_komt(client):
    antwoord = client.get(LIJST)
    assert "Er zijn nog geen aanvragen" in antwoord.content.decode()
    assert reverse("aanvragen:nieuw") in antwoord.content.decode()


def test_toont_alleen_de_eigen_aanvragen_met_wie_er_aan_zet_is(client, wereld):
    eigen = fabriek.wacht_op_toestemming(wereld)
    ander = fabriek.compleet(wereld.bij_andere_instelling())
    html = client.get(LIJST).content.decode()
    assert eigen.kenmerk in html
    assert ander.kenmerk not in html
    assert str(wereld.van_gemeente().organisatie) in html
    assert "Alle <span" in html


def test_na_de_toestemming_is_de_instelling_aan_zet(client, wereld):
    fabriek.met_toestemming(wereld)
    (rij,) = client.get(LIJST).context["rijen"]
    assert rij["aan_zet"] == wereld.instelling.naam
    assert rij["stand"].tekst == "Toestemming gegeven"


def test_filtert_op_status_en_telt_ze_allemaal(client, wereld):
    weg, open_ = fabriek.ingetrokken(wereld), fabriek.compleet(wereld)
    antwoord = client.get(LIJST, {"status": "ingetrokken"})
    assert [rij["kenmerk"] for rij in antwoord.context["rijen"]] == [weg.kenmerk]
    assert [teller.aantal for teller in antwoord.context["tellers"]] == [2, 1, 1]
    assert open_.kenmerk not in antwoord.content.decode()


@pytest.mark.parametrize("hoe", ["kenmerk", "zonder voorvoegsel", "kleine letters", "achternaam"])
def test_zoekt_op_begin_van_kenmerk_of_achternaam(client, wereld, hoe):
    gezocht = fabriek.compleet(wereld, achternaam="van der Meer")
    fabriek.compleet(wereld, achternaam="Meer")
    zoek = {
        "kenmerk": gezocht.kenmerk[:9],
        "zonder voorvoegsel": gezocht.kenmerk[4:10],
        "kleine letters": gezocht.kenmerk.lower(),
        "achternaam": "VAN DER MEER",
    }[hoe]
    rijen = client.post(LIJST, {"zoek": zoek}).context["rijen"]
    assert [rij["kenmerk"] for rij in rijen] == [gezocht.kenmerk]


def test_p30_een_naam_staat_nooit_in_een_adres(client, wereld):
    """P30: searching by name is a POST, and an address that holds one anyhow finds nobody."""
    gezocht = fabriek.compleet(wereld, achternaam="van der Meer")
    pagina = client.get(LIJST)
    formulier = pagina.text.partition('role="search"')[0].rpartition("<form")[2]
    assert 'method="post"' in formulier
    assert client.get(LIJST, {"zoek": "van der Meer"}).context["rijen"] == []
    assert [r["kenmerk"] for r in client.get(LIJST, {"zoek": gezocht.kenmerk}).context["rijen"]] == [
        gezocht.kenmerk
    ]
    gevonden = client.post(LIJST, {"zoek": "van der meer"})
    links = re.findall(r'(?:href|action)="([^"]*)"', gevonden.text)
    assert not [link for link in links if "meer" in link.lower()]


def test_p30_meer_dan_een_bladzijde_bij_een_naam(client, wereld, monkeypatch):
    monkeypatch.setattr("aanvragen.web.instelling.lijst.RIJEN", 1)
    fabriek.compleet(wereld, achternaam="Jansen")
    fabriek.compleet(wereld, achternaam="Jansen")
    gevonden = client.post(LIJST, {"zoek": "jansen"})
    assert len(gevonden.context["rijen"]) == 1
    assert "U ziet de eerste 1 aanvragen" in gevonden.text
    assert gevonden.context["volgende"] == ""


@pytest.mark.parametrize("getypt", ["999990019", "9999 90 019", "99990019", "9999.90.019"])
def test_zoekt_nooit_op_bsn_in_een_adres(client, getypt):
    for vraag in (client.get, client.post):
        antwoord = vraag(LIJST, {"zoek": getypt}, follow=True)
    assert antwoord.redirect_chain == [(LIJST, 302)]
    assert "Zoeken op BSN kan niet" in antwoord.content.decode()
    assert getypt not in antwoord.content.decode()


@pytest.mark.parametrize(
    "vraag",
    [
        {"zoek": "niets\x00"}, {"zoek": "x" * 500}, {"zoek": "🙂"}, {"zoek": "\u202eمرحبا"}, {"status": "bestaat_niet"},
        {"na": "-1"}, {"na": "٣"}, {"na": "9" * 40}, {"na": "999999"}, {"status": "\x00"}, {"zoek": "%_'\""},
    ],
)  # fmt: skip
def test_rare_filters_zijn_geen_fout(client, wereld, vraag):
    fabriek.concept(wereld)
    assert client.get(LIJST, vraag).status_code == 200
    assert client.post(LIJST, vraag).status_code == 200


def test_bladert_per_25(client, wereld):
    for _ in range(27):
        fabriek.concept(wereld)
    eerste = client.get(LIJST)
    assert len(eerste.context["rijen"]) == 25
    assert eerste.context["vorige"] == ""
    tweede = client.get(LIJST + eerste.context["volgende"])
    assert len(tweede.context["rijen"]) == 2
    assert tweede.context["volgende"] == ""
    assert {rij["kenmerk"] for rij in eerste.context["rijen"]}.isdisjoint(
        {rij["kenmerk"] for rij in tweede.context["rijen"]}
    )


def test_blijft_binnen_het_sql_budget_hoeveel_er_ook_zijn(client, wereld):
    client.get(LIJST)
    fabriek.compleet(wereld)
    with met_hoogstens(12) as een:
        client.get(LIJST)
    fabriek.toegekend(wereld)
    fabriek.met_toestemming(wereld)
    with tel_sql() as meer:
        client.get(LIJST)
    assert meer.aantal == een.aantal


def test_wie_een_naam_ziet_staat_in_het_logboek(client, wereld):
    gezien = fabriek.compleet(wereld)
    fabriek.concept(wereld)
    client.get(LIJST)
    assert Regel.objects.filter(soort="lezing", dossier_id=gezien.pk).count() == 1
    assert Regel.objects.filter(soort="lezing").count() == 1


# --- nieuw ---------------------------------------------------------------------------------------------


def test_nieuw_zegt_tot_wanneer_en_hoeveel_plaatsen(client, wereld):
    fabriek.verleen_plaatsen(wereld, 3)
    html = client.get("/aanvragen/nieuw/").content.decode()
    vrij = Pot.objects.get(regeling=wereld.regeling, soort="totaal").vrij_trajecten
    assert f"{vrij} plaatsen" in html
    assert "29 november 2019" in html


def test_nieuw_maakt_een_concept_en_gaat_naar_de_takenlijst(client, wereld):
    data = formulierdata(client.get("/aanvragen/nieuw/"))
    antwoord = client.post("/aanvragen/nieuw/", data)
    aanvraag = Aanvraag.objects.get()
    assert antwoord["Location"] == reverse("aanvragen:invullen", args=[aanvraag.pk])
    assert aanvraag.instelling == wereld.instelling


def test_twee_keer_klikken_maakt_er_een(client):
    data = formulierdata(client.get("/aanvragen/nieuw/"))
    eerste, tweede = (client.post("/aanvragen/nieuw/", data) for _ in range(2))
    assert eerste["Location"] == tweede["Location"]
    assert Aanvraag.objects.count() == 1


def test_nieuw_na_het_tijdvak_kan_niet(client):
    with klok_op(datetime(2019, 12, 2, 9, tzinfo=UTC)):
        html = client.get("/aanvragen/nieuw/").content.decode()
        assert "U kunt nu niet aanvragen" in html
        assert client.post("/aanvragen/nieuw/", {}).status_code == 200
    assert not Aanvraag.objects.exists()


def test_nieuw_met_meer_regelingen_vraagt_welke(client):
    tekst = fabriek.regelingtekst().replace('code = "IPS-CMD-2019"', 'code = "IPS-ANDERS"', 1)
    fabriek.laad_regeling(tekst, reden="een tweede", nu=fabriek.NU)
    antwoord = client.get("/aanvragen/nieuw/")
    fout = client.post("/aanvragen/nieuw/", formulierdata(antwoord))
    assert "Kies voor welke regeling u subsidie aanvraagt." in fout.content.decode()
    client.post("/aanvragen/nieuw/", formulierdata(antwoord) | {"regeling": "IPS-ANDERS"})
    assert Aanvraag.objects.get().regeling.code == "IPS-ANDERS"


def test_alleen_voor_instellingen(wereld):
    for actor in (wereld.van_gemeente(), wereld.beoordelaar):
        assert als(actor).get(LIJST).status_code == 403
        assert als(actor).get("/aanvragen/nieuw/").status_code == 403

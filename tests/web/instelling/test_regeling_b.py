"""The form of IPS-GEM-2023: only its own questions, in its own words, and the handtekening of the deelnemer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aanvragen.handelingen.handtekening import geldige_handtekening
from aanvragen.models import Aanvraag, Handtekening, IpsErkenning
from aanvragen.regels.volledigheid import Onderdeel
from ips_subsidie.kalender.klok import klok_op
from tests import fabriek
from tests.fabriek import NU_B
from tests.opslag.conftest import maak_pdf
from tests.web.bezoek import als, formulierdata
from tests.web.instelling.antwoorden import GOED, adres
from tests.web.sql import met_hoogstens

GOED_B: dict[str, dict[str, str]] = {
    "instelling": GOED["instelling"],
    "deelnemer": GOED["deelnemer"],
    "situatie": {
        "doelgroep": "EPA", "uitkering": "ioaw", "ander_traject": "nee",
        "werkwens_op_dag": "14", "werkwens_op_maand": "5", "werkwens_op_jaar": "2023",
    },
    "behandeling": {"gediagnosticeerd": "ja"},
    "traject": {
        "gewenste_start_dag": "1", "gewenste_start_maand": "3", "gewenste_start_jaar": "2022", "toelichting": "",
    },
}  # fmt: skip


@pytest.fixture
def wereld(db: None) -> fabriek.Wereld:
    return fabriek.maak_wereld_b()


@pytest.fixture(autouse=True)
def _op_de_dag_zelf() -> Iterator[None]:
    with klok_op(NU_B):
        yield


@pytest.fixture
def aanvraag(wereld: fabriek.Wereld) -> Aanvraag:
    return fabriek.concept(wereld, NU_B)


@pytest.fixture
def ingevuld(wereld: fabriek.Wereld, aanvraag: Aanvraag) -> Aanvraag:
    """Everything but the handtekening."""
    return fabriek.vul_in(wereld, aanvraag, fabriek.invoer(wereld, nu=NU_B), NU_B)


def url(naam: str, aanvraag: Aanvraag) -> str:
    return reverse(f"aanvragen:{naam}", args=[aanvraag.pk])


def bewaar(client: Any, aanvraag: Aanvraag, onderdeel: str, **over: str) -> Any:
    data = formulierdata(client.get(adres(aanvraag, onderdeel))) | GOED_B[onderdeel] | over
    return client.post(adres(aanvraag, onderdeel), data | {"opslaan": "x"})


def teken(client: Any, aanvraag: Aanvraag, **over: str) -> Any:
    pagina = client.get(url("ondertekenen_scherm", aanvraag))
    gelezen = pagina.context["formulier"]["gelezen"].value()
    data = formulierdata(pagina) | {"gelezen": gelezen, "naam": "A.B. Voorbeeld", "akkoord": "on"} | over
    return client.post(url("ondertekenen_scherm", aanvraag), data)


# --- the questions -------------------------------------------------------------------------------------


def test_het_hele_verhaal_van_leeg_tot_verstuurd(client, aanvraag):
    for onderdeel in GOED_B:
        assert bewaar(client, aanvraag, onderdeel).status_code == 302, onderdeel
    lijst = client.get(url("invullen", aanvraag))
    assert [taak.status for taak in lijst.context["taken"]] == ["Klaar"] * 6
    ondertekenen, versturen = lijst.context["laatste_taken"]
    assert ondertekenen.url == url("aanvraag_ondertekenen", aanvraag)
    assert versturen.url
    assert teken(client, aanvraag, naam="j. jansen").status_code == 302
    pagina = client.get(url("aanvraag_indienen", aanvraag))
    html = pagina.content.decode()
    assert "Verstuur de aanvraag naar de gemeente Nijmegen" in html
    assert "Op het scherm, 5" in html
    assert "handtekening_volgt" not in html
    client.post(url("aanvraag_indienen", aanvraag), formulierdata(pagina))
    html = client.get(url("verstuurd", aanvraag)).content.decode()
    assert "De gemeente Nijmegen is aan zet." in html
    assert "UWV kijkt" not in html
    aanvraag.refresh_from_db()
    assert (aanvraag.route, aanvraag.uitkering, aanvraag.doelgroep) == ("gemeente", "ioaw", "EPA")


@pytest.mark.parametrize(
    ("onderdeel", "wel", "niet"),
    [
        ("situatie", ("IOAW", "IOAZ", "ernstige", "36 maanden"), ("loondienst", "akkoord met deze aanvraag")),
        ("behandeling", ("psychische aandoening vastgesteld",), ("specialistische", "welke maand")),
        ("traject", ("Start van het traject", "1 januari 2022"), ("na het besluit van UWV",)),
    ],
)
def test_elk_onderdeel_vraagt_alleen_wat_ertoe_doet(client, aanvraag, onderdeel, wel, niet):
    html = client.get(adres(aanvraag, onderdeel)).content.decode()
    for stuk in wel:
        assert stuk.lower() in html.lower(), stuk
    for stuk in niet:
        assert stuk not in html, stuk


def test_de_vraag_naar_de_aandoening_volgt_de_doelgroep(client, ingevuld):
    html = client.get(adres(ingevuld, "behandeling")).content.decode()
    assert "Is bij de deelnemer een veelvoorkomende psychische aandoening vastgesteld?" in html


def test_wie_beslist_en_betaalt_staat_bij_de_situatie_met_voorbeeldbedragen(client, aanvraag):
    html = client.get(adres(aanvraag, "situatie")).content.decode()
    assert "De gemeente beslist." in html
    assert "Dit zijn voorbeeldbedragen." in html


def test_t52_alleen_een_uitkering_van_uwv_wordt_verwezen(client, aanvraag):
    html = bewaar(client, aanvraag, "situatie", uitkering="uwv").content.decode()
    assert "vraag bij UWV" in html
    aanvraag.refresh_from_db()
    assert aanvraag.uitkering == ""


def test_met_twee_uitkeringen_blijft_er_een_route_over(client, aanvraag):
    """T47: that the gemeente is responsible is a judgement of a person, said in the hint."""
    assert "Alleen als de gemeente" in client.get(adres(aanvraag, "situatie")).content.decode()
    bewaar(client, aanvraag, "situatie", uitkering="beide")
    aanvraag.refresh_from_db()
    assert (aanvraag.uitkering, aanvraag.route) == ("beide", "gemeente")


def test_t53_zonder_uitkering_vraagt_het_naar_de_inschrijving(client, aanvraag):
    html = bewaar(client, aanvraag, "situatie", uitkering="geen").content.decode()
    assert "Kies of de deelnemer staat ingeschreven als werkzoekende." in html
    bewaar(client, aanvraag, "situatie", uitkering="geen", werkzoekend_ingeschreven="nee")
    aanvraag.refresh_from_db()
    assert aanvraag.werkzoekend_ingeschreven is False
    html = client.get(url("invullen", aanvraag)).content.decode()
    assert "Let op: hier wordt naar gekeken" in html
    assert "niet ingeschreven bij UWV als werkzoekende" in html
    # Another uitkering takes the answer away again.
    bewaar(client, aanvraag, "situatie", uitkering="ioaz", werkzoekend_ingeschreven="nee")
    aanvraag.refresh_from_db()
    assert aanvraag.werkzoekend_ingeschreven is None


@pytest.mark.parametrize(
    ("jaar", "nu", "melding"),
    [
        ("2021", NU_B, "gestart voor 1 januari 2022"),
        ("2022", NU_B, ""),
        ("2022", datetime(2024, 2, 5, 9, tzinfo=UTC), "tot en met 31 december 2023"),
    ],
)
def test_t60_een_te_vroege_start_wordt_meteen_gezegd(client, aanvraag, jaar, nu, melding):
    with klok_op(nu):
        antwoord = bewaar(client, aanvraag, "traject", gewenste_start_jaar=jaar)
    assert (antwoord.status_code == 200) == bool(melding)
    if melding:
        assert melding in antwoord.content.decode()


def test_t50_zonder_erkenning_zegt_de_takenlijst_dat(client, wereld, aanvraag):
    IpsErkenning.objects.filter(instelling=wereld.instelling).update(geldig_tot=NU_B.date())
    assert "lijst van instellingen" in client.get(url("invullen", aanvraag)).content.decode()


# --- the handtekening ----------------------------------------------------------------------------------


def test_de_pagina_voor_de_deelnemer_heeft_geen_weg_naar_andere_dossiers(client, ingevuld):
    html = client.get(url("ondertekenen_scherm", ingevuld)).content.decode()
    assert "Hoofdmenu" not in html
    assert "Ingelogd als" not in html
    assert "A.B. Voorbeeld" in html
    assert "Meedoen hoeft niet." in html
    assert ingevuld.kenmerk not in html


def test_ondertekenen_op_het_scherm(client, ingevuld):
    assert "Typ uw naam zoals die in de tekst staat" in teken(client, ingevuld, naam="X").content.decode()
    zonder = teken(client, ingevuld, akkoord="")
    assert "Kruis aan dat u akkoord gaat." in zonder.content.decode()
    assert 'value="A.B. Voorbeeld"' in zonder.content.decode()
    antwoord = teken(client, ingevuld)
    assert antwoord["Location"] == url("ondertekenen_scherm", ingevuld)
    assert "Dank u wel" in client.get(antwoord["Location"]).content.decode()
    assert client.get(url("invullen", ingevuld)).context["laatste_taken"][0].status == "Klaar"


def test_een_tekst_die_intussen_veranderde_wordt_opnieuw_getoond(client, wereld, ingevuld):
    oud = client.get(url("ondertekenen_scherm", ingevuld))
    data = formulierdata(oud) | {"gelezen": oud.context["formulier"]["gelezen"].value()}
    velden = fabriek.invoer(wereld, nu=NU_B, achternaam="Anders")[Onderdeel.DEELNEMER]
    fabriek.vul_in(wereld, ingevuld, {Onderdeel.DEELNEMER: velden}, NU_B)
    antwoord = client.post(
        url("ondertekenen_scherm", ingevuld), data | {"naam": "A.B. Anders", "akkoord": "on"}
    )
    html = antwoord.content.decode()
    assert "Lees de tekst opnieuw" in html
    assert "Ik ben A.B. Anders" in html
    assert not antwoord.context["formulier"]["akkoord"].value()
    nieuw = antwoord.context["formulier"]["gelezen"].value()
    nog_eens = data | {"gelezen": nieuw, "naam": "A.B. Anders", "akkoord": "on"}
    assert client.post(url("ondertekenen_scherm", ingevuld), nog_eens).status_code == 302


def test_twee_keer_drukken_is_een_handtekening(client, ingevuld):
    pagina = client.get(url("ondertekenen_scherm", ingevuld))
    gelezen = pagina.context["formulier"]["gelezen"].value()
    data = formulierdata(pagina) | {"gelezen": gelezen, "naam": "A.B. Voorbeeld", "akkoord": "on"}
    for _ in range(2):
        assert client.post(url("ondertekenen_scherm", ingevuld), data).status_code == 302
    assert Handtekening.objects.count() == 1


def test_ondertekenen_op_papier(client, ingevuld):
    pagina = client.get(url("aanvraag_ondertekenen", ingevuld))
    assert "Tekst om af te drukken" in pagina.content.decode()
    assert "Kies het bestand" in client.post(url("aanvraag_ondertekenen", ingevuld), {}).content.decode()
    data = formulierdata(pagina) | {"bestand": SimpleUploadedFile("getekend.pdf", maak_pdf())}
    assert client.post(url("aanvraag_ondertekenen", ingevuld), data)["Location"] == url("invullen", ingevuld)
    assert geldige_handtekening(ingevuld).wijze == "bestand"
    html = client.get(adres(ingevuld, "bijlagen")).content.decode()
    assert "getekend.pdf" in html
    assert 'value="handtekening_deelnemer"' not in html


def test_voor_er_iets_te_ondertekenen_is_zegt_de_pagina_wat_er_mist(client, aanvraag):
    html = client.get(url("aanvraag_ondertekenen", aanvraag)).content.decode()
    assert "De deelnemer kan nog niet ondertekenen" in html
    assert adres(aanvraag, "deelnemer") in html
    antwoord = client.get(url("ondertekenen_scherm", aanvraag))
    assert antwoord["Location"] == url("aanvraag_ondertekenen", aanvraag)
    assert (
        client.post(url("ondertekenen_scherm", aanvraag), {"naam": "X", "akkoord": "on"}).status_code == 200
    )


def test_wie_iets_wijzigt_na_het_ondertekenen_wordt_gewaarschuwd(client, wereld, ingevuld):
    fabriek.onderteken(wereld, ingevuld, NU_B)
    assert "vervalt de handtekening" in client.get(adres(ingevuld, "traject")).content.decode()
    assert "vervalt de handtekening" not in client.get(adres(ingevuld, "instelling")).content.decode()
    bewaar(client, ingevuld, "traject")
    taak = client.get(url("invullen", ingevuld)).context["laatste_taken"][0]
    assert taak.status == "Opnieuw nodig"


def test_t49_versturen_met_de_handtekening_die_later_volgt(client, ingevuld):
    pagina = client.get(url("aanvraag_indienen", ingevuld))
    html = pagina.content.decode()
    assert "De handtekening van de deelnemer ontbreekt" in html
    assert "Volgt nog" in html
    fout = client.post(url("aanvraag_indienen", ingevuld), formulierdata(pagina))
    assert "of kruis aan dat de handtekening later volgt" in fout.content.decode()
    data = formulierdata(pagina) | {"handtekening_volgt": "on"}
    assert client.post(url("aanvraag_indienen", ingevuld), data)["Location"] == url("verstuurd", ingevuld)
    assert "De handtekening van de deelnemer ontbreekt nog" in client.get(
        url("verstuurd", ingevuld)
    ).content.decode()  # fmt: skip


def test_t49_de_aanvulling_wacht_op_de_handtekening(client, wereld, ingevuld):
    verstuurd = fabriek.dien_in(wereld, ingevuld, NU_B, handtekening_volgt=True)
    wacht = fabriek.vraag_aanvulling(wereld, verstuurd, NU_B)
    html = client.get(url("aanvraag_aanvullen", wacht)).content.decode()
    assert "Wat de gemeente Nijmegen vraagt" in html
    assert "De handtekening van de deelnemer ontbreekt" in html
    assert url("aanvraag_ondertekenen", wacht) in html
    teken(client, wacht)
    pagina = client.get(url("aanvraag_aanvullen", wacht))
    assert "Verstuur de aanvulling naar de gemeente Nijmegen" in pagina.content.decode()
    data = formulierdata(pagina) | {"antwoord": "De handtekening is er."}
    html = client.post(url("aanvraag_aanvullen", wacht), data, follow=True).content.decode()
    assert "De gemeente Nijmegen kijkt of de aanvraag nu compleet is." in html


@pytest.mark.parametrize("naam", ["aanvraag_ondertekenen", "ondertekenen_scherm"])
def test_een_vreemd_dossier_is_er_niet(wereld, ingevuld, naam):
    ander = als(wereld.bij_andere_instelling().behandelaar)
    assert ander.get(url(naam, ingevuld)).status_code == 404
    assert ander.post(url(naam, ingevuld), {}).status_code == 404


@pytest.mark.parametrize("naam", ["aanvraag_ondertekenen", "ondertekenen_scherm"])
def test_na_het_versturen_is_er_niets_te_ondertekenen(client, wereld, naam):
    verstuurd = fabriek.ingediend(wereld, NU_B)
    antwoord = client.get(url(naam, verstuurd), follow=True)
    assert antwoord.redirect_chain[0][0] == url("dossier", verstuurd)


@pytest.mark.parametrize("naam", ["aanvraag_ondertekenen", "ondertekenen_scherm"])
def test_bij_een_regeling_zonder_handtekening_doet_de_pagina_niets(db, naam):
    wereld = fabriek.maak_wereld()
    aanvraag = fabriek.compleet(wereld)
    html = als(wereld.behandelaar).get(url(naam, aanvraag), follow=True).content.decode()
    assert "Voor deze regeling is geen handtekening nodig." in html


def test_een_route_die_uit_meer_antwoorden_niet_volgt_is_een_eigen_vraag(db):
    """Two routes for bijstand: then a person chooses, and the form says so."""
    tekst = fabriek.regelingtekst().replace('uitkeringen = ["uwv"]', 'uitkeringen = ["uwv", "bijstand"]')
    wereld = fabriek.maak_wereld()
    with klok_op(fabriek.NU):
        fabriek.laad_regeling(tekst, reden="twee routes", nu=fabriek.NU)
        client, aanvraag = als(wereld.behandelaar), fabriek.concept(wereld)

        def stuur(**over: str) -> Any:
            data = formulierdata(client.get(adres(aanvraag, "situatie"))) | GOED["situatie"] | over
            return client.post(adres(aanvraag, "situatie"), data | {"opslaan": "x"})

        assert "Kies wie de deelnemer naar werk helpt." in stuur().content.decode()
        for uitkering, gekozen, route in (("bijstand", "uwv", "uwv"), ("geen", "uwv", "gemeente")):
            assert stuur(uitkering=uitkering, route=gekozen).status_code == 302
            aanvraag.refresh_from_db()
            assert aanvraag.route == route


RAAR = ["\x00", "🙂" * 400, "\u202eمرحبا", "x" * 20_000, "<script>alert(1)</script>"]


@pytest.mark.parametrize("waarde", RAAR)
def test_rare_invoer_geeft_nooit_een_500(client, ingevuld, waarde):
    antwoord = teken(client, ingevuld, naam=waarde, gelezen=waarde)
    assert antwoord.status_code == 200
    assert "<script>alert" not in antwoord.content.decode()
    assert not Handtekening.objects.exists()


@pytest.mark.parametrize("waarde", RAAR)
@pytest.mark.parametrize("onderdeel", ["situatie", "behandeling", "traject"])
def test_rare_antwoorden_geven_nooit_een_500(client, aanvraag, onderdeel, waarde):
    for veld in [*GOED_B[onderdeel], "route", "werkzoekend_ingeschreven", "in_sggz"]:
        aanvraag.refresh_from_db()
        data = GOED_B[onderdeel] | {"versie": str(aanvraag.versie), veld: waarde}
        antwoord = client.post(adres(aanvraag, onderdeel), data)
        assert antwoord.status_code in (200, 302), veld
        if antwoord.status_code == 200:
            assert "<script>alert" not in antwoord.content.decode()


@pytest.mark.parametrize(
    ("naam", "hoogstens"),
    [("invullen", 15), ("aanvraag_ondertekenen", 11), ("ondertekenen_scherm", 11), ("aanvraag_indienen", 16)],
)
def test_blijft_binnen_het_sql_budget(client, ingevuld, naam, hoogstens):
    client.get(url(naam, ingevuld))
    with met_hoogstens(hoogstens):
        client.get(url(naam, ingevuld))


def test_wie_beoordeelt_leest_onder_welke_tekst_is_getekend(client, wereld, ingevuld):
    fabriek.onderteken(wereld, ingevuld, NU_B)
    verstuurd = fabriek.dien_in(wereld, ingevuld, NU_B)
    gemeente = als(wereld.voorbereider(verstuurd, NU_B))
    assert url("handtekening", verstuurd) in gemeente.get(url("dossier", verstuurd)).content.decode()
    for wie in (client, gemeente):
        html = wie.get(url("handtekening", verstuurd)).content.decode()
        assert "Meedoen hoeft niet." in html
        assert str(wereld.behandelaar.persoon) in html
        assert "Vervallen op" not in html


def test_een_vervallen_handtekening_blijft_te_lezen_voor_de_instelling(client, wereld, ingevuld):
    assert client.get(url("handtekening", ingevuld)).status_code == 404
    fabriek.onderteken(wereld, ingevuld, NU_B)
    bewaar(client, ingevuld, "traject")
    assert "Vervallen op" in client.get(url("handtekening", ingevuld)).content.decode()


def test_uwv_heeft_de_handtekening_niet_nodig_waar_de_gemeente_beslist(wereld):
    gevraagd = fabriek.budget_gevraagd(wereld, NU_B)
    uwv = als(wereld.beslisser)
    assert uwv.get(url("dossier", gevraagd)).status_code == 200
    assert uwv.get(url("handtekening", gevraagd)).status_code == 404

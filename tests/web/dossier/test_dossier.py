"""The dossier page and its documents: what each party sees, and what not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from aanvragen.models import Aanvraag, Brief, Verlenging
from aanvragen.regels.statussen import AanvraagStatus
from aanvragen.regels.traject import laatste_dag
from aanvragen.web.dossier.delen import TOESTEMMING_SOORT, TRAJECT_SOORT, VERLENGING_SOORT
from aanvragen.web.dossier.tijdlijn import titel_van
from ips_subsidie.handelingen.kern import REGISTER
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.web.bezoek import als
from tests.web.sql import met_hoogstens, tel_sql


def adres(aanvraag: Aanvraag) -> str:
    return reverse("aanvragen:dossier", args=[aanvraag.pk])


def pagina(client: Client, aanvraag: Aanvraag) -> str:
    antwoord = client.get(adres(aanvraag))
    assert antwoord.status_code == 200
    return antwoord.content.decode()


def knoppen(client: Client, aanvraag: Aanvraag) -> list[str]:
    return [actie.titel for actie in client.get(adres(aanvraag)).context["acties"] if not actie.redenen]


# --- for everyone --------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", AanvraagStatus.values)
def test_elke_status_heeft_een_pagina_voor_wie_hem_mag_zien(db, status):
    wereld, aanvraag, _ = fabriek.maak_in(AanvraagStatus(status))
    for actor in (wereld.behandelaar, wereld.van_gemeente(), wereld.beoordelaar, wereld.beslisser):
        antwoord = als(actor).get(adres(aanvraag))
        mag = Aanvraag.objects.zichtbaar_voor(actor).filter(pk=aanvraag.pk).exists()
        assert antwoord.status_code == (200 if mag else 404), actor
        if mag:
            html = antwoord.content.decode()
            assert aanvraag.fase.tekst in html
            assert "Wie beslist" in html
            assert "Wie betaalt" in html
            assert aanvraag.deelnemer.bsn not in html
            assert f"<title>Aanvraag {aanvraag.kenmerk}" in html


def test_een_leeg_concept_heeft_een_pagina(client, wereld):
    html = pagina(client, fabriek.concept(wereld))
    assert "Verder met invullen" in html
    assert "Er zijn nog geen documenten." in html
    assert "Dat hangt af van de route" in html


@pytest.mark.parametrize("rol", [Rol.MINISTERIE, Rol.BEHEERDER])
def test_ministerie_en_beheer_zien_geen_dossier(wereld, rol):
    assert als(wereld.met(rol)).get(adres(fabriek.toegekend(wereld))).status_code == 403


def test_een_vreemd_dossier_is_er_niet_en_laat_een_regel_na(wereld):
    """T86, T87."""
    aanvraag = fabriek.wacht_op_toestemming(wereld)
    for actor in (wereld.van_gemeente(fabriek.ARNHEM), wereld.bij_andere_instelling().behandelaar):
        assert als(actor).get(adres(aanvraag)).status_code == 404
        assert Regel.objects.filter(
            soort="weigering", dossier_id=aanvraag.pk, gebruiker=actor.gebruiker
        ).exists()


@pytest.mark.parametrize(
    "naam", ["aanvragen:dossier", "aanvragen:traject_starten", "aanvragen:verlenging_intrekken"]
)
def test_wat_er_niet_is_laat_ook_een_regel_na(wereld, naam):
    """Else the time that it takes would tell which of the two it is (P4)."""
    nummer = uuid4()
    assert als(wereld.behandelaar).get(reverse(naam, args=[nummer])).status_code == 404
    regel = Regel.objects.get(soort="weigering")
    assert (regel.onderwerp_id, regel.dossier_id) == (str(nummer), None)


def test_wie_het_dossier_opent_staat_in_het_logboek(client, wereld):
    aanvraag = fabriek.compleet(wereld)
    pagina(client, aanvraag)
    regel = Regel.objects.get(soort="lezing")
    assert (regel.dossier_id, regel.client_id) == (aanvraag.pk, aanvraag.deelnemer.pk)


# --- who sees what -------------------------------------------------------------------------------------


def test_de_gemeente_ziet_wie_het_is_en_niets_over_de_behandeling(wereld):
    aanvraag = fabriek.wacht_op_toestemming(wereld, toelichting="Over het traject.")
    html = pagina(als(wereld.van_gemeente()), aanvraag).replace("\xa0", " ")
    for wel in ("Proefweg 12", "Bijstand van de gemeente", "ander re-integratietraject", "31 januari 1990"):
        assert wel in html
    for niet in (
        "Betaald werk in loondienst",
        "specialistische ggz",
        "In behandeling sinds",
        "Over het traject.",
    ):
        assert niet not in html


@pytest.mark.parametrize(("route", "ziet"), [("uwv", True), ("gemeente", False)])
def test_uwv_ziet_de_behandeling_alleen_waar_het_de_inhoud_toetst(wereld, route, ziet):
    """T125."""
    aanvraag = fabriek.in_behandeling(wereld, route=route)
    assert ("In behandeling sinds" in pagina(als(wereld.beoordelaar), aanvraag)) is ziet
    assert "In behandeling sinds" not in pagina(als(wereld.lid(wereld.uwv, Rol.UWV_FINANCIEN)), aanvraag)
    assert "Veelvoorkomende psychische aandoening (CMD)" in pagina(als(wereld.beoordelaar), aanvraag)


def test_uwv_ziet_potten_rang_en_dubbelen(wereld):
    bsn = fabriek.bsn(77)
    ander = fabriek.ingediend(wereld.bij_andere_instelling(), bsn=bsn)
    verborgen = fabriek.compleet(wereld.bij_andere_instelling(), bsn=bsn)
    aanvraag = fabriek.ingediend(wereld, fabriek.NU + timedelta(hours=1), bsn=bsn)
    antwoord = als(wereld.beoordelaar).get(adres(aanvraag))
    assert antwoord.context["plaatsen"]["rang"] == 2
    potten = {pot["naam"]: pot["grens"] for pot in antwoord.context["plaatsen"]["potten"]}
    assert potten == {"Hele regeling": 200, "Gemeenteroute": None, "Gemeente Nijmegen": 5}
    html = antwoord.content.decode()
    assert ander.kenmerk in html
    assert verborgen.kenmerk not in html
    assert ander.kenmerk not in pagina(als(wereld.behandelaar), aanvraag)


def test_de_cap_van_de_gemeente_telt_wat_is_toegekend(wereld):
    fabriek.verleen_plaatsen(wereld, 4)
    aanvraag = fabriek.ingediend(wereld)
    potten = als(wereld.beoordelaar).get(adres(aanvraag)).context["plaatsen"]["potten"]
    assert [(pot["verleend"], pot["vrij"]) for pot in potten][-1] == (4, 1)


# --- what can be done ----------------------------------------------------------------------------------


def test_knoppen_volgen_de_status_en_de_rol(wereld):
    wacht = fabriek.wacht_op_toestemming(wereld)
    assert knoppen(als(wereld.van_gemeente()), wacht) == [
        "Toestemming geven", "Gemeentetoets vastleggen", "Toestemming weigeren"
    ]  # fmt: skip
    assert knoppen(als(wereld.behandelaar), wacht) == [
        "Aanvraag intrekken",
        "De deelnemer trekt het akkoord in",
    ]
    verlenging = fabriek.verlenging_gevraagd(wereld, gemeente=fabriek.ARNHEM)
    aanvraag = Verlenging.objects.get(pk=verlenging.pk).traject.aanvraag
    assert knoppen(als(wereld.beoordelaar), aanvraag) == [
        "Verlenging beoordelen", "Voornemen om in te trekken"
    ]  # fmt: skip
    assert "Verzoek om verlenging intrekken" in knoppen(als(wereld.behandelaar), aanvraag)


def test_een_knop_leidt_naar_een_pagina(wereld):
    for maak in (fabriek.compleet, fabriek.onvolledig, fabriek.ingediend):
        aanvraag = maak(wereld, gemeente=fabriek.ARNHEM)
        for actor in (wereld.behandelaar, wereld.beoordelaar):
            client = als(actor)
            antwoord = client.get(adres(aanvraag))
            for actie in antwoord.context["acties"] if antwoord.status_code == 200 else []:
                assert client.get(actie.url).status_code in (200, 302, 405), actie


def test_wie_er_aan_zet_is_volgt_de_toestemming_en_het_traject(client, wereld):
    aanvraag = fabriek.met_toestemming(wereld)
    assert "De gemeente gaf toestemming" in pagina(client, aanvraag)
    aanvraag = fabriek.trek_toestemming_in(wereld, aanvraag)
    assert "De gemeente trok de toestemming in." in pagina(client, aanvraag)
    gestart = fabriek.gestart(wereld, gemeente=fabriek.ARNHEM)
    antwoord = client.get(adres(gestart.aanvraag))
    assert antwoord.context["stand"].uiterlijk == laatste_dag(gestart.startdatum, 24)
    fabriek.vraag_verlenging(wereld, gestart)
    assert client.get(adres(gestart.aanvraag)).context["aan_zet"]["wie"] == "UWV"


# --- besluit, traject, documents -----------------------------------------------------------------------


def test_het_besluit_met_brief_en_laatste_dag_van_bezwaar(client, wereld):
    html = pagina(client, fabriek.toegekend(wereld))
    assert "Bezwaar maken kan tot en met <strong>15 juli 2019</strong>" in html
    assert "8.000,00" in html
    assert "1 van 5" in html


ZIET = {
    "aanvraag_kopie": (True, False, False),
    "aanvulling": (True, True, False),
    "toestemmingsverklaring": (True, True, True),
    "verlening": (True, True, True),
}


@pytest.mark.parametrize("sjabloon", ZIET)
def test_elke_brief_alleen_voor_wie_hij_is(wereld, sjabloon):
    aanvraag = fabriek.ken_toe(wereld, fabriek.dien_aanvulling_in(wereld, fabriek.onvolledig(wereld)))
    brief = Brief.objects.filter(aanvraag=aanvraag, sjabloon=sjabloon).order_by("gemaakt_op").first()
    url = reverse("aanvragen:brief", args=[brief.pk])
    partijen = (wereld.behandelaar, wereld.beoordelaar, wereld.van_gemeente())
    for actor, mag in zip(partijen, ZIET[sjabloon], strict=True):
        client = als(actor)
        assert (url in pagina(client, aanvraag)) is mag, actor
        antwoord = client.get(url)
        assert antwoord.status_code == (200 if mag else 404), actor
        if mag:
            assert antwoord["Content-Type"] == "application/pdf"
            assert antwoord.content.startswith(b"%PDF-")
            assert aanvraag.kenmerk in antwoord["Content-Disposition"]
    for vreemd in (wereld.bij_andere_instelling().behandelaar, wereld.van_gemeente(fabriek.ARNHEM)):
        assert als(vreemd).get(url).status_code == 404
    assert Regel.objects.filter(soort="lezing", handeling="brief.downloaden").count() == sum(ZIET[sjabloon])


def test_een_brief_die_niet_bestaat(client, wereld):
    for naam in ("brief", "bijlage", "dossier"):
        url = reverse(f"aanvragen:{naam}", args=["00000000-0000-0000-0000-000000000000"])
        assert client.get(url).status_code == 404


def test_op_de_uwv_route_is_er_niets_voor_een_gemeente(wereld):
    aanvraag = fabriek.toegekend(wereld, route="uwv")
    assert als(wereld.van_gemeente()).get(adres(aanvraag)).status_code == 404


# --- the timeline --------------------------------------------------------------------------------------


def stappen(client: Client, aanvraag: Aanvraag) -> list[tuple[str, str]]:
    return [(stap.titel, stap.wie) for stap in client.get(adres(aanvraag)).context["tijdlijn"]]


def test_de_tijdlijn_noemt_een_collega_bij_naam_en_een_ander_bij_organisatie(wereld):
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    instelling, naam = wereld.instelling.naam, wereld.behandelaar.gebruiker.naam
    assert stappen(als(wereld.behandelaar), aanvraag) == [
        ("Aanvraag begonnen", f"{naam}, {instelling}"),
        ("Gegevens ingevuld", f"{naam}, {instelling}"),
        ("Aanvraag verstuurd", f"{naam}, {instelling}"),
        ("In behandeling genomen", "UWV"),
        ("UWV beslist over de aanvraag.", "UWV"),
    ]
    bij_uwv = stappen(als(wereld.beslisser), aanvraag)
    assert bij_uwv[0] == ("Aanvraag verstuurd", instelling)
    assert ("Beoordeeld", f"{wereld.beoordelaar.gebruiker.naam}, UWV") in bij_uwv


def test_elke_handeling_heeft_woorden_in_de_tijdlijn():
    for code in REGISTER:
        assert titel_van(code)[0].isupper()
    assert titel_van("iets.van_vroeger") == "Iets: van vroeger"


def test_elke_status_heeft_een_kleur():
    from aanvragen.regels.statussen import ToestemmingStatus, TrajectStatus, VerlengingStatus

    assert set(TOESTEMMING_SOORT) == set(ToestemmingStatus)
    assert set(TRAJECT_SOORT) == set(TrajectStatus)
    assert set(VERLENGING_SOORT) == set(VerlengingStatus)


# --- the budget ----------------------------------------------------------------------------------------


def _alle_standen(wereld: fabriek.Wereld) -> list[Any]:
    verlengd = fabriek.verlengd(wereld).aanvraag
    gevraagd = fabriek.verlenging_gevraagd(wereld).traject.aanvraag
    return [verlengd, gevraagd, *(maak(wereld) for maak in fabriek.MAAK.values())]


def test_blijft_binnen_17_opdrachten_in_elke_stand_voor_iedereen(wereld):
    wereld = fabriek.maak_wereld(cap_per_gemeente=50)
    dossiers = _alle_standen(wereld)
    for actor in (wereld.behandelaar, wereld.van_gemeente(), wereld.beoordelaar, wereld.beslisser):
        client = als(actor)
        client.get("/berichten/")
        for aanvraag in dossiers:
            with met_hoogstens(17):
                client.get(adres(aanvraag))


def test_een_langer_verleden_kost_niet_meer(client, wereld):
    traject = fabriek.gestart(wereld)
    client.get(adres(traject.aanvraag))
    with tel_sql() as kort:
        client.get(adres(traject.aanvraag))
    for _ in range(3):
        verlenging = fabriek.vraag_verlenging(wereld, traject, maanden=1)
        fabriek.beslis_verlenging(wereld, verlenging)
    with tel_sql() as lang:
        client.get(adres(traject.aanvraag))
    assert lang.aantal == kort.aantal

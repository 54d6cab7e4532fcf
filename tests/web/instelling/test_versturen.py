"""Check and send, toestemming, aanvulling, withdrawing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from aanvragen.models import Aanvraag, Brief
from aanvragen.regels.statussen import AanvraagStatus
from ips_subsidie.handelingen.models import Uitvoering
from ips_subsidie.kalender.klok import klok_op
from tests import fabriek
from tests.web.bezoek import formulierdata
from tests.web.sql import met_hoogstens


def adres(naam: str, aanvraag: Aanvraag) -> str:
    return reverse(f"aanvragen:{naam}", args=[aanvraag.pk])


def stuur(client: Any, naam: str, aanvraag: Aanvraag, **invoer: str) -> Any:
    """Open the page and send its form."""
    data = formulierdata(client.get(adres(naam, aanvraag))) | invoer
    return client.post(adres(naam, aanvraag), data)


# --- check and send ------------------------------------------------------------------------------------


def test_controleren_toont_alles_met_een_link_om_te_wijzigen(client, wereld):
    aanvraag = fabriek.compleet(wereld, route="uwv", achternaam="Bakker-Smit", toelichting="")
    html = client.get(adres("aanvraag_indienen", aanvraag)).content.decode()
    assert "Bakker-Smit" in html
    assert 'Wijzig<span class="app-vh"> geboortedatum</span>' in html
    assert "/invullen/deelnemer/?terug=versturen" in html
    assert "Niet ingevuld" in html
    assert "Verstuur de aanvraag naar UWV" in html
    assert "U kunt nog niet versturen" not in html


def test_wat_ontbreekt_staat_erboven_met_een_link(client, wereld):
    aanvraag = fabriek.concept(wereld)
    html = client.get(adres("aanvraag_indienen", aanvraag)).content.decode()
    assert "U kunt nog niet versturen" in html
    assert "/invullen/deelnemer/?terug=versturen" in html
    antwoord = stuur(client, "aanvraag_indienen", aanvraag)
    assert antwoord.status_code == 200
    assert "Vul het onderdeel “Deelnemer” in." in antwoord.content.decode()
    assert "<title>Fout: " in antwoord.content.decode()


def test_zonder_toestemming_wijst_de_controle_naar_de_vraag(client, wereld):
    aanvraag = fabriek.compleet(wereld)
    html = client.get(adres("aanvraag_indienen", aanvraag)).content.decode()
    assert adres("aanvraag_toestemming_vragen", aanvraag) in html


def test_versturen_leidt_naar_een_bevestiging_die_blijft(client, wereld):
    aanvraag = fabriek.compleet(wereld, route="uwv")
    antwoord = stuur(client, "aanvraag_indienen", aanvraag)
    assert antwoord["Location"] == adres("verstuurd", aanvraag)
    html = client.get(antwoord["Location"]).content.decode()
    aanvraag.refresh_from_db()
    assert aanvraag.kenmerk in html
    assert "UWV is aan zet" in html
    assert "29 juli 2019" in html
    kopie = Brief.objects.get(sjabloon="aanvraag_kopie")
    assert reverse("aanvragen:brief", args=[kopie.pk]) in html
    fabriek.ken_toe(wereld, aanvraag)
    later = client.get(adres("verstuurd", aanvraag)).content.decode()
    assert "De status is nu: toegekend" in later


def test_de_bevestiging_van_wat_niet_verstuurd_is_bestaat_niet(client, wereld):
    aanvraag = fabriek.compleet(wereld)
    assert client.get(adres("verstuurd", aanvraag))["Location"] == adres("invullen", aanvraag)


def test_twee_keer_klikken_verstuurt_een_keer(client, wereld):
    """T37."""
    aanvraag = fabriek.compleet(wereld, route="uwv")
    data = formulierdata(client.get(adres("aanvraag_indienen", aanvraag)))
    antwoorden = [client.post(adres("aanvraag_indienen", aanvraag), data) for _ in range(2)]
    assert [a["Location"] for a in antwoorden] == [adres("verstuurd", aanvraag)] * 2
    assert Uitvoering.objects.filter(handeling="aanvraag.indienen").count() == 1
    assert Brief.objects.filter(sjabloon="aanvraag_kopie").count() == 1


def test_versturen_blijft_binnen_31_opdrachten(client, wereld):
    """One of them tells the database who asks."""
    for route in ("uwv", "gemeente"):
        aanvraag = fabriek.klaar_om_in_te_dienen(wereld, route=route)
        data = formulierdata(client.get(adres("aanvraag_indienen", aanvraag)))
        with met_hoogstens(31):
            assert client.post(adres("aanvraag_indienen", aanvraag), data).status_code == 302


def test_buiten_het_tijdvak_zegt_wanneer_het_kon(client, wereld):
    aanvraag = fabriek.compleet(wereld, route="uwv")
    with klok_op(datetime(2019, 12, 2, 9, tzinfo=UTC)):
        html = stuur(client, "aanvraag_indienen", aanvraag).content.decode()
    assert "gesloten sinds 29 november 2019" in html
    aanvraag.refresh_from_db()
    assert aanvraag.status == AanvraagStatus.CONCEPT


def test_een_medisch_woord_wordt_bij_het_controleren_nog_eens_gezegd(client, wereld):
    aanvraag = fabriek.compleet(wereld, route="uwv", toelichting="Na een depressie.")
    html = client.get(adres("aanvraag_indienen", aanvraag)).content.decode()
    assert "Medische gegevens?" in html


# --- toestemming ---------------------------------------------------------------------------------------


def test_toestemming_vragen_legt_uit_wat_de_gemeente_ziet(client, wereld):
    aanvraag = fabriek.compleet(wereld)
    html = client.get(adres("aanvraag_toestemming_vragen", aanvraag)).content.decode()
    assert "Zij ziet niets over de behandeling." in html
    assert "4.000,00" in html
    antwoord = stuur(client, "aanvraag_toestemming_vragen", aanvraag)
    assert antwoord["Location"] == adres("dossier", aanvraag)
    aanvraag.refresh_from_db()
    assert aanvraag.status == AanvraagStatus.WACHT_OP_TOESTEMMING


def test_toestemming_vraagt_men_pas_als_alles_is_ingevuld(client, wereld):
    aanvraag = fabriek.vul_in(wereld, fabriek.concept(wereld), dict(list(fabriek.invoer(wereld).items())[:3]))
    assert client.get(adres("aanvraag_toestemming_vragen", aanvraag))["Location"] == adres(
        "invullen", aanvraag
    )
    html = client.post(adres("aanvraag_toestemming_vragen", aanvraag), {}).content.decode()
    assert "Vul eerst het onderdeel “Behandeling” in." in html
    aanvraag.refresh_from_db()
    assert aanvraag.status == AanvraagStatus.CONCEPT


def test_opnieuw_vragen_nadat_de_gemeente_introk(client, wereld):
    aanvraag = fabriek.trek_toestemming_in(wereld, fabriek.met_toestemming(wereld))
    taken = client.get(adres("invullen", aanvraag)).context["laatste_taken"]
    assert taken[0].url == adres("aanvraag_toestemming_opnieuw_vragen", aanvraag)
    stuur(client, "aanvraag_toestemming_opnieuw_vragen", aanvraag)
    assert aanvraag.toestemmingen.count() == 2
    html = client.get(adres("aanvraag_toestemming_opnieuw_vragen", aanvraag)).content.decode()
    assert "Er loopt al een vraag om toestemming" in html


# --- aanvulling ----------------------------------------------------------------------------------------


def test_aanvullen_toont_de_vraag_en_de_termijn_en_vraagt_een_antwoord(client, wereld):
    aanvraag = fabriek.vraag_aanvulling(wereld, fabriek.ingediend(wereld), vraag="Stuur het akkoord mee.")
    html = client.get(adres("aanvraag_aanvullen", aanvraag)).content.decode()
    assert "Stuur het akkoord mee." in html
    assert "17 juni 2019" in html
    leeg = stuur(client, "aanvraag_aanvullen", aanvraag)
    assert "Schrijf wat u hebt aangevuld." in leeg.content.decode()
    antwoord = stuur(client, "aanvraag_aanvullen", aanvraag, antwoord="Het akkoord zit erbij.")
    assert antwoord["Location"] == adres("dossier", aanvraag)
    aanvraag.refresh_from_db()
    assert aanvraag.status == AanvraagStatus.INGEDIEND
    assert "Het akkoord zit erbij." in aanvraag.toelichting


@pytest.mark.parametrize("antwoord", ["\x00", "   ", "x" * 1001, "🙂\x00"])
def test_een_vreemd_antwoord_wordt_niet_verstuurd(client, wereld, antwoord):
    aanvraag = fabriek.onvolledig(wereld)
    assert stuur(client, "aanvraag_aanvullen", aanvraag, antwoord=antwoord).status_code == 200
    aanvraag.refresh_from_db()
    assert aanvraag.status == AanvraagStatus.ONVOLLEDIG


# --- withdrawing ---------------------------------------------------------------------------------------


def test_intrekken_vraagt_eerst_of_het_zeker_is(client, wereld):
    aanvraag = fabriek.ingediend(wereld)
    html = client.get(adres("aanvraag_intrekken", aanvraag)).content.decode()
    assert "Dit kunt u niet terugdraaien" in html
    aanvraag.refresh_from_db()
    assert aanvraag.status == AanvraagStatus.INGEDIEND
    antwoord = stuur(client, "aanvraag_intrekken", aanvraag)
    assert "De aanvraag is ingetrokken." in client.get(antwoord["Location"]).content.decode()


def test_na_het_besluit_kan_intrekken_niet_meer(client, wereld):
    aanvraag = fabriek.compleet(wereld, route="uwv")
    data = formulierdata(client.get(adres("aanvraag_intrekken", aanvraag)))
    fabriek.ken_toe(wereld, fabriek.dien_in(wereld, aanvraag))
    assert "kan niet meer" in client.post(adres("aanvraag_intrekken", aanvraag), data).content.decode()
    antwoord = client.get(adres("aanvraag_intrekken", aanvraag), follow=True)
    assert antwoord.redirect_chain[0][0] == adres("dossier", aanvraag)
    assert "kan niet meer" in antwoord.content.decode()


# --- traject -------------------------------------------------------------------------------------------


def dag(veld: str, dag: int, maand: int, jaar: int = 2019) -> dict[str, str]:
    return {f"{veld}_dag": str(dag), f"{veld}_maand": str(maand), f"{veld}_jaar": str(jaar)}


def test_start_doorgeven(client, wereld):
    traject = fabriek.toegekend(wereld).traject
    te_vroeg = stuur(client, "traject_starten", traject, **dag("startdatum", 1, 6))
    assert "niet eerder starten dan de datum van het besluit" in te_vroeg.content.decode()
    assert 'value="1"' in te_vroeg.content.decode()
    te_laat = stuur(client, "traject_starten", traject, **dag("startdatum", 4, 6))
    assert "op of voor 3 juni 2019" in te_laat.content.decode()
    stuur(client, "traject_starten", traject, **dag("startdatum", 3, 6))
    traject.refresh_from_db()
    assert traject.laatste_dag == datetime(2021, 6, 2).date()  # noqa: DTZ001


def test_traject_gaat_niet_door(client, wereld):
    traject = fabriek.toegekend(wereld).traject
    assert "Schrijf kort waarom" in stuur(client, "traject_niet_starten", traject).content.decode()
    assert stuur(client, "traject_niet_starten", traject, toelichting="Verhuisd.").status_code == 302


def test_traject_stoppen_en_gebeurtenis_melden(client, wereld):
    traject = fabriek.gestart(wereld)
    with klok_op(fabriek.NU + timedelta(days=30)):
        leeg = stuur(client, "traject_gebeurtenis_melden", traject).content.decode()
        assert "Kies wat er is gebeurd." in leeg
        te_vroeg = stuur(
            client, "traject_gebeurtenis_melden", traject, soort="werkhervatting", **dag("datum", 1, 1)
        )
        assert "sinds de start van het traject" in te_vroeg.content.decode()
        invoer = {"soort": "werkhervatting", "toelichting": "Na een PTSS-behandeling.", **dag("datum", 10, 6)}
        medisch = stuur(client, "traject_gebeurtenis_melden", traject, **invoer)
        assert "lijkt een diagnose" in medisch.content.decode()
        gezien = medisch.context["formulier"]["tekst_gezien"].value()
        stuur(client, "traject_gebeurtenis_melden", traject, **invoer, tekst_gezien=gezien)
        html = client.get(adres("dossier", traject.aanvraag)).content.decode()
        assert "begonnen met betaald werk" in html
        assert "Kies waarom het traject stopt." in stuur(client, "traject_stoppen", traject).content.decode()
        stuur(client, "traject_stoppen", traject, stop_reden="keuze", **dag("gestopt_op", 1, 7))
    traject.refresh_from_db()
    assert traject.status == "voortijdig_beeindigd"


@pytest.mark.parametrize("maanden", ["0", "13", "", "-1", "٣", "1.5", "twaalf"])
def test_verlenging_van_een_onmogelijk_aantal_maanden(client, wereld, maanden):
    """T68."""
    traject = fabriek.gestart(wereld)
    antwoord = stuur(client, "verlenging_vragen", traject, maanden=maanden, motivering="Nodig.")
    assert "maanden" in antwoord.context["formulier"].errors
    assert not traject.verlengingen.exists()


def test_verlenging_vragen_en_weer_intrekken(client, wereld):
    traject = fabriek.gestart(wereld)
    stuur(client, "verlenging_vragen", traject, maanden="6", motivering="Nodig.")
    verlenging = traject.verlengingen.get()
    html = client.get(adres("verlenging_vragen", traject)).content.decode()
    assert "Er loopt al een verzoek om verlenging" in html
    stuur(client, "verlenging_intrekken", verlenging)
    verlenging.refresh_from_db()
    assert verlenging.status == "ingetrokken"


@pytest.mark.parametrize(
    "naam",
    [
        "traject_starten",
        "traject_niet_starten",
        "traject_stoppen",
        "traject_gebeurtenis_melden",
        "verlenging_vragen",
    ],
)
def test_een_vreemd_traject_is_er_niet(client, wereld, naam):
    vreemd = fabriek.toegekend(wereld.bij_andere_instelling()).traject
    assert client.get(adres(naam, vreemd)).status_code == 404
    assert client.post(adres(naam, vreemd), {}).status_code == 404

"""The budget pages: right numbers, few statements, nobody's data, and open to whom they should be."""

from datetime import datetime, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budget.web.cijfers import Stand
from ips_subsidie.kalender.klok import AMSTERDAM, klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek

pytestmark = pytest.mark.django_db
DAG = datetime.combine(datetime(2019, 6, 17), time(9), AMSTERDAM)  # noqa: DTZ001


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(DAG):
        yield


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


def als(wereld, rol):
    client = Client()
    client.force_login(wereld.met(rol).gebruiker)
    return client


def haal(client, naam, **vraag):
    antwoord = client.get(reverse(f"budget:{naam}"), vraag)
    return antwoord, antwoord.content.decode()


def statements(client, naam, **vraag) -> int:
    """How many a page asks, from the second visit on; without the savepoints that only a test has."""
    haal(client, naam, **vraag)
    with CaptureQueriesContext(connection) as gevraagd:
        haal(client, naam, **vraag)
    return sum("SAVEPOINT" not in vraag["sql"] for vraag in gevraagd)


@pytest.mark.parametrize(
    ("verleend", "wacht", "past", "over"),
    [(0, 0, 0, 10), (4, 3, 3, 3), (8, 5, 2, 0), (10, 2, 0, 0)],
)
def test_de_pool_telt_altijd_op_tot_de_grens(verleend, wacht, past, over):
    stand = Stand(10, verleend, wacht=wacht)
    assert (stand.past, stand.over) == (past, over)
    assert stand.verleend + stand.past + stand.over == 10
    assert Stand(None, verleend, wacht=wacht).over is None


@pytest.mark.parametrize("rol", [Rol.UWV_BEOORDELAAR, Rol.UWV_BESLISSER, Rol.UWV_FINANCIEN, Rol.MINISTERIE])
def test_overzicht_voor_uwv_en_ministerie(wereld, rol):
    fabriek.verleen_plaatsen(wereld, 4)
    fabriek.verleen_plaatsen(wereld, 2, route="uwv", gemeenten=[fabriek.ARNHEM])
    fabriek.sluit_plaatsen_aan(wereld, 1)
    aanvraag = fabriek.onvolledig(wereld, route="uwv")
    antwoord, tekst = haal(als(wereld, rol), "overzicht")
    assert antwoord.status_code == 200
    cijfers = antwoord.context["cijfers"]
    assert (
        cijfers.totaal.verleend,
        cijfers.totaal.wacht,
        cijfers.totaal.over,
        cijfers.totaal.onvolledig,
    ) == (6, 1, 193, 1)
    assert (cijfers.rijk.verleend, cijfers.gemeente_cent) == (4 * 400_000 + 2 * 800_000, 4 * 400_000)
    assert [(g.naam, g.telt, g.wacht, g.anders, g.anders_wacht) for g in cijfers.gemeenten] == [
        ("Nijmegen", 4, 1, 0, 0), ("Arnhem", 0, 0, 2, 0),
    ]  # fmt: skip
    assert [(m.month, n) for m, n in cijfers.maanden] == [(5, 0), (6, 6)]
    assert "4 van 5, 1 gevraagd" in tekst
    assert "32.000,00" in tekst
    for geheim in (aanvraag.kenmerk, aanvraag.deelnemer.achternaam):
        assert geheim not in tekst


@pytest.mark.parametrize("rol", [Rol.BEHANDELAAR, Rol.GEMEENTEBESLISSER, Rol.BEHEERDER])
def test_overzicht_niet_voor_anderen(wereld, rol):
    assert haal(als(wereld, rol), "overzicht")[0].status_code == 403
    assert haal(Client(), "overzicht")[0].status_code == 302


def test_overzicht_binnen_het_aantal_statements_en_per_bladzijde(wereld):
    codes = list(fabriek.Gemeente.objects.geldig_op(DAG.date()).values_list("code", flat=True)[:60])
    fabriek.verleen_plaatsen(wereld, 60, gemeenten=codes)
    client = als(wereld, Rol.MINISTERIE)
    assert statements(client, "overzicht") <= 12
    antwoord, _ = haal(client, "overzicht")
    assert (len(antwoord.context["pagina"]), antwoord.context["vorige"]) == (25, "")
    laatste, _ = haal(client, "overzicht", pagina=3)
    assert (len(laatste.context["pagina"]), laatste.context["volgende"]) == (10, "")
    assert haal(client, "overzicht", pagina="\x00")[0].status_code == 200


def test_overzicht_met_een_verkeerde_of_geen_regeling(wereld):
    client = als(wereld, Rol.MINISTERIE)
    assert haal(client, "overzicht", regeling="BESTAAT-NIET")[0].status_code == 404
    assert haal(client, "overzicht", regeling="\x00")[0].status_code == 404


def test_overzicht_met_twee_regelingen_kiest_er_een(wereld):
    tekst = fabriek.regelingtekst().replace('"IPS-CMD-2019"', '"IPS-PROEF"').replace("CMD 2019", "Proef")
    fabriek.laad_regeling(tekst, reden="proef", nu=fabriek.NU)
    fabriek.verleen_plaatsen(wereld, 1)
    antwoord, tekst = haal(als(wereld, Rol.MINISTERIE), "overzicht", regeling="IPS-CMD-2019")
    assert antwoord.context["cijfers"].totaal.verleend == 1
    assert "?regeling=IPS-PROEF" in tekst
    leeg, tekst = haal(als(wereld, Rol.MINISTERIE), "overzicht", regeling="IPS-PROEF")
    assert leeg.context["cijfers"].totaal.verleend == 0
    assert "Nog geen aanvragen" in tekst


def test_meer_wachtenden_dan_plaatsen_wordt_gezegd():
    wereld = fabriek.maak_wereld(plafond_trajecten=2)
    fabriek.sluit_plaatsen_aan(wereld, 3)
    antwoord, tekst = haal(als(wereld, Rol.UWV_FINANCIEN), "overzicht")
    assert "te weinig plaatsen" in tekst
    assert antwoord.context["cijfers"].totaal.over == 0


def test_zonder_plafond_is_er_geen_vrij(wereld):
    fabriek.laad(fabriek.NU, zonder=("plafond_trajecten",))
    _, tekst = haal(als(wereld, Rol.UWV_FINANCIEN), "overzicht")
    assert "Alle plaatsen" in tekst
    assert "Vrij<" not in tekst
    _, tekst = haal(Client(), "openbaar")
    assert "geen maximum" in tekst


def test_zonder_regeling_zijn_beide_paginas_leeg():
    _, tekst = haal(Client(), "openbaar")
    assert "Er is nu geen regeling" in tekst


def test_openbaar_zonder_inloggen(wereld):
    fabriek.verleen_plaatsen(wereld, 3)
    fabriek.sluit_plaatsen_aan(wereld, 1)
    client = Client()
    assert statements(client, "openbaar") == 5  # one makes the transaction read-only
    antwoord, tekst = haal(client, "openbaar")
    assert antwoord.status_code == 200
    for stuk in (
        "197 van de 200 plaatsen",
        "29 november 2019",
        "Open voor aanvragen",
        "4.000,00",
        "1 complete aanvraag ",
    ):
        assert stuk in tekst, stuk


def test_openbaar_vraagt_niet_meer_bij_meer_regelingen(wereld):
    for nummer in range(5):
        tekst = fabriek.regelingtekst().replace('"IPS-CMD-2019"', f'"PROEF-{nummer}"')
        fabriek.laad_regeling(tekst, reden="proef", nu=fabriek.NU)
    assert statements(Client(), "openbaar") == 5
    antwoord, tekst = haal(Client(), "openbaar")
    assert len(antwoord.context["kaarten"]) == 6
    assert "Subsidieregelingen voor IPS" in tekst


@pytest.mark.parametrize(
    ("dag", "badge"),
    [
        ((2019, 4, 30), "Nog niet open"),
        ((2019, 5, 1), "Open voor"),
        ((2019, 11, 29), "Open voor"),
        ((2019, 11, 30), "Gesloten"),
    ],
)
def test_openbaar_volgt_het_tijdvak(wereld, dag, badge):
    with klok_op(datetime.combine(datetime(*dag), time(12), AMSTERDAM)):  # noqa: DTZ001
        assert badge in haal(Client(), "openbaar")[1]


def test_openbaar_als_alles_vergeven_is():
    wereld = fabriek.maak_wereld(plafond_trajecten=1)
    fabriek.verleen_plaatsen(wereld, 1)
    _, tekst = haal(Client(), "openbaar")
    assert "Geen plaatsen meer" in tekst
    assert "0 van de 1 plaatsen" in tekst

"""Which regeling an aanvraag is for: the list and the page that begins one, where there is more than one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from aanvragen.models import Aanvraag
from ips_subsidie.kalender.klok import klok_op
from tests import fabriek
from tests.fabriek import NU_B
from tests.web.bezoek import als, formulierdata


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


def test_de_lijst_noemt_de_regeling_waar_er_meer_zijn(client, wereld, aanvraag):
    assert "IPS gemeenten 2023" not in client.get("/aanvragen/").content.decode()
    a = fabriek.laad(NU_B, reden="de oude regeling")
    fabriek.concept(replace(wereld, regeling=a.regeling), NU_B)
    html = client.get("/aanvragen/").content.decode()
    assert "IPS gemeenten 2023" in html
    assert "IPS-CMD 2019" in html


def test_nieuw_laat_kiezen_en_toont_een_gesloten_regeling_als_gesloten(wereld):
    fabriek.laad(NU_B, reden="de oude regeling")
    antwoord = als(wereld.behandelaar).get("/aanvragen/nieuw/")
    html = antwoord.content.decode()
    assert "Subsidieregeling IPS-trajecten voor de gemeentelijke doelgroep" in html
    assert "31 december 2023" in html
    assert "De deelnemer ondertekent de aanvraag zelf" in html
    assert "gesloten sinds 29" in html
    assert [code for code, _ in antwoord.context["formulier"].fields["regeling"].choices] == ["IPS-GEM-2023"]


def test_nieuw_met_twee_open_regelingen_zegt_bij_elke_keuze_voor_wie_zij_is(wereld):
    tekst = fabriek.regelingtekst().replace('code = "IPS-CMD-2019"', 'code = "IPS-TWEE"', 1)
    tekst = tekst.replace("van = 2019-05-01", "van = 2023-05-01").replace("2019-11-29", "2023-11-29")
    fabriek.laad_regeling(tekst, reden="een tweede", nu=NU_B)
    client = als(wereld.behandelaar)
    pagina = client.get("/aanvragen/nieuw/")
    html = pagina.content.decode()
    assert "Voor welke regeling vraagt u subsidie aan?" in html
    assert html.count("Mensen met bijstand, IOAW of IOAZ") == 2  # in the explanation, and beside the choice
    client.post("/aanvragen/nieuw/", formulierdata(pagina) | {"regeling": "IPS-GEM-2023"})
    assert Aanvraag.objects.get().regeling.code == "IPS-GEM-2023"


def test_nieuw_voor_het_tijdvak_kan_al_invullen(wereld):
    with klok_op(NU_B + timedelta(days=365 * 5)):
        assert "U kunt nu niet aanvragen" in als(wereld.behandelaar).get("/aanvragen/nieuw/").content.decode()

"""The grootboek: every booking in words, newest first, for UWV only, and as fast with many rows."""

import pytest
from django.urls import reverse

from budget.handelingen import plaatsen
from budget.handelingen.plafond import wijzigen
from budget.models import Boeking
from budget.regels.regeling import Vrijval
from budget.web.grootboek import PER_PAGINA
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.web.bezoek import als
from tests.web.sql import met_hoogstens

ADRES = "/budget/grootboek/"


def haal(wereld, rol=Rol.UWV_FINANCIEN, **vraag):
    return als(wereld.met(rol)).get(reverse("budget:grootboek"), vraag)


def rijen(antwoord):
    return [(r.wat, r.pot, r.boeking.kenmerk, r.handeling, r.wie) for r in antwoord.context["regels"]]


def test_een_toekenning_staat_er_in_elke_pot_met_wie_het_deed(wereld):
    with klok_op(fabriek.NU):
        aanvraag = fabriek.toegekend(wereld)
    gelezen = rijen(haal(wereld))
    wie = str(wereld.beslisser.gebruiker)
    assert {pot for wat, pot, *rest in gelezen if rest == [aanvraag.kenmerk, "Toekennen", wie]} == {
        "Hele regeling", "Gemeenteroute", "Nijmegen",
    }  # fmt: skip
    assert ("Grens vastgesteld of verhoogd", "Hele regeling", "", "Regeling laden", "Het systeem") in gelezen
    tekst = haal(wereld).content.decode()
    assert f"?zoek={aanvraag.kenmerk}" in tekst
    assert aanvraag.deelnemer.achternaam not in tekst


def test_de_nieuwste_staat_boven_en_vrijgeven_is_een_eigen_regel(wereld):
    [plaats] = fabriek.sluit_plaatsen_aan(wereld, 1)
    plaatsen.neem_plaats(plaats, fabriek.NU.replace(hour=10))
    plaatsen.geef_vrij(plaats, Vrijval.INGETROKKEN_VOOR_START, fabriek.NU.replace(hour=12))
    gelezen = rijen(haal(wereld))
    assert [wat for wat, *_ in gelezen[:6]] == ["Vrijgegeven"] * 3 + ["Toegekend"] * 3


def test_een_grens_die_weggaat_is_geen_verlaging(wereld):
    fabriek.doe(
        wijzigen, None, wereld.met(Rol.UWV_FINANCIEN), regeling=wereld.regeling,
        grenzen={"plafond_trajecten": None}, gepubliceerd_op=datum_van(fabriek.NU), bron="Stcrt.", reden="weg",
    )  # fmt: skip
    assert rijen(haal(wereld))[0][:2] == ("Grens verlaagd of weggehaald", "Hele regeling")


def test_filteren_op_pot_en_soort(wereld):
    fabriek.verleen_plaatsen(wereld, 2)
    antwoord = haal(wereld, pot=wereld.pot().pk, soort="verleend")
    assert [(wat, pot) for wat, pot, *_ in rijen(antwoord)] == [("Toegekend", "Hele regeling")] * 2
    leeg = haal(wereld, soort="vrijgegeven")
    assert "Niets gevonden" in leeg.content.decode()
    assert f"?regeling={wereld.regeling.code}" in leeg.content.decode()


@pytest.mark.parametrize(
    "vraag",
    [
        {"pot": "x"}, {"pot": "99999999"}, {"soort": "\x00"}, {"na": "x"}, {"na": "9" * 40}, {"voor": "²"},
        {"na": "0"}, {"voor": "99999999"},
    ],
)  # fmt: skip
def test_met_onzin_in_het_adres_komt_er_een_gewone_pagina(wereld, vraag):
    assert haal(wereld, **vraag).status_code == 200


def test_van_een_regeling_die_er_niet_is(wereld):
    assert haal(wereld, regeling="BESTAAT-NIET").status_code == 404


def test_bladeren_heen_en_terug_ook_als_er_intussen_iets_bijkomt(wereld):
    fabriek.verleen_plaatsen(wereld, 30, route="uwv")
    alles = list(Boeking.objects.filter(regeling=wereld.regeling).values_list("pk", flat=True))
    assert PER_PAGINA * 2 < len(alles) < PER_PAGINA * 3
    client = als(wereld.met(Rol.UWV_FINANCIEN))

    def pagina(vraag):
        antwoord = client.get(f"{ADRES}{vraag}")
        return antwoord, [r.boeking.pk for r in antwoord.context["regels"]]

    eerste, boven = pagina("?soort=")
    tweede, midden = pagina(eerste.context["volgende"])
    fabriek.verleen_plaatsen(wereld, 1, route="uwv", nu=fabriek.NU.replace(hour=15))
    derde, onder = pagina(tweede.context["volgende"])
    assert boven + midden + onder == alles
    assert (eerste.context["vorige"], derde.context["volgende"]) == ("", "")
    _, terug = pagina(derde.context["vorige"])
    assert terug == midden
    nieuwste, weer_boven = pagina(tweede.context["vorige"])
    assert weer_boven == boven
    assert nieuwste.context["vorige"]


@pytest.mark.parametrize("aantal", [1, 60])
def test_nooit_meer_statements_bij_meer_regels(wereld, aantal):
    fabriek.verleen_plaatsen(wereld, aantal, route="uwv")
    client = als(wereld.met(Rol.UWV_BEOORDELAAR))
    client.get(ADRES)
    with met_hoogstens(12):
        client.get(ADRES, {"pot": wereld.pot().pk, "soort": "verleend"})


@pytest.mark.parametrize("rol", [Rol.MINISTERIE, Rol.BEHEERDER, Rol.BEHANDELAAR, Rol.GEMEENTEBESLISSER])
def test_alleen_voor_uwv(wereld, rol):
    assert haal(wereld, rol).status_code == 403

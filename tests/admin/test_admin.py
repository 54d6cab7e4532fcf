"""Budget and dossiers in the admin: everything can be found, nothing written by hand, and nobody's data in sight."""

import copy

import pytest
from django.contrib import admin

from aanvragen.models import Aanvraag, Deelnemer, Noodtoegang, Voordracht
from budget.models import RegelingVersie
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.opslag.models import Bestand, Vernietiging
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.admin.paden import pad_van
from tests.admin.vulling import BSN, NAAM, TEKST, vul

pytestmark = pytest.mark.django_db
MODELLEN = sorted(
    (
        m
        for m in admin.site._registry
        # A proof of destruction is written by the owner alone (tests/avg).
        if m._meta.app_label in ("budget", "aanvragen", "opslag") and m is not Vernietiging
    ),
    key=lambda m: m._meta.label,
)
TE_WIJZIGEN = {
    "aanvragen.Bewaarplicht", "aanvragen.GgzInstelling", "aanvragen.IpsErkenning", "aanvragen.Storing",
}  # fmt: skip


@pytest.fixture(scope="module")
def _eenmaal(blijvend):
    with klok_op(fabriek.NU):
        wereld = fabriek.maak_wereld()
        return wereld, vul(wereld)


@pytest.fixture
def wereld(_eenmaal):
    return copy.deepcopy(_eenmaal[0])


@pytest.fixture
def gevuld(_eenmaal):
    return copy.deepcopy(_eenmaal[1])


def test_elk_model_van_deze_apps_staat_in_het_beheer():
    from django.apps import apps

    for label in ("budget", "aanvragen"):
        assert {m for m in apps.get_app_config(label).get_models()} <= set(admin.site._registry)


def test_geen_pagina_toont_om_wie_het_gaat(client, gevuld):
    geheim = [NAAM, TEKST, BSN, "31 januari 1990", "31-01-1990", "1990-01-31", "Proefweg", "6511 AA"]
    for model in MODELLEN:
        rijen = list(model._default_manager.all()[:6])
        assert rijen, model
        paden = [pad_van(model, "changelist"), pad_van(model, "changelist") + "?q=a&all="]
        paden += [pad_van(model, wat, rij.pk) for rij in rijen for wat in ("change", "history")]
        for pad in paden:
            antwoord = client.get(pad, follow=True)
            assert antwoord.status_code == 200, pad
            tekst = antwoord.content.decode()
            assert [g for g in geheim if g in tekst] == [], pad


def test_zoeken_op_een_persoon_vindt_niets(client, gevuld):
    for model in (Aanvraag, Deelnemer, Voordracht):
        for vraag in (NAAM, BSN):
            assert "0 " in client.get(pad_van(model, "changelist"), {"q": vraag}).content.decode()
        antwoord = client.get(pad_van(model, "changelist"), {"q": vraag})
        assert antwoord.context["cl"].result_count == 0
    dicht = client.get(pad_van(Deelnemer, "changelist"), {"q": gevuld.kenmerk})
    assert dicht.context["cl"].result_count == 0
    inzage(client, gevuld, **GOED)
    open_ = client.get(pad_van(Deelnemer, "changelist"), {"q": gevuld.kenmerk})
    assert open_.context["cl"].result_count == 1


@pytest.mark.parametrize("vraag", ["\x00", "😀", "x" * 2000, "'\"--", "7"])
def test_zoeken_met_rare_tekens(client, gevuld, vraag):
    for model in MODELLEN:
        assert client.get(pad_van(model, "changelist"), {"q": vraag}).status_code in (200, 302), model


def test_lijsten_vragen_niet_per_rij(client, gevuld, django_assert_max_num_queries):
    for model in MODELLEN:
        client.get(pad_van(model, "changelist"))
        with django_assert_max_num_queries(22):
            client.get(pad_van(model, "changelist"))


def test_wat_handelingen_schreven_is_niet_te_wijzigen(client, gevuld):
    for model in MODELLEN:
        rij = model._default_manager.first()
        aantal = model._default_manager.count()
        assert client.post(pad_van(model, "delete", rij.pk), {"post": "yes"}).status_code == 403, model
        client.post(pad_van(model, "changelist"), {"action": "delete_selected", "_selected_action": [rij.pk]})
        assert model._default_manager.count() == aantal
        if model._meta.label not in TE_WIJZIGEN:
            assert client.post(pad_van(model, "change", rij.pk), {}).status_code == 403, model
            if model is not RegelingVersie:
                assert client.get(pad_van(model, "add")).status_code == 403, model


# --- with a reason ---------------------------------------------------------------------------------------------


def inzage(client, deel, **invoer):
    return client.post(pad_van(type(deel), "inzage", deel.pk), invoer, follow=True)


GOED = {"grond": "inzageverzoek", "reden": "Verzoek om inzage, nummer 12."}


def test_met_noodtoegang_te_zien_en_elke_keer_in_het_logboek(client, gevuld):
    pad = pad_van(Aanvraag, "inzage", gevuld.pk)
    assert NAAM not in client.get(pad).content.decode()
    tekst = inzage(client, gevuld, **GOED).content.decode()
    assert NAAM in tekst
    assert "31 januari 1990" in tekst
    assert BSN not in tekst
    assert BSN[-3:] in tekst
    geopend = Regel.objects.get(handeling="noodtoegang.openen")
    assert (geopend.soort, geopend.rol, geopend.dossier_id) == (Soort.HANDELING, Rol.BEHEERDER, gevuld.pk)
    assert NAAM in client.get(pad).content.decode()
    gekeken = Regel.objects.filter(handeling="noodtoegang.bekijken")
    assert {(r.soort, r.dossier_id, r.client_id, r.kenmerk) for r in gekeken} == {
        (Soort.LEZING, gevuld.pk, gevuld.deelnemer.pk, gevuld.kenmerk)
    }
    assert gekeken.count() == 2
    assert Noodtoegang.objects.first().reden == GOED["reden"]


@pytest.mark.parametrize(
    ("over", "melding"),
    [
        ({"grond": ""}, "Kies waarvoor"),
        ({"grond": "zomaar"}, "Kies"),
        ({"reden": ""}, "Schrijf waarom"),
        ({"reden": "te kort"}, "10 tekens of meer"),
        ({"reden": "          "}, "Schrijf waarom"),
        ({"reden": "x" * 301}, "300 tekens"),
        ({"reden": "reden met een \x00 erin"}, ""),
    ],
)
def test_zonder_goede_reden_niets(client, gevuld, over, melding):
    antwoord = inzage(client, gevuld, **{**GOED, **over})
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert NAAM not in tekst
    assert melding in tekst
    assert Noodtoegang.objects.count() == 1


def test_inzage_alleen_voor_de_beheerder_en_alleen_van_wat_er_is(client, wereld, gevuld):
    from django.test import Client

    ander = Client()
    ander.force_login(wereld.beslisser.gebruiker)
    assert inzage(ander, gevuld, **GOED).status_code == 403
    assert Client().post(pad_van(Aanvraag, "inzage", gevuld.pk), GOED).status_code == 302
    assert client.get(pad_van(Aanvraag, "inzage", "00000000-0000-0000-0000-000000000000")).status_code == 404
    leeg = fabriek.concept(wereld)
    assert "nog geen deelnemer" in inzage(client, leeg, **GOED).content.decode()


def test_de_naam_van_een_bestand_blijft_wel_bewaard(client, gevuld):
    bestand = Bestand.objects.filter(bijlage__isnull=False).get()
    assert NAAM not in client.get(pad_van(Bestand, "change", bestand.pk)).content.decode()
    bestand.refresh_from_db()
    assert NAAM in bestand.naam

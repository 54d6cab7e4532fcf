"""Budget and dossiers in the admin: everything can be found, nothing written by hand, and nobody's data in sight."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import reverse

from aanvragen import brieven_maken, herinneren
from aanvragen.models import (
    Aanvraag,
    Bewaarplicht,
    Deelnemer,
    Doorzending,
    Erkenninglijst,
    GgzInstelling,
    Handtekening,
    Noodtoegang,
    Opschorting,
    Storing,
    Storingsoordeel,
    Verdaging,
    Voordracht,
)
from aanvragen.models.gemeentetoets import Gemeentetoets
from budget.handelingen import loting, plaatsen, uitzondering
from budget.models import Boeking, Controle, RegelingVersie
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.logboek.models import Oordeel, Regel, Signaal, Soort
from ips_subsidie.opslag.models import Bestand, Vernietiging, Virusscan
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.betalen.hulp import maak_geld
from tests.gesprek.hulp import lees, schrijf
from tests.toegang.personen import ingelogd_als, maak_lid

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
NAAM, TEKST = "Achternaamsma", "vertelt iets over zichzelf"
BSN = fabriek.bsn(4711)


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(fabriek.NU):
        yield


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


@pytest.fixture
def client(wereld):
    return ingelogd_als(maak_lid(Rol.BEHEERDER, van=fabriek.LID_VANAF))


@pytest.fixture
def gevuld(wereld):
    """At least one row of every model, with a person whose data may show up nowhere."""
    over = {"achternaam": NAAM, "toelichting": TEKST}
    aanvraag = fabriek.ingediend(wereld, bsn=BSN, **over)
    fabriek.verlenging_gevraagd(wereld, route="uwv", **over)
    traject = fabriek.gestart(wereld, route="uwv", **over)
    fabriek.doe(
        fabriek.traject.gebeurtenis_melden, traject, wereld.behandelaar, soort="werkhervatting",
        datum=datum_van(fabriek.NU), toelichting=TEKST,
    )  # fmt: skip
    gestopt = fabriek.gestopt(wereld, route="uwv", **over)
    fabriek.stuur_verslag(wereld, gestopt, fabriek.NU + timedelta(days=91), activiteiten=TEKST)
    fabriek.in_gebreke_gesteld(wereld, route="uwv", **over)
    fabriek.neem_voor_in_te_trekken(wereld, traject.aanvraag)
    fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld, route="uwv", **over), gronden=TEKST)
    concept = fabriek.compleet(wereld, **over)
    fabriek.doe(
        fabriek.invullen.bijlage_toevoegen, concept, wereld.behandelaar, soort="overig",
        upload=fabriek_upload(),
    )  # fmt: skip
    Voordracht.objects.filter(pk=fabriek.voordracht(wereld).pk).update(achternaam=NAAM)
    _gebeurt_zelden(wereld)
    Storing.objects.create(van=fabriek.NU, tot=fabriek.NU.replace(hour=9), toelichting="netwerk")
    Erkenninglijst.objects.create(
        bron="lijst", peildatum=datum_van(fabriek.NU), volledig=False, tekst="kvk", overgeslagen=0,
        verwerkt_op=fabriek.NU, verwerkt_door=wereld.beslisser.persoon,
    )  # fmt: skip
    maak_geld(wereld)
    _van_regeling_b(wereld, aanvraag)
    _verzet_de_termijn(wereld, aanvraag)
    Noodtoegang.objects.create(
        aanvraag=aanvraag, gebruiker=wereld.beslisser.persoon, grond="storing", reden="een fout in het portaal",
        begonnen_op=fabriek.NU - timedelta(hours=2), tot=fabriek.NU - timedelta(hours=1),
    )  # fmt: skip
    signaal = Signaal.objects.create(
        soort="zonder_taak", dag=datum_van(fabriek.NU), gebruiker=wereld.beslisser.persoon,
        organisatie=wereld.beslisser.organisatie, aantal=1, regels=[1], gemaakt_op=fabriek.NU, uiterlijk="2019-06-10",
    )  # fmt: skip
    Oordeel.objects.create(
        signaal=signaal,
        uitkomst="in_orde",
        toelichting="nagevraagd",
        op=fabriek.NU,
        door=wereld.behandelaar.persoon,
    )
    bericht = schrijf(aanvraag, wereld.behandelaar, "uwv", tekst=TEKST, bestand=fabriek_upload())
    lees(bericht, wereld.beoordelaar)
    brieven_maken.maak_ontbrekende()
    herinneren.herinner(fabriek.NU.replace(month=7, day=16))
    _bewaard(wereld, aanvraag)
    return aanvraag


def _bewaard(wereld, aanvraag):
    """What holds a dossier, and what the virus scan said."""
    Bewaarplicht.objects.create(
        aanvraag=aanvraag, grond="beroep", reden="zaak 12", gezet_op=fabriek.NU,
        gezet_door=wereld.beslisser.persoon,
    )  # fmt: skip
    Virusscan.objects.create(bestand=Bestand.objects.first(), uitslag="schoon", op=fabriek.NU)


def _van_regeling_b(wereld, aanvraag):
    """What only the gemeente writes, or an aanvraag that she decides."""
    gemeente = wereld.van_gemeente()
    Handtekening.objects.create(
        aanvraag=aanvraag, wijze="scherm", naam=NAAM, tekst=TEKST, inhoud_hash="0" * 64, gezet_op=fabriek.NU,
        vastgelegd_door=wereld.behandelaar.persoon,
    )  # fmt: skip
    Doorzending.objects.create(
        aanvraag=aanvraag, van=wereld.gemeente(), naar=wereld.gemeente("0202"), reden=TEKST, op=fabriek.NU,
        door=gemeente.persoon,
    )  # fmt: skip
    Gemeentetoets.objects.create(
        aanvraag=aanvraag, organisatie=gemeente.organisatie, uitkering_klopt=True, ander_traject=False,
        voorzieningen=TEKST, vastgelegd_op=fabriek.NU, vastgelegd_door=gemeente.persoon,
    )  # fmt: skip


def _verzet_de_termijn(wereld, aanvraag):
    """What moves the last day to decide, or was late through no fault of the aanvrager."""
    op = {"op": fabriek.NU, "door": wereld.beoordelaar.persoon}
    Opschorting.objects.create(
        aanvraag=aanvraag, soort="overmacht", uitgenodigd_op=datum_van(fabriek.NU), reden=TEKST
    )
    Verdaging.objects.create(
        aanvraag=aanvraag, reden=TEKST, tot=datum_van(fabriek.NU.replace(month=9)),
        **op | {"op": datum_van(fabriek.NU)},
    )  # fmt: skip
    Storingsoordeel.objects.create(aanvraag=aanvraag, aanvaard=False, motivering=TEKST, **op)


def _gebeurt_zelden(wereld):
    """What departs from the order by name, and a check that found something."""
    fabriek.sluit_plaatsen_aan(wereld, 2, nu=fabriek.NU.replace(hour=9))
    [gelijk] = [g for g in loting.te_loten(wereld.regeling) if g.rang_op.hour == 9]
    fabriek.doe(
        loting.voorbereiden, None, wereld.beoordelaar, regeling=wereld.regeling, rang_op=gelijk.rang_op
    )
    with transaction.atomic():
        [plaats] = fabriek.sluit_plaatsen_aan(wereld, 1)
        plaatsen.laat_vallen(plaats, fabriek.NU)
        uitzondering.stel_voor(
            plaats, wereld.beoordelaar, bezwaar_kenmerk="BZ-1", beslist_op=datum_van(fabriek.NU),
            motivering=TEKST, nu=fabriek.NU,
        )  # fmt: skip
    Controle.objects.create(op=fabriek.NU, bevindingen=[{"code": "teller", "tekst": "Een pot klopt niet."}])


def fabriek_upload():
    from django.core.files.uploadedfile import SimpleUploadedFile

    from aanvragen.demo import teksten

    return SimpleUploadedFile(f"{NAAM}.pdf", teksten.bijlage().read(), content_type="application/pdf")


def pad_van(model, wat, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{wat}", args=args)


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


# --- regelingen ------------------------------------------------------------------------------------------------


def nieuwe_versie(client, tekst, **over):
    invoer = {
        "tekst": tekst, "geldig_vanaf": "2019-06-10", "gepubliceerd_op": "2019-06-03",
        "bron": "Stcrt. 2019, 24003", "reden": "Besluit van de minister.", **over,
    }  # fmt: skip
    return client.post(pad_van(RegelingVersie, "add"), invoer)


def test_nieuwe_versie_staat_klaar_met_de_huidige_tekst(client, wereld):
    pagina = client.get(pad_van(RegelingVersie, "add"), {"regeling": wereld.regeling.pk})
    assert pagina.context["adminform"].form.initial["tekst"] == fabriek.regelingtekst()
    assert (
        "Nieuwe versie"
        in client.get(pad_van(type(wereld.regeling), "change", wereld.regeling.pk)).content.decode()
    )
    assert client.get(pad_van(RegelingVersie, "add"), {"regeling": "x'\x00"}).status_code == 200


def test_nieuwe_versie_met_reden(client, wereld):
    tekst = fabriek.regelingtekst(cap_per_gemeente=7).replace("\n", "\r\n")
    assert nieuwe_versie(client, tekst).status_code == 302
    versie = wereld.regeling.versies.get(nummer=2)
    assert (versie.reden, str(versie.geldig_vanaf)) == ("Besluit van de minister.", "2019-06-10")
    assert (str(versie.gepubliceerd_op), versie.bron) == ("2019-06-03", "Stcrt. 2019, 24003")
    assert "\r" not in versie.tekst
    assert versie.vastgelegd_door is not None
    assert wereld.pot("gemeente").grens_trajecten == 7
    assert Regel.objects.filter(handeling="beheer.toevoegen", onderwerp="budget.regelingversie").count() == 1


@pytest.mark.parametrize(
    ("tekst", "over", "melding"),
    [
        (lambda: fabriek.regelingtekst(rang_basis="anders"), {}, "Regel "),
        (lambda: "dit is = = geen toml", {}, "egel 1"),
        (fabriek.regelingtekst, {}, "niets veranderd"),
        (lambda: fabriek.regelingtekst(cap_per_gemeente=1), {}, "onder wat al is verleend"),
        (lambda: fabriek.regelingtekst(cap_per_gemeente=7), {"reden": ""}, "verplicht"),
        (
            lambda: fabriek.regelingtekst(cap_per_gemeente=7),
            {"geldig_vanaf": "2019-06-02"},
            "vandaag of later",
        ),
        (
            lambda: fabriek.regelingtekst(cap_per_gemeente=7),
            {"gepubliceerd_op": "2019-06-04"},
            "bekendmaking ligt in de toekomst",
        ),
        (lambda: fabriek.regelingtekst(cap_per_gemeente=7), {"gepubliceerd_op": ""}, "verplicht"),
        (lambda: "", {}, "verplicht"),
        (lambda: "\x00", {}, ""),
    ],
)
def test_een_fout_staat_in_het_formulier_en_verandert_niets(client, wereld, tekst, over, melding):
    fabriek.verleen_plaatsen(wereld, 2)
    antwoord = nieuwe_versie(client, tekst(), **over)
    assert antwoord.status_code == 200
    assert melding in antwoord.content.decode()
    assert wereld.regeling.versies.count() == 1
    assert wereld.pot("gemeente").grens_trajecten == 5


def test_de_melding_noemt_de_regel_en_wat_er_staat(client, wereld):
    tekst = fabriek.regelingtekst(rang_basis="anders")
    nummer = next(n for n, regel in enumerate(tekst.splitlines(), 1) if regel.startswith("rang_basis"))
    antwoord = nieuwe_versie(client, tekst)
    [melding] = antwoord.context["adminform"].form.errors["tekst"]
    assert melding.startswith(f"Regel {nummer}: ")
    assert melding.endswith('Daar staat: rang_basis = "anders"')


def test_het_grootboek_noemt_wie_een_nieuwe_versie_laadde(client, wereld):
    nieuwe_versie(client, fabriek.regelingtekst(plafond_trajecten=150))
    boeking = Boeking.objects.filter(soort="plafond", naar="plafond").get()
    assert (boeking.trajecten, boeking.handeling) == (50, "beheer.toevoegen")
    assert boeking.door == wereld.regeling.versies.get(nummer=2).vastgelegd_door


# --- by hand ---------------------------------------------------------------------------------------------------


def test_instelling_toevoegen_vraagt_een_organisatie_van_die_soort(client, wereld):
    from ips_subsidie.toegang.rollen import OrganisatieSoort

    invoer = {"kvk": "90000099", "agb": "", "adres": "Straat 1", "postcode": "1234 AB", "plaats": "Stad"}
    fout = client.post(pad_van(GgzInstelling, "add"), {**invoer, "organisatie": wereld.uwv.pk})
    assert "soort ggz-instelling" in fout.content.decode()
    organisatie = fabriek.maak_organisatie(OrganisatieSoort.INSTELLING)
    assert (
        client.post(pad_van(GgzInstelling, "add"), {**invoer, "organisatie": organisatie.pk}).status_code
        == 302
    )
    assert Regel.objects.filter(handeling="beheer.toevoegen", onderwerp="aanvragen.ggzinstelling").exists()


def test_storing_toevoegen_en_wijzigen_staat_in_het_logboek(client, wereld):
    invoer = {
        "van_0": "2019-05-02", "van_1": "18:00", "tot_0": "2019-05-02", "tot_1": "20:00", "toelichting": "netwerk",
    }  # fmt: skip
    assert client.post(pad_van(Storing, "add"), invoer).status_code == 302
    storing = Storing.objects.get()
    client.post(pad_van(Storing, "change", storing.pk), {**invoer, "tot_1": "21:00"})
    regels = Regel.objects.filter(onderwerp="aanvragen.storing").order_by("pk")
    assert [regel.handeling for regel in regels] == ["beheer.toevoegen", "beheer.wijzigen"]
    te_vroeg = client.post(pad_van(Storing, "change", storing.pk), {**invoer, "tot_1": "17:00"})
    assert te_vroeg.status_code == 200


def test_de_naam_van_een_bestand_blijft_wel_bewaard(client, gevuld):
    bestand = Bestand.objects.filter(bijlage__isnull=False).get()
    assert NAAM not in client.get(pad_van(Bestand, "change", bestand.pk)).content.decode()
    bestand.refresh_from_db()
    assert NAAM in bestand.naam

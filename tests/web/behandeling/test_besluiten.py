"""Deciding: four eyes, the letter first, and refusals that say what now."""

from datetime import timedelta

import pytest
from django.urls import reverse

from aanvragen.models import Besluit, Brief
from aanvragen.regels.statussen import AanvraagStatus, VerlengingStatus
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import ARNHEM, LID_VANAF, NU, vers
from tests.web.behandeling.hulp import als, tekst

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(NU):
        yield


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


def pad(naam, deel):
    return reverse(f"aanvragen:{naam}", args=[deel.pk])


def voorbeeld(aanvraag, soort):
    return reverse("aanvragen:besluit_voorbeeld", args=[aanvraag.pk, soort])


def test_toekennen(wereld):
    aanvraag = fabriek.beoordeeld(wereld, gemeente=ARNHEM)
    client = als(wereld.beslisser)
    pagina = client.get(pad("aanvraag_toekennen", aanvraag))
    woorden = tekst(pagina)
    assert str(wereld.beoordelaar.gebruiker) in woorden
    assert "0 van de 5" in woorden
    assert pagina.context["form"].initial["motivering"] == aanvraag.beoordeling.motivering
    antwoord = client.post(
        pad("aanvraag_toekennen", aanvraag), {"motivering": "Goed.", "versie": aanvraag.versie}
    )
    assert antwoord.url == pad("dossier", aanvraag)
    assert vers(aanvraag).status == AanvraagStatus.TOEGEKEND
    besluit = Besluit.objects.get()
    assert (besluit.motivering, besluit.rijk_cent, besluit.gemeente_cent) == ("Goed.", 400_000, 400_000)


def test_zonder_motivering_geen_besluit(wereld):
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    antwoord = als(wereld.beslisser).post(pad("aanvraag_toekennen", aanvraag), {"motivering": "  "})
    assert "Schrijf de motivering. Die komt in de brief." in tekst(antwoord)
    assert not Besluit.objects.exists()


def test_nog_niet_beoordeeld_zegt_dat(wereld):
    aanvraag = fabriek.in_behandeling(wereld, route="uwv")
    antwoord = als(wereld.beslisser).get(pad("aanvraag_toekennen", aanvraag))
    assert "nog niet beoordeeld" in tekst(antwoord)


def test_vier_ogen(wereld):
    """Who reviewed and became beslisser since, still can't decide on it."""
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    zelf = Actor.van(
        Lidmaatschap.objects.create(
            gebruiker=wereld.beoordelaar.persoon,
            organisatie=wereld.uwv,
            rol=Rol.UWV_BESLISSER,
            geldig_van=LID_VANAF,
        )
    )
    client = als(zelf)
    sessie = client.session
    sessie["lidmaatschap"] = zelf.lidmaatschap_id
    sessie.save()
    assert "Een collega moet het besluit nemen" in tekst(client.get(pad("aanvraag_toekennen", aanvraag)))
    antwoord = client.post(pad("aanvraag_toekennen", aanvraag), {"motivering": "Mijn tekst."})
    assert "Een collega moet het besluit nemen" in tekst(antwoord)
    assert "Mijn tekst." in tekst(antwoord)
    assert vers(aanvraag).status == AanvraagStatus.IN_BEHANDELING


def test_volle_cap_weigert_en_wijst_de_weg_naar_afwijzen(wereld):
    aanvraag = fabriek.beoordeeld(wereld, gemeente=ARNHEM)
    fabriek.verleen_plaatsen(wereld, 5, gemeenten=[ARNHEM], nu=NU - timedelta(days=2))
    client = als(wereld.beslisser)
    antwoord = client.post(pad("aanvraag_toekennen", aanvraag), {"motivering": "Mijn tekst blijft."})
    assert antwoord.status_code == 200
    woorden = tekst(antwoord)
    assert "alle trajecten al toegekend" in woorden
    assert "Mijn tekst blijft." in woorden
    afwijzen = pad("aanvraag_afwijzen", aanvraag) + "?grond=cap_gemeente"
    assert afwijzen in antwoord.content.decode()
    assert vers(aanvraag).status == AanvraagStatus.IN_BEHANDELING

    pagina = client.get(afwijzen)
    assert pagina.context["form"].initial["gronden"] == ["cap_gemeente"]
    assert "alle trajecten al toegekend" in pagina.context["form"].initial["motivering"]
    klaar = client.post(
        pad("aanvraag_afwijzen", aanvraag),
        {"gronden": ["cap_gemeente"], "motivering": "De gemeente zit vol.", "versie": aanvraag.versie},
    )
    assert klaar.status_code == 302
    assert vers(aanvraag).status == AanvraagStatus.AFGEWEZEN


def test_vol_plafond_weigert():
    klein = fabriek.maak_wereld(plafond_trajecten=1)
    aanvraag = fabriek.beoordeeld(klein, route="uwv")
    fabriek.verleen_plaatsen(klein, 1, route="uwv", nu=NU - timedelta(days=2))
    antwoord = als(klein.beslisser).post(pad("aanvraag_toekennen", aanvraag), {"motivering": "Goed."})
    assert "Er is geen budget meer" in tekst(antwoord)
    assert "?grond=plafond" in antwoord.content.decode()


def test_t26_voorrang_wijst_naar_de_andere(wereld):
    fabriek.verleen_plaatsen(wereld, 4, gemeenten=[ARNHEM], nu=NU - timedelta(days=5))
    eerder = fabriek.ingediend(wereld, NU - timedelta(days=1), gemeente=ARNHEM)
    aanvraag = fabriek.beoordeeld(wereld, gemeente=ARNHEM)
    antwoord = als(wereld.beslisser).post(pad("aanvraag_toekennen", aanvraag), {"motivering": "Goed."})
    assert f"Ga naar aanvraag {eerder.kenmerk}" in tekst(antwoord)
    assert f'href="{pad("dossier", eerder)}"' in antwoord.content.decode()
    assert "?grond=" not in antwoord.content.decode()
    assert Regel.objects.filter(soort=Soort.WEIGERING, handeling="aanvraag.toekennen").exists()


def test_afwijzen_vraagt_een_grond(wereld):
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    client = als(wereld.beslisser)
    antwoord = client.post(pad("aanvraag_afwijzen", aanvraag), {"motivering": "Nee."})
    assert "Kies waarom u de aanvraag afwijst." in tekst(antwoord)
    vreemd = client.post(
        pad("aanvraag_afwijzen", aanvraag), {"motivering": "Nee.", "gronden": ["bestaat_niet"]}
    )
    assert "Kies alleen uit de lijst." in tekst(vreemd)


def test_afwijzen_neemt_de_beoordeling_over(wereld):
    aanvraag = fabriek.beoordeel(
        wereld, fabriek.in_behandeling(wereld, route="uwv"), advies="afwijzen", gronden=("niet_in_doelgroep",)
    )
    pagina = als(wereld.beslisser).get(pad("aanvraag_afwijzen", aanvraag))
    assert pagina.context["form"].initial["gronden"] == ["niet_in_doelgroep"]
    assert pagina.context["form"].initial["motivering"] == aanvraag.beoordeling.motivering
    toekennen = als(wereld.beslisser).get(pad("aanvraag_toekennen", aanvraag))
    assert "De beoordelaar adviseert om af te wijzen." in tekst(toekennen)


@pytest.mark.parametrize(
    ("soort", "invoer"),
    [
        ("verlening", {"motivering": "Goed."}),
        ("afwijzing", {"motivering": "Nee.", "gronden": ["niet_in_doelgroep"]}),
    ],
)
def test_voorbeeld_geeft_een_pdf_en_verandert_niets(wereld, soort, invoer):
    aanvraag = fabriek.beoordeeld(wereld, gemeente=ARNHEM)
    antwoord = als(wereld.beslisser).post(voorbeeld(aanvraag, soort), invoer)
    assert antwoord.status_code == 200
    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord.content.startswith(b"%PDF")
    assert antwoord["Content-Disposition"].startswith("attachment")
    assert not Besluit.objects.exists()
    assert not Brief.objects.filter(besluit__isnull=False).exists()
    assert vers(aanvraag).status == AanvraagStatus.IN_BEHANDELING


def test_voorbeeld_met_een_fout_toont_de_pagina(wereld):
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    client = als(wereld.beslisser)
    antwoord = client.post(voorbeeld(aanvraag, "afwijzing"), {"motivering": "Blijft staan."})
    assert "Kies waarom u de aanvraag afwijst." in tekst(antwoord)
    assert "Blijft staan." in tekst(antwoord)
    assert f'action="{pad("aanvraag_afwijzen", aanvraag)}"' in antwoord.content.decode()
    assert client.get(voorbeeld(aanvraag, "verlening")).url == pad("aanvraag_toekennen", aanvraag)
    assert client.post(voorbeeld(aanvraag, "intrekking"), {"motivering": "x"}).status_code == 200
    assert client.post(f"/aanvragen/{aanvraag.pk}/voorbeeld/onzin/").status_code == 404


def test_voorbeeld_met_moeilijke_tekst(wereld):
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    antwoord = als(wereld.beslisser).post(
        voorbeeld(aanvraag, "verlening"), {"motivering": "#let x = 1 😀 \u202e abc"}
    )
    assert antwoord.status_code == 200


def test_buiten_behandeling_na_de_hersteltermijn(wereld):
    aanvraag = fabriek.onvolledig(wereld, route="uwv")
    client = als(wereld.beslisser)
    assert "heeft nog tijd om aan te vullen" in tekst(
        client.get(pad("aanvraag_buiten_behandeling", aanvraag))
    )
    with klok_op(NU + timedelta(days=15)):
        pagina = client.get(pad("aanvraag_buiten_behandeling", aanvraag))
        assert "niet binnen de termijn aangevuld" in pagina.context["form"].initial["motivering"]
        pdf = client.post(voorbeeld(aanvraag, "buiten_behandeling"), {"motivering": "Niet aangevuld."})
        assert pdf.content.startswith(b"%PDF")
        antwoord = client.post(
            pad("aanvraag_buiten_behandeling", aanvraag), {"motivering": "Niet aangevuld."}
        )
    assert antwoord.status_code == 302
    assert vers(aanvraag).status == AanvraagStatus.BUITEN_BEHANDELING


def test_besluit_intrekken(wereld):
    aanvraag = fabriek.toegekend(wereld, gemeente=ARNHEM)
    client = als(wereld.beslisser)
    assert "De instelling kan eerst reageren" in tekst(
        client.get(pad("aanvraag_besluit_intrekken", aanvraag))
    )
    fabriek.reageer_op_voornemen(wereld, fabriek.neem_voor_in_te_trekken(wereld, aanvraag))
    woorden = tekst(client.get(pad("aanvraag_besluit_intrekken", aanvraag)))
    assert "Wij konden het niet eerder melden." in woorden
    assert woorden.count("De plaats komt vrij voor de volgende.") == 2
    zonder = client.post(pad("aanvraag_besluit_intrekken", aanvraag), {"motivering": "Niet gestart."})
    assert "Kies waarom u het besluit intrekt." in tekst(zonder)
    invoer = {"motivering": "Niet gestart.", "gebeurtenis": "ingetrokken_voor_start"}
    assert client.post(voorbeeld(aanvraag, "intrekking"), invoer).content.startswith(b"%PDF")
    antwoord = client.post(pad("aanvraag_besluit_intrekken", aanvraag), invoer)
    assert antwoord.status_code == 302
    aanvraag = vers(aanvraag)
    assert aanvraag.status == AanvraagStatus.BESLUIT_INGETROKKEN
    assert aanvraag.reservering.status == "vrijgegeven"
    assert aanvraag.besluiten.get(soort="intrekking").gronden == ["ingetrokken_voor_start"]


@pytest.mark.parametrize(
    ("gebeurtenis", "plaats"),
    [("vanaf_nu", "verleend"), ("ingetrokken_met_terugwerkende_kracht", "vrijgegeven"),
     ("gegrond_bezwaar_derde", "verleend")],
)  # fmt: skip
def test_besluit_intrekken_van_een_traject_dat_loopt(wereld, gebeurtenis, plaats):
    aanvraag = fabriek.gestart(wereld, route="uwv").aanvraag
    fabriek.reageer_op_voornemen(wereld, fabriek.neem_voor_in_te_trekken(wereld, aanvraag))
    client = als(wereld.beslisser)
    woorden = tekst(client.get(pad("aanvraag_besluit_intrekken", aanvraag)))
    assert woorden.count("De plaats komt vrij voor de volgende.") == 1
    assert woorden.count("De plaats blijft gebruikt.") == 2
    assert "Het traject is niet gestart" not in woorden
    invoer = {"motivering": "Het gaat niet verder.", "gebeurtenis": gebeurtenis}
    assert client.post(pad("aanvraag_besluit_intrekken", aanvraag), invoer).status_code == 302
    assert vers(aanvraag).reservering.status == plaats


def test_gelijk_ontvangen_wijst_naar_de_loting():
    klein = fabriek.maak_wereld(plafond_trajecten=1)
    een, _ = fabriek.beoordeeld(klein, route="uwv"), fabriek.beoordeeld(klein, route="uwv")
    antwoord = als(klein.beslisser).post(pad("aanvraag_toekennen", een), {"motivering": "Goed."})
    assert "Laat eerst het lot beslissen." in tekst(antwoord)
    adres = f"{reverse('budget:loting_voorbereiden')}?regeling={klein.regeling.code}"
    assert f'href="{adres}"' in antwoord.content.decode()
    assert als(klein.beslisser).get(adres).status_code == 200


def test_dubbelklik_is_een_besluit(wereld):
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    invoer = {
        "motivering": "Goed.",
        "versie": aanvraag.versie,
        "sleutel": "0b9b7b0e-5c5e-4c5b-9d8e-1d2c3b4a5f6e",
    }
    client = als(wereld.beslisser)
    for _ in range(2):
        assert client.post(pad("aanvraag_toekennen", aanvraag), invoer).status_code == 302
    assert Besluit.objects.count() == 1


def test_opnieuw_beoordeeld_terwijl_u_las_geeft_409(wereld):
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    oud = aanvraag.versie
    fabriek.beoordeel(wereld, aanvraag, advies="afwijzen", gronden=("niet_in_doelgroep",))
    antwoord = als(wereld.beslisser).post(
        pad("aanvraag_afwijzen", aanvraag),
        {"motivering": "Nee.", "gronden": ["niet_in_doelgroep"], "versie": oud},
    )
    assert antwoord.status_code == 409
    assert not Besluit.objects.exists()


@pytest.mark.parametrize(
    "naam",
    [
        "aanvraag_toekennen",
        "aanvraag_afwijzen",
        "aanvraag_buiten_behandeling",
        "aanvraag_besluit_intrekken",
    ],
)
def test_alleen_de_beslisser(wereld, naam):
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    for rol in (
        Rol.UWV_BEOORDELAAR,
        Rol.UWV_FINANCIEN,
        Rol.BEHANDELAAR,
        Rol.GEMEENTEMEDEWERKER,
        Rol.MINISTERIE,
    ):
        client = als(wereld.met(rol))
        assert client.get(pad(naam, aanvraag)).status_code == 403
        assert client.post(voorbeeld(aanvraag, "verlening"), {"motivering": "x"}).status_code == 403


def test_verlenging_adviseren_en_toekennen(wereld):
    verlenging = fabriek.verlenging_gevraagd(wereld, route="uwv")
    beoordelaar, beslisser = als(wereld.beoordelaar), als(wereld.beslisser)
    assert "nog niet beoordeeld" in tekst(beslisser.get(pad("verlenging_toekennen", verlenging)))
    pagina = beoordelaar.get(pad("verlenging_adviseren", verlenging))
    assert "2 juni 2022" in tekst(pagina)
    assert "Kies uw advies." in tekst(
        beoordelaar.post(pad("verlenging_adviseren", verlenging), {"motivering": "Nuttig."})
    )
    goed = {"advies": "toekennen", "motivering": "Nuttig."}
    assert beoordelaar.post(pad("verlenging_adviseren", verlenging), goed).status_code == 302
    pagina = beslisser.get(pad("verlenging_toekennen", verlenging))
    assert pagina.context["form"].initial["motivering"] == "Nuttig."
    assert str(wereld.beoordelaar.gebruiker) in tekst(pagina)
    antwoord = beslisser.post(pad("verlenging_toekennen", verlenging), {"motivering": "Akkoord."})
    assert antwoord.url == pad("dossier", verlenging.traject.aanvraag)
    verlenging.refresh_from_db()
    assert verlenging.status == VerlengingStatus.TOEGEKEND


def test_verlenging_afwijzen_en_rollen(wereld):
    verlenging = fabriek.verlenging_gevraagd(wereld, gemeente=ARNHEM)
    for naam, rol in [
        ("verlenging_adviseren", Rol.UWV_BESLISSER),
        ("verlenging_toekennen", Rol.UWV_BEOORDELAAR),
    ]:
        assert als(wereld.met(rol)).get(pad(naam, verlenging)).status_code == 403
    als(wereld.beoordelaar).post(
        pad("verlenging_adviseren", verlenging), {"advies": "afwijzen", "motivering": "Niet nodig."}
    )
    antwoord = als(wereld.beslisser).post(
        pad("verlenging_afwijzen", verlenging), {"motivering": "Niet nodig."}
    )
    assert antwoord.status_code == 302
    verlenging.refresh_from_db()
    assert verlenging.status == VerlengingStatus.AFGEWEZEN
    assert (
        als(wereld.beoordelaar)
        .get(reverse("aanvragen:verlenging_adviseren", args=[wereld.uwv.pk]))
        .status_code
        == 404
    )

"""What is written by hand in the admin: a version of a regeling, an instelling, a storing."""

import pytest

from aanvragen.models import GgzInstelling, Storing
from budget.models import Boeking, RegelingVersie
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.rollen import OrganisatieSoort
from tests import fabriek
from tests.admin.paden import pad_van

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


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

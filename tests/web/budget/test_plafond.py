"""Changing a limit by its page: what is asked, what is refused with nothing typed lost, and what is kept of it."""

import pytest
from django.urls import reverse

from budget.web.formulieren import cent_uit, trajecten_uit
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.web.bezoek import als

GOED = {
    "welke": "plafond_trajecten",
    "soort": "getal",
    "grens": "150",
    "gepubliceerd_op_dag": "3",
    "gepubliceerd_op_maand": "6",
    "gepubliceerd_op_jaar": "2019",
    "bron": "Stcrt. 2019, 24003",
    "reden": "De minister verdeelt het geld opnieuw.",
}


@pytest.fixture
def adres(wereld):
    return f"{reverse('budget:plafond_wijzigen')}?regeling={wereld.regeling.code}"


@pytest.fixture
def client(wereld):
    return als(wereld.met(Rol.UWV_FINANCIEN))


def verborgen(antwoord):
    form = antwoord.context["form"]
    return {"sleutel": str(form["sleutel"].value()), "versie": str(form["versie"].value())}


def stuur(client, adres, **over):
    return client.post(adres, {**verborgen(client.get(adres)), **GOED, **over})


def fouten(antwoord):
    return {veld: [str(f) for f in lijst] for veld, lijst in antwoord.context["form"].errors.items()}


def test_een_lagere_grens_met_bron_reden_en_wie(client, adres, wereld):
    fabriek.verleen_plaatsen(wereld, 3)
    assert "Nu: 200. Toegekend of vastgehouden: 3." in client.get(adres).content.decode()
    antwoord = stuur(client, adres)
    assert (antwoord.status_code, antwoord.headers["Location"]) == (
        302, f"{reverse('budget:overzicht')}?regeling={wereld.regeling.code}",
    )  # fmt: skip
    versie = wereld.regeling.versies.get(nummer=2)
    assert (versie.bron, versie.reden, str(versie.gepubliceerd_op)) == (
        GOED["bron"], GOED["reden"], "2019-06-03",
    )  # fmt: skip
    assert versie.vastgelegd_door == wereld.met(Rol.UWV_FINANCIEN).gebruiker
    assert wereld.pot().grens_trajecten == 150
    tekst = client.get(adres).content.decode()
    for stuk in ("Plafond in trajecten: 200 wordt 150", GOED["bron"], GOED["reden"]):
        assert stuk in tekst, stuk


@pytest.mark.parametrize(
    ("over", "pot", "veld", "waarde"),
    [
        (
            {"welke": "plafond_bedrag_cent", "grens": "1.300.000,50"}, {},
            "grens_cent", 130_000_050,
        ),
        ({"welke": "plafond_trajecten", "soort": "geen", "grens": ""}, {}, "grens_trajecten", None),
        (
            {"welke": "sub_plafond_gemeente", "grens": "75"}, {"soort": "route", "route": "gemeente"},
            "grens_trajecten", 75,
        ),
        ({"welke": "cap_per_gemeente", "grens": "6"}, {"soort": "gemeente"}, "grens_trajecten", 6),
        (
            {"welke": "cap_per_gemeente", "soort": "geen", "grens": "rommel"}, {"soort": "gemeente"},
            "grens_trajecten", None,
        ),
    ],
)  # fmt: skip
def test_elke_soort_grens(client, adres, wereld, over, pot, veld, waarde):
    assert stuur(client, adres, **over).status_code == 302
    assert getattr(wereld.pot(pot.pop("soort", "totaal"), **pot), veld) == waarde


@pytest.mark.parametrize(
    ("over", "veld", "melding"),
    [
        ({"grens": "2"}, "grens", "Er zijn al 3 trajecten toegekend of vastgehouden."),
        ({"welke": "cap_per_gemeente", "grens": "2"}, "grens", "(de meeste in Nijmegen)"),
        (
            {"welke": "plafond_bedrag_cent", "grens": "11999,99"}, "grens",
            "Er is al €\xa012.000,00 toegekend",
        ),
        ({"grens": "-1"}, "grens", "kan niet onder nul"),
        ({"grens": "€ -5", "welke": "plafond_bedrag_cent"}, "grens", "kan niet onder nul"),
        ({"grens": "honderd"}, "grens", "Vul een heel getal in"),
        ({"grens": "1,5"}, "grens", "Vul een heel getal in"),
        ({"grens": "1e5"}, "grens", "Vul een heel getal in"),
        ({"grens": "٣٠٠"}, "grens", "Vul een heel getal in"),
        ({"grens": "9" * 29}, "grens", "Dit is te veel"),
        ({"grens": "9" * 29, "welke": "plafond_bedrag_cent"}, "grens", "Dit is te veel"),
        ({"grens": "1.2.3", "welke": "plafond_bedrag_cent"}, "grens", "Vul een bedrag in euro"),
        ({"grens": ""}, "grens", "Vul de nieuwe grens in"),
        ({"grens": "200"}, "grens", "Dat is nu al zo: 200"),
        ({"welke": "plafond_bedrag_cent", "soort": "geen"}, "soort", "Dat is nu al zo: geen grens"),
        ({"welke": ""}, "welke", "Kies welke grens"),
        ({"welke": "verzonnen"}, "welke", "Kies een van de antwoorden"),
        ({"soort": ""}, "soort", "Kies of er"),
        ({"gepubliceerd_op_dag": "18"}, "gepubliceerd_op", "Deze dag moet nog komen"),
        ({"gepubliceerd_op_dag": "31"}, "gepubliceerd_op", "bestaat niet"),
        ({"gepubliceerd_op_dag": ""}, "gepubliceerd_op", "ook een dag"),
        ({"bron": " "}, "bron", "Schrijf waar"),
        ({"reden": ""}, "reden", "Schrijf waarom"),
    ],
)  # fmt: skip
def test_een_fout_staat_bij_het_veld_en_er_gaat_niets_verloren(client, adres, wereld, over, veld, melding):
    fabriek.verleen_plaatsen(wereld, 3)
    antwoord = stuur(client, adres, **over)
    assert antwoord.status_code == 200
    assert melding in " ".join(fouten(antwoord)[veld])
    assert list(fouten(antwoord)) == [veld]
    form = antwoord.context["form"]
    for naam, getypt in {**GOED, **over}.items():
        if not naam.startswith("gepubliceerd_op"):
            assert form[naam].value() == getypt, naam
    assert "<title>Fout: " in antwoord.content.decode()
    assert wereld.regeling.versies.count() == 1


def test_een_dag_voor_de_vorige_wijziging_staat_bij_de_dag(client, adres, wereld):
    assert stuur(client, adres, gepubliceerd_op_dag="10").status_code == 302
    antwoord = stuur(client, adres, grens="120")
    assert list(fouten(antwoord)) == ["gepubliceerd_op"]
    assert "De vorige wijziging is later bekendgemaakt." in antwoord.content.decode()
    assert wereld.pot().grens_trajecten == 150


@pytest.mark.parametrize("rommel", ["\x00", "150\x00", "<b>", "’; DROP TABLE", "1" * 5000])
def test_rommel_geeft_een_melding_en_geen_fout(client, adres, wereld, rommel):
    for veld in ("grens", "bron", "reden", "welke", "soort", "gepubliceerd_op_jaar", "versie", "sleutel"):
        assert stuur(client, adres, **{veld: rommel}).status_code in (200, 302, 409)
    assert client.post(adres, {}).status_code == 200


def test_tweemaal_klikken_wijzigt_een_keer(client, adres, wereld):
    invoer = {**verborgen(client.get(adres)), **GOED}
    assert [client.post(adres, invoer).status_code for _ in range(2)] == [302, 302]
    assert wereld.regeling.versies.count() == 2


def test_een_collega_was_eerder(client, adres, wereld):
    oud = verborgen(client.get(adres))
    stuur(client, adres)
    antwoord = client.post(adres, {**oud, **GOED, "grens": "120"})
    assert antwoord.status_code == 409
    assert "terwijl u bezig was" in antwoord.content.decode()
    assert wereld.pot().grens_trajecten == 150
    weer = {**verborgen(antwoord), **GOED, "grens": "120"}
    assert client.post(adres, weer).status_code == 302
    assert wereld.pot().grens_trajecten == 120


@pytest.mark.parametrize("rol", [Rol.UWV_BESLISSER, Rol.MINISTERIE, Rol.BEHEERDER])
def test_alleen_financien_wijzigt(wereld, adres, rol):
    client = als(wereld.met(rol))
    assert client.get(adres).status_code == 403
    assert client.post(adres, GOED).status_code == 403
    assert adres not in client.get(reverse("budget:overzicht")).content.decode()


def test_de_wijzigingen_zijn_ook_voor_het_ministerie(client, adres, wereld):
    for nummer in range(11):
        assert stuur(client, adres, grens=str(150 + nummer)).status_code == 302
    ministerie = als(wereld.met(Rol.MINISTERIE))
    eerste = ministerie.get(reverse("budget:wijzigingen"))
    assert eerste.context["wijzigingen"][0].wat == ["Plafond in trajecten: 159 wordt 160"]
    tweede = ministerie.get(reverse("budget:wijzigingen") + eerste.context["volgende"])
    assert [w.wat for w in tweede.context["wijzigingen"]] == [
        ["Plafond in trajecten: 200 wordt 150"],
        ["Plafond in trajecten: 200", "Grens per gemeente: 5"],
    ]
    assert "verdeelt het geld opnieuw" in tweede.content.decode()


@pytest.mark.parametrize(
    ("getypt", "waarde"), [("200", 200), ("1.300", 1300), (" 1 300 ", 1300), ("0", 0), ("007", 7)]
)
def test_een_getal_zoals_mensen_het_schrijven(getypt, waarde):
    assert trajecten_uit(getypt) == waarde


@pytest.mark.parametrize(
    ("getypt", "cent"),
    [
        ("1300000", 130_000_000), ("1.300.000", 130_000_000), ("€ 1.300.000,50", 130_000_050),
        ("€\xa01,05", 105), ("12,-", 1200), ("0", 0),
    ],
)  # fmt: skip
def test_een_bedrag_zoals_mensen_het_schrijven(getypt, cent):
    assert cent_uit(getypt) == cent

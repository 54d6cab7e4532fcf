"""The pages of the overleg: who sees what of the agenda, forms with real bad input, and what they cost."""

from datetime import date

import pytest
from django.urls import reverse

from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.rollen import Functie, Rol
from overleg.models import Agendapunt, Reeks
from tests import fabriek
from tests.fabriek import ARNHEM, DRUTEN, NU
from tests.overleg.fabriek import WEKEN, eerste, maak_reeks, met_functie, zet_op_agenda
from tests.web.behandeling.hulp import als, tekst
from tests.web.sql import met_hoogstens

pytestmark = pytest.mark.django_db
LIJST = "/overleg/"
NIEUW = "/overleg/reeksen/nieuw/"


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(NU):
        yield


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


@pytest.fixture
def beleid(wereld):
    return met_functie(wereld, Functie.BELEID)


@pytest.fixture
def reeks(wereld, beleid):
    return maak_reeks(wereld, beleid=beleid)


def pad(naam, deel):
    return reverse(f"overleg:{naam}", args=[deel.pk])


def formulier(wereld, **anders):
    return {
        "soort": "casuistiek", "om_de_weken": "8",
        "eerste_dag_dag": "4", "eerste_dag_maand": "6", "eerste_dag_jaar": "2019",
        "laatste_dag_dag": "31", "laatste_dag_maand": "12", "laatste_dag_jaar": "2019",
        "begint_om": "13.30", "duur_minuten": "90", "plaats": "", "link": "https://vergader.example/x",
        "zonder_feestdagen": "ja", "deelnemers": [str(wereld.instelling.organisatie.pk)],
    } | anders  # fmt: skip


def dagvelden(veld, dag, maand, jaar):
    return {f"{veld}_dag": dag, f"{veld}_maand": maand, f"{veld}_jaar": jaar}


def test_lege_kalender_zegt_wat_te_doen(wereld, beleid):
    assert "Maak een reeks" in tekst(als(beleid).get(LIJST))
    assert "nodigt u uit" in tekst(als(wereld.behandelaar).get(LIJST))
    assert "Een beleidsmedewerker" in tekst(als(met_functie(wereld, "")).get(LIJST))


def test_een_reeks_maken_met_het_formulier(wereld, beleid):
    client = als(beleid)
    assert client.get(NIEUW).status_code == 200
    antwoord = client.post(NIEUW, formulier(wereld))
    reeks = Reeks.objects.get()
    assert antwoord.url == pad("reeks", reeks)
    assert [b.dag for b in reeks.bijeenkomsten.all()] == [
        date(2019, 6, 4), date(2019, 7, 30), date(2019, 9, 24), date(2019, 11, 19)
    ]  # fmt: skip
    woorden = tekst(client.get(antwoord.url))
    for moet in ("Casuïstiekoverleg", "Om de 8 weken, om 13:30 uur", "90 minuten", wereld.instelling.naam):
        assert moet in woorden


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        (dagvelden("laatste_dag", "", "", ""), "Een reeks zonder einde kan niet"),
        (dagvelden("laatste_dag", "3", "6", "2019"), "eindigt voordat zij begint"),
        (dagvelden("laatste_dag", "31", "12", "2031"), "hoogstens twee jaar"),
        (dagvelden("eerste_dag", "31", "2", "2020"), "bestaat niet"),
        ({"begint_om": "25:00"}, "Vul een tijd in, bijvoorbeeld 9:30"),
        ({"begint_om": "half tien"}, "Vul een tijd in, bijvoorbeeld 9:30"),
        ({"begint_om": "９:30"}, "Vul een tijd in, bijvoorbeeld 9:30"),
        ({"duur_minuten": "een uur"}, "Vul een getal in"),
        ({"duur_minuten": "²²"}, "Vul een getal in"),
        ({"link": "javascript:alert(1)"}, "begint met https://"),
        ({"link": "ftp://x.example/"}, "begint met https://"),
        ({"link": "", "plaats": ""}, "Vul een plaats in, of een link"),
        ({"om_de_weken": "3"}, "Kies een van de antwoorden"),
        ({"om_de_weken": ""}, "Kies hoe vaak het is"),
        ({"deelnemers": []}, "Kies minstens een deelnemer"),
        ({"deelnemers": ["00000000-0000-0000-0000-000000000000"]}, "Kies alleen uit de lijst"),
        ({"soort": "\x00"}, "Kies een van de antwoorden"),
    ],
)
def test_een_fout_in_het_formulier_zegt_wat_te_doen(wereld, beleid, anders, melding):
    antwoord = als(beleid).post(NIEUW, formulier(wereld) | anders)
    assert antwoord.status_code == 200
    assert melding in tekst(antwoord)
    if "link" not in anders:
        assert "https://vergader.example/x" in antwoord.content.decode()
    assert not Reeks.objects.exists()


def test_wie_geen_reeks_mag_maken_leest_wie_wel(wereld):
    actor = met_functie(wereld, Functie.ADMINISTRATIEF)
    assert "Beleidsmedewerker" in tekst(als(actor).get(NIEUW))
    antwoord = als(actor).post(NIEUW, formulier(wereld))
    assert antwoord.status_code == 200
    assert not Reeks.objects.exists()


def test_wie_niet_meedoet_vindt_niets(wereld, reeks):
    vreemd = [
        wereld.bij_andere_instelling().behandelaar,
        wereld.lid(wereld.gemeente(ARNHEM).organisatie, Rol.GEMEENTEBESLISSER),
    ]
    for actor in vreemd:
        client = als(actor)
        assert "Er staat geen overleg gepland" in tekst(client.get(LIJST))
        for adres in (pad("reeks", reeks), pad("bijeenkomst", eerste(reeks))):
            assert client.get(adres).status_code == 404
        assert client.post(pad("agendapunt_toevoegen", eerste(reeks)), {"kenmerk": "x"}).status_code == 404
    assert Regel.objects.filter(soort=Soort.WEIGERING, onderwerp="overleg.reeks").count() == 2


def test_kenmerk_alleen_voor_wie_het_dossier_ziet(wereld, beleid):
    """T86, T87: the others at the table read whose item it is, and no more."""
    ander = wereld.bij_andere_instelling()
    druten = wereld.gemeente(DRUTEN).organisatie
    reeks = maak_reeks(
        wereld, wereld.instelling.organisatie, ander.instelling.organisatie, druten, beleid=beleid
    )
    een = eerste(reeks)
    aanvraag = fabriek.met_toestemming(wereld)
    zet_op_agenda(een, wereld.behandelaar, aanvraag.kenmerk)
    for actor in (wereld.behandelaar, beleid):
        pagina = als(actor).get(pad("bijeenkomst", een))
        assert aanvraag.kenmerk in tekst(pagina)
        assert "Weghalen" in tekst(pagina)
    assert Regel.objects.filter(handeling="agendapunt.bekijken", dossier_id=aanvraag.pk).count() == 2
    for actor in (ander.behandelaar, wereld.lid(druten, Rol.GEMEENTEMEDEWERKER)):
        client = als(actor)
        inhoud = client.get(pad("bijeenkomst", een)).content.decode()
        assert f"Agendapunt van {wereld.instelling.naam}" in " ".join(inhoud.split())
        for mag_niet in (aanvraag.kenmerk, str(aanvraag.pk), "Weghalen", "Hoe het traject loopt ("):
            assert mag_niet not in inhoud
        punt = Agendapunt.objects.get()
        assert client.get(pad("agendapunt_weghalen", punt)).status_code == 404
        assert client.post(pad("agendapunt_weghalen", punt)).status_code == 404
    assert Agendapunt.objects.get().status == "open"


def test_op_de_agenda_zetten_en_weghalen(wereld, reeks):
    een, aanvraag = eerste(reeks), fabriek.met_toestemming(wereld)
    client = als(wereld.behandelaar)
    adres = pad("agendapunt_toevoegen", een)
    keuze = {"kenmerk": aanvraag.kenmerk.lower(), "punt": "vacature"}
    assert client.post(adres, keuze).url == pad("bijeenkomst", een)
    dubbel = client.post(adres, keuze)
    assert "staat al op de agenda" in tekst(dubbel)
    assert keuze["kenmerk"] in dubbel.content.decode()
    punt = Agendapunt.objects.get()
    assert aanvraag.kenmerk in tekst(client.get(pad("agendapunt_weghalen", punt)))
    assert client.post(pad("agendapunt_weghalen", punt)).status_code == 302
    punt.refresh_from_db()
    assert punt.status == "weggehaald"


@pytest.mark.parametrize("kenmerk", ["", "IPS-2222222", "a\x00b", "x" * 500, "<script>", "😀"])
def test_een_kenmerk_dat_niet_kan(wereld, reeks, kenmerk):
    antwoord = als(wereld.behandelaar).post(
        pad("agendapunt_toevoegen", eerste(reeks)), {"kenmerk": kenmerk, "punt": "vacature"}
    )
    assert antwoord.status_code == 200
    assert not Agendapunt.objects.exists()
    assert "<script>" not in antwoord.content.decode().split("<main")[1]


def test_een_vreemd_kenmerk_laat_een_regel_na(wereld, reeks):
    vreemd = fabriek.met_toestemming(wereld.bij_andere_instelling())
    client = als(wereld.behandelaar)
    gelijk = []
    for kenmerk in (vreemd.kenmerk, "IPS-2222222"):
        antwoord = client.post(
            pad("agendapunt_toevoegen", eerste(reeks)), {"kenmerk": kenmerk, "punt": "anders"}
        )
        gelijk.append(tekst(antwoord).replace(kenmerk, "").count("U hebt geen dossier met dit kenmerk"))
    assert gelijk[0] == gelijk[1] > 0
    regels = Regel.objects.filter(soort=Soort.WEIGERING, dossier_id=vreemd.pk)
    assert [r.handeling for r in regels] == ["agendapunt.toevoegen"]


def test_verplaatsen_en_afgelasten(wereld, beleid, reeks):
    een = eerste(reeks)
    client = als(beleid)
    pagina = client.get(pad("bijeenkomst_verplaatsen", een))
    assert 'value="10:00"' in pagina.content.decode()
    velden = {
        **dagvelden("dag", "6", "6", "2019"), "begint_om": "11:15", "duur_minuten": "60", "plaats": "Zaal 2",
        "link": "", "reden": "Feest", "versie": "1",
    }  # fmt: skip
    assert "Schrijf kort waarom" in tekst(
        client.post(pad("bijeenkomst_verplaatsen", een), velden | {"reden": ""})
    )
    assert client.post(pad("bijeenkomst_verplaatsen", een), velden).status_code == 302
    woorden = tekst(als(wereld.behandelaar).get(pad("bijeenkomst", een)))
    assert "donderdag 6 juni 2019, 11:15 tot 12:15 uur" in woorden
    assert "Dit overleg is verplaatst" in woorden
    oud = client.post(pad("bijeenkomst_verplaatsen", een), velden | {"reden": "Nog eens"})
    assert oud.status_code == 409
    assert "Een collega wijzigde dit overleg" in tekst(oud)
    assert client.post(pad("bijeenkomst_afgelasten", een), {"reden": "Ziek"}).status_code == 302
    woorden = tekst(als(wereld.behandelaar).get(pad("bijeenkomst", een)))
    assert "Dit overleg gaat niet door" in woorden
    assert "Dossier op de agenda zetten" not in woorden
    assert "Gaat niet door" in tekst(client.get(LIJST))


def test_wie_niet_wijzigt_ziet_geen_knoppen(wereld, reeks):
    een = eerste(reeks)
    assert "Afgelasten" not in tekst(als(wereld.behandelaar).get(pad("bijeenkomst", een)))
    kaal = als(met_functie(wereld, ""))
    assert "Afgelasten" not in tekst(kaal.get(pad("bijeenkomst", een)))
    assert "Beleidsmedewerker of IPS-consulent" in tekst(kaal.get(pad("bijeenkomst_afgelasten", een)))


def test_deelnemers_en_stoppen(wereld, beleid, reeks):
    client = als(beleid)
    ander = fabriek.maak_instelling("Ggz Erbij")
    pagina = client.get(pad("reeks_deelnemers_wijzigen", reeks))
    assert "Ggz Erbij" in tekst(pagina)
    keuze = [str(wereld.instelling.organisatie.pk), str(ander.organisatie.pk)]
    assert client.post(pad("reeks_deelnemers_wijzigen", reeks), {"deelnemers": keuze}).status_code == 302
    assert "Ggz Erbij" in tekst(client.get(pad("reeks", reeks)))
    assert client.post(pad("reeks_stoppen", reeks)).status_code == 302
    woorden = tekst(client.get(pad("reeks", reeks)))
    assert "Gestopt" in woorden
    assert "kan niet meer" in tekst(client.get(pad("reeks_stoppen", reeks)))


def test_geweest_en_bladeren(wereld, beleid):
    maak_reeks(wereld, beleid=beleid, laatste_dag=date(2020, 5, 26))
    client = als(wereld.behandelaar)
    eerste_bladzij = client.get(LIJST)
    assert sum(len(rijen) for _, rijen in eerste_bladzij.context["maanden"]) == 25
    assert client.get(LIJST + eerste_bladzij.context["volgende"]).status_code == 200
    assert "Er is nog geen overleg geweest" in tekst(client.get(LIJST, {"toon": "geweest"}))
    with klok_op(NU.replace(year=2020)):
        assert "26 mei 2020" in tekst(client.get(LIJST, {"toon": "geweest"}))
    for vraag in ({"na": "-1"}, {"na": "999999"}, {"toon": "\x00"}):
        assert client.get(LIJST, vraag).status_code == 200


def test_paginas_kosten_steeds_evenveel(wereld, beleid, reeks):
    een = eerste(reeks)
    for _ in range(6):
        zet_op_agenda(een, wereld.behandelaar, fabriek.met_toestemming(wereld).kenmerk)
    assert WEKEN < 25
    for actor in (beleid, wereld.behandelaar):
        client = als(actor)
        for adres, grens in ((LIJST, 8), (pad("reeks", reeks), 11), (pad("bijeenkomst", een), 14)):
            client.get(adres)
            with met_hoogstens(grens):
                assert client.get(adres).status_code == 200

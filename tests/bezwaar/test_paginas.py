"""The pages of a bezwaar: what they ask and say, nothing typed lost, who sees it, how many statements they send."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aanvragen.models import Bezwaar
from ips_subsidie.kalender.klok import begin_van_dag, klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import NU, NU_B, vers
from tests.opslag.conftest import maak_png
from tests.web.bezoek import als
from tests.web.sql import met_hoogstens

DAG = timedelta(days=1)


@pytest.fixture(autouse=True)
def nu():
    with klok_op(NU):
        yield


def adres(naam, deel=None) -> str:
    return reverse(f"aanvragen:{naam}", args=[deel.pk] if deel is not None else [])


def dag(veld, op) -> dict[str, str]:
    return {f"{veld}_dag": str(op.day), f"{veld}_maand": str(op.month), f"{veld}_jaar": str(op.year)}


def stuur(client, naam, deel, **velden):
    """Send the form of this page as a browser would, with its hidden fields."""
    url = adres(naam, deel)
    formulier = client.get(url).context["form"]
    verborgen = {veld: formulier[veld].value() for veld in ("sleutel", "versie")}
    return client.post(url, {n: str(w) for n, w in verborgen.items() if w is not None} | velden)


def html(antwoord) -> str:
    assert antwoord.status_code == 200
    return " ".join(antwoord.content.decode().replace("\xa0", " ").split())


def opnieuw(bezwaar):
    return Bezwaar.objects.get(pk=bezwaar.pk)


def test_van_afwijzing_tot_alsnog_toegekend(wereld):
    """Every page once, as the people do it."""
    aanvraag = fabriek.afgewezen(wereld)
    behandelaar = als(wereld.behandelaar)
    uwv = als(wereld.collega(wereld.beoordelaar))
    beslisser = als(wereld.collega(wereld.beslisser))
    assert "Maak bezwaar tegen een besluit" in html(behandelaar.get(adres("dossier", aanvraag)))
    besluit = fabriek.laatste_besluit(aanvraag)
    png = SimpleUploadedFile("telling.png", maak_png(), "image/png")
    antwoord = stuur(
        behandelaar, "bezwaar_indienen", aanvraag, besluit_id=str(besluit.pk), gronden="", upload=png
    )
    bezwaar = Bezwaar.objects.get()
    assert antwoord.headers["Location"] == adres("bezwaar", bezwaar)
    assert behandelaar.get(adres("bezwaar_bestand", bezwaar)).content == maak_png()
    assert "In bezwaar" in html(behandelaar.get(adres("dossier", aanvraag)))

    tekst = html(uwv.get(adres("bezwaar", bezwaar)))
    assert "Zo is de beslistermijn geteld" in tekst
    assert "Dat is op tijd" in tekst
    assert "Vraag daar eerst om" in html(uwv.get(adres("bezwaar_ontvankelijkheid", bezwaar)))
    stuur(uwv, "bezwaar_oppakken", bezwaar)
    tot = NU + 14 * DAG
    stuur(uwv, "bezwaar_herstel_vragen", bezwaar, wat="Schrijf waarom.", **dag("termijn_tot", tot))
    assert "U bent aan zet" in html(behandelaar.get(adres("bezwaar", bezwaar)))
    stuur(behandelaar, "bezwaar_aanvullen", bezwaar, gronden="Er is verkeerd geteld.")
    stuur(uwv, "bezwaar_ontvankelijkheid", bezwaar, commissie="ja")
    stuur(
        uwv, "bezwaar_hoorzitting_plannen", bezwaar, tijd="9.30", plaats="Per videogesprek", **dag("dag", tot)
    )
    assert "9:30" in html(behandelaar.get(adres("bezwaar", bezwaar)))
    stuur(uwv, "bezwaar_gehoord", bezwaar, verslag="De telling is besproken.", **dag("op", NU))
    stuur(uwv, "bezwaar_advies_vastleggen", bezwaar, advies="Gegrond.")
    stuur(uwv, "bezwaar_verdagen", bezwaar, reden="Wij zoeken de telling uit.", hoe="wet")
    antwoord = stuur(
        uwv, "bezwaar_voorstellen", bezwaar,
        uitkomst="gegrond", gevolg="alsnog_toekennen", motivering="Er was verkeerd geteld.",
    )  # fmt: skip
    assert antwoord.status_code == 302
    assert opnieuw(bezwaar).status == "voorgesteld"
    # What is only prepared is not the indiener's to see.
    assert "Er was verkeerd geteld." not in html(behandelaar.get(adres("bezwaar", bezwaar)))

    pagina = beslisser.get(adres("bezwaar_beslissen", bezwaar))
    assert pagina.context["form"].initial["motivering"] == "Er was verkeerd geteld."
    invoer = {"motivering": "U krijgt gelijk.", "versie": opnieuw(bezwaar).versie}
    assert beslisser.post(adres("bezwaar_voorbeeld", bezwaar), invoer).content.startswith(b"%PDF")
    stuur(beslisser, "bezwaar_beslissen", bezwaar, motivering="U krijgt gelijk.")
    assert vers(aanvraag).status == "toegekend"
    tekst = html(behandelaar.get(adres("dossier", aanvraag)))
    assert "Herroepen na bezwaar" in tekst
    assert "Dit besluit komt in de plaats van een eerder besluit." in tekst
    assert "Op het bezwaar beslist" in tekst
    tekst = html(behandelaar.get(adres("bezwaar", bezwaar)))
    assert "U krijgt gelijk." in tekst
    assert "Beroep bij de rechtbank tot en met" in tekst


def test_te_laat_wordt_gezegd_en_niet_geweigerd(wereld):
    aanvraag = fabriek.afgewezen(wereld)
    besluit = fabriek.laatste_besluit(aanvraag)
    laat = begin_van_dag(besluit.bezwaar_tot + 2 * DAG) + timedelta(hours=10)
    client = als(wereld.behandelaar)
    with klok_op(laat):
        assert "U kunt het nog sturen." in html(client.get(adres("bezwaar_indienen", aanvraag)))
        stuur(client, "bezwaar_indienen", aanvraag, besluit_id=str(besluit.pk), gronden="Er was een storing.")
        bezwaar = Bezwaar.objects.get()
        assert bezwaar.te_laat
        uwv = als(wereld.collega(wereld.beoordelaar))
        antwoord = stuur(
            uwv, "bezwaar_ontvankelijkheid", bezwaar, verschoonbaar="nee", toelichting="", commissie="nee"
        )
        assert "Schrijf waarom u dit vindt." in html(antwoord)
        stuur(
            uwv, "bezwaar_ontvankelijkheid", bezwaar, verschoonbaar="ja", verschoning="overmacht",
            toelichting="Het kantoor was afgebrand.", commissie="nee",
        )  # fmt: skip
    assert (opnieuw(bezwaar).status, opnieuw(bezwaar).verschoonbaar) == ("hoorzitting", True)


@pytest.mark.parametrize(
    ("naam", "invoer", "melding"),
    [
        (
            "bezwaar_hoorzitting_plannen",
            {"tijd": "half tien", "plaats": "Bij ons"},
            "Vul een tijd in zoals 14:30.",
        ),
        ("bezwaar_gehoord", {"verslag": "Mooi gesprek."}, "Vul in op welke dag"),
        ("bezwaar_afzien", {"toelichting": "Gebeld."}, "Kies waarom horen niet hoeft."),
        ("bezwaar_verdagen", {"reden": "Drukte.", "hoe": "instemming"}, "Vul in tot en met welke dag"),
        ("bezwaar_advies_vastleggen", {"advies": " "}, "Schrijf het advies."),
    ],
)
def test_een_fout_verliest_niets(wereld, naam, invoer, melding):
    bezwaar = fabriek.weeg_bezwaar(wereld, fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld)))
    antwoord = stuur(als(wereld.collega(wereld.beoordelaar)), naam, bezwaar, **invoer)
    tekst = html(antwoord)
    assert melding in tekst
    for getypt in invoer.values():
        assert getypt.strip() in tekst


def test_registreren_van_een_ander(wereld):
    aanvraag = fabriek.toegekend(wereld)
    besluit = fabriek.laatste_besluit(aanvraag)
    client = als(wereld.collega(wereld.beoordelaar))
    antwoord = stuur(
        client, "bezwaar_registreren", aanvraag, besluit_id=str(besluit.pk), indiener="ander",
        wijze="post", **dag("ontvangen_op", NU),
    )  # fmt: skip
    assert "Vul in wie bezwaar maakt." in html(antwoord)
    stuur(
        client, "bezwaar_registreren", aanvraag, besluit_id=str(besluit.pk), indiener="ander",
        indiener_naam="Ggz De Buren", wijze="post", gronden="Ten onrechte.",
        **dag("ontvangen_op", NU), **dag("verzonden_op", NU),
    )  # fmt: skip
    bezwaar = Bezwaar.objects.get()
    assert "Ggz De Buren" in html(client.get(adres("bezwaar", bezwaar)))
    stuur(client, "bezwaar_doorzenden", bezwaar, naar="De gemeente Arnhem")
    assert opnieuw(bezwaar).status == "doorgezonden"


def test_kleine_handelingen(wereld):
    bezwaar = fabriek.stel_beslissing_voor(
        wereld, fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld)), uitkomst="ongegrond"
    )
    stuur(als(wereld.collega(wereld.beslisser)), "bezwaar_terugleggen", bezwaar)
    assert opnieuw(bezwaar).status == "hoorzitting"
    client = als(wereld.collega(wereld.beoordelaar))
    stuur(client, "bezwaar_afzien", bezwaar, reden="geen_wens", toelichting="")
    stuur(als(wereld.behandelaar), "bezwaar_intrekken", bezwaar)
    assert opnieuw(bezwaar).status == "ingetrokken"


def test_wie_betrokken_was_leest_waarom_het_niet_kan(wereld):
    bezwaar = fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld))
    tekst = html(als(wereld.beoordelaar).get(adres("bezwaar_ontvankelijkheid", bezwaar)))
    assert "Een collega die dat niet deed, moet dit doen." in tekst


def test_niet_voor_wie_het_niet_aangaat(wereld):
    """A gemeente that only agreed sees the outcome in the dossier, and nothing of what was written."""
    bezwaar = fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld))
    gemeente = als(wereld.van_gemeente())
    assert gemeente.get(adres("bezwaar", bezwaar)).status_code == 404
    tekst = html(gemeente.get(adres("dossier", bezwaar.aanvraag)))
    assert "In bezwaar" in tekst
    assert bezwaar.kenmerk not in tekst
    for actor in (wereld.bij_andere_instelling().behandelaar, wereld.van_gemeente(fabriek.ARNHEM)):
        assert als(actor).get(adres("bezwaar", bezwaar)).status_code == 404
    eigen = fabriek.registreer_bezwaar(wereld, fabriek.toegekend(wereld), indiener="gemeente")
    assert gemeente.get(adres("bezwaar", eigen)).status_code == 200


def test_de_lijst_en_wat_hij_kost(wereld):
    client = als(wereld.collega(wereld.beoordelaar))
    assert "Er zijn geen bezwaren" in html(client.get(adres("bezwaren")))
    for aantal in (2, 5):
        for _ in range(aantal):
            fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld, route="uwv"))
        client.get(adres("bezwaren"))
        with met_hoogstens(13):
            antwoord = client.get(adres("bezwaren"))
    assert len(antwoord.context["regels"]) == 7
    assert len(client.get(f"{adres('bezwaren')}?soort=beslissen").context["regels"]) == 0
    # By the nearest last day.
    dagen = [regel.bezwaar.beslis_uiterlijk for regel in antwoord.context["regels"]]
    assert dagen == sorted(dagen)


def test_bladeren(wereld, monkeypatch):
    """Forward to the end and back again: each once, and in one order."""
    monkeypatch.setattr("aanvragen.web.bezwaar.lijst.PER_PAGINA", 2)
    for _ in range(5):
        fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld, route="uwv"))
    client = als(wereld.collega(wereld.beoordelaar))
    url, heen, terug = adres("bezwaren"), [], []
    while url:
        antwoord = client.get(url)
        heen.append([regel.bezwaar.pk for regel in antwoord.context["regels"]])
        url, vorige = (
            antwoord.context["volgende"] and f"{adres('bezwaren')}{antwoord.context['volgende']}",
            url,
        )
    url = vorige
    while url:
        antwoord = client.get(url)
        terug.insert(0, [regel.bezwaar.pk for regel in antwoord.context["regels"]])
        url = antwoord.context["vorige"] and f"{adres('bezwaren')}{antwoord.context['vorige']}"
    assert [len(rij) for rij in heen] == [2, 2, 1]
    assert terug == heen
    assert [pk for rij in heen for pk in rij] == [
        b.pk for b in Bezwaar.objects.order_by("beslis_uiterlijk", "id")
    ]
    assert len(client.get(f"{adres('bezwaren')}?na=onzin").context["regels"]) == 2


def test_de_lijst_is_van_de_eigen_partij(wereld_b):
    with klok_op(NU_B):
        fabriek.maak_bezwaar(wereld_b, fabriek.afgewezen(wereld_b, NU_B), NU_B)
        assert len(als(wereld_b.van_gemeente(nu=NU_B)).get(adres("bezwaren")).context["regels"]) == 1
        assert not als(wereld_b.beslisser).get(adres("bezwaren")).context["regels"]
        vreemd = wereld_b.van_gemeente(fabriek.ARNHEM, nu=NU_B)
        assert not als(vreemd).get(adres("bezwaren")).context["regels"]


@pytest.mark.parametrize("rol", [Rol.BEHANDELAAR, Rol.UWV_BEOORDELAAR, Rol.UWV_BESLISSER])
def test_wat_de_pagina_kost(wereld, rol):
    bezwaar = fabriek.stel_beslissing_voor(
        wereld, fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld)), uitkomst="ongegrond"
    )
    client = als(wereld.met(rol))
    client.get(adres("bezwaar", bezwaar))
    with met_hoogstens(14):
        client.get(adres("bezwaar", bezwaar))
    client.get(adres("dossier", bezwaar.aanvraag))
    with met_hoogstens(17):
        client.get(adres("dossier", bezwaar.aanvraag))


@pytest.mark.parametrize(
    ("na", "wat"),
    [(0, "Bezwaar kan tot en met"), (43, "Onherroepelijk"), (None, "Gehandhaafd, beroep tot en met")],
)
def test_wat_er_van_een_besluit_staat(wereld, na, wat):
    aanvraag = fabriek.afgewezen(wereld)
    if na is None:
        fabriek.beslist_bezwaar(wereld, aanvraag, NU, uitkomst="ongegrond")
    with klok_op(NU + (na or 0) * DAG):
        tekst = html(als(wereld.behandelaar).get(adres("dossier", aanvraag)))
    assert wat in tekst
    assert ("U kunt in beroep gaan" in tekst) is (na is None)

"""The pages of the conversation: what each party sees, what is said before sending, and nothing typed lost."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aanvragen.models import Gelezen, Gespreksbericht
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from tests import fabriek
from tests.fabriek import NU, NU_B, bsn
from tests.gesprek.hulp import GEMEENTE, INSTELLING, UWV, antwoord, schrijf, vraag
from tests.opslag.conftest import maak_png
from tests.web.bezoek import als
from tests.web.sql import met_hoogstens

MEDISCH = "Na een PTSS-behandeling."


@pytest.fixture(autouse=True)
def _op_de_dag_zelf():
    with klok_op(NU):
        yield


def adres(naam, deel) -> str:
    return reverse(f"aanvragen:{naam}", args=[deel.pk])


def html(antwoord) -> str:
    assert antwoord.status_code == 200
    return antwoord.content.decode().replace("\xa0", " ")


def stuur(client, naam, deel, **velden):
    """Send the form of this page as a browser would, with its hidden fields."""
    url = adres(naam, deel)
    return client.post(url, {"sleutel": str(client.get(url).context["form"]["sleutel"].value())} | velden)


def opnieuw(client, antwoord, naam, deel, **velden):
    """Send once more what was just shown again."""
    formulier = antwoord.context["form"]
    verborgen = {v.name: str(v.value()) for v in formulier.hidden_fields() if v.value() is not None}
    return client.post(adres(naam, deel), verborgen | velden)


# --- reading -------------------------------------------------------------------------------------------


def test_ieder_leest_wat_voor_hem_is(wereld):
    aanvraag = fabriek.ingediend(wereld)
    vraag(aanvraag, wereld.behandelaar, GEMEENTE, tekst="Loopt de <b>uitkering</b> nog?")
    schrijf(aanvraag, wereld.behandelaar, tekst="Onze notitie")
    bij_gemeente = html(als(wereld.van_gemeente()).get(adres("gesprek", aanvraag)))
    assert "Loopt de &lt;b&gt;uitkering&lt;/b&gt; nog?" in bij_gemeente
    assert "Beantwoord deze vraag" in bij_gemeente
    assert wereld.behandelaar.gebruiker.naam not in bij_gemeente, "van een ander alleen de organisatie"
    assert "UWV leest dit niet." in bij_gemeente
    assert "notitie</strong>" not in bij_gemeente
    assert "Onze notitie" not in bij_gemeente
    bij_uwv = html(als(wereld.beoordelaar).get(adres("gesprek", aanvraag)))
    assert "Er zijn nog geen berichten." in bij_uwv
    eigen = html(als(wereld.behandelaar).get(adres("gesprek", aanvraag)))
    assert f"Dit lezen alleen collega’s bij {wereld.instelling.naam}." in eigen
    assert "Nog niet gelezen door de gemeente Nijmegen" in eigen
    assert f"{wereld.behandelaar.gebruiker.naam}, {wereld.instelling.naam}" in eigen


def test_een_ander_dossier_is_er_niet_en_laat_een_spoor(wereld):
    aanvraag = fabriek.ingediend(wereld)
    bericht = vraag(aanvraag, wereld.behandelaar, GEMEENTE)
    vreemde = als(wereld.bij_andere_instelling().behandelaar)
    for naam, deel in (
        ("gesprek", aanvraag),
        ("gesprek_schrijven", aanvraag),
        ("gesprek_antwoorden", bericht),
    ):
        assert vreemde.get(adres(naam, deel)).status_code == 404
    assert vreemde.post(adres("gesprek_gelezen", aanvraag), {"tot": bericht.pk}).status_code == 404
    assert Regel.objects.filter(soort=Soort.WEIGERING, dossier_id=aanvraag.pk).count() == 4


def test_wat_men_van_een_eigen_dossier_niet_mag_lezen_is_er_ook_niet(wereld):
    aanvraag = fabriek.ingediend(wereld)
    foto = SimpleUploadedFile("akkoord.png", maak_png())
    bericht = vraag(aanvraag, wereld.behandelaar, GEMEENTE, bestand=foto)
    uwv, gemeente = als(wereld.beoordelaar), als(wereld.van_gemeente())
    for naam in ("gesprek_antwoorden", "gesprek_bestand"):
        assert uwv.get(adres(naam, bericht)).status_code == 404
        assert Regel.objects.filter(soort=Soort.WEIGERING, dossier_id=aanvraag.pk).exists()
    antwoord = gemeente.get(adres("gesprek_bestand", bericht))
    assert antwoord.content == maak_png()
    assert antwoord.headers["Content-Disposition"] == 'attachment; filename="akkoord.png"'
    zonder = schrijf(aanvraag, wereld.behandelaar, GEMEENTE)
    assert gemeente.get(adres("gesprek_bestand", zonder)).status_code == 404


@pytest.mark.parametrize("wie", ["behandelaar", "beoordelaar"])
def test_een_lang_gesprek_blader_je_door_zonder_gat(wereld, wie):
    """Both ways, whatever of it this reader may not see; and a longer one costs no more statements."""
    aanvraag = fabriek.ingediend(wereld)
    actor = getattr(wereld, wie)
    for nummer in range(47):
        lezers = (UWV, GEMEENTE)[: nummer % 3]
        schrijf(aanvraag, wereld.behandelaar, *lezers, tekst=f"Bericht {nummer:03}")
    leesbaar = [b.tekst for b in aanvraag.gesprek.leesbaar_voor(actor).order_by("-volgnummer")]
    client = als(actor)

    def loop(url, kant):
        gezien = []
        while url:
            antwoord = client.get(adres("gesprek", aanvraag) + url)
            gezien.append([r.tekst for r in antwoord.context["regels"]])
            url, vorige = getattr(antwoord.context["bladzijde"], kant), url
        return gezien, vorige

    heen, laatste = loop("?", "ouder")
    assert [tekst for blad in heen for tekst in blad] == leesbaar
    terug, _ = loop(laatste, "nieuwer")
    assert [tekst for blad in reversed(terug) for tekst in blad][: len(leesbaar)] == leesbaar
    for onzin in ("?voor=x", "?na=00000000-0000-0000-0000-000000000000", "?voor="):
        assert client.get(adres("gesprek", aanvraag) + onzin).context["bladzijde"].is_nieuwste


def test_hoeveel_opdrachten_de_paginas_sturen(wereld):
    aanvraag = fabriek.ingediend(wereld)
    bericht = vraag(aanvraag, wereld.behandelaar, GEMEENTE, UWV)
    for actor in (wereld.behandelaar, wereld.van_gemeente(), wereld.beoordelaar):
        client = als(actor)
        client.get("/berichten/")
        for naam, deel, hoogstens in (
            ("gesprek", aanvraag, 14),
            ("gesprek_schrijven", aanvraag, 12),
            ("gesprek_antwoorden", bericht, 13),
        ):
            with met_hoogstens(hoogstens):
                assert client.get(adres(naam, deel)).status_code == 200
    for nummer in range(30):
        vraag(aanvraag, wereld.behandelaar, GEMEENTE, tekst=f"Vraag {nummer}")
    client = als(wereld.van_gemeente())
    client.get("/berichten/")
    with met_hoogstens(14):
        client.get(adres("gesprek", aanvraag))


# --- writing -------------------------------------------------------------------------------------------


def test_wie_het_leest_staat_er_voor_het_versturen(wereld):
    aanvraag = fabriek.ingediend(wereld)
    naam = wereld.instelling.naam
    tekst = html(als(wereld.behandelaar).get(adres("gesprek_schrijven", aanvraag)))
    gemeente = "de gemeente Nijmegen"
    assert (
        f"Dit lezen: {naam} en {gemeente} (met WerkBedrijf Rijk van Nijmegen). UWV leest dit niet." in tekst
    )
    assert f"{gemeente[:1].upper()}{gemeente[1:]} ziet niets over de behandeling." in tekst
    assert "UWV leest dit niet." in tekst
    assert f"Dit lezen: {naam} en UWV." in tekst
    assert f"Alleen collega’s bij {naam} (interne notitie)" in tekst
    assert "ziet niets over de behandeling. Schrijf daar ook hier niets over." in tekst


def test_t125_uwv_ziet_bij_de_gemeente_niets_van_de_behandeling(wereld_b):
    with klok_op(NU_B):
        aanvraag = fabriek.budget_gevraagd(wereld_b, NU_B)
        tekst = html(als(wereld_b.van_gemeente(nu=NU_B)).get(adres("gesprek_schrijven", aanvraag)))
    assert "UWV ziet niets over de behandeling. Schrijf daar ook hier niets over." in tekst


def test_schrijven_en_antwoorden(wereld):
    aanvraag = fabriek.ingediend(wereld)
    client = als(wereld.behandelaar)
    antwoord = stuur(
        client, "gesprek_schrijven", aanvraag, lezers="instelling-gemeente", antwoord_van="gemeente",
        tekst="Loopt de uitkering nog?", bestand=SimpleUploadedFile("akkoord.png", maak_png()),
    )  # fmt: skip
    assert antwoord.headers["Location"] == adres("gesprek", aanvraag)
    bericht = Gespreksbericht.objects.get()
    assert (bericht.soort, bericht.zichtbaar_voor) == ("vraag", [INSTELLING, GEMEENTE])
    assert "Uw bericht is verstuurd. Dit lezen:" in html(client.get(adres("gesprek", aanvraag)))
    gemeente = als(wereld.van_gemeente())
    assert "Loopt de uitkering nog?" in html(gemeente.get(adres("gesprek_antwoorden", bericht)))
    stuur(gemeente, "gesprek_antwoorden", bericht, tekst="Ja.")
    tekst = html(client.get(adres("gesprek", aanvraag)))
    assert "Deze vraag is beantwoord." in tekst
    assert "Open vragen" not in tekst
    assert "Gelezen door" in tekst, "wie antwoordt, heeft de vraag gelezen"


def test_tweemaal_versturen_is_eenmaal(wereld):
    aanvraag = fabriek.ingediend(wereld)
    client = als(wereld.behandelaar)
    url = adres("gesprek_schrijven", aanvraag)
    velden = {
        "sleutel": str(client.get(url).context["form"]["sleutel"].value()),
        "lezers": "instelling",
        "antwoord_van": "nee",
        "tekst": "Eén keer.",
    }
    for _ in range(2):
        assert client.post(url, velden).status_code == 302
    assert Gespreksbericht.objects.get().tekst == "Eén keer."


@pytest.mark.parametrize(
    ("over", "veld", "melding"),
    [
        ({"lezers": ""}, "lezers", "Kies wie dit leest."),
        ({"lezers": "instelling-rijk"}, "lezers", "Kies een van de antwoorden."),
        ({"antwoord_van": "uwv"}, "antwoord_van", "van iemand die dit niet leest"),
        (
            {"lezers": "instelling", "antwoord_van": "gemeente"},
            "antwoord_van",
            "van iemand die dit niet leest",
        ),
        ({"tekst": f"Het gaat om {bsn(5)}, bel even."}, "tekst", "een nummer dat een BSN lijkt"),
        ({"tekst": "x" * 4001}, "tekst", "Maak de tekst korter."),
    ],
)
def test_een_fout_verliest_niets(wereld, over, veld, melding):
    aanvraag = fabriek.ingediend(wereld)
    velden = {"lezers": "instelling-gemeente", "antwoord_van": "nee", "tekst": "Bel even."} | over
    foto = SimpleUploadedFile("akkoord.png", maak_png())
    antwoord = stuur(als(wereld.behandelaar), "gesprek_schrijven", aanvraag, **velden, bestand=foto)
    tekst = html(antwoord)
    assert melding in tekst
    assert veld in antwoord.context["form"].errors
    assert velden["tekst"] in tekst
    assert "Kies dit bestand opnieuw." in tekst
    assert not Gespreksbericht.objects.exists()


def test_t123_een_medisch_woord_wordt_eenmaal_gezegd(wereld):
    """Before it is sent, since it can't be taken back; sending it again is a choice; another text is asked again."""
    aanvraag = fabriek.ingediend(wereld)
    client = als(wereld.behandelaar)
    velden = {"lezers": "instelling-gemeente", "antwoord_van": "nee"}
    eerst = stuur(client, "gesprek_schrijven", aanvraag, **velden, tekst=MEDISCH)
    assert "lijkt een diagnose" in html(eerst)
    assert MEDISCH in html(eerst)
    anders = opnieuw(client, eerst, "gesprek_schrijven", aanvraag, **velden, tekst=f"{MEDISCH} En F32.1.")
    assert "lijkt een diagnose" in html(anders)
    assert not Gespreksbericht.objects.exists()
    goed = opnieuw(client, anders, "gesprek_schrijven", aanvraag, **velden, tekst=f"{MEDISCH} En F32.1.")
    assert goed.status_code == 302
    assert Gespreksbericht.objects.get().tekst.endswith("F32.1.")


def test_t129_geen_bsn_in_de_naam_van_een_bijlage(wereld):
    aanvraag = fabriek.ingediend(wereld)
    client = als(wereld.behandelaar)
    velden = {"lezers": "instelling-gemeente", "antwoord_van": "nee", "tekst": "Zie de bijlage."}
    fout = SimpleUploadedFile(f"akkoord_{bsn(7)}.png", maak_png())
    antwoord = stuur(client, "gesprek_schrijven", aanvraag, **velden, bestand=fout)
    assert "In “Naam van het bestand” staat een nummer dat een BSN lijkt." in html(antwoord)
    goed = SimpleUploadedFile("akkoord_20190603_1.png", maak_png())
    assert stuur(client, "gesprek_schrijven", aanvraag, **velden, bestand=goed).status_code == 302
    assert Gespreksbericht.objects.get().bestand.naam == "akkoord_20190603_1.png"


def test_in_een_concept_kan_alleen_een_notitie(wereld):
    aanvraag = fabriek.concept(wereld)
    client = als(wereld.behandelaar)
    assert "Nog niemand anders kan dit dossier zien." in html(
        client.get(adres("gesprek_schrijven", aanvraag))
    )
    stuur(client, "gesprek_schrijven", aanvraag, lezers="instelling", tekst="Nog bellen.")
    assert Gespreksbericht.objects.get().is_notitie


# --- read, and the line in the dossier -----------------------------------------------------------------


def test_markeren_als_gelezen(wereld):
    aanvraag = fabriek.ingediend(wereld)
    schrijf(aanvraag, wereld.beoordelaar, INSTELLING, GEMEENTE)
    client = als(wereld.behandelaar)
    antwoord = client.get(adres("gesprek", aanvraag))
    assert "Markeer alles als gelezen" in html(antwoord)
    tot = str(antwoord.context["gelezen"].initial["tot"])
    assert client.get(adres("gesprek_gelezen", aanvraag)).status_code == 405
    client.post(adres("gesprek_gelezen", aanvraag), {"tot": tot})
    assert "Markeer alles als gelezen" not in html(client.get(adres("gesprek", aanvraag)))
    assert Gelezen.objects.filter(kant=INSTELLING).count() == 1
    bij_uwv = html(als(wereld.beoordelaar).get(adres("gesprek", aanvraag)))
    assert f"Gelezen door {wereld.instelling.naam} op 3 juni 2019, 10:00 uur" in bij_uwv
    assert "Nog niet gelezen door de gemeente Nijmegen" in bij_uwv
    for onzin in ("", "x", "00000000-0000-0000-0000-000000000000"):
        assert client.post(adres("gesprek_gelezen", aanvraag), {"tot": onzin}).status_code == 302


def test_de_regel_in_het_dossier(wereld):
    aanvraag = fabriek.ingediend(wereld)

    def staat_er(actor) -> str:
        return als(actor).get(adres("dossier", aanvraag)).context["gesprek"].tekst

    assert staat_er(wereld.behandelaar) == "Er zijn nog geen berichten."
    gesteld = vraag(aanvraag, wereld.behandelaar, GEMEENTE, UWV)
    schrijf(aanvraag, wereld.behandelaar, tekst="Notitie")
    gemeente = wereld.van_gemeente()
    assert staat_er(wereld.behandelaar) == "2 berichten, 1 open vraag"
    assert staat_er(gemeente) == "1 bericht, 1 nieuw, 1 vraag aan u"
    assert staat_er(wereld.beoordelaar) == "1 bericht, 1 nieuw, 1 open vraag"
    antwoord(gesteld, gemeente, NU + timedelta(minutes=5))
    assert staat_er(wereld.behandelaar) == "3 berichten, 1 nieuw"
    assert staat_er(gemeente) == "2 berichten"
    assert "Gesprek</a>" in html(als(gemeente).get(adres("dossier", aanvraag)))


def test_de_tijdlijn_zwijgt_over_het_gesprek(wereld):
    """That there is a notitie is nobody else's business either."""
    aanvraag = fabriek.ingediend(wereld)
    schrijf(aanvraag, wereld.beoordelaar)
    vraag(aanvraag, wereld.beoordelaar, INSTELLING)
    titels = [
        stap.titel for stap in als(wereld.behandelaar).get(adres("dossier", aanvraag)).context["tijdlijn"]
    ]
    assert not [titel for titel in titels if "ericht" in titel or "ezen" in titel]

"""Bad input and bijlagen: never a 500, nothing lost, a clear message."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from aanvragen.regels.volledigheid import Onderdeel
from gemeenten.models import Gemeente
from tests import fabriek
from tests.web.bezoek import formulierdata
from tests.web.instelling.antwoorden import GOED, adres, bewaar
from tests.web.sql import met_hoogstens

# --- bad input -----------------------------------------------------------------------------------------

RAAR = [
    "\x00",
    "a\x00b",
    "🙂🙂",
    "\u202eمرحبا بالعالم",
    "x" * 20_000,
    "<script>alert(1)</script>",
    "٣١",
    "\ud7ff\uffff",
    "' OR 1=1",
]


@pytest.mark.parametrize("waarde", RAAR)
@pytest.mark.parametrize("onderdeel", list(GOED))
def test_rare_invoer_geeft_nooit_een_500_en_verliest_niets(client, aanvraag, onderdeel, waarde):
    for veld in GOED[onderdeel]:
        aanvraag.refresh_from_db()
        data = GOED[onderdeel] | {"versie": str(aanvraag.versie), veld: waarde}
        antwoord = client.post(adres(aanvraag, onderdeel), data)
        assert antwoord.status_code in (200, 302), veld
        if antwoord.status_code == 200:
            assert antwoord.context["formulier"].errors, veld
            assert "<script>alert" not in antwoord.content.decode()
            for ander, gehouden in GOED[onderdeel].items():
                if ander != veld and not ander.endswith(("_dag", "_maand", "_jaar")):
                    assert antwoord.context["formulier"][ander].value() == gehouden


@pytest.mark.parametrize(
    ("onderdeel", "veld", "waarde", "melding"),
    [
        ("deelnemer", "bsn", "123456789", "Dit BSN bestaat niet"),
        ("deelnemer", "bsn", "000000000", "Dit BSN bestaat niet"),
        ("deelnemer", "bsn", "12345678A", "alleen cijfers"),
        ("deelnemer", "bsn", "١٢٣٤٥٦٧٨٢", "alleen cijfers"),
        ("deelnemer", "bsn", "1234567", "8 of 9 cijfers"),
        ("deelnemer", "geboortedatum_dag", "32", "bestaat niet"),
        ("deelnemer", "geboortedatum_maand", "13", "van 1 tot en met 12"),
        ("deelnemer", "geboortedatum_jaar", "2090", "op of voor 3 juni 2019"),
        ("deelnemer", "geboortedatum_jaar", "90", "4 cijfers"),
        ("deelnemer", "gemeente", "9999", "staat niet (meer) in de lijst"),
        ("deelnemer", "gemeente", "1979", "staat niet (meer) in de lijst"),
        ("deelnemer", "gemeente", "", "Kies de gemeente waar de deelnemer woont."),
        ("deelnemer", "postcode", "0123 AB", "4 cijfers en 2 letters"),
        ("deelnemer", "postcode", "65११ AB", "4 cijfers en 2 letters"),
        ("instelling", "trajectbegeleider_email", "geen adres", "naam@instelling.nl"),
        ("instelling", "trajectbegeleider_email", "a\x00@b.nl", "naam@instelling.nl"),
        ("instelling", "trajectbegeleider_telefoon", "06", "minstens 10 cijfers"),
        ("instelling", "trajectbegeleider_telefoon", "٠٦١٢٣٤٥٦٧٨", "minstens 10 cijfers"),
        ("situatie", "akkoord_op_maand", "12", "op of voor 3 juni 2019"),
        ("situatie", "werkwens_op_dag", "31 ", "op of voor"),
        ("situatie", "uitkering", "", "Kies welke uitkering de deelnemer krijgt."),
        ("behandeling", "begonnen_in_maand", "7", ""),
        ("behandeling", "begonnen_in_jaar", "2020", "op of voor"),
        ("behandeling", "gediagnosticeerd", "misschien", "Kies een van de antwoorden."),
    ],
)
def test_elke_fout_zegt_wat_u_moet_doen(client, aanvraag, onderdeel, veld, waarde, melding):
    over = {veld: waarde}
    if (onderdeel, veld) == ("situatie", "werkwens_op_dag"):
        over["werkwens_op_maand"] = "7"
    antwoord = bewaar(client, aanvraag, onderdeel, **over)
    if not melding:
        assert antwoord.status_code == 302
        return
    html = antwoord.content.decode()
    assert melding in html
    assert "<title>Fout: " in html
    assert "Dit veld is" not in html


@pytest.mark.parametrize("uren", ["0", "61", "zes", "٦", "6,5", "-1", "9" * 30])
def test_uren_zijn_een_gewoon_getal(client, aanvraag, uren):
    kleine_baan = {"werk": "klein", "werk_toelichting": "x", "ander_werk": "ja", "werk_uren": uren}
    antwoord = bewaar(client, aanvraag, "situatie", **kleine_baan)
    assert "werk_uren" in antwoord.context["formulier"].errors


def test_tien_megabyte_tekst_geeft_een_gewone_fout(client, aanvraag):
    data = formulierdata(client.get(adres(aanvraag, "traject"))) | {"toelichting": "x" * 10_000_000}
    antwoord = client.post(adres(aanvraag, "traject"), data)
    assert antwoord.status_code == 413
    assert "Maak de tekst korter of kies een kleiner bestand" in antwoord.content.decode()


@pytest.mark.parametrize("versie", ["", "99", "-1", "abc", "\x00", "٣", "9" * 30])
def test_een_kapotte_versie_overschrijft_niets(client, aanvraag, versie):
    antwoord = client.post(adres(aanvraag, "traject"), GOED["traject"] | {"versie": versie})
    assert antwoord.status_code == 409
    aanvraag.refresh_from_db()
    assert aanvraag.gewenste_start is None


# --- bijlagen ------------------------------------------------------------------------------------------


def plaatje(naam: str = "akkoord.png") -> SimpleUploadedFile:
    inhoud = io.BytesIO()
    Image.new("RGB", (8, 8)).save(inhoud, "PNG")
    return SimpleUploadedFile(naam, inhoud.getvalue(), "image/png")


def test_bijlage_toevoegen_en_weghalen(client, aanvraag):
    url = adres(aanvraag, "bijlagen")
    data = formulierdata(client.get(url)) | {"soort": "akkoord_deelnemer", "bestand": plaatje()}
    assert client.post(url, data)["Location"] == url
    (rij,) = client.get(url).context["rijen"]
    assert (rij["naam"], rij["soort"]) == ("akkoord.png", "Getekend akkoord van de deelnemer")
    gedownload = client.get(rij["url"])
    assert gedownload["Content-Disposition"] == 'attachment; filename="akkoord.png"'
    weg = {"weghalen": str(rij["pk"]), "sleutel": str(rij["sleutel"])}
    for _ in range(2):
        assert client.post(url, weg)["Location"] == url
    assert client.get(url).context["rijen"] == []
    assert client.get(rij["url"]).status_code == 404


@pytest.mark.parametrize(
    ("bestand", "melding"),
    [
        (SimpleUploadedFile("a.pdf", b"MZ geen pdf"), "Dit is geen PDF, JPEG of PNG"),
        (SimpleUploadedFile("a.pdf", b""), "Dit bestand is leeg"),
        (SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * (10 * 1024 * 1024)), "te groot"),
        (None, "Kies een bestand."),
    ],
)
def test_een_fout_bestand_wordt_uitgelegd(client, aanvraag, bestand, melding):
    url = adres(aanvraag, "bijlagen")
    data: dict[str, Any] = formulierdata(client.get(url)) | {"soort": "overig"}
    antwoord = client.post(url, data | ({"bestand": bestand} if bestand else {}))
    assert melding in antwoord.content.decode()
    assert antwoord.context["formulier"]["soort"].value() == "overig"
    assert not aanvraag.bijlagen.exists()


@pytest.mark.parametrize("wat", ["", "geen uuid", "\x00", "00000000-0000-0000-0000-000000000000"])
def test_een_bijlage_weghalen_die_er_niet_is(client, aanvraag, wat):
    antwoord = client.post(adres(aanvraag, "bijlagen"), {"weghalen": wat}, follow=True)
    assert "al weggehaald" in antwoord.content.decode()


def test_elke_pagina_van_het_invullen_blijft_binnen_het_budget(client, wereld):
    compleet = fabriek.compleet(wereld)
    client.get("/aanvragen/")
    for onderdeel in Onderdeel:
        with met_hoogstens(12):
            client.get(adres(compleet, onderdeel))
    with met_hoogstens(14):
        client.get(reverse("aanvragen:invullen", args=[compleet.pk]))
    assert Gemeente.objects.count() > 300

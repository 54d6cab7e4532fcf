"""Every letter as a file: the claims of the PDF, the same bytes each time, the facts that must be in it."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pikepdf
import pytest

from ips_subsidie.brieven import voorbeelden
from ips_subsidie.brieven.gegevens import Brief
from ips_subsidie.brieven.maak import SJABLONEN, SJABLONEN_MAP, maak_brief, maak_pdf
from tests.brieven.pdftekst import tekst, zonder_wit

BRIEVEN = voorbeelden.alle()
PER_SJABLOON = [pytest.param(brief, id=brief.sjabloon) for brief in BRIEVEN]

# What a reader must find in each letter.
FEITEN = {
    "verlening": [
        "€ 8.000,00 inclusief btw",
        "Rijk Uitbetaald door UWV € 4.000,00", "Gemeente Nijmegen Uit eigen middelen",
        "24 maanden", "Het traject begint op de datum van dit besluit.", "tot en met 7 juli 2021",
        "u voert het traject modelgetrouw uit;", "artikel 4:29 van de Algemene wet bestuursrecht",
        "TV-NIJ-2019-05", "ten hoogste 12 maanden in totaal",
    ],
    "afwijzing": ["Wij wijzen uw aanvraag af.", "A-03", "A-04", "Artikel 4:25, tweede lid", "Wat u nu"],
    "buiten_behandeling": ["14 juni 2019", "28 juni 2019", "toestemming", "29 november 2019", "4:5"],
    "verlenging_toegekend": ["met 12 maanden", "9 juli 2020", "verandert niet"],
    "verlenging_afgewezen": ["V-01", "blijft 10 juni 2019"],
    "intrekking": ["4:48", "I-01", "20 mei 2019", "€ 1.600,00 terugbetalen", "werkt terug", "Uw zienswijze"],
    "aanvulling": ["maandag 22 juli 2019", "de beoogde startdatum", "artikel 4:15", "artikel 4:5"],
    "ontvangstbevestiging": ["8 juli 2019 om 14:05:12 uur", "maandag 2 september 2019"],
    "aanvraag_kopie": [
        "8 juli 2019 om 14:05:12 uur", "Toelichting (niet verplicht) Niet ingevuld",
        "Bijstand (Participatiewet)",
        "toestemmingsverklaring.pdf", "9f86d081884c7d65" * 4,
    ],
    "stopbericht": [
        "Stopbericht, deel 2", "5 juli 2019", "De deelnemer is verhuisd", "8 juli 2019 om 14:05:12 uur",
        "Bevestigd door K. Tekenaar", "beëindigingsverslag",
    ],
    "verslag_verzoek": [
        "Tweede verzoek", "3 mei 2019", "6 mei 2019", "maandag 22 juli 2019", "4:44, 4:46 en 4:47",
    ],
    "verslag_kopie": [
        "8 juli 2019 om 14:05:12 uur", "T. Bakker", "Horeca en toerisme", "Verdere steun Niet ingevuld",
    ],
    "voornemen_lager": [
        "€ 8.000,00", "€ 3.000,50", "onder a", "maandag 22 juli 2019", "artikel 4:8", "nog geen besluit",
    ],
    "bezwaar_ontvangst": [
        "BZW-7KMX2PD", "de afwijzing van 13 juni 2019", "27 juni 2019 om 11:30:00 uur", "donderdag 5 september 2019",
        "Er was nog plaats.", "telling.pdf",
    ],
    "bezwaar_herstel": ["maandag 22 juli 2019", "artikel 6:6", "niet-ontvankelijk"],
    "bezwaar_hoorzitting": ["25 juli 2019", "Per videogesprek", "artikel 7:4"],
    "bezwaar_verdaging": ["donderdag 17 oktober 2019", "Wij wachten op een antwoord", "artikel 7:10, derde lid"],
    "bezwaar_beslissing": [
        "Uw bezwaar is gegrond.", "alsnog toe", "Wij hoorden u op", "De commissie adviseert", "in beroep gaan",
        "griffierecht", "8:1",
    ],
    "verdaging": ["dinsdag 20 augustus 2019", "in welke gemeente", "artikel 4:14"],
    "opschorting": ["maandag 22 juli 2019", "dinsdag 20 augustus 2019", "ingestemd", "artikel 4:15, tweede lid"],
    "ingebrekestelling": ["maandag 22 juli 2019", "23 juli 2019", "€ 1.442,00", "artikel 4:17 en artikel 4:18"],
    "dwangsom": [
        "€ 392,00", "27 mei 2019", "14 dagen van € 23,00", "2 dagen van € 35,00", "maandag 19 augustus 2019",
    ],
    "voornemen_intrekking": [
        "nog geen besluit", "Een verplichting bij de subsidie is niet nagekomen.", "maandag 22 juli 2019", "4:8",
    ],
    "zienswijze_kopie": ["8 juli 2019 om 14:05:12 uur", "T. Bakker", "Het traject loopt wel."],
    "vaststelling": [
        "Wij stellen de subsidie vast op € 3.000,51 inclusief btw", "lager dan het bedrag",
        "Deel van Het Rijk € 1.500,25", "Deel van Gemeente Nijmegen € 1.500,26", "€ 999,49 terugbetalen",
        "Uw zienswijze", "4:46",
    ],
    "toestemmingsverklaring": [
        "WerkBedrijf Rijk van Nijmegen geeft namens de gemeente Nijmegen toestemming",
        "€ 4.000,00 inclusief btw",
        "5 van ten hoogste 5", "K. Tekenaar", "8 juli 2019", "29 november 2019",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def pdfs() -> dict[str, bytes]:
    return {brief.sjabloon: maak_brief(brief) for brief in BRIEVEN}


def test_elk_sjabloon_heeft_een_voorbeeld_en_een_bestand() -> None:
    assert {brief.sjabloon for brief in BRIEVEN} == SJABLONEN == set(FEITEN)
    assert {pad.stem for pad in SJABLONEN_MAP.glob("*.typ")} == SJABLONEN | {"huisstijl"}


@pytest.mark.parametrize("brief", PER_SJABLOON)
def test_wat_de_pdf_over_zichzelf_zegt(brief: Brief, pdfs: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(pdfs[brief.sjabloon])) as pdf:
        assert str(pdf.Root.Lang).lower().startswith("nl")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert "/StructTreeRoot" in pdf.Root
        assert brief.kenmerk in str(pdf.docinfo["/Title"])
        assert brief.deelnemer.naam not in str(pdf.docinfo["/Title"])
        assert str(pdf.docinfo["/CreationDate"]).startswith(f"D:{brief.datum:%Y%m%d}")
        xmp = pdf.open_metadata()
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")
        breedte, hoogte = (float(maat) for maat in pdf.pages[0].mediabox[2:])
        assert (round(breedte), round(hoogte)) == (595, 842)
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert not pdf.check_pdf_syntax()


def _structuur(knoop: pikepdf.Object, gevonden: list[str]) -> list[str]:
    """Collect the kinds of structure elements, in reading order."""
    if isinstance(knoop, pikepdf.Array):
        for kind in knoop:
            _structuur(kind, gevonden)
    elif isinstance(knoop, pikepdf.Dictionary):
        if "/S" in knoop:
            gevonden.append(str(knoop.S))
        if "/K" in knoop:
            _structuur(knoop.K, gevonden)
    return gevonden


@pytest.mark.parametrize("brief", PER_SJABLOON)
def test_koppen_en_tabellen_zijn_gemerkt(brief: Brief, pdfs: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(pdfs[brief.sjabloon])) as pdf:
        soorten = _structuur(pdf.Root.StructTreeRoot.K, [])
    koppen = [soort for soort in soorten if re.fullmatch("/H[1-6]", soort)]
    assert koppen[0] == "/H1"
    assert koppen.count("/H1") == 1
    assert soorten.count("/Table") >= 1
    assert soorten.count("/TH") >= soorten.count("/Table")


def test_zelfde_gegevens_zelfde_bytes(pdfs: dict[str, bytes]) -> None:
    assert {brief.sjabloon: maak_brief(brief) for brief in BRIEVEN} == pdfs


def test_tegelijk_maken_geeft_dezelfde_brieven(pdfs: dict[str, bytes]) -> None:
    with ThreadPoolExecutor(max_workers=4) as draden:
        gemaakt = list(draden.map(maak_brief, BRIEVEN * 3))
    assert gemaakt == [pdfs[brief.sjabloon] for brief in BRIEVEN] * 3


@pytest.mark.parametrize("brief", PER_SJABLOON)
def test_de_feiten_staan_erin(brief: Brief, pdfs: dict[str, bytes]) -> None:
    gelezen = tekst(pdfs[brief.sjabloon])
    altijd = [
        brief.kenmerk,
        brief.deelnemer.naam,
        brief.geadresseerde.naam,
        brief.afzender.naam,
        brief.regeling,
    ]
    for feit in [*altijd, *FEITEN[brief.sjabloon]]:
        assert zonder_wit(feit) in gelezen, feit
    assert "\ufffd" not in gelezen
    assert "none" not in gelezen


def _waar(brief: Brief) -> tuple[str, ...]:
    """Bezwaar goes to who decided; after a bezwaar there is beroep at the rechtbank."""
    if brief.rechtsmiddelen.beroep:
        return ("in beroep gaan bij de rechtbank",)
    return ("UWV, afdeling Bezwaar en Beroep", "Postbus 00000")


@pytest.mark.parametrize(
    "brief", [param for param in PER_SJABLOON if hasattr(param.values[0], "rechtsmiddelen")]
)
def test_elk_besluit_noemt_rechtsmiddelen_motivering_en_grondslag(
    brief: Brief, pdfs: dict[str, bytes]
) -> None:
    gelezen = tekst(pdfs[brief.sjabloon])
    for feit in [
        "Bent u het niet eens met dit besluit?", "maandag 19 augustus 2019", *_waar(brief),
        "voorlopige voorziening", "Waarom wij dit besluiten", "Waarop dit besluit berust",
        "Namens de Raad van bestuur van UWV,", "mr. P. Beslisser",
    ]:  # fmt: skip
        assert zonder_wit(feit) in gelezen, feit


@pytest.mark.parametrize("brief", PER_SJABLOON)
def test_voorbeeld_zegt_op_elke_pagina_dat_er_niets_besloten_is(brief: Brief, pdfs: dict[str, bytes]) -> None:
    voorbeeld = maak_brief(brief, voorbeeld=True)
    melding = zonder_wit("VOORBEELD – nog niet besloten")
    with pikepdf.open(io.BytesIO(voorbeeld)) as pdf, pikepdf.open(io.BytesIO(pdfs[brief.sjabloon])) as echt:
        assert "VOORBEELD" in str(pdf.docinfo["/Title"])
        assert len(pdf.pages) == len(echt.pages)
        assert tekst(voorbeeld).count(melding) == len(pdf.pages)
    assert "VOORBEELD" not in tekst(pdfs[brief.sjabloon])


def test_sjablonen_halen_niets_van_buiten() -> None:
    for pad in SJABLONEN_MAP.rglob("*"):
        assert pad.suffix == ".typ"
        bron = pad.read_text()
        assert not re.search(r"@preview|@local|\bread\(|\beval\(|\bplugin\(|datetime\.today", bron), pad.name


def test_andere_datum_andere_bytes() -> None:
    brief = voorbeelden.ontvangstbevestiging()
    later = type(brief)(**{**vars(brief), "datum": date(2019, 7, 9)})
    assert maak_brief(brief) != maak_brief(later)


def test_een_verlening_na_bezwaar_zegt_wat_zij_vervangt() -> None:
    woorden = tekst(maak_brief(voorbeelden.verlening_na_bezwaar()))
    for feit in (
        "in de plaats van ons besluit van 13 juni 2019, waarmee wij uw aanvraag afwezen",
        "op 4 juli 2019 gegrond verklaard (kenmerk BB-2019-0071)",
    ):
        assert zonder_wit(feit) in woorden


def test_een_verlening_van_voor_de_uitzondering_blijft_te_maken() -> None:
    """A letter that was frozen before it could name a bezwaar has no such key."""
    brief = voorbeelden.verlening()
    gegevens = {naam: waarde for naam, waarde in brief.naar_json().items() if naam != "bezwaar"}
    assert zonder_wit("in de plaats van") not in tekst(maak_pdf("verlening", gegevens, datum=brief.datum))

"""The CSV of the quality list: what is taken, and what is refused with the number of its line."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanvragen.regels.erkenning.lezen import MAX_BYTES, LijstFout, lees, ontcijfer

VANDAAG = date(2023, 6, 1)
KOP = "kvk;naam;geldig_van;geldig_tot;fidelity_score;fidelity_datum"
GOED = "90000011;IrisZorg;2023-01-01;;108;2022-11-15"


def lijst(*regels, kop=KOP):
    return "\n".join([kop, *regels]) + "\n"


def fouten(tekst):
    with pytest.raises(LijstFout) as gevangen:
        lees(tekst, VANDAAG)
    return [str(fout) for fout in gevangen.value.fouten]


# --- taken -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tekst",
    [
        lijst(GOED),
        lijst(GOED).replace(";", ","),
        lijst(GOED).replace("\n", "\r\n"),
        lijst(GOED).replace("\n", "\r"),
        lijst(GOED.replace("2023-01-01", "1-1-2023").replace("2022-11-15", "15/11/2022")),
        lijst('90000011;"IrisZorg";2023-01-01;;108;2022-11-15'),
        lijst(GOED + ";;"),
        lijst("", GOED, ";;;;;", "  "),
        lijst(GOED, kop=KOP.upper()),
        lijst("IrisZorg;90000011;;2023-01-01;2022-11-15;108",
              kop="naam;kvk;geldig_tot;geldig_van;fidelity_datum;fidelity_score"),
        ontcijfer(b"\xef\xbb\xbf" + lijst(GOED).encode()),
        lijst(GOED).rstrip("\n"),
    ],
    ids=[
        "puntkomma", "komma", "windows", "oude mac", "datum zoals wij die schrijven", "aanhalingstekens",
        "lege kolommen erachter", "lege regels", "hoofdletters", "andere volgorde", "BOM", "zonder laatste regeleinde",
    ],
)  # fmt: skip
def test_wat_goed_is_wordt_gelezen(tekst):
    [regel] = lees(tekst, VANDAAG).regels
    assert (regel.kvk, regel.naam, regel.geldig_van, regel.geldig_tot) == (
        "90000011", "IrisZorg", date(2023, 1, 1), None,
    )  # fmt: skip
    assert (regel.score, regel.score_datum) == (108, date(2022, 11, 15))


def test_zonder_kolommen_voor_de_score_zegt_de_lijst_er_niets_over():
    gelezen = lees(
        lijst("90000011;IrisZorg;2023-01-01;2024-01-01", kop=KOP.partition(";fidelity")[0]), VANDAAG
    )
    assert not gelezen.met_score
    assert gelezen.regels[0].score is None
    assert gelezen.regels[0].geldig_tot == date(2024, 1, 1)


def test_een_naam_met_scheidingsteken_en_streepje_erin():
    gelezen = lees(lijst('90000011;"Zorg; wonen - en werk = samen @ huis";2023-01-01;;;'), VANDAAG)
    assert gelezen.regels[0].naam == "Zorg; wonen - en werk = samen @ huis"


# --- refused, with the number of the line ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regel", "melding"),
    [
        ("90000022;=HYPERLINK(\"http://x\");2023-01-01;;;", "Regel 3: de kolom naam begint met “=”"),
        ("90000022;=1+1;2023-01-01;;;", "Regel 3: de kolom naam begint met “=”"),
        ('90000022;"=1+1";2023-01-01;;;', "Regel 3: de kolom naam begint met “=”"),
        ("90000022; =1+1;2023-01-01;;;", "Regel 3: de kolom naam begint met “=”"),
        ("90000022;+31;2023-01-01;;;", "Regel 3: de kolom naam begint met “+”"),
        ("90000022;-1;2023-01-01;;;", "Regel 3: de kolom naam begint met “-”"),
        ("90000022;@SUM(A1);2023-01-01;;;", "Regel 3: de kolom naam begint met “@”"),
        ("90000022;\tPluryn;2023-01-01;;;", "Regel 3: de kolom naam begint met een tab"),
        ("90000022;Plu\u200bryn;2023-01-01;;;", "Regel 3: in de kolom naam staat een onzichtbaar teken"),
        ('90000022;"Plu\x07ryn";2023-01-01;;;', "Regel 3: in de kolom naam staat een onzichtbaar teken"),
        ("9000002;Pluryn;2023-01-01;;;", "Regel 3: KvK-nummer “9000002” heeft geen 8 cijfers"),
        ("900000222;Pluryn;2023-01-01;;;", "Regel 3: KvK-nummer “900000222” heeft geen 8 cijfers"),
        ("9000O022;Pluryn;2023-01-01;;;", "Regel 3: KvK-nummer “9000O022” heeft geen 8 cijfers"),
        ("９０００００２２;Pluryn;2023-01-01;;;", "heeft geen 8 cijfers"),
        (";Pluryn;2023-01-01;;;", "Regel 3: KvK-nummer “” heeft geen 8 cijfers"),
        ("90000022;;2023-01-01;;;", "Regel 3: de naam ontbreekt"),
        (f"90000022;{'x' * 201};2023-01-01;;;", "Regel 3: de naam is langer dan 200 tekens"),
        ("90000022;Pluryn;;;;", "Regel 3: geldig_van ontbreekt"),
        ("90000022;Pluryn;2023-02-30;;;", "Regel 3: geldig_van “2023-02-30” is geen datum"),
        ("90000022;Pluryn;01-13-2023;;;", "Regel 3: geldig_van “01-13-2023” is geen datum"),
        ("90000022;Pluryn;1-1-23;;;", "Regel 3: geldig_van “1-1-23” is geen datum"),
        ("90000022;Pluryn;44927;;;", "Regel 3: geldig_van “44927” is geen datum"),
        ("90000022;Pluryn;0001-01-01;;;", "is geen datum"),
        ("90000022;Pluryn;9999-12-31;;;", "is geen datum"),
        ("90000022;Pluryn;2023-01-01;onbepaald;;", "Regel 3: geldig_tot “onbepaald” is geen datum"),
        ("90000022;Pluryn;2023-01-01;2022-12-31;;", "Regel 3: de einddatum (geldig_tot) ligt niet na"),
        ("90000022;Pluryn;2023-01-01;2023-01-01;;", "Regel 3: de einddatum (geldig_tot) ligt niet na"),
        ("90000022;Pluryn;2023-01-01;;24;2022-11-15", "Regel 3: de score “24” is geen heel getal van 25"),
        ("90000022;Pluryn;2023-01-01;;126;2022-11-15", "Regel 3: de score “126” is geen heel getal"),
        ("90000022;Pluryn;2023-01-01;;98,5;2022-11-15", "Regel 3: de score “98,5” is geen heel getal"),
        ("90000022;Pluryn;2023-01-01;;99999999999;2022-11-15", "is geen heel getal"),
        ("90000022;Pluryn;2023-01-01;;98;", "Regel 3: een score en de datum van de score horen bij elkaar"),
        ("90000022;Pluryn;2023-01-01;;;2022-11-15", "Regel 3: een score en de datum van de score horen bij elkaar"),
        ("90000022;Pluryn;2023-01-01;;98;2023-06-02", "Regel 3: de datum van de score, 02-06-2023, is nog niet"),
        ("90000022;Pluryn", "Regel 3: hier staan 2 kolommen, en in de kop 6"),
        ("90000022;Pluryn;2023-01-01;;;;nog iets", "Regel 3: hier staan 7 kolommen, en in de kop 6"),
        ("90000011;IrisZorg;2023-01-01;2024-01-01;;", "Regel 3: KvK-nummer 90000011 met deze begindatum staat"),
        ('90000022;"Pluryn;2023-01-01;;;', "de aanhalingstekens kloppen niet"),
    ],
)  # fmt: skip
def test_een_regel_die_niet_klopt_wordt_genoemd(regel, melding):
    gevonden = fouten(lijst(GOED, regel))
    assert any(melding in fout for fout in gevonden), gevonden


def test_alle_fouten_tegelijk_op_volgorde():
    gevonden = fouten(lijst("1;Een;2023-01-01;;;", GOED, "90000022;=Twee;;;;", "2;;x;;;"))
    assert [fout.partition(":")[0] for fout in gevonden] == [
        "Regel 2", "Regel 4", "Regel 5", "Regel 5", "Regel 5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kop", "melding"),
    [
        ("naam;geldig_van;geldig_tot", "de kolom kvk ontbreekt"),
        (KOP + ";opmerking", "de kolom “opmerking” kennen wij niet"),
        (KOP.replace("naam", "kvk"), "de kolom kvk staat er twee keer"),
        (KOP.replace(";fidelity_datum", ""), "de kolommen fidelity_score en fidelity_datum horen bij elkaar"),
        (KOP.replace(";", "\t"), "de kolom kvk ontbreekt"),
        (GOED, "de kolom kvk ontbreekt"),
        ("=1+1;2", "de kolom kvk ontbreekt"),
    ],
)
def test_een_verkeerde_kop(kop, melding):
    gevonden = fouten(lijst(GOED, kop=kop))
    assert any(melding in fout for fout in gevonden), gevonden
    assert any("De eerste regel moet zijn: " + KOP in fout for fout in gevonden)


@pytest.mark.parametrize(
    ("tekst", "melding"),
    [
        ("", "Het bestand is leeg."),
        ("\n\n;;\n", "Het bestand is leeg."),
        (KOP, "Onder de kop staat geen enkele instelling."),
        (lijst(*(f"{i:08};Naam;2023-01-01;;;" for i in range(10_000))), "De lijst heeft 10.000 regels. Het mogen er"),
        (KOP + "\n" + "x" * 200_000, "te veel in één cel"),
    ],
)  # fmt: skip
def test_een_lijst_die_als_geheel_niet_kan(tekst, melding):
    [fout] = fouten(tekst)
    assert melding in fout


def test_vijfduizend_regels_kan():
    assert len(lees(lijst(*(f"{i:08};Naam;2023-01-01;;;" for i in range(5_000))), VANDAAG).regels) == 5_000


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        (lijst(GOED, "90000022;Zorg België;2023-01-01;;;").encode("cp1252"), "Regel 3: dit bestand is niet"),
        (lijst(GOED).encode("utf-16"), "Regel 1: dit bestand is niet opgeslagen als UTF-8"),
        (lijst(GOED).encode("utf-16-le"), "Regel 1: dit is geen tekst"),
        (b"PK\x03\x04 en de rest van een werkblad", "Dit is geen CSV-bestand"),
        (b"\x89PNG\r\n\x1a\n", "niet opgeslagen als UTF-8"),
        (b"x" * (MAX_BYTES + 1), "Het bestand is te groot"),
    ],
    ids=["cp1252", "utf-16", "utf-16 zonder BOM", "Excel", "PNG", "te groot"],
)  # fmt: skip
def test_een_bestand_dat_geen_utf8_is(inhoud, melding):
    with pytest.raises(LijstFout) as gevangen:
        ontcijfer(inhoud)
    assert melding in str(gevangen.value)


@given(st.text(max_size=300))
def test_welke_tekst_ook_het_is_een_lijst_of_een_fout(tekst):
    for geheel in (tekst, lijst(tekst), lijst(GOED, tekst)):
        with contextlib.suppress(LijstFout):
            assert lees(geheel, VANDAAG).regels


@given(st.binary(max_size=300))
def test_welke_bytes_ook_het_is_tekst_of_een_fout(inhoud):
    with contextlib.suppress(LijstFout):
        assert "\x00" not in ontcijfer(inhoud)

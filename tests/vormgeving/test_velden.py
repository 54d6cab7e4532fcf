from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.datastructures import MultiValueDict

from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.velden import (
    BestandVeld,
    BsnVeld,
    DatumVeld,
    JaNeeVeld,
    KeuzeVeld,
    MaandVeld,
    TekstVeld,
)
from ips_subsidie.vormgeving.widgets import BewaardBestand, DatumDelen
from tests.vormgeving.hulp import crispy


class Geboorte(Formulier):
    geboortedatum = DatumVeld(label="Geboortedatum", laatst=lambda: date(2019, 6, 3))


class Start(Formulier):
    start = MaandVeld(label="Start", naam="startmaand")


def _datum(dag: str, maand: str, jaar: str) -> Geboorte:
    return Geboorte({"geboortedatum_dag": dag, "geboortedatum_maand": maand, "geboortedatum_jaar": jaar})


@pytest.mark.parametrize(
    ("dag", "maand", "jaar", "verwacht"),
    [
        ("27", "3", "1990", date(1990, 3, 27)),
        (" 07 ", "03", "1990", date(1990, 3, 7)),
        ("29", "2", "2000", date(2000, 2, 29)),
        ("3", "6", "2019", date(2019, 6, 3)),
    ],
)
def test_datum_goed(dag: str, maand: str, jaar: str, verwacht: date) -> None:
    formulier = _datum(dag, maand, jaar)
    assert formulier.is_valid()
    assert formulier.cleaned_data["geboortedatum"] == verwacht


@pytest.mark.parametrize(
    ("dag", "maand", "jaar", "code", "delen", "woorden"),
    [
        (
            "",
            "",
            "",
            "required",
            ["dag", "maand", "jaar"],
            "Vul een geboortedatum in, bijvoorbeeld 27 3 1990.",
        ),
        ("27", "", "1990", "onvolledig", ["maand"], "ook een maand"),
        ("27", "", "", "onvolledig", ["maand", "jaar"], "ook een maand en een jaar"),
        ("30", "2", "1990", "bestaat_niet", ["dag"], "bestaat niet"),
        ("29", "2", "1900", "bestaat_niet", ["dag"], "bestaat niet"),
        ("0", "1", "1990", "bestaat_niet", ["dag"], "bestaat niet"),
        ("1", "13", "1990", "maand", ["maand"], "1 tot en met 12"),
        ("1", "1", "90", "jaar", ["jaar"], "4 cijfers"),
        ("1", "1", "0000", "bestaat_niet", ["jaar"], "bestaat niet"),
        ("-1", "1", "1990", "geen_cijfers", ["dag"], "alleen cijfers"),
        ("1", "maart", "1990", "geen_cijfers", ["maand"], "alleen cijfers"),
        ("٢٧", "3", "1990", "geen_cijfers", ["dag"], "alleen cijfers"),
        ("２７", "３", "1990", "geen_cijfers", ["dag", "maand"], "alleen cijfers"),
        ("²", "3", "1990", "geen_cijfers", ["dag"], "alleen cijfers"),
        ("1", "1", "9" * 5000, "jaar", ["jaar"], "4 cijfers"),
        ("31", "12", "1899", "te_vroeg", ["dag", "maand", "jaar"], "1 januari 1900"),
        ("4", "6", "2019", "te_laat", ["dag", "maand", "jaar"], "3 juni 2019"),
    ],
)
def test_datum_fout(dag: str, maand: str, jaar: str, code: str, delen: list[str], woorden: str) -> None:
    formulier = _datum(dag, maand, jaar)
    assert not formulier.is_valid()
    (fout,) = formulier.errors.as_data()["geboortedatum"]
    assert fout.code == code
    assert fout.params == {"delen": delen}
    assert woorden in fout.messages[0]


def test_onmogelijke_datum_blijft_staan_en_de_link_gaat_naar_het_foute_deel() -> None:
    html = crispy(_datum("30", "2", "1990"))
    for waarde in ("30", "2", "1990"):
        assert f'value="{waarde}"' in html
    assert 'href="#id_geboortedatum_dag"' in html


def test_nulbyte_in_een_datum_is_geen_500() -> None:
    formulier = _datum("2\x007", "3", "1990")
    assert formulier.is_valid()
    assert "\x00" not in crispy(_datum("\x00a", "3", "1990"))


def test_datum_met_een_beginwaarde() -> None:
    html = crispy(Geboorte(initial={"geboortedatum": date(1990, 3, 27)}))
    assert 'value="27"' in html
    assert 'value="1990"' in html


def test_maand_is_haar_eerste_dag() -> None:
    formulier = Start({"start_maand": "6", "start_jaar": "2019"})
    assert formulier.is_valid()
    assert formulier.cleaned_data["start"] == date(2019, 6, 1)
    leeg = Start({})
    assert leeg.errors["start"] == ["Vul een startmaand in, bijvoorbeeld 6 2019."]


@pytest.mark.parametrize(
    ("invoer", "verwacht"),
    [
        ("123456782", "123456782"),
        ("123 456 782", "123456782"),
        ("1234.56.782", "123456782"),
        ("\N{NO-BREAK SPACE}123456782 ", "123456782"),
        ("10000009", "010000009"),
    ],
)
def test_bsn_goed(invoer: str, verwacht: str) -> None:
    if len(verwacht.lstrip("0")) == 8:
        from stdnum.nl import bsn

        # A number of 8 digits that passes, whatever it is.
        invoer = next(str(n) for n in range(10_000_000, 10_000_100) if bsn.is_valid(f"{n:09d}"))
        verwacht = f"0{invoer}"
    assert BsnVeld().clean(invoer) == verwacht


@pytest.mark.parametrize(
    ("invoer", "code"),
    [
        ("", "required"),
        ("   ", "required"),
        ("123456789", "elfproef"),
        ("000000000", "elfproef"),
        ("00000000", "elfproef"),
        ("1234567", "lengte"),
        ("1234567820", "lengte"),
        ("9" * 100_000, "lengte"),
        ("12345678a", "geen_cijfers"),
        ("-23456782", "geen_cijfers"),
        ("١٢٣٤٥٦٧٨٢", "geen_cijfers"),
        ("123456782\x00", "geen_cijfers"),
        ("12345678²", "geen_cijfers"),
    ],
)
def test_bsn_fout(invoer: str, code: str) -> None:
    with pytest.raises(ValidationError) as fout:
        BsnVeld().clean(invoer)
    assert fout.value.error_list[0].code == code


@pytest.mark.parametrize(
    ("invoer", "verwacht"),
    [
        ("gewoon", "gewoon"),
        ("met 😀 en שלום", "met 😀 en שלום"),
        ("twee\r\nregels", "twee regels"),
        ("x" * 20, "x" * 20),
    ],
)
def test_tekst_goed(invoer: str, verwacht: str) -> None:
    assert TekstVeld(max_length=20).clean(invoer) == verwacht


def test_regeleinde_telt_als_een_teken() -> None:
    veld = TekstVeld(max_length=7, regels=3)
    assert veld.clean("abc\r\ndef") == "abc\ndef"


@pytest.mark.parametrize(
    ("invoer", "code"),
    [
        ("", "required"),
        ("x" * 21, "te_lang"),
        ("a\x00b", "verboden_teken"),
        ("a\x1bb", "verboden_teken"),
        ("x" * 10_000_000, "te_lang"),
    ],
    ids=["leeg", "te lang", "nulbyte", "escape", "10 MB"],
)
def test_tekst_fout(invoer: str, code: str) -> None:
    with pytest.raises(ValidationError) as fout:
        TekstVeld(max_length=20).clean(invoer)
    assert fout.value.error_list[0].code == code


def test_nulbyte_wordt_weggehaald_en_de_rest_blijft_staan() -> None:
    class Met(Formulier):
        tekst = TekstVeld(label="Tekst", regels=3)

    html = crispy(Met({"tekst": "voor\x00na"}))
    assert "voorna" in html
    assert "\x00" not in html
    assert "weggehaald" in html


@pytest.mark.parametrize(("invoer", "waarde"), [("ja", True), ("nee", False)])
def test_ja_nee(invoer: str, waarde: bool) -> None:
    assert JaNeeVeld(label="Klopt het?").clean(invoer) is waarde


def test_ja_nee_mag_soms_leeg_en_verzint_niets() -> None:
    assert JaNeeVeld(required=False).clean("") is None
    for rommel in ("ja\x00", "True", "misschien"):
        with pytest.raises(ValidationError):
            JaNeeVeld().clean(rommel)


def test_ja_nee_beginwaarde() -> None:
    class Met(Formulier):
        klopt = JaNeeVeld(label="Klopt het?")

    html = crispy(Met(initial={"klopt": False}))
    assert html.index("checked") > html.index('value="nee"')


def test_keuze_met_onbekend_antwoord() -> None:
    with pytest.raises(ValidationError) as fout:
        KeuzeVeld(choices=[("a", "A")]).clean("b")
    assert fout.value.messages == ["Kies een van de antwoorden."]


class _Bewaarder:
    def __init__(self) -> None:
        self.kast: dict[str, BewaardBestand] = {}

    def bewaar(self, upload: UploadedFile) -> BewaardBestand:
        bewaard = BewaardBestand(str(len(self.kast) + 1), str(upload.name), upload.size or 0)
        self.kast[bewaard.sleutel] = bewaard
        return bewaard

    def haal(self, sleutel: str) -> BewaardBestand | None:
        return self.kast.get(sleutel)


class MetBestand(Formulier):
    naam = TekstVeld(label="Naam")
    plan = BestandVeld(label="Plan")


def _met_bestand(
    data: dict[str, str], bewaarder: _Bewaarder, upload: UploadedFile | None = None
) -> MetBestand:
    bestanden = MultiValueDict({"plan": [upload]} if upload else {})
    formulier = MetBestand(data, bestanden)
    formulier.fields["plan"].bewaarder = bewaarder  # type: ignore[attr-defined]
    return formulier


def test_gekozen_bestand_blijft_over_een_fout_heen() -> None:
    bewaarder = _Bewaarder()
    eerste = _met_bestand({"naam": ""}, bewaarder, SimpleUploadedFile("plan.pdf", b"%PDF-1.7"))
    assert not eerste.is_valid()
    html = crispy(eerste)
    assert "plan.pdf" in html
    teken = bewaarder.kast["1"].teken()
    assert 'name="plan_bewaard"' in html
    tweede = _met_bestand({"naam": "Jan", "plan_bewaard": teken}, bewaarder)
    assert tweede.is_valid()
    assert tweede.cleaned_data["plan"] == bewaarder.kast["1"]
    weg = _met_bestand({"naam": "Jan", "plan_bewaard": teken, "plan_verwijderen": "ja"}, bewaarder)
    assert weg.errors["plan"] == ["Kies een bestand."]


@pytest.mark.parametrize("teken", ["rommel", "a:b:c", "\x00", "WyIxIiwiYSIsMV0:1abc:xyz"])
def test_zelfgemaakte_verwijzing_telt_niet(teken: str) -> None:
    bewaarder = _Bewaarder()
    bewaarder.bewaar(SimpleUploadedFile("van-een-ander.pdf", b"x"))
    formulier = _met_bestand({"naam": "Jan", "plan_bewaard": teken}, bewaarder)
    assert not formulier.is_valid()


def test_bestand_van_eerder_telt_mee() -> None:
    eerder = BewaardBestand("9", "eerder.pdf", 2048, "/document/9")
    formulier = MetBestand({"naam": "Jan"}, MultiValueDict(), initial={"plan": eerder})
    assert formulier.is_valid()
    assert formulier.cleaned_data["plan"] == eerder
    assert "eerder.pdf" in crispy(formulier)


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (SimpleUploadedFile("leeg.pdf", b""), "leeg"),
        (SimpleUploadedFile("groot.pdf", b"x" * 2001), "te_groot"),
        (SimpleUploadedFile("na\x01am.pdf", b"x"), "naam"),
    ],
)
def test_bestand_fout(upload: UploadedFile, code: str) -> None:
    from ips_subsidie.vormgeving.widgets import Bestandskeuze

    with pytest.raises(ValidationError) as fout:
        BestandVeld(maximum=2000).clean(Bestandskeuze(upload, None, False))
    assert fout.value.code == code


def test_de_controle_van_de_inhoud_komt_erbij() -> None:
    def controle(upload: UploadedFile) -> None:
        raise ValidationError("Dit is geen pdf.", code="soort")

    class Met(Formulier):
        plan = BestandVeld(label="Plan", controle=controle)

    formulier = Met({}, MultiValueDict({"plan": [SimpleUploadedFile("a.pdf", b"GIF89a")]}))
    assert formulier.errors["plan"] == ["Dit is geen pdf."]


def test_een_gewoon_djangoveld_past_ook() -> None:
    class Met(Formulier):
        mail = forms.EmailField(label="E-mailadres")

    assert Met({"mail": ""}).errors["mail"] == ["Vul in: e-mailadres."]


def test_een_datum_die_met_de_klok_meegaat_geeft_een_voorbeeld_dat_mag():
    """An example of years ago would itself be refused."""
    morgen = date(2026, 11, 24)
    veld = DatumVeld(label="Laatste dag", naam="laatste dag", vroegst=lambda: morgen)
    assert str(veld.help_text) == "Bijvoorbeeld 24 11 2026"
    assert veld.clean(DatumDelen("24", "11", "2026")) == morgen
    assert str(DatumVeld(label="Geboortedatum").help_text) == "Bijvoorbeeld 27 3 1990"
    assert (
        str(DatumVeld(label="Dag", voorbeeld="1 9 2019", laatst=lambda: morgen).help_text)
        == "Bijvoorbeeld 1 9 2019"
    )

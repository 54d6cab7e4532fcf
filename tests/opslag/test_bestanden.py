"""What may be uploaded, by content; and what is said when it may not."""

import io
import zlib

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from ips_subsidie.opslag import bestanden, pdf_keuring
from ips_subsidie.opslag.bestanden import MAX_BYTES, Soort, controleer_inhoud, controleer_upload, schone_naam
from tests.opslag.conftest import maak_jpeg, maak_pdf, maak_png, png_deel

GEEN = pikepdf.StreamDecodeLevel.none


def code_van(inhoud: bytes, naam: str) -> str:
    with pytest.raises(ValidationError) as fout:
        controleer_upload(SimpleUploadedFile(naam, inhoud))
    assert fout.value.code is not None
    return fout.value.code


def test_goede_bestanden_worden_herkend_aan_hun_inhoud(pdf, jpeg, png):
    assert controleer_upload(SimpleUploadedFile("verklaring.pdf", pdf, "text/html")) == Soort.PDF
    assert controleer_upload(SimpleUploadedFile("SCAN.JPG", jpeg)) == Soort.JPEG
    assert controleer_upload(SimpleUploadedFile("scan.jpeg", jpeg)) == Soort.JPEG
    assert controleer_upload(SimpleUploadedFile("scan.png", png)) == Soort.PNG


def test_na_de_controle_staat_het_bestand_weer_vooraan(pdf):
    upload = SimpleUploadedFile("a.pdf", pdf)
    upload.read(3)
    controleer_upload(upload)
    assert upload.read() == pdf


def test_gewone_pdf_varianten_mogen():
    assert controleer_inhoud(maak_pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate), "a.pdf")
    assert controleer_inhoud(maak_pdf(linearize=True), "a.pdf")
    assert controleer_inhoud(maak_pdf() + b"\r\n\0", "a.pdf")

    def dubbel_verpakt(pdf):
        stroom = pdf.make_stream(b"x")
        stroom.write(b"87cURD]i~>", filter=[pikepdf.Name.ASCII85Decode, pikepdf.Name.DCTDecode])
        pdf.Root.Proef = stroom

    assert controleer_inhoud(maak_pdf(dubbel_verpakt), "a.pdf")


@pytest.mark.parametrize(
    ("inhoud", "naam", "code"),
    [
        (b"", "leeg.pdf", "leeg"),
        (b"MZ\x90\0" + b"\0" * 200, "programma.pdf", "verkeerde_soort"),
        (b"PK\x03\x04" + b"\0" * 60, "brief.docx", "verkeerde_soort"),
        (b"<html><script>alert(1)</script>", "scan.png", "verkeerde_soort"),
        (b"\n" + maak_pdf(), "a.pdf", "verkeerde_soort"),
        (maak_pdf(), "a.exe", "verkeerde_naam"),
        (maak_pdf(), "a.pdf.exe", "verkeerde_naam"),
        (maak_pdf(), "a", "verkeerde_naam"),
        (maak_pdf(), "a.png", "verkeerde_naam"),
        (maak_png(), "a.pdf", "verkeerde_naam"),
        (maak_pdf()[:-40], "a.pdf", "beschadigd"),
        (b"%PDF-1.7\nniets\n%%EOF", "a.pdf", "beschadigd"),
        (maak_pdf() + b"PK\x03\x04verstopt", "a.pdf", "beschadigd"),
        (maak_pdf(paginas=pdf_keuring.MAX_PAGINAS + 1), "a.pdf", "te_veel_paginas"),
        (maak_pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "a.pdf", "versleuteld"),
        (maak_pdf(encryption=pikepdf.Encryption(owner="a", user="")), "a.pdf", "versleuteld"),
    ],
)
def test_geweigerde_bestanden(inhoud, naam, code):
    assert code_van(inhoud, naam) == code


def met_script(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def met_los_script(pdf):
    pdf.Root.Proef = pdf.make_indirect(
        pikepdf.Array([pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.JavaScript)])])
    )


def met_programma(pdf):
    pdf.pages[0].Annots = pikepdf.Array(
        [pikepdf.Dictionary(A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe")))]
    )


def met_bijlage(pdf):
    pdf.attachments["geheim.txt"] = b"verstopt"


def met_xfa(pdf):
    pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.String("x"), Fields=pikepdf.Array())


def met_bom(pdf):
    bom = zlib.compress(zlib.compress(b"\0" * 1_000_000))
    pdf.Root.Proef = pdf.make_stream(b"")
    pdf.Root.Proef.write(bom, filter=[pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])


@pytest.mark.parametrize(
    ("pas_aan", "code"),
    [
        (met_script, "script"),
        (met_los_script, "script"),
        (met_programma, "script"),
        (met_bijlage, "bijlage"),
        (met_xfa, "formulier"),
        (met_bom, "te_zwaar"),
    ],
)
@pytest.mark.parametrize("modus", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate])
def test_pdf_met_iets_erin_dat_doet(pas_aan, code, modus):
    assert (
        code_van(
            maak_pdf(pas_aan, object_stream_mode=modus, stream_decode_level=GEEN, compress_streams=False),
            "a.pdf",
        )
        == code
    )


def test_js_in_de_beeldpunten_van_een_scan_is_geen_script():
    """Objects are searched, not bytes: a scan holds these letters by chance."""

    def scan(pdf):
        pdf.Root.Proef = pdf.make_stream(b"/JS /JavaScript /Launch")

    inhoud = maak_pdf(scan, compress_streams=False)
    assert b"/JavaScript" in inhoud
    assert controleer_inhoud(inhoud, "a.pdf") == Soort.PDF


def test_te_groot_wordt_geweigerd_zonder_te_lezen(monkeypatch):
    class Groot(SimpleUploadedFile):
        def read(self, *args):
            raise AssertionError("gelezen")

    upload = Groot("a.pdf", b"x")
    upload.size = MAX_BYTES + 1
    with pytest.raises(ValidationError, match="10 MB"):
        controleer_upload(upload)


def test_de_grens_is_tien_megabyte(png):
    vol = png[:-12] + png_deel(b"tEXt", b"x" * (MAX_BYTES - len(png) - 12)) + png[-12:]
    assert len(vol) == MAX_BYTES
    assert controleer_inhoud(vol, "a.png") == Soort.PNG
    assert code_van(vol + b"x", "a.png") == "te_groot"


def test_een_grootte_die_niet_klopt_helpt_niet():
    upload = SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * MAX_BYTES)
    upload.size = 10
    with pytest.raises(ValidationError, match="10 MB"):
        controleer_upload(upload)


def test_een_trage_of_kapotte_keuring_laat_niets_door(monkeypatch, tmp_path, pdf):
    traag = tmp_path / "traag.py"
    traag.write_text("import time; time.sleep(30)")
    monkeypatch.setattr(bestanden, "KEURING_SECONDEN", 0.3)
    monkeypatch.setattr(pdf_keuring, "__file__", str(traag))
    assert code_van(pdf, "a.pdf") == "te_zwaar"
    monkeypatch.setattr(bestanden, "KEURING_SECONDEN", 10)
    traag.write_text("raise SystemExit(3)")
    assert code_van(pdf, "a.pdf") == "te_zwaar"
    traag.write_text("print('iets anders')")
    assert code_van(pdf, "a.pdf") == "te_zwaar"


def test_de_keuring_ziet_niets_van_onze_omgeving(monkeypatch, tmp_path, pdf):
    monkeypatch.setenv("GEHEIM", "sleutel")
    proef = tmp_path / "proef.py"
    proef.write_text("import os, sys; sys.stdout.write('beschadigd' if 'GEHEIM' in os.environ else 'goed')")
    monkeypatch.setattr(pdf_keuring, "__file__", str(proef))
    assert controleer_inhoud(pdf, "a.pdf") == Soort.PDF


# --- images ---


@pytest.mark.parametrize("weg", [1, 4, 12, 20, 30])
def test_een_afgekapte_png_wordt_geweigerd(png, weg):
    assert code_van(png[:-weg], "a.png") == "beschadigd"


def test_een_png_met_iets_erachter_of_een_fout_erin_wordt_geweigerd(png):
    assert code_van(png + b"<script>", "a.png") == "beschadigd"
    assert code_van(png[:45] + bytes([png[45] ^ 1]) + png[46:], "a.png") == "beschadigd"
    assert code_van(png[:8], "a.png") == "beschadigd"
    assert code_van(png[:8] + png_deel(b"IEND", b""), "a.png") == "beschadigd"
    assert code_van(png[:33] + png[-12:], "a.png") == "beschadigd"


def test_een_beeld_dat_uitgepakt_reusachtig_is_wordt_geweigerd():
    assert code_van(maak_png(100_000, 100_000), "a.png") == "te_groot_beeld"
    assert code_van(maak_png(0, 1), "a.png") == "beschadigd"


def test_jpeg_van_begin_tot_eind(jpeg):
    assert controleer_inhoud(jpeg + b"\0\0", "a.jpg") == Soort.JPEG
    assert controleer_inhoud(jpeg + jpeg, "a.jpg") == Soort.JPEG
    assert controleer_inhoud(maak_jpeg(640, 480), "a.jpg") == Soort.JPEG
    assert code_van(jpeg + b"PK\x03\x04", "a.jpg") == "beschadigd"
    for weg in (1, 2, 50, len(jpeg) // 2, len(jpeg) - 4):
        assert code_van(jpeg[:-weg], "a.jpg") == "beschadigd"


def test_jpeg_met_een_reusachtige_maat(jpeg):
    plek = jpeg.index(b"\xff\xc2") + 5
    assert code_van(jpeg[:plek] + b"\xff\xff\xff\xff" + jpeg[plek + 4 :], "a.jpg") == "te_groot_beeld"


@given(st.binary(max_size=300), st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"\xff\xd8\xff\xc0"]))
def test_willekeurige_bytes_geven_een_nette_weigering(rest, begin):
    naam = "a.png" if begin.startswith(b"\x89") else "a.jpg"
    with pytest.raises(ValidationError):
        controleer_inhoud(begin + rest, naam)


@given(st.binary(max_size=300))
def test_willekeurige_pdf_geeft_altijd_een_woord(rest):
    assert pdf_keuring.keur(b"%PDF-1.7\n" + rest + b"\n%%EOF") in {"beschadigd", "versleuteld", "te_zwaar"}


# --- names ---


@pytest.mark.parametrize(
    ("naam", "schoon"),
    [
        ("verklaring.pdf", "verklaring.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\jan\\scan.png", "scan.png"),
        ("nul\0byte.pdf", "nulbyte.pdf"),
        ("regel\r\nX-Kop: ja.pdf", "regelX-Kop ja.pdf"),
        ("links\u202efdp.exe", "linksfdp.exe"),
        ("  veel   spaties .pdf", "veel spaties .pdf"),
        ("toestemming é 📄.pdf", "toestemming é 📄.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ('a"b<c>.pdf', "abc.pdf"),
        ("", "bestand"),
        ("..", "bestand"),
        ("/", "bestand"),
        ("\0", "bestand"),
    ],
)
def test_schone_naam(naam, schoon):
    assert schone_naam(naam) == schoon


def test_een_lange_naam_houdt_zijn_einde():
    assert schone_naam("a" * 300 + ".jpeg") == "a" * 115 + ".jpeg"
    assert len(schone_naam("a" * 300)) == 120
    assert len(schone_naam("a." + "b" * 300)) == 120


@given(st.text(max_size=400))
def test_elke_naam_wordt_schoon(naam):
    schoon = schone_naam(naam)
    assert 0 < len(schoon) <= 120
    assert not set(schoon) & set('/\\\0\r\n\t"<>')
    assert schone_naam(schoon) == schoon


def test_elk_woord_van_de_keuring_heeft_een_melding(pdf):
    woorden = set(pdf_keuring.VERBODEN_SLEUTELS.values()) | set(pdf_keuring.VERBODEN_SOORTEN.values())
    assert woorden | {"beschadigd", "versleuteld", "te_zwaar", "te_veel_paginas"} <= set(bestanden.MELDINGEN)
    assert pdf_keuring.keur(io.BytesIO(pdf).getvalue()) == "goed"

"""Files as people and attackers send them: a name, the bytes, and the verdicts that are right; none when it is good."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf

from tests.opslag.conftest import maak_jpeg, maak_pdf, maak_png, png_deel

MB = 1024 * 1024
KAPOT = ("beschadigd", "te_zwaar", "bijlage")
GEEN = {"stream_decode_level": pikepdf.StreamDecodeLevel.none, "compress_streams": False}
N, D, A, S = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array, pikepdf.String


@dataclass(frozen=True)
class Geval:
    """`oordelen` are the codes of which one is right; empty: it must be taken."""

    wat: str
    naam: str
    inhoud: Callable[[], bytes]
    oordelen: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.wat


def _pdf(pas_aan: Callable[[pikepdf.Pdf], None]) -> Callable[[], bytes]:
    return lambda: maak_pdf(pas_aan, **GEEN)


def _actie(**delen: object) -> Callable[[], bytes]:
    """A PDF with this action at its opening."""

    def pas_aan(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = D(**delen)

    return _pdf(pas_aan)


def _aan_de_pagina(sleutel: str, **delen: object) -> Callable[[], bytes]:
    def pas_aan(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj[f"/{sleutel}"] = D(O=D(**delen))

    return _pdf(pas_aan)


def _annotatie(**delen: object) -> Callable[[], bytes]:
    def pas_aan(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Annots = A([pdf.make_indirect(D(Type=N.Annot, Subtype=N.Link, A=D(**delen)))])

    return _pdf(pas_aan)


def _wortel(naam: str, waarde: Callable[[pikepdf.Pdf], object]) -> Callable[[], bytes]:
    def pas_aan(pdf: pikepdf.Pdf) -> None:
        pdf.Root[f"/{naam}"] = waarde(pdf)

    return _pdf(pas_aan)


def _objecten_bom() -> bytes:
    """An object stream that unpacks to hundreds of megabytes: a kilobyte for each."""
    inhoud = zlib.compress(b"1 0 " + b" " * (400 * MB), 9)
    delen = [b"%PDF-1.7\n"]
    plek = len(delen[0])
    delen.append(
        b"2 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(inhoud)
        + inhoud + b"\nendstream\nendobj\n"
    )  # fmt: skip
    xref = plek + len(delen[1])
    rijen = b"".join(struct.pack(">BIB", *rij) for rij in ((0, 0, 0), (2, 2, 0), (1, plek, 0), (1, xref, 0)))
    delen.append(
        b"3 0 obj\n<</Type/XRef/Size 4/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(rijen)
        + rijen + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % xref
    )  # fmt: skip
    return b"".join(delen)


def _diep() -> bytes:
    nest = b"[" * 5000 + b"]" * 5000
    return _met_object(nest)


def _kring() -> bytes:
    """A page tree that is its own child."""
    return _met_object(b"<</Type/Pages/Kids[4 0 R]/Count 1>>", paginas=b"4 0 R")


def _met_object(inhoud: bytes, paginas: bytes = b"2 0 R") -> bytes:
    delen = [
        b"<</Type/Catalog/Pages %s/Proef 4 0 R>>" % paginas,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        inhoud,
    ]
    uit, plekken = b"%PDF-1.7\n", []
    for nummer, deel in enumerate(delen, 1):
        plekken.append(len(uit))
        uit += b"%d 0 obj\n%s\nendobj\n" % (nummer, deel)
    xref = len(uit)
    rijen = b"".join(b"%010d 00000 n \n" % plek for plek in plekken)
    return uit + b"xref\n0 5\n0000000000 65535 f \n%strailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        rijen, xref,
    )  # fmt: skip


def _zip(*namen: str, inhoud: bytes = b"x") -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam in namen:
            archief.writestr(naam, inhoud)
    return uit.getvalue()


def _cmyk() -> bytes:
    from PIL import Image

    uit = io.BytesIO()
    Image.new("CMYK", (32, 32), (0, 80, 160, 40)).save(uit, "JPEG")
    return uit.getvalue()


def _beeld(soort: str) -> Callable[[], bytes]:
    def maak() -> bytes:
        from PIL import Image

        uit = io.BytesIO()
        Image.new("RGB", (8, 8)).save(uit, soort)
        return uit.getvalue()

    return maak


def _png_bom() -> bytes:
    """A small file of a claimed billion points."""
    return maak_png(40_000, 40_000)


def _zip_met_een_goed_einde() -> bytes:
    """An archive behind a PDF, and then the end of that PDF once more."""
    basis = maak_pdf()
    return basis + _zip("a.exe") + basis[basis.rindex(b"startxref") :]


def _na_de_laatste_versie_een_script() -> bytes:
    """A good PDF that was added to afterwards (an incremental update)."""
    basis = maak_pdf()
    with pikepdf.open(io.BytesIO(basis)) as pdf:
        pdf.Root.OpenAction = D(S=N.JavaScript, JS=S("app.alert(1)"))
        uit = io.BytesIO()
        pdf.save(uit)
    return uit.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>fetch('/')</script>"
SOORT, NAAM = ("verkeerde_soort",), ("verkeerde_naam",)
SCRIPT, BIJLAGE = ("script",), ("bijlage",)


def _vreemde_soorten() -> Iterator[Geval]:
    yield Geval("leeg", "a.pdf", lambda: b"", ("leeg",))
    yield Geval("een byte", "a.pdf", lambda: b"%", SOORT)
    yield Geval("svg", "a.svg", lambda: SVG, SOORT)
    yield Geval("svg als png", "a.png", lambda: SVG, SOORT)
    yield Geval("html als pdf", "a.pdf", lambda: HTML, SOORT)
    yield Geval("html met een pdf erin", "a.pdf", lambda: HTML + maak_pdf(), SOORT)
    yield Geval("docx", "a.docx", lambda: _zip("[Content_Types].xml", "word/document.xml"), SOORT)
    yield Geval("docx als pdf", "a.pdf", lambda: _zip("word/document.xml"), SOORT)
    yield Geval("xlsm met macro", "a.xlsm", lambda: _zip("xl/vbaProject.bin"), SOORT)
    yield Geval("zip", "a.zip", lambda: _zip("a.pdf"), SOORT)
    yield Geval("zipbom als pdf", "a.pdf", lambda: _zip("a", inhoud=b"\0" * 20 * MB), SOORT)
    yield Geval("programma voor Windows", "a.exe", lambda: b"MZ" + b"\0" * 99, SOORT)
    yield Geval("programma voor Windows als pdf", "factuur.pdf", lambda: b"MZ" + b"\0" * 99, SOORT)
    yield Geval("programma voor Linux", "a.png", lambda: b"\x7fELF" + b"\0" * 99, SOORT)
    yield Geval("opdrachten", "a.sh", lambda: b"#!/bin/sh\nid\n", SOORT)
    yield Geval("rtf", "a.rtf", lambda: rb"{\rtf1 hallo}", SOORT)
    yield Geval("mail", "a.eml", lambda: b"From: a@b\n\nhallo", SOORT)
    for soort in ("GIF", "BMP", "TIFF", "WEBP"):
        yield Geval(soort.lower(), f"a.{soort.lower()}", _beeld(soort), SOORT)
    yield Geval("gif als jpg", "a.jpg", _beeld("GIF"), SOORT)
    yield Geval("php na een gif", "a.png", lambda: b"GIF89a<?php system('id'); ?>", SOORT)
    yield Geval("postscript", "a.pdf", lambda: b"%!PS-Adobe-3.0\n", SOORT)
    yield Geval(
        "xml met een entiteit",
        "a.xml",
        lambda: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        SOORT,
    )


def _namen() -> Iterator[Geval]:
    yield Geval("pdf als png", "a.png", maak_pdf, NAAM)
    yield Geval("png als pdf", "a.pdf", maak_png, NAAM)
    yield Geval("twee achtervoegsels", "a.pdf.exe", maak_pdf, NAAM)
    yield Geval("geen achtervoegsel", "a", maak_pdf, NAAM)
    yield Geval("alleen een achtervoegsel", ".pdf", maak_pdf, NAAM)
    yield Geval("van rechts naar links", "ver\u202efdp.exe", maak_pdf, NAAM)
    yield Geval("alleen spaties", "   ", maak_pdf, NAAM)
    yield Geval("punt erachter", "a.pdf.", maak_pdf)
    yield Geval("hoofdletters", "A.PDF", maak_pdf)
    yield Geval("driehonderd tekens", "a" * 300 + ".pdf", maak_pdf)
    yield Geval("een pad", "../../../etc/a.pdf", maak_pdf)
    yield Geval("een pad van Windows", "C:\\geheim\\a.pdf", maak_pdf)
    yield Geval("nul en regeleinde", "a\0b\r\nSet-Cookie: x=1.pdf", maak_pdf)
    yield Geval("aanhalingstekens", "a\"b'c;d.pdf", maak_pdf)
    yield Geval("emoji en accenten", "verklaring é 📄.pdf", maak_pdf)
    yield Geval("formule", "=cmd|' /C calc'!A0.pdf", maak_pdf)


def _pdfs() -> Iterator[Geval]:
    yield Geval("gewone pdf", "a.pdf", maak_pdf)
    yield Geval("vijftig bladzijden", "a.pdf", lambda: maak_pdf(paginas=50))
    yield Geval("eenenvijftig bladzijden", "a.pdf", lambda: maak_pdf(paginas=51), ("te_veel_paginas",))
    yield Geval("pdf met een link", "a.pdf", _annotatie(S=N.URI, URI=S("https://voorbeeld.nl")))
    yield Geval("script bij het openen", "a.pdf", _actie(S=N.JavaScript, JS=S("app.alert(1)")), SCRIPT)
    yield Geval("script later toegevoegd", "a.pdf", _na_de_laatste_versie_een_script, SCRIPT)
    yield Geval("script bij een bladzijde", "a.pdf", _aan_de_pagina("AA", S=N.JavaScript, JS=S("x")), SCRIPT)
    yield Geval("script in een link", "a.pdf", _annotatie(S=N.JavaScript, JS=S("x")), SCRIPT)
    yield Geval(
        "script achter een volgende", "a.pdf", _annotatie(S=N.URI, URI=S("x"), Next=D(S=N.Launch)), SCRIPT
    )
    yield Geval("programma starten", "a.pdf", _actie(S=N.Launch, F=S("cmd.exe")), SCRIPT)
    yield Geval("formulier versturen", "a.pdf", _annotatie(S=N.SubmitForm, F=S("https://x")), SCRIPT)
    yield Geval("gegevens invoeren", "a.pdf", _annotatie(S=N.ImportData, F=S("x")), SCRIPT)
    yield Geval("naar een bijlage", "a.pdf", _annotatie(S=N.GoToE), SCRIPT)
    yield Geval("film", "a.pdf", _annotatie(S=N.Rendition), SCRIPT)
    yield Geval("rijke inhoud", "a.pdf", _wortel("Proef", lambda pdf: D(RichMediaContent=D())), SCRIPT)
    yield Geval(
        "bestand erin", "a.pdf", _wortel("Names", lambda pdf: D(EmbeddedFiles=D(Names=A([])))), BIJLAGE
    )
    yield Geval("xfa", "a.pdf", _wortel("AcroForm", lambda pdf: D(XFA=S("x"), Fields=A([]))), ("formulier",))
    yield Geval(
        "wachtwoord",
        "a.pdf",
        lambda: maak_pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
        ("versleuteld",),
    )
    yield Geval("afgebroken", "a.pdf", lambda: maak_pdf()[:-60], KAPOT)
    yield Geval("alleen een begin", "a.pdf", lambda: b"%PDF-1.7", KAPOT)
    yield Geval("zip erachter", "a.pdf", lambda: maak_pdf() + _zip("a.exe"), KAPOT)
    yield Geval(
        "jar: pdf en zip", "a.pdf", lambda: maak_pdf() + _zip("META-INF/MANIFEST.MF") + b"\n%%EOF", KAPOT
    )
    yield Geval("zip met een goed einde", "a.pdf", _zip_met_een_goed_einde, KAPOT)
    yield Geval("html erachter", "a.pdf", lambda: maak_pdf() + HTML, KAPOT)
    yield Geval("rommel", "a.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF", KAPOT)
    yield Geval("tien megabyte rommel", "a.pdf", lambda: b"%PDF-1.7\n" + b"obj " * (2 * MB), KAPOT)
    yield Geval("objecten die uitdijen", "a.pdf", _objecten_bom, KAPOT)
    yield Geval("vijfduizend diep", "a.pdf", _diep, KAPOT)
    yield Geval("een kring", "a.pdf", _kring, KAPOT)
    yield Geval("te groot", "a.pdf", lambda: b"%PDF-" + b"x" * 10 * MB, ("te_groot",))


def _beelden() -> Iterator[Geval]:
    yield Geval("gewone png", "a.png", maak_png)
    yield Geval("gewone jpeg", "a.jpg", maak_jpeg)
    yield Geval("jpeg voor de drukker", "a.jpg", _cmyk)
    yield Geval("png met iets erachter", "a.png", lambda: maak_png() + HTML, KAPOT)
    yield Geval("png die ook een zip is", "a.png", lambda: maak_png() + _zip("a.exe"), KAPOT)
    yield Geval("jpeg die ook een zip is", "a.jpg", lambda: maak_jpeg() + _zip("a.exe"), KAPOT)
    yield Geval("jpeg met html erachter", "a.jpg", lambda: maak_jpeg() + HTML, KAPOT)
    yield Geval("png van een miljard punten", "a.png", _png_bom, ("te_groot_beeld",))
    yield Geval("png zonder beeld", "a.png", lambda: maak_png()[:33] + png_deel(b"IEND", b""), KAPOT)
    yield Geval("png met een fout", "a.png", lambda: maak_png()[:40] + b"\0" + maak_png()[41:], KAPOT)
    yield Geval("afgebroken png", "a.png", lambda: maak_png()[:-6], KAPOT)
    yield Geval("afgebroken jpeg", "a.jpg", lambda: maak_jpeg()[:-80], KAPOT)
    yield Geval("alleen het begin van een jpeg", "a.jpg", lambda: b"\xff\xd8\xff", KAPOT)
    yield Geval("jpeg die een pdf wil zijn", "a.pdf", lambda: b"\xff\xd8\xff%PDF-1.7\n%%EOF", NAAM)


GEVALLEN = (*_vreemde_soorten(), *_namen(), *_pdfs(), *_beelden())

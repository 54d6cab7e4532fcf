"""Judge one PDF: read it from standard input, print one word. Run as a program of its own.

A PDF parser is the most attacked code in the house, so it runs apart, without the settings, the database or
the keys of the application, and under limits of time and memory. This file imports nothing of the project.
"""

import io
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

MAX_PAGINAS = 50
MAX_OBJECTEN = 200_000
MAX_DIEPTE = 200
MAX_GEHEUGEN = 768 * 1024 * 1024
MAX_SECONDEN = 6

VERBODEN_SLEUTELS = {
    "/JS": "script",
    "/JavaScript": "script",
    "/EmbeddedFiles": "bijlage",
    "/EF": "bijlage",
    "/XFA": "formulier",
    "/RichMediaContent": "script",
}
VERBODEN_ACTIES = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/GoToE",
    "/Rendition",
    "/RichMediaExecute",
}
VERBODEN_SOORTEN = {"/EmbeddedFile": "bijlage"}
PERSENDE_FILTERS = {
    "/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL",
}  # fmt: skip
MAX_FILTERS = 2


def beperk() -> None:
    """Limits that hold for this process alone."""
    import resource

    for soort, grens in ((resource.RLIMIT_CPU, MAX_SECONDEN), (resource.RLIMIT_AS, MAX_GEHEUGEN)):
        try:
            resource.setrlimit(soort, (grens, grens))
        except (ValueError, OSError):  # macOS does not know RLIMIT_AS; the time limit of the caller remains
            continue


def keur(inhoud: bytes) -> str:
    """ "goed", or the word for what is wrong with it."""
    if not inhoud.startswith(b"%PDF-"):
        return "geen_pdf"
    if not inhoud.rstrip(b"\0\r\n \t").endswith(b"%%EOF"):
        return "beschadigd"
    if zipfile.is_zipfile(io.BytesIO(inhoud)):
        return "bijlage"  # the same bytes are an archive, or a program, for who opens them so
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(inhoud), attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                return "versleuteld"
            return _keur_geopend(pdf)
    except pikepdf.PasswordError:
        return "versleuteld"
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, AttributeError, KeyError):
        return "beschadigd"
    except MemoryError:
        return "te_zwaar"


def _keur_geopend(pdf: Any) -> str:
    if not len(pdf.pages):
        return "beschadigd"
    if len(pdf.pages) > MAX_PAGINAS:
        return "te_veel_paginas"
    geteld = 0
    for wortel in (pdf.trailer, *pdf.objects):
        for deel in _delen(wortel):
            geteld += 1
            if geteld > MAX_OBJECTEN:
                return "te_zwaar"
            fout = _keur_deel(deel)
            if fout:
                return fout
    # What is nested deeper than qpdf will read, it leaves out and only warns of; another reader may fall over it.
    if any("deeply nested" in str(waarschuwing) for waarschuwing in pdf.get_warnings()):
        return "te_zwaar"
    return "goed"


def _delen(wortel: Any) -> Iterator[Any]:
    """The object and all that lies directly in it.

    What it points to comes by itself as an object of the file.
    """
    import pikepdf

    stapel = [(wortel, 0)]
    while stapel:
        deel, diepte = stapel.pop()
        if diepte > MAX_DIEPTE:
            raise ValueError("te diep")
        if isinstance(deel, pikepdf.Stream):
            deel = deel.stream_dict if diepte == 0 else None
        if isinstance(deel, pikepdf.Dictionary):
            yield deel
            stapel += [(kind, diepte + 1) for kind in deel.values() if _rechtstreeks(kind)]
        elif isinstance(deel, pikepdf.Array):
            stapel += [(kind, diepte + 1) for kind in deel if _rechtstreeks(kind)]


def _rechtstreeks(kind: Any) -> bool:
    import pikepdf

    return isinstance(kind, pikepdf.Dictionary | pikepdf.Array) and not kind.is_indirect


def _keur_deel(deel: Any) -> str | None:
    sleutels = set(deel.keys())
    for sleutel, fout in VERBODEN_SLEUTELS.items():
        if sleutel in sleutels:
            return fout
    if "/S" in sleutels and str(deel["/S"]) in VERBODEN_ACTIES:
        return "script"
    if "/Type" in sleutels and str(deel["/Type"]) in VERBODEN_SOORTEN:
        return "bijlage"
    if "/Filter" in sleutels:
        return _keur_filters(deel["/Filter"])
    return None


def _keur_filters(filters: Any) -> str | None:
    """Two packings in one stream is how a small file becomes a huge one.

    A text packing around one is common.
    """
    import pikepdf

    namen = [str(een) for een in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    geperst = sum(naam in PERSENDE_FILTERS for naam in namen)
    return "te_zwaar" if len(namen) > MAX_FILTERS or geperst > 1 else None


if __name__ == "__main__":
    beperk()
    sys.stdout.write(keur(sys.stdin.buffer.read()))

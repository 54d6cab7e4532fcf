"""Reads the words back out of our own PDFs, by the ToUnicode maps in them. Enough for Typst's output."""

import io
import re

import pikepdf

HEX = re.compile(rb"<([0-9a-fA-F]*)>")


def tekst(pdf: bytes) -> str:
    """Give the text of all pages without any white space: where a line breaks is not what we test."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        stukken = [_pagina(pagina) for pagina in document.pages]
    return zonder_wit("".join(stukken))


def zonder_wit(woorden: str) -> str:
    """Leave out white space and the places where a long word may be cut."""
    return re.sub(r"[\s\u200b]+", "", woorden)


def _pagina(pagina: pikepdf.Page) -> str:
    fonts = {str(naam): _naar_unicode(font) for naam, font in pagina.resources.get("/Font", {}).items()}
    stukken: list[str] = []
    letter: dict[int, str] = {}
    vervanging: list[str | None] = []
    for opdracht in pikepdf.parse_content_stream(pagina):
        naam = str(opdracht.operator)
        if naam == "Tf":
            letter = fonts[str(opdracht.operands[0])]
        elif naam in {"BDC", "BMC"}:
            vervanging.append(_vervangende_tekst(opdracht.operands))
        elif naam == "EMC":
            stukken.append(vervanging.pop() or "")
        elif naam in {"Tj", "TJ"} and not any(vervanging):
            stukken.append(_getoond(opdracht.operands[0], letter))
    return "".join(stukken)


def _vervangende_tekst(operanden: list[pikepdf.Object]) -> str | None:
    eigenschappen = operanden[-1]
    if isinstance(eigenschappen, pikepdf.Dictionary) and "/ActualText" in eigenschappen:
        return str(eigenschappen["/ActualText"])
    return None


def _getoond(operand: pikepdf.Object, letter: dict[int, str]) -> str:
    delen = operand if isinstance(operand, pikepdf.Array) else [operand]
    tekens = b"".join(bytes(deel) for deel in delen if isinstance(deel, pikepdf.String))
    codes = (int.from_bytes(tekens[plek : plek + 2], "big") for plek in range(0, len(tekens), 2))
    return "".join(letter.get(code, "\ufffd") for code in codes)


def _naar_unicode(font: pikepdf.Object) -> dict[int, str]:
    kaart: dict[int, str] = {}
    soort = None
    for regel in bytes(font["/ToUnicode"].read_bytes()).splitlines():
        if b"beginbf" in regel:
            soort = "range" if b"range" in regel else "char"
        elif b"endbf" in regel:
            soort = None
        elif soort:
            getallen = [bytes.fromhex(deel.decode()) for deel in HEX.findall(regel)]
            waarde = getallen[-1].decode("utf-16-be")
            eerste = int.from_bytes(getallen[0], "big")
            if soort == "char":
                kaart[eerste] = waarde
            else:
                laatste = int.from_bytes(getallen[1], "big")
                for verschil in range(laatste - eerste + 1):
                    kaart[eerste + verschil] = waarde[:-1] + chr(ord(waarde[-1]) + verschil)
    return kaart

"""Is this a whole JPEG or PNG?

Decided from its structure alone: nothing is decoded, so nothing can be blown up.
"""

import re
import zlib
from enum import StrEnum

JPEG_BEGIN = b"\xff\xd8\xff"
PNG_BEGIN = b"\x89PNG\r\n\x1a\n"
MAX_BEELDPUNTEN = 100_000_000

_JPEG_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
_JPEG_SOF = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_EOI, _SOS = 0xD9, 0xDA


class Beeldfout(StrEnum):
    BESCHADIGD = "beschadigd"
    TE_GROOT_BEELD = "te_groot_beeld"


def keur_png(inhoud: bytes) -> Beeldfout | None:
    """Every chunk whole with its checksum, IHDR first, some IDAT, IEND last and nothing after it."""
    plek, eerste, beeld = len(PNG_BEGIN), True, False
    while plek + 12 <= len(inhoud):
        lengte = int.from_bytes(inhoud[plek : plek + 4], "big")
        einde = plek + 12 + lengte
        if einde > len(inhoud):
            return Beeldfout.BESCHADIGD
        soort, gegevens = inhoud[plek + 4 : plek + 8], inhoud[plek + 8 : einde - 4]
        if zlib.crc32(soort + gegevens) != int.from_bytes(inhoud[einde - 4 : einde], "big"):
            return Beeldfout.BESCHADIGD
        if eerste:
            fout = _keur_ihdr(soort, gegevens)
            if fout:
                return fout
            eerste = False
        if soort == b"IEND":
            return None if beeld and einde == len(inhoud) else Beeldfout.BESCHADIGD
        beeld = beeld or soort == b"IDAT"
        plek = einde
    return Beeldfout.BESCHADIGD


def _keur_ihdr(soort: bytes, gegevens: bytes) -> Beeldfout | None:
    if soort != b"IHDR" or len(gegevens) != 13:
        return Beeldfout.BESCHADIGD
    return _keur_maat(int.from_bytes(gegevens[:4], "big"), int.from_bytes(gegevens[4:8], "big"))


def _keur_maat(breedte: int, hoogte: int) -> Beeldfout | None:
    if not breedte or not hoogte:
        return Beeldfout.BESCHADIGD
    return Beeldfout.TE_GROOT_BEELD if breedte * hoogte > MAX_BEELDPUNTEN else None


def keur_jpeg(inhoud: bytes) -> Beeldfout | None:
    """From marker to marker: a frame with a size, a scan, and the end of the image."""
    plek, maat, scan = 2, False, False
    while gevonden := _JPEG_MARKER.search(inhoud, plek):
        if not scan and gevonden.start() != plek + _vulling(inhoud, plek):
            return Beeldfout.BESCHADIGD
        marker, plek = gevonden[1][0], gevonden.end()
        if marker == _EOI:
            return None if maat and scan and _rest_hoort_erbij(inhoud[plek:]) else Beeldfout.BESCHADIGD
        lengte = int.from_bytes(inhoud[plek : plek + 2], "big")
        if lengte < 2 or plek + lengte > len(inhoud):
            return Beeldfout.BESCHADIGD
        if marker in _JPEG_SOF:
            hoogte = int.from_bytes(inhoud[plek + 3 : plek + 5], "big")
            breedte = int.from_bytes(inhoud[plek + 5 : plek + 7], "big")
            fout = _keur_maat(breedte, hoogte)
            if fout:
                return fout
            maat = True
        scan = scan or marker == _SOS
        plek += lengte
    return Beeldfout.BESCHADIGD


def _vulling(inhoud: bytes, plek: int) -> int:
    """How many fill bytes (0xFF) stand before the marker at this place."""
    vol = plek
    while inhoud[vol : vol + 2] == b"\xff\xff":
        vol += 1
    return vol - plek


def _rest_hoort_erbij(rest: bytes) -> bool:
    """Cameras add padding, a preview or a trailer of their own; anything else was hidden behind the image."""
    kaal = rest.strip(b"\0\r\n \t")
    return not kaal or kaal.startswith(JPEG_BEGIN) or rest.endswith(b"SEFT")

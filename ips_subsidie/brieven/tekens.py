"""Makes any text fit for a letter: every character can be drawn, none can mislead.

PDF/A forbids a glyph that is missing, so one unknown character would make the whole letter fail.
Such a character is written as its code, for example [U+4E2D]: nothing of what somebody wrote is lost
without a trace. Marks that turn the reading direction get the same treatment, because they can make a
besluit show other words than it holds.
"""

import struct
import unicodedata
from functools import lru_cache
from pathlib import Path

LETTERTYPEN = Path(__file__).parent / "lettertypen"

# Explicit direction marks. Arabic and Hebrew are set right to left without them.
RICHTINGTEKENS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)))

# What other programs put in pasted text to say "new line".
REGELEINDEN = str.maketrans({"\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"})


class OnbruikbareTekst(ValueError):
    """Text that no keyboard makes: a null byte or half a surrogate pair."""


def leesbaar(tekst: str) -> str:
    """Give the same text with one kind of line end and only characters that the fonts hold."""
    if "\x00" in tekst or any("\ud800" <= teken <= "\udfff" for teken in tekst):
        raise OnbruikbareTekst("de tekst bevat een null-byte of een half teken")
    tekst = tekst.replace("\r\n", "\n").replace("\r", "\n").translate(REGELEINDEN)
    tekst = unicodedata.normalize("NFC", tekst)
    dekking = _dekking()
    return "".join(teken if _toonbaar(teken, dekking) else f"[U+{ord(teken):04X}]" for teken in tekst)


def _toonbaar(teken: str, dekking: frozenset[int]) -> bool:
    if teken in "\n\t":
        return True
    if teken in RICHTINGTEKENS or unicodedata.category(teken) in {"Cc", "Co"}:
        return False
    return ord(teken) in dekking


@lru_cache(maxsize=1)
def _dekking() -> frozenset[int]:
    """Collect the code points of all fonts that we ship."""
    return frozenset().union(*(_codepunten(pad.read_bytes()) for pad in sorted(LETTERTYPEN.glob("*.ttf"))))


def _codepunten(font: bytes) -> set[int]:
    """Read the character map of a TrueType file (tables of format 4 and 12)."""
    aantal_tabellen = struct.unpack_from(">H", font, 4)[0]
    tabellen = (struct.unpack_from(">4s4xI", font, 12 + 16 * nummer) for nummer in range(aantal_tabellen))
    cmap = next(begin for naam, begin in tabellen if naam == b"cmap")
    gevonden: set[int] = set()
    for nummer in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        begin = cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * nummer)[0]
        vorm = struct.unpack_from(">H", font, begin)[0]
        if vorm == 12:
            gevonden |= _vorm_12(font, begin)
        elif vorm == 4:
            gevonden |= _vorm_4(font, begin)
    return gevonden


def _vorm_12(font: bytes, begin: int) -> set[int]:
    gevonden: set[int] = set()
    for nummer in range(struct.unpack_from(">I", font, begin + 12)[0]):
        eerste, laatste = struct.unpack_from(">II", font, begin + 16 + 12 * nummer)
        gevonden.update(range(eerste, laatste + 1))
    return gevonden


def _vorm_4(font: bytes, begin: int) -> set[int]:
    segmenten = struct.unpack_from(">H", font, begin + 6)[0] // 2
    einden = struct.unpack_from(f">{segmenten}H", font, begin + 14)
    na_einden = begin + 16 + 2 * segmenten
    starts = struct.unpack_from(f">{segmenten}H", font, na_einden)
    deltas = struct.unpack_from(f">{segmenten}H", font, na_einden + 2 * segmenten)
    verwijzingen = na_einden + 4 * segmenten
    gevonden: set[int] = set()
    for nummer, (start, einde) in enumerate(zip(starts, einden, strict=True)):
        plek = verwijzingen + 2 * nummer
        verwijzing = struct.unpack_from(">H", font, plek)[0]
        for code in range(start, min(einde, 0xFFFE) + 1):
            if verwijzing:
                glief = struct.unpack_from(">H", font, plek + verwijzing + 2 * (code - start))[0]
            else:
                glief = (code + deltas[nummer]) & 0xFFFF
            if glief:
                gevonden.add(code)
    return gevonden

"""How names of gemeenten are ordered and found.

PostgreSQL here knows no Dutch order, so the key is our own.
"""

import re
import unicodedata

# Under these names people look for them; the official name stands first in nobody's mind.
OOK_BEKEND_ALS = {"0518": ("Den Haag",), "0796": ("Den Bosch",)}
MAX_ZOEK = 80

_LIDWOORD_MET_APOSTROF = re.compile(r"^['’`´]?s[- ]+(?=\w)|^['’`´]t +", re.IGNORECASE)
_TOEVOEGING = re.compile(r"\s*\([^)]*\)\s*$")


def vouw(tekst: str) -> str:
    """Small letters, no accents, and one space between what are words: "'s-Súdwest" becomes "s sudwest"."""
    zonder_accent = "".join(
        teken for teken in unicodedata.normalize("NFKD", tekst.casefold()) if not unicodedata.combining(teken)
    )
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"['’`´.]", "", zonder_accent)))


def sorteernaam(naam: str) -> str:
    """'s-Gravenhage stands under the G, as in every Dutch list."""
    return vouw(_LIDWOORD_MET_APOSTROF.sub("", naam.strip()))


def kernnaam(naam: str) -> str:
    """The name without what CBS adds to tell two apart.

    "Bergen (L.)" and "Bergen (NH.)" are both "bergen".
    """
    return vouw(_TOEVOEGING.sub("", naam))


def zoektekst(code: str, naam: str) -> str:
    """All under which a gemeente is found, each between bars: so a whole name is told from a part."""
    namen = [code, vouw(naam), kernnaam(naam), sorteernaam(naam)]
    namen += [vouw(ander) for ander in OOK_BEKEND_ALS.get(code, ())]
    return "|" + "|".join(dict.fromkeys(namen)) + "|"


def zoekwoord(tekst: str) -> str:
    """What somebody typed, in the form of `zoektekst`."""
    return vouw(tekst[:MAX_ZOEK])

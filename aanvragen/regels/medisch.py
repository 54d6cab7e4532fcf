"""Free text with words that look like a diagnosis, or with a BSN.

Whoever typed a medical word is warned, and decides: only a person can tell whether it is one (T123; AVG art. 5 and 9).
A BSN is refused. It has a field of its own where the law wants it; anywhere else it would be read by whoever reads
that text (UAVG art. 46; T129), and the sender can always do without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.nl import bsn as _bsn

_WOORDEN = (
    "dsm", "icd", "diagnose", "depressie", "depressieve", "angststoornis", "paniekstoornis", "ptss", "adhd", "autisme",
    "autistisch", "borderline", "bipolair", "bipolaire", "schizofrenie", "psychose", "psychotisch", "verslaving",
    "verslaafd", "suïcidaal", "suicidaal", "medicatie", "antidepressiva", "lithium", "eetstoornis", "burn-out",
    "dwangstoornis", "persoonlijkheidsstoornis", "fobie",
)  # fmt: skip
_PATROON = re.compile(
    r"(?<!\w)(?:"
    + "|".join(re.escape(woord) for woord in _WOORDEN)
    # DSM-IV and ICD-9 (296.32), ICD-10 (F32.1, F43)
    + r"|dsm[- ]?(?:iv|v|5|4)(?:-tr)?|(?:29|30|31)[0-9]\.[0-9]{1,2}|[fF][0-9]{2}(?:\.[0-9]{1,2})?)(?!\w)",
    re.IGNORECASE,
)
# Groups of digits, each time with the same sign between them; a letter against them makes it something else.
_CIJFERS = re.compile(r"(?<!\w)[0-9]+(?:([ .\-])[0-9]+(?:\1[0-9]+)*)?(?!\w)")
# More than any of our fields holds; the patterns need not walk through what was refused already.
_HOOGSTENS = 5000


@dataclass(frozen=True)
class Bevinding:
    """What was found in a text. `weigert`: it can't be sent so; else it is for the sender to decide."""

    code: str
    melding: str
    weigert: bool


def lijkt_medisch(tekst: str) -> bool:
    return bool(_PATROON.search(tekst[:_HOOGSTENS]))


def bevat_bsn(tekst: str) -> bool:
    """Is there a number in it that passes the elfproef of a BSN, written in one go or in groups?

    Of eight digits (the zero in front left out) only one that stands alone and is no date: one in eleven of all
    numbers passes, and dates and telephone numbers have eight digits too.
    """
    return any(_is_bsn(rij.group()) for rij in _CIJFERS.finditer(tekst[:_HOOGSTENS]))


def waarschuwing(veld: str) -> str:
    return (
        f"Bij “{veld}” lijkt een diagnose of een ander medisch gegeven te staan. Dat is niet nodig voor deze "
        "aanvraag. Haal het weg als dat zo is."
    )


def geen_bsn(veld: str) -> str:
    return (
        f"In {veld} staat een nummer dat een BSN lijkt. Haal het weg. Het BSN hoort alleen bij de gegevens van de "
        "deelnemer. Noem het kenmerk van de aanvraag."
    )


def bevindingen(veld: str, tekst: str) -> list[Bevinding]:
    """What the field with this label should not hold."""
    gevonden = []
    if bevat_bsn(tekst):
        gevonden.append(Bevinding("bsn", geen_bsn(f"“{veld}”"), weigert=True))
    if lijkt_medisch(tekst):
        melding = f"{waarschuwing(veld)} Is het toch nodig? Verstuur het dan nog een keer."
        gevonden.append(Bevinding("medisch", melding, weigert=False))
    return gevonden


def _is_bsn(rij: str) -> bool:
    groepen = re.split(r"[ .\-]", rij)
    if len(groepen) == 1 and len(rij) == 8:
        return not _lijkt_datum(rij) and _goed(rij)
    for begin in range(len(groepen)):
        cijfers = ""
        for groep in groepen[begin:]:
            cijfers += groep
            if len(cijfers) >= 9:
                break
        if len(cijfers) == 9 and _goed(cijfers):
            return True
    return False


def _goed(cijfers: str) -> bool:
    return bool(_bsn.is_valid(cijfers.zfill(9)))


def _lijkt_datum(acht: str) -> bool:
    """20190603 or 03062019."""
    jaar_voorop = acht[:2] in ("19", "20") and "01" <= acht[4:6] <= "12" and "01" <= acht[6:] <= "31"
    dag_voorop = acht[4:6] in ("19", "20") and "01" <= acht[:2] <= "31" and "01" <= acht[2:4] <= "12"
    return jaar_voorop or dag_voorop

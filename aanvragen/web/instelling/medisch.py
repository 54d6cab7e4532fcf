"""Words that look like a diagnosis. Whoever typed them is warned, and decides (domain text, T123; AVG art. 5)."""

from __future__ import annotations

import re

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
# More than any of our fields holds; the pattern need not walk through what was refused already.
_HOOGSTENS = 5000


def lijkt_medisch(tekst: str) -> bool:
    return bool(_PATROON.search(tekst[:_HOOGSTENS]))


def waarschuwing(veld: str) -> str:
    return (
        f"Bij “{veld}” lijkt een diagnose of een ander medisch gegeven te staan. Dat is niet nodig voor deze "
        "aanvraag. Haal het weg als dat zo is."
    )

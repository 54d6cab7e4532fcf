"""An amount in euros as people type it."""

from __future__ import annotations

import re

# Thousands may be set off by dots or spaces, cents by a comma; a point is taken for a comma where two digits follow.
_VORM = re.compile(r"(?:€\s*)?(\d{1,3}(?:[. ]\d{3})+|\d{1,10})(?:[,.](\d{2}|-{1,2}))?", re.ASCII)


def centen(getypt: str) -> int | None:
    """The integer cents of `8.000,00`, `8000`, `8000.00` or `€ 8.000,-`; None for anything else."""
    gevonden = _VORM.fullmatch(getypt.strip())
    if gevonden is None:
        return None
    heel, rest = gevonden.groups()
    deel = int(rest) if rest and rest.isdigit() else 0
    return int(re.sub(r"[. ]", "", heel)) * 100 + deel

"""An IBAN as people type it, and as it is kept."""

from __future__ import annotations

from stdnum import iban as _iban
from stdnum.exceptions import ValidationError


def schone_iban(getypt: str) -> str | None:
    """The IBAN without spaces, in capitals; None when its check digits, length or country are wrong (ISO 13616)."""
    try:
        nummer: str = _iban.validate(getypt)
    except ValidationError:
        return None
    return nummer if nummer.isascii() and len(nummer) >= 14 else None

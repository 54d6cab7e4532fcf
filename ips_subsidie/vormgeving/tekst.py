"""What text from outside may hold, in one place: digits are 0-9, and what cannot be stored is taken out."""

import re

# Control characters that neither the database nor XML can hold; tab and line ends stay.
_VERBODEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def alleen_cijfers(tekst: str) -> bool:
    """Only 0 to 9: `str.isdigit` also holds for digits of other scripts, which `int` would read."""
    return tekst.isascii() and tekst.isdigit()


def heeft_verboden_tekens(tekst: str) -> bool:
    return bool(_VERBODEN.search(tekst))


def zonder_verboden_tekens(tekst: str) -> str:
    return _VERBODEN.sub("", tekst)


def met_gewone_regeleinden(tekst: str) -> str:
    """A browser sends CRLF; a person counts one line end as one character."""
    return tekst.replace("\r\n", "\n").replace("\r", "\n")

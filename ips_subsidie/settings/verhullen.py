"""What no log line may hold is taken out of it, at every level and of every logger: the last step before it is written.

The first rule is that nobody gives a name, a BSN, a password, a token or the body of a request to a logger. This is for
what slips through all the same: the text of an exception, the path of a request, a line of somebody else's library.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from stdnum.nl import bsn

WEG = "[verhuld]"

# The name of a value that is a secret whatever it holds.
_GEHEIME_NAAM = re.compile(
    r"(?i)(wachtwoord|password|passwd|secret|geheim|token|sleutel|api_?key|authorization|cookie|session_?id|sessie_?id|"
    r"otp|csrf|body|verifier|assertion|bsn)"
)
# ... and what only looks like one.
_GEEN_GEHEIM = frozenset({"sleutel_naam", "foutcode"})
_NAAM_EN_WAARDE = re.compile(
    r"(?i)\b([\w-]*(?:wachtwoord|password|passwd|secret|geheim|token|sleutel|api_?key|session_?id|csrf|code_verifier|"
    r"client_assertion|code|state|nonce|key)[\w-]*)(['\"]?\s*[=:]\s*['\"]?)([^\s&'\",;)}]{6,})"
)
_AUTORISATIE = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}")
_MAILADRES = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CIJFERS = re.compile(r"(?<![\w.-])\d(?:[ .-]?\d){7,8}(?![\w-])")
# PostgreSQL tells in these which values a row has.
_RIJ = re.compile(r"(?m)^(DETAIL|CONTEXT|PARAMETERS?):.*(?:\n(?![A-Z]+:).+)*$")
_WAARDE_IN_FOUT = re.compile(r"'[^'\n]*'")
_FOUTREGEL = re.compile(
    r"(?m)^(?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?:Error|Exception|Warning|DoesNotExist|Fout)\b:.*$"
)
_UUID = re.compile(r"(?i)^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
_LANG_WOORD = re.compile(r"[A-Za-z0-9_:=+-]{20,}")
_TIJDSTIP = re.compile(r"^\d{4}-\d\d-\d\d[T:_-]")


def verhul(_logger: Any, _methode: str, gebeurtenis: Mapping[str, Any]) -> dict[str, Any]:
    """The same event without BSNs, tokens, passwords, keys, mail addresses and values of rows (for structlog)."""
    return {naam: _waarde(str(naam), waarde) for naam, waarde in gebeurtenis.items()}


def verhul_tekst(tekst: str) -> str:
    """This text without what must not be read in a log; what it was about stays."""
    tekst = _RIJ.sub(lambda gevonden: f"{gevonden[1]}: {WEG}", tekst)
    # The values that an exception quotes are of people more often than not; the names in double quotes are of columns.
    tekst = _FOUTREGEL.sub(lambda regel: _WAARDE_IN_FOUT.sub(f"'{WEG}'", regel[0]), tekst)
    tekst = _AUTORISATIE.sub(lambda gevonden: f"{gevonden[1]} {WEG}", tekst)
    tekst = _NAAM_EN_WAARDE.sub(lambda gevonden: f"{gevonden[1]}{gevonden[2]}{WEG}", tekst)
    tekst = _MAILADRES.sub(WEG, tekst)
    tekst = _CIJFERS.sub(lambda gevonden: WEG if is_bsn(gevonden[0]) else gevonden[0], tekst)
    return _LANG_WOORD.sub(lambda gevonden: WEG if is_geheim_woord(gevonden[0]) else gevonden[0], tekst)


def is_bsn(cijfers: str) -> bool:
    """Does this number, written in one go or in groups, pass the elfproef of a BSN?"""
    kaal = re.sub(r"\D", "", cijfers)
    return len(kaal) == 9 and bsn.is_valid(kaal)


def is_geheim_woord(woord: str) -> bool:
    """A long word with several digits: a token, a key, the secret part of a link. A UUID or an instant is none."""
    if _UUID.match(woord) or _TIJDSTIP.match(woord):
        return False
    return sum(teken.isdigit() for teken in woord) >= 3 and any(teken.isalpha() for teken in woord)


def _waarde(naam: str, waarde: Any) -> Any:
    if naam == "timestamp":
        return waarde
    if _GEHEIME_NAAM.search(naam) and naam not in _GEEN_GEHEIM and waarde is not None:
        return WEG
    return _schoon(waarde)


def _schoon(waarde: Any) -> Any:
    if isinstance(waarde, bool | float) or waarde is None:
        return waarde
    if isinstance(waarde, int):
        return WEG if is_bsn(str(waarde)) else waarde
    if isinstance(waarde, Mapping):
        return {str(naam): _waarde(str(naam), deel) for naam, deel in waarde.items()}
    if isinstance(waarde, list | tuple | set | frozenset):
        return [_schoon(deel) for deel in waarde]
    return verhul_tekst(waarde if isinstance(waarde, str) else str(waarde))

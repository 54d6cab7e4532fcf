"""Odd values that any field may be sent, and what of them may never come back as it was."""

from __future__ import annotations

import os

# By name: all values in all fields, where a run otherwise tries a part.
ALLE = os.environ.get("IPS_WAARDEN") == "alle"
# Each is cut off by no browser: what a script sends.
WAARDEN: dict[str, str] = {
    "leeg": "",
    "spaties": "   ",
    "nul": "\x00",
    "nul in tekst": "a\x00b",
    "besturing": "\x01\x08\x0b\x1f\x7f",
    "vreemde regeleinden": "a\r\nb\rc\u2028d\u2029e\u0085f",
    "tab": "a\tb",
    "emoji": "🙂👩\u200d👩\u200d👧",
    "rechts naar links": "\u202e\u2066gnp.exe\u2069 مرحبا",
    "onzichtbaar": "\u200b\u200c\u200d\ufeff\u00ad",
    "stapel van tekens": "Z" + "\u0301\u0316\u0321" * 60,
    "losse helft": "\ud800",
    "geen teken": "\uffff\ufffe",
    "buiten het vlak": "\U0010ffff",
    "volle breedte": "１２３４５６７８９",
    "arabische cijfers": "١٢٣٤٥٦٧٨٢",
    "devanagari": "६५११",
    "onderstreept getal": "1_000",
    "macht": "1e309",
    "geen getal": "NaN",
    "oneindig": "-Infinity",
    "groot getal": "9" * 40,
    "net te groot": "9223372036854775808",
    "negatief": "-1",
    "nul nul": "-0",
    "hexadecimaal": "0x1A",
    "breuk": "1/3",
    "komma": "1,5",
    "lange tekst": "x" * 20_000,
    "lang woord": "é" * 3_000,
    "veel regels": "\n" * 2_000,
    "script": "<script>alert(1)</script>",
    "plaatje": "\"><img src=x onerror=alert(1)>",
    "einde van tekst": "</textarea></title></style><svg/onload=alert(1)>",
    "aanhalingstekens": "' onmouseover='alert(1)' \"",
    "javascript": "javascript:alert(1)",
    "sjabloon": "{{ 7777*7777 }}{% debug %}",
    "opmaak": "%s%d%n%(x)s{0}{x.__class__}",
    "typst": "#eval(\"7777*7777\") #read(\"/etc/passwd\") $x$ ``` ]",
    "sql": "' OR '1'='1'; DROP TABLE toegang_gebruiker; --",
    "like": "%_\\",
    "pad": "../../../../etc/passwd",
    "kop": "x\r\nSet-Cookie: kwaad=1\r\n\r\n<html>",
    "mail": "a@b.example\nBcc: kwaad@kwaad.example",
    "adres": "//kwaad.example/%2e%2e",
    "json": "{\"a\": [1, {\"$gt\": \"\"}]}",
    "xml": "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><x>&y;</x>",
    "formule": "=HYPERLINK(\"https://kwaad.example\")",
    "datum die niet is": "2019-02-30",
    "jaar nul": "0000-00-00",
    "ver jaar": "99999-01-01",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "waar": "True",
    "niets": "None",
}  # fmt: skip

# What the page may not hold: markup that came from outside, an expression that was worked out, a file of the machine.
NOOIT_TERUG = (
    "<script>alert(1)",
    "<img src=x",
    "<svg/onload",
    "' onmouseover='alert",
    'href="javascript:',
    "60481729",  # 7777 × 7777
    "60.481.729",
    "root:x:0:0",
    "Traceback (most recent",
    "psycopg",
    "DataError",
)


def verstuurbaar(waarde: str) -> str:
    """As the bytes of a browser would arrive: half of a pair can't be encoded, and is sent broken."""
    return waarde.encode("utf-8", "surrogatepass").decode("utf-8", "replace")

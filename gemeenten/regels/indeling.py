"""What a file with the gemeentelijke indeling says: checked rows, or every error with its line.

Columns: code;naam;provincie;geldig_van;geldig_tot;opvolgers. `geldig_tot` is exclusive, opvolgers are codes
with a space between them. Source of the facts: CBS, Gemeentelijke indeling.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

KOLOMMEN = ["code", "naam", "provincie", "geldig_van", "geldig_tot", "opvolgers"]
PROVINCIES = frozenset({
    "Drenthe", "Flevoland", "Friesland", "Gelderland", "Groningen", "Limburg",
    "Noord-Brabant", "Noord-Holland", "Overijssel", "Utrecht", "Zeeland", "Zuid-Holland",
})  # fmt: skip
MAX_NAAM = 80
MAX_BYTES = 1_000_000
_CODE = re.compile(r"[0-9]{4}")
_DATUM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Rij:
    regel: int
    code: str
    naam: str
    provincie: str
    geldig_van: date | None
    geldig_tot: date | None
    opvolgers: tuple[str, ...]

    def geldig_op(self, dag: date) -> bool:
        na_begin = self.geldig_van is None or self.geldig_van <= dag
        return na_begin and (self.geldig_tot is None or dag < self.geldig_tot)


class IndelingFout(ValueError):
    """The file is refused as a whole; `fouten` names each line and what is wrong with it."""

    def __init__(self, fouten: Iterable[tuple[int, str]]) -> None:
        self.fouten = sorted(fouten)
        super().__init__("\n".join(f"Regel {regel}: {melding}" for regel, melding in self.fouten))


def lees(inhoud: bytes) -> list[Rij]:
    """All rows of the file. Raises IndelingFout with every error at once."""
    tekst = _tekst(inhoud)
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=";", strict=True)
    fouten: list[tuple[int, str]] = []
    rijen: list[Rij] = []
    try:
        if next(lezer, []) != KOLOMMEN:
            raise IndelingFout([(1, f"De kop moet zijn: {';'.join(KOLOMMEN)}")])
        for velden in lezer:
            if not any(velden):
                continue
            try:
                rijen.append(_rij(lezer.line_num, velden))
            except ValueError as fout:
                fouten.append((lezer.line_num, str(fout)))
    except csv.Error as fout:
        raise IndelingFout([(max(lezer.line_num, 1), f"Dit is geen geldige CSV: {fout}.")]) from None
    fouten += _dubbele(rijen)
    if not fouten:
        fouten = _verkeerde_opvolgers(rijen)
    if not rijen and not fouten:
        fouten = [(1, "Er staan geen gemeenten in.")]
    if fouten:
        raise IndelingFout(fouten)
    return rijen


def _tekst(inhoud: bytes) -> str:
    if len(inhoud) > MAX_BYTES:
        raise IndelingFout([(1, "Dit bestand is te groot voor een lijst van gemeenten.")])
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        regel = inhoud[: fout.start].count(b"\n") + 1
        raise IndelingFout([(regel, "Dit is geen UTF-8.")]) from None
    if "\0" in tekst:
        raise IndelingFout([(tekst[: tekst.index("\0")].count("\n") + 1, "Hier staat een nul-teken.")])
    return tekst


def _rij(regel: int, velden: list[str]) -> Rij:
    if len(velden) != len(KOLOMMEN):
        raise ValueError(f"Hier staan {len(velden)} velden, het moeten er {len(KOLOMMEN)} zijn.")
    code, naam, provincie, van, tot, opvolgers = velden
    if not _CODE.fullmatch(code):
        raise ValueError(f"De code {code!r} is niet vier cijfers.")
    if not naam.strip() or naam != naam.strip() or len(naam) > MAX_NAAM or not naam.isprintable():
        raise ValueError(f"De naam {naam!r} is leeg, te lang, of heeft tekens die er niet horen.")
    if provincie not in PROVINCIES:
        raise ValueError(f"De provincie {provincie!r} bestaat niet.")
    geldig_van, geldig_tot = _datum(van, "geldig_van"), _datum(tot, "geldig_tot")
    if geldig_van and geldig_tot and geldig_tot <= geldig_van:
        raise ValueError("geldig_tot moet later zijn dan geldig_van.")
    codes = tuple(opvolgers.split())
    if any(not _CODE.fullmatch(opvolger) for opvolger in codes) or len(set(codes)) != len(codes):
        raise ValueError(f"De opvolgers {opvolgers!r} zijn geen verschillende codes van vier cijfers.")
    if bool(codes) != bool(geldig_tot):
        raise ValueError("Een gemeente heeft opvolgers als zij een geldig_tot heeft, en anders niet.")
    return Rij(regel, code, naam, provincie, geldig_van, geldig_tot, codes)


def _datum(tekst: str, kolom: str) -> date | None:
    if not tekst:
        return None
    if not _DATUM.fullmatch(tekst):
        raise ValueError(f"{kolom} {tekst!r} is geen datum als 2021-01-01.")
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise ValueError(f"{kolom} {tekst} bestaat niet.") from None


def _dubbele(rijen: list[Rij]) -> list[tuple[int, str]]:
    eerste: dict[str, int] = {}
    fouten = []
    for rij in rijen:
        if rij.code in eerste:
            fouten.append((rij.regel, f"De code {rij.code} staat ook op regel {eerste[rij.code]}."))
        eerste.setdefault(rij.code, rij.regel)
    return fouten


def _verkeerde_opvolgers(rijen: list[Rij]) -> list[tuple[int, str]]:
    """An opvolger is in the file and exists on the day it takes over.

    So a chain can never come back to itself.
    """
    per_code = {rij.code: rij for rij in rijen}
    fouten = []
    for rij in rijen:
        for code in rij.opvolgers:
            opvolger = per_code.get(code)
            if opvolger is None:
                fouten.append((rij.regel, f"De opvolger {code} staat niet in het bestand."))
            elif rij.geldig_tot and not opvolger.geldig_op(rij.geldig_tot):
                fouten.append((rij.regel, f"De opvolger {code} bestaat niet op {rij.geldig_tot}."))
    return fouten

"""Reading the quality list from a CSV file. It is all good, or every fault in it is named by its line."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

VERPLICHT = ("kvk", "naam", "geldig_van", "geldig_tot")
SCORE = ("fidelity_score", "fidelity_datum")
KOLOMMEN = (*VERPLICHT, *SCORE)
LAAGSTE_SCORE, HOOGSTE_SCORE = 25, 125
MAX_BYTES = 1_000_000
MAX_REGELS = 5_000
MAX_NAAM = 200

# A spreadsheet takes a cell that begins like this for a formula, and carries it out.
_FORMULE = ("=", "+", "-", "@", "\t", "\r")
_EERSTE_JAAR, _LAATSTE_JAAR = 2000, 2100
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_NEDERLANDS = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})")
_OPSLAAN = "Kies in Excel bij Opslaan als voor “CSV UTF-8”, en kies het bestand opnieuw."


@dataclass(frozen=True)
class Fout:
    """What is wrong, and on which line of the file (from 1); 0 when it is about the whole of it."""

    regel: int
    tekst: str

    def __str__(self) -> str:
        return f"Regel {self.regel}: {self.tekst}" if self.regel else self.tekst


class LijstFout(Exception):
    """The list cannot be used; `fouten` has at least one entry, in order of line."""

    def __init__(self, fouten: Iterable[Fout]) -> None:
        self.fouten = tuple(sorted(fouten, key=lambda fout: fout.regel))
        assert self.fouten, "een lijst zonder fout is goed"
        super().__init__("; ".join(map(str, self.fouten)))


@dataclass(frozen=True)
class Lijstregel:
    """One erkenning on the list: from `geldig_van` until (not on) `geldig_tot`; `score` and its day, or neither."""

    regel: int
    kvk: str
    naam: str
    geldig_van: date
    geldig_tot: date | None
    score: int | None = None
    score_datum: date | None = None


@dataclass(frozen=True)
class Lijst:
    """`met_score`: the file has columns for the score; without them it says nothing about scores."""

    regels: tuple[Lijstregel, ...]
    met_score: bool


def ontcijfer(inhoud: bytes) -> str:
    """The text of an uploaded file: UTF-8, with or without BOM. Raises LijstFout."""
    if len(inhoud) > MAX_BYTES:
        raise LijstFout([Fout(0, "Het bestand is te groot. Het mag niet groter zijn dan 1 MB.")])
    if inhoud.startswith(b"PK\x03\x04"):
        raise LijstFout([Fout(0, f"Dit is geen CSV-bestand maar bijvoorbeeld een Excel-bestand. {_OPSLAAN}")])
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        regel = inhoud.count(b"\n", 0, fout.start) + 1
        raise LijstFout([Fout(regel, f"dit bestand is niet opgeslagen als UTF-8. {_OPSLAAN}")]) from None
    if "\x00" in tekst:
        regel = tekst.count("\n", 0, tekst.index("\x00")) + 1
        raise LijstFout([Fout(regel, f"dit is geen tekst. {_OPSLAAN}")])
    return tekst


def lees(tekst: str, vandaag: date) -> Lijst:
    """The list in this text, with semicolons or commas. Raises LijstFout with every fault in it."""
    rijen = _rijen(tekst)
    if not rijen:
        raise LijstFout([Fout(0, "Het bestand is leeg.")])
    kop = _kop(*rijen[0])
    if len(rijen) == 1:
        raise LijstFout([Fout(0, "Onder de kop staat geen enkele instelling.")])
    if len(rijen) - 1 > MAX_REGELS:
        hoeveel = f"{len(rijen) - 1:,}".replace(",", ".")
        raise LijstFout([Fout(0, f"De lijst heeft {hoeveel} regels. Het mogen er hoogstens 5.000 zijn.")])
    regels: list[Lijstregel] = []
    fouten: list[Fout] = []
    for nummer, cellen in rijen[1:]:
        lezer = _Regellezer(nummer, kop, cellen, vandaag)
        gelezen = lezer.lees()
        fouten += lezer.fouten
        if gelezen is not None:
            regels.append(gelezen)
    fouten += _dubbel(regels)
    if fouten:
        raise LijstFout(fouten)
    return Lijst(tuple(regels), met_score=SCORE[0] in kop)


def _rijen(tekst: str) -> list[tuple[int, list[str]]]:
    """The rows that hold something, each with the line on which it ends."""
    eerste = tekst.lstrip("\r\n").split("\n", 1)[0]
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=";" if ";" in eerste else ",", strict=True)
    rijen: list[tuple[int, list[str]]] = []
    try:
        for cellen in lezer:
            if any(cel.strip() for cel in cellen):
                rijen.append((lezer.line_num, cellen))
    except csv.Error:
        melding = "de aanhalingstekens kloppen niet, of er staat te veel in één cel."
        raise LijstFout([Fout(lezer.line_num, melding)]) from None
    return rijen


def _kop(nummer: int, cellen: list[str]) -> list[str]:
    """The names of the columns. Raises LijstFout when one is missing, unknown or there twice."""
    kop = [cel.strip().lower() for cel in cellen]
    while kop and not kop[-1]:
        kop.pop()
    fouten = [f"de kolom {naam} ontbreekt." for naam in VERPLICHT if naam not in kop]
    fouten += [f"de kolom “{naam[:40]}” kennen wij niet." for naam in kop if naam not in KOLOMMEN]
    fouten += [f"de kolom {naam} staat er twee keer." for naam in KOLOMMEN if kop.count(naam) > 1]
    if len([naam for naam in SCORE if naam in kop]) == 1:
        fouten.append(f"de kolommen {SCORE[0]} en {SCORE[1]} horen bij elkaar.")
    if fouten:
        uitleg = f"De eerste regel moet zijn: {';'.join(KOLOMMEN)}. De laatste twee kolommen mogen weg."
        raise LijstFout([*(Fout(nummer, fout) for fout in fouten), Fout(nummer, uitleg)])
    return kop


def _dubbel(regels: Iterable[Lijstregel]) -> list[Fout]:
    """Two lines about the same instelling and the same first day: one of them is wrong."""
    gezien: dict[tuple[str, date], int] = {}
    fouten = []
    for regel in regels:
        eerder = gezien.setdefault((regel.kvk, regel.geldig_van), regel.regel)
        if eerder != regel.regel:
            fouten.append(
                Fout(regel.regel, f"KvK-nummer {regel.kvk} met deze begindatum staat ook op regel {eerder}.")
            )
    return fouten


class _Regellezer:
    """Reads one row, and keeps what is wrong with it."""

    def __init__(self, nummer: int, kop: list[str], cellen: list[str], vandaag: date) -> None:
        self.nummer, self.vandaag = nummer, vandaag
        self.fouten: list[Fout] = []
        te_veel = [cel for cel in cellen[len(kop) :] if cel.strip()]
        if len(cellen) < len(kop) or te_veel:
            self._fout(f"hier staan {len(cellen)} kolommen, en in de kop {len(kop)}.")
            self.cellen: Mapping[str, str] = {}
        else:
            self.cellen = dict(zip(kop, cellen, strict=False))

    def lees(self) -> Lijstregel | None:
        if self.fouten or not self._veilig():
            return None
        kvk, naam = self._kvk(), self._naam()
        van, tot = self._dag("geldig_van"), self._dag("geldig_tot", leeg=True)
        score, score_datum = self._score()
        if van and tot and tot <= van:
            self._fout("de einddatum (geldig_tot) ligt niet na de begindatum (geldig_van).")
        if self.fouten or van is None:
            return None
        return Lijstregel(self.nummer, kvk, naam, van, tot, score, score_datum)

    def _veilig(self) -> bool:
        """No cell is a formula or holds signs that nobody sees."""
        for kolom, cel in self.cellen.items():
            begin = next((teken for teken in _FORMULE if cel.startswith(teken)), "")
            begin = begin or next((teken for teken in _FORMULE[:4] if cel.strip().startswith(teken)), "")
            if begin:
                noem = "een tab" if begin.isspace() else f"“{begin}”"
                self._fout(
                    f"de kolom {kolom} begint met {noem}. Een rekenprogramma kan dat als formule uitvoeren. "
                    "Haal het weg."
                )
            elif any(unicodedata.category(teken) in ("Cc", "Cf", "Zl", "Zp") for teken in cel):
                self._fout(f"in de kolom {kolom} staat een onzichtbaar teken. Typ de cel opnieuw.")
        return not self.fouten

    def _kvk(self) -> str:
        kvk = self.cellen["kvk"].strip()
        if not re.fullmatch(r"[0-9]{8}", kvk):
            self._fout(
                f"KvK-nummer “{kvk[:20]}” heeft geen 8 cijfers. Een rekenprogramma laat een 0 vooraan soms weg."
            )
        return kvk

    def _naam(self) -> str:
        naam = " ".join(self.cellen["naam"].split())
        if not naam:
            self._fout("de naam ontbreekt.")
        elif len(naam) > MAX_NAAM:
            self._fout(f"de naam is langer dan {MAX_NAAM} tekens.")
        return naam

    def _dag(self, kolom: str, *, leeg: bool = False) -> date | None:
        getypt = self.cellen[kolom].strip()
        if not getypt:
            if not leeg:
                self._fout(f"{kolom} ontbreekt.")
            return None
        dag = _als_dag(getypt)
        if dag is None:
            self._fout(
                f"{kolom} “{getypt[:20]}” is geen datum. Schrijf jaar-maand-dag, bijvoorbeeld 2023-03-01."
            )
        return dag

    def _score(self) -> tuple[int | None, date | None]:
        if SCORE[0] not in self.cellen:
            return None, None
        getypt, dag = self.cellen[SCORE[0]].strip(), self._dag(SCORE[1], leeg=True)
        if not getypt and not self.cellen[SCORE[1]].strip():
            return None, None
        if not getypt or not self.cellen[SCORE[1]].strip():
            self._fout(
                "een score en de datum van de score horen bij elkaar: vul beide in, of geen van beide."
            )
            return None, None
        score = int(getypt) if re.fullmatch(r"[0-9]{1,3}", getypt) else 0
        if not LAAGSTE_SCORE <= score <= HOOGSTE_SCORE:
            self._fout(
                f"de score “{getypt[:20]}” is geen heel getal van {LAAGSTE_SCORE} tot en met {HOOGSTE_SCORE}."
            )
        if dag and dag > self.vandaag:
            self._fout(f"de datum van de score, {dag:%d-%m-%Y}, is nog niet geweest.")
        return score, dag

    def _fout(self, tekst: str) -> None:
        self.fouten.append(Fout(self.nummer, tekst))


def _als_dag(getypt: str) -> date | None:
    """2023-03-01 or 1-3-2023; None for anything else, and for a year that nobody means."""
    if iso := _ISO.fullmatch(getypt):
        jaar, maand, dag = (int(deel) for deel in iso.groups())
    elif gewoon := _NEDERLANDS.fullmatch(getypt):
        dag, maand, jaar = (int(deel) for deel in gewoon.groups())
    else:
        return None
    if not _EERSTE_JAAR <= jaar <= _LAATSTE_JAAR:
        return None
    try:
        return date(jaar, maand, dag)
    except ValueError:
        return None

"""Reading TOML strictly: every key is asked for and of the right kind, and an error names its line."""

from __future__ import annotations

import errno
import re
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
_WOORD = r"""(?:[\w\-]+|"[^"]*"|'[^']*')"""
_NAAM = rf"{_WOORD}(?:\s*\.\s*{_WOORD})*"
_KOP = re.compile(rf"^\s*(\[\[?)\s*({_NAAM})\s*\]\]?\s*(#.*)?$")
_SLEUTEL = re.compile(rf"^\s*({_NAAM})\s*=")
_REGELNUMMER = re.compile(r"at line (\d+)")
_CODE = re.compile(r"[A-Za-z0-9_-]{2,40}")
_MEERREGELIG = re.compile(r'"""|' + "'''")
# The default of a getter that has none: the key must be there.
VERPLICHT: Any = object()


class TomlFout(Exception):
    """The text is wrong; `regel` is the line (1-based) it is about, 0 when it is about the whole of it."""

    def __init__(self, regel: int, melding: str) -> None:
        self.regel, self.melding = regel, melding
        super().__init__(f"regel {regel}: {melding}" if regel else melding)


# Beyond these nobody means it, and a date or a column overflows.
_HOOGSTE = {"cent": 10**12, "maanden": 1_200, "weken": 520, "dagen": 3_650}
_MEESTE = 1_000_000
_EERSTE_DAG, _LAATSTE_DAG = date(1900, 1, 1), date(2200, 1, 1)
_WAAROM = {
    errno.ENOENT: "dat bestand of die map bestaat niet",
    errno.EISDIR: "het is een map",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EACCES: "u hebt er geen rechten voor",
    errno.EROFS: "er kan daar niets worden geschreven",
    errno.ENOSPC: "de schijf is vol",
    errno.ENAMETOOLONG: "het pad is te lang",
    errno.ELOOP: "de koppeling verwijst naar zichzelf",
}


def waarom(fout: OSError | ValueError) -> str:
    """In Dutch, why a file could not be opened; a path that no file can have is a ValueError."""
    if isinstance(fout, OSError):
        return _WAAROM.get(fout.errno or 0) or f"fout {fout.errno} van het systeem"
    return "zo kan een pad niet heten"


class Tabel:
    """A table that gives its keys once, checks their kind, and knows on which line they stand.

    What is wrong is raised as `fout_soort`. A getter with a `standaard` gives that where the key is absent.
    """

    def __init__(
        self, waarden: dict[str, Any], pad: str, regels: dict[str, int], fout_soort: type[TomlFout]
    ) -> None:
        self._waarden, self._over = waarden, dict(waarden)
        self._pad, self._regels, self._fout_soort = pad, regels, fout_soort

    def regel(self, sleutel: str = "") -> int:
        """The line of this key; of the table, or what holds it, where the key has no line of its own."""
        delen = f"{self._pad}{sleutel}".rstrip(".").split(".")
        while delen:
            pad = ".".join(delen)
            if gevonden := self._regels.get(pad) or self._regels.get(f"{pad}."):
                return gevonden
            delen.pop()
        return 0

    def fout(self, sleutel: str, melding: str) -> TomlFout:
        return self._fout_soort(self.regel(sleutel), f"“{sleutel}”: {melding}")

    def _neem(self, sleutel: str, soort: type | tuple[type, ...], naam: str, standaard: Any) -> Any:
        if sleutel not in self._over:
            if standaard is VERPLICHT:
                raise self.fout(sleutel, "ontbreekt")
            return standaard
        waarde = self._over.pop(sleutel)
        if not isinstance(waarde, soort) or (isinstance(waarde, bool) and soort is not bool):
            raise self.fout(sleutel, f"moet {naam} zijn")
        return waarde

    def tekst(self, sleutel: str, standaard: Any = VERPLICHT) -> str:
        waarde = str(self._neem(sleutel, str, "een tekst", standaard))
        if standaard is VERPLICHT and not waarde.strip():
            raise self.fout(sleutel, "mag niet leeg zijn")
        return waarde

    def code(self, sleutel: str = "code") -> str:
        waarde = self.tekst(sleutel)
        if not _CODE.fullmatch(waarde):
            raise self.fout(sleutel, "bestaat uit 2 tot 40 letters, cijfers, - of _")
        return waarde

    def getal(self, sleutel: str, laagste: int = 0, standaard: Any = VERPLICHT) -> Any:
        """An integer from `laagste` up to what its unit allows; the unit is the last word of the key."""
        waarde = self._neem(sleutel, int, "een heel getal", standaard)
        hoogste = _HOOGSTE.get(sleutel.rsplit("_", 1)[-1], _MEESTE)
        if waarde is not None and waarde < laagste:
            raise self.fout(sleutel, f"moet {laagste} of meer zijn")
        if waarde is not None and waarde > hoogste:
            raise self.fout(sleutel, f"mag hoogstens {hoogste} zijn")
        return waarde

    def janee(self, sleutel: str, standaard: Any = VERPLICHT) -> bool:
        return bool(self._neem(sleutel, bool, "true of false", standaard))

    def dag(self, sleutel: str, standaard: Any = VERPLICHT) -> Any:
        waarde = self._neem(sleutel, date, "een datum (jjjj-mm-dd)", standaard)
        if isinstance(waarde, datetime):
            raise self.fout(sleutel, "moet een datum zonder tijd zijn (jjjj-mm-dd)")
        if waarde is not None:
            self._binnen_bereik(sleutel, waarde)
        return waarde

    def moment(self, sleutel: str) -> datetime:
        """A date with a time and an offset: without one it is no instant."""
        waarde = self._neem(sleutel, datetime, "een datum met tijd (2019-06-01T10:00:00+02:00)", VERPLICHT)
        assert isinstance(waarde, datetime)
        if waarde.tzinfo is None:
            raise self.fout(sleutel, "mist de tijdzone; schrijf bijvoorbeeld 2019-06-01T10:00:00+02:00")
        self._binnen_bereik(sleutel, waarde.date())
        return waarde

    def _binnen_bereik(self, sleutel: str, dag: date) -> None:
        """A calendar has an end: a term or an offset beyond it is no date any more."""
        if not _EERSTE_DAG <= dag <= _LAATSTE_DAG:
            raise self.fout(sleutel, f"moet tussen {_EERSTE_DAG.year} en {_LAATSTE_DAG.year} liggen")

    def keuze(self, sleutel: str, soort: type[E], standaard: Any = VERPLICHT) -> E:
        waarde = self.tekst(sleutel, standaard)
        if waarde not in list(soort):
            raise self.fout(sleutel, f"“{waarde}” bestaat niet; kies uit: {', '.join(soort)}")
        return soort(waarde)

    def teksten(self, sleutel: str, standaard: Any = VERPLICHT) -> tuple[str, ...]:
        lijst = self._neem(sleutel, list, "een lijst", standaard)
        if not all(isinstance(w, str) for w in lijst):
            raise self.fout(sleutel, "moet een lijst van teksten zijn")
        return tuple(lijst)

    def getallen(self, sleutel: str, standaard: Any = VERPLICHT) -> tuple[int, ...]:
        lijst = self._neem(sleutel, list, "een lijst", standaard)
        hoogste = _HOOGSTE["dagen"]
        if not all(isinstance(w, int) and not isinstance(w, bool) and 0 <= w <= hoogste for w in lijst):
            raise self.fout(sleutel, f"moet een lijst van hele getallen vanaf 0 tot en met {hoogste} zijn")
        return tuple(sorted(set(lijst), reverse=True))

    def tabel(self, sleutel: str, standaard: Any = VERPLICHT) -> Tabel:
        waarde = self._neem(sleutel, dict, "een tabel", standaard)
        return Tabel(waarde, f"{self._pad}{sleutel}.", self._regels, self._fout_soort)

    def tabellen(self, sleutel: str, maak: Callable[[Tabel], T], minstens: int = 1) -> tuple[T, ...]:
        lijst = self._neem(sleutel, list, "een lijst van tabellen", [] if not minstens else VERPLICHT)
        if len(lijst) < minstens or not all(isinstance(w, dict) for w in lijst):
            raise self.fout(sleutel, "is een lijst van tabellen, met ten minste één")
        gemaakt = []
        for i, waarden in enumerate(lijst):
            tabel = Tabel(waarden, f"{self._pad}{sleutel}.{i}.", self._regels, self._fout_soort)
            gemaakt.append(maak(tabel))
            tabel.klaar()
        return tuple(gemaakt)

    def waarde(self, sleutel: str) -> Any:
        """The value as it stands there, of any kind; it does not count as asked for. None where it is absent."""
        return self._waarden.get(sleutel)

    def sleutels(self) -> list[str]:
        """The keys that nobody asked for yet."""
        return list(self._over)

    def vergeet(self) -> None:
        """Ask for nothing more of this table."""
        self._over.clear()

    def klaar(self) -> None:
        """Every key must have been asked for: a misspelt one is an error, not a silent default."""
        for sleutel in self._over:
            raise self.fout(sleutel, "is hier niet bekend")


def lees_toml(tekst: str, fout_soort: type[TomlFout]) -> Tabel:
    """The whole text as a table. Raises `fout_soort` where it is no TOML."""
    try:
        waarden = tomllib.loads(tekst)
    except tomllib.TOMLDecodeError as fout:
        gevonden = _REGELNUMMER.search(str(fout))
        regel = int(gevonden[1]) if gevonden else tekst.rstrip("\n").count("\n") + 1
        raise fout_soort(regel, f"geen geldige TOML ({fout})") from None
    except (ValueError, RecursionError):
        # Python's own limits: a number of thousands of digits, lists in lists without end.
        raise fout_soort(
            0, "geen geldige TOML (een getal is te lang, of er staat te veel in elkaar)"
        ) from None
    return Tabel(waarden, "", _regelnummers(tekst), fout_soort)


def _regelnummers(tekst: str) -> dict[str, int]:
    """The line on which each key and table stands, by path (`route.0.controle.1.code`)."""
    regels: dict[str, int] = {}
    teller: dict[str, int] = {}
    pad, lijst, in_tekst = "", "", False
    for nummer, regel in enumerate(tekst.split("\n"), start=1):
        was_in_tekst = in_tekst
        if len(_MEERREGELIG.findall(regel)) % 2:
            in_tekst = not in_tekst
        if was_in_tekst:
            continue
        if kop := _KOP.match(regel):
            naam, lijst = _zonder_aanhaling(kop[2]), ""
            pad = _pad_van_kop(naam, kop[1] == "[[", teller)
            regels.setdefault(pad, nummer)
            regels.setdefault(naam, nummer)
        elif sleutel := _SLEUTEL.match(regel):
            lijst = f"{pad}{_zonder_aanhaling(sleutel[1])}."
            regels.setdefault(lijst.rstrip("."), nummer)
        elif lijst and regel.lstrip().startswith("{"):
            # A list with one table a line.
            teller[lijst] = teller.get(lijst, -1) + 1
            regels.setdefault(f"{lijst}{teller[lijst]}.", nummer)
    return regels


def _zonder_aanhaling(naam: str) -> str:
    return re.sub(r"[\"'\s]", "", naam)


def _pad_van_kop(kop: str, is_lijst: bool, teller: dict[str, int]) -> str:
    pad = ""
    *ouders, laatste = kop.split(".")
    for ouder in ouders:
        pad += f"{ouder}."
        if pad in teller:
            pad += f"{teller[pad]}."
    pad += f"{laatste}."
    if is_lijst:
        teller[pad] = teller.get(pad, -1) + 1
        # A new element of an outer list starts its inner lists anew.
        for sleutel in [s for s in teller if s.startswith(pad) and s != pad]:
            del teller[sleutel]
        pad += f"{teller[pad]}."
    return pad

"""From the text of a TOML file to a Regelinginhoud. An error names the line and what is wrong."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from budget.regels.regeling import (
    Controle,
    Document,
    Doelgroep,
    DubbelTraject,
    Grond,
    Herinneringen,
    Instantie,
    NietPassend,
    Potten,
    RangBasis,
    Regelinginhoud,
    Regels,
    Route,
    Termijnen,
    Tijdvak,
    Toets,
    Vrijval,
)

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
_KOP = re.compile(r"^\s*\[\[?\s*([\w.\-]+)\s*\]\]?\s*(#.*)?$")
_SLEUTEL = re.compile(r"^\s*([\w\-]+)\s*=")
_REGELNUMMER = re.compile(r"at line (\d+)")
_CODE = re.compile(r"[A-Za-z0-9_-]{2,40}")


class RegelingFout(Exception):
    """The file is wrong; `regel` is the line (1-based) it is about, 0 when it is about the whole file."""

    def __init__(self, regel: int, melding: str) -> None:
        self.regel, self.melding = regel, melding
        super().__init__(f"regel {regel}: {melding}" if regel else melding)


class _Tabel:
    """A table of the file that gives its keys once, checks their kind, and knows on which line they stand."""

    def __init__(self, waarden: dict[str, Any], pad: str, regels: dict[str, int]) -> None:
        self._over, self._pad, self._regels = dict(waarden), pad, regels

    def regel(self, sleutel: str = "") -> int:
        return self._regels.get(f"{self._pad}{sleutel}", self._regels.get(self._pad, 0))

    def fout(self, sleutel: str, melding: str) -> RegelingFout:
        return RegelingFout(self.regel(sleutel), f"“{sleutel}”: {melding}")

    def _neem(self, sleutel: str, soort: type | tuple[type, ...], naam: str, standaard: Any) -> Any:
        if sleutel not in self._over:
            if standaard is _VERPLICHT:
                raise self.fout(sleutel, "ontbreekt")
            return standaard
        waarde = self._over.pop(sleutel)
        if not isinstance(waarde, soort) or (isinstance(waarde, bool) and soort is not bool):
            raise self.fout(sleutel, f"moet {naam} zijn")
        return waarde

    def tekst(self, sleutel: str, standaard: Any = ...) -> str:
        waarde = str(self._neem(sleutel, str, "een tekst", _VERPLICHT if standaard is ... else standaard))
        if standaard is ... and not waarde.strip():
            raise self.fout(sleutel, "mag niet leeg zijn")
        return waarde

    def code(self, sleutel: str = "code") -> str:
        waarde = self.tekst(sleutel)
        if not _CODE.fullmatch(waarde):
            raise self.fout(sleutel, "bestaat uit 2 tot 40 letters, cijfers, - of _")
        return waarde

    def getal(self, sleutel: str, laagste: int = 0, standaard: Any = ...) -> Any:
        waarde = self._neem(sleutel, int, "een heel getal", _VERPLICHT if standaard is ... else standaard)
        if waarde is not None and not laagste <= waarde <= 10**12:
            raise self.fout(sleutel, f"moet {laagste} of meer zijn")
        return waarde

    def janee(self, sleutel: str) -> bool:
        return bool(self._neem(sleutel, bool, "true of false", _VERPLICHT))

    def dag(self, sleutel: str) -> date:
        waarde = self._neem(sleutel, date, "een datum (jjjj-mm-dd)", _VERPLICHT)
        if type(waarde) is not date:
            raise self.fout(sleutel, "moet een datum zonder tijd zijn (jjjj-mm-dd)")
        return waarde

    def keuze(self, sleutel: str, soort: type[E]) -> E:
        waarde = self.tekst(sleutel)
        if waarde not in list(soort):
            raise self.fout(sleutel, f"“{waarde}” bestaat niet; kies uit: {', '.join(soort)}")
        return soort(waarde)

    def teksten(self, sleutel: str, standaard: Any = ...) -> tuple[str, ...]:
        lijst = self._neem(sleutel, list, "een lijst", _VERPLICHT if standaard is ... else standaard)
        if not all(isinstance(w, str) for w in lijst):
            raise self.fout(sleutel, "moet een lijst van teksten zijn")
        return tuple(lijst)

    def getallen(self, sleutel: str) -> tuple[int, ...]:
        lijst = self._neem(sleutel, list, "een lijst", _VERPLICHT)
        if not all(isinstance(w, int) and not isinstance(w, bool) and w >= 0 for w in lijst):
            raise self.fout(sleutel, "moet een lijst van hele getallen vanaf 0 zijn")
        return tuple(sorted(set(lijst), reverse=True))

    def tabel(self, sleutel: str, standaard: Any = ...) -> _Tabel:
        waarde = self._neem(sleutel, dict, "een tabel", _VERPLICHT if standaard is ... else standaard)
        return _Tabel(waarde, f"{self._pad}{sleutel}.", self._regels)

    def tabellen(self, sleutel: str, maak: Callable[[_Tabel], T], minstens: int = 1) -> tuple[T, ...]:
        lijst = self._neem(sleutel, list, "een lijst van tabellen", [] if not minstens else _VERPLICHT)
        if len(lijst) < minstens or not all(isinstance(w, dict) for w in lijst):
            raise self.fout(sleutel, "is een lijst van tabellen, met ten minste één")
        gemaakt = []
        for i, waarden in enumerate(lijst):
            tabel = _Tabel(waarden, f"{self._pad}{sleutel}.{i}.", self._regels)
            gemaakt.append(maak(tabel))
            tabel.klaar()
        return tuple(gemaakt)

    def sleutels(self) -> list[str]:
        return list(self._over)

    def klaar(self) -> None:
        """Every key must have been asked for: a misspelt one is an error, not a silent default."""
        for sleutel in self._over:
            raise self.fout(sleutel, "is hier niet bekend")


_VERPLICHT = object()


def lees_regeling(tekst: str) -> Regelinginhoud:
    """Read and check one regeling. Raises RegelingFout at the first error."""
    try:
        waarden = tomllib.loads(tekst)
    except tomllib.TOMLDecodeError as fout:
        regel = _REGELNUMMER.search(str(fout))
        raise RegelingFout(int(regel[1]) if regel else 0, f"geen geldige TOML ({fout})") from None
    t = _Tabel(waarden, "", _regelnummers(tekst))
    inhoud = Regelinginhoud(
        code=t.code(),
        naam=t.tekst("naam"),
        korte_naam=t.tekst("korte_naam"),
        grondslag=t.tekst("grondslag"),
        uitleg=t.tekst("uitleg"),
        voor_wie=t.tekst("voor_wie"),
        verplichtingen=t.teksten("verplichtingen"),
        tijdvakken=t.tabellen("tijdvak", _tijdvak),
        doelgroepen=t.tabellen("doelgroep", _doelgroep),
        routes=t.tabellen("route", _route),
        gronden=t.tabellen("grond", lambda g: Grond(g.code(), g.tekst("tekst"), g.tekst("bron"))),
        documenten=t.tabellen("document", _document, minstens=0),
        potten=_potten(t.tabel("potten")),
        termijnen=_termijnen(t.tabel("termijnen")),
        herinneringen=_herinneringen(t.tabel("herinneringen")),
        instantie=_instantie(t.tabel("instantie")),
        regels=_regels(t.tabel("regels")),
    )
    t.klaar()
    _controleer_samenhang(inhoud, t)
    return inhoud


def _tijdvak(t: _Tabel) -> Tijdvak:
    tijdvak = Tijdvak(t.code(), t.dag("van"), t.dag("tot_en_met"))
    if tijdvak.tot_en_met < tijdvak.van:
        raise t.fout("tot_en_met", "ligt voor “van”")
    return tijdvak


def _doelgroep(t: _Tabel) -> Doelgroep:
    return Doelgroep(t.code(), t.tekst("naam"), t.getal("maanden", 1), t.getal("verlenging_max_maanden"))


def _controle(t: _Tabel) -> Controle:
    return Controle(t.code(), t.tekst("vraag"), t.keuze("toets", Toets), t.code("grond"))


def _route(t: _Tabel) -> Route:
    route = Route(
        code=t.code(),
        naam=t.tekst("naam"),
        voor=t.tekst("voor"),
        toets=t.keuze("toets", Toets),
        toestemming=t.janee("toestemming"),
        rijk_cent=t.getal("rijk_cent"),
        gemeente_cent=t.getal("gemeente_cent"),
        uitkeringen=t.teksten("uitkeringen"),
        controles=t.tabellen("controle", _controle),
    )
    if not route.bedrag_cent:
        raise t.fout("rijk_cent", "een route zonder bedrag bestaat niet")
    return route


def _document(t: _Tabel) -> Document:
    return Document(t.code(), t.tekst("naam"), t.janee("verplicht"), t.teksten("routes", []))


def _potten(t: _Tabel) -> Potten:
    sub = t.tabel("sub_plafond", {})
    potten = Potten(
        plafond_trajecten=t.getal("plafond_trajecten", 0, None),
        plafond_bedrag_cent=t.getal("plafond_bedrag_cent", 0, None),
        cap_per_gemeente=t.getal("cap_per_gemeente", 0, None),
        cap_telt_routes=t.teksten("cap_telt_routes", []),
        sub_plafond={route: sub.getal(route) for route in sub.sleutels()},
    )
    t.klaar()
    return potten


def _termijnen(t: _Tabel) -> Termijnen:
    termijnen = Termijnen(
        beslistermijn_weken=t.getal("beslistermijn_weken", 1),
        hersteltermijn_dagen=t.getal("hersteltermijn_dagen", 1),
        behandeling_max_maanden=t.getal("behandeling_max_maanden", 1),
        bezwaartermijn_weken=t.getal("bezwaartermijn_weken", 1),
    )
    t.klaar()
    return termijnen


def _herinneringen(t: _Tabel) -> Herinneringen:
    herinneringen = Herinneringen(
        beslistermijn=t.getallen("beslistermijn"),
        hersteltermijn=t.getallen("hersteltermijn"),
        einde_tijdvak=t.getallen("einde_tijdvak"),
        einde_traject=t.getallen("einde_traject"),
        wachten_op_toestemming=t.getallen("wachten_op_toestemming"),
    )
    t.klaar()
    return herinneringen


def _instantie(t: _Tabel) -> Instantie:
    instantie = Instantie(t.tekst("beslisser"), t.teksten("bezwaar_adres"), t.tekst("mandaat", ""))
    t.klaar()
    return instantie


def _regels(t: _Tabel) -> Regels:
    vrijval = t.teksten("vrijval_bij")
    onbekend = [v for v in vrijval if v not in list(Vrijval)]
    if onbekend:
        raise t.fout("vrijval_bij", f"“{onbekend[0]}” bestaat niet; kies uit: {', '.join(Vrijval)}")
    regels = Regels(
        rang_basis=t.keuze("rang_basis", RangBasis),
        niet_passend_beleid=t.keuze("niet_passend_beleid", NietPassend),
        vrijval_bij=frozenset(Vrijval(v) for v in vrijval),
        aanvulling_na_sluiting=t.janee("aanvulling_na_sluiting"),
        dubbel_traject=t.keuze("dubbel_traject", DubbelTraject),
        geen_dienstverband=t.janee("geen_dienstverband"),
        start_voor_besluit=t.janee("start_voor_besluit"),
        toestemming_volgnummer=t.janee("toestemming_volgnummer"),
    )
    t.klaar()
    return regels


def _controleer_samenhang(inhoud: Regelinginhoud, t: _Tabel) -> None:
    """What one part of the file says of another must exist there."""
    for naam, codes in (
        ("tijdvak", [x.code for x in inhoud.tijdvakken]),
        ("doelgroep", [x.code for x in inhoud.doelgroepen]),
        ("route", [x.code for x in inhoud.routes]),
        ("grond", [x.code for x in inhoud.gronden]),
        ("document", [x.code for x in inhoud.documenten]),
    ):
        dubbel = {code for code in codes if codes.count(code) > 1}
        if dubbel:
            raise t.fout(naam, f"de code “{dubbel.pop()}” staat er twee keer")
    routes = {r.code for r in inhoud.routes}
    genoemd = {*inhoud.potten.cap_telt_routes, *inhoud.potten.sub_plafond}
    genoemd |= {route for document in inhoud.documenten for route in document.routes}
    if genoemd - routes:
        raise t.fout("potten", f"de route “{min(genoemd - routes)}” bestaat niet")
    gronden = {g.code for g in inhoud.gronden}
    nodig = {c.grond for r in inhoud.routes for c in r.controles}
    nodig |= {
        "buiten_tijdvak",
        "plafond",
        "sub_plafond",
        "cap_gemeente",
        "dubbel_traject",
        "geen_toestemming",
    }
    if nodig - gronden:
        raise t.fout("grond", f"de grond “{min(nodig - gronden)}” ontbreekt")
    op_volgorde = sorted(inhoud.tijdvakken, key=lambda v: v.van)
    for eerste, tweede in itertools.pairwise(op_volgorde):
        if tweede.van <= eerste.tot_en_met:
            raise t.fout("tijdvak", f"“{eerste.code}” en “{tweede.code}” overlappen elkaar")


def _regelnummers(tekst: str) -> dict[str, int]:
    """The line on which each key and table stands, by path (`route.0.controle.1.code`)."""
    regels: dict[str, int] = {}
    teller: dict[str, int] = {}
    pad = ""
    for nummer, regel in enumerate(tekst.splitlines(), start=1):
        kop = _KOP.match(regel)
        if kop:
            pad = _pad_van_kop(kop[1], regel.lstrip().startswith("[["), teller)
            regels.setdefault(pad, nummer)
            regels.setdefault(kop[1], nummer)
        elif sleutel := _SLEUTEL.match(regel):
            regels.setdefault(f"{pad}{sleutel[1]}", nummer)
    return regels


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

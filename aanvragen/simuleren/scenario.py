"""What a scenario says, read and checked before anything is played. An error names the line of the file.

Instants are aware datetimes and keep the offset that the file gave; amounts are integer cents, days inclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from aanvragen.simuleren.regelingen import INGEBOUWD, regeling_met
from budget.regels.regeling import Regelinginhoud
from budget.regels.tabel import Tabel, TomlFout, lees_toml, waarom
from budget.regels.wijzigen import is_parameter
from gemeenten.laden import INDELING
from gemeenten.regels.indeling import lees as lees_indeling
from ips_subsidie.kalender.dagen import datum_van


class ScenarioFout(TomlFout):
    """The scenario is wrong; nothing was played. `regel` is the line of the file, 0 when it is about all of it."""


class Wat(StrEnum):
    INDIENEN = "indienen"
    AANVULLING_VRAGEN = "aanvulling_vragen"
    AANVULLEN = "aanvullen"
    TOEKENNEN = "toekennen"
    AFWIJZEN = "afwijzen"
    BUITEN_BEHANDELING = "buiten_behandeling"
    INTREKKEN = "intrekken"
    STARTEN = "starten"
    STOPPEN = "stoppen"
    VERLENGEN = "verlengen"
    INTREKKEN_BESLUIT = "intrekken_besluit"
    PLAFOND_WIJZIGEN = "plafond_wijzigen"
    LOTEN = "loten"


@dataclass(frozen=True)
class Gebeurtenis:
    """One event; `keuzes` holds the keys that only this kind of event has, checked and with their defaults."""

    regel: int
    op: datetime
    wat: Wat
    aanvraag: str | None
    keuzes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """`regeling` is the text of the regeling with the overrides of the scenario in it, `inhoud` the same read."""

    regeling: str
    inhoud: Regelinginhoud
    gebeurtenissen: tuple[Gebeurtenis, ...]

    @property
    def gemeenten(self) -> tuple[str, ...]:
        """The codes of the gemeenten whose cap plays a part, in the order in which they come by."""
        routes = self.inhoud.potten.cap_telt_routes
        indieningen = [g.keuzes for g in self.gebeurtenissen if g.wat is Wat.INDIENEN]
        return tuple(dict.fromkeys(k["gemeente"] for k in indieningen if k["route"] in routes))

    @property
    def eigen_bedragen(self) -> bool:
        """Does an aanvraag have another amount or duration than the regeling says?"""
        return any(g.keuzes.get("bedrag_cent") or g.keuzes.get("maanden") for g in self.gebeurtenissen)


TABELLEN = ("regeling", "parameters", "gebeurtenis")
ALGEMEEN = ("op", "wat")
ONBEKENDE_PARAMETER = "deze parameter kent het systeem niet"
# As many numbers are kept for tests and pass the elfproef.
MAX_CLIENTEN = 9000
GRENZEN = ("plafond_trajecten", "plafond_bedrag_cent")
# The keys of each kind of event, beside `op` and `wat`.
SLEUTELS: dict[Wat, tuple[str, ...]] = {wat: ("aanvraag",) for wat in Wat} | {
    Wat.INDIENEN: (
        "aanvraag", "route", "gemeente", "doelgroep", "client", "bedrag_cent", "maanden", "startdatum", "volledig",
        "woont_in",
    ),
    Wat.AANVULLING_VRAGEN: ("aanvraag", "termijn_dagen", "op_formulier"),
    Wat.AFWIJZEN: ("aanvraag", "gronden"),
    Wat.STARTEN: ("aanvraag", "startdatum"),
    Wat.VERLENGEN: ("aanvraag", "maanden"),
    Wat.INTREKKEN_BESLUIT: ("aanvraag", "met_terugwerkende_kracht"),
    Wat.PLAFOND_WIJZIGEN: (*GRENZEN, "gepubliceerd_op"),
}  # fmt: skip


def lees_bestand(pad: Path) -> Scenario:
    """Read a scenario file. Raises ScenarioFout, also when the file cannot be read."""
    try:
        tekst = pad.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fout:
        raise ScenarioFout(0, "is geen tekst in UTF-8") from fout
    except (OSError, ValueError) as fout:
        raise ScenarioFout(0, f"kan niet worden gelezen ({waarom(fout)})") from fout
    return lees_scenario(tekst, pad.parent)


def lees_scenario(tekst: str, map_: Path) -> Scenario:
    """Read and check a scenario; a path to a regeling is relative to `map_`. Raises ScenarioFout at the first error."""
    toml = lees_toml(tekst, ScenarioFout)
    _weiger_onbekend(tekst)
    regeling, inhoud = regeling_met(toml, map_)
    lezer = _Lezer(inhoud)
    gebeurtenissen = toml.tabellen("gebeurtenis", lezer.gebeurtenis)
    toml.klaar()
    if len({g.keuzes["client"] for g in gebeurtenissen if g.wat is Wat.INDIENEN}) > MAX_CLIENTEN:
        raise ScenarioFout(0, f"er zijn hooguit {MAX_CLIENTEN} cliënten in een simulatie")
    return Scenario(regeling, inhoud, gebeurtenissen)


def _weiger_onbekend(tekst: str) -> None:
    """The first line with an event, a key or a parameter that nobody knows goes before all other errors."""
    toml, fouten = lees_toml(tekst, ScenarioFout), []

    def bekijk(t: Tabel) -> None:
        try:
            sleutels = SLEUTELS[t.keuze("wat", Wat)]
        except TomlFout as fout:
            fouten.append(fout)
            sleutels = tuple(s for rij in SLEUTELS.values() for s in rij)
        fouten.extend(t.fout(s, "is hier niet bekend") for s in _over(t, (*ALGEMEEN, *sleutels)))
        t.vergeet()

    fouten += [toml.fout(s, "is hier niet bekend") for s in _over(toml, TABELLEN)]
    try:
        parameters = toml.tabel("parameters", {})
        fouten += [
            parameters.fout(s, ONBEKENDE_PARAMETER)
            for s in parameters.sleutels()
            if not is_parameter(s) and s not in INGEBOUWD
        ]
        toml.tabellen("gebeurtenis", bekijk)
    except TomlFout as fout:
        fouten.append(fout)
    if fouten:
        raise min(fouten, key=lambda fout: fout.regel)


def _over(t: Tabel, bekend: tuple[str, ...]) -> list[str]:
    return [s for s in t.sleutels() if s not in bekend]


class _Lezer:
    """Reads the events one after another and remembers what came before."""

    def __init__(self, inhoud: Regelinginhoud) -> None:
        self.inhoud = inhoud
        self.gemeenten = {rij.code for rij in lees_indeling(INDELING.read_bytes())}
        self.vorige: datetime | None = None
        self.ingediend: dict[str, Mapping[str, Any]] = {}
        self.keuzes: dict[Wat, Callable[[Tabel], dict[str, Any]]] = {
            Wat.INDIENEN: self._indienen,
            Wat.AANVULLING_VRAGEN: lambda t: {
                "termijn_dagen": t.getal("termijn_dagen", 1, None),
                "op_formulier": t.janee("op_formulier", True),
            },
            Wat.AFWIJZEN: self._afwijzen,
            Wat.STARTEN: lambda t: {"startdatum": t.dag("startdatum", None)},
            Wat.VERLENGEN: lambda t: {"maanden": t.getal("maanden", 1)},
            Wat.INTREKKEN_BESLUIT: lambda t: {
                "met_terugwerkende_kracht": t.janee("met_terugwerkende_kracht", False)
            },
            Wat.PLAFOND_WIJZIGEN: self._plafond_wijzigen,
        }

    def gebeurtenis(self, t: Tabel) -> Gebeurtenis:
        regel, op, wat = t.regel(), t.moment("op"), t.keuze("wat", Wat)
        if self.vorige is not None and op < self.vorige:
            raise t.fout("op", "ligt voor de vorige gebeurtenis; zet de gebeurtenissen op volgorde van tijd")
        self.vorige = op
        naam = None if wat is Wat.PLAFOND_WIJZIGEN else t.tekst("aanvraag")
        keuzes = self.keuzes.get(wat, lambda t: {})(t)
        if naam is not None:
            self._onthoud(t, wat, naam, keuzes)
        if wat is Wat.PLAFOND_WIJZIGEN:
            keuzes["gepubliceerd_op"] = self._publicatie(t, op)
        return Gebeurtenis(regel, op, wat, naam, keuzes)

    def _onthoud(self, t: Tabel, wat: Wat, naam: str, keuzes: dict[str, Any]) -> None:
        """A name is one aanvraag: submitted before anything else, and once more only as it was."""
        if wat is not Wat.INDIENEN:
            if naam not in self.ingediend:
                raise t.fout("aanvraag", f"“{naam}” is nog niet ingediend")
        elif self.ingediend.setdefault(naam, keuzes) != keuzes:
            raise t.fout("aanvraag", f"“{naam}” is al ingediend, met iets anders erin; kies een andere naam")

    def _indienen(self, t: Tabel) -> dict[str, Any]:
        keuzes = {
            "route": t.tekst("route"),
            "gemeente": self._gemeente(t, "gemeente"),
            "doelgroep": t.tekst("doelgroep"),
            "client": t.tekst("client", "") or t.waarde("aanvraag"),
            "bedrag_cent": t.getal("bedrag_cent", 1, None),
            "maanden": t.getal("maanden", 1, None),
            "startdatum": t.dag("startdatum", None),
            "volledig": t.janee("volledig", True),
            "woont_in": self._gemeente(t, "woont_in", ""),
        }
        routes = [r.code for r in self.inhoud.routes]
        if keuzes["route"] not in routes:
            raise t.fout("route", f"“{keuzes['route']}” bestaat niet; kies uit: {', '.join(routes)}")
        return keuzes

    def _gemeente(self, t: Tabel, sleutel: str, *standaard: str) -> str:
        code = t.tekst(sleutel, *standaard)
        if code and code not in self.gemeenten:
            raise t.fout(sleutel, f"“{code}” is geen CBS-code van een gemeente (vier cijfers, zoals “0268”)")
        return code

    def _afwijzen(self, t: Tabel) -> dict[str, Any]:
        gronden, bekend = t.teksten("gronden", []), [g.code for g in self.inhoud.gronden]
        onbekend = [g for g in gronden if g not in bekend]
        if onbekend:
            raise t.fout("gronden", f"“{onbekend[0]}” bestaat niet; kies uit: {', '.join(bekend)}")
        return {"gronden": list(gronden)}

    def _plafond_wijzigen(self, t: Tabel) -> dict[str, Any]:
        grenzen = {naam: t.getal(naam, 0, None) for naam in GRENZEN}
        gegeven = {naam: grens for naam, grens in grenzen.items() if grens is not None}
        if not gegeven:
            raise t.fout("wat", f"noem de nieuwe grens: {' of '.join(GRENZEN)}")
        return {"grenzen": gegeven}

    def _publicatie(self, t: Tabel, op: datetime) -> date:
        """A day, or an instant of which the day in Amsterdam counts; by default the day of the event."""
        if not isinstance(t.waarde("gepubliceerd_op"), datetime):
            dag = t.dag("gepubliceerd_op", None)
            return datum_van(op) if dag is None else dag
        return datum_van(t.moment("gepubliceerd_op"))

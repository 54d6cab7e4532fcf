"""What a scenario says, read and checked before anything is played. An error names the line of the file.

Instants are aware datetimes and keep the offset that the file gave; amounts are integer cents, days inclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from aanvragen.models.traject import StopReden
from aanvragen.models.vaststelling import LagerReden
from aanvragen.models.verslag import Uitkomst
from aanvragen.simuleren.regelingen import INGEBOUWD, is_tijdvakgrens, regeling_met
from budget.models import Debiteur
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
    BUDGET_VRAGEN = "budget_vragen"
    BUDGET_ANTWOORD = "budget_antwoord"
    BESLUIT_GEMEENTE = "besluit_gemeente"
    DOORZENDEN = "doorzenden"
    INKOOPORDER = "inkooporder"
    FACTUUR = "factuur"
    BETALING = "betaling"
    STOPBERICHT = "stopbericht"
    VERSLAG = "verslag"
    AANMANEN = "aanmanen"
    VASTSTELLING = "vaststelling"


class Besluitsoort(StrEnum):
    """What the gemeente can decide in one event."""

    TOEKENNEN = "toekennen"
    AFWIJZEN = "afwijzen"


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
        telt = {
            g.aanvraag
            for g in self.gebeurtenissen
            if g.wat is Wat.INDIENEN and g.keuzes["route"] in self.inhoud.potten.cap_telt_routes
        }
        return tuple(
            dict.fromkeys(
                g.keuzes["gemeente"]
                for g in self.gebeurtenissen
                if g.wat in (Wat.INDIENEN, Wat.DOORZENDEN) and g.aanvraag in telt
            )
        )

    @cached_property
    def _genoemd(self) -> frozenset[tuple[Wat, str | None]]:
        return frozenset((g.wat, g.aanvraag) for g in self.gebeurtenissen)

    def noemt(self, wat: Wat, aanvraag: str) -> bool:
        """Is there such an event for this aanvraag? What is not named the simulation does by itself."""
        return (wat, aanvraag) in self._genoemd

    @property
    def eigen_bedragen(self) -> bool:
        """Does an aanvraag have another amount or duration than the regeling says?"""
        indieningen = [g.keuzes for g in self.gebeurtenissen if g.wat is Wat.INDIENEN]
        return any(keuzes["bedrag_cent"] or keuzes["maanden"] for keuzes in indieningen)


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
    Wat.BUDGET_ANTWOORD: ("aanvraag", "er_is_budget"),
    Wat.BESLUIT_GEMEENTE: ("aanvraag", "besluit", "gronden"),
    Wat.DOORZENDEN: ("aanvraag", "gemeente"),
    Wat.FACTUUR: ("aanvraag", "aan", "bedrag_cent", "betaalmoment"),
    Wat.BETALING: ("aanvraag", "door"),
    Wat.STOPPEN: ("aanvraag", "datum_einde", "reden"),
    Wat.STOPBERICHT: ("aanvraag", "deel", "datum_einde", "reden"),
    Wat.VERSLAG: ("aanvraag", "uitkomst"),
    Wat.AANMANEN: ("aanvraag", "termijn_dagen"),
    Wat.VASTSTELLING: ("aanvraag", "bedrag_cent", "reden"),
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
            if not is_parameter(s) and s not in INGEBOUWD and not is_tijdvakgrens(s)
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
            # An answer that is not named is the one that the pots give.
            Wat.BUDGET_ANTWOORD: lambda t: {
                "er_is_budget": t.janee("er_is_budget", False) if "er_is_budget" in t.sleutels() else None
            },
            Wat.BESLUIT_GEMEENTE: self._besluit_gemeente,
            Wat.DOORZENDEN: lambda t: {"gemeente": self._gemeente(t, "gemeente")},
            Wat.FACTUUR: self._factuur,
            Wat.BETALING: lambda t: {"door": _uit(t, "door", Debiteur.values, "")},
            Wat.STOPPEN: _stop,
            Wat.STOPBERICHT: lambda t: {"deel": _deel(t), **_stop(t)},
            Wat.VERSLAG: lambda t: {"uitkomst": _uit(t, "uitkomst", Uitkomst.values, Uitkomst.GEEN)},
            Wat.AANMANEN: lambda t: {"termijn_dagen": t.getal("termijn_dagen", 1, 14)},
            Wat.VASTSTELLING: lambda t: {
                "bedrag_cent": t.getal("bedrag_cent", 0, None),
                "reden": _uit(t, "reden", LagerReden.values, LagerReden.NIET_UITGEVOERD),
            },
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
            self._eis_passend(t, wat, self.ingediend[naam], keuzes)
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

    def _eis_passend(
        self, t: Tabel, wat: Wat, ingediend: Mapping[str, Any], keuzes: Mapping[str, Any]
    ) -> None:
        """What this route does not have cannot happen on it."""
        route = self.inhoud.route(ingediend["route"])
        if wat in (Wat.BUDGET_VRAGEN, Wat.BUDGET_ANTWOORD) and not route.budget_vragen:
            raise t.fout("wat", f"op de route “{route.code}” wordt UWV niet om budget gevraagd")
        if wat in (Wat.BESLUIT_GEMEENTE, Wat.DOORZENDEN) and not route.gemeente_beslist:
            raise t.fout("wat", f"op de route “{route.code}” beslist UWV en niet de gemeente")
        if wat is Wat.INKOOPORDER and not route.inkooporder:
            raise t.fout("wat", f"op de route “{route.code}” is geen inkooporder nodig")
        if wat is Wat.STOPBERICHT and keuzes["deel"] == 2 and not route.gemeente_beslist:
            raise t.fout("deel", f"op de route “{route.code}” beslist UWV; een deel 2 is er dan niet")
        if wat is Wat.FACTUUR and keuzes["bedrag_cent"] is not None and not keuzes["aan"]:
            delen = route.bedrag_voor(ingediend["doelgroep"])
            if delen.rijk_cent and delen.gemeente_cent:
                raise t.fout("bedrag_cent", "UWV en de gemeente betalen allebei; noem ook “aan”")

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

    def _besluit_gemeente(self, t: Tabel) -> dict[str, Any]:
        besluit = t.keuze("besluit", Besluitsoort)
        if besluit is Besluitsoort.TOEKENNEN and "gronden" in t.sleutels():
            raise t.fout("gronden", "horen bij een afwijzing")
        return {"besluit": besluit, **self._afwijzen(t)}

    def _factuur(self, t: Tabel) -> dict[str, Any]:
        momenten = [moment.code for moment in self.inhoud.betaalmomenten]
        return {
            "aan": _uit(t, "aan", Debiteur.values, ""),
            "bedrag_cent": t.getal("bedrag_cent", 1, None),
            "betaalmoment": _uit(t, "betaalmoment", momenten, ""),
        }

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


def _uit(t: Tabel, sleutel: str, keuzes: Iterable[str], standaard: str) -> str:
    """One of these words; `standaard` where the key is absent."""
    genoemd = sleutel in t.sleutels()
    waarde = t.tekst(sleutel, standaard)
    if genoemd and waarde not in keuzes:
        raise t.fout(sleutel, f"“{waarde}” bestaat niet; kies uit: {', '.join(keuzes)}")
    return waarde


def _stop(t: Tabel) -> dict[str, Any]:
    return {
        "datum_einde": t.dag("datum_einde", None),
        "reden": _uit(t, "reden", StopReden.values, StopReden.KEUZE),
    }


def _deel(t: Tabel) -> int:
    deel = int(t.getal("deel", 1, 1))
    if deel > 2:
        raise t.fout("deel", "is 1 (van de instelling) of 2 (van de gemeente)")
    return deel

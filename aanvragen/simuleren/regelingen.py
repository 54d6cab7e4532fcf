"""The regeling of a scenario: one that the portal knows or a file of its own, with the overrides put in its text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomlkit

from budget.regels.inlezen import RegelingFout, lees_regeling
from budget.regels.regeling import Regelinginhoud
from budget.regels.tabel import Tabel, waarom
from budget.regels.wijzigen import GRENZEN, ParameterFout, met_parameters

REGELINGEN = Path(__file__).resolve().parents[2] / "budget" / "regelingen"
# In a scenario, since TOML has no word for "no limit".
GEEN_GRENS = "geen"
# Between the name of a limit and the tijdvak that has it, as in what the simulator prints.
VAN_TIJDVAK = "@"
# Rules that no regeling can have otherwise as yet: a scenario may name them as they are, and nothing changes.
INGEBOUWD: dict[str, str | int] = {
    "cap_moment": "toekenning",
    "woonplaats_peilmoment": "ontvangst",
    "bewaartermijn_jaren": 7,
}


def regeling_met(toml: Tabel, map_: Path) -> tuple[str, Regelinginhoud]:
    """The text and content of the scenario's regeling with its [parameters]. Raises the error of `toml`, with its line.

    A path is relative to `map_`, a code is that of a file in budget/regelingen, whatever its capitals.
    """
    pad = _pad(toml, toml.tekst("regeling"), map_)
    try:
        tekst = pad.read_text(encoding="utf-8")
        inhoud = lees_regeling(tekst)
    except UnicodeDecodeError as fout:
        raise toml.fout("regeling", f"{pad} is geen tekst in UTF-8") from fout
    except (OSError, ValueError) as fout:
        leesbaar = str(pad).replace("\0", "\N{REPLACEMENT CHARACTER}")
        raise toml.fout("regeling", f"{leesbaar} kan niet worden gelezen ({waarom(fout)})") from fout
    except RegelingFout as fout:
        raise toml.fout("regeling", f"in {pad.name}: {fout}") from fout
    parameters = toml.tabel("parameters", {})
    for naam in parameters.sleutels():
        waarde = parameters.waarde(naam)
        if naam in INGEBOUWD:
            _eis_ingebouwd(parameters, naam)
            continue
        grens = None if waarde == GEEN_GRENS else waarde
        try:
            if is_tijdvakgrens(naam):
                tekst = _met_tijdvakgrens(tekst, naam, grens)
            else:
                tekst = met_parameters(tekst, {naam: grens})
        except ParameterFout as fout:
            raise parameters.fout(naam, fout.melding) from fout
    return tekst, lees_regeling(tekst) if parameters.sleutels() else inhoud


def is_tijdvakgrens(naam: str) -> bool:
    """Is this the limit of one tijdvak, such as `plafond_bedrag_cent@2023`?"""
    return naam.partition(VAN_TIJDVAK)[0] in GRENZEN and VAN_TIJDVAK in naam


def _met_tijdvakgrens(tekst: str, naam: str, grens: Any) -> str:
    """The text of the regeling with this limit for one tijdvak; None takes it away. Raises ParameterFout."""
    sleutel, _, code = naam.partition(VAN_TIJDVAK)
    bekend = [tijdvak.code for tijdvak in lees_regeling(tekst).tijdvakken]
    if code not in bekend:
        raise ParameterFout(naam, f"het tijdvak “{code}” bestaat niet; kies uit: {', '.join(bekend)}")
    document = tomlkit.parse(tekst)
    potten: Any = document["potten"]
    tabel = potten.setdefault("tijdvak", tomlkit.table()).setdefault(code, tomlkit.table())
    if grens is None:
        tabel.pop(sleutel, None)
    else:
        tabel[sleutel] = grens
    nieuw = tomlkit.dumps(document)
    try:
        lees_regeling(nieuw)
    except RegelingFout as fout:
        raise ParameterFout(naam, fout.melding.removeprefix(f"“{sleutel}”: ")) from fout
    return nieuw


def _eis_ingebouwd(parameters: Tabel, naam: str) -> None:
    waarde, vast = parameters.waarde(naam), INGEBOUWD[naam]
    if type(waarde) is not type(vast) or waarde != vast:
        raise parameters.fout(naam, f"kan nu alleen {vast if isinstance(vast, int) else f'“{vast}”'} zijn")


def _pad(toml: Tabel, naam: str, map_: Path) -> Path:
    if naam.endswith(".toml") or "/" in naam:
        return map_ / naam
    bekend = {pad.stem.upper(): pad for pad in sorted(REGELINGEN.glob("*.toml"))}
    if naam.upper() not in bekend:
        raise toml.fout(
            "regeling", f"“{naam}” is er niet; kies uit: {', '.join(bekend)}, of geef het pad van een bestand"
        )
    return bekend[naam.upper()]


def met_bedragen(
    tekst: str, *, route: str, bedrag_cent: int | None, doelgroep: str, maanden: int | None
) -> str:
    """The same regeling with another amount for this route and duration for this doelgroep, where given.

    `bedrag_cent` is the whole; it is divided between Rijk and gemeente as the amount of the regeling is, with the
    rounding on the side of the gemeente.
    """
    if bedrag_cent is None and maanden is None:
        return tekst
    inhoud, document = lees_regeling(tekst), tomlkit.parse(tekst)
    if bedrag_cent is not None and doelgroep in {d.code for d in inhoud.doelgroepen}:
        was = inhoud.route(route).bedrag_voor(doelgroep)
        rijk_cent = bedrag_cent * was.rijk_cent // was.bedrag_cent
        tabel = _bedragtabel(_met_code(document["route"], route), doelgroep)
        tabel["rijk_cent"], tabel["gemeente_cent"] = rijk_cent, bedrag_cent - rijk_cent
    if maanden is not None and doelgroep in {d.code for d in inhoud.doelgroepen}:
        _met_code(document["doelgroep"], doelgroep)["maanden"] = maanden
    return tomlkit.dumps(document)


def _bedragtabel(route: Any, doelgroep: str) -> Any:
    """Where the amount for this doelgroep stands: in a table of its own, or on the route."""
    eigen = [bedrag for bedrag in route.get("bedrag", []) if bedrag["doelgroep"] == doelgroep]
    return eigen[0] if eigen else route


def _met_code(tabellen: Any, code: str) -> Any:
    return next(tabel for tabel in tabellen if tabel["code"] == code)

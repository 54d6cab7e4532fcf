"""Another value for a few parameters of a regeling, in its own text: comments and the rest stay as they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import tomlkit
from tomlkit.items import Table

from budget.regels.inlezen import RegelingFout, lees_regeling
from budget.regels.regeling import Regelinginhoud, Regels, Termijnen

REGELS = tuple(veld.name for veld in fields(Regels))
TERMIJNEN = tuple(veld.name for veld in fields(Termijnen))
GRENZEN = ("plafond_trajecten", "plafond_bedrag_cent", "cap_per_gemeente")
SUB_PLAFOND = "sub_plafond_"
_TABEL_VAN = (
    {naam: "regels" for naam in REGELS}
    | {naam: "termijnen" for naam in TERMIJNEN}
    | {naam: "potten" for naam in (*GRENZEN, "cap_telt_routes")}
)
PARAMETERS = (*_TABEL_VAN, f"{SUB_PLAFOND}<route>")


def is_parameter(naam: str) -> bool:
    """Is this the name of something that `met_parameters` can replace?"""
    return naam in _TABEL_VAN or naam.startswith(SUB_PLAFOND)


class ParameterFout(Exception):
    """The parameter `naam` is not known, or cannot have this value. `melding` is Dutch, without the name."""

    def __init__(self, naam: str, melding: str) -> None:
        self.naam, self.melding = naam, melding
        super().__init__(f"“{naam}”: {melding}")


def met_parameters(tekst: str, vervang: Mapping[str, Any]) -> str:
    """The text of a regeling with these parameters replaced by name; None takes a limit away.

    Known are the names of `[regels]`, `[termijnen]` and `[potten]`, and `sub_plafond_<route>`. Amounts are integer
    cents. Raises ParameterFout for the first that is unknown or impossible, RegelingFout when `tekst` itself is wrong.
    """
    inhoud = lees_regeling(tekst)
    for naam, waarde in vervang.items():
        document = tomlkit.parse(tekst)
        _zet(document, naam, waarde, inhoud)
        nieuw = tomlkit.dumps(document)
        try:
            inhoud = lees_regeling(nieuw)
        except RegelingFout as fout:
            raise ParameterFout(naam, fout.melding.removeprefix(f"“{naam}”: ")) from fout
        tekst = nieuw
    return tekst


def _zet(document: tomlkit.TOMLDocument, naam: str, waarde: Any, inhoud: Regelinginhoud) -> None:
    tabel, sleutel = _plek(document, naam, inhoud)
    if waarde is not None:
        tabel[sleutel] = waarde
    elif naam in GRENZEN or naam.startswith(SUB_PLAFOND):
        tabel.pop(sleutel, None)
    else:
        raise ParameterFout(naam, "kan niet worden weggelaten")


def _plek(document: tomlkit.TOMLDocument, naam: str, inhoud: Regelinginhoud) -> tuple[Table, str]:
    """The table in which the parameter stands, and its key there."""
    if naam.startswith(SUB_PLAFOND):
        return _sub_plafond(document), _route(naam, inhoud)
    if not is_parameter(naam):
        raise ParameterFout(naam, "deze parameter kent het systeem niet")
    return _tabel(document, _TABEL_VAN[naam]), naam


def _route(naam: str, inhoud: Regelinginhoud) -> str:
    route, bekend = naam.removeprefix(SUB_PLAFOND), [r.code for r in inhoud.routes]
    if route not in bekend:
        raise ParameterFout(naam, f"de route “{route}” bestaat niet; kies uit: {', '.join(bekend)}")
    return route


def _sub_plafond(document: tomlkit.TOMLDocument) -> Table:
    potten = _tabel(document, "potten")
    if "sub_plafond" not in potten:
        potten["sub_plafond"] = tomlkit.table()
    return _tabel(potten, "sub_plafond")


def _tabel(ouder: Any, naam: str) -> Table:
    tabel = ouder[naam]
    assert isinstance(tabel, Table)  # the text was read as a regeling: there they are tables
    return tabel

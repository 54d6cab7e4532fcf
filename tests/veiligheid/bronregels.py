"""What the sources may not hold, each as one rule with the few places that may, and why."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
EIGEN = ("ips_subsidie", "gemeenten", "budget", "aanvragen", "overleg")


@dataclass(frozen=True)
class Regel:
    """`zoek` finds the lines of a syntax tree that break it; `mag` are the files that may, with the reason."""

    naam: str
    zoek: Callable[[ast.AST], Iterator[int]]
    mag: dict[str, str]


def _naam_van(knoop: ast.AST) -> str:
    """`a.b.c` of a call's function or an attribute; empty for anything else."""
    if isinstance(knoop, ast.Name):
        return knoop.id
    if isinstance(knoop, ast.Attribute):
        return f"{_naam_van(knoop.value)}.{knoop.attr}"
    return ""


def roept(*patronen: str) -> Callable[[ast.AST], Iterator[int]]:
    """Calls whose dotted name matches one of these, or ends with it after a dot."""
    zoek = re.compile("|".join(rf"(?:^|\.)(?:{patroon})$" for patroon in patronen))

    def vind(boom: ast.AST) -> Iterator[int]:
        for knoop in ast.walk(boom):
            if isinstance(knoop, ast.Call) and zoek.search(_naam_van(knoop.func)):
                yield knoop.lineno

    return vind


def alle_velden(boom: ast.AST) -> Iterator[int]:
    """`fields = "__all__"`: a column that is added later would be open to a form at once."""
    for knoop in ast.walk(boom):
        if (
            isinstance(knoop, ast.Assign)
            and isinstance(knoop.value, ast.Constant)
            and knoop.value.value == "__all__"
        ):
            yield knoop.lineno


def noemt(*namen: str) -> Callable[[ast.AST], Iterator[int]]:
    """Any use of one of these names, called or not."""

    def vind(boom: ast.AST) -> Iterator[int]:
        for knoop in ast.walk(boom):
            if isinstance(knoop, ast.Name | ast.Attribute) and _naam_van(knoop).rpartition(".")[2] in namen:
                yield knoop.lineno

    return vind


def zonder_controle_van_tls(boom: ast.AST) -> Iterator[int]:
    for knoop in ast.walk(boom):
        if (
            isinstance(knoop, ast.keyword)
            and knoop.arg in ("verify", "check_hostname")
            and isinstance(knoop.value, ast.Constant)
            and knoop.value.value is False
        ):
            yield knoop.value.lineno


def met_schelp(boom: ast.AST) -> Iterator[int]:
    for knoop in ast.walk(boom):
        if (
            isinstance(knoop, ast.keyword)
            and knoop.arg == "shell"
            and not (isinstance(knoop.value, ast.Constant) and knoop.value.value is False)
        ):
            yield knoop.value.lineno


def geplakt_sql(boom: ast.AST) -> Iterator[int]:
    """The statement of an `execute` that is put together from values instead of given parameters."""
    for knoop in ast.walk(boom):
        if (
            isinstance(knoop, ast.Call)
            and _naam_van(knoop.func).endswith(("execute", "executemany"))
            and knoop.args
        ):
            eerste = knoop.args[0]
            geplakt = isinstance(eerste, ast.JoinedStr) or (
                isinstance(eerste, ast.BinOp) and isinstance(eerste.op, ast.Mod | ast.Add)
            )
            if geplakt or _vult_in(eerste):
                yield knoop.lineno


def _vult_in(knoop: ast.AST) -> bool:
    """`"…".format(…)`; not psycopg's `SQL("…").format(…)`, which quotes what is put in."""
    if not (
        isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Attribute) and knoop.func.attr == "format"
    ):
        return False
    van = knoop.func.value
    return not (isinstance(van, ast.Call) and _naam_van(van.func).rpartition(".")[2] == "SQL")


def omleiding_naar_invoer(boom: ast.AST) -> Iterator[int]:
    """A redirect to what the request says."""
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.Call) and _naam_van(knoop.func).endswith(
            ("redirect", "HttpResponseRedirect")
        ):
            tekst = " ".join(_naam_van(deel) for arg in knoop.args for deel in ast.walk(arg))
            if re.search(r"request\.(GET|POST|META|headers|COOKIES)", tekst):
                yield knoop.lineno


def logt_verzoek(boom: ast.AST) -> Iterator[int]:
    """A logger that is given a body, form or headers."""
    for knoop in ast.walk(boom):
        naam = _naam_van(knoop.func) if isinstance(knoop, ast.Call) else ""
        if re.match(r"(log|logger|logging)\.(debug|info|warning|error|exception|critical)$", naam):
            tekst = " ".join(_naam_van(deel) for deel in ast.walk(knoop))
            if re.search(r"request\.(body|POST|FILES|META|headers|COOKIES)|cleaned_data", tekst):
                yield knoop.lineno

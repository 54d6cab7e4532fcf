"""`manage.py termijn SOORT --vanaf DATUM`: the last day of a term of the Awb, and the steps that lead to it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from ips_subsidie.kalender import dwangsom as dwangsommen
from ips_subsidie.kalender import termijnen
from ips_subsidie.kalender.dagen import voluit_met_dag
from ips_subsidie.kalender.erkend import erkende_feestdagen
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.rekenen import Opschorting
from ips_subsidie.kalender.termijnen import Termijn

FOUT_IN_INVOER = 2
MEESTE_WEKEN = 520
# How far around the term the feestdagen are computed when there is no table to read.
JAREN_VOORUIT = 12


@dataclass(frozen=True)
class Vraag:
    """What was asked on the command line."""

    vanaf: date
    weken: int | None
    commissie: bool
    opschortingen: tuple[Opschorting, ...]
    feestdagen: Mapping[date, str]

    @property
    def lengte(self) -> dict[str, int]:
        return {} if self.weken is None else {"weken": self.weken}


@dataclass(frozen=True)
class Soort:
    """A term by name; `mag` are the options that mean something for it."""

    reken: Callable[[Vraag], Termijn]
    mag: frozenset[str] = frozenset()


def _hersteltermijn(vraag: Vraag) -> Termijn:
    dagen = termijnen.HERSTEL_DAGEN if vraag.weken is None else vraag.weken * 7
    return termijnen.hersteltermijn(vraag.vanaf, vraag.feestdagen, dagen=dagen)


def _op_bezwaar(vraag: Vraag) -> Termijn:
    return termijnen.beslissing_op_bezwaar(
        vraag.vanaf,
        vraag.feestdagen,
        weken=vraag.weken,
        commissie=vraag.commissie,
        opschortingen=vraag.opschortingen,
    )


def _dwangsom(vraag: Vraag) -> Termijn:
    som = dwangsommen.dwangsom(vraag.vanaf, vraag.feestdagen)
    return Termijn(som.laatste_dag, som.stappen, som.grondslag)


SOORTEN = {
    "beslistermijn": Soort(
        lambda v: termijnen.beslistermijn(v.vanaf, v.feestdagen, opschortingen=v.opschortingen, **v.lengte),
        frozenset({"weken", "opschorting"}),
    ),
    "hersteltermijn": Soort(_hersteltermijn, frozenset({"weken"})),
    "buiten-behandeling": Soort(lambda v: termijnen.buiten_behandeling(v.vanaf, v.feestdagen)),
    "bezwaar": Soort(
        lambda v: termijnen.bezwaartermijn(v.vanaf, v.feestdagen, **v.lengte), frozenset({"weken"})
    ),
    "beslissing-op-bezwaar": Soort(_op_bezwaar, frozenset({"weken", "commissie", "opschorting"})),
    "dwangsom": Soort(_dwangsom),
    "betaling": Soort(
        lambda v: termijnen.betaaltermijn(v.vanaf, v.feestdagen, **v.lengte), frozenset({"weken"})
    ),
}  # fmt: skip


def _op_een_regel(parser: CommandParser, boodschap: str) -> NoReturn:
    """What is wrong with the arguments on one line; argparse would print its whole usage first."""
    parser.exit(FOUT_IN_INVOER, f"CommandError: {boodschap}. Zie manage.py termijn --help.\n")


class Command(BaseCommand):
    help = "Rekent een termijn van de Awb uit: eerst de laatste dag, daarna de stappen."
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        if parser.called_from_command_line:
            parser.error = partial(_op_een_regel, parser)  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("soort", nargs="?", help=", ".join(SOORTEN))
        parser.add_argument("--vanaf", metavar="DATUM", help="de dag voor de eerste dag")
        parser.add_argument(
            "--opschorting", nargs=2, action="append", default=[], metavar=("VAN", "TOT"),
            help="de dag van de uitnodiging en de dag van de aanvulling; mag vaker",
        )  # fmt: skip
        parser.add_argument("--weken", metavar="N", help="hoeveel weken, als dat anders is dan in de wet")
        parser.add_argument("--commissie", action="store_true", help="met een adviescommissie (Awb 7:13)")
        parser.add_argument("--json", action="store_true", help="als JSON")

    def handle(self, *args: Any, soort: str | None, vanaf: str | None, json: bool, **opties: Any) -> None:
        gekozen = SOORTEN.get(soort or "")
        if soort is None or vanaf is None:
            _weiger("Geef de soort termijn en --vanaf DATUM. Zie manage.py termijn --help.")
        if gekozen is None:
            _weiger(f"Onbekende soort termijn: {soort}. Kies uit: {', '.join(SOORTEN)}.")
        _controleer_opties(soort, gekozen, opties)
        dag = _datum(vanaf)
        vraag = Vraag(
            dag,
            _weken(opties["weken"]),
            opties["commissie"],
            tuple(_opschorting(van, tot) for van, tot in opties["opschorting"]),
            self._feestdagen(dag),
        )
        try:
            termijn = gekozen.reken(vraag)
        except OverflowError:
            _weiger(f"{vanaf} is te ver weg om mee te rekenen.")
        except ValueError as fout:
            _weiger(str(fout))
        self._toon(soort, vraag, termijn, als_json=json)

    def _feestdagen(self, vanaf: date) -> Mapping[date, str]:
        """Those of the table; without a databank the computed ones, and that is said."""
        try:
            return feestdagen()
        except (Error, ImproperlyConfigured):
            self.stderr.write(
                "De tabel met feestdagen is niet te bereiken. Er is gerekend met de feestdagen die de wet noemt."
            )
            laatste = min(vanaf.year + JAREN_VOORUIT, date.max.year)
            return {dag.datum: dag.naam for dag in erkende_feestdagen(vanaf.year, laatste)}

    def _toon(self, soort: str, vraag: Vraag, termijn: Termijn, *, als_json: bool) -> None:
        if termijn.laatste_dag.year not in {dag.year for dag in vraag.feestdagen}:
            self.stderr.write(
                f"Van {termijn.laatste_dag.year} staan er geen feestdagen in de tabel. Vul ze aan in het beheer."
            )
        if als_json:
            uit = {
                "soort": soort,
                "vanaf": vraag.vanaf.isoformat(),
                "laatste_dag": termijn.laatste_dag.isoformat(),
                "grondslag": termijn.grondslag,
                "stappen": list(termijn.stappen),
            }
            self.stdout.write(json.dumps(uit, ensure_ascii=False))
            return
        self.stdout.write(f"{termijn.laatste_dag.isoformat()} {voluit_met_dag(termijn.laatste_dag)}")
        for stap in termijn.stappen:
            self.stdout.write(f"- {stap}")
        self.stdout.write(f"Grondslag: {termijn.grondslag}")


def _controleer_opties(soort: str, gekozen: Soort, opties: Mapping[str, Any]) -> None:
    for naam in ("weken", "commissie", "opschorting"):
        if opties[naam] and naam not in gekozen.mag:
            _weiger(f"--{naam} heeft bij {soort} geen betekenis. Laat het weg.")
    if opties["weken"] and opties["commissie"]:
        _weiger("Kies --weken of --commissie, niet allebei.")


def _datum(tekst: str) -> date:
    try:
        dag = date.fromisoformat(tekst)
    except ValueError:
        dag = None
    if dag is None or dag.isoformat() != tekst:
        _weiger(f"{tekst} is geen datum. Schrijf een datum als 2023-03-02.")
    return dag


def _weken(tekst: str | None) -> int | None:
    if tekst is None:
        return None
    if not (tekst.isascii() and tekst.isdigit()) or not 1 <= int(tekst[:4]) <= MEESTE_WEKEN:
        _weiger(f"{tekst} is geen aantal weken van 1 tot en met {MEESTE_WEKEN}.")
    return int(tekst)


def _opschorting(van: str, tot: str) -> Opschorting:
    try:
        return Opschorting(_datum(van), _datum(tot))
    except ValueError as fout:
        _weiger(str(fout))


def _weiger(boodschap: str) -> NoReturn:
    raise CommandError(boodschap, returncode=FOUT_IN_INVOER)

"""The stage of `toekennen.py`: a PostgreSQL that flushes to disk, dossiers ready to be granted, and a twin for the
naive version, without the triggers that would do its work.

Ids are built from a number, so that SQL written for one dossier serves for all: see `id_van`.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ips_subsidie.lokaal.diensten import postgresql
from ips_subsidie.lokaal.processen import Stop

PROJECT = Path(__file__).resolve().parents[2]
DATABANK, NAIEF = "ips", "naief"
# Places of one pool, and of one gemeente: the figures of 2019.
PLAATSEN, PER_GEMEENTE, GEMEENTEN = 200, 5, 60
EERSTE = 100_000_000_000
# What of each kind of row the ids begin with.
AANVRAAG, RESERVERING, DEELNEMER, TOESTEMMING = "aaaaaaaa", "bbbbbbbb", "dddddddd", "eeeeeeee"

# The engine and the guards of the status: in the twin they would count what the naive version counts itself.
_ZONDER_MOTOR = """
DROP TRIGGER reservering_telt ON budget_reservering;
DROP TRIGGER reservering_bewaakt ON budget_reservering;
DROP TRIGGER reservering_met_dossier ON budget_reservering;
DROP TRIGGER aanvraag_status_met_besluit ON aanvragen_aanvraag;
GRANT UPDATE ON budget_reservering TO app;
"""


def id_van(soort: str, nummer: int) -> str:
    """The id of the row of this kind of dossier `nummer`; the last twelve digits are the number."""
    return f"{soort}-0000-4000-8000-{nummer}"


@dataclass(frozen=True)
class Server:
    """Where the benchmark runs: the environment of a process that works there, and the socket."""

    omgeving: dict[str, str]
    contact: str


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """PostgreSQL as in production, with fsync; migrated, empty of dossiers, thrown away after."""
    with tempfile.TemporaryDirectory(prefix="ips-meten-") as staat, postgresql(Path(staat), Stop()) as dienst:
        omgeving = {
            **os.environ,
            **dienst.omgeving,
            "DJANGO_SETTINGS_MODULE": "ips_subsidie.settings.test",
            "PYTHONPATH": str(PROJECT),
        }
        migreer = {**omgeving, "DATABASE_URL": omgeving["DATABASE_EIGENAAR_URL"]}
        subprocess.run(
            [sys.executable, PROJECT / "manage.py", "migrate", "--verbosity=0"],
            env=migreer, cwd=PROJECT, check=True,
        )  # fmt: skip
        yield Server(omgeving, dienst.omgeving["DATABASE_URL"].split("host=")[1].replace("%2F", "/"))


def maak_wereld() -> dict[str, str]:
    """One dossier through the acts, reviewed and ready, to copy; who decides and what to copy, by id."""
    from tests import fabriek

    wereld = fabriek.maak_wereld(plafond_trajecten=PLAATSEN, cap_per_gemeente=PER_GEMEENTE)
    aanvraag = fabriek.beoordeeld(wereld)
    return {"lidmaatschap": str(wereld.beslisser.lidmaatschap_id), "aanvraag": str(aanvraag.pk)}


def maak_veld(aanvraag_id: str, eerste: int, aantal: int, regelingen: int, dossiers: bool) -> None:
    """`aantal` dossiers numbered from `eerste`, in order of receipt, over `regelingen` new regelingen.

    Each regeling has PLAATSEN places; the dossiers are of GEMEENTEN gemeenten in turn. Without `dossiers` there are
    only their places in the queue: for the engine alone.
    """
    from aanvragen.models import Aanvraag, Beoordeling, Deelnemer, Toestemming
    from budget.models import Reservering
    from tests.databank import eigenaar
    from tests.prestaties.veel import kopieer

    van = Aanvraag.objects.select_related("reservering", "deelnemer", "beoordeling").get(pk=aanvraag_id)
    toestemming = van.toestemmingen.get()
    regeling = {"regeling_id": "k.regeling", "gemeente_id": "k.gemeente"}
    op = "o.ontvangen_op + make_interval(secs => k.n * 0.001)"
    with eigenaar() as cursor:
        versies = [
            _kopieer_regeling(cursor, van.regeling_versie_id, f"M{eerste}-{i}") for i in range(regelingen)
        ]
        cursor.execute("SELECT array_agg(id) FROM (SELECT id FROM gemeenten_gemeente WHERE geldig_tot IS NULL "
                       "ORDER BY code LIMIT %s) g", [GEMEENTEN])  # fmt: skip
        cursor.execute(
            "CREATE TEMP TABLE kopie AS SELECT g AS n, %s + g AS nummer, (%s::bigint[])[1 + g %% %s] AS regeling, "
            "(%s::bigint[])[1 + g %% %s] AS versie, (%s::bigint[])[1 + (g / %s) %% %s] AS gemeente "
            "FROM generate_series(0, %s) g",
            [eerste, [r for r, _ in versies], regelingen, [v for _, v in versies], regelingen,
             cursor.fetchone()[0], regelingen, GEMEENTEN, aantal - 1],
        )  # fmt: skip
        kopieer(cursor, Reservering, van.reservering_id, {
            **regeling, "id": _id(RESERVERING), "versie_id": "k.versie", "kenmerk": "'K' || k.nummer",
            "volgnr": "nextval('budget_rang')", "persoon": "convert_to('P' || k.nummer, 'UTF8')",
            "ontvangen_op": op, "rang_op": op,
        })  # fmt: skip
        if not dossiers:
            cursor.execute("DROP TABLE kopie")
            return
        kopieer(cursor, Aanvraag, van.pk, {
            **regeling, "id": _id(AANVRAAG), "regeling_versie_id": "k.versie", "kenmerk": "'K' || k.nummer",
            "reservering_id": _id(RESERVERING), "ontvangen_op": op,
        })  # fmt: skip
        bij = {"aanvraag_id": _id(AANVRAAG)}
        kopieer(cursor, Deelnemer, van.deelnemer.pk, {
            **bij, "id": _id(DEELNEMER), "bsn_index": "sha256(convert_to('P' || k.nummer, 'UTF8'))",
        })  # fmt: skip
        kopieer(
            cursor, Beoordeling, van.beoordeling.pk, {**bij, "id": "nextval('aanvragen_beoordeling_id_seq')"}
        )
        kopieer(cursor, Toestemming, toestemming.pk, {
            **bij, "id": _id(TOESTEMMING), "gemeente_id": "k.gemeente",
        })  # fmt: skip
        cursor.execute("DROP TABLE kopie")


def maak_naief() -> None:
    """The twin of the database as it stands, without the engine; nobody may be connected to the original."""
    from django.db import connections

    connections.close_all()
    with _eigenaar_van(DATABANK) as cursor:
        cursor.execute("ANALYZE")
    with _eigenaar_van("template1") as cursor:
        cursor.execute(f"CREATE DATABASE {NAIEF} TEMPLATE {DATABANK}")
    with _eigenaar_van(NAIEF) as cursor:
        cursor.execute(_ZONDER_MOTOR)


@contextlib.contextmanager
def _eigenaar_van(databank: str) -> Iterator[Any]:
    from django.db import connections

    from tests.databank import _eigenaar

    verbinding = connections["default"].copy()
    verbinding.settings_dict.update(_eigenaar() | {"NAME": databank})
    try:
        with verbinding.cursor() as cursor:
            yield cursor
    finally:
        verbinding.close()


def _id(soort: str) -> str:
    return f"('{soort}-0000-4000-8000-' || k.nummer)::uuid"


def _kopieer_regeling(cursor: Any, versie_id: int, code: str) -> tuple[int, int]:
    """A regeling with the same text and pots of its own."""
    from budget.models import RegelingVersie

    cursor.execute("INSERT INTO budget_regeling (code, naam) VALUES (%s, %s) RETURNING id", [code, code])
    (regeling,) = cursor.fetchone()
    kolommen = [
        v.column for v in RegelingVersie._meta.concrete_fields if v.column not in ("id", "regeling_id")
    ]
    namen = ", ".join(f'"{kolom}"' for kolom in kolommen)
    cursor.execute(
        f"INSERT INTO budget_regelingversie (regeling_id, {namen}) SELECT %s, {namen} "
        "FROM budget_regelingversie WHERE id = %s RETURNING id",
        [regeling, versie_id],
    )
    (versie,) = cursor.fetchone()
    return regeling, versie

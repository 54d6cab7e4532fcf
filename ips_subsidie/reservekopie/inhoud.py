"""What a database holds, in figures: to compare a restored one with the one that was copied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

# Left out of a backup: a login that ended since must not live again, and what is unlogged need not survive.
ZONDER_INHOUD = ("public.toegang_sessie", "public.django_session")
_TABELLEN = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND n.nspname || '.' || c.relname <> ALL (%s)
ORDER BY 1, 2
"""
_REEKSEN = "SELECT schemaname || '.' || sequencename, coalesce(last_value, 0) FROM pg_sequences ORDER BY 1"
_MIGRATIES = "SELECT app || '.' || name FROM public.django_migrations ORDER BY 1"
_IETS = """
SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
"""
# Rows are compared by how they read as text, and that hangs on these.
_LEESBAAR = (
    "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET timezone = 'UTC';"
    " SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET extra_float_digits = 1;"
    " SET bytea_output = 'hex'; SET search_path = pg_catalog"
)


@dataclass(frozen=True)
class Inhoud:
    """Rows and a sum over their contents per table, the value of each sequence, and the migrations that ran."""

    tabellen: dict[str, tuple[int, str]]
    reeksen: dict[str, int]
    migraties: tuple[str, ...]

    @property
    def rijen(self) -> int:
        return sum(aantal for aantal, _ in self.tabellen.values())

    def verschillen(self, teruggezet: Inhoud) -> list[str]:
        """In words what is other in a database that was restored from this; a sequence may have gone on."""
        gevonden = [
            f"{naam}: {self._tel(naam)} rijen in de kopie, {teruggezet._tel(naam)} teruggezet"
            if self._tel(naam) != teruggezet._tel(naam)
            else f"{naam}: evenveel rijen, met een andere inhoud"
            for naam in sorted(self.tabellen.keys() | teruggezet.tabellen.keys())
            if self.tabellen.get(naam) != teruggezet.tabellen.get(naam)
        ]
        gevonden += [
            f"reeks {naam}: stond op {stand}, nu op {teruggezet.reeksen.get(naam)}"
            for naam, stand in self.reeksen.items()
            if teruggezet.reeksen.get(naam, -1) < stand
        ]
        if self.migraties != teruggezet.migraties:
            gevonden.append("de migraties zijn andere")
        return gevonden

    def _tel(self, naam: str) -> int | None:
        return self.tabellen[naam][0] if naam in self.tabellen else None


def lees_reeksen(verbinding: psycopg.Connection[tuple[Any, ...]]) -> dict[str, int]:
    """Where each sequence stands now. They go on, snapshot or not: read before a dump, the dump may only be further."""
    return {naam: int(stand) for naam, stand in verbinding.execute(_REEKSEN).fetchall()}


def lees(verbinding: psycopg.Connection[tuple[Any, ...]], reeksen: dict[str, int] | None = None) -> Inhoud:
    """Read all of it, in the transaction that `verbinding` is in; the sequences, unless they were read before."""
    verbinding.execute(_LEESBAAR)
    namen = verbinding.execute(_TABELLEN, [list(ZONDER_INHOUD)]).fetchall()
    reeksen = lees_reeksen(verbinding) if reeksen is None else reeksen
    tabellen = {f"{schema}.{naam}": _tel(verbinding, schema, naam) for schema, naam in namen}
    migraties = (
        tuple(naam for (naam,) in verbinding.execute(_MIGRATIES).fetchall())
        if "public.django_migrations" in tabellen
        else ()
    )
    return Inhoud(tabellen, reeksen, migraties)


def is_leeg(verbinding: psycopg.Connection[tuple[Any, ...]]) -> bool:
    """Is there nothing in the database but what PostgreSQL made itself?"""
    rij = verbinding.execute(_IETS).fetchone()
    return rij is not None and rij[0] == 0


def _tel(verbinding: psycopg.Connection[tuple[Any, ...]], schema: str, naam: str) -> tuple[int, str]:
    vraag = sql.SQL(
        "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM {} t"
    ).format(sql.Identifier(schema, naam))
    rij = verbinding.execute(vraag).fetchone()
    assert rij is not None
    return int(rij[0]), str(rij[1])

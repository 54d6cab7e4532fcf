"""The database of the tests: made and emptied by the owner, used as the plain role `app`.

What migrations put in a table is remembered after they ran and put back when a transactional test has
ended; so a test may rely on gemeenten, feestdagen and the like, and no list of such tables is kept.
"""

import contextlib
import functools
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_AANMELDING = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")

_TABELLEN = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1
"""
_KOLOMMEN = """
select string_agg(quote_ident(column_name), ', ' order by ordinal_position) from information_schema.columns
where table_schema = 'public' and table_name = %s and is_generated = 'NEVER'
"""
_TRIGGERS = """
select c.relname, t.tgname, t.tgenabled::text from pg_trigger t
join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and not t.tgisinternal and t.tgenabled <> 'D' and t.tgparentid = 0 order by 1, 2
"""
_AANZETTEN = {"O": "enable trigger", "A": "enable always trigger", "R": "enable replica trigger"}


def _eigenaar() -> dict[str, Any]:
    return {
        naam: settings.DATABASE_EIGENAAR[naam] for naam in _AANMELDING if naam in settings.DATABASE_EIGENAAR
    }


@contextlib.contextmanager
def standaardverbinding_als_eigenaar() -> Iterator[None]:
    """Django's own connection as the owner, for the making and dropping of the test database."""
    verbinding = connections["default"]
    app = {naam: verbinding.settings_dict.get(naam) for naam in _AANMELDING}
    _sluit(verbinding)
    # In place: connections of other threads share this dictionary.
    verbinding.settings_dict.update(_eigenaar())
    try:
        yield
    finally:
        _sluit(verbinding)
        verbinding.settings_dict.update(app)


@contextlib.contextmanager
def eigenaar() -> Iterator[Any]:
    """A cursor as the owner, on a connection beside the one of the test."""
    verbinding = connections["default"].copy()
    verbinding.settings_dict.update(_eigenaar())
    try:
        with verbinding.cursor() as cursor:
            yield cursor
    finally:
        verbinding.close()


@contextlib.contextmanager
def naar_voorbeeld(maak: Callable[[], Any]) -> Iterator[None]:
    """The database of this process of xdist: a copy of one that the first of them made with `maak`.

    Migrating takes the better part of a minute, a copy a second.
    """
    verbinding = connections["default"]
    eigen, voorbeeld = (
        verbinding.creation._get_test_db_name(),
        f"test_{os.environ['PYTEST_XDIST_TESTRUNUID']}",
    )
    with eigenaar() as cursor:
        while not _namen(cursor, f"select 1 where pg_try_advisory_lock(hashtext('{voorbeeld}'))"):
            time.sleep(0.2)
        if voorbeeld not in _namen(cursor, "select datname from pg_database"):
            verbinding.settings_dict["TEST"]["NAME"] = voorbeeld
            maak()
        _sluit(verbinding)
        cursor.execute(f'drop database if exists "{eigen}"')  # of a run that was killed
        cursor.execute(f'create database "{eigen}" template "{voorbeeld}"')
    settings.DATABASES["default"]["NAME"] = verbinding.settings_dict["NAME"] = eigen
    yield
    _sluit(verbinding)
    verbinding.settings_dict["NAME"] = settings.DATABASE_EIGENAAR["NAME"]
    with eigenaar() as cursor:
        for naam in (eigen, voorbeeld):
            # One that a server of a browser test still uses goes with the run, or at the begin of the next one.
            with contextlib.suppress(OperationalError):
                cursor.execute(f'drop database if exists "{naam}"')


def onthoud_referentie() -> None:
    """Copy every table that migrations filled into the schema `referentie`, which only the owner uses."""
    with eigenaar() as cursor:
        cursor.execute("drop schema if exists referentie cascade; create schema referentie;")
        for tabel in _namen(cursor, _TABELLEN):
            cursor.execute(f'select exists (select from public."{tabel}")')
            if cursor.fetchone()[0]:
                cursor.execute(f'create table referentie."{tabel}" as table public."{tabel}"')


def leeg_databank() -> None:
    """All rows of the test away, also those that triggers keep; the rows of the migrations back."""
    with eigenaar() as cursor:
        cursor.execute(_leegopdracht(connections["default"].settings_dict["NAME"]))


@functools.cache
def _leegopdracht(_databank: str) -> str:
    with eigenaar() as cursor:
        tabellen = _namen(cursor, _TABELLEN)
        gevuld = _namen(cursor, _TABELLEN.replace("'public'", "'referentie'"))
        kolommen = {}
        for tabel in gevuld:
            cursor.execute(_KOLOMMEN, [tabel])
            kolommen[tabel] = cursor.fetchone()[0]
        cursor.execute(_TRIGGERS)
        triggers = cursor.fetchall()
    uit = sorted({tabel for tabel, _, _ in triggers})
    # Emptying waits for whoever still holds a row: better a clear error than a run that hangs.
    stappen = ["begin", "set local lock_timeout = '10s'"]
    stappen += [f'alter table public."{tabel}" disable trigger user' for tabel in uit]
    stappen.append("truncate " + ", ".join(f'public."{tabel}"' for tabel in tabellen))
    stappen += [
        f'insert into public."{tabel}" ({kolommen[tabel]}) select {kolommen[tabel]} from referentie."{tabel}"'
        for tabel in gevuld
    ]
    stappen.append("set constraints all immediate")  # a table with checks pending cannot be altered
    stappen += [
        f'alter table public."{tabel}" {_AANZETTEN[stand]} "{naam}"' for tabel, naam, stand in triggers
    ]
    return ";\n".join([*stappen, "commit"])


def _namen(cursor: Any, vraag: str) -> list[str]:
    cursor.execute(vraag)
    return [rij[0] for rij in cursor.fetchall()]


def _sluit(verbinding: BaseDatabaseWrapper) -> None:
    verbinding.close()
    if hasattr(verbinding, "close_pool"):
        verbinding.close_pool()


def weigert(doe: Callable[[], Any]) -> str:
    """The name of the rule that stops `doe` now or at the commit; empty when none does."""
    try:
        with transaction.atomic():
            doe()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError as fout:
        reden: Any = fout.__cause__
        return str(reden.diag.constraint_name or reden.diag.message_primary)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return ""

"""A database for one simulation: made by the owner, used as the plain role, and dropped whatever happens.

The live database is not connected to, unless the server has no database `postgres` from which to make another.
While the block lasts, Django's default connection is that of the new database, and personal data is written with
keys that are forgotten afterwards.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import secrets
import signal
from collections.abc import Iterator
from types import FrameType
from typing import Any, NoReturn

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg.sql import SQL, Identifier

Beheer = psycopg.Connection[Any]
VOORVOEGSEL = "simulatie_"
_AANMELDING = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
_SEINEN = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class GeenDatabank(Exception):
    """No database could be made; the text says why."""


@contextlib.contextmanager
def eigen_databank() -> Iterator[str]:
    """Make a database, migrate it, connect to it as the plain role; gives its name. Raises GeenDatabank.

    SIGTERM and SIGHUP end the block as SystemExit, so that it is dropped then, too.
    """
    live = dict(connection.settings_dict)
    eigenaar = _eigenaar(live)
    naam = VOORVOEGSEL + secrets.token_hex(8)
    with _stopbaar(), _beheer(eigenaar) as beheer:
        _ruim_wezen_op(beheer)
        _neem(beheer, naam)
        try:
            _maak(beheer, naam)
            _verbind({**eigenaar, "NAME": naam})
            _migreer()
            _verbind({**{sleutel: live[sleutel] for sleutel in _AANMELDING}, "NAME": naam})
            _controleer(naam)
            with _eigen_sleutels():
                yield naam
        finally:
            _doof()
            _verbind({sleutel: live[sleutel] for sleutel in (*_AANMELDING, "NAME")}, pool=True)
            _gooi_weg(beheer, naam)


def _eigenaar(live: dict[str, Any]) -> dict[str, Any]:
    """Who may make a database: the owner of the live one; with one login for all, that one without its plain role."""
    basis = settings.DATABASE_EIGENAAR or live
    opties = dict(basis.get("OPTIONS") or {})
    if not settings.DATABASE_EIGENAAR:
        opties.pop("options", None)
    return {sleutel: basis.get(sleutel, "") for sleutel in (*_AANMELDING, "NAME")} | {"OPTIONS": opties}


def _verbind(aanmelding: dict[str, Any], *, pool: bool = False) -> None:
    """Let the default connection be this one from its next use on; without a pool, which could be the live one's."""
    connections["default"].close()
    opties = dict(aanmelding["OPTIONS"])
    if not pool:
        opties.pop("pool", None)
    connections["default"].settings_dict.update({**aanmelding, "OPTIONS": opties})


@contextlib.contextmanager
def _beheer(eigenaar: dict[str, Any]) -> Iterator[Beheer]:
    """A session as the owner, in the database that every server has.

    Not through Django, that for each new connection asks something of the default one: that is still the live one.
    """
    verbinding = connections["default"].copy()
    opties = {naam: optie for naam, optie in eigenaar["OPTIONS"].items() if naam != "pool"}

    def verbind(naam: str) -> Beheer:
        verbinding.settings_dict.update({**eigenaar, "OPTIONS": opties, "NAME": naam})
        return psycopg.connect(**verbinding.get_connection_params(), autocommit=True)

    try:
        try:
            beheer = verbind("postgres")
        except psycopg.OperationalError:
            beheer = verbind(eigenaar["NAME"])
    except psycopg.OperationalError as fout:
        raise GeenDatabank(f"De databankserver is niet bereikbaar: {fout}") from fout
    with contextlib.closing(beheer):
        yield beheer


def _neem(beheer: Beheer, naam: str) -> bool:
    """Claim a name for as long as this session lasts; False when another session has it."""
    (gelukt,) = beheer.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [naam]).fetchone() or (False,)
    return bool(gelukt)


def _ruim_wezen_op(beheer: Beheer) -> None:
    """Drop what a killed simulation left behind: our name, our owner, and no session that claims it."""
    namen = beheer.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND pg_get_userbyid(datdba) = current_user",
        [VOORVOEGSEL],
    ).fetchall()
    for (naam,) in namen:
        if _neem(beheer, naam):
            _gooi_weg(beheer, naam)


def _gooi_weg(beheer: Beheer, naam: str) -> None:
    """The server waits some seconds for a session that is just ending. The owner may not end one of another role."""
    beheer.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(naam)))


def _maak(beheer: Beheer, naam: str) -> None:
    try:
        beheer.execute(SQL("CREATE DATABASE {}").format(Identifier(naam)))
    except psycopg.errors.InsufficientPrivilege as fout:
        raise GeenDatabank(
            "Deze databankgebruiker mag geen databank maken. Zet DATABASE_EIGENAAR_URL op de eigenaar, die dat mag."
        ) from fout


def _migreer() -> None:
    """Django renders its models anew for every migration; a third of the time went to looking for garbage in them."""
    gc.disable()
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        gc.enable()


def _controleer(naam: str) -> None:
    """The last check before anything is played: we are where we think we are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (echt,) = cursor.fetchone()
    if echt != naam:
        raise GeenDatabank("De verbinding wijst niet naar de eigen databank van de simulatie.")


@contextlib.contextmanager
def _eigen_sleutels() -> Iterator[None]:
    """Encrypt with keys of this simulation alone."""
    eerder = settings.VELD_SLEUTELS, settings.VELD_INDEX_SLEUTEL
    settings.VELD_SLEUTELS, settings.VELD_INDEX_SLEUTEL = {"s": _sleutel()}, _sleutel()
    try:
        yield
    finally:
        settings.VELD_SLEUTELS, settings.VELD_INDEX_SLEUTEL = eerder


def _sleutel() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


@contextlib.contextmanager
def _stopbaar() -> Iterator[None]:
    """A signal that would end the program at once unwinds it instead."""
    eerder = {sein: signal.getsignal(sein) for sein in _SEINEN}
    for sein in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sein, _stop)
    try:
        yield
    finally:
        for sein, bij in eerder.items():
            signal.signal(sein, bij)


def _stop(nummer: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + nummer)


def _doof() -> None:
    """From here on we only clean up: a second signal must not stop that half-way."""
    for sein in _SEINEN:
        signal.signal(sein, signal.SIG_IGN)

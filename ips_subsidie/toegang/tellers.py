"""How often somebody tried: Django's cache (settings.CACHES) for the rate limits, kept in PostgreSQL.

Shared by all processes, and there as long as the portal itself is: without Redis the limits hold as well. It has a
connection of its own that commits at once, so that a try counts even where the request is rolled back, and nobody
waits for another's request. Values are JSON; nothing is thrown away before its time, or a flood of other keys would
wipe a count. The table is UNLOGGED: a crash of the server forgets the counts, and a backup leaves them out.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_LEES = "SELECT waarde FROM toegang_teller WHERE sleutel = %s AND verloopt_op > now()"
_ZET = """
INSERT INTO toegang_teller (sleutel, waarde, verloopt_op) VALUES (%s, %s, now() + %s * interval '1 second')
ON CONFLICT (sleutel) DO UPDATE SET waarde = excluded.waarde, verloopt_op = excluded.verloopt_op
"""
# A row that is past its time is as good as none.
_VOEG_TOE = f"{_ZET} WHERE toegang_teller.verloopt_op <= now()"
_WEG = "DELETE FROM toegang_teller WHERE sleutel = %s AND verloopt_op > now()"
_per_draad = threading.local()


class Tellers(BaseCache):
    """The cache backend; takes no options but those of BaseCache."""

    def __init__(self, plek: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        rij = self._vraag(_LEES, [self._hash(key, version)])
        return default if rij is None else json.loads(rij[0]) if isinstance(rij[0], str) else rij[0]

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | object | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        self._doe(_ZET, [self._hash(key, version), json.dumps(value), self._seconden(timeout)])

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | object | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Set it when it isn't there; whether that was so. One statement, so two processes can't both be first."""
        return (
            self._doe(_VOEG_TOE, [self._hash(key, version), json.dumps(value), self._seconden(timeout)]) == 1
        )

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._doe(_WEG, [self._hash(key, version)]) == 1

    def clear(self) -> None:
        self._doe("DELETE FROM toegang_teller", [])

    def close(self, **kwargs: Any) -> None:
        """Called by Django at the end of each request."""
        verbinding = getattr(_per_draad, "verbinding", None)
        if verbinding is not None:
            verbinding.close()
            del _per_draad.verbinding

    def _hash(self, key: str, version: int | None) -> str:
        """Keys name network addresses and accounts: what is kept doesn't."""
        return hashlib.sha256(self.make_and_validate_key(key, version=version).encode()).hexdigest()

    def _seconden(self, timeout: Any) -> float:
        """The time to keep a value, in seconds; `None` (for ever) is what a count never asks."""
        einde = self.get_backend_timeout(timeout)
        if einde is None:
            raise ValueError("een teller telt niet voor altijd")
        return float(einde) - time.time()

    def _vraag(self, sql: str, waarden: list[Any]) -> Any:
        with _verbinding().cursor() as cursor:
            cursor.execute(sql, waarden)
            return cursor.fetchone()

    def _doe(self, sql: str, waarden: list[Any]) -> int:
        with _verbinding().cursor() as cursor:
            cursor.execute(sql, waarden)
            return int(cursor.rowcount)


def _verbinding() -> BaseDatabaseWrapper:
    """One a thread, beside the connection of the request and outside its pool: two of one pool could wait forever."""
    verbinding: BaseDatabaseWrapper | None = getattr(_per_draad, "verbinding", None)
    naam = connections["default"].settings_dict["NAME"]
    if verbinding is None or verbinding.settings_dict["NAME"] != naam:
        verbinding = connections["default"].copy()
        verbinding.settings_dict["OPTIONS"].pop("pool", None)
        _per_draad.verbinding = verbinding
    return verbinding

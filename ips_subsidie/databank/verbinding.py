"""A connection that gives up on a server that says nothing any more.

The server's own limits (`statement_timeout`, `lock_timeout`) end what it does too long. They are of no use where the
server, or the network on the way to it, hangs: then nobody tells us. A thread that waits there is lost until the
machine decides that the other side is gone, which takes a quarter of an hour or more.
"""

from __future__ import annotations

from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

T = TypeVar("T")


class Verbinding(psycopg.Connection[Any]):
    """Raises OperationalError, and closes, when the server takes longer than `geduld` seconds to answer."""

    geduld: float | None = None

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        grens = self.geduld if timeout is None else timeout
        try:
            return super().wait(gen, interval, grens)
        except psycopg.errors._WaitTimeout:
            if timeout is not None:  # somebody else's limit
                raise
            # Whatever it still answers would be taken for the answer to the next question.
            self.pgconn.finish()
            raise psycopg.OperationalError(f"de databank antwoordt niet binnen {grens:g} seconden") from None


def met_geduld(geduld: float | None) -> type[Verbinding]:
    """Connections with this patience, in seconds; None waits as long as the server does."""
    return type("Verbinding", (Verbinding,), {"geduld": geduld})

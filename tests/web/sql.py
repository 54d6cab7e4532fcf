"""How many statements a request sends. Savepoints are of the test's own transaction, and don't count."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from django.db import connection
from django.test.utils import CaptureQueriesContext

_VAN_DE_TEST = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


class Telling:
    """The statements between the begin and the end of a `met_hoogstens`."""

    def __init__(self) -> None:
        self.vragen: list[str] = []

    @property
    def aantal(self) -> int:
        return len(self.vragen)


@contextlib.contextmanager
def tel_sql() -> Iterator[Telling]:
    telling = Telling()
    with CaptureQueriesContext(connection) as gevangen:
        yield telling
    alle = (vraag["sql"] for vraag in gevangen.captured_queries)
    telling.vragen = [sql for sql in alle if not sql.startswith(_VAN_DE_TEST)]


@contextlib.contextmanager
def met_hoogstens(grens: int) -> Iterator[Telling]:
    """Fails, with all statements, when there are more than `grens`."""
    with tel_sql() as telling:
        yield telling
    lijst = "\n".join(f"{i}. {sql[:200]}" for i, sql in enumerate(telling.vragen, 1))
    assert telling.aantal <= grens, f"{telling.aantal} opdrachten, hoogstens {grens}:\n{lijst}"

"""Small things for the tests of pages."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ips_subsidie.toegang.actor import Actor

_NIET_GETELD = re.compile(r"^\s*(SAVEPOINT|RELEASE|ROLLBACK TO)", re.IGNORECASE)


def als(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.persoon)
    return client


def aantal_vragen(client: Client, url: str) -> int:
    """The SQL statements of a page, without the savepoints that a test adds."""
    client.get(url)
    with CaptureQueriesContext(connection) as vragen:
        assert client.get(url).status_code == 200
    return sum(not _NIET_GETELD.match(vraag["sql"]) for vraag in vragen.captured_queries)


def tekst(antwoord: Any) -> str:
    """The words of a page, white space joined."""
    return " ".join(re.sub(r"<[^>]+>", " ", antwoord.content.decode()).split())

"""How one URL a service becomes the settings that Django and Celery each want of it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import environ


def databank(env: environ.Env, naam: str, *, rol: str | None) -> dict[str, Any]:
    """The database settings of the URL in the variable `naam`; empty when it isn't set.

    `rol` makes a session act as that plain role, for an installation with one login only
    (`DATABASE_ROL=app`); with two logins, as the supervisor and compose make them, it is empty.
    """
    if not env(naam, default=""):
        return {}
    instellingen: dict[str, Any] = dict(env.db_url(naam))
    opties = instellingen.setdefault("OPTIONS", {})
    if rol:
        opties["options"] = f"-c role={rol}"
    # A wait for a lock or a statement that never ends must not hold the rest up.
    instellingen["CONN_MAX_AGE"] = 0
    instellingen["CONN_HEALTH_CHECKS"] = False
    return instellingen


def vertaal_broker(url: str) -> str:
    """Kombu's form of a Redis URL: it wants `redis+socket://` where redis-py wants `unix://`."""
    delen = urlsplit(url)
    if delen.scheme != "unix":
        return url
    nummer = parse_qs(delen.query).get("db", ["0"])[0]
    return f"redis+socket://{delen.path}?virtual_host={nummer}"

"""How one URL a service becomes the settings that Django and Celery each want of it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import environ

# What the owner may wait for a lock: behind a migration that waits stands everyone who wants that table.
_SLOT_VAN_EIGENAAR = "2s"
# Seconds for the server to take a new connection, and to answer on one.
_VERBINDEN, _GEDULD = 5, 30.0


def databank(
    env: environ.Env,
    naam: str,
    *,
    rol: str | None,
    partij: str = "",
    eigenaar: bool = False,
) -> dict[str, Any]:
    """The database settings of the URL in the variable `naam`; empty when it isn't set.

    `rol` makes a session act as that plain role, for an installation with one login only
    (`DATABASE_ROL=app`); with two logins, as the supervisor and compose make them, it is empty.
    `partij` is what every connection of this process sees before anybody asks anything (toegang.rijrechten).
    DATABASE_GEDULD is how many seconds a connection waits for an answer before it takes the server for gone; a page
    (wsgi.py) waits shorter than the visitor does. The `eigenaar` waits as long as it takes, as a migration may; it
    gives up soon, though, when it can't have a lock.
    """
    if not env(naam, default=""):
        return {}
    instellingen: dict[str, Any] = dict(env.db_url(naam))
    opties = instellingen.setdefault("OPTIONS", {})
    begin = [f"-c role={rol}"] if rol else []
    begin += [f"-c ips.partij={partij}"] if partij else []
    begin += [f"-c lock_timeout={_SLOT_VAN_EIGENAAR}"] if eigenaar else []
    if begin:
        opties["options"] = " ".join(begin)
    opties.setdefault("connect_timeout", _VERBINDEN)
    instellingen |= {
        "ENGINE": "ips_subsidie.databank",
        "GEDULD": None if eigenaar else env.float("DATABASE_GEDULD", default=_GEDULD),
    }
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

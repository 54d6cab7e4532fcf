"""The database backend of the project: Django's own for PostgreSQL, with our kind of connection.

`DATABASES[...]["GEDULD"]`: the seconds that a connection waits for an answer; none is as long as the server does.
"""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, IsolationLevel

from ips_subsidie.databank.verbinding import met_geduld


class DatabaseWrapper(base.DatabaseWrapper):
    @property
    def pool(self) -> Any:
        """The pool of this process, or None. Whoever asks for it first makes it: also a thread that only closes."""
        opties = self.settings_dict["OPTIONS"].get("pool")
        if opties and "connection_class" not in opties:
            opties["connection_class"] = met_geduld(self.settings_dict.get("GEDULD"))
        return super().pool

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        if self.pool:
            verbinding: Connection[Any] = super().get_new_connection(conn_params)
            return verbinding
        self.isolation_level = IsolationLevel.READ_COMMITTED
        return met_geduld(self.settings_dict.get("GEDULD")).connect(**conn_params)

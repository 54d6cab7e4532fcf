"""The same world and visitors as for the pages of the instelling."""

from tests.web.instelling.conftest import _op_de_dag_zelf, client, wereld

__all__ = ["_op_de_dag_zelf", "client", "wereld"]

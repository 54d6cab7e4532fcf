"""The acts of the overleg. Importing them registers them, in this order."""

# isort: off
from overleg.handelingen import (  # noqa: F401
    reeksen,
    bijeenkomsten,
    agendapunten,
    agendalinks,
    contactpersonen,
)

"""The acts, one module per phase of the life of a dossier. Importing them registers them, in this order."""

# isort: off
from aanvragen.handelingen import (  # noqa: F401
    behandelen,
    beslissen,
    alsnog,
    indienen,
    intrekken,
    invullen,
    toestemming,
    traject,
    verlengen,
    verlopen,
    voordragen,
)

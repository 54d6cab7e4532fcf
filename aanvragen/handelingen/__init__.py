"""The acts, one module per phase of the life of a dossier. Importing them registers them, in this order."""

# isort: off
from aanvragen.handelingen import (  # noqa: F401
    behandelen,
    beslistermijn,
    storing,
    budget_vragen,
    beslissen,
    erkennen,
    doorzenden,
    indienen,
    intrekken,
    invullen,
    ondertekenen,
    toestemming,
    gemeentetoets,
    traject,
    stoppen,
    verslag,
    vaststellen,
    verlengen,
    verlopen,
    bezwaar,
    ingebrekestelling,
    dwangsom,
    voordragen,
    gesprek,
)

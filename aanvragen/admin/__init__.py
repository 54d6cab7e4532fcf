"""The dossiers in the admin: to follow where they are, without the people in them."""

from aanvragen.admin import (  # noqa: F401
    bewaren,
    bezwaar,
    deel_1,
    dossier,
    dwangsom,
    erkenning,
    gemeentetoets,
    gesprek,
    inrichting,
    mandaten,
    termijnen,
)

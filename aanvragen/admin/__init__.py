"""The dossiers in the admin: to follow where they are, without the people in them."""

from aanvragen.admin import deel_1, dossier, erkenning, gemeentetoets, inrichting, mandaten  # noqa: F401

"""The dossiers in the admin: to follow where they are, without the people in them."""

from aanvragen.admin import dossier, inrichting  # noqa: F401

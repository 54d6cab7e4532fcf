"""The acts of a bezwaar. Importing them registers them, in this order."""

# isort: off
from aanvragen.handelingen.bezwaar import (  # noqa: F401
    indienen,
    behandelen,
    beslissen,
)

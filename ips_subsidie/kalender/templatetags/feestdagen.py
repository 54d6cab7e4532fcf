"""What the start page of the admin says about the table of feestdagen."""

from __future__ import annotations

from django import template

from ips_subsidie.kalender.feestdagen import jaren_zonder
from ips_subsidie.kalender.klok import vandaag

register = template.Library()


@register.simple_tag
def jaren_zonder_feestdagen() -> list[int]:
    """The coming years of which no feestdag is known: terms that end in them would be computed wrong."""
    return jaren_zonder(vandaag())

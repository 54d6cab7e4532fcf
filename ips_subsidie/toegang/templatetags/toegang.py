"""Whether there is another way to log in than with a password."""

from django import template

from ips_subsidie.toegang.oidc.models import Inlogdienst

register = template.Library()


@register.simple_tag
def als_inlogdienst() -> bool:
    """There is an organisatie with a login service of its own."""
    return Inlogdienst.objects.actief().exists()

"""Django app of the letters; it has no models."""

from django.apps import AppConfig


class BrievenConfig(AppConfig):
    """Registers the app for its management command."""

    name = "ips_subsidie.brieven"
    label = "brieven"
    verbose_name = "Brieven"

from django.apps import AppConfig


class VormgevingConfig(AppConfig):
    name = "ips_subsidie.vormgeving"
    label = "vormgeving"
    verbose_name = "Vormgeving"

from django.apps import AppConfig


class ToegangConfig(AppConfig):
    name = "ips_subsidie.toegang"
    label = "toegang"
    verbose_name = "Toegang"

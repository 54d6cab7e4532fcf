from django.apps import AppConfig


class BerichtenConfig(AppConfig):
    name = "ips_subsidie.berichten"
    label = "berichten"
    verbose_name = "Berichten"

from django.apps import AppConfig


class LogboekConfig(AppConfig):
    name = "ips_subsidie.logboek"
    label = "logboek"
    verbose_name = "Logboek"

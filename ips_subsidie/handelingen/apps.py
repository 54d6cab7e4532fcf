from django.apps import AppConfig


class HandelingenConfig(AppConfig):
    name = "ips_subsidie.handelingen"
    label = "handelingen"
    verbose_name = "Handelingen"

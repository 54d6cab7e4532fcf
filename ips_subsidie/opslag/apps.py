from django.apps import AppConfig


class OpslagConfig(AppConfig):
    name = "ips_subsidie.opslag"
    label = "opslag"
    verbose_name = "Opslag"
    default_auto_field = "django.db.models.BigAutoField"

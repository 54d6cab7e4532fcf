from django.apps import AppConfig


class KalenderConfig(AppConfig):
    name = "ips_subsidie.kalender"
    label = "kalender"
    verbose_name = "Kalender"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ips_subsidie.kalender import feestdagen

        feestdagen.luister()

from django.apps import AppConfig


class AanvragenConfig(AppConfig):
    name = "aanvragen"
    verbose_name = "Aanvragen"

    def ready(self) -> None:
        # Importing the acts registers them.
        import aanvragen.handelingen  # noqa: F401

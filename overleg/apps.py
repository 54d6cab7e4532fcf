from django.apps import AppConfig


class OverlegConfig(AppConfig):
    name = "overleg"
    verbose_name = "Overleg in de regio"

    def ready(self) -> None:
        # Importing the acts registers them.
        import overleg.handelingen  # noqa: F401

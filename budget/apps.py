from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "budget"
    verbose_name = "Budget"

    def ready(self) -> None:
        # Importing the acts registers them.
        from budget.handelingen import (  # noqa: F401
            betalen,
            facturen,
            goedkeuren,
            inkopen,
            loting,
            plafond,
            rekeningen,
            terugvorderen,
        )

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ips_subsidie.kalender.models import Feestdag


class JaarFilter(admin.SimpleListFilter):
    title = "jaar"
    parameter_name = "jaar"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        jaren = Feestdag.objects.dates("datum", "year", order="DESC")
        return [(str(dag.year), str(dag.year)) for dag in jaren]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Feestdag]) -> QuerySet[Feestdag]:
        waarde = self.value()
        if waarde is None or not waarde.isascii() or not waarde.isdigit():
            return queryset
        return queryset.filter(datum__year=int(waarde[:4]))


@admin.register(Feestdag)
class FeestdagAdmin(admin.ModelAdmin):
    list_display = ("datum", "weekdag", "naam", "grondslag", "zeker")
    list_filter = (JaarFilter, "zeker", "grondslag")
    search_fields = ("naam", "grondslag")
    date_hierarchy = "datum"
    ordering = ("-datum",)

    @admin.display(description="weekdag")
    def weekdag(self, feestdag: Feestdag) -> str:
        dagen = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
        return dagen[feestdag.datum.weekday()]

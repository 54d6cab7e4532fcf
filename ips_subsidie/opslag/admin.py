from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ips_subsidie.opslag.models import Bestand, BestandQuerySet


@admin.register(Bestand)
class BestandAdmin(admin.ModelAdmin):
    """Read-only, and without the content: a file is opened from its dossier, where that is written down."""

    list_display = ("id", "soort", "leesbare_grootte", "gemaakt_op")
    list_filter = ("soort", "gemaakt_op")
    search_fields = ("=sha256",)
    date_hierarchy = "gemaakt_op"
    fields = ("id", "soort", "leesbare_grootte", "sha256", "gemaakt_op")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Bestand]:
        queryset = super().get_queryset(request)
        return queryset.zonder_inhoud() if isinstance(queryset, BestandQuerySet) else queryset

    @admin.display(description="grootte", ordering="grootte")
    def leesbare_grootte(self, bestand: Bestand) -> str:
        return bestand.leesbare_grootte

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Bestand | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Bestand | None = None) -> bool:
        return False

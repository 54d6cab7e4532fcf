from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from gemeenten.models import (
    Contactpersoon,
    Deelname,
    Gemeente,
    GemeenteOpvolging,
    GemeenteQuerySet,
    Samenwerkingsverband,
)
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.logboek.beheer import Beheer, MetZoekvelden, NooitVerwijderen


class GeldigFilter(admin.SimpleListFilter):
    """Which rows are in force today; for every model whose queryset knows `geldig_op`."""

    title = "geldig"
    parameter_name = "geldig"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("nu", "Vandaag"), ("niet", "Vandaag niet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("nu", "niet"):
            return queryset
        geldig = queryset.model.objects.geldig_op(vandaag()).values("pk")
        return queryset.filter(pk__in=geldig) if self.value() == "nu" else queryset.exclude(pk__in=geldig)


class OpvolgingInline(MetZoekvelden, admin.TabularInline):
    model = GemeenteOpvolging
    can_delete = False
    fk_name = "van"
    extra = 0
    autocomplete_fields = ("naar",)
    verbose_name_plural = "opgevolgd door"


class DeelnameInline(MetZoekvelden, admin.TabularInline):
    model = Deelname
    can_delete = False
    extra = 0
    autocomplete_fields = ("gemeente",)


@admin.register(Gemeente)
class GemeenteAdmin(NooitVerwijderen):
    list_display = ("naam", "code", "provincie", "geldig_van", "geldig_tot", "opvolgers")
    list_filter = (GeldigFilter, "provincie")
    search_fields = ("zoektekst",)
    list_per_page = 400
    readonly_fields = ("organisatie",)
    inlines = (OpvolgingInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Gemeente]:
        return (
            super().get_queryset(request).select_related("organisatie").prefetch_related("opvolgingen__naar")
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Gemeente | None = None) -> tuple[str, ...]:
        return ("code", "organisatie") if obj else ("organisatie",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Gemeente], search_term: str
    ) -> tuple[QuerySet[Gemeente], bool]:
        if isinstance(queryset, GemeenteQuerySet):
            return queryset.zoeken(search_term), False
        return super().get_search_results(request, queryset, search_term)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """New ones come from the file, with their organisatie: `manage.py gemeenten laden`."""
        return False

    @admin.display(description="opvolgers")
    def opvolgers(self, gemeente: Gemeente) -> str:
        return ", ".join(opvolging.naar.naam for opvolging in gemeente.opvolgingen.all())


@admin.register(GemeenteOpvolging)
class GemeenteOpvolgingAdmin(NooitVerwijderen):
    list_display = ("van", "naar", "datum", "soort", "neemt_verplichtingen_over")
    list_filter = ("soort", "neemt_verplichtingen_over", "datum")
    list_select_related = ("van", "naar")
    search_fields = ("van__zoektekst", "naar__zoektekst")
    autocomplete_fields = ("van", "naar")
    date_hierarchy = "datum"


@admin.register(Samenwerkingsverband)
class SamenwerkingsverbandAdmin(NooitVerwijderen):
    list_display = ("__str__", "aantal_nu")
    list_select_related = ("organisatie",)
    search_fields = ("organisatie__naam",)
    inlines = (DeelnameInline,)

    @admin.display(description="gemeenten vandaag")
    def aantal_nu(self, verband: Samenwerkingsverband) -> int:
        return Deelname.objects.geldig_op(vandaag()).filter(verband=verband).count()


@admin.register(Deelname)
class DeelnameAdmin(NooitVerwijderen):
    list_display = ("gemeente", "verband", "geldig_van", "geldig_tot", "voert_ips_uit")
    list_filter = (GeldigFilter, "voert_ips_uit", "verband")
    list_select_related = ("gemeente", "verband__organisatie")
    search_fields = ("gemeente__zoektekst", "verband__organisatie__naam")
    autocomplete_fields = ("gemeente", "verband")


@admin.register(Contactpersoon)
class ContactpersoonAdmin(Beheer):
    list_display = ("naam", "functie", "organisatie", "email", "telefoon")
    list_filter = ("organisatie__soort",)
    list_select_related = ("organisatie",)
    search_fields = ("naam", "functie", "email", "organisatie__naam")
    raw_id_fields = ("organisatie",)

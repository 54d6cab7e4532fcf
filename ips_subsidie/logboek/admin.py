"""The logboek in the admin, to search and to read; and the feestdagen, whose own floor knows no logboek."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path

from ips_subsidie.kalender.dagen import weekdag
from ips_subsidie.kalender.erkend import erkende_feestdagen
from ips_subsidie.kalender.feestdagen import jaren_zonder
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.kalender.models import Feestdag
from ips_subsidie.logboek.beheer import AlleenLezen, Beheer, schrijf_beheer
from ips_subsidie.logboek.models import Oordeel, Regel, Signaal


@admin.register(Regel)
class RegelAdmin(AlleenLezen[Regel]):
    list_display = ("op", "soort", "handeling", "gebruiker", "organisatie", "rol", "onderwerp", "kenmerk")
    list_filter = ("soort", "rol", "handeling")
    list_select_related = ("gebruiker", "organisatie")
    search_fields = ("=kenmerk", "=dossier_id", "=onderwerp_id", "gebruiker__email", "gebruiker__naam")
    search_help_text = "Zoek op kenmerk, nummer, of op de naam of het e-mailadres van wie het deed."
    date_hierarchy = "op"


@admin.register(Signaal)
class SignaalAdmin(AlleenLezen[Signaal]):
    list_display = ("soort", "dag", "gebruiker", "organisatie", "aantal", "uiterlijk")
    list_filter = ("soort",)
    list_select_related = ("gebruiker", "organisatie")
    search_fields = ("gebruiker__email", "gebruiker__naam")
    date_hierarchy = "dag"
    ordering = ("-uiterlijk", "-pk")


@admin.register(Oordeel)
class OordeelAdmin(AlleenLezen[Oordeel]):
    list_display = ("signaal", "uitkomst", "op", "door")
    list_filter = ("uitkomst",)
    list_select_related = ("signaal", "door")
    search_fields = ("door__email", "door__naam")
    date_hierarchy = "op"


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
class FeestdagAdmin(Beheer[Feestdag]):
    list_display = ("datum", "dag_van_de_week", "naam", "grondslag", "zeker")
    list_filter = (JaarFilter, "zeker", "grondslag")
    search_fields = ("naam", "grondslag")
    date_hierarchy = "datum"
    ordering = ("-datum",)

    @admin.display(description="weekdag")
    def dag_van_de_week(self, feestdag: Feestdag) -> str:
        return weekdag(feestdag.datum)

    def get_urls(self) -> list[URLPattern]:
        pagina: Callable[..., Any] = self.admin_site.admin_view(self.aanvullen)
        return [
            path("aanvullen/<int:jaar>/", pagina, name="kalender_feestdag_aanvullen"),
            *super().get_urls(),
        ]

    def aanvullen(self, request: HttpRequest, jaar: int) -> HttpResponse:
        """Add the feestdagen that the law names of a year of which the table has none."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if jaar not in jaren_zonder(vandaag()):
            raise Http404
        nieuw = [
            Feestdag(datum=dag.datum, naam=dag.naam, grondslag=dag.grondslag, zeker=dag.zeker)
            for dag in erkende_feestdagen(jaar, jaar)
        ]
        for feestdag in nieuw:
            feestdag.save()
        schrijf_beheer(request, "toevoegen", *nieuw)
        tekst = (
            f"De {len(nieuw)} feestdagen van {jaar} staan in de tabel. Kijk of een koninklijk besluit er dagen aan "
            "toevoegt."
        )
        self.message_user(request, tekst, messages.SUCCESS)
        return redirect("admin:index")

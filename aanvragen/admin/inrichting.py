"""What a beheerder keeps up by hand: instellingen and storingen. Their erkenningen have a module of their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from aanvragen.models import GgzInstelling, IpsErkenning, Storing
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.beheer import NooitVerwijderen
from ips_subsidie.toegang.rollen import OrganisatieSoort


class BiedtIpsFilter(admin.SimpleListFilter):
    """Which instellingen have an erkenning in force today."""

    title = "biedt IPS"
    parameter_name = "ips"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("nu", "Vandaag"), ("niet", "Vandaag niet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[GgzInstelling]) -> QuerySet[GgzInstelling]:
        if self.value() not in ("nu", "niet"):
            return queryset
        erkend = GgzInstelling.objects.biedt_ips_op(vandaag()).values("pk")
        return queryset.filter(pk__in=erkend) if self.value() == "nu" else queryset.exclude(pk__in=erkend)


class ErkenningInline(admin.TabularInline):
    """The erkenningen of an instelling, to see; each is changed on its own page."""

    model = IpsErkenning
    extra = 0
    can_delete = False
    show_change_link = True
    fields = readonly_fields = ("geldig_van", "geldig_tot", "bron", "fidelity_score", "fidelity_datum")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class GgzInstellingForm(forms.ModelForm):
    def clean_organisatie(self) -> Any:
        organisatie = self.cleaned_data["organisatie"]
        if organisatie.soort != OrganisatieSoort.INSTELLING:
            raise forms.ValidationError("Kies een organisatie van de soort ggz-instelling.")
        return organisatie


@admin.register(GgzInstelling)
class GgzInstellingAdmin(NooitVerwijderen[GgzInstelling]):
    form = GgzInstellingForm
    list_display = ("naam", "kvk", "agb", "plaats")
    list_filter = (BiedtIpsFilter,)
    list_select_related = ("organisatie",)
    search_fields = ("organisatie__naam", "=kvk", "=agb", "plaats")
    autocomplete_fields = ("organisatie",)

    def get_inlines(self, request: HttpRequest, obj: GgzInstelling | None) -> Any:
        return [ErkenningInline] if obj else []

    @admin.display(description="naam", ordering="organisatie__naam")
    def naam(self, instelling: GgzInstelling) -> str:
        return instelling.naam

    def get_readonly_fields(self, request: HttpRequest, obj: GgzInstelling | None = None) -> tuple[str, ...]:
        # Its dossiers hang on it: another organisatie is another instelling.
        return ("organisatie",) if obj else ()


@admin.register(Storing)
class StoringAdmin(NooitVerwijderen[Storing]):
    list_display = ("van", "tot", "toelichting")
    search_fields = ("toelichting",)
    date_hierarchy = "van"

"""Login services of organisaties in the admin. A secret goes in and never comes out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from ips_subsidie.kalender.klok import nu
from ips_subsidie.toegang.beheer import AlleenLezen, NooitVerwijderen, schrijf_beheer
from ips_subsidie.toegang.oidc.models import Identiteit, Inlogdienst


class _NooitTerug(forms.Textarea):
    """What is typed here isn't shown again, also not when another field has to be put right."""

    def format_value(self, value: Any) -> str | None:
        return None


class InlogdienstForm(forms.ModelForm):
    nieuw_geheim = forms.CharField(
        label="Geheim of privésleutel",
        required=False,
        strip=True,
        max_length=10_000,
        widget=_NooitTerug({"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text="Van de beheerder van de dienst. Leeg: wat er al staat, blijft. U ziet het hier nooit terug.",
    )

    def clean_nieuw_geheim(self) -> str:
        geheim: str = self.cleaned_data["nieuw_geheim"]
        if not geheim and not self.instance.geheim:
            raise ValidationError("Vul het geheim in dat u van de dienst kreeg.")
        if geheim:
            # Before the model looks at it: a private key must be one.
            self.instance.geheim = geheim
        return geheim


class InlogdienstAdmin(NooitVerwijderen[Inlogdienst]):
    form = InlogdienstForm
    list_display = ("naam", "organisatie", "issuer", "actief", "verplicht")
    list_filter = ("actief", "verplicht")
    list_select_related = ("organisatie",)
    search_fields = ("naam", "organisatie__naam", "issuer")
    autocomplete_fields = ("organisatie",)
    fields = (
        "organisatie", "naam", "issuer", "client_id", "bewijs", "nieuw_geheim", "acr_waarden", "amr_waarden",
        "hoogstens_minuten", "uitloggen_bij_dienst", "actief", "verplicht",
    )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Inlogdienst | None = None) -> tuple[str, ...]:
        # What it says counts for one organisatie; for another one a new row is made.
        return ("organisatie",) if obj else ()


class IdentiteitAdmin(AlleenLezen[Identiteit]):
    list_display = ("gebruiker", "inlogdienst", "gekoppeld_op", "beeindigd_op")
    date_hierarchy = "gekoppeld_op"
    list_filter = ("inlogdienst", ("beeindigd_op", admin.EmptyFieldListFilter))
    list_select_related = ("gebruiker", "inlogdienst")
    search_fields = ("gebruiker__naam", "gebruiker__email", "=sub")
    actions = ("ontkoppelen",)

    @admin.action(description="Ontkoppelen: bij de volgende keer inloggen telt weer het e-mailadres")
    def ontkoppelen(self, request: HttpRequest, queryset: QuerySet[Identiteit]) -> None:
        """Ends the sessions that came of it too, at their next request."""
        open_ = list(queryset.filter(beeindigd_op__isnull=True))
        Identiteit.objects.filter(pk__in=[een.pk for een in open_]).update(beeindigd_op=nu())
        schrijf_beheer(request, "ontkoppelen", *open_)
        self.message_user(request, f"{len(open_)} identiteiten zijn ontkoppeld.", messages.SUCCESS)

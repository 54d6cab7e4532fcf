"""The base of every page under /beheer/: what is changed there is written down, what is history stays."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.models import Soort
from ips_subsidie.logboek.schrijven import Onderwerp, regel, schrijf

M = TypeVar("M", bound=models.Model)


def schrijf_beheer(request: HttpRequest, wat: str, *objecten: models.Model, **gegevens: Any) -> None:
    """One line in the logboek for each object: `beheer.<wat>`, with codes and names of fields, no values."""
    actor = getattr(request, "actor", None)
    moment = nu()
    schrijf(
        regel(
            actor, Soort.HANDELING, f"beheer.{wat}",
            Onderwerp(object_._meta.label_lower, str(object_.pk)[:40]),
            op=moment, gegevens=gegevens,
        )
        for object_ in objecten
    )  # fmt: skip


class Beheer(admin.ModelAdmin, Generic[M]):  # Django's own class takes no parameter at run time
    """A ModelAdmin that writes each addition, change and deletion to the logboek."""

    list_per_page = 50
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: M, form: ModelForm[M], change: bool) -> None:
        super().save_model(request, obj, form, change)
        schrijf_beheer(request, "wijzigen" if change else "toevoegen", obj, velden=sorted(form.changed_data))

    def delete_model(self, request: HttpRequest, obj: M) -> None:
        schrijf_beheer(request, "verwijderen", obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[M]) -> None:
        schrijf_beheer(request, "verwijderen", *queryset)
        super().delete_queryset(request, queryset)


class NooitVerwijderen(Beheer[M]):
    """For what others refer to: it ends by a date or is switched off, so that history keeps its names."""

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False


class AlleenLezen(NooitVerwijderen[M]):
    """For what only acts may write: shown, searched and filtered, never added to or changed by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

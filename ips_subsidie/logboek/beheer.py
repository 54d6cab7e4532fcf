"""The base of every page under /beheer/: what is changed there is written down, what is history stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import BadRequest, ValidationError
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


class ZoekSelect(AutocompleteSelect):
    """Django's own looks up whatever was sent, to show it as chosen; what can't be a key is not looked up."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        sleutel: models.Field[Any, Any] = self.field.remote_field.get_related_field()
        return super().optgroups(name, [een for een in value if _kan_sleutel_zijn(sleutel, een)], attr)


def _kan_sleutel_zijn(veld: models.Field[Any, Any], waarde: str) -> bool:
    try:
        veld.run_validators(veld.to_python(waarde))
    except (ValidationError, ValueError, OverflowError):
        return False
    return True


class MetZoekvelden(BaseModelAdmin):
    """For a page or an inline with `autocomplete_fields`."""

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ZoekSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class Beheer(
    MetZoekvelden, admin.ModelAdmin, Generic[M]
):  # Django's own class takes no parameter at run time
    """A ModelAdmin that writes each addition, change and deletion to the logboek."""

    list_per_page = 50
    show_full_result_count = False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        # A filter gives what stands in the address to PostgreSQL, which can't hold a NUL; the search takes it out.
        if any("\x00" in waarde for naam, waarde in request.GET.items() if naam != "q"):
            raise BadRequest("een NUL in een filter")
        return super().changelist_view(request, extra_context)

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

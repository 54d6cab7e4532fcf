"""The handtekening and the doorzending, to read: that there is one, not who signed nor under what."""

from __future__ import annotations

from django.contrib import admin

from aanvragen.admin.dossier import Dossierdeel
from aanvragen.models import Doorzending, Handtekening


@admin.register(Handtekening)
class HandtekeningAdmin(Dossierdeel):
    list_display = ("kenmerk", "wijze", "gezet_op", "vervallen_op")
    list_filter = ("wijze", ("vervallen_op", admin.EmptyFieldListFilter))
    date_hierarchy = "gezet_op"
    fields = (*list_display, "vastgelegd_door")


@admin.register(Doorzending)
class DoorzendingAdmin(Dossierdeel):
    # The reason is free text, and may name a person.
    list_display = fields = ("kenmerk", "van", "naar", "op", "door")
    list_select_related = ("aanvraag", "van", "naar", "door")
    date_hierarchy = "op"

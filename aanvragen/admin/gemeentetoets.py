"""The checks of gemeenten in the admin, to see that they were done; not what was found."""

from __future__ import annotations

from django.contrib import admin

from aanvragen.models import Gemeentetoets
from ips_subsidie.toegang.beheer import AlleenLezen


@admin.register(Gemeentetoets)
class GemeentetoetsAdmin(AlleenLezen[Gemeentetoets]):
    list_display = ("aanvraag", "organisatie", "vastgelegd_op")
    list_select_related = ("aanvraag", "organisatie")
    search_fields = ("aanvraag__kenmerk",)
    date_hierarchy = "vastgelegd_op"
    fields = ("aanvraag", "organisatie", "vastgelegd_op", "vastgelegd_door")
    ordering = ("-vastgelegd_op", "-pk")

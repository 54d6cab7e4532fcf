"""The conversations in the admin, to see that there was one and who took part; not what was written (T124)."""

from __future__ import annotations

from django.contrib import admin

from aanvragen.models import Gelezen, Gespreksbericht
from ips_subsidie.toegang.beheer import AlleenLezen


@admin.register(Gespreksbericht)
class GespreksberichtAdmin(AlleenLezen[Gespreksbericht]):
    list_display = ("aanvraag", "volgnummer", "soort", "organisatie", "op")
    list_filter = ("soort", "kant")
    list_select_related = ("aanvraag", "organisatie")
    search_fields = ("aanvraag__kenmerk",)
    date_hierarchy = "op"
    fields = (*list_display, "afzender", "zichtbaar_voor", "antwoord_van", "antwoord_op")
    ordering = ("-op", "-pk")


@admin.register(Gelezen)
class GelezenAdmin(AlleenLezen[Gelezen]):
    list_display = ("aanvraag", "organisatie", "tot", "op")
    list_select_related = ("aanvraag", "organisatie")
    search_fields = ("aanvraag__kenmerk",)
    date_hierarchy = "op"
    fields = (*list_display, "door")
    ordering = ("-op", "-pk")

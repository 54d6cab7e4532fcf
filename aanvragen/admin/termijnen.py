"""What moved a term, and what came in when; the words of officials and instellingen are not shown (T124)."""

from __future__ import annotations

from django.contrib import admin

from aanvragen.models import Ontvangst, Opschorting, Storingsoordeel, Verdaging
from ips_subsidie.toegang.beheer import AlleenLezen


@admin.register(Opschorting)
class OpschortingAdmin(AlleenLezen[Opschorting]):
    list_display = ("aanvraag", "soort", "uitgenodigd_op", "hervat_op")
    list_filter = ("soort",)
    list_select_related = ("aanvraag",)
    search_fields = ("aanvraag__kenmerk",)
    date_hierarchy = "uitgenodigd_op"
    fields = (*list_display, "door")
    ordering = ("-uitgenodigd_op", "-pk")


@admin.register(Verdaging)
class VerdagingAdmin(AlleenLezen[Verdaging]):
    list_display = ("aanvraag", "op", "tot")
    list_select_related = ("aanvraag",)
    search_fields = ("aanvraag__kenmerk",)
    date_hierarchy = "op"
    fields = (*list_display, "door")


@admin.register(Ontvangst)
class OntvangstAdmin(AlleenLezen[Ontvangst]):
    list_display = ("aanvraag", "soort", "ontvangen_op", "sha256")
    list_filter = ("soort",)
    list_select_related = ("aanvraag",)
    search_fields = ("aanvraag__kenmerk", "=sha256")
    date_hierarchy = "ontvangen_op"
    fields = (*list_display, "door")
    ordering = ("-ontvangen_op", "-pk")


@admin.register(Storingsoordeel)
class StoringsoordeelAdmin(AlleenLezen[Storingsoordeel]):
    list_display = ("aanvraag", "aanvaard", "storing", "op")
    list_filter = ("aanvaard",)
    list_select_related = ("aanvraag", "storing")
    search_fields = ("aanvraag__kenmerk",)
    date_hierarchy = "op"
    fields = (*list_display, "door")

"""What came too late and what may be withdrawn in the admin: the days and the amounts, not what was written (T124)."""

from __future__ import annotations

from django.contrib import admin

from aanvragen.models import Ingebrekestelling, Intrekkingsvoornemen
from ips_subsidie.toegang.beheer import AlleenLezen


@admin.register(Ingebrekestelling)
class IngebrekestellingAdmin(AlleenLezen[Ingebrekestelling]):
    list_display = ("aanvraag", "over", "status", "ontvangen_op", "eerste_dag", "bedrag_cent", "betaald_op")
    list_filter = ("status", "over", "wijze")
    list_select_related = ("aanvraag",)
    search_fields = ("aanvraag__kenmerk",)
    date_hierarchy = "ontvangen_op"
    fields = (
        *list_display, "wijze", "termijn_tot", "opgeschort", "laatste_dag", "gestopt_op", "dagen",
        "vaststellen_uiterlijk", "uitzondering", "opsteller", "voorgesteld_op", "besluit", "betaal_uiterlijk",
    )  # fmt: skip
    ordering = ("-ontvangen_op", "id")


@admin.register(Intrekkingsvoornemen)
class IntrekkingsvoornemenAdmin(AlleenLezen[Intrekkingsvoornemen]):
    list_display = ("aanvraag", "status", "reden", "voorgenomen_op", "zienswijze_tot", "zienswijze_op")
    list_filter = ("status", "reden")
    list_select_related = ("aanvraag",)
    search_fields = ("aanvraag__kenmerk",)
    date_hierarchy = "voorgenomen_op"
    fields = (*list_display, "opsteller", "afgezien_op", "besluit")
    ordering = ("-voorgenomen_op", "id")

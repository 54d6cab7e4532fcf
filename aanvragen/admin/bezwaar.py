"""The bezwaren in the admin, to read: where each stands and by when, not what was written nor by whom outside."""

from __future__ import annotations

from django.contrib import admin

from aanvragen.admin.dossier import Dossierdeel
from aanvragen.models import Bezwaar


@admin.register(Bezwaar)
class BezwaarAdmin(Dossierdeel):
    list_display = ("kenmerk", "status", "indiener", "wijze", "ontvangen_op", "beslis_uiterlijk")
    list_filter = ("status", "indiener", "wijze", "te_laat", "commissie")
    date_hierarchy = "ontvangen_op"
    fields = (
        *list_display, "te_laat", "verschoonbaar", "herstel_tot", "verdaagd_tot", "hoorzitting_op", "gehoord_op",
        "afgezien", "opgepakt_door", "opsteller", "uitkomst", "gevolg", "ingetrokken_op", "doorgezonden_op", "versie",
    )  # fmt: skip

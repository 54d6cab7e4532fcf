"""The money in the admin: all there to look at, nothing to write. It knows a kenmerk and no person."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from budget.models import (
    Bankrekening,
    Betaalbatch,
    Betaalmoment,
    Betaalverplichting,
    Factuur,
    Inkooporder,
    Terugvordering,
)
from ips_subsidie.toegang.beheer import AlleenLezen
from ips_subsidie.vormgeving.templatetags.opmaak import euro


def _in_euro(veld: str, tekst: str) -> Any:
    """A column that shows an amount in cents as people write it."""

    @admin.display(description=tekst, ordering=veld)
    def toon(self: Any, rij: Any) -> str:
        cent = getattr(rij, veld)
        return "-" if cent is None else euro(cent)

    return toon


class Kolommen:
    """The columns that these pages share."""

    bedrag = _in_euro("bedrag_cent", "bedrag")
    vastgesteld = _in_euro("vastgesteld_cent", "vastgesteld")
    gefactureerd = _in_euro("gefactureerd_cent", "gefactureerd")
    betaald = _in_euro("betaald_cent", "betaald")
    teruggevorderd = _in_euro("teruggevorderd_cent", "teruggevorderd")
    gecrediteerd = _in_euro("gecrediteerd_cent", "gecrediteerd")
    btw = _in_euro("btw_cent", "waarvan btw")
    totaal = _in_euro("totaal_cent", "totaal")

    @admin.display(description="dossier")
    def dossier(self, rij: Any) -> str:
        waarde: str = getattr(rij, "verplichting", rij).reservering.kenmerk
        return waarde


@admin.register(Betaalverplichting)
class BetaalverplichtingAdmin(Kolommen, AlleenLezen[Betaalverplichting]):
    """What each debtor owes; the counters follow from the facturen and the terugvorderingen."""

    list_display = (
        "dossier",
        "debiteur",
        "gemeente",
        "crediteur",
        "status",
        "bedrag",
        "vastgesteld",
        "gefactureerd",
        "betaald",
        "teruggevorderd",
    )
    list_filter = ("debiteur", "status")
    list_select_related = ("reservering", "gemeente", "crediteur")
    search_fields = ("=reservering__kenmerk", "crediteur__naam")
    date_hierarchy = "ontstaan_op"
    fields = (*list_display, "geblokkeerd_om", "inkooporder_nodig", "betaaltermijn_dagen", "ontstaan_op")
    readonly_fields = fields


@admin.register(Betaalmoment)
class BetaalmomentAdmin(Kolommen, AlleenLezen[Betaalmoment]):
    list_display = ("dossier", "volgnummer", "naam", "bij", "bedrag", "gefactureerd", "opeisbaar_op")
    list_filter = ("bij",)
    list_select_related = ("verplichting__reservering",)
    search_fields = ("=verplichting__reservering__kenmerk",)
    fields = list_display
    readonly_fields = fields


@admin.register(Inkooporder)
class InkooporderAdmin(Kolommen, AlleenLezen[Inkooporder]):
    list_display = ("nummer", "dossier", "bedrag", "geplaatst_op", "geplaatst_door")
    list_select_related = ("reservering", "geplaatst_door")
    search_fields = ("=nummer", "=reservering__kenmerk")
    date_hierarchy = "geplaatst_op"
    fields = list_display
    readonly_fields = fields


@admin.register(Factuur)
class FactuurAdmin(Kolommen, AlleenLezen[Factuur]):
    list_display = (
        "nummer",
        "soort",
        "dossier",
        "crediteur",
        "status",
        "bedrag",
        "factuurdatum",
        "ontvangen_op",
        "betalen_uiterlijk",
    )
    list_filter = ("status", "soort", "verplichting__debiteur")
    list_select_related = ("verplichting__reservering", "crediteur")
    search_fields = ("=nummer", "=verplichting__reservering__kenmerk")
    date_hierarchy = "ontvangen_op"
    fields = (
        *list_display,
        "btw",
        "gecrediteerd",
        "betaald",
        "iban",
        "ingediend_door",
        "gecontroleerd_door",
        "gecontroleerd_op",
        "goedgekeurd_door",
        "goedgekeurd_op",
        "betaald_op",
        "betaalbatch",
        "crediteert",
        "reden",
    )
    readonly_fields = fields


@admin.register(Betaalbatch)
class BetaalbatchAdmin(Kolommen, AlleenLezen[Betaalbatch]):
    list_display = (
        "berichtnummer",
        "status",
        "aantal",
        "totaal",
        "uitvoeren_op",
        "gemaakt_op",
        "gemaakt_door",
        "afgerond_op",
        "afgerond_door",
    )
    list_filter = ("status",)
    list_select_related = ("gemaakt_door", "afgerond_door")
    search_fields = ("=berichtnummer",)
    date_hierarchy = "gemaakt_op"
    fields = (*list_display, "reden")
    readonly_fields = fields


@admin.register(Terugvordering)
class TerugvorderingAdmin(Kolommen, AlleenLezen[Terugvordering]):
    list_display = (
        "dossier",
        "status",
        "bedrag",
        "ontstaan_op",
        "uiterlijk",
        "afgerond_op",
    )
    list_filter = ("status",)
    list_select_related = ("verplichting__reservering",)
    search_fields = ("=verplichting__reservering__kenmerk",)
    date_hierarchy = "ontstaan_op"
    fields = (*list_display, "reden", "afgerond_door", "toelichting")
    readonly_fields = fields


@admin.register(Bankrekening)
class BankrekeningAdmin(AlleenLezen[Bankrekening]):
    """Given by the instelling and confirmed by UWV, never here."""

    list_display = ("organisatie", "leesbaar", "tenaamstelling", "status", "vastgelegd_op", "vastgelegd_door")
    list_filter = ("status",)
    list_select_related = ("organisatie", "vastgelegd_door")
    search_fields = ("organisatie__naam", "=iban")
    date_hierarchy = "vastgelegd_op"
    fields = (*list_display, "bevestigd_op", "bevestigd_door", "reden")
    readonly_fields = fields

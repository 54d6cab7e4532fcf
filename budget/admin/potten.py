"""Pots, places, the grootboek and what departs from the order by name: all there to look at, nothing to write."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html_join

from budget.models import Boeking, Controle, Loting, Pot, Potgrens, Reservering, Uitzondering
from ips_subsidie.toegang.beheer import AlleenLezen
from ips_subsidie.vormgeving.templatetags.opmaak import euro


@admin.register(Pot)
class PotAdmin(AlleenLezen[Pot]):
    list_display = (
        "regeling",
        "soort",
        "periode",
        "route",
        "gemeente",
        "verleend_trajecten",
        "gereserveerd_trajecten",
        "uitzondering_trajecten",
        "grens_trajecten",
        "verleend",
    )
    list_filter = ("regeling", "soort", "periode", "route")
    list_select_related = ("regeling", "gemeente")
    search_fields = ("gemeente__naam", "=gemeente__code", "=regeling__code")
    fields = (
        *list_display,
        "gereserveerd",
        "uitzondering",
        "grens",
        "hoogste_trajecten",
        "hoogste",
        "verlaagd_op",
        "gestopt_rang_op",
        "telt_routes",
    )
    readonly_fields = ("verleend", "gereserveerd", "uitzondering", "grens", "hoogste")

    @admin.display(description="verleend", ordering="verleend_cent")
    def verleend(self, pot: Pot) -> str:
        return euro(pot.verleend_cent)

    @admin.display(description="gereserveerd")
    def gereserveerd(self, pot: Pot) -> str:
        return euro(pot.gereserveerd_cent)

    @admin.display(description="boven de grens in geld")
    def uitzondering(self, pot: Pot) -> str:
        return euro(pot.uitzondering_cent)

    @admin.display(description="grens in geld")
    def grens(self, pot: Pot) -> str:
        return euro(pot.grens_cent) or "-"

    @admin.display(description="hoogste grens in geld")
    def hoogste(self, pot: Pot) -> str:
        return euro(pot.hoogste_cent) or "-"


@admin.register(Potgrens)
class PotgrensAdmin(AlleenLezen[Potgrens]):
    """The limits a pot has had through time; of the gemeenten those of the pattern."""

    list_display = ("pot", "vanaf", "trajecten", "geld", "versie")
    list_filter = ("pot__regeling", "pot__soort")
    list_select_related = ("pot", "versie")
    date_hierarchy = "vanaf"
    fields = list_display
    readonly_fields = ("geld",)

    @admin.display(description="grens in geld")
    def geld(self, grens: Potgrens) -> str:
        return euro(grens.cent) or "-"


@admin.register(Reservering)
class ReserveringAdmin(AlleenLezen[Reservering]):
    """A place in the queue knows a kenmerk and no person."""

    list_display = ("kenmerk", "regeling", "status", "route", "gemeente", "bedrag", "rang_op", "verleend_op")
    list_filter = ("regeling", "status", "tijdvak", "route")
    list_select_related = ("regeling", "gemeente")
    search_fields = ("=kenmerk", "gemeente__naam")
    date_hierarchy = "ontvangen_op"
    fields = (
        *list_display,
        "versie",
        "tijdvak",
        "doelgroep",
        "rijk",
        "van_gemeente",
        "ontvangen_op",
        "rang_lot",
        "volgnr",
        "gereserveerd_tot",
        "past_niet",
        "handeling",
        "door",
        "gewijzigd_op",
    )
    readonly_fields = ("bedrag", "rijk", "van_gemeente", "rang_lot", "volgnr")

    @admin.display(description="bedrag", ordering="bedrag_cent")
    def bedrag(self, reservering: Reservering) -> str:
        return euro(reservering.bedrag_cent)

    @admin.display(description="deel van het Rijk")
    def rijk(self, reservering: Reservering) -> str:
        return euro(reservering.rijk_cent)

    @admin.display(description="deel van de gemeente")
    def van_gemeente(self, reservering: Reservering) -> str:
        return euro(reservering.gemeente_cent)


@admin.register(Boeking)
class BoekingAdmin(AlleenLezen[Boeking]):
    """The grootboek; `mutatie` holds together what one change booked in its pots."""

    list_display = (
        "op", "soort", "pot", "kenmerk", "van", "naar", "trajecten", "geld", "handeling", "door", "mutatie",
    )  # fmt: skip
    list_filter = ("regeling", "soort")
    list_select_related = ("pot", "door")
    search_fields = ("=kenmerk", "=mutatie")
    date_hierarchy = "op"
    fields = ("regeling", *list_display, "reservering")
    readonly_fields = ("geld",)

    @admin.display(description="geld", ordering="cent")
    def geld(self, boeking: Boeking) -> str:
        return euro(boeking.cent)


@admin.register(Controle)
class ControleAdmin(AlleenLezen[Controle]):
    """What the nightly check found."""

    list_display = ("op", "klopt", "aantal")
    date_hierarchy = "op"
    fields = ("op", "klopt", "gevonden")
    readonly_fields = ("klopt", "gevonden")

    @admin.display(description="klopt", boolean=True)
    def klopt(self, controle: Controle) -> bool:
        return controle.geslaagd

    @admin.display(description="bevindingen")
    def aantal(self, controle: Controle) -> int:
        return len(controle.bevindingen)

    @admin.display(description="bevindingen")
    def gevonden(self, controle: Controle) -> str:
        regels = ((bevinding["code"], bevinding["tekst"]) for bevinding in controle.bevindingen)
        return format_html_join("", "<p><strong>{}</strong>: {}</p>", regels) or "Alles klopt."


@admin.register(Loting)
class LotingAdmin(AlleenLezen[Loting]):
    list_display = (
        "rang_op",
        "regeling",
        "status",
        "voorbereid_door",
        "voorbereid_op",
        "getrokken_door",
        "getrokken_op",
    )
    list_filter = ("regeling", "status")
    list_select_related = ("regeling", "voorbereid_door", "getrokken_door")
    fields = (*list_display, "deelnemers", "zaad", "uitslag")


@admin.register(Uitzondering)
class UitzonderingAdmin(AlleenLezen[Uitzondering]):
    """A grant after a gegrond bezwaar. Its motivering is about a person, and is read in the dossier."""

    list_display = (
        "kenmerk",
        "bezwaar_kenmerk",
        "beslist_op",
        "voorgesteld_door",
        "voorgesteld_op",
        "bevestigd_door",
        "bevestigd_op",
    )
    list_select_related = ("reservering", "voorgesteld_door", "bevestigd_door")
    search_fields = ("=reservering__kenmerk", "=bezwaar_kenmerk")
    date_hierarchy = "beslist_op"
    fields = list_display
    readonly_fields = ("kenmerk",)

    @admin.display(description="kenmerk", ordering="reservering__kenmerk")
    def kenmerk(self, uitzondering: Uitzondering) -> str:
        return uitzondering.reservering.kenmerk

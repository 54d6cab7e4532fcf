"""What the acts wrote, to read: statuses, moments and kenmerken. No names, no BSN, no free text (T124)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from aanvragen.admin.inzage import MetInzage
from aanvragen.models import (
    Aanvraag,
    Beeindigingsverslag,
    Behandeling,
    Beoordeling,
    Besluit,
    Bijlage,
    Brief,
    BriefBestand,
    Deelnemer,
    Herinnering,
    Stopbericht,
    Toestemming,
    Traject,
    Trajectgebeurtenis,
    Vaststelling,
    Verlenging,
    Voordracht,
)
from ips_subsidie.opslag.admin import BestandAdmin
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.toegang.beheer import AlleenLezen
from ips_subsidie.vormgeving.templatetags.opmaak import euro


class GevuldFilter(admin.AllValuesFieldListFilter):
    """The values that occur, but not the empty one of a concept: a choice without a name."""

    def choices(self, changelist: ChangeList) -> Any:
        return (keuze for keuze in super().choices(changelist) if str(keuze["display"]).strip())


@admin.register(Aanvraag)
class AanvraagAdmin(MetInzage, AlleenLezen[Aanvraag]):
    list_display = (
        "kenmerk",
        "regeling",
        "instelling",
        "route",
        "status",
        "ontvangen_op",
        "beslis_uiterlijk",
    )
    list_filter = ("status", ("route", GevuldFilter), "initiatief", "na_storing", "regeling", "instelling")
    list_select_related = ("regeling", "instelling__organisatie")
    search_fields = ("=kenmerk", "=id", "instelling__organisatie__naam")
    date_hierarchy = "aangemaakt_op"
    fields = (
        *list_display, "regeling_versie", "versie", "initiatief", "doelgroep", "aangemaakt_op", "aangemaakt_door",
        "gemeente_organisatie", "na_storing", "aanvulling_gevraagd_op", "hersteltermijn_tot",
        "opgepakt_door", "opgepakt_op", "beslist_op",
    )  # fmt: skip
    readonly_fields = ("kenmerk", "status", "versie")


class Dossierdeel(AlleenLezen[Any]):
    """A row that belongs to an aanvraag and is known by its kenmerk. `fields` names what may be seen."""

    list_select_related: ClassVar[Any] = ("aanvraag",)
    search_fields: ClassVar[Any] = ("=aanvraag__kenmerk", "=aanvraag__id")
    aanvraag_van = "aanvraag"

    @admin.display(description="aanvraag")
    def kenmerk(self, deel: Any) -> str:
        for stap in self.aanvraag_van.split("__"):
            deel = getattr(deel, stap)
        return str(deel.kenmerk) if deel else "-"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields or ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(self.aanvraag_van)


@admin.register(Deelnemer)
class DeelnemerAdmin(Dossierdeel):
    """Only of dossiers that this beheerder has open with a noodtoegang: the database shows no other."""

    list_display = fields = ("kenmerk", "id")
    ordering = ("-aanvraag__aangemaakt_op", "pk")


@admin.register(Behandeling)
class BehandelingAdmin(Dossierdeel):
    """That there is an attestation, not what it says."""

    list_display = fields = ("kenmerk",)
    ordering = ("-aanvraag__aangemaakt_op", "pk")


@admin.register(Bijlage)
class BijlageAdmin(Dossierdeel):
    # The file keeps the name that somebody gave it, and that may be a person's.
    list_display = fields = ("kenmerk", "soort", "toegevoegd_op", "weggehaald_op")
    list_filter = ("soort", ("weggehaald_op", admin.EmptyFieldListFilter))
    date_hierarchy = "toegevoegd_op"


@admin.register(Toestemming)
class ToestemmingAdmin(Dossierdeel):
    list_display = ("kenmerk", "gemeente", "organisatie", "status", "gevraagd_op", "beslist_op", "volgnummer")
    list_filter = ("status",)
    list_select_related = ("aanvraag", "gemeente", "organisatie")
    search_fields = (*Dossierdeel.search_fields, "gemeente__naam", "organisatie__naam")
    date_hierarchy = "gevraagd_op"
    fields = (*list_display, "beslist_door", "ingetrokken_op")


@admin.register(Voordracht)
class VoordrachtAdmin(Dossierdeel):
    list_display = ("id", "gemeente", "organisatie", "instelling", "status", "gedaan_op", "beantwoord_op")
    list_filter = ("status",)
    list_select_related = ("gemeente", "organisatie", "instelling__organisatie", "aanvraag")
    search_fields = (*Dossierdeel.search_fields, "=id", "gemeente__naam", "instelling__organisatie__naam")
    date_hierarchy = "gedaan_op"
    fields = (*list_display, "kenmerk", "gedaan_door")


@admin.register(Beoordeling)
class BeoordelingAdmin(Dossierdeel):
    list_display = ("kenmerk", "beoordelaar", "advies", "beoordeeld_op")
    list_filter = ("advies",)
    list_select_related = ("aanvraag", "beoordelaar")
    date_hierarchy = "beoordeeld_op"
    fields = (*list_display, "gronden")


@admin.register(Besluit)
class BesluitAdmin(Dossierdeel):
    list_display = ("kenmerk", "soort", "dagtekening", "bezwaar_tot", "bedrag", "ondertekenaar")
    list_filter = ("soort",)
    list_select_related = ("aanvraag", "ondertekenaar")
    date_hierarchy = "dagtekening"
    fields = (*list_display, "bekendgemaakt_op", "gronden", "maanden", "rijk", "van_gemeente", "opsteller")

    @admin.display(description="bedrag", ordering="bedrag_cent")
    def bedrag(self, besluit: Besluit) -> str:
        return euro(besluit.bedrag_cent)

    @admin.display(description="deel van het Rijk")
    def rijk(self, besluit: Besluit) -> str:
        return euro(besluit.rijk_cent)

    @admin.display(description="deel van de gemeente")
    def van_gemeente(self, besluit: Besluit) -> str:
        return euro(besluit.gemeente_cent)


@admin.register(Brief)
class BriefAdmin(Dossierdeel):
    list_display = fields = ("kenmerk", "sjabloon", "datum", "gemaakt_op", "heeft_pdf")
    list_filter = ("sjabloon", ("pdf", admin.EmptyFieldListFilter))
    list_select_related = ("aanvraag", "pdf")
    date_hierarchy = "gemaakt_op"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Brief]:
        return super().get_queryset(request).select_related("pdf").defer("gegevens")

    @admin.display(description="pdf gemaakt", boolean=True)
    def heeft_pdf(self, brief: Brief) -> bool:
        return hasattr(brief, "pdf")


@admin.register(BriefBestand)
class BriefBestandAdmin(Dossierdeel):
    aanvraag_van = "brief__aanvraag"
    list_display = fields = ("kenmerk", "sjabloon")
    list_filter = ("brief__sjabloon",)
    list_select_related = ("brief__aanvraag",)
    search_fields = ("=brief__aanvraag__kenmerk",)

    @admin.display(description="sjabloon", ordering="brief__sjabloon")
    def sjabloon(self, pdf: BriefBestand) -> str:
        return pdf.brief.sjabloon


@admin.register(Traject)
class TrajectAdmin(Dossierdeel):
    list_display = ("kenmerk", "status", "startdatum", "laatste_dag", "verlengd_maanden", "gestopt_op")
    list_filter = ("status", "verlengd_maanden")
    date_hierarchy = "laatste_dag"
    fields = (*list_display, "maanden", "vroegste_start", "versie")


@admin.register(Trajectgebeurtenis)
class TrajectgebeurtenisAdmin(Dossierdeel):
    """That something was reported, and when; what it was is the client's."""

    aanvraag_van = "traject__aanvraag"
    list_display = fields = ("kenmerk", "gemeld_op", "gemeld_door")
    list_select_related = ("traject__aanvraag", "gemeld_door")
    search_fields = ("=traject__aanvraag__kenmerk",)
    date_hierarchy = "gemeld_op"


@admin.register(Verlenging)
class VerlengingAdmin(Dossierdeel):
    aanvraag_van = "traject__aanvraag"
    list_display = ("kenmerk", "status", "maanden", "gevraagd_op", "beoordelaar")
    list_filter = ("status", "maanden")
    list_select_related = ("traject__aanvraag", "beoordelaar")
    search_fields = ("=traject__aanvraag__kenmerk",)
    date_hierarchy = "gevraagd_op"
    fields = (*list_display, "gevraagd_door", "advies")


@admin.register(Stopbericht)
class StopberichtAdmin(Dossierdeel):
    aanvraag_van = "traject__aanvraag"
    list_display = ("kenmerk", "status", "datum_einde", "gemeld_op", "bevestigd_op", "verwerkt_op")
    list_filter = ("status", "reden")
    list_select_related = ("traject__aanvraag",)
    search_fields = ("=traject__aanvraag__kenmerk",)
    date_hierarchy = "gemeld_op"
    fields = (
        *list_display,
        "gemeld_door",
        "bevestigd_door",
        "verwerkt_door",
        "herroepen_op",
        "herroepen_door",
    )


@admin.register(Beeindigingsverslag)
class BeeindigingsverslagAdmin(Dossierdeel):
    """That it came, and when; what it says is the client's."""

    aanvraag_van = "traject__aanvraag"
    list_display = fields = ("kenmerk", "ingediend_op", "ingediend_door")
    list_select_related = ("traject__aanvraag", "ingediend_door")
    search_fields = ("=traject__aanvraag__kenmerk",)
    date_hierarchy = "ingediend_op"


@admin.register(Vaststelling)
class VaststellingAdmin(Dossierdeel):
    aanvraag_van = "traject__aanvraag"
    list_display = ("kenmerk", "status", "verleend", "voorgesteld", "ambtshalve", "beslis_uiterlijk")
    list_filter = ("status", "ambtshalve", "reden")
    list_select_related = ("traject__aanvraag",)
    search_fields = ("=traject__aanvraag__kenmerk",)
    date_hierarchy = "beslis_uiterlijk"
    fields = (
        *list_display, "verslag_gevraagd_op", "verslag_uiterlijk", "termijn_tot", "opsteller", "voorgesteld_op",
        "zienswijze_tot", "zienswijze_op", "versie",
    )  # fmt: skip

    @admin.display(description="verleend")
    def verleend(self, vaststelling: Vaststelling) -> str:
        return euro(vaststelling.verleend_cent)

    @admin.display(description="voorgesteld")
    def voorgesteld(self, vaststelling: Vaststelling) -> str:
        return euro(vaststelling.voorgesteld_cent)


@admin.register(Herinnering)
class HerinneringAdmin(AlleenLezen[Herinnering]):
    list_display = fields = ("soort", "onderwerp_id", "termijn", "mijlpaal", "gedaan_op")
    list_filter = ("soort", "mijlpaal")
    search_fields = ("=onderwerp_id", "soort")
    date_hierarchy = "gedaan_op"


admin.site.unregister(Bestand)


@admin.register(Bestand)
class BestandZonderNaamAdmin(BestandAdmin):
    """As in `opslag`, and the page of a file isn't headed by its name: who uploaded it chose that."""

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Bestand | None:
        bestand = super().get_object(request, object_id, from_field)
        if bestand is not None:
            bestand.naam = f"bestand {bestand.pk}"  # shown only; nothing here is saved
        return bestand

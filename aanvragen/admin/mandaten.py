"""The mandaatregister in the admin: which college has mandaat for what, and who signs for it. With its source."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from aanvragen.admin.perioden import PeriodeForm
from aanvragen.models.mandaatregelingen import regelingen_in_mandaat
from gemeenten.admin import GeldigFilter
from gemeenten.models import Deelname, Mandaat, Ondermandaat
from ips_subsidie.toegang.beheer import MetZoekvelden, NooitVerwijderen
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap, Organisatie
from ips_subsidie.toegang.rollen import OrganisatieSoort, Rol


class MandaatForm(PeriodeForm):
    """A mandaat for a regeling that needs one, of a gemeente that exists by then."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "regeling" in self.fields:
            versies = regelingen_in_mandaat()
            keuzes = [(v.regeling.code, v.regeling.naam) for v in versies]
            self.fields["regeling"] = forms.ChoiceField(
                label="Regeling",
                choices=[("", "Kies"), *keuzes],
                help_text="Alleen de regelingen waarvoor een college mandaat nodig heeft.",
            )
            gevers = {versie.inhoud.instantie.mandaat for versie in versies}
            if len(gevers) == 1:
                self.fields["mandaatgever"].initial = gevers.pop()

    def clean(self) -> dict[str, Any]:
        velden: dict[str, Any] = super().clean() or {}
        gemeente = velden.get("gemeente") or getattr(self.instance, "gemeente", None)
        van = velden.get("geldig_van")
        if gemeente and van and not gemeente.bestaat_op(van):
            self.add_error(
                "geldig_van", f"Op deze dag bestaat de gemeente {gemeente} niet. Kies een andere dag."
            )
        return velden


class OndermandaatInline(MetZoekvelden, admin.TabularInline):
    """Who signs for this college, to see; each is changed on its own page."""

    model = Ondermandaat
    extra = 0
    can_delete = False
    show_change_link = True
    fields = readonly_fields = ("functie", "organisatie", "gebruiker", "geldig_van", "geldig_tot", "bron")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ondermandaat]:
        return super().get_queryset(request).select_related("organisatie", "gebruiker")


@admin.register(Mandaat)
class MandaatAdmin(NooitVerwijderen[Mandaat]):
    form = MandaatForm
    list_display = ("gemeente", "regeling", "mandaatgever", "geldig_van", "geldig_tot", "bron")
    list_filter = (GeldigFilter, "regeling")
    list_select_related = ("gemeente",)
    search_fields = ("gemeente__zoektekst", "=regeling", "bron")
    autocomplete_fields = ("gemeente",)
    date_hierarchy = "geldig_van"
    fields = ("gemeente", "regeling", "mandaatgever", "geldig_van", "geldig_tot", "bron")

    def get_readonly_fields(self, request: HttpRequest, obj: Mandaat | None = None) -> tuple[str, ...]:
        # Another gemeente or regeling is another mandaat: end this one and make that one.
        return ("gemeente", "regeling") if obj else ()

    def get_inlines(self, request: HttpRequest, obj: Mandaat | None) -> Any:
        return [OndermandaatInline] if obj else []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mandaat]:
        return super().get_queryset(request).select_related("gemeente")


class OndermandaatForm(PeriodeForm):
    """An ondermandaat that can count: at who acts for the gemeente, and while the college has its mandaat."""

    def clean(self) -> dict[str, Any]:
        velden: dict[str, Any] = super().clean() or {}
        if self.errors:
            return velden
        van, tot = velden["geldig_van"], velden.get("geldig_tot")
        nieuw = "mandaat" in velden  # on the page of one that exists, who and for what are only shown
        if not tot or tot > van:
            self._binnen(velden["mandaat"] if nieuw else self.instance.mandaat, van, tot)
        if nieuw:
            self._past_bij(velden["mandaat"], velden["organisatie"])
        if velden.get("gebruiker") and not self.errors:
            self._beslist_daar(velden["gebruiker"], velden["organisatie"], van)
        return velden

    def _binnen(self, mandaat: Mandaat, van: date, tot: date | None) -> None:
        if (tot and tot <= mandaat.geldig_van) or (mandaat.geldig_tot and mandaat.geldig_tot <= van):
            self.add_error("geldig_van", "In deze periode heeft het college zelf geen mandaat.")

    def _beslist_daar(self, gebruiker: Gebruiker, organisatie: Organisatie, van: date) -> None:
        leden = Lidmaatschap.objects.filter(
            Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=van),
            gebruiker=gebruiker,
            organisatie=organisatie,
            rol=Rol.GEMEENTEBESLISSER,
        )
        if not leden.exists():
            self.add_error("gebruiker", f"Deze persoon is dan geen beslisser bij {organisatie}.")

    def _past_bij(self, mandaat: Mandaat, organisatie: Organisatie) -> None:
        if organisatie.pk == mandaat.gemeente.organisatie_id:
            return
        verband = organisatie.soort == OrganisatieSoort.SAMENWERKINGSVERBAND
        doet_mee = Deelname.objects.filter(
            gemeente=mandaat.gemeente, verband__organisatie=organisatie, voert_ips_uit=True
        )
        if not verband or not doet_mee.exists():
            self.add_error(
                "organisatie",
                f"Kies de gemeente {mandaat.gemeente} zelf, of een samenwerkingsverband dat IPS voor haar uitvoert.",
            )


@admin.register(Ondermandaat)
class OndermandaatAdmin(NooitVerwijderen[Ondermandaat]):
    form = OndermandaatForm
    list_display = ("mandaat", "functie", "organisatie", "gebruiker", "geldig_van", "geldig_tot")
    list_filter = (GeldigFilter, "mandaat__regeling")
    list_select_related = ("mandaat__gemeente", "organisatie", "gebruiker")
    search_fields = (
        "mandaat__gemeente__zoektekst",
        "functie",
        "organisatie__naam",
        "gebruiker__naam",
        "bron",
    )
    autocomplete_fields = ("mandaat", "organisatie", "gebruiker")
    date_hierarchy = "geldig_van"
    fields = ("mandaat", "organisatie", "functie", "gebruiker", "geldig_van", "geldig_tot", "bron")

    def get_readonly_fields(self, request: HttpRequest, obj: Ondermandaat | None = None) -> tuple[str, ...]:
        # Besluiten were signed with it: another functie or person is another ondermandaat.
        return ("mandaat", "organisatie", "functie", "gebruiker") if obj else ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ondermandaat]:
        return super().get_queryset(request).select_related("mandaat__gemeente", "organisatie", "gebruiker")

"""The erkenningen of instellingen: one by one, and a whole quality list with first a look at what it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from aanvragen.admin.perioden import PeriodeForm
from aanvragen.handelingen.erkennen import bekijk, lijst_verwerken
from aanvragen.models import Erkenninglijst, IpsErkenning
from aanvragen.regels.erkenning.lezen import KOLOMMEN, MAX_BYTES, LijstFout, ontcijfer
from aanvragen.regels.erkenning.vergelijken import Soort, Verschil
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.toegang.beheer import AlleenLezen, NooitVerwijderen
from ips_subsidie.vormgeving.templatetags.opmaak import datum

# A page is for reading: beyond this the numbers tell.
TOON_HOOGSTENS = 200
TOON_FOUTEN = 25
_KOPPEN = {Soort.ERBIJ: "Komt erbij", Soort.BEEINDIGD: "Eindigt", Soort.GEWIJZIGD: "Verandert"}


class LijstForm(forms.Form):
    """A quality list. After the first look its text travels along in `tekst`, so that the file is chosen once."""

    use_required_attribute = False

    bestand = forms.FileField(
        label="Bestand",
        required=False,
        allow_empty_file=True,
        help_text=f"Een CSV-bestand (UTF-8) met deze kolommen: {', '.join(KOLOMMEN)}. De laatste twee mogen weg.",
    )
    bron = forms.CharField(
        label="Bron",
        max_length=200,
        widget=forms.TextInput(attrs={"size": 60}),
        help_text="Waar de lijst staat, bijvoorbeeld: divosa.nl/ips, lijst van 1 maart 2023.",
        error_messages={"required": "Schrijf waar de lijst vandaan komt."},
    )
    peildatum = forms.DateField(
        label="Datum van de lijst",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Vul de datum van de lijst in.",
            "invalid": "Dit is geen datum. Vul de datum van de lijst in.",
        },
    )
    volledig = forms.ChoiceField(
        label="Een erkende instelling staat niet op de lijst",
        choices=[
            ("", "Kies"),
            ("nee", "Dan verandert er voor haar niets"),
            ("ja", "Dan eindigt haar erkenning op de datum van de lijst"),
        ],
        error_messages={"required": "Kies wat er gebeurt met wie niet op de lijst staat."},
    )
    onbekend_overslaan = forms.BooleanField(
        label="Sla de regels met een onbekend KvK-nummer over", required=False
    )
    tekst = forms.CharField(required=False, strip=False, max_length=MAX_BYTES, widget=forms.HiddenInput)
    gezien = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    sleutel = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_volledig(self) -> bool:
        return str(self.cleaned_data["volledig"]) == "ja"

    def clean(self) -> dict[str, Any]:
        velden: dict[str, Any] = super().clean() or {}
        if bestand := velden.get("bestand"):
            try:
                velden["tekst"] = ontcijfer(bestand.read(MAX_BYTES + 1)) or "\n"
            except LijstFout as fout:
                velden["tekst"] = ""
                self.fouten_van(fout)
        elif "bestand" not in self.errors and not velden.get("tekst"):
            leeg = "bestand" in self.files
            self.add_error("bestand", "Het bestand is leeg." if leeg else "Kies het bestand met de lijst.")
        return velden

    def fouten_van(self, fout: LijstFout) -> None:
        self._meld("bestand", [str(een) for een in fout.fouten])

    def geweigerd(self, weigering: HandelingGeweigerd) -> None:
        for veld in dict.fromkeys(reden.veld for reden in weigering.redenen):
            teksten = [reden.tekst for reden in weigering.redenen if reden.veld == veld]
            self._meld(veld if veld in self.fields else None, teksten)

    def _meld(self, veld: str | None, teksten: list[str]) -> None:
        self.add_error(veld, [forms.ValidationError(tekst) for tekst in teksten[:TOON_FOUTEN]])
        if len(teksten) > TOON_FOUTEN:
            self.add_error(veld, f"En nog {len(teksten) - TOON_FOUTEN} andere fouten.")


@admin.register(IpsErkenning)
class IpsErkenningAdmin(NooitVerwijderen[IpsErkenning]):
    form = PeriodeForm
    list_display = ("instelling", "geldig_van", "geldig_tot", "bron", "fidelity_score", "fidelity_datum")
    list_filter = (("geldig_tot", admin.EmptyFieldListFilter),)
    list_select_related = ("instelling__organisatie",)
    search_fields = ("instelling__organisatie__naam", "=instelling__kvk", "bron")
    autocomplete_fields = ("instelling",)
    date_hierarchy = "geldig_van"
    fields = (
        "instelling",
        "geldig_van",
        "geldig_tot",
        "bron",
        "fidelity_score",
        "fidelity_datum",
        "lijst",
    )

    def get_readonly_fields(self, request: HttpRequest, obj: IpsErkenning | None = None) -> tuple[str, ...]:
        # Another instelling or first day is another erkenning: end this one and make that one.
        return ("instelling", "geldig_van", "lijst") if obj else ("lijst",)

    def get_urls(self) -> list[URLPattern]:
        pagina: Callable[..., Any] = self.admin_site.admin_view(self.lijst)
        return [path("lijst/", pagina, name="aanvragen_ipserkenning_lijst"), *super().get_urls()]

    def lijst(self, request: HttpRequest) -> HttpResponse:
        """Choose a list, look at what it changes, and only then carry it out."""
        gestuurd = request.method == "POST"
        formulier = (
            LijstForm(request.POST, request.FILES)
            if gestuurd
            else LijstForm(initial={"peildatum": vandaag()})
        )
        verschil: Verschil | None = None
        if gestuurd and formulier.is_valid():
            gemaakt = self._verwerk(request, formulier) if "verwerken" in request.POST else None
            if gemaakt is not None:
                tekst = f"De lijst is verwerkt. Er zijn {len(gemaakt.wijzigingen)} erkenningen gewijzigd."
                self.message_user(request, tekst, messages.SUCCESS)
                return redirect("admin:aanvragen_erkenninglijst_change", gemaakt.pk)
            verschil = self._bekijk(formulier)
        context = {
            **self.admin_site.each_context(request),
            "title": "Lijst met erkende instellingen verwerken",
            "opts": self.opts,
            "form": formulier,
            "velden": [veld for veld in formulier.visible_fields() if veld.name != "onbekend_overslaan"],
            "overslaan": formulier["onbekend_overslaan"],
            "verschil": verschil,
            "groepen": _groepen(verschil) if verschil else [],
            "onbekend": verschil.onbekend[:TOON_HOOGSTENS] if verschil else (),
            "tekst": getattr(formulier, "cleaned_data", {}).get("tekst", ""),
            "sleutel": uuid4(),
        }
        return TemplateResponse(request, "admin/aanvragen/erkenning_lijst.html", context)

    def _bekijk(self, formulier: LijstForm) -> Verschil | None:
        velden = formulier.cleaned_data
        try:
            return bekijk(
                velden["tekst"], peildatum=velden["peildatum"], volledig=velden["volledig"], nu=nu()
            )
        except LijstFout as fout:
            formulier.fouten_van(fout)
        except HandelingGeweigerd as weigering:
            formulier.geweigerd(weigering)
        velden["tekst"] = ""  # what is wrong with it is mended in the file
        return None

    def _verwerk(self, request: HttpRequest, formulier: LijstForm) -> Erkenninglijst | None:
        namen = ("sleutel", "tekst", "bron", "peildatum", "volledig", "onbekend_overslaan", "gezien")
        invoer = {naam: formulier.cleaned_data[naam] for naam in namen}
        try:
            return lijst_verwerken(None, request.actor, nu=nu(), **invoer)  # type: ignore[attr-defined]
        except HandelingGeweigerd as weigering:
            formulier.geweigerd(weigering)
            return None


def _groepen(verschil: Verschil) -> list[dict[str, Any]]:
    """The changes by kind: how many there are, and the first of them."""
    groepen = []
    for soort, kop in _KOPPEN.items():
        wijzigingen = verschil.van(soort)
        if wijzigingen:
            meer = max(0, len(wijzigingen) - TOON_HOOGSTENS)
            rijen = wijzigingen[:TOON_HOOGSTENS]
            groepen.append({"kop": kop, "aantal": len(wijzigingen), "rijen": rijen, "meer": meer})
    return groepen


@admin.register(Erkenninglijst)
class ErkenninglijstAdmin(AlleenLezen[Erkenninglijst]):
    """What was processed, when and by whom; to read."""

    list_display = ("bron", "peildatum", "volledig", "verwerkt_op", "verwerkt_door")
    list_filter = ("volledig",)
    list_select_related = ("verwerkt_door",)
    search_fields = ("bron",)
    date_hierarchy = "verwerkt_op"
    fields = (*list_display, "overgeslagen", "veranderd", "inhoud")
    readonly_fields = ("veranderd", "inhoud")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Erkenninglijst]:
        """Without the list itself, which may be long; its own page reads it when it shows it."""
        return super().get_queryset(request).defer("tekst", "wijzigingen")

    @admin.display(description="wat veranderde")
    def veranderd(self, lijst: Erkenninglijst) -> SafeString:
        regels = [
            (_KOPPEN[Soort(een["soort"])], een["naam"], een["kvk"], _in_woorden(een))
            for een in lijst.wijzigingen
        ]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {} (KvK {}), {}</li>", regels))

    @admin.display(description="de lijst zelf")
    def inhoud(self, lijst: Erkenninglijst) -> SafeString:
        return format_html('<pre tabindex="0">{}</pre>', lijst.tekst)


_NAMEN = {"geldig_tot": "geldig tot", "score": "score", "score_datum": "datum van de score"}


def _in_woorden(wijziging: dict[str, Any]) -> str:
    was, wordt = wijziging["was"] or {}, wijziging["wordt"]
    delen = [f"vanaf {_toon(wijziging['geldig_van'])}"]
    for veld, naam in _NAMEN.items():
        if was.get(veld) != wordt[veld]:
            eerst = f"{_toon(was[veld])} wordt " if was else ""
            delen.append(f"{naam} {eerst}{_toon(wordt[veld])}")
    return ", ".join(delen)


def _toon(waarde: str | int | None) -> str:
    if waarde is None:
        return "leeg"
    return str(waarde) if isinstance(waarde, int) else datum(date.fromisoformat(waarde))

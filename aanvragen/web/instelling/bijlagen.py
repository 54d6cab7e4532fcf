"""The onderdeel bijlagen: each file is saved at once, so that nothing chosen is lost over the next one."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from aanvragen.handelingen.handtekening import DOCUMENT
from aanvragen.handelingen.invullen import MAX_BIJLAGEN, bijlage_toevoegen, bijlage_weghalen
from aanvragen.models import Aanvraag
from aanvragen.web.hulp import voer_uit
from aanvragen.web.instelling.formulieren.basis import Paginaformulier
from budget.regels.regeling import Document
from ips_subsidie.opslag.bestanden import controleer_upload
from ips_subsidie.opslag.models import naam_met_scan
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.velden import BestandVeld, KeuzeVeld


class BijlageFormulier(Paginaformulier):
    bestand = BestandVeld(label="Bestand", controle=controleer_upload)
    soort = KeuzeVeld(label="Wat voor bijlage is dit?")

    knop = "Bijlage toevoegen"
    knop_soort = "tweede"
    verplicht = {"bestand": "Kies een bestand.", "soort": "Kies wat voor bijlage dit is."}

    def __init__(self, aanvraag: Aanvraag, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        soorten = [(d.code, d.naam) for d in _documenten(aanvraag)]
        veld: Any = self.fields["soort"]
        veld.choices = soorten
        # A file can't be shown again in a form; with a soort chosen beforehand only the file itself can be wrong.
        self.initial.setdefault("soort", soorten[0][0] if soorten else "")


class WeghaalFormulier(Formulier):
    """Which bijlage goes; no page of its own."""

    bijlage = forms.UUIDField(widget=forms.HiddenInput)


def _documenten(aanvraag: Aanvraag) -> list[Document]:
    """What can be added here; the handtekening has a page of its own."""
    los = aanvraag.inhoud.regels.handtekening
    return [d for d in aanvraag.inhoud.documenten_van(aanvraag.route) if not (los and d.code == DOCUMENT)]


def bijlagen(request: HttpRequest, aanvraag: Aanvraag, kader: dict[str, Any]) -> HttpResponse:
    """The list with remove buttons, and a form to add one."""
    hier = request.get_full_path()
    formulier = BijlageFormulier(aanvraag)
    if request.method == "POST" and "weghalen" in request.POST:
        weg = WeghaalFormulier(
            {"bijlage": request.POST["weghalen"], "sleutel": request.POST.get("sleutel", "")}
        )
        if weg.is_valid():
            voer_uit(request, bijlage_weghalen, aanvraag, weg, bijlage_id=weg.cleaned_data["bijlage"])
        _meld(request, weg, "De bijlage is weggehaald.", "Deze bijlage is al weggehaald.")
        return redirect(hier)
    if request.method == "POST":
        formulier = BijlageFormulier(aanvraag, request.POST, request.FILES)
        if formulier.is_valid():
            bestand, soort = formulier.cleaned_data["bestand"], formulier.cleaned_data["soort"]
            voer_uit(request, bijlage_toevoegen, aanvraag, formulier, soort=soort, upload=bestand)
        if not formulier.errors:
            messages.success(request, "De bijlage is toegevoegd.")
            return redirect(hier)
    rijen = _rijen(aanvraag)
    context = kader | {
        "formulier": formulier,
        "rijen": rijen,
        "vol": len(rijen) >= MAX_BIJLAGEN,
        "hoogstens": MAX_BIJLAGEN,
        "nodig": [d.naam for d in _documenten(aanvraag) if d.verplicht],
    }
    return render(request, "aanvragen/instelling/bijlagen.html", context)


def _rijen(aanvraag: Aanvraag) -> list[dict[str, Any]]:
    namen = {d.code: d.naam for d in aanvraag.inhoud.documenten}
    lijst = (
        aanvraag.bijlagen.filter(weggehaald_op__isnull=True)
        .select_related("bestand__virusscan")
        .defer("bestand__inhoud")
    )
    return [
        {
            "pk": bijlage.pk,
            "sleutel": uuid4(),
            "naam": naam_met_scan(bijlage.bestand),
            "grootte": bijlage.bestand.grootte,
            "soort": namen.get(bijlage.soort, bijlage.soort),
            "url": reverse("aanvragen:bijlage", args=[bijlage.pk]),
        }
        for bijlage in lijst
    ]


def _meld(request: HttpRequest, formulier: Formulier, gelukt: str, mislukt: str) -> None:
    if not formulier.errors:
        messages.success(request, gelukt)
        return
    redenen = formulier.non_field_errors() or [mislukt]
    for reden in redenen:
        messages.error(request, str(reden))

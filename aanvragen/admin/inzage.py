"""Seeing who a dossier is about: only with a reason, which stands in the logboek before anything is shown (T124)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from aanvragen.models import Aanvraag, Deelnemer, Voordracht
from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.models import Soort
from ips_subsidie.logboek.schrijven import Onderwerp, regel, schrijf
from ips_subsidie.vormgeving.templatetags.opmaak import bsn_gemaskeerd, datum

MIN_REDEN = 10

Rijen = list[tuple[str, str]]


class Grond(models.TextChoices):
    """Why a beheerder may need to know who it is."""

    INZAGEVERZOEK = "inzageverzoek", "Iemand vraagt welke gegevens over hem zijn vastgelegd"
    CORRECTIE = "correctie", "Gegevens blijken niet te kloppen"
    STORING = "storing", "Een fout in het portaal oplossen"
    INCIDENT = "incident", "Onderzoek na een beveiligingsincident"


class RedenForm(forms.Form):
    grond = forms.ChoiceField(
        label="Waarvoor is dit nodig?",
        choices=[("", "Kies"), *Grond.choices],
        error_messages={"required": "Kies waarvoor u deze gegevens nodig hebt."},
    )
    reden = forms.CharField(
        label="Reden",
        min_length=MIN_REDEN,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text="Dit komt in het logboek. Schrijf geen namen en niets over iemands gezondheid.",
        error_messages={
            "required": "Schrijf waarom u deze gegevens moet zien.",
            "min_length": f"Schrijf de reden uit, in {MIN_REDEN} tekens of meer.",
            "max_length": "Schrijf de reden korter, in 300 tekens of minder.",
        },
    )


def persoon_van(deel: Any) -> tuple[Onderwerp, Rijen] | None:
    """Whom this row is about, for the logboek and as rows to show; None for a concept without a deelnemer."""
    if isinstance(deel, Voordracht):
        return deel.onderwerp(), _rijen(deel)
    aanvraag: Aanvraag = deel if isinstance(deel, Aanvraag) else deel.aanvraag
    deelnemer = Deelnemer.objects.filter(aanvraag=aanvraag).first()
    return (aanvraag.onderwerp(), _rijen(deelnemer)) if deelnemer else None


def _rijen(wie: Deelnemer | Voordracht) -> Rijen:
    return [
        ("Naam", wie.naam),
        ("Geboortedatum", datum(wie.geboortedatum)),
        ("BSN", bsn_gemaskeerd(wie.bsn)),
    ]


class MetInzage(admin.ModelAdmin):
    """Adds the page "Bekijk met reden" to the page of a row."""

    change_form_template = "admin/aanvragen/met_inzage.html"

    def get_urls(self) -> list[URLPattern]:
        naam = f"{self.opts.app_label}_{self.opts.model_name}_inzage"
        pagina: Callable[..., Any] = self.admin_site.admin_view(self.inzage)
        return [path("<path:object_id>/inzage/", pagina, name=naam), *super().get_urls()]

    def inzage(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The form; after a good reason, once, who it is. Nothing is kept: the next look asks a reason again."""
        deel = self._haal(object_id)
        persoon = persoon_van(deel)
        formulier = RedenForm(request.POST if request.method == "POST" else None)
        rijen: Rijen | None = None
        if persoon is not None and formulier.is_valid():
            onderwerp, rijen = persoon
            with transaction.atomic():
                schrijf([
                    regel(
                        request.actor, Soort.LEZING, "beheer.inzage", onderwerp, op=nu(),  # type: ignore[attr-defined]
                        gegevens={"grond": formulier.cleaned_data["grond"], "reden": formulier.cleaned_data["reden"]},
                    )
                ])  # fmt: skip
        return TemplateResponse(
            request,
            "admin/aanvragen/inzage.html",
            {
                **self.admin_site.each_context(request),
                "title": "Bekijk met reden",
                "opts": self.opts,
                "deel": deel,
                "form": formulier,
                "rijen": rijen,
                "leeg": persoon is None,
            },
        )

    def _haal(self, object_id: str) -> Any:
        try:
            deel = self.model._default_manager.filter(pk=object_id).first()
        except (ValidationError, ValueError):
            deel = None
        if deel is None:
            raise Http404
        return deel

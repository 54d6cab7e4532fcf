"""Seeing who a dossier is about: by break-glass only (T124). The database shows nothing of it without one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from aanvragen.handelingen import noodtoegang as h
from aanvragen.models import Aanvraag, Deelnemer, Noodtoegang
from aanvragen.models.noodtoegang import Grond
from ips_subsidie.handelingen.web import actor_van
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.schrijven import lees
from ips_subsidie.toegang.beheer import AlleenLezen
from ips_subsidie.toegang.poort import gevoelig
from ips_subsidie.vormgeving.templatetags.opmaak import bsn_gemaskeerd, datum

Rijen = list[tuple[str, str]]


class RedenForm(forms.Form):
    grond = forms.ChoiceField(
        label="Waarvoor is dit nodig?",
        choices=[("", "Kies"), *Grond.choices],
        error_messages={"required": "Kies waarvoor u deze gegevens nodig hebt."},
    )
    reden = forms.CharField(
        label="Reden",
        min_length=h.MIN_REDEN,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text=(
            "De instelling en wie het dossier behandelt, lezen dit. "
            "Schrijf geen namen en niets over iemands gezondheid."
        ),
        error_messages={
            "required": "Schrijf waarom u deze gegevens moet zien.",
            "min_length": f"Schrijf de reden uit, in {h.MIN_REDEN} tekens of meer.",
            "max_length": "Schrijf de reden korter, in 300 tekens of minder.",
        },
    )


def persoon_van(aanvraag: Aanvraag) -> Rijen:
    """Whom this dossier is about, as rows to show; none for a concept without a deelnemer."""
    wie = Deelnemer.objects.filter(aanvraag=aanvraag).first()
    if wie is None:
        return []
    return [
        ("Naam", wie.naam),
        ("Geboortedatum", datum(wie.geboortedatum)),
        ("BSN", bsn_gemaskeerd(wie.bsn)),
    ]


class MetInzage(admin.ModelAdmin):
    """Adds the pages of break-glass to those of an aanvraag: opening it, looking, and ending it."""

    change_form_template = "admin/aanvragen/met_inzage.html"

    def get_urls(self) -> list[URLPattern]:
        naam = f"{self.opts.app_label}_{self.opts.model_name}"
        bekijk: Callable[..., Any] = gevoelig(self.admin_site.admin_view(self.inzage))
        einde: Callable[..., Any] = self.admin_site.admin_view(self.einde_inzage)
        return [
            path("<uuid:object_id>/inzage/", bekijk, name=f"{naam}_inzage"),
            path("<uuid:object_id>/inzage/einde/", einde, name=f"{naam}_einde_inzage"),
            *super().get_urls(),
        ]

    def inzage(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        """While a noodtoegang of this beheerder is open: who it is, and a line for every look. Else its form."""
        aanvraag = _haal(object_id)
        open_ = _open(request, aanvraag)
        formulier = RedenForm(request.POST if request.method == "POST" else None)
        if open_ is None and formulier.is_valid():
            try:
                h.openen(None, actor_van(request), nu=nu(), aanvraag=aanvraag, **formulier.cleaned_data)
            except HandelingGeweigerd as weigering:
                for reden in weigering.redenen:
                    formulier.add_error(reden.veld, reden.tekst)
            else:
                return redirect(request.path)
        if open_ is not None:
            lees(request, "noodtoegang.bekijken", aanvraag.onderwerp())
        context = {
            **self.admin_site.each_context(request),
            "title": "Noodtoegang",
            "opts": self.opts,
            "deel": aanvraag,
            "form": formulier,
            "open": open_,
            "rijen": persoon_van(aanvraag) if open_ is not None else [],
            "einde": reverse("admin:aanvragen_aanvraag_einde_inzage", args=[aanvraag.pk]),
        }
        return TemplateResponse(request, "admin/aanvragen/inzage.html", context)

    def einde_inzage(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        """End it now; on a GET, or when it has ended already, nothing happens."""
        aanvraag = _haal(object_id)
        open_ = _open(request, aanvraag)
        if request.method == "POST" and open_ is not None:
            h.beeindigen(open_, actor_van(request), nu=nu())
            messages.success(request, "De noodtoegang is beëindigd.")
        return redirect("admin:aanvragen_aanvraag_change", aanvraag.pk)


def _haal(object_id: UUID) -> Aanvraag:
    aanvraag = Aanvraag.objects.filter(pk=object_id).first()
    if aanvraag is None:
        raise Http404
    return aanvraag


def _open(request: HttpRequest, aanvraag: Aanvraag) -> Noodtoegang | None:
    eigen = Noodtoegang.objects.open_op(nu()).filter(gebruiker=actor_van(request).persoon)
    return eigen.filter(aanvraag=aanvraag).first()


@admin.register(Noodtoegang)
class NoodtoegangAdmin(AlleenLezen[Noodtoegang]):
    list_display = ("aanvraag", "gebruiker", "grond", "begonnen_op", "tot", "beeindigd_op")
    list_filter = ("grond",)
    list_select_related = ("aanvraag", "gebruiker")
    search_fields = ("=aanvraag__kenmerk", "gebruiker__naam")
    date_hierarchy = "begonnen_op"
    fields = (*list_display, "reden")

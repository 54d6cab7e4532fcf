"""The contact cards of the own organisatie."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gemeenten.models import Contactpersoon
from ips_subsidie.handelingen import web
from ips_subsidie.handelingen.web import actor_van
from ips_subsidie.toegang.poort import voor
from overleg.handelingen import contactpersonen as kaarten
from overleg.web.formulieren import ContactFormulier, GevaarKnop

_VELDEN = ("naam", "functie", "email", "telefoon")


@voor(*kaarten.HOUDT_BIJ)
def contactpersonen(request: HttpRequest) -> HttpResponse:
    """The cards that others see with the dossiers of this organisatie; there are few, so no pages."""
    actor = actor_van(request)
    lijst = Contactpersoon.objects.filter(organisatie=actor.organisatie).order_by("naam", "pk")
    context = {"kaarten": lijst[: kaarten.MEESTE_KAARTEN], "organisatie": actor.organisatie}
    return render(request, "overleg/contactpersonen.html", context)


@voor(*kaarten.HOUDT_BIJ)
def toevoegen(request: HttpRequest) -> HttpResponse:
    return _handel(request, kaarten.toevoegen, ContactFormulier(web.gestuurd(request)), "toegevoegd")


@voor(*kaarten.HOUDT_BIJ)
def wijzigen(request: HttpRequest, nummer: int) -> HttpResponse:
    formulier = ContactFormulier(
        web.gestuurd(request), initial=model_to_dict(_eigen(request, nummer), _VELDEN)
    )
    return _handel(request, kaarten.wijzigen, formulier, "gewijzigd", nummer=nummer)


@voor(*kaarten.HOUDT_BIJ)
def weghalen(request: HttpRequest, nummer: int) -> HttpResponse:
    kaart = _eigen(request, nummer)
    formulier = GevaarKnop(web.gestuurd(request), knop="Contactpersoon weghalen")
    return _handel(request, kaarten.weghalen, formulier, "weggehaald", kaart, nummer=nummer)


def _eigen(request: HttpRequest, nummer: int) -> Contactpersoon:
    return get_object_or_404(Contactpersoon, pk=nummer, organisatie=actor_van(request).organisatie)


def _handel(
    request: HttpRequest,
    handeling: Any,
    formulier: Any,
    gelukt: str,
    kaart: Contactpersoon | None = None,
    **over: Any,
) -> HttpResponse:
    if web.gelukt(request, handeling, None, formulier, **over):
        messages.success(request, f"De contactpersoon is {gelukt}.")
        return redirect("overleg:contactpersonen")
    return web.toon_handeling(request, "overleg/contactpersoon.html", handeling, formulier, [], kaart=kaart)

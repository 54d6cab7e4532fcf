"""The stopbericht after it was sent: confirming it, processing it, taking it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from aanvragen.handelingen import stoppen as h
from aanvragen.models import Stopbericht
from aanvragen.web.afronden.formulieren import HerroepFormulier
from aanvragen.web.afronden.hulp import haal, stoprijen, toon, trajectrijen
from aanvragen.web.hulp import gelukt, gestuurd
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, Rol
from ips_subsidie.vormgeving.formulieren import EnkelKnop

_KLEIN = {
    h.bevestigen.code: (
        (
            "De instelling meldt dat dit traject eerder is gestopt. Klopt dat? Dan bevestigt u het aan UWV.",
            "Tot u bevestigt, staan de betalingen stil. Klopt het niet? Vraag UWV om het stopbericht terug te draaien.",
        ),
        "Het stopbericht is bevestigd. UWV heeft deel 2.",
    ),
    h.verwerken.code: (
        ("Het stopbericht is bevestigd. Als u het hebt verwerkt, gaat het uit uw lijst.",),
        "Het stopbericht is verwerkt.",
    ),
}


@voor(*GEMEENTEROLLEN)
def bevestigen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _klein(request, nummer, h.bevestigen)


@voor(Rol.UWV_FINANCIEN)
def verwerken(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _klein(request, nummer, h.verwerken)


def _klein(
    request: HttpRequest, nummer: UUID, handeling: Handeling[Stopbericht, Stopbericht]
) -> HttpResponse:
    """An act that asks nothing: a POST does it, a GET says what it means first."""
    uitleg, klaar = _KLEIN[handeling.code]
    stopbericht = haal(request, Stopbericht, nummer, handeling.code)
    formulier = EnkelKnop(gestuurd(request), knop=handeling.titel, versie=stopbericht.versie)
    if gelukt(request, handeling, stopbericht, formulier):
        messages.success(request, klaar)
        return redirect("aanvragen:dossier", stopbericht.dossier.pk)
    return toon(request, handeling, stopbericht, formulier, uitleg=uitleg, **_feiten(stopbericht))


@voor(Rol.UWV_BESLISSER)
def herroepen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    stopbericht = haal(request, Stopbericht, nummer, h.herroepen.code)
    formulier = HerroepFormulier(gestuurd(request), versie=stopbericht.versie)
    if gelukt(request, h.herroepen, stopbericht, formulier):
        messages.success(request, "Het stopbericht is teruggedraaid. Het traject loopt weer.")
        return redirect("aanvragen:dossier", stopbericht.dossier.pk)
    uitleg = ("Het traject loopt daarna weer, tot de geplande laatste dag. De instelling krijgt bericht.",)
    return toon(request, h.herroepen, stopbericht, formulier, uitleg=uitleg, **_feiten(stopbericht))


def _feiten(stopbericht: Stopbericht) -> dict[str, object]:
    return {
        "rijen": trajectrijen(stopbericht.traject),
        "secties": [("Het stopbericht", stoprijen(stopbericht))],
    }

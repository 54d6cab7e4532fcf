"""The verlenging at UWV: advice by one, the besluit by another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from aanvragen.handelingen import verlengen as h
from aanvragen.models import Besluit, Verlenging
from aanvragen.models.beoordeling import Advies
from aanvragen.regels.traject import laatste_dag
from aanvragen.web import hulp
from aanvragen.web.behandeling.formulieren import BesluitFormulier, VerlengingAdviesFormulier
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import BESLISSERS, VOORBEREIDERS
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import datum, tijdstip


@voor(*VOORBEREIDERS)
def adviseren(request: HttpRequest, nummer: UUID) -> HttpResponse:
    verlenging = hulp.haal_verlenging(request, nummer)
    eerder = {"advies": verlenging.advies, "motivering": verlenging.advies_motivering}
    formulier = VerlengingAdviesFormulier(hulp.gestuurd(request), initial=eerder)
    if hulp.gelukt(request, h.adviseren, verlenging, formulier):
        messages.success(request, "Uw advies is opgeslagen. Een collega neemt het besluit.")
        return redirect("aanvragen:dossier", verlenging.traject.aanvraag_id)
    return _toon(request, verlenging, h.adviseren, formulier)


@voor(*BESLISSERS)
def toekennen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _besluit(request, nummer, h.toekennen, "De verlenging is toegekend. De instelling heeft de brief.")


@voor(*BESLISSERS)
def afwijzen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _besluit(request, nummer, h.afwijzen, "De verlenging is afgewezen. De instelling heeft de brief.")


def _besluit(
    request: HttpRequest, nummer: UUID, handeling: Handeling[Verlenging, Besluit], klaar: str
) -> HttpResponse:
    verlenging = hulp.haal_verlenging(request, nummer)
    zo_geadviseerd = (verlenging.advies == Advies.TOEKENNEN) == (handeling is h.toekennen)
    formulier = BesluitFormulier(
        hulp.gestuurd(request),
        knop=handeling.titel,
        gevaar=handeling.knop == "gevaar",
        initial={"motivering": verlenging.advies_motivering if zo_geadviseerd else ""},
    )
    if hulp.gelukt(request, handeling, verlenging, formulier):
        messages.success(request, klaar)
        return redirect("aanvragen:dossier", verlenging.traject.aanvraag_id)
    return _toon(request, verlenging, handeling, formulier)


def _toon(
    request: HttpRequest, verlenging: Verlenging, handeling: Handeling[Verlenging, Any], formulier: Formulier
) -> HttpResponse:
    return hulp.toon_handeling(
        request,
        "aanvragen/behandeling/verlenging.html",
        handeling,
        verlenging,
        formulier,
        verlenging=verlenging,
        aanvraag=verlenging.traject.aanvraag,
        rijen=_rijen(verlenging),
    )


def _rijen(verlenging: Verlenging) -> list[Rij]:
    traject = verlenging.traject
    rijen = [
        Rij("Start van het traject", datum(traject.startdatum)),
        Rij("Laatste dag nu", datum(traject.laatste_dag)),
        Rij("Al verlengd", f"{traject.verlengd_maanden} maanden"),
        Rij("Gevraagd", f"{verlenging.maanden} maanden"),
    ]
    if traject.startdatum is not None:
        nieuw = laatste_dag(
            traject.startdatum, traject.maanden, traject.verlengd_maanden + verlenging.maanden
        )
        rijen.append(Rij("Laatste dag met verlenging", datum(nieuw)))
    rijen += [
        Rij("Gevraagd op", tijdstip(verlenging.gevraagd_op)),
        Rij("Gevraagd door", str(verlenging.gevraagd_door)),
        Rij("Reden", verlenging.motivering),
    ]
    if verlenging.beoordelaar is not None:
        rijen += [
            Rij("Beoordeeld door", str(verlenging.beoordelaar)),
            Rij("Advies", Advies(verlenging.advies).label),
            Rij("Motivering van het advies", verlenging.advies_motivering),
        ]
    return rijen

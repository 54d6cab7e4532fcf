"""Before the besluit: claiming a dossier, looking whether it is complete, reviewing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from aanvragen.handelingen import behandelen as h
from aanvragen.models import Aanvraag
from aanvragen.web import hulp
from aanvragen.web.behandeling import stand
from aanvragen.web.behandeling.formulieren import BeoordeelFormulier
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import VOORBEREIDERS

_KLEIN = {
    h.oppakken.code: (
        "Uw naam komt bij de aanvraag te staan. Collega's zien dan dat u hem behandelt.",
        "U hebt de aanvraag opgepakt.",
    ),
    h.overnemen.code: (
        "Een collega heeft deze aanvraag opgepakt. Overleg eerst. Als u overneemt, komt uw naam erbij te staan.",
        "U hebt de aanvraag overgenomen.",
    ),
    h.loslaten.code: (
        "De aanvraag gaat terug naar de werkvoorraad. Een collega kan hem dan oppakken.",
        "U hebt de aanvraag losgelaten.",
    ),
    h.in_behandeling_nemen.code: (
        "Doe dit als de aanvraag compleet is, of als de hersteltermijn voorbij is. De instelling krijgt "
        "bericht. Ontbreekt er iets? Vraag dan eerst om een aanvulling.",
        "De aanvraag is in behandeling. U kunt hem nu beoordelen.",
    ),
}


@voor(*VOORBEREIDERS)
def oppakken(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _klein(request, nummer, h.oppakken)


@voor(*VOORBEREIDERS)
def overnemen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _klein(request, nummer, h.overnemen)


@voor(*VOORBEREIDERS)
def loslaten(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _klein(request, nummer, h.loslaten)


@voor(*VOORBEREIDERS)
def in_behandeling_nemen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _klein(request, nummer, h.in_behandeling_nemen)


def _klein(request: HttpRequest, nummer: UUID, handeling: Handeling[Aanvraag, Any]) -> HttpResponse:
    def erbij(aanvraag: Aanvraag) -> dict[str, Any]:
        return {"gegevens": stand.gegevens_van(aanvraag) if handeling is h.in_behandeling_nemen else []}

    sjabloon = "aanvragen/behandeling/klein.html"
    return hulp.enkele_knop(request, nummer, handeling, _KLEIN[handeling.code], sjabloon, erbij)


@voor(*VOORBEREIDERS)
def beoordelen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    aanvraag = hulp.haal_dossier(request, nummer, waarvoor=h.beoordelen.code)
    voorstel = stand.voorstel_toekennen(aanvraag)
    formulier = BeoordeelFormulier(
        hulp.gestuurd(request),
        versie=aanvraag.versie,
        aanvraag=aanvraag,
        voorstel=voorstel,
        initial=_eerder(aanvraag) or {"motivering": voorstel},
    )
    if hulp.gelukt(request, h.beoordelen, aanvraag, formulier):
        messages.success(request, "De beoordeling is opgeslagen. Een collega neemt het besluit.")
        return redirect("aanvragen:dossier", nummer)
    return hulp.toon_handeling(
        request,
        "aanvragen/behandeling/beoordelen.html",
        h.beoordelen,
        aanvraag,
        formulier,
        aanvraag=aanvraag,
        gegevens=stand.gegevens_van(aanvraag),
        potten=stand.potregels(aanvraag),
        rang=stand.rang_van(aanvraag, hulp.actor_van(request)),
        dubbele=stand.dubbele_van(aanvraag, hulp.actor_van(request)),
        waarschuwingen=stand.waarschuwingen(aanvraag),
    )


def _eerder(aanvraag: Aanvraag) -> dict[str, Any]:
    """What a first review answered, to start the second one from."""
    beoordeling = getattr(aanvraag, "beoordeling", None)
    if beoordeling is None:
        return {}
    velden: dict[str, Any] = {
        "advies": beoordeling.advies,
        "gronden": beoordeling.gronden,
        "motivering": beoordeling.motivering,
    }
    for code, uitkomst in beoordeling.uitkomsten.items():
        velden[f"controle_{code}"] = uitkomst.get("klopt")
        velden[f"toelichting_{code}"] = uitkomst.get("toelichting", "")
    return velden

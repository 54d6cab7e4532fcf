"""The beslissing op bezwaar, with its letter before it is sent."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from aanvragen.handelingen.besluit import ontwerp
from aanvragen.handelingen.bezwaar import beslissen as h
from aanvragen.handelingen.brieven import besluitbrief
from aanvragen.models import BesluitSoort, Bezwaar
from aanvragen.models.besluit import Rechtsmiddel
from aanvragen.regels.bezwaar import Gevolg
from aanvragen.web.behandeling.formulieren import BesluitFormulier
from aanvragen.web.behandeling.stand import boven_de_grens
from aanvragen.web.bezwaar.hulp import haal, hoorrijen, toon, voorstelrijen
from aanvragen.web.briefvoorbeeld import als_voorbeeld
from aanvragen.web.hulp import actor_van, gelukt, gestuurd, in_de_weg
from ips_subsidie.brieven.gegevens import Brief
from ips_subsidie.kalender.klok import nu
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import BESLISSERS

_TERUG_OP_DE_PLAATS = (Gevolg.ALSNOG_TOEKENNEN, Gevolg.HERLEVEN)


@voor(*BESLISSERS)
def beslissen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    bezwaar = haal(request, nummer, h.beslissen.code)
    formulier = _formulier(request, bezwaar)
    if gelukt(request, h.beslissen, bezwaar, formulier):
        messages.success(request, "Op het bezwaar is beslist. De indiener heeft de brief.")
        return redirect("aanvragen:bezwaar", nummer)
    return _toon(request, bezwaar, formulier)


@voor(*BESLISSERS)
def voorbeeld(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """The letter as it would be, as a download. Nothing is kept."""
    bezwaar = haal(request, nummer, "bezwaar.voorbeeld")
    if request.method != "POST":
        return redirect("aanvragen:bezwaar_beslissen", nummer)
    formulier = _formulier(request, bezwaar)
    redenen = in_de_weg(request, h.beslissen, bezwaar)
    brief = als_voorbeeld(formulier, redenen, lambda: _brief(request, bezwaar, formulier), bezwaar.kenmerk)
    return brief or _toon(request, bezwaar, formulier)


def _formulier(request: HttpRequest, bezwaar: Bezwaar) -> BesluitFormulier:
    return BesluitFormulier(
        gestuurd(request),
        versie=bezwaar.versie,
        actie=reverse("aanvragen:bezwaar_beslissen", args=[bezwaar.pk]),
        initial={"motivering": bezwaar.motivering},
        knop=h.beslissen.titel,
        voorbeeld_url=reverse("aanvragen:bezwaar_voorbeeld", args=[bezwaar.pk]),
    )


def _toon(request: HttpRequest, bezwaar: Bezwaar, formulier: BesluitFormulier) -> HttpResponse:
    uitleg = (
        "U beslist op het bezwaar zoals is voorgesteld. Wat er bij hoort, gebeurt meteen: in het dossier, het traject "
        "en het budget. De brief kan daarna niet meer veranderen.",
        "Bekijk eerst de brief. Er is dan nog niets besloten.",
    )
    erboven = boven_de_grens(bezwaar.aanvraag) if bezwaar.gevolg in _TERUG_OP_DE_PLAATS else []
    secties = [("Het voorstel", voorstelrijen(bezwaar)), ("Horen en advies", hoorrijen(bezwaar))]
    return toon(
        request,
        h.beslissen,
        bezwaar,
        formulier,
        uitleg=uitleg,
        waarschuwingen=tuple(f"{een.titel}. {een.tekst}" for een in erboven),
        secties=secties,
    )


def _brief(request: HttpRequest, bezwaar: Bezwaar, formulier: BesluitFormulier) -> Brief:
    """The letter of a besluit that isn't there: made of an unsaved one."""
    besluit = ontwerp(
        bezwaar.aanvraag,
        actor_van(request),
        BesluitSoort.BESLISSING_OP_BEZWAAR,
        motivering=formulier.cleaned_data["motivering"],
        nu=nu(),
        rechtsmiddel=Rechtsmiddel.BEROEP,
        vorig_besluit=bezwaar.besluit,
    )
    return besluitbrief(bezwaar.aanvraag, besluit, bezwaar=bezwaar)

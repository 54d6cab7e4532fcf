"""The beslissing op bezwaar, with its letter before it is sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from aanvragen.handelingen.besluit import beroep_tot, ondermandaat_van
from aanvragen.handelingen.bezwaar import beslissen as h
from aanvragen.handelingen.brieven import besluitbrief
from aanvragen.models import Besluit, BesluitSoort, Bezwaar
from aanvragen.models.besluit import Rechtsmiddel
from aanvragen.regels.bezwaar import Gevolg
from aanvragen.web.behandeling.formulieren import BesluitFormulier
from aanvragen.web.behandeling.stand import boven_de_grens
from aanvragen.web.bezwaar.hulp import haal, hoorrijen, toon, voorstelrijen
from aanvragen.web.hulp import actor_van, gelukt, gestuurd, in_de_weg
from ips_subsidie.brieven.maak import BriefMislukt, maak_brief
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.opslag.bestanden import Soort
from ips_subsidie.opslag.download import als_download
from ips_subsidie.opslag.models import Bestand
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
    if redenen:
        formulier.fout_van(redenen)
    elif formulier.is_valid():
        try:
            inhoud = maak_brief(
                _brief(request, bezwaar, formulier.cleaned_data["motivering"]), voorbeeld=True
            )
        except HandelingGeweigerd as weigering:
            formulier.fout_van(weigering)
        except BriefMislukt:
            tekst = "Van deze tekst kan geen brief worden gemaakt. Maak de tekst korter of eenvoudiger."
            formulier.fout_van([Reden("brief", tekst, veld="motivering")])
        else:
            naam = f"voorbeeld-{bezwaar.kenmerk}.pdf"
            return als_download(Bestand(naam=naam, soort=Soort.PDF, inhoud=inhoud))
    return _toon(request, bezwaar, formulier)


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


def _brief(request: HttpRequest, bezwaar: Bezwaar, motivering: str) -> Any:
    """The letter of a besluit that isn't there: made of an unsaved one."""
    aanvraag, actor = bezwaar.aanvraag, actor_van(request)
    besluit = Besluit(
        aanvraag=aanvraag,
        soort=BesluitSoort.BESLISSING_OP_BEZWAAR,
        vorig_besluit=bezwaar.besluit,
        dagtekening=vandaag(),
        bekendgemaakt_op=nu(),
        bezwaar_tot=beroep_tot(vandaag()),
        rechtsmiddel=Rechtsmiddel.BEROEP,
        motivering=motivering,
        ondertekenaar=actor.persoon,
        ondermandaat=ondermandaat_van(aanvraag, actor, nu()),
    )
    return besluitbrief(aanvraag, besluit, bezwaar=bezwaar)

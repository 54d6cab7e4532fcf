"""What the instelling reports of a granted traject, and asks for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from aanvragen.handelingen import stoppen, verlengen
from aanvragen.handelingen import traject as handelingen
from aanvragen.handelingen.dossier import beslisser_naam
from aanvragen.models import Traject
from aanvragen.web.afronden.formulieren import GebeurtenisFormulier, StopFormulier
from aanvragen.web.hulp import gestuurd, haal_traject, haal_verlenging
from aanvragen.web.instelling.formulieren.handelingen import (
    NietStartFormulier,
    StartFormulier,
    VerlengFormulier,
    VerlengingIntrekFormulier,
)
from aanvragen.web.instelling.handelpagina import Handelpagina, toon_of_doe
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import datum


def _uit(*namen: str) -> Any:
    """The arguments of an act that are fields of the form, by name."""
    return lambda gegevens: {naam: gegevens[naam] for naam in namen}


def _feiten(traject: Traject) -> list[Rij]:
    rijen = [Rij("Kenmerk", traject.aanvraag.kenmerk), Rij("Duur", f"{traject.maanden} maanden")]
    if traject.startdatum is None:
        return [*rijen, Rij("Starten kan vanaf", datum(traject.vroegste_start))]
    return [
        *rijen,
        Rij("Gestart op", datum(traject.startdatum)),
        Rij("Laatste dag", datum(traject.laatste_dag)),
    ]


@voor(*INSTELLINGSROLLEN)
def traject_starten(request: HttpRequest, nummer: UUID) -> HttpResponse:
    traject = haal_traject(request, nummer)
    pagina = Handelpagina(
        handelingen.starten,
        kop="Start van het traject doorgeven",
        gelukt="De start is doorgegeven.",
        uitleg=("Vanaf de startdatum telt de looptijd. Geef de start door op de dag zelf of daarna.",),
        rijen=_feiten(traject),
        invoer=_uit("startdatum"),
    )
    return toon_of_doe(request, pagina, traject, traject.aanvraag, StartFormulier(gestuurd(request)))


@voor(*INSTELLINGSROLLEN)
def traject_niet_starten(request: HttpRequest, nummer: UUID) -> HttpResponse:
    traject = haal_traject(request, nummer)
    pagina = Handelpagina(
        handelingen.niet_starten,
        kop="Het traject gaat niet door",
        gelukt="U hebt gemeld dat het traject niet doorgaat.",
        uitleg=(
            f"{beslisser_naam(traject.aanvraag)} trekt daarna het besluit in. U krijgt daarover een brief. "
            "Dit kunt u niet terugdraaien.",
        ),
        rijen=_feiten(traject),
        invoer=_uit("toelichting"),
    )
    return toon_of_doe(request, pagina, traject, traject.aanvraag, NietStartFormulier(gestuurd(request)))


@voor(*INSTELLINGSROLLEN)
def traject_stoppen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    traject = haal_traject(request, nummer)
    pagina = Handelpagina(
        stoppen.stoppen,
        kop="Traject eerder stoppen",
        gelukt="U hebt gemeld dat het traject is gestopt.",
        uitleg=(
            "Heeft de deelnemer werk, maar nog wel begeleiding? Dan loopt het traject door. Meld dat als gebeurtenis.",
            f"{_wat_er_na_stoppen_komt(traject)} Daarna stuurt u een beëindigingsverslag.",
            "Een gestopt traject kunt u niet meer verlengen.",
        ),
        rijen=_feiten(traject),
        invoer=_uit("gestopt_op", "stop_reden", "toelichting"),
    )
    return toon_of_doe(request, pagina, traject, traject.aanvraag, StopFormulier(gestuurd(request)))


def _wat_er_na_stoppen_komt(traject: Traject) -> str:
    if traject.aanvraag.gemeente_beslist:
        return "De gemeente bevestigt uw stopbericht aan UWV. Tot dan staan de betalingen stil."
    return "UWV krijgt uw stopbericht."


@voor(*INSTELLINGSROLLEN)
def traject_gebeurtenis_melden(request: HttpRequest, nummer: UUID) -> HttpResponse:
    traject = haal_traject(request, nummer)
    pagina = Handelpagina(
        handelingen.gebeurtenis_melden,
        kop="Gebeurtenis melden",
        gelukt="De gebeurtenis staat in het dossier.",
        uitleg=(
            "De subsidie verandert niet door een gebeurtenis. UWV en de gemeente zien hem in het dossier.",
        ),
        invoer=lambda gegevens: formulier.invoer(),
        terug=reverse("aanvragen:traject", args=[traject.pk]),
    )
    formulier = GebeurtenisFormulier(gestuurd(request))
    return toon_of_doe(request, pagina, traject, traject.aanvraag, formulier)


@voor(*INSTELLINGSROLLEN)
def verlenging_vragen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    traject = haal_traject(request, nummer)
    maximum = traject.aanvraag.inhoud.doelgroep(traject.aanvraag.doelgroep).verlenging_max_maanden
    pagina = Handelpagina(
        verlengen.vragen,
        kop="Verlenging vragen",
        gelukt=f"Het verzoek is verstuurd. {beslisser_naam(traject.aanvraag)} beslist erover.",
        uitleg=(
            f"Een traject kan in totaal hoogstens {maximum} maanden langer duren.",
            "Vraag een verlenging uiterlijk op de laatste dag van het traject.",
            "U krijgt bij een verlenging geen extra geld.",
        ),
        rijen=_feiten(traject),
        invoer=_uit("maanden", "motivering"),
    )
    formulier = VerlengFormulier(gestuurd(request), hoogstens=maximum - traject.verlengd_maanden)
    return toon_of_doe(request, pagina, traject, traject.aanvraag, formulier)


@voor(*INSTELLINGSROLLEN)
def verlenging_intrekken(request: HttpRequest, nummer: UUID) -> HttpResponse:
    verlenging = haal_verlenging(request, nummer)
    pagina = Handelpagina(
        verlengen.intrekken,
        kop="Verzoek om verlenging intrekken",
        gelukt="Het verzoek om verlenging is ingetrokken.",
        uitleg=("Het traject eindigt dan op de laatste dag die er nu staat.",),
        rijen=[*_feiten(verlenging.traject), Rij("Gevraagde verlenging", f"{verlenging.maanden} maanden")],
    )
    formulier = VerlengingIntrekFormulier(gestuurd(request))
    return toon_of_doe(request, pagina, verlenging, verlenging.traject.aanvraag, formulier)

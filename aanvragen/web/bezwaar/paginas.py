"""The pages of a bezwaar: itself, and each act on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from aanvragen.handelingen.bezwaar import behandelen as b
from aanvragen.handelingen.bezwaar import beslissen as d
from aanvragen.handelingen.bezwaar import indienen as i
from aanvragen.models import Aanvraag, Besluit, Bezwaar
from aanvragen.models.besluit import Rechtsmiddel
from aanvragen.regels.bezwaar import BezwaarStatus
from aanvragen.web import hulp
from aanvragen.web.bezwaar import formulieren as f
from aanvragen.web.bezwaar.hulp import KLEUR, aan_zet, feiten, haal, hoorrijen, toon, voorstelrijen
from aanvragen.web.hulp import acties, actor_van, gelukt, gestuurd, mogelijkheden
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.opslag.download import als_download
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import (
    BESLISSERS,
    GEMEENTEROLLEN,
    INSTELLINGSROLLEN,
    UWV_ROLLEN,
    VOORBEREIDERS,
)
from ips_subsidie.vormgeving.formulieren import EnkelKnop, Formulier
from ips_subsidie.vormgeving.templatetags.opmaak import datum


@voor(*INSTELLINGSROLLEN, *GEMEENTEROLLEN, *UWV_ROLLEN)
def bezwaar(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """One bezwaar: who is aan zet, the terms with their steps, what was said and decided."""
    deel, actor = haal(request, nummer, "bezwaar.bekijken"), actor_van(request)
    mogelijk = mogelijkheden(request, deel)
    adressen = {m.handeling.code: reverse(f"aanvragen:{m.handeling.naam}", args=[deel.pk]) for m in mogelijk}
    verborgen = actor.is_instelling and deel.status == BezwaarStatus.VOORGESTELD
    context = {
        "bezwaar": deel,
        "aanvraag": deel.aanvraag,
        "status": BezwaarStatus.HOORZITTING.label if verborgen else deel.get_status_display(),
        "kleur": KLEUR[BezwaarStatus(deel.status)],
        "aan_zet": aan_zet(deel, actor),
        "acties": acties(mogelijk, adressen),
        "feiten": feiten(deel),
        "ontvangst": deel.ontvangst,
        "termijn": deel.termijn() if deel.is_open else None,
        "te_laat": deel.te_laat_op(vandaag()),
        "horen": hoorrijen(deel),
        # What is only prepared is not the indiener's to see.
        "voorstel": voorstelrijen(deel) if deel.besluit_op_bezwaar or not actor.is_instelling else [],
        "bestand": reverse("aanvragen:bezwaar_bestand", args=[deel.pk]) if deel.bestand else "",
    }
    return render(request, "aanvragen/bezwaar/bezwaar.html", context)


@voor(*INSTELLINGSROLLEN, *GEMEENTEROLLEN, *UWV_ROLLEN)
def bestand(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """The file that came with it."""
    deel = haal(request, nummer, "bezwaar.downloaden")
    if deel.bestand is None:
        raise Http404
    return als_download(deel.bestand)


# --- it comes in -----------------------------------------------------------------------------------------


@voor(*INSTELLINGSROLLEN)
def indienen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    aanvraag, besluiten = _tegen(request, nummer, i.indienen.code)
    formulier = f.IndienFormulier(
        gestuurd(request),
        request.FILES or None,
        besluiten=besluiten,
        versie=aanvraag.versie,
        initial=_gekozen(request),
    )
    gemaakt = gelukt(request, i.indienen, aanvraag, formulier)
    if gemaakt:
        messages.success(request, f"Uw bezwaar is verstuurd. Het kenmerk is {gemaakt.kenmerk}.")
        return redirect("aanvragen:bezwaar", gemaakt.pk)
    uitleg = (
        "Bent u het niet eens met een besluit? Dan kunt u hier bezwaar maken. Iemand die niet bij het besluit "
        "betrokken was, bekijkt het opnieuw.",
        "U krijgt meteen een brief met wat u hebt gestuurd, en met de dag waarop er uiterlijk een beslissing is.",
    )
    laat = [b for b in besluiten if b.bezwaar_tot < vandaag()]
    waarschuwingen = tuple(
        f"Bezwaar tegen het besluit van {datum(b.dagtekening)} kon tot en met {datum(b.bezwaar_tot)}. U kunt het nog "
        "sturen. Schrijf dan ook waarom u te laat bent: misschien telt het toch."
        for b in laat
    )
    return toon(request, i.indienen, aanvraag, formulier, uitleg=uitleg, waarschuwingen=waarschuwingen)


@voor(*VOORBEREIDERS)
def registreren(request: HttpRequest, nummer: UUID) -> HttpResponse:
    aanvraag, besluiten = _tegen(request, nummer, i.registreren.code)
    formulier = f.RegistreerFormulier(
        gestuurd(request),
        request.FILES or None,
        besluiten=besluiten,
        versie=aanvraag.versie,
        initial=_gekozen(request),
    )
    gemaakt = gelukt(request, i.registreren, aanvraag, formulier)
    if gemaakt:
        messages.success(request, f"Het bezwaar is geregistreerd, met kenmerk {gemaakt.kenmerk}.")
        return redirect("aanvragen:bezwaar", gemaakt.pk)
    uitleg = (
        "Kwam er per post of aan het loket een bezwaar binnen? Leg het hier vast, met de dag van ontvangst.",
        "Wie bezwaar maakt, krijgt een ontvangstbevestiging. Stuur die per post als die persoon geen login heeft.",
    )
    return toon(request, i.registreren, aanvraag, formulier, uitleg=uitleg)


def _tegen(request: HttpRequest, nummer: UUID, waarvoor: str) -> tuple[Aanvraag, list[Besluit]]:
    """The dossier, and the besluiten against which bezwaar can be made, newest first."""
    aanvraag = hulp.haal_dossier(request, nummer, waarvoor=waarvoor)
    return aanvraag, list(aanvraag.besluiten.filter(rechtsmiddel=Rechtsmiddel.BEZWAAR))


def _gekozen(request: HttpRequest) -> dict[str, str]:
    """The besluit from whose block one came."""
    return {"besluit_id": request.GET["besluit"]} if "besluit" in request.GET else {}


# --- acts on it ------------------------------------------------------------------------------------------

_UITLEG: dict[str, tuple[tuple[str, ...], str]] = {
    i.aanvullen.code: (
        ("Vul hier aan waarom u het niet eens bent met het besluit.",),
        "De aanvulling is verstuurd.",
    ),
    i.intrekken.code: (
        ("Trekt u het bezwaar in, dan komt er geen beslissing. Het besluit blijft gelden.",),
        "Het bezwaar is ingetrokken.",
    ),
    b.oppakken.code: (("Collega’s zien dan dat u dit bezwaar behandelt.",), "U behandelt dit bezwaar."),
    b.ontvankelijkheid.code: (
        ("Kijk of het bezwaar op tijd is en gronden heeft. Daarna volgt het horen.",),
        "Vastgelegd. Hoor nu de indiener, of leg vast waarom dat niet hoeft.",
    ),
    b.herstel_vragen.code: (
        (
            "Staat er niet waarom de indiener het niet eens is, of ontbreekt er iets anders? Vraag daar dan eerst om "
            "(artikel 6:6 van de Awb). De beslistermijn staat zolang stil.",
        ),
        "De vraag is verstuurd.",
    ),
    b.hoorzitting_plannen.code: (
        ("De indiener krijgt een uitnodiging met de plaats en de tijd (artikel 7:2 van de Awb).",),
        "De uitnodiging is verstuurd.",
    ),
    b.gehoord.code: (
        ("Leg vast wat er op de hoorzitting is gezegd (artikel 7:7 van de Awb).",),
        "Het verslag is bewaard.",
    ),
    b.afzien.code: (
        ("Horen hoeft alleen niet om een van deze redenen (artikel 7:3 van de Awb).",),
        "Vastgelegd. U kunt nu een beslissing voorstellen.",
    ),
    b.advies_vastleggen.code: (("Het advies komt in de beslissing.",), "Het advies is bewaard."),
    b.verdagen.code: (
        (
            "U kunt de beslissing één keer zes weken uitstellen, zolang de termijn nog loopt (artikel 7:10 van de "
            "Awb). Langer kan alleen als de indiener daarmee instemt.",
        ),
        "De beslissing is uitgesteld. De indiener heeft de brief.",
    ),
    b.doorzenden.code: (
        ("Beslist iemand anders over dit bezwaar? Zend het dan door. De dag van ontvangst telt ook daar.",),
        "Het bezwaar is doorgezonden. De indiener heeft bericht.",
    ),
    d.voorstellen.code: (
        ("U stelt voor wat de beslissing wordt. Een collega neemt haar.",),
        "Uw voorstel is opgeslagen. Een collega neemt de beslissing.",
    ),
    d.terugleggen.code: (
        ("Wie het bezwaar behandelt, maakt dan een nieuw voorstel.",),
        "Het voorstel is teruggelegd.",
    ),
}


def _handeling(
    request: HttpRequest,
    nummer: UUID,
    handeling: Handeling[Bezwaar, Any],
    maak: Callable[[Bezwaar], Formulier],
    **context: Any,
) -> HttpResponse:
    """The page of an act on a bezwaar; after it one is back at the bezwaar."""
    uitleg, klaar = _UITLEG[handeling.code]
    deel = haal(request, nummer, handeling.code)
    formulier = maak(deel)
    if gelukt(request, handeling, deel, formulier):
        messages.success(request, klaar)
        return redirect("aanvragen:bezwaar", nummer)
    return toon(request, handeling, deel, formulier, uitleg=uitleg, **context)


def _klein(request: HttpRequest, nummer: UUID, handeling: Handeling[Bezwaar, Any]) -> HttpResponse:
    """An act that asks nothing: a POST does it, a GET says what it means first."""
    return _handeling(
        request,
        nummer,
        handeling,
        lambda deel: EnkelKnop(gestuurd(request), knop=handeling.titel, versie=deel.versie),
    )


def _gewoon(
    request: HttpRequest,
    nummer: UUID,
    handeling: Handeling[Bezwaar, Any],
    soort: type[Formulier],
    **over: Any,
) -> HttpResponse:
    return _handeling(
        request, nummer, handeling, lambda deel: soort(gestuurd(request), versie=deel.versie, **over)
    )


@voor(*INSTELLINGSROLLEN, *VOORBEREIDERS)
def aanvullen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _gewoon(request, nummer, i.aanvullen, f.AanvulFormulier)


@voor(*INSTELLINGSROLLEN, *VOORBEREIDERS)
def intrekken(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _klein(request, nummer, i.intrekken)


@voor(*VOORBEREIDERS)
def oppakken(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _klein(request, nummer, b.oppakken)


@voor(*VOORBEREIDERS)
def ontvankelijkheid(request: HttpRequest, nummer: UUID) -> HttpResponse:
    def maak(deel: Bezwaar) -> Formulier:
        storing = deel.te_laat and b.storing_op_laatste_dag(deel)
        return f.OntvankelijkFormulier(gestuurd(request), versie=deel.versie, bezwaar=deel, storing=storing)

    deel = haal(request, nummer, b.ontvankelijkheid.code)
    stappen = " ".join(deel.ontvangst.stappen)
    return _handeling(
        request, nummer, b.ontvankelijkheid, maak, waarschuwingen=(stappen,) if deel.te_laat else ()
    )


@voor(*VOORBEREIDERS)
def herstel_vragen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _handeling(
        request,
        nummer,
        b.herstel_vragen,
        lambda deel: f.HerstelFormulier(gestuurd(request), versie=deel.versie),
        termijn=b.voorgestelde_hersteltermijn(vandaag()),
    )


@voor(*VOORBEREIDERS)
def hoorzitting_plannen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _gewoon(request, nummer, b.hoorzitting_plannen, f.HoorzittingFormulier)


@voor(*VOORBEREIDERS)
def gehoord(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _gewoon(request, nummer, b.gehoord, f.GehoordFormulier)


@voor(*VOORBEREIDERS)
def afzien(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _gewoon(request, nummer, b.afzien, f.AfzienFormulier)


@voor(*VOORBEREIDERS)
def advies_vastleggen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _handeling(
        request,
        nummer,
        b.advies_vastleggen,
        lambda deel: f.AdviesFormulier(
            gestuurd(request), versie=deel.versie, initial={"advies": deel.advies}
        ),
    )


@voor(*VOORBEREIDERS)
def verdagen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _handeling(
        request,
        nummer,
        b.verdagen,
        lambda deel: f.UitstelFormulier(gestuurd(request), versie=deel.versie, bezwaar=deel),
    )


@voor(*VOORBEREIDERS)
def doorzenden(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _gewoon(request, nummer, b.doorzenden, f.DoorzendFormulier)


@voor(*VOORBEREIDERS)
def voorstellen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _handeling(
        request,
        nummer,
        d.voorstellen,
        lambda deel: f.VoorstelFormulier(gestuurd(request), versie=deel.versie, bezwaar=deel),
    )


@voor(*BESLISSERS)
def terugleggen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _klein(request, nummer, d.terugleggen)

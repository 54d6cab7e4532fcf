"""The voordracht, for both sides: the gemeente that makes it and the instelling that answers it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from aanvragen.handelingen import voordragen
from aanvragen.models import Aanvraag, GgzInstelling, Voordracht
from aanvragen.models.aanvraag import Uitkering
from aanvragen.regels.statussen import VoordrachtStatus
from aanvragen.web import hulp
from aanvragen.web.gemeente.formulieren import (
    AannemenFormulier,
    AfwijzenFormulier,
    VoordrachtFormulier,
    VoordrachtIntrekkenFormulier,
)
from budget.models import Regeling
from gemeenten.models import gemeenten_voor
from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.logboek.opvragen import haal
from ips_subsidie.logboek.schrijven import lees
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import bsn_gemaskeerd, datum, tijdstip

PER_PAGINA = 25
BADGES = {
    VoordrachtStatus.GEDAAN: "let_op",
    VoordrachtStatus.AANGENOMEN: "goed",
    VoordrachtStatus.AFGEWEZEN: "fout",
    VoordrachtStatus.INGETROKKEN: "inactief",
}


@voor(*GEMEENTEROLLEN, *INSTELLINGSROLLEN)
def voordrachten(request: HttpRequest) -> HttpResponse:
    """The voordrachten that this organisatie made or got, newest first. Names are shown, so reading is logged."""
    na = hulp.vanaf(request)
    lijst = (
        Voordracht.objects.zichtbaar_voor(hulp.actor_van(request))
        .select_related("gemeente", "instelling__organisatie")
        .defer("bsn", "bsn_index")
    )
    rijen, meer = hulp.bladzijde(lijst, PER_PAGINA, na)
    for rij in rijen:
        lees(request, "voordracht.lijst", rij.onderwerp())
    context = {
        "rijen": [(rij, BADGES[VoordrachtStatus(rij.status)]) for rij in rijen],
        "is_gemeente": hulp.actor_van(request).is_gemeente,
        **hulp.blader_urls(request, na, PER_PAGINA, meer),
    }
    return render(request, "aanvragen/voordracht/lijst.html", context)


@voor(*GEMEENTEROLLEN)
def doen(request: HttpRequest) -> HttpResponse:
    """Propose an inwoner of an own gemeente to an instelling that offers IPS today."""
    dag = vandaag()
    gemeenten = [g for g in gemeenten_voor(hulp.actor_van(request)) if g.bestaat_op(dag)]
    instellingen = list(GgzInstelling.objects.biedt_ips_op(dag).select_related("organisatie"))
    formulier = VoordrachtFormulier(hulp.gestuurd(request), gemeenten=gemeenten, instellingen=instellingen)
    gedaan = hulp.gelukt(request, voordragen.doen, None, formulier)
    if gedaan:
        messages.success(request, f"De voordracht is verstuurd naar {gedaan.instelling.naam}.")
        return redirect("aanvragen:voordracht", gedaan.pk)
    formulier.helper.form_show_errors = False
    return render(request, "aanvragen/voordracht/doen.html", {"form": formulier})


@voor(*GEMEENTEROLLEN, *INSTELLINGSROLLEN)
def voordracht(request: HttpRequest, nummer: UUID) -> HttpResponse:
    een = _haal(request, nummer)
    adressen = {
        f"voordracht.{woord}": reverse(f"aanvragen:voordracht_{woord}", args=[een.pk])
        for woord in ("aannemen", "afwijzen", "intrekken")
    }
    context = _context(request, een) | {"acties": hulp.acties(hulp.mogelijkheden(request, een), adressen)}
    return render(request, "aanvragen/voordracht/voordracht.html", context)


@voor(*INSTELLINGSROLLEN)
def aannemen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """Begin an aanvraag from it, under the regeling that is open; asks which where there are more."""
    een = _haal(request, nummer, "voordracht.aannemen")
    regelingen = _open_regelingen()
    formulier = AannemenFormulier(hulp.gestuurd(request), regelingen=regelingen)
    if regelingen:
        aanvraag = hulp.gelukt(request, voordragen.aannemen, een, formulier)
        if aanvraag:
            messages.success(request, "U hebt de voordracht aangenomen. Vul nu de aanvraag verder in.")
            return redirect("aanvragen:invullen", aanvraag.pk)
    return _toon(request, voordragen.aannemen, een, formulier, geen_regeling=not regelingen)


@voor(*INSTELLINGSROLLEN)
def afwijzen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    een = _haal(request, nummer, "voordracht.afwijzen")
    formulier = AfwijzenFormulier(hulp.gestuurd(request))
    if hulp.gelukt(request, voordragen.afwijzen, een, formulier):
        messages.success(request, "U hebt de voordracht niet aangenomen. De gemeente heeft bericht gekregen.")
        return redirect("aanvragen:voordracht", nummer)
    return _toon(request, voordragen.afwijzen, een, formulier)


@voor(*GEMEENTEROLLEN)
def intrekken(request: HttpRequest, nummer: UUID) -> HttpResponse:
    een = _haal(request, nummer, "voordracht.intrekken")
    formulier = VoordrachtIntrekkenFormulier(hulp.gestuurd(request))
    if hulp.gelukt(request, voordragen.intrekken, een, formulier):
        messages.success(request, "U hebt de voordracht ingetrokken. De instelling heeft bericht gekregen.")
        return redirect("aanvragen:voordracht", nummer)
    return _toon(request, voordragen.intrekken, een, formulier)


def _haal(request: HttpRequest, nummer: UUID, waarvoor: str = "voordracht.bekijken") -> Voordracht:
    """As hulp.haal_dossier: a foreign one isn't there; that somebody asked for it stands in the logboek."""
    eigen = Voordracht.objects.zichtbaar_voor(hulp.actor_van(request)).select_related(
        "gemeente", "organisatie", "instelling__organisatie", "aanvraag"
    )
    een = haal(request, eigen, nummer, waarvoor)
    lees(request, waarvoor, een.onderwerp())
    return een


def _toon(
    request: HttpRequest, handeling: Any, een: Voordracht, formulier: Any, **context: Any
) -> HttpResponse:
    return hulp.toon_handeling(
        request,
        "aanvragen/voordracht/antwoorden.html",
        handeling,
        een,
        formulier,
        **_context(request, een),
        **context,
    )


def _context(request: HttpRequest, een: Voordracht) -> dict[str, Any]:
    actor = hulp.actor_van(request)
    aanvraag = een.aanvraag
    if aanvraag is not None and not Aanvraag.objects.zichtbaar_voor(actor).filter(pk=aanvraag.pk).exists():
        # The concept is the instelling's until it asks this gemeente for the toestemming.
        aanvraag = None
    return {
        "voordracht": een,
        "badge_soort": BADGES[VoordrachtStatus(een.status)],
        "rijen": _rijen(een),
        "aanvraag": aanvraag,
        "is_gemeente": actor.is_gemeente,
        "wacht": een.status == VoordrachtStatus.GEDAAN,
    }


def _rijen(een: Voordracht) -> list[Rij]:
    rijen = [
        Rij("Naam", een.naam),
        Rij("Geboortedatum", datum(een.geboortedatum)),
        Rij("BSN", bsn_gemaskeerd(een.bsn)),
        Rij("Uitkering", Uitkering(een.uitkering).label),
        Rij("Inwoner is akkoord op", datum(een.akkoord_op)),
        Rij("Gemeente", een.gemeente.naam),
        Rij("Voorgedragen door", een.organisatie.naam),
        Rij("Voorgedragen op", tijdstip(een.gedaan_op)),
        Rij("Ggz-instelling", f"{een.instelling.naam}, {een.instelling.plaats}"),
        Rij("Contactpersoon", f"{een.contact_naam}\n{een.contact_telefoon}".strip()),
    ]
    if een.beantwoord_op:
        rijen.append(Rij("Beantwoord op", tijdstip(een.beantwoord_op)))
    if een.antwoord:
        rijen.append(Rij("Antwoord van de instelling", een.antwoord))
    return rijen


def _open_regelingen() -> list[Regeling]:
    """Those of which a tijdvak is open now; one that has not begun yet can't take a voordracht."""
    moment = nu()
    dag = vandaag()
    gevonden = []
    for regeling in Regeling.objects.prefetch_related("versies"):
        versies = [v for v in regeling.versies.all() if v.geldig_vanaf <= dag]
        if versies:
            geldt = max(versies, key=lambda v: (v.geldig_vanaf, v.nummer))
            if geldt.inhoud.tijdvak_van(moment) is not None:
                gevonden.append(regeling)
    return gevonden

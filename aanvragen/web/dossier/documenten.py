"""Letters and bijlagen: who may have which, and downloading them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from aanvragen.brieven_maken import inhoud_van, naam_van
from aanvragen.models import Aanvraag, Bijlage, Brief
from aanvragen.web.hulp import actor_van, haal_dossier
from ips_subsidie.brieven.maak import BriefMislukt
from ips_subsidie.opslag.bestanden import Soort
from ips_subsidie.opslag.download import als_download
from ips_subsidie.opslag.models import Bestand, naam_met_scan
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rijrechten import waarde_van
from ips_subsidie.toegang.rollen import (
    BESLISSERS,
    GEMEENTEROLLEN,
    INSTELLINGSROLLEN,
    UWV_ROLLEN,
    VOORBEREIDERS,
)
from ips_subsidie.vormgeving.onderdelen import Document

# Everything that isn't named here is a besluit: instelling and UWV, and the gemeente where she pays along.
_ALLEEN_INSTELLING = ("aanvraag_kopie",)
_NIET_GEMEENTE = (
    "aanvulling", "verdaging", "opschorting", "ontvangstbevestiging",
    "verslag_kopie", "verslag_verzoek", "voornemen_lager",
    "voornemen_intrekking", "zienswijze_kopie", "ingebrekestelling", "dwangsom",
    "bezwaar_ontvangst", "bezwaar_herstel", "bezwaar_hoorzitting", "bezwaar_verdaging",
)  # fmt: skip
_IEDEREEN = ("toestemmingsverklaring",)


def mag_brief(aanvraag: Aanvraag, sjabloon: str, actor: Actor) -> bool:
    """The copy holds everything that was filled in, and so is the instelling's alone."""
    if actor.is_instelling or sjabloon in _IEDEREEN:
        return True
    if sjabloon in _ALLEEN_INSTELLING:
        return False
    if actor.is_uwv:
        return not aanvraag.gemeente_beslist or sjabloon not in _NIET_GEMEENTE
    if aanvraag.gemeente_beslist:
        return True
    route = aanvraag.routeregels
    return sjabloon not in _NIET_GEMEENTE and route is not None and route.toestemming


def mag_bijlagen(aanvraag: Aanvraag, actor: Actor) -> bool:
    """A bijlage may say more than was asked: only for who does the aanvraag and who judges it."""
    if actor.is_instelling:
        return True
    oordeelt = actor.rol in (*VOORBEREIDERS, *BESLISSERS)
    return oordeelt and actor.is_gemeente == aanvraag.gemeente_beslist


def brieven_van(aanvraag: Aanvraag, actor: Actor) -> list[Brief]:
    """With the besluit that each announces and the size of its PDF; the content of both stays where it is."""
    brieven = aanvraag.brieven.select_related("besluit", "pdf__bestand").defer(
        "gegevens", "pdf__bestand__inhoud"
    )
    return [brief for brief in brieven if mag_brief(aanvraag, brief.sjabloon, actor)]


def documenten(aanvraag: Aanvraag, brieven: list[Brief], actor: Actor) -> list[Document]:
    """Letters, newest first, then bijlagen."""
    lijst = [
        Document(
            brief.titel, reverse("aanvragen:brief", args=[brief.pk]), "pdf", _grootte(brief), brief.datum
        )
        for brief in brieven
    ]
    lijst += _ontvangst(aanvraag, actor)
    if not mag_bijlagen(aanvraag, actor):
        return lijst
    namen = {d.code: d.naam for d in aanvraag.inhoud.documenten}
    bijlagen = aanvraag.bijlagen.filter(weggehaald_op__isnull=True).select_related("bestand__virusscan")
    lijst += _handtekening(aanvraag)
    return lijst + [
        Document(
            f"{namen.get(bijlage.soort, bijlage.soort)}: {naam_met_scan(bijlage.bestand)}",
            reverse("aanvragen:bijlage", args=[bijlage.pk]),
            Soort(bijlage.bestand.soort).label.lower(),
            bijlage.bestand.grootte,
            bijlage.toegevoegd_op,
        )
        for bijlage in bijlagen.defer("bestand__inhoud")
    ]


def mag_ontvangst(aanvraag: Aanvraag, actor: Actor) -> bool:
    """Who sent it and who received it; a gemeente that only gave her toestemming is neither."""
    return aanvraag.gemeente_beslist or not actor.is_gemeente


def _ontvangst(aanvraag: Aanvraag, actor: Actor) -> list[Document]:
    """The page that proves what came in when."""
    if aanvraag.ontvangen_op is None or not mag_ontvangst(aanvraag, actor):
        return []
    adres = reverse("aanvragen:ontvangst", args=[aanvraag.pk])
    return [Document("Bewijs van ontvangst", adres, "pagina", None, aanvraag.ontvangen_op)]


def _handtekening(aanvraag: Aanvraag) -> list[Document]:
    """The page with who signed which text, as long as a handtekening holds."""
    if not aanvraag.inhoud.regels.handtekening:
        return []
    gezet = aanvraag.levende_handtekening()
    adres = reverse("aanvragen:handtekening", args=[aanvraag.pk])
    return [Document("Handtekening van de deelnemer", adres, "pagina", None, gezet.gezet_op)] if gezet else []


def _grootte(brief: Brief) -> int | None:
    pdf = getattr(brief, "pdf", None)
    return pdf.bestand.grootte if pdf else None


@voor(*INSTELLINGSROLLEN, *GEMEENTEROLLEN, *UWV_ROLLEN)
def brief(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """A letter as PDF. Where the worker hasn't made it yet it is made here, the same to the byte, and not kept."""
    rij = Brief.objects.filter(pk=nummer)
    dossier = waarde_van(rij, "aanvraag_id")
    if dossier is None:
        raise Http404
    aanvraag = haal_dossier(request, dossier, waarvoor="brief.downloaden")
    gevonden = rij.select_related("aanvraag").get()
    if not mag_brief(aanvraag, gevonden.sjabloon, actor_van(request)):
        raise Http404
    try:
        inhoud = inhoud_van(gevonden)
    except BriefMislukt:
        messages.error(request, "De brief kan nu niet worden gemaakt. Probeer het later opnieuw.")
        return redirect("aanvragen:dossier", aanvraag.pk)
    return als_download(Bestand(naam=naam_van(gevonden), soort=Soort.PDF, inhoud=inhoud))


@voor(*INSTELLINGSROLLEN, *GEMEENTEROLLEN, *UWV_ROLLEN)
def bijlage(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """A bijlage that is still with the aanvraag."""
    rij = Bijlage.objects.filter(pk=nummer, weggehaald_op__isnull=True)
    dossier = waarde_van(rij, "aanvraag_id")
    if dossier is None:
        raise Http404
    aanvraag = haal_dossier(request, dossier, waarvoor="bijlage.downloaden")
    gevonden = rij.select_related("bestand").get()
    if not mag_bijlagen(aanvraag, actor_van(request)):
        raise Http404
    return als_download(gevonden.bestand)

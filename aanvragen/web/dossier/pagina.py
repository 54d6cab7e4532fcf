"""The page of one dossier, shared by all who may see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from aanvragen.models import Aanvraag, BesluitSoort, Brief, Verlenging
from aanvragen.regels.statussen import AanvraagStatus, VerlengingStatus
from aanvragen.web.dossier import delen
from aanvragen.web.dossier.documenten import brieven_van, documenten
from aanvragen.web.dossier.stand import Stand, is_aan_zet, naam_van, stand_van, wie_beslist, wie_betaalt
from aanvragen.web.dossier.tijdlijn import tijdlijn
from aanvragen.web.hulp import acties, actor_van, haal_dossier, mogelijkheden
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, UWV_ROLLEN
from ips_subsidie.vormgeving.onderdelen import Actie

_VOLGORDE = ("primair", "tweede", "gevaar")
_IN_TE_VULLEN = (AanvraagStatus.CONCEPT, AanvraagStatus.ONVOLLEDIG)


@voor(*INSTELLINGSROLLEN, *GEMEENTEROLLEN, *UWV_ROLLEN)
def dossier(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """Everything of one dossier that this actor may see, and what can be done with it now."""
    actor = actor_van(request)
    aanvraag = haal_dossier(request, nummer, erbij=delen.voor_uwv(actor))
    traject = getattr(aanvraag, "traject", None)
    verlengingen = delen.verlengingen_van(traject)
    toestemmingen = delen.toestemmingen_van(aanvraag)
    brieven = brieven_van(aanvraag, actor)
    besluiten = [brief for brief in brieven if brief.besluit is not None]
    stand = stand_van(
        aanvraag,
        delen.levende(toestemmingen),
        vandaag(),
        bezwaar_tot=next((b.besluit.bezwaar_tot for b in besluiten if b.besluit), None),
        verlenging_open=any(v.status == VerlengingStatus.AANGEVRAAGD for v in verlengingen),
    )
    context = {
        "aanvraag": aanvraag,
        "stand": stand,
        "aan_zet": _aan_zet(aanvraag, stand, actor),
        "acties": _acties(request, aanvraag, verlengingen, actor),
        "vraag": _vraag(aanvraag, actor),
        "feiten": delen.feiten(aanvraag, actor),
        "secties": delen.secties(aanvraag, actor),
        "toestemmingen": delen.toestemming_blokken(aanvraag, toestemmingen),
        "besluiten": _besluiten(besluiten),
        "traject": (
            delen.traject_blok(traject, verlengingen, met_motivering=not actor.is_gemeente)
            if traject
            else None
        ),
        "documenten": documenten(aanvraag, brieven, actor),
        "tijdlijn": tijdlijn(aanvraag, stand, actor),
        "plaatsen": delen.plaatsen(aanvraag) if actor.is_uwv else None,
        "dubbel": delen.dubbelen(aanvraag),
        "lijst": _lijst(actor),
    }
    return render(request, "aanvragen/dossier/dossier.html", context)


def _besluiten(brieven: list[Brief]) -> list[delen.Besluitblok]:
    """Newest first; a refusal that a verlening took the place of is marked so."""
    met = [(brief, brief.besluit) for brief in brieven if brief.besluit is not None]
    vervangen = {b.vorig_besluit_id for _, b in met if b.soort == BesluitSoort.VERLENING}
    return [
        delen.Besluitblok(
            besluit,
            reverse("aanvragen:brief", args=[brief.pk]),
            vandaag(),
            vervangen=besluit.pk in vervangen,
        )
        for brief, besluit in met
    ]


def _aan_zet(aanvraag: Aanvraag, stand: Stand, actor: Actor) -> dict[str, Any]:
    wie = naam_van(stand.partij, aanvraag)
    return {
        "wie": wie[:1].upper() + wie[1:],
        "wat": stand.taak,
        "beslist": wie_beslist(aanvraag),
        "betaalt": wie_betaalt(aanvraag),
        "uiterlijk": stand.uiterlijk,
        "ik": is_aan_zet(stand.partij, actor),
    }


def _acties(
    request: HttpRequest, aanvraag: Aanvraag, verlengingen: list[Verlenging], actor: Actor
) -> list[Actie]:
    """The buttons, each to the page that bears the name of its act; filling in is a page and not an act."""
    open_verlengingen = [v for v in verlengingen if v.status == VerlengingStatus.AANGEVRAAGD]
    mogelijk, adressen = [], {}
    traject = getattr(aanvraag, "traject", None)
    for deel in (aanvraag, *([traject] if traject else []), *open_verlengingen):
        for een in mogelijkheden(request, deel):
            mogelijk.append(een)
            adressen[een.handeling.code] = reverse(f"aanvragen:{een.handeling.naam}", args=[deel.pk])
    knoppen = acties(mogelijk, adressen)
    if actor.is_instelling and aanvraag.status in _IN_TE_VULLEN:
        adres = reverse("aanvragen:invullen", args=[aanvraag.pk])
        verder = any(knop.soort == "primair" and not knop.redenen for knop in knoppen)
        knoppen.append(Actie("Verder met invullen", adres, soort="tweede" if verder else "primair"))
    return sorted(knoppen, key=lambda knop: _VOLGORDE.index(knop.soort))


def _vraag(aanvraag: Aanvraag, actor: Actor) -> str:
    """What UWV still waits for; not for the gemeente, whom it doesn't concern."""
    gevraagd = aanvraag.status == AanvraagStatus.ONVOLLEDIG and not actor.is_gemeente
    return aanvraag.aanvulling_vraag if gevraagd else ""


def _lijst(actor: Actor) -> dict[str, str]:
    """Where this actor came from."""
    if actor.is_instelling:
        return {"titel": "Aanvragen", "url": reverse("aanvragen:lijst")}
    if actor.is_gemeente:
        return {"titel": "Toestemmingen", "url": reverse("aanvragen:toestemmingen")}
    return {"titel": "Werkvoorraad", "url": reverse("aanvragen:werkvoorraad")}

"""The page of one dossier, shared by all who may see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from aanvragen.handelingen.dossier import behandelt, beslisser_naam
from aanvragen.models import Aanvraag, BesluitSoort, Bezwaar, Brief, Verlenging
from aanvragen.models.gemeentetoets import laatste_toets
from aanvragen.regels.statussen import OPEN, AanvraagStatus, VerlengingStatus
from aanvragen.regels.toegang_regeling import let_op
from aanvragen.web.afronden import blok
from aanvragen.web.bezwaar import blok as bezwaar_blok
from aanvragen.web.dossier import delen, noodtoegang
from aanvragen.web.dossier.contact import contactkaarten
from aanvragen.web.dossier.documenten import brieven_van, documenten
from aanvragen.web.dossier.gevraagd import Vraag, vraag_van
from aanvragen.web.dossier.inzage import INZAGEROLLEN
from aanvragen.web.dossier.logboek import LOGBOEKROLLEN
from aanvragen.web.dossier.stand import Stand, is_aan_zet, naam_van, stand_van, wie_beslist, wie_betaalt
from aanvragen.web.dossier.termijnen import stilstand, uitleg_van
from aanvragen.web.dossier.tijdlijn import tijdlijn
from aanvragen.web.dwangsom import blok as dwangsom_blok
from aanvragen.web.dwangsom import voornemens
from aanvragen.web.gemeente.gemeentetoets import toets_rijen
from aanvragen.web.gesprek import blok as gesprek_blok
from aanvragen.web.hulp import acties, actor_van, haal_dossier, mogelijkheden
from ips_subsidie.kalender.klok import nu, vandaag
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
    aanvraag = haal_dossier(request, nummer, erbij=_erbij(actor))
    traject = getattr(aanvraag, "traject", None)
    delen_van_einde = blok.delen_van(traject)
    verlengingen = delen.verlengingen_van(traject)
    toestemmingen = delen.toestemmingen_van(aanvraag)
    brieven = brieven_van(aanvraag, actor)
    bezwaren = bezwaar_blok.bezwaren_van(aanvraag)
    besluiten = [brief.besluit for brief in brieven if brief.besluit is not None]
    stand = (
        voornemens.stand_voornemen(aanvraag, vandaag())
        or blok.stand_einde(aanvraag, delen_van_einde, vandaag())
        or stand_van(
            aanvraag,
            delen.levende(toestemmingen),
            vandaag(),
            bezwaar_tot=next((b.bezwaar_tot for b in besluiten if b.soort != BesluitSoort.DWANGSOM), None),
            verlenging_open=any(v.status == VerlengingStatus.AANGEVRAAGD for v in verlengingen),
        )
    )
    stand = bezwaar_blok.stand_bij_bezwaar(aanvraag, bezwaren, stand, vandaag())
    met_handelingen = [*verlengingen, *blok.met_handelingen(aanvraag, delen_van_einde)]
    context = {
        "acties": _acties(request, aanvraag, met_handelingen, actor),
        "toestemmingen": delen.toestemming_blokken(aanvraag, toestemmingen),
        "besluiten": _besluiten([brief for brief in brieven if brief.besluit is not None], bezwaren),
        "bezwaar": bezwaar_blok.bezwaar_blok(aanvraag, bezwaren, besluiten, actor),
        "traject": traject
        and delen.traject_blok(traject, verlengingen, met_motivering=not actor.is_gemeente),
        "einde": blok.einde_blok(aanvraag, delen_van_einde, actor),
        "documenten": documenten(aanvraag, brieven, actor),
        "voornemen": voornemens.voornemen_blok(request, aanvraag),
        "dwangsom": dwangsom_blok.dwangsom_blok(request, aanvraag, verlengingen, bezwaren),
    }
    context |= _zelf(aanvraag, stand, actor)
    return render(request, "aanvragen/dossier/dossier.html", context)


def _erbij(actor: Actor) -> dict[str, Any]:
    """What the blocks want to know, as parts of the query of the dossier itself."""
    return {
        **delen.voor_uwv(actor),
        **gesprek_blok.telling(actor),
        **stilstand(),
        **dwangsom_blok.erbij(),
        **voornemens.erbij(),
        **bezwaar_blok.erbij(),
        **noodtoegang.erbij(),
    }


def _zelf(aanvraag: Aanvraag, stand: Stand, actor: Actor) -> dict[str, Any]:
    """What the page shows of the aanvraag itself."""
    return {
        "aanvraag": aanvraag,
        "stand": stand,
        "aan_zet": _aan_zet(aanvraag, stand, actor),
        "vraag": _vraag(aanvraag, actor),
        "vraagt": beslisser_naam(aanvraag),
        "let_op": _let_op(aanvraag, actor),
        "feiten": delen.feiten(aanvraag, actor),
        "termijnen": uitleg_van(aanvraag, actor, nu()),
        "secties": delen.secties(aanvraag, actor),
        "tijdlijn": tijdlijn(aanvraag, stand, actor),
        "noodtoegang": noodtoegang.noodtoegang_blok(aanvraag),
        "plaatsen": delen.plaatsen(aanvraag) if actor.is_uwv else None,
        "dubbel": delen.dubbelen(aanvraag),
        "contactkaarten": contactkaarten(aanvraag, actor),
        "gesprek": gesprek_blok.stand_van(aanvraag),
        "toets_rijen": toets_rijen(laatste_toets(aanvraag)) if actor.is_gemeente else [],
        "lijst": _lijst(aanvraag, actor),
        "inzage_url": reverse("aanvragen:inzage", args=[aanvraag.pk]) if actor.rol in INZAGEROLLEN else "",
        "logboek_url": reverse("aanvragen:logboek", args=[aanvraag.pk]) if actor.rol in LOGBOEKROLLEN else "",
    }


def _besluiten(brieven: list[Brief], bezwaren: list[Bezwaar]) -> list[delen.Besluitblok]:
    """Newest first, each with what stands of it; one that was taken back after a bezwaar is marked so."""
    met = [(brief, brief.besluit) for brief in brieven if brief.besluit is not None]
    herroepen = {b.vorig_besluit_id for _, b in met if b.herroept}
    uit = []
    for brief, besluit in met:
        stand, kleur = bezwaar_blok.stand_van_besluit(besluit, bezwaren, vandaag())
        adres = reverse("aanvragen:brief", args=[brief.pk])
        uit.append(
            delen.Besluitblok(
                besluit, adres, vandaag(), vervangen=besluit.pk in herroepen, stand=stand, kleur=kleur
            )
        )
    return uit


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
    request: HttpRequest, aanvraag: Aanvraag, bij_traject: list[Verlenging | blok.Deel], actor: Actor
) -> list[Actie]:
    """The buttons, each to the page that bears the name of its act; filling in is a page and not an act."""
    lopend = [
        deel for deel in bij_traject
        if not isinstance(deel, Verlenging) or deel.status == VerlengingStatus.AANGEVRAAGD
    ]  # fmt: skip
    mogelijk, adressen = [], {}
    traject = getattr(aanvraag, "traject", None)
    for deel in (aanvraag, *([traject] if traject else []), *lopend):
        for een in mogelijkheden(request, deel):
            mogelijk.append(een)
            adressen[een.handeling.code] = reverse(f"aanvragen:{een.handeling.naam}", args=[deel.pk])
    knoppen = acties(mogelijk, adressen)
    if actor.is_instelling and aanvraag.status in _IN_TE_VULLEN:
        adres = reverse("aanvragen:invullen", args=[aanvraag.pk])
        verder = any(knop.soort == "primair" and not knop.redenen for knop in knoppen)
        knoppen.append(Actie("Verder met invullen", adres, soort="tweede" if verder else "primair"))
    return sorted(knoppen, key=lambda knop: _VOLGORDE.index(knop.soort))


def _vraag(aanvraag: Aanvraag, actor: Actor) -> Vraag | None:
    """What who decides still waits for; not for a gemeente that doesn't decide, whom it doesn't concern."""
    if actor.is_gemeente and not aanvraag.gemeente_beslist:
        return None
    return vraag_van(aanvraag, met_links=actor.is_instelling)


def _let_op(aanvraag: Aanvraag, actor: Actor) -> list[str]:
    """What the one who decides should weigh: no ground for refusal by itself (T53)."""
    if aanvraag.status not in OPEN or not behandelt(aanvraag, actor):
        return []
    waarden = {
        naam: getattr(aanvraag, naam) for naam in ("ander_traject", "uitkering", "werkzoekend_ingeschreven")
    }
    return [reden.tekst for reden in let_op(aanvraag.inhoud, waarden)]


def _lijst(aanvraag: Aanvraag, actor: Actor) -> dict[str, str]:
    """Where this actor came from."""
    if actor.is_instelling:
        return {"titel": "Aanvragen", "url": reverse("aanvragen:lijst")}
    if actor.is_gemeente and not aanvraag.gemeente_beslist:
        return {"titel": "Toestemmingen", "url": reverse("aanvragen:toestemmingen")}
    if actor.is_uwv and aanvraag.gemeente_beslist:
        return {"titel": "Vragen om budget", "url": reverse("aanvragen:budgetvragen")}
    return {"titel": "Werkvoorraad", "url": reverse("aanvragen:werkvoorraad")}

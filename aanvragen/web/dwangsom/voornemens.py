"""Hearing before a besluit is withdrawn: the voornemen, the reaction to it, letting it go; and its block."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from aanvragen.handelingen import intrekking as h
from aanvragen.handelingen.dossier import behandelt
from aanvragen.models import Aanvraag, Intrekkingsvoornemen
from aanvragen.regels.intrekking import VoornemenStatus
from aanvragen.regels.statussen import AanvraagStatus, Partij
from aanvragen.web import hulp
from aanvragen.web.afronden.formulieren import ZienswijzeFormulier
from aanvragen.web.dossier.stand import Stand
from aanvragen.web.dwangsom.formulieren import VoornemenFormulier
from aanvragen.web.hulp import acties, actor_van, gelukt, gestuurd, mogelijkheden
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rijrechten import waarde_van
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN, VOORBEREIDERS
from ips_subsidie.vormgeving.formulieren import EnkelKnop, Formulier
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import datum, tijdstip


def haal(request: HttpRequest, nummer: UUID, waarvoor: str) -> Intrekkingsvoornemen:
    """A voornemen of a dossier that the actor may see. Raises Http404 for every other."""
    dossier = waarde_van(Intrekkingsvoornemen.objects.filter(pk=nummer), "aanvraag_id")
    if dossier is None:
        raise Http404
    aanvraag = hulp.haal_dossier(request, dossier, waarvoor=waarvoor)
    deel = Intrekkingsvoornemen.objects.select_related("opsteller").get(pk=nummer)
    deel.aanvraag = aanvraag
    return deel


def _toon(
    request: HttpRequest, handeling: Handeling[Any, Any], deel: Any, formulier: Formulier, **context: Any
) -> HttpResponse:
    leeg: dict[str, Any] = {"uitleg": (), "rijen": [], "termijn": None}
    return hulp.toon_handeling(
        request,
        "aanvragen/dwangsom/voornemen.html",
        handeling,
        deel,
        formulier,
        aanvraag=deel.dossier,
        **(leeg | context),
    )


@voor(*VOORBEREIDERS)
def voornemen_intrekken(request: HttpRequest, nummer: UUID) -> HttpResponse:
    handeling = h.voornemen_intrekken
    aanvraag = hulp.haal_dossier(request, nummer, waarvoor=handeling.code)
    formulier = VoornemenFormulier(gestuurd(request), versie=aanvraag.versie)
    if gelukt(request, handeling, aanvraag, formulier):
        messages.success(request, "Het voornemen is verstuurd. De instelling kan nu reageren.")
        return redirect("aanvragen:dossier", nummer)
    termijn = h.zienswijzetermijn(aanvraag, vandaag())
    uitleg = (
        f"De instelling krijgt een brief, en kan reageren tot en met {datum(termijn.laatste_dag)}. Daarna neemt een "
        "collega het besluit (artikel 4:8 en artikel 4:48 van de Awb).",
    )
    return _toon(request, handeling, aanvraag, formulier, uitleg=uitleg, termijn=termijn)


@voor(*INSTELLINGSROLLEN)
def zienswijze_geven(request: HttpRequest, nummer: UUID) -> HttpResponse:
    deel = haal(request, nummer, h.zienswijze_geven.code)
    formulier = ZienswijzeFormulier(gestuurd(request), versie=deel.versie)
    if gelukt(request, h.zienswijze_geven, deel, formulier):
        messages.success(request, "Uw reactie is verstuurd.")
        return redirect("aanvragen:dossier", deel.aanvraag_id)
    uitleg = (
        "Er is een voornemen om de subsidie in te trekken. In de brief leest u waarom. U kunt één keer reageren. "
        "Daarna komt er een besluit.",
    )
    rijen = rijen_van(deel, actor_van(request))
    return _toon(request, h.zienswijze_geven, deel, formulier, uitleg=uitleg, rijen=rijen)


@voor(*VOORBEREIDERS)
def afzien(request: HttpRequest, nummer: UUID) -> HttpResponse:
    deel = haal(request, nummer, h.afzien.code)
    formulier = EnkelKnop(gestuurd(request), knop=h.afzien.titel, versie=deel.versie)
    if gelukt(request, h.afzien, deel, formulier):
        messages.success(request, "Het voornemen gaat niet door. De instelling krijgt bericht.")
        return redirect("aanvragen:dossier", deel.aanvraag_id)
    uitleg = ("Het besluit blijft zoals het was. De instelling krijgt daar bericht van.",)
    rijen = rijen_van(deel, actor_van(request))
    return _toon(request, h.afzien, deel, formulier, uitleg=uitleg, rijen=rijen)


# --- on the page of the dossier --------------------------------------------------------------------------


def erbij() -> dict[str, Any]:
    """Part of the query of the dossier itself: whether there is a voornemen that stands."""
    return {"heeft_voornemen": Exists(Intrekkingsvoornemen.objects.levend().filter(aanvraag=OuterRef("pk")))}


def voornemen_blok(request: HttpRequest, aanvraag: Aanvraag) -> dict[str, Any] | None:
    """The voornemen that stands, with what can be done; for the instelling and for who decides."""
    actor, deel = actor_van(request), _levend(aanvraag)
    if deel is None or not (actor.is_instelling or behandelt(aanvraag, actor)):
        return None
    mogelijk = mogelijkheden(request, deel)
    adressen = {m.handeling.code: reverse(f"aanvragen:{m.handeling.naam}", args=[deel.pk]) for m in mogelijk}
    return {
        "status": _status(deel, vandaag()),
        "rijen": rijen_van(deel, actor),
        "acties": acties(mogelijk, adressen),
    }


def _levend(aanvraag: Aanvraag) -> Intrekkingsvoornemen | None:
    return h.levend_voornemen(aanvraag) if aanvraag.status == AanvraagStatus.TOEGEKEND else None


def stand_voornemen(aanvraag: Aanvraag, op: date) -> Stand | None:
    """Who is aan zet while a voornemen stands, for `stand_van`."""
    deel = _levend(aanvraag)
    if deel is None:
        return None
    if deel.kan_reageren(op):
        taak = "Er is een voornemen om de subsidie in te trekken. U kunt reageren."
        return Stand("Voornemen om in te trekken", "let_op", Partij.INSTELLING, taak, deel.zienswijze_tot)
    beslisser = Partij.GEMEENTE if aanvraag.gemeente_beslist else Partij.UWV
    wie = "De gemeente" if aanvraag.gemeente_beslist else "UWV"
    taak = f"{wie} besluit of de subsidie wordt ingetrokken."
    return Stand("Voornemen om in te trekken", "let_op", beslisser, taak)


def _status(deel: Intrekkingsvoornemen, op: date) -> str:
    if deel.kan_reageren(op):
        return VoornemenStatus.VOORGENOMEN.label
    return "Reactie ontvangen" if deel.zienswijze_op is not None else "Termijn om te reageren voorbij"


def rijen_van(deel: Intrekkingsvoornemen, actor: Actor) -> list[Rij]:
    """What is intended, by whom and why; and what the instelling said of it."""
    rijen = [
        Rij("Voorgenomen op", datum(deel.voorgenomen_op)),
        Rij("Voorbereid door", "" if actor.is_instelling else str(deel.opsteller)),
        Rij("Reden", deel.get_reden_display()),
        Rij("Motivering", deel.motivering),
        Rij("Reageren kan tot en met", datum(deel.zienswijze_tot)),
        Rij("Reactie van de instelling", deel.zienswijze),
        Rij("Reactie ontvangen op", tijdstip(deel.zienswijze_op)),
    ]
    return [rij for rij in rijen if not rij.leeg]


def voornemenrijen(aanvraag: Aanvraag, actor: Actor) -> list[Rij]:
    """For who takes the besluit; none where there is no voornemen."""
    deel = _levend(aanvraag)
    return rijen_van(deel, actor) if deel is not None else []

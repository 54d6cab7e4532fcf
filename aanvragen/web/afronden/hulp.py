"""What the pages of the end share: fetching what may be seen, and the facts that stand beside a form."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from aanvragen.models import Aanvraag, Stopbericht, Traject, Vaststelling
from aanvragen.web import hulp
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rijrechten import waarde_van
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro, tijdstip

D = TypeVar("D", Stopbericht, Vaststelling)


def haal(request: HttpRequest, model: type[D], nummer: UUID, waarvoor: str) -> D:
    """A stopbericht or vaststelling of a dossier that the actor may see. Raises Http404 for every other."""
    dossier = waarde_van(model._default_manager.filter(pk=nummer), "traject__aanvraag_id")
    if dossier is None:
        raise Http404
    traject = hulp.haal_dossier(request, dossier, waarvoor=waarvoor).traject
    deel: D = model._default_manager.get(pk=nummer)
    deel.traject = traject
    return deel


def toon(
    request: HttpRequest, handeling: Handeling[Any, Any], deel: Any, formulier: Formulier, **context: Any
) -> HttpResponse:
    """The page of an act at the end of a traject: what it does, its form, and the facts to decide on."""
    aanvraag: Aanvraag = deel.dossier
    leeg: dict[str, Any] = {"uitleg": (), "rijen": [], "secties": [], "waarschuwingen": ()}
    return hulp.toon_handeling(
        request,
        "aanvragen/afronden/handeling.html",
        handeling,
        deel,
        formulier,
        aanvraag=aanvraag,
        lijst=lijst_van(hulp.actor_van(request)),
        **(leeg | context),
    )


def lijst_van(actor: Actor) -> dict[str, str]:
    """The list that this actor works from."""
    if actor.is_instelling:
        return {"titel": "Trajecten", "url": reverse("aanvragen:trajecten")}
    return {"titel": "Einde van trajecten", "url": reverse("aanvragen:einde")}


def trajectrijen(traject: Traject) -> list[Rij]:
    """The days of a traject."""
    rijen = [
        Rij("Instelling", traject.aanvraag.instelling.naam),
        Rij("Gemeente", str(traject.aanvraag.gemeente or "")),
        Rij("Duur", f"{traject.maanden} maanden"),
        Rij("Gestart op", datum(traject.startdatum)),
        Rij("Geplande laatste dag", datum(traject.laatste_dag)),
        Rij("Gestopt op", datum(traject.gestopt_op)),
        Rij("Reden", traject.get_stop_reden_display() if traject.stop_reden else ""),
    ]
    return [rij for rij in rijen if not rij.leeg]


def stoprijen(stopbericht: Stopbericht) -> list[Rij]:
    rijen = [
        Rij("Laatste dag", datum(stopbericht.datum_einde)),
        Rij("Reden", stopbericht.get_reden_display()),
        Rij("Toelichting", stopbericht.toelichting),
        Rij("Gemeld op", tijdstip(stopbericht.gemeld_op)),
        Rij("Bevestigd op", tijdstip(stopbericht.bevestigd_op)),
        Rij("Verwerkt door UWV op", tijdstip(stopbericht.verwerkt_op)),
    ]
    return [rij for rij in rijen if not rij.leeg]


def voorstelrijen(vaststelling: Vaststelling) -> list[Rij]:
    """What is proposed, by whom and why; and what the instelling said of it."""
    if vaststelling.voorgesteld_cent is None:
        return []
    rijen = [
        Rij("Verleend", euro(vaststelling.verleend_cent)),
        Rij("Voorgesteld", euro(vaststelling.voorgesteld_cent)),
        Rij("Reden", vaststelling.get_reden_display() if vaststelling.reden else ""),
        Rij("Ambtshalve", "Ja, er kwam geen verslag" if vaststelling.ambtshalve else ""),
        Rij("Voorgesteld door", str(vaststelling.opsteller or "")),
        Rij("Voorgesteld op", tijdstip(vaststelling.voorgesteld_op)),
        Rij("Reageren kan tot en met", datum(vaststelling.zienswijze_tot)),
        Rij("Reactie van de instelling", vaststelling.zienswijze),
        Rij("Motivering", vaststelling.motivering),
    ]
    return [rij for rij in rijen if not rij.leeg]

"""What the pages of every party share: fetching a dossier that may be seen, and calling an act from a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from aanvragen.models import Aanvraag, Traject, Verlenging
from ips_subsidie.handelingen import web
from ips_subsidie.handelingen.kern import Handeling, Mogelijk, mogelijke_handelingen
from ips_subsidie.handelingen.web import actor_van, blader_urls, bladzijde, gestuurd, vanaf, voer_uit
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.schrijven import Onderwerp, lees, weiger_inzage
from ips_subsidie.toegang.rijrechten import bestaat_elders, waarde_van
from ips_subsidie.vormgeving.formulieren import EnkelKnop, Formulier
from ips_subsidie.vormgeving.onderdelen import Actie

__all__ = [
    "acties", "actor_van", "blader_urls", "bladzijde", "enkele_knop", "gelukt", "gestuurd", "haal_dossier",
    "haal_traject", "haal_verlenging", "in_de_weg", "met_filter", "mogelijkheden", "te_tonen", "toon_handeling",
    "vanaf", "voer_uit",
]  # fmt: skip

_DOSSIER = (
    "instelling__organisatie",
    "gemeente",
    "regeling",
    "regeling_versie",
    "reservering",
    "opgepakt_door",
    "deelnemer",
    "behandeling",
    "beoordeling",
    "traject__verslag",
    "traject__vaststelling__besluit",
    "traject__vaststelling__opsteller",
    "gemeente_organisatie",
    "verdaging",
    "storingsoordeel",
)


def haal_dossier(
    request: HttpRequest,
    nummer: UUID,
    *,
    waarvoor: str = "dossier.bekijken",
    erbij: Mapping[str, Any] | None = None,
) -> Aanvraag:
    """The dossier with this number that the actor may see; its reading is logged. Raises Http404 for every other.

    A foreign dossier and one that doesn't exist answer alike, in the same time: either leaves a line in the logboek,
    the first with its dossier (T86, T87).
    `erbij` are annotations for the same query.
    """
    aanvraag = (
        Aanvraag.objects.zichtbaar_voor(actor_van(request))
        .select_related(*_DOSSIER)
        .annotate(**(erbij or {}))
        .filter(pk=nummer)
        .first()
    )
    if aanvraag is None:
        dossier = nummer if bestaat_elders(Aanvraag.objects.filter(pk=nummer)) else None
        weiger_inzage(request, waarvoor, Onderwerp("aanvragen.aanvraag", str(nummer), dossier_id=dossier))
        raise Http404
    lees(request, waarvoor, aanvraag.onderwerp())
    if aanvraag.vernietigd_op is not None and waarvoor != "dossier.bekijken":
        raise Http404  # of what those pages are about, nothing is left
    actor = actor_van(request)
    if actor.is_gemeente:
        # `zichtbaar_voor` found out that it is theirs; the buttons needn't ask that again.
        aanvraag.__dict__["_gemeente_van"] = {actor.organisatie_id: True}
    return aanvraag


def haal_traject(request: HttpRequest, nummer: UUID) -> Traject:
    """As `haal_dossier`, for a traject by its own number."""
    dossier = _dossier_van(request, Traject.objects.filter(pk=nummer), "aanvraag_id", nummer)
    return haal_dossier(request, dossier).traject


def _dossier_van(request: HttpRequest, deel: QuerySet[Any], veld: str, nummer: UUID) -> UUID:
    """The dossier of a part, whoever's it is. Raises Http404, with a line in the logboek, where there is none."""
    dossier: UUID | None = waarde_van(deel, veld)
    if dossier is None:
        weiger_inzage(request, "dossier.bekijken", Onderwerp(deel.model._meta.label_lower, str(nummer)))
        raise Http404
    return dossier


def haal_verlenging(request: HttpRequest, nummer: UUID) -> Verlenging:
    """As `haal_dossier`, for a verlenging by its own number."""
    dossier = _dossier_van(request, Verlenging.objects.filter(pk=nummer), "traject__aanvraag_id", nummer)
    traject = haal_dossier(request, dossier).traject
    verlenging: Verlenging = traject.verlengingen.select_related("beoordelaar", "gevraagd_door").get(
        pk=nummer
    )
    verlenging.traject = traject
    return verlenging


def mogelijkheden(request: HttpRequest, *delen: Any) -> list[Mogelijk]:
    """What this actor can do now on each of these objects."""
    moment = nu()
    return [
        m
        for deel in delen
        if deel is not None
        for m in mogelijke_handelingen(deel, actor_van(request), moment)
    ]


def te_tonen(mogelijk: Iterable[Mogelijk]) -> list[Mogelijk]:
    """The acts that a page offers: all that can be done, and what the way ahead is blocked by.

    A blocked act is shown, with its reasons, only if it is a primary one and no other primary one can be done.
    """
    lijst = list(mogelijk)
    kan_vooruit = any(m.kan and m.handeling.knop == "primair" for m in lijst)
    return [m for m in lijst if m.kan or (m.handeling.knop == "primair" and not kan_vooruit)]


def acties(mogelijk: Iterable[Mogelijk], adressen: dict[str, str]) -> list[Actie]:
    """Buttons for the acts; `adressen` gives the page of an act by its code."""
    soorten: dict[str, Any] = {"primair": "primair", "secundair": "tweede", "gevaar": "gevaar"}
    return [
        Actie(
            m.handeling.titel,
            adressen[m.handeling.code],
            methode="post" if m.handeling.direct else "get",
            sleutel=str(uuid4()) if m.handeling.direct else "",
            soort=soorten[m.handeling.knop],
            redenen=[r.tekst for r in m.redenen],
        )
        for m in te_tonen(mogelijk)
    ]


def in_de_weg(request: HttpRequest, handeling: Handeling[Any, Any], deel: Any) -> list[Reden]:
    """Why this act can't be done now, to say so before somebody fills in its form."""
    actor = actor_van(request)
    return handeling.bezwaren(deel, actor) or handeling.redenen(deel, actor, nu())


def gelukt(
    request: HttpRequest, handeling: Handeling[Any, Any], deel: Any, formulier: Formulier, **over: Any
) -> Any:
    """As `handelingen.web.gelukt`; a form made from another version of the dossier is stale, and gives None as well."""
    if request.method == "POST" and formulier.is_valid() and _verouderd(request, deel, formulier):
        return None
    return web.gelukt(request, handeling, deel, formulier, **over) if not formulier.errors else None


def enkele_knop(
    request: HttpRequest,
    nummer: UUID,
    handeling: Handeling[Any, Any],
    teksten: tuple[str, str],
    sjabloon: str,
    erbij: Callable[[Aanvraag], dict[str, Any]],
) -> HttpResponse:
    """The page of an act on a dossier that asks nothing: a POST does it, a GET says what it means first.

    `teksten` are what it means, and what is said once it is done; `erbij` is what this page shows beside it.
    """
    uitleg, klaar = teksten
    aanvraag = haal_dossier(request, nummer, waarvoor=handeling.code)
    formulier = EnkelKnop(gestuurd(request), knop=handeling.titel, versie=aanvraag.versie)
    if gelukt(request, handeling, aanvraag, formulier):
        messages.success(request, klaar)
        return redirect("aanvragen:dossier", nummer)
    return toon_handeling(
        request, sjabloon, handeling, aanvraag, formulier, aanvraag=aanvraag, uitleg=uitleg, **erbij(aanvraag)
    )


def toon_handeling(
    request: HttpRequest,
    sjabloon: str,
    handeling: Handeling[Any, Any],
    deel: Any,
    formulier: Formulier,
    **context: Any,
) -> HttpResponse:
    """The page of an act on a dossier: its form, or what stands in the way. A stale form answers with 409."""
    redenen = in_de_weg(request, handeling, deel) if request.method != "POST" else []
    return web.toon_handeling(request, sjabloon, handeling, formulier, redenen, **context)


def _verouderd(request: HttpRequest, deel: Any, formulier: Formulier) -> bool:
    """Was the form made from another version of what it is about?"""
    versie = getattr(deel, "versie", None)
    return versie is not None and web.verouderd(
        request,
        formulier,
        versie,
        f"Dit dossier is veranderd terwijl u bezig was. De status is nu “{deel.get_status_display()}”. "
        "Wat u invulde, staat er nog. Controleer het en verstuur het opnieuw.",
    )


def met_filter(request: HttpRequest, **waarden: str) -> str:
    """This page's query with other values; an empty one takes the filter away, and the list begins anew."""
    vraag = request.GET.copy()
    vraag.pop("na", None)
    for naam, waarde in waarden.items():
        if waarde:
            vraag[naam] = waarde
        else:
            vraag.pop(naam, None)
    return f"?{vraag.urlencode()}"

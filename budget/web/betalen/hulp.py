"""What these pages share: the tabs, an act with its form, a label per status."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ips_subsidie.handelingen import web
from ips_subsidie.handelingen.kern import Handeling, mogelijke_handelingen
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.kalender.klok import nu
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.onderdelen import Actie

PER_PAGINA = 25
_KNOPPEN: dict[str, Any] = {"primair": "primair", "secundair": "tweede", "gevaar": "gevaar"}


@dataclass(frozen=True)
class Tab:
    titel: str
    url: str
    actief: bool


def tabs(request: HttpRequest) -> list[Tab]:
    """The pages of the money that this role has, as a row of links."""
    actor = web.actor_van(request)
    paginas = [("Facturen", "budget:facturen")]
    if actor.is_instelling:
        paginas += [("Factuur sturen", "budget:te_factureren")]
    if actor.is_uwv:
        paginas += [("Inkooporders", "budget:inkooporders"), ("Betaalbatches", "budget:betaalbatches")]
    paginas += [("Terugvorderingen", "budget:terugvorderingen")]
    if actor.is_instelling:
        paginas += [("Bankrekening", "budget:rekening")]
    if actor.is_uwv:
        paginas += [("Bankrekeningen", "budget:rekeningen")]
    return [Tab(titel, reverse(naam), reverse(naam) == request.path) for titel, naam in paginas]


def acties(actor: Actor, *delen: Any) -> list[Actie]:
    """Buttons for the acts that each of these objects offers; one that can't be done now says why."""
    moment = nu()
    return [
        Actie(
            m.handeling.titel,
            reverse(f"budget:{m.handeling.naam}", args=[deel.pk]),
            soort=_KNOPPEN[m.handeling.knop],
            redenen=[reden.tekst for reden in m.redenen],
        )
        for deel in delen
        for m in mogelijke_handelingen(deel, actor, moment)
    ]


def in_de_weg(request: HttpRequest, handeling: Handeling[Any, Any], deel: Any) -> list[Reden]:
    """Why this act can't be done now, to say so before somebody fills in its form; nothing on a POST."""
    if request.method == "POST":
        return []
    actor = web.actor_van(request)
    return handeling.bezwaren(deel, actor) or handeling.redenen(deel, actor, nu())


def doe(
    request: HttpRequest,
    handeling: Handeling[Any, Any],
    deel: Any,
    formulier: Formulier,
    *,
    sjabloon: str = "budget/betalen/handeling.html",
    klaar: str,
    daarna: Callable[[Any], str],
    **context: Any,
) -> HttpResponse:
    """The page of an act: its form, a refusal with nothing typed lost, or on to `daarna(result)` with `klaar` said."""
    resultaat = web.gelukt(request, handeling, deel, formulier) if not _fout(formulier) else None
    if resultaat is not None:
        messages.success(request, klaar)
        return redirect(daarna(resultaat))
    redenen = in_de_weg(request, handeling, deel) if deel is not None else []
    context = {"samenvatting": [], "uitleg": [], "kan": True} | context
    return web.toon_handeling(request, sjabloon, handeling, formulier, redenen, **context)


def _fout(formulier: Formulier) -> bool:
    return formulier.is_bound and bool(formulier.errors)


def lijst(
    request: HttpRequest, rijen: QuerySet[Any], wat: Callable[[Any], Any] = lambda rij: rij
) -> dict[str, Any]:
    """A page of a list: its rows, made into what is shown, and the addresses of the next and the previous page."""
    na = web.vanaf(request)
    gelezen, meer = web.bladzijde(rijen, PER_PAGINA, na)
    return {
        "rijen": [wat(rij) for rij in gelezen],
        "tabs": tabs(request),
        **web.blader_urls(request, na, PER_PAGINA, meer),
    }

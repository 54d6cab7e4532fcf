"""What the pages of the overleg share: fetching what the actor takes part in, and how a moment is written."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.formats import date_format

from ips_subsidie.handelingen.kern import Handeling, mogelijke_handelingen
from ips_subsidie.handelingen.web import actor_van
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.kalender.dagen import AMSTERDAM
from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.opvragen import haal
from overleg.models import Bijeenkomst, Reeks


def haal_reeks(request: HttpRequest, nummer: UUID) -> Reeks:
    """The reeks with this number in which the actor takes part. Raises Http404 for every other."""
    eigen = Reeks.objects.zichtbaar_voor(actor_van(request)).select_related("organisatie")
    return haal(request, eigen, nummer, "reeks.bekijken")


def haal_bijeenkomst(request: HttpRequest, nummer: UUID) -> Bijeenkomst:
    """The meeting with this number in which the actor takes part. Raises Http404 for every other."""
    actor = actor_van(request)
    eigen = Bijeenkomst.objects.zichtbaar_voor(actor).select_related("reeks__organisatie")
    bijeenkomst = haal(request, eigen, nummer, "bijeenkomst.bekijken")
    # `zichtbaar_voor` found out that they take part; the buttons needn't ask that again.
    bijeenkomst.__dict__["_doet_mee"] = {actor.organisatie_id: True}
    return bijeenkomst


def in_de_weg(request: HttpRequest, handeling: Handeling[Any, Any], deel: Any) -> list[Reden]:
    """Why this act can't be done now, to say so before somebody fills in its form."""
    actor = actor_van(request)
    return handeling.bezwaren(deel, actor) or handeling.redenen(deel, actor, nu())


def kan(request: HttpRequest, deel: Any) -> set[str]:
    """The codes of what this actor can do on `deel` now."""
    return {
        m.handeling.code.replace(".", "_")
        for m in mogelijke_handelingen(deel, actor_van(request), nu())
        if m.kan
    }


def wanneer(bijeenkomst: Bijeenkomst) -> str:
    """maandag 3 juni 2019, 10:00 tot 11:00 uur, by the clock in Amsterdam."""
    begin = bijeenkomst.begint_op.astimezone(AMSTERDAM)
    einde = bijeenkomst.eindigt_op.astimezone(AMSTERDAM)
    return f"{date_format(begin, 'l j F Y, H:i')} tot {date_format(einde, 'H:i')} uur"

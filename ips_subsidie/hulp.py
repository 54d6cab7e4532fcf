"""Which help belongs to the page of a request: by the name of its address, and by who looks. It asks no query."""

from __future__ import annotations

from django.http import HttpRequest

from aanvragen.web.hulpteksten import HULP as AANVRAGEN
from budget.web.hulpteksten import HULP as BUDGET
from ips_subsidie.berichten.hulpteksten import HULP as BERICHTEN
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.web.hulpteksten import HULP as TOEGANG
from ips_subsidie.vormgeving.hulp import Hulp, Hulpteksten, Lezer
from overleg.web.hulpteksten import HULP as OVERLEG

HULP: Hulpteksten = {**TOEGANG, **BERICHTEN, **BUDGET, **AANVRAGEN, **OVERLEG}


def hulp_bij(request: HttpRequest) -> Hulp | None:
    """None where there is no such page, as for an address that doesn't exist."""
    plek = getattr(request, "resolver_match", None)
    tekst = HULP.get(plek.view_name) if plek is not None else None
    if tekst is None or isinstance(tekst, Hulp):
        return tekst
    return tekst.get(_lezer(getattr(request, "actor", None))) or tekst.get("ieder")


def _lezer(actor: Actor | None) -> Lezer:
    if actor is None:
        return "ieder"
    if actor.is_instelling:
        return "instelling"
    if actor.is_gemeente:
        return "gemeente"
    return "uwv" if actor.is_uwv else "ieder"

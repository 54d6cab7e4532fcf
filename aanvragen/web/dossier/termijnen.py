"""How the last days of a dossier came about, for its page: the steps, and what can move them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.urls import reverse

from aanvragen.handelingen.beslissen import buiten_behandeling_termijn
from aanvragen.handelingen.beslistermijn import opschorten, termijn_van, verdagen
from aanvragen.handelingen.dossier import behandelt
from aanvragen.models import Aanvraag, Opschorting
from aanvragen.regels.statussen import OPEN, AanvraagStatus
from ips_subsidie.kalender.termijnen import Termijn
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.vormgeving.templatetags.opmaak import datum

# While an aanvraag has one of these, leaving it out of treatment may still be possible.
_ONBEHANDELD = (AanvraagStatus.INGEDIEND, AanvraagStatus.ONVOLLEDIG, AanvraagStatus.IN_BEHANDELING)


@dataclass(frozen=True)
class Uitleg:
    """A term in steps under the line `titel`; `links` lead to the pages that can move it."""

    titel: str
    termijn: Termijn
    links: tuple[tuple[str, str], ...] = ()


def stilstand() -> dict[str, Any]:
    """A part of the query of the dossier: did its term ever stand still? Most never did, and are not asked again."""
    return {"heeft_stilgestaan": Exists(Opschorting.objects.filter(aanvraag=OuterRef("pk")))}


def beslistermijn_uitleg(aanvraag: Aanvraag) -> Uitleg | None:
    """Why there must be a besluit by that day; None when there is nothing more to decide."""
    if aanvraag.ontvangen_op is None or aanvraag.status not in OPEN:
        return None
    if getattr(aanvraag, "heeft_stilgestaan", True):
        prefetch_related_objects([aanvraag], "opschortingen")
    else:
        aanvraag.__dict__["_prefetched_objects_cache"] = {"opschortingen": Opschorting.objects.none()}
    termijn = termijn_van(aanvraag)
    if aanvraag.status == AanvraagStatus.ONVOLLEDIG:
        stil = (
            "De termijn staat nu stil: er wordt gewacht op een aanvulling. De laatste dag schuift dus nog op."
        )
        termijn = Termijn(termijn.laatste_dag, (*termijn.stappen, stil), termijn.grondslag)
    return Uitleg(f"Beslissen uiterlijk {datum(termijn.laatste_dag)}: hoe is dat berekend?", termijn)


def uitleg_van(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> list[Uitleg]:
    """The terms that run in this dossier, for this actor: in steps, and with what may move them."""
    beslissen = beslistermijn_uitleg(aanvraag)
    if beslissen is None:
        return []
    if not behandelt(aanvraag, actor):
        return [beslissen]
    uitleg = [Uitleg(beslissen.titel, beslissen.termijn, _links(aanvraag, actor, nu))]
    if aanvraag.hersteltermijn_tot is not None and aanvraag.status in _ONBEHANDELD:
        buiten = buiten_behandeling_termijn(aanvraag)
        titel = f"Niet in behandeling nemen kan tot en met {datum(buiten.laatste_dag)}: hoe is dat berekend?"
        uitleg.append(Uitleg(titel, buiten))
    return uitleg


def _links(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> tuple[tuple[str, str], ...]:
    return tuple(
        (handeling.titel, reverse(f"aanvragen:{handeling.naam}", args=[aanvraag.pk]))
        for handeling in (verdagen, opschorten)
        if not handeling.bezwaren(aanvraag, actor) and not handeling.redenen(aanvraag, actor, nu)
    )

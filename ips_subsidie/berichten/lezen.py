"""Reading what was announced. One colleague reads it for the whole role: the task is shared."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ips_subsidie.berichten.models import Bericht, BerichtQuerySet
from ips_subsidie.logboek.models import Soort
from ips_subsidie.logboek.schrijven import Onderwerp, regel, schrijf
from ips_subsidie.toegang.actor import Actor


def bak_van(actor: Actor) -> BerichtQuerySet:
    """The berichten of this actor's organisatie and role, and own; every query of the inbox begins here."""
    return Bericht.objects.in_bak_van(actor.organisatie_id, actor.rol, actor.gebruiker_id)


@transaction.atomic
def markeer_gelezen(berichten: BerichtQuerySet, actor: Actor, *, nu: datetime) -> int:
    """Mark those of `berichten` that were not read yet; returns how many."""
    nummers = list(
        berichten.ongelezen().select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)
    )
    if nummers:
        Bericht.objects.filter(pk__in=nummers).update(gelezen_op=nu, gelezen_door=actor.gebruiker)
        schrijf(
            regel(actor, Soort.HANDELING, "bericht.lezen", Onderwerp("berichten.bericht", str(nummer)), op=nu)
            for nummer in nummers
        )
    return len(nummers)

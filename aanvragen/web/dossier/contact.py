"""Whom to call about a dossier: the cards of the parties other than one's own."""

from __future__ import annotations

from itertools import groupby

from aanvragen.models import Aanvraag
from gemeenten.models import Contactpersoon
from ips_subsidie.toegang.actor import Actor


def contactkaarten(aanvraag: Aanvraag, actor: Actor) -> list[tuple[str, list[Contactpersoon]]]:
    """The cards per organisatie, by name: of the instelling, of the gemeente and of who acts for her.

    One statement. For templates/aanvragen/dossier/_contact.html, as `contactkaarten`.
    """
    partijen = {aanvraag.instelling.organisatie_id, aanvraag.gemeente_organisatie_id}
    if aanvraag.gemeente is not None and aanvraag.gemeente_organisatie_id is not None:
        partijen.add(aanvraag.gemeente.organisatie_id)
    kaarten = (
        Contactpersoon.objects.filter(organisatie__in=partijen - {None, actor.organisatie_id})
        .select_related("organisatie")
        .order_by("organisatie__naam", "organisatie_id", "naam", "pk")
    )
    return [
        (organisatie.naam, list(groep))
        for organisatie, groep in groupby(kaarten, key=lambda k: k.organisatie)
    ]

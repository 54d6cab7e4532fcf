"""Who of beheer opened this dossier, and why: on its page, for everyone whose dossier it is."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from aanvragen.models import Aanvraag, Noodtoegang
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import tijdstip


def erbij() -> dict[str, Any]:
    """Part of the query of the dossier itself: whether anybody ever opened it."""
    return {"is_geopend": Exists(Noodtoegang.objects.filter(aanvraag=OuterRef("pk")))}


def noodtoegang_blok(aanvraag: Aanvraag) -> list[list[Rij]]:
    """Each opening as rows, newest first, at most ten; no query where there is none."""
    if not getattr(aanvraag, "is_geopend", False):
        return []
    return [
        [
            Rij("Geopend door", f"{een.gebruiker} (beheer van het portaal)"),
            Rij("Van", tijdstip(een.begonnen_op)),
            Rij("Tot", tijdstip(een.beeindigd_op or een.tot)),
            Rij("Waarvoor", een.get_grond_display()),
            Rij("Reden", een.reden),
        ]
        for een in aanvraag.noodtoegangen.select_related("gebruiker")[:10]
    ]

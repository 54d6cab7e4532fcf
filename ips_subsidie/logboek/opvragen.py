"""An object by its number, for who may see it: whoever asks for another is written down."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from ips_subsidie.logboek.schrijven import Onderwerp, weiger_inzage

M = TypeVar("M", bound=Model)


def haal(request: HttpRequest, zichtbaar: QuerySet[M], nummer: UUID, waarvoor: str) -> M:
    """The row with this number out of what the actor may see. Raises Http404 for every other.

    One of somebody else and one that doesn't exist answer alike, in the same time: both leave a line in the logboek.
    """
    gevonden = zichtbaar.filter(pk=nummer).first()
    if gevonden is None:
        weiger_inzage(request, waarvoor, Onderwerp(zichtbaar.model._meta.label_lower, str(nummer)))
        raise Http404
    return gevonden

"""Adding to the logboek. `gegevens` holds codes and statuses, never what a person filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest

from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.opslag.toevoegen import voeg_toe

if TYPE_CHECKING:
    from ips_subsidie.toegang.actor import Actor


@dataclass(frozen=True)
class Onderwerp:
    """What a line is about: an object, the dossier it belongs to and the client it concerns."""

    soort: str
    id: str = ""
    dossier_id: UUID | None = None
    client_id: UUID | None = None
    kenmerk: str = ""


@dataclass(frozen=True)
class Inzage:
    """A reading, or a refused one, held on the request until the view is done."""

    handeling: str
    onderwerp: Onderwerp
    geweigerd: bool = False


def regel(
    actor: Actor | None,
    soort: Soort,
    handeling: str,
    onderwerp: Onderwerp,
    *,
    op: datetime,
    gegevens: Mapping[str, Any] | None = None,
) -> Regel:
    """An unsaved line; `schrijf` adds it."""
    return Regel(
        op=op,
        soort=soort,
        handeling=handeling,
        gebruiker_id=actor.gebruiker_id if actor else None,
        organisatie_id=actor.organisatie_id if actor else None,
        rol=actor.rol if actor else "",
        onderwerp=onderwerp.soort,
        onderwerp_id=onderwerp.id,
        dossier_id=onderwerp.dossier_id,
        client_id=onderwerp.client_id,
        kenmerk=onderwerp.kenmerk,
        gegevens=dict(gegevens or {}),
    )


def schrijf(regels: Iterable[Regel]) -> None:
    voeg_toe(list(regels))


def lees(request: HttpRequest, handeling: str, onderwerp: Onderwerp) -> None:
    """Note that this request shows `onderwerp`; the line is written when the view is done, in the same request."""
    _noteer(request, Inzage(handeling, onderwerp))


def weiger_inzage(request: HttpRequest, handeling: str, onderwerp: Onderwerp) -> None:
    """Note that somebody asked for a dossier that is not theirs; the answer is that there is no such page."""
    _noteer(request, Inzage(handeling, onderwerp, geweigerd=True))


def schrijf_inzagen(request: HttpRequest, *, gelukt: bool) -> None:
    """Write the readings of this request; raises what the database raises: no page without its line.

    A page that was not shown (`gelukt` is false) leaves only its refusals.
    """
    inzagen: list[Inzage] = [i for i in getattr(request, "inzagen", []) if gelukt or i.geweigerd]
    if inzagen:
        actor = getattr(request, "actor", None)
        moment = nu()
        schrijf(
            regel(
                actor, Soort.WEIGERING if i.geweigerd else Soort.LEZING, i.handeling, i.onderwerp, op=moment
            )
            for i in inzagen
        )
        request.inzagen = []  # type: ignore[attr-defined]


def _noteer(request: HttpRequest, inzage: Inzage) -> None:
    if not hasattr(request, "inzagen"):
        request.inzagen = []  # type: ignore[attr-defined]
    request.inzagen.append(inzage)  # type: ignore[attr-defined]

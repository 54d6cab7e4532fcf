"""Adding to the logboek. `gegevens` holds codes and statuses, never what a person filled in."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest

from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.herkomst import huidige
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.logboek.verwerkingen import verwerking_van
from ips_subsidie.opslag.toevoegen import voeg_toe

if TYPE_CHECKING:
    from ips_subsidie.toegang.actor import Actor
    from ips_subsidie.toegang.models import Gebruiker, Organisatie


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
    return _regel(
        soort,
        handeling,
        onderwerp,
        op,
        gegevens or {},
        gebruiker_id=actor.gebruiker_id if actor else None,
        organisatie_id=actor.organisatie_id if actor else None,
        rol=actor.rol if actor else "",
    )


def _regel(
    soort: Soort, handeling: str, onderwerp: Onderwerp, op: datetime, gegevens: Mapping[str, Any], **wie: Any
) -> Regel:
    vanwaar = huidige()
    return Regel(
        op=op,
        # A clock that is set for a test may stand before the one that began the request.
        begonnen_op=min(vanwaar.begonnen_op, op),
        soort=soort,
        handeling=handeling,
        onderwerp=onderwerp.soort,
        onderwerp_id=onderwerp.id,
        dossier_id=onderwerp.dossier_id,
        client_id=onderwerp.client_id,
        kenmerk=onderwerp.kenmerk,
        gegevens=dict(gegevens),
        verwerking=verwerking_van(handeling) or "",
        adres=vanwaar.adres,
        toestel=vanwaar.toestel,
        spoor=vanwaar.spoor,
        deel=secrets.token_hex(8),
        **wie,
    )


def schrijf(regels: Iterable[Regel]) -> None:
    """Add these lines, in the order of their chains: two that write several at once never wait for each other."""
    op_keten: list[Regel] = sorted(regels, key=lambda een: str(een.dossier_id or een.gebruiker_id or ""))
    voeg_toe(op_keten)


def schrijf_gebeurtenis(
    handeling: str,
    *,
    onderwerp: Onderwerp,
    gebruiker: Gebruiker | None = None,
    organisatie: Organisatie | None = None,
    rol: str = "",
    gegevens: Mapping[str, Any] | None = None,
    geweigerd: bool = False,
    op: datetime | None = None,
) -> None:
    """Write down at once what happened around the security of the portal: a login, a factor, a key, a backup.

    `gebruiker` is who did it, as far as that is known; `geweigerd` says that it was tried and refused. `gegevens` holds
    codes and counts, never an address, name, password or token. `op` is now, unless given. The line stands in the
    transaction that runs; where that is rolled back, so is the line.
    """
    soort = Soort.WEIGERING if geweigerd else Soort.GEBEURTENIS
    schrijf(
        [
            _regel(
                soort,
                handeling,
                onderwerp,
                op or nu(),
                gegevens or {},
                gebruiker_id=gebruiker.pk if gebruiker else None,
                organisatie_id=organisatie.pk if organisatie else None,
                rol=rol,
            )
        ]
    )


def lees(request: HttpRequest, handeling: str, onderwerp: Onderwerp) -> None:
    """Note that this request shows `onderwerp`; the line is written when the view is done, in the same request."""
    _noteer(request, Inzage(handeling, onderwerp))


def weiger_inzage(request: HttpRequest, handeling: str, onderwerp: Onderwerp) -> None:
    """Note that somebody asked for a dossier that is not theirs; the answer is that there is no such page."""
    _noteer(request, Inzage(handeling, onderwerp, geweigerd=True))


def toont(status: int) -> bool:
    """Does an answer with this status show what its view read? A redirect doesn't; a stale form (409) does."""
    return status < HTTPStatus.MULTIPLE_CHOICES or status == HTTPStatus.CONFLICT


def schrijf_inzagen(request: HttpRequest, *, gelukt: bool) -> None:
    """Write the readings of this request; raises what the database raises: no page without its line.

    A page that was not shown (`gelukt` is false) leaves only its refusals. However often a view looked, a client is in
    one line of a request, under what the view looked for first.
    """
    inzagen: dict[object, Inzage] = {}
    for inzage in getattr(request, "inzagen", []):
        if gelukt or inzage.geweigerd:
            inzagen.setdefault(_wie(inzage), inzage)
    if inzagen:
        actor = getattr(request, "actor", None)
        moment = nu()
        schrijf(
            regel(
                actor, Soort.WEIGERING if i.geweigerd else Soort.LEZING, i.handeling, i.onderwerp, op=moment
            )
            for i in inzagen.values()
        )
        request.inzagen = []  # type: ignore[attr-defined]


def _wie(inzage: Inzage) -> tuple[object, ...]:
    """Of whom it is: the client, else the dossier, else the object itself; a refusal apart from a reading."""
    over = inzage.onderwerp
    return inzage.geweigerd, over.client_id or over.dossier_id or (over.soort, over.id)


def _noteer(request: HttpRequest, inzage: Inzage) -> None:
    if not hasattr(request, "inzagen"):
        request.inzagen = []  # type: ignore[attr-defined]
    request.inzagen.append(inzage)  # type: ignore[attr-defined]

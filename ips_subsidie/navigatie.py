"""The main menu, drawn from the role of the request."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from ips_subsidie.berichten.models import Bericht
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, Rol
from ips_subsidie.toegang.uitnodigen import NODIGT_UIT

Punt = dict[str, Any]

# What each role works in, in the order of the menu; the first is where the role begins.
_WERK: dict[Rol, tuple[tuple[str, str], ...]] = {
    **dict.fromkeys(
        INSTELLINGSROLLEN,
        (
            ("Aanvragen", "aanvragen:lijst"),
            ("Trajecten", "aanvragen:trajecten"),
            ("Wat er moet gebeuren", "aanvragen:termijnen"),
            ("Voordrachten", "aanvragen:voordrachten"),
            ("Facturen", "budget:facturen"),
            ("Overleg", "overleg:overzicht"),
        ),
    ),
    **dict.fromkeys(
        GEMEENTEROLLEN,
        (
            ("Toestemmingen", "aanvragen:toestemmingen"),
            ("Aanvragen", "aanvragen:werkvoorraad"),
            ("Einde van trajecten", "aanvragen:einde"),
            ("Bezwaren", "aanvragen:bezwaren"),
            ("Wat er moet gebeuren", "aanvragen:termijnen"),
            ("Voordrachten", "aanvragen:voordrachten"),
            ("Facturen", "budget:facturen"),
            ("Werkvoorraad regio", "overleg:werkvoorraad"),
            ("Overleg", "overleg:overzicht"),
            ("Mandaat", "mandaat:overzicht"),
        ),
    ),
    **dict.fromkeys(
        (Rol.UWV_BEOORDELAAR, Rol.UWV_BESLISSER),
        (
            ("Werkvoorraad", "aanvragen:werkvoorraad"),
            ("Wat er moet gebeuren", "aanvragen:termijnen"),
            ("Einde van trajecten", "aanvragen:einde"),
            ("Bezwaren", "aanvragen:bezwaren"),
            ("Budget", "budget:overzicht"),
        ),
    ),
    Rol.UWV_FINANCIEN: (
        ("Budget", "budget:overzicht"),
        ("Betalen", "budget:facturen"),
        ("Aanvragen", "aanvragen:werkvoorraad"),
        ("Wat er moet gebeuren", "aanvragen:termijnen"),
        ("Einde van trajecten", "aanvragen:einde"),
    ),
    Rol.MINISTERIE: (("Budget", "budget:overzicht"),),
    Rol.BEHEERDER: (("Beheer", "admin:index"),),
    Rol.TOEZICHTHOUDER: (("Signalen", "toezicht:overzicht"), ("Logboek", "toezicht:logboek")),
}
_OPENBAAR = (("Over de regeling", "budget:openbaar"),)


def items(request: HttpRequest) -> list[Punt]:
    """The menu as `{titel, url, actief, aantal}`; without an actor only what is public, and no query."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return _met_actief(_punten(_OPENBAAR), request.path)
    punten = _punten(_WERK.get(actor.rol, ()))
    bak = Bericht.objects.in_bak_van(actor.organisatie_id, actor.rol, actor.gebruiker_id)
    ongelezen = bak.ongelezen().count()
    punten.append(_punt("Berichten", "berichten", ongelezen or None))
    if actor.rol in NODIGT_UIT:
        punten.append(_punt("Collega’s", "collegas"))
    return _met_actief(punten, request.path)


def _punten(paginas: Iterable[tuple[str, str]]) -> list[Punt]:
    """Those whose page there is: a domain app may be left out, and the rest then still works."""
    uit = []
    for titel, naam in paginas:
        with suppress(NoReverseMatch):
            uit.append(_punt(titel, naam))
    return uit


def _punt(titel: str, naam: str, aantal: int | None = None) -> Punt:
    return {"titel": titel, "url": reverse(naam), "actief": False, "aantal": aantal}


def _met_actief(punten: list[Punt], pad: str) -> list[Punt]:
    """Mark the one item whose address is the longest beginning of this path."""
    passend = [punt for punt in punten if pad.startswith(punt["url"])]
    if passend:
        max(passend, key=lambda punt: len(punt["url"]))["actief"] = True
    return punten

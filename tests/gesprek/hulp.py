"""Writing and reading in a conversation as somebody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aanvragen.handelingen import gesprek
from aanvragen.models import Aanvraag, Gespreksbericht
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.actor import Actor
from tests.fabriek import NU, doe

INSTELLING, GEMEENTE, UWV = "instelling", "gemeente", "uwv"


def schrijf(
    aanvraag: Aanvraag,
    actor: Actor,
    *lezers: str,
    tekst: str = "Komt de startdatum nog?",
    antwoord_van: str = "",
    nu: datetime = NU,
    **over: Any,
) -> Gespreksbericht:
    """A message to these parties; to nobody else it is a notitie."""
    return doe(
        gesprek.schrijven, None, actor, nu,
        aanvraag=aanvraag, lezers=list(lezers), antwoord_van=antwoord_van, tekst=tekst, **over,
    )  # fmt: skip


def vraag(aanvraag: Aanvraag, actor: Actor, van: str, *lezers: str, **over: Any) -> Gespreksbericht:
    """A question to `van`."""
    return schrijf(aanvraag, actor, van, *lezers, antwoord_van=van, **over)


def antwoord(op: Gespreksbericht, actor: Actor, nu: datetime = NU, **over: Any) -> Gespreksbericht:
    return doe(gesprek.antwoorden, None, actor, nu, vraag=op, **({"tekst": "Ja, op 1 juli."} | over))


def lees(tot: Gespreksbericht, actor: Actor, nu: datetime = NU) -> None:
    doe(gesprek.gelezen, None, actor, nu, aanvraag=tot.aanvraag, tot=tot.pk)


def leesbaar(aanvraag: Aanvraag, actor: Actor, nu: datetime = NU) -> list[str]:
    """The texts that this actor can read of this dossier; none where they can't see it."""
    with klok_op(nu):
        if not Aanvraag.objects.zichtbaar_voor(actor).filter(pk=aanvraag.pk).exists():
            return []
        berichten = aanvraag.gesprek.leesbaar_voor(actor).order_by("volgnummer")
        return [bericht.tekst for bericht in berichten]

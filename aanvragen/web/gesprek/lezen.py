"""The conversation as somebody reads it: a page of messages, each with who wrote it, who reads it and who has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from aanvragen.models import Aanvraag, Gelezen, Gespreksbericht
from aanvragen.models.gesprek import Berichtsoort, GespreksberichtQuerySet, kant_van
from aanvragen.regels.gesprek import Kant, op_volgorde, wie_leest
from aanvragen.web.gesprek.namen import Namen
from ips_subsidie.opslag.models import naam_met_scan
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.vormgeving.onderdelen import Document, Soort
from ips_subsidie.vormgeving.templatetags.opmaak import tijdstip

PER_PAGINA = 20
HOOGSTENS_OPEN = 20
BADGES: dict[str, Soort] = {
    Berichtsoort.VRAAG: "let_op",
    Berichtsoort.ANTWOORD: "goed",
    Berichtsoort.MEDEDELING: "info",
    Berichtsoort.NOTITIE: "neutraal",
}


@dataclass(frozen=True)
class Bladzijde:
    """A page of messages, newest first, and the addresses of the pages beside it."""

    berichten: list[Gespreksbericht]
    ouder: str = ""
    nieuwer: str = ""

    @property
    def is_nieuwste(self) -> bool:
        return not self.nieuwer


@dataclass(frozen=True)
class Regel:
    """One message as it is shown."""

    anker: str
    soort: str
    badge: Soort
    wie: str
    op: datetime
    tekst: str
    leest: str
    notitie: bool
    eigen: bool
    open: bool
    antwoord_van: str
    antwoord_url: str
    op_vraag: str
    gelezen: list[str]
    documenten: list[Document]


def met_alles(aanvraag: Aanvraag, actor: Actor) -> GespreksberichtQuerySet:
    """What this actor may read of the conversation, with all that is shown of it; a file without its content."""
    berichten = aanvraag.gesprek.leesbaar_voor(actor).met_beantwoord()
    berichten = berichten.select_related("organisatie", "afzender", "bestand__virusscan", "antwoord_op")
    return berichten.annotate(**{f"gelezen_{kant.value}": _gelezen(kant) for kant in Kant}).defer(
        "bestand__inhoud"
    )


def bladzijde(aanvraag: Aanvraag, actor: Actor, vraag: Mapping[str, Any]) -> Bladzijde:
    """Twenty messages: the newest, or those older (`voor`) or newer (`na`) than the message with that number."""
    berichten = met_alles(aanvraag, actor)
    for naam in ("voor", "na"):
        grens = _grens(aanvraag, actor, str(vraag.get(naam, "")))
        if grens is None:
            continue
        if naam == "voor":
            ouder, meer = _lees(berichten.filter(volgnummer__lt=grens).order_by("-volgnummer"))
            return _met_adressen(ouder, ouder_ook=meer, nieuwer_ook=True)
        nieuwer, meer = _lees(berichten.filter(volgnummer__gt=grens).order_by("volgnummer"))
        return _met_adressen(nieuwer[::-1], ouder_ook=True, nieuwer_ook=meer)
    nieuwste, meer = _lees(berichten.order_by("-volgnummer"))
    return _met_adressen(nieuwste, ouder_ook=meer, nieuwer_ook=False)


def open_vragen(aanvraag: Aanvraag, actor: Actor, namen: Namen) -> list[Regel]:
    """The questions without an answer, oldest first."""
    vragen = met_alles(aanvraag, actor).open_vragen()
    return [regel(vraag, namen, actor) for vraag in vragen[:HOOGSTENS_OPEN]]


def regel(bericht: Gespreksbericht, namen: Namen, actor: Actor) -> Regel:
    """A message as this actor sees it; `bericht` comes from `met_alles`."""
    is_open = bericht.soort == Berichtsoort.VRAAG and not getattr(bericht, "is_beantwoord", False)
    eigen = bericht.organisatie_id == actor.organisatie_id
    adres = reverse("aanvragen:gesprek_antwoorden", args=[bericht.pk])
    return Regel(
        anker=f"bericht-{bericht.pk}",
        soort=bericht.get_soort_display(),
        badge=BADGES[bericht.soort],
        wie=f"{bericht.afzender}, {bericht.organisatie}" if eigen else str(bericht.organisatie),
        op=bericht.op,
        tekst=bericht.tekst,
        leest=_leest(bericht, namen),
        notitie=bericht.is_notitie,
        eigen=eigen,
        open=is_open,
        antwoord_van=namen.een(bericht.antwoord_van),
        antwoord_url=adres if is_open and bericht.antwoord_van == kant_van(actor) else "",
        op_vraag=bericht.antwoord_op.tekst if bericht.antwoord_op else "",
        gelezen=_gelezen_door(bericht, namen) if eigen and not bericht.is_notitie else [],
        documenten=_documenten(bericht),
    )


def _leest(bericht: Gespreksbericht, namen: Namen) -> str:
    """The parties as they are now: after a merger or a doorzending another organisatie reads for the same one."""
    if bericht.is_notitie:
        return f"Dit lezen alleen collega’s bij {bericht.organisatie}."
    kring = op_volgorde(bericht.zichtbaar_voor)
    alle = namen.met(kring)
    return wie_leest(kring, alle.voluit, alle.kort)


def _gelezen(kant: Kant) -> Subquery:
    """When this party said to have read the message, and who of it."""
    gelezen = Gelezen.objects.filter(
        aanvraag=OuterRef("aanvraag_id"), kant=kant.value, tot__gte=OuterRef("volgnummer")
    )
    eerste = gelezen.order_by("tot", "op").values(data=JSONObject(op=F("op"), wie=F("organisatie__naam")))
    return Subquery(eerste[:1])


def _gelezen_door(bericht: Gespreksbericht, namen: Namen) -> list[str]:
    """“Gelezen door UWV op …” or “Nog niet gelezen door …”, for each reader but the sender."""
    regels = []
    for kant in op_volgorde(bericht.zichtbaar_voor):
        if kant == bericht.kant:
            continue
        gelezen: dict[str, str] | None = getattr(bericht, f"gelezen_{kant.value}", None)
        moment = parse_datetime(gelezen["op"]) if gelezen else None
        if gelezen and moment:
            regels.append(f"Gelezen door {gelezen['wie']} op {tijdstip(moment)}")
        else:
            regels.append(f"Nog niet gelezen door {namen.een(kant)}")
    return regels


def _documenten(bericht: Gespreksbericht) -> list[Document]:
    bestand = bericht.bestand
    if bestand is None:
        return []
    adres = reverse("aanvragen:gesprek_bestand", args=[bericht.pk])
    return [Document(naam_met_scan(bestand), adres, bestand.get_soort_display().lower(), bestand.grootte)]


def _grens(aanvraag: Aanvraag, actor: Actor, nummer: str) -> int | None:
    """The volgnummer of a message that this actor may read; rubbish and another's are none."""
    try:
        gezocht = UUID(nummer)
    except ValueError:
        return None
    berichten = aanvraag.gesprek.leesbaar_voor(actor).filter(pk=gezocht)
    return berichten.values_list("volgnummer", flat=True).first()


def _lees(berichten: GespreksberichtQuerySet) -> tuple[list[Gespreksbericht], bool]:
    """A page, and whether there is more: one row extra is read instead of counting all."""
    gelezen = list(berichten[: PER_PAGINA + 1])
    return gelezen[:PER_PAGINA], len(gelezen) > PER_PAGINA


def _met_adressen(berichten: list[Gespreksbericht], *, ouder_ook: bool, nieuwer_ook: bool) -> Bladzijde:
    if not berichten:
        return Bladzijde([])
    return Bladzijde(
        berichten,
        ouder=f"?voor={berichten[-1].pk}" if ouder_ook else "",
        nieuwer=f"?na={berichten[0].pk}" if nieuwer_ook else "",
    )

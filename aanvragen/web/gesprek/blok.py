"""The one line about the conversation on the page of a dossier, counted in the query that fetches the dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse

from aanvragen.models import Aanvraag, Gelezen, Gespreksbericht
from aanvragen.models.gesprek import Berichtsoort, kant_van
from ips_subsidie.toegang.actor import Actor

_NIETS = {"aantal": 0, "ongelezen": 0, "aan_ons": 0, "aan_een_ander": 0}


@dataclass(frozen=True)
class Stand:
    """How many messages somebody can read, has not read, must answer, and waits for an answer to."""

    aantal: int
    ongelezen: int
    aan_ons: int
    aan_een_ander: int
    url: str = ""

    @property
    def tekst(self) -> str:
        """“3 berichten, 1 nieuw, 1 vraag aan u”."""
        if not self.aantal:
            return "Er zijn nog geen berichten."
        delen = [f"{self.aantal} {'bericht' if self.aantal == 1 else 'berichten'}"]
        if self.ongelezen:
            delen.append(f"{self.ongelezen} nieuw")
        if self.aan_ons:
            delen.append(f"{self.aan_ons} {'vraag' if self.aan_ons == 1 else 'vragen'} aan u")
        if self.aan_een_ander:
            delen.append(f"{self.aan_een_ander} open {'vraag' if self.aan_een_ander == 1 else 'vragen'}")
        return ", ".join(delen)


def telling(actor: Actor) -> dict[str, Any]:
    """An annotation for the query of a dossier, for `stand_van`."""
    kant = kant_van(actor)
    gelezen = (
        Gelezen.objects.filter(aanvraag=OuterRef("aanvraag_id"), organisatie=actor.organisatie_id)
        .order_by()
        .values("aanvraag_id")
        .annotate(tot=Max("tot"))
        .values("tot")
    )
    berichten = (
        Gespreksbericht.objects.filter(aanvraag=OuterRef("pk"))
        .leesbaar_voor(actor)
        .met_beantwoord()
        .annotate(gelezen_tot=Coalesce(Subquery(gelezen), Value(0)))
        .order_by()
    )
    open_vraag = Q(soort=Berichtsoort.VRAAG, is_beantwoord=False)
    aan_ons = Q(antwoord_van=kant.value if kant else "")
    nieuw = Q(volgnummer__gt=F("gelezen_tot")) & ~Q(organisatie=actor.organisatie_id)
    tellingen = berichten.values("aanvraag_id").annotate(
        telling=JSONObject(
            aantal=Count("pk"),
            ongelezen=Count("pk", filter=nieuw),
            aan_ons=Count("pk", filter=open_vraag & aan_ons),
            aan_een_ander=Count("pk", filter=open_vraag & ~aan_ons),
        )
    )
    return {"gesprek_telling": Subquery(tellingen.values("telling"))}


def stand_van(aanvraag: Aanvraag) -> Stand:
    """Of an aanvraag that was fetched with `telling`."""
    geteld: dict[str, int] = getattr(aanvraag, "gesprek_telling", None) or _NIETS
    return Stand(**geteld, url=reverse("aanvragen:gesprek", args=[aanvraag.pk]))

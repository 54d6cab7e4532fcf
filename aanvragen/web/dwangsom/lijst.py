"""What is late: aanvragen past their term, those with an ingebrekestelling first; and what must be decided and paid.

The aanvragen are sorted over those that are late, of which there are few; the rest is in the order of an index.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from aanvragen.handelingen.ingebrekestelling import dwangsom_van, stand_van
from aanvragen.models import Aanvraag, Ingebrekestelling
from aanvragen.regels.dwangsom import IngebrekestellingStatus, Waarover
from aanvragen.regels.statussen import AanvraagStatus
from aanvragen.web.dwangsom.blok import KLEUR, status_op
from aanvragen.web.hulp import actor_van, blader_urls, bladzijde, met_filter, vanaf
from budget.regels.regeling import Beslisser
from ips_subsidie.kalender.dwangsom import dwangsom
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, UWV_ROLLEN
from ips_subsidie.vormgeving.onderdelen import Teller
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro

PER_PAGINA = 25


@dataclass(frozen=True)
class Regel:
    """One row: `laat` is by when it should have been, `kost` what it comes to until today."""

    aanvraag: Aanvraag
    wat: str
    status: str
    badge: str
    laat: str
    kost: str


@voor(*GEMEENTEROLLEN, *UWV_ROLLEN)
def te_laat(request: HttpRequest) -> HttpResponse:
    """What this party was to decide and did not, one kind at a time."""
    actor, dag, na = actor_van(request), vandaag(), vanaf(request)
    soorten = _soorten(actor, dag)
    gekozen = request.GET.get("soort", "")
    if gekozen not in soorten:
        gekozen = next(iter(soorten))
    titel, lijst = soorten[gekozen]
    rijen, meer = bladzijde(lijst, PER_PAGINA, na)
    context = {
        "regels": [_regel(rij, dag) for rij in rijen],
        "tellers": [
            Teller(naam, rijen_.count(), met_filter(request, soort=code), code == gekozen)
            for code, (naam, rijen_) in soorten.items()
        ],
        "titel": titel,
        **blader_urls(request, na, PER_PAGINA, meer),
    }
    return render(request, "aanvragen/dwangsom/te_laat.html", context)


def _soorten(actor: Actor, dag: date) -> dict[str, tuple[str, QuerySet[Any]]]:
    """The lists by their code in the URL; the first is shown first."""
    eigen = Ingebrekestelling.objects.zichtbaar_voor(actor)
    eigen = eigen.select_related("aanvraag__instelling__organisatie", "aanvraag__gemeente")
    return {
        "aanvragen": ("Aanvragen over de termijn", _aanvragen(actor, dag)),
        "gebreke": ("In gebreke gesteld", eigen.open().met_besluitdag()),
        "vaststellen": ("Dwangsom vaststellen", eigen.vast_te_stellen().met_besluitdag()),
        "betalen": ("Dwangsom betalen", eigen.te_betalen().met_besluitdag()),
    }


def _aanvragen(actor: Actor, dag: date) -> QuerySet[Aanvraag]:
    beslisser = Beslisser.GEMEENTE if actor.is_gemeente else Beslisser.UWV
    lopend = Ingebrekestelling.objects.open().filter(aanvraag=OuterRef("pk"), over=Waarover.AANVRAAG)
    staat_stil = Q(status=AanvraagStatus.ONVOLLEDIG, hersteltermijn_tot__gte=dag)
    te_beslissen = Aanvraag.objects.zichtbaar_voor(actor).te_beslissen(beslisser)
    return (
        te_beslissen.filter(beslis_uiterlijk__lt=dag)
        .exclude(staat_stil)
        .select_related("instelling__organisatie", "gemeente")
        .annotate(in_gebreke_op=Subquery(lopend.values("ontvangen_op")[:1]))
        .order_by(F("in_gebreke_op").asc(nulls_last=True), "beslis_uiterlijk", "id")
    )


def _regel(rij: Aanvraag | Ingebrekestelling, dag: date) -> Regel:
    return _van_aanvraag(rij, dag) if isinstance(rij, Aanvraag) else _van_ingebrekestelling(rij, dag)


def _van_aanvraag(rij: Aanvraag, dag: date) -> Regel:
    ontvangen: date | None = getattr(rij, "in_gebreke_op", None)
    kost = dwangsom(ontvangen, feestdagen()) if ontvangen is not None else None
    laat = f"{datum(rij.beslis_uiterlijk)}, {_dagen(rij.beslis_uiterlijk, dag)} te laat"
    if kost is None:
        return Regel(rij, "De aanvraag", "Niet in gebreke gesteld", "neutraal", laat, "")
    dagen = kost.dagen(dag)
    status = IngebrekestellingStatus.VERBEURD if dagen else IngebrekestellingStatus.LOOPT
    over = euro(kost.bedrag_cent(dag)) if dagen else f"Vanaf {datum(kost.eerste_dag)}"
    return Regel(rij, "De aanvraag", status.label, KLEUR[status], laat, over)


def _van_ingebrekestelling(rij: Ingebrekestelling, dag: date) -> Regel:
    status = status_op(rij, dag)
    if rij.bedrag_cent is not None:
        kost = euro(rij.bedrag_cent)
    else:
        stand = stand_van(rij, dag)
        kost = euro(stand.bedrag_cent) if stand.dagen else f"Vanaf {datum(dwangsom_van(rij).eerste_dag)}"
    wat = rij.get_over_display()
    return Regel(rij.aanvraag, wat, status.label, KLEUR[status], _wanneer(rij), kost)


def _wanneer(rij: Ingebrekestelling) -> str:
    """The next last day for who decides or pays."""
    if rij.status == IngebrekestellingStatus.VASTGESTELD:
        return f"Betalen uiterlijk {datum(rij.betaal_uiterlijk)}"
    if rij.vaststellen_uiterlijk is not None:
        return f"Vaststellen uiterlijk {datum(rij.vaststellen_uiterlijk)}"
    return f"{datum(rij.termijn_tot)}, alsnog uiterlijk {datum(dwangsom_van(rij).uiterlijk_beslissen)}"


def _dagen(tot: date | None, dag: date) -> str:
    aantal = (dag - tot).days if tot is not None else 0
    return "1 dag" if aantal == 1 else f"{aantal} dagen"

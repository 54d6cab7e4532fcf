"""The bezwaren on which this party must still decide, nearest last day first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from aanvragen.models import Bezwaar
from aanvragen.regels.bezwaar import BezwaarStatus
from aanvragen.web.bezwaar.hulp import KLEUR
from aanvragen.web.hulp import actor_van, met_filter
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import BESLISSERS, VOORBEREIDERS
from ips_subsidie.vormgeving.onderdelen import Teller
from ips_subsidie.vormgeving.templatetags.opmaak import datum

PER_PAGINA = 25
_SOORTEN: dict[str, tuple[str, Q]] = {
    "alle": ("Alle bezwaren", Q()),
    "nieuw": ("Nieuw", Q(status=BezwaarStatus.ONTVANGEN)),
    "wacht": ("Wacht op de gronden", Q(status=BezwaarStatus.ONTVANKELIJKHEID)),
    "horen": ("Horen en advies", Q(status=BezwaarStatus.HOORZITTING)),
    "beslissen": ("Klaar voor beslissing", Q(status=BezwaarStatus.VOORGESTELD)),
}


@dataclass(frozen=True)
class Regel:
    """One row of the list."""

    bezwaar: Bezwaar
    badge: str
    wanneer: str


@voor(*VOORBEREIDERS, *BESLISSERS)
def bezwaren(request: HttpRequest) -> HttpResponse:
    """What this party must decide on, one kind at a time."""
    actor, dag = actor_van(request), vandaag()
    alle = Bezwaar.objects.te_doen(actor)
    gekozen = request.GET.get("soort", "")
    if gekozen not in _SOORTEN:
        gekozen = "alle"
    titel, waar = _SOORTEN[gekozen]
    nodig = ("besluit", "aanvraag__instelling__organisatie", "opgepakt_door")
    rijen, bladeren = _bladzijde(request, alle.filter(waar).select_related(*nodig))
    context = {
        "regels": [Regel(rij, KLEUR[BezwaarStatus(rij.status)], _wanneer(rij, dag)) for rij in rijen],
        "tellers": [
            Teller(naam, alle.filter(q).count(), met_filter(request, soort=code, voor=""), code == gekozen)
            for code, (naam, q) in _SOORTEN.items()
        ],
        "titel": titel,
        **bladeren,
    }
    return render(request, "aanvragen/bezwaar/bezwaren.html", context)


def _bladzijde(request: HttpRequest, rijen: QuerySet[Bezwaar]) -> tuple[list[Bezwaar], dict[str, str]]:
    """From the place in the URL on, or back from it: by the key of a row, so that no page counts those before it."""
    na, voor_ = _plek(request.GET.get("na", "")), _plek(request.GET.get("voor", ""))
    if voor_ is not None:
        terug = rijen.filter(_voor(*voor_)).order_by("-beslis_uiterlijk", "-id")
        gelezen = list(terug[: PER_PAGINA + 1])
        lijst = gelezen[:PER_PAGINA][::-1]
        return lijst, _bladeren(request, lijst, verder=True, terug=len(gelezen) > PER_PAGINA)
    gelezen = list((rijen.filter(_na(*na)) if na else rijen)[: PER_PAGINA + 1])
    lijst = gelezen[:PER_PAGINA]
    return lijst, _bladeren(request, lijst, verder=len(gelezen) > PER_PAGINA, terug=na is not None)


def _bladeren(request: HttpRequest, lijst: list[Bezwaar], *, verder: bool, terug: bool) -> dict[str, str]:
    if not lijst:
        return {"volgende": "", "vorige": ""}
    return {
        "volgende": _adres(request, na=lijst[-1]) if verder else "",
        "vorige": _adres(request, voor=lijst[0]) if terug else "",
    }


def _adres(request: HttpRequest, **plekken: Bezwaar) -> str:
    vraag = request.GET.copy()
    for naam in ("na", "voor"):
        vraag.pop(naam, None)
    for naam, rij in plekken.items():
        vraag[naam] = f"{rij.beslis_uiterlijk}_{rij.pk}"
    return f"?{vraag.urlencode()}"


def _plek(getypt: str) -> tuple[date, UUID] | None:
    """A place in the list; rubbish is none."""
    dag, _, nummer = getypt.partition("_")
    try:
        return date.fromisoformat(dag), UUID(nummer)
    except ValueError:
        return None


def _na(dag: date, nummer: UUID) -> Q:
    return Q(beslis_uiterlijk__gt=dag) | Q(beslis_uiterlijk=dag, id__gt=nummer)


def _voor(dag: date, nummer: UUID) -> Q:
    return Q(beslis_uiterlijk__lt=dag) | Q(beslis_uiterlijk=dag, id__lt=nummer)


def _wanneer(bezwaar: Bezwaar, dag: date) -> str:
    tot = bezwaar.beslis_uiterlijk
    return f"{datum(tot)}, te laat" if dag > tot else datum(tot)

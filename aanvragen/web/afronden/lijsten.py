"""The worklists of the end of trajecten: for who decides and pays, and for the instelling, also on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from aanvragen.models import Aanvraag, Stopbericht, Traject, Vaststelling
from aanvragen.regels.statussen import (
    OPEN_VASTSTELLING,
    AanvraagStatus,
    StopberichtStatus,
    TrajectStatus,
    VaststellingStatus,
)
from aanvragen.web.hulp import actor_van, blader_urls, bladzijde, met_filter, vanaf
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.logboek.schrijven import lees
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, UWV_ROLLEN, Rol
from ips_subsidie.vormgeving.onderdelen import Teller
from ips_subsidie.vormgeving.templatetags.opmaak import datum

PER_PAGINA = 25
VASTSTELLING_SOORT = {
    VaststellingStatus.VERSLAG_GEVRAAGD: "neutraal",
    VaststellingStatus.VERSLAG_ONTVANGEN: "info",
    VaststellingStatus.VOORGESTELD: "goed",
    VaststellingStatus.VOORGENOMEN_LAGER: "let_op",
    VaststellingStatus.VASTGESTELD: "goed",
    VaststellingStatus.OPGESCHORT: "inactief",
}
STOPBERICHT_SOORT = {
    StopberichtStatus.VERZONDEN: "let_op",
    StopberichtStatus.BEVESTIGD: "info",
    StopberichtStatus.VERWERKT: "goed",
    StopberichtStatus.HERROEPEN: "inactief",
}


@dataclass(frozen=True)
class Regel:
    """One row of a worklist."""

    aanvraag: Aanvraag
    status: str
    badge: str
    wanneer: str


# --- who decides and who pays --------------------------------------------------------------------------


@voor(*GEMEENTEROLLEN, *UWV_ROLLEN)
def einde(request: HttpRequest) -> HttpResponse:
    """What waits for this party at the end of trajecten, one kind at a time."""
    actor, na = actor_van(request), vanaf(request)
    soorten = _soorten(actor)
    gekozen = request.GET.get("soort", "")
    if gekozen not in soorten:
        gekozen = next(iter(soorten))
    _, lijst = soorten[gekozen]
    rijen, meer = bladzijde(lijst.select_related(*_NODIG), PER_PAGINA, na)
    dag = vandaag()
    context = {
        "regels": [_regel(rij, dag) for rij in rijen],
        "tellers": [
            Teller(titel, rijen_.count(), met_filter(request, soort=code), code == gekozen)
            for code, (titel, rijen_) in soorten.items()
        ],
        "titel": soorten[gekozen][0],
        **blader_urls(request, na, PER_PAGINA, meer),
    }
    return render(request, "aanvragen/afronden/einde.html", context)


_NODIG = ("traject__aanvraag__instelling__organisatie", "traject__aanvraag__gemeente")


def _soorten(actor: Actor) -> dict[str, tuple[str, QuerySet[Any]]]:
    """The kinds of work of this party, by the code in the URL; the first is shown first."""
    stop, vast = Stopbericht.objects.zichtbaar_voor(actor), Vaststelling.objects.te_doen(actor)
    gestopt: dict[str, tuple[str, QuerySet[Any]]] = {
        "verwerken": ("Stopberichten te verwerken", stop.te_verwerken()),
        "bevestigen": ("Stop gemeld, niet bevestigd", stop.te_bevestigen()),
    }
    if actor.is_gemeente:
        gestopt = {"bevestigen": ("Stopberichten te bevestigen", stop.te_bevestigen())}
    besluiten = {"vaststellen": ("Vaststellingen", vast)}
    return (
        besluiten | gestopt if actor.rol in (Rol.UWV_BEOORDELAAR, Rol.UWV_BESLISSER) else gestopt | besluiten
    )


def _regel(rij: Stopbericht | Vaststelling, dag: date) -> Regel:
    aanvraag = rij.traject.aanvraag
    if isinstance(rij, Stopbericht):
        badge = STOPBERICHT_SOORT[StopberichtStatus(rij.status)]
        return Regel(aanvraag, rij.get_status_display(), badge, f"Gemeld op {datum(rij.gemeld_op)}")
    badge = VASTSTELLING_SOORT[VaststellingStatus(rij.status)]
    return Regel(aanvraag, rij.get_status_display(), badge, wanneer(rij, dag))


def wanneer(vaststelling: Vaststelling, dag: date) -> str:
    """What the nearest last day is, and whether it has passed."""
    if vaststelling.status == VaststellingStatus.VERSLAG_GEVRAAGD:
        tot = vaststelling.verslag_tot
        return f"Verslag te laat sinds {datum(tot)}" if dag > tot else f"Verslag tot en met {datum(tot)}"
    if vaststelling.status == VaststellingStatus.VOORGENOMEN_LAGER and wacht_op_zienswijze(vaststelling, dag):
        return f"Reageren kan tot en met {datum(vaststelling.zienswijze_tot)}"
    return f"Beslissen uiterlijk {datum(vaststelling.beslis_uiterlijk)}"


def wacht_op_zienswijze(vaststelling: Vaststelling, dag: date) -> bool:
    """Can the instelling still react to the voornemen before it is decided?"""
    tot = vaststelling.zienswijze_tot
    return vaststelling.zienswijze_op is None and tot is not None and dag <= tot


# --- the instelling ------------------------------------------------------------------------------------

_GROEPEN = {
    "loopt": ("Loopt", Q(status=TrajectStatus.GESTART, vaststelling__isnull=True)
              | Q(status=TrajectStatus.GESTART, vaststelling__status=VaststellingStatus.OPGESCHORT)),
    "starten": ("Nog starten", Q(status=TrajectStatus.GEPLAND)),
    "verslag": ("Verslag nodig", Q(vaststelling__status=VaststellingStatus.VERSLAG_GEVRAAGD)),
    "reageren": ("Reactie mogelijk", Q(vaststelling__status=VaststellingStatus.VOORGENOMEN_LAGER)),
    "wacht": ("Wacht op besluit", Q(vaststelling__status__in=set(OPEN_VASTSTELLING) - {
        VaststellingStatus.VERSLAG_GEVRAAGD, VaststellingStatus.VOORGENOMEN_LAGER})),
    "vastgesteld": ("Vastgesteld", Q(vaststelling__status=VaststellingStatus.VASTGESTELD)),
}  # fmt: skip


@voor(*INSTELLINGSROLLEN)
def trajecten(request: HttpRequest) -> HttpResponse:
    """The trajecten of the instelling, what ends first on top; each a card that fits a phone."""
    na = vanaf(request)
    alle = Traject.objects.filter(
        aanvraag__in=Aanvraag.objects.zichtbaar_voor(actor_van(request)),
        aanvraag__status=AanvraagStatus.TOEGEKEND,
    )
    groep = request.GET.get("groep", "")
    if groep not in _GROEPEN:
        groep = "loopt"
    lijst = alle.filter(_GROEPEN[groep][1]).order_by("laatste_dag", "id")
    rijen, meer = bladzijde(
        lijst.select_related("aanvraag__deelnemer", "aanvraag__gemeente", "vaststelling"), PER_PAGINA, na
    )
    for traject in rijen:
        lees(request, "trajecten.lijst", traject.onderwerp())
    context = {
        "trajecten": [_kaart(traject, vandaag()) for traject in rijen],
        "tellers": [
            Teller(titel, alle.filter(waar).count(), met_filter(request, groep=code), code == groep)
            for code, (titel, waar) in _GROEPEN.items()
        ],
        **blader_urls(request, na, PER_PAGINA, meer),
    }
    return render(request, "aanvragen/afronden/trajecten.html", context)


def _kaart(traject: Traject, dag: date) -> dict[str, Any]:
    vaststelling: Vaststelling | None = getattr(traject, "vaststelling", None)
    deelnemer = getattr(traject.aanvraag, "deelnemer", None)
    if vaststelling is not None and vaststelling.status in OPEN_VASTSTELLING:
        uitleg = wanneer(vaststelling, dag)
    elif traject.laatste_dag is not None:
        uitleg = f"Laatste dag {datum(traject.einde)}"
    else:
        uitleg = f"Starten kan vanaf {datum(traject.vroegste_start)}"
    return {
        "kenmerk": traject.aanvraag.kenmerk,
        "naam": deelnemer.naam if deelnemer else "",
        "gemeente": traject.aanvraag.gemeente,
        "uitleg": uitleg,
        "url": reverse("aanvragen:traject", args=[traject.pk]),
    }

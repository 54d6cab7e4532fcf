"""The loting between aanvragen that were received at the same moment: one official prepares it, another draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from budget.handelingen.loting import Gelijk, te_loten, trekken, voorbereiden
from budget.models import Loting, LotingStatus, Regeling
from budget.regels.loting import lotnummer
from budget.web.kiezen import gekozen
from ips_subsidie.handelingen import web
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.kalender.dagen import begin_van_dag, datum_van
from ips_subsidie.kalender.klok import nu
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import UWV_ROLLEN, Rol
from ips_subsidie.vormgeving.formulieren import EnkelKnop
from ips_subsidie.vormgeving.onderdelen import Actie
from ips_subsidie.vormgeving.templatetags.opmaak import datum, tijdstip

PER_PAGINA = 10
MEESTE_LINKS = 25


@dataclass(frozen=True)
class Wachtend:
    """A tie that waits: who are equal, and either the loting that was prepared or the button to prepare it."""

    gelijk: Gelijk
    wanneer: str
    loting: Loting | None
    acties: list[Actie]


@voor(Rol.UWV_BEOORDELAAR, Rol.UWV_BESLISSER)
def loting_voorbereiden(request: HttpRequest) -> HttpResponse:
    regeling, inhoud = gekozen(request, list(Regeling.objects.all()))
    gelijken = te_loten(regeling)
    formulier = EnkelKnop(web.gestuurd(request), knop=voorbereiden.titel)
    if request.method == "POST" and formulier.is_valid():
        gekozen_rang = next((g.rang_op for g in gelijken if _code(g) == request.GET.get("rang")), None)
        if gekozen_rang is None:
            formulier.fout_van([Reden("niets_te_loten", "Deze aanvragen wachten niet meer tegelijk.")])
        else:
            loting = web.gelukt(
                request, voorbereiden, None, formulier, regeling=regeling, rang_op=gekozen_rang
            )
            if loting is not None:
                messages.success(
                    request, "De loting is voorbereid. Een collega die beslisser is, kan het lot trekken."
                )
                return redirect("budget:loting", loting.pk)
    na = web.vanaf(request)
    lotingen = Loting.objects.filter(regeling=regeling).select_related("voorbereid_door", "getrokken_door")
    rijen, meer = web.bladzijde(lotingen, PER_PAGINA, na)
    return web.toon_handeling(
        request,
        "budget/loting_voorbereiden.html",
        voorbereiden,
        formulier,
        [],
        regeling=regeling,
        inhoud=inhoud,
        wachtend=_wachtend(regeling, gelijken),
        lotingen=[(wanneer(rij.rang_op), rij) for rij in rijen],
        **web.blader_urls(request, na, PER_PAGINA, meer),
    )


@voor(*UWV_ROLLEN)
def loting(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """Who take part; once it was drawn the order, and how anyone can repeat it."""
    een = _haal(nummer)
    rol = web.actor_van(request).rol
    context = {
        "loting": een,
        "wanneer": wanneer(een.rang_op),
        "regeling": een.regeling,
        "uitslag": [(kenmerk, lotnummer(een.zaad, kenmerk)) for kenmerk in een.uitslag],
        "recept": _recept(een) if een.status == LotingStatus.GETROKKEN else "",
        "mag_trekken": een.status == LotingStatus.VOORBEREID and rol in trekken.door,
        "naar_loting": rol in voorbereiden.door,
    }
    return render(request, "budget/loting.html", context)


@voor(Rol.UWV_BESLISSER)
def loting_trekken(request: HttpRequest, nummer: UUID) -> HttpResponse:
    een = _haal(nummer)
    formulier = EnkelKnop(
        web.gestuurd(request), knop=trekken.titel, actie=reverse("budget:loting_trekken", args=[nummer])
    )
    if web.gelukt(request, trekken, een, formulier) is not None:
        messages.success(request, "Het lot is getrokken.")
        return redirect("budget:loting", nummer)
    een.refresh_from_db(fields=["status"])  # a colleague may have drawn while this one asked
    if een.status == LotingStatus.GETROKKEN:
        return _al_getrokken(request, een)
    actor = web.actor_van(request)
    redenen = [] if formulier.is_bound else trekken.bezwaren(een, actor) or trekken.redenen(een, actor, nu())
    return web.toon_handeling(
        request,
        "budget/loting_trekken.html",
        trekken,
        formulier,
        redenen,
        loting=een,
        regeling=een.regeling,
    )


def _al_getrokken(request: HttpRequest, een: Loting) -> HttpResponse:
    """In the words of a loting: the act itself would say to look at the dossier, and there is none."""
    tekst = "Het lot is al getrokken. Dat kan maar een keer. De uitslag staat bij de loting."
    return web.toon_handeling(
        request,
        "budget/loting_trekken.html",
        trekken,
        EnkelKnop(knop=trekken.titel),
        [Reden("status", tekst)],
        loting=een,
        regeling=een.regeling,
    )


def wanneer(rang_op: datetime) -> str:
    """When equals were received: a day where the regeling ranks by the day, else the moment."""
    op_dag = rang_op == begin_van_dag(datum_van(rang_op))
    return datum(rang_op) if op_dag else tijdstip(rang_op)


def lotingen_van(regeling: Regeling) -> list[tuple[str, Loting]]:
    """The newest lotingen, each with when its equals were received: for who has no page to prepare one."""
    return [(wanneer(een.rang_op), een) for een in Loting.objects.filter(regeling=regeling)[:MEESTE_LINKS]]


def _haal(nummer: UUID) -> Loting:
    lotingen = Loting.objects.select_related("regeling", "voorbereid_door", "getrokken_door")
    return get_object_or_404(lotingen, pk=nummer)


def _wachtend(regeling: Regeling, gelijken: list[Gelijk]) -> list[Wachtend]:
    voorbereid = {
        een.rang_op: een for een in Loting.objects.filter(regeling=regeling, status=LotingStatus.VOORBEREID)
    }
    uit = []
    for gelijk in gelijken:
        al = voorbereid.get(gelijk.rang_op)
        vraag = urlencode({"regeling": regeling.code, "rang": _code(gelijk)})
        knop = Actie(voorbereiden.titel, f"?{vraag}", "post", "primair", sleutel=str(uuid4()))
        uit.append(Wachtend(gelijk, wanneer(gelijk.rang_op), al, [] if al else [knop]))
    return uit


def _code(gelijk: Gelijk) -> str:
    """The moment of a tie as it stands in the address."""
    return gelijk.rang_op.isoformat()


def _recept(een: Loting) -> str:
    """A line for a shell that gives the same order, for who trusts no program of ours."""
    return (
        f"for k in {' '.join(een.deelnemers)}; do "
        f"echo \"$(printf '%s' {een.zaad}:$k | sha256sum | cut -c1-64) $k\"; done | sort"
    )

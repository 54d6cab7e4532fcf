"""The budget page of UWV and the ministerie: pictures, and beside each the same numbers in a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format

from budget.handelingen.loting import te_loten, voorbereiden
from budget.handelingen.plafond import wijzigen
from budget.models import Controle, Loting, Pot, Regeling
from budget.regels.kanttekeningen import kanttekeningen
from budget.regels.regeling import Regelinginhoud, Route
from budget.web.cijfers import Cijfers, Gemeentecijfers, cijfers_van
from budget.web.kiezen import gekozen
from budget.web.loting import lotingen_van
from budget.web.potstanden import Potstand, boven_in_woorden, ruimte_in_woorden
from budget.web.verwachting import verwachting
from ips_subsidie.handelingen.web import actor_van
from ips_subsidie.kalender.klok import datum_van, vandaag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import UWV_ROLLEN, Rol
from ips_subsidie.vormgeving.charts import maandstaven, naamstaven, stapelbalk
from ips_subsidie.vormgeving.onderdelen import Staaf, Stuk
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro, getal

PER_PAGINA = 25
TOP = 10


@voor(*UWV_ROLLEN, Rol.MINISTERIE)
def overzicht(request: HttpRequest) -> HttpResponse:
    """One regeling: its pool, per month, per route and per gemeente."""
    # Asked along with the regelingen: most have never had a loting.
    is_geloot = Exists(Loting.objects.filter(regeling=OuterRef("pk")))
    regelingen = list(Regeling.objects.annotate(is_geloot=is_geloot))
    if not regelingen:
        return render(request, "budget/overzicht.html", {"regelingen": []})
    regeling, inhoud = gekozen(request, regelingen)
    geloot = any(een.pk == regeling.pk and een.is_geloot for een in regelingen)
    potten = list(Pot.objects.filter(regeling=regeling).select_related("gemeente"))
    cijfers = cijfers_van(regeling, inhoud, vandaag(), potten)
    pagina = Paginator(cijfers.gemeenten, PER_PAGINA).get_page(request.GET.get("pagina"))
    inhoud_pagina = {
        "regelingen": regelingen,
        "regeling": regeling,
        "inhoud": inhoud,
        "cijfers": cijfers,
        "pool": _pool(cijfers),
        "kanttekeningen": kanttekeningen(inhoud),
        "verlaging": _verlaging(cijfers),
        "verwachting": _verwachting(cijfers, inhoud, potten),
        "boven": [boven_in_woorden(stand) for stand in cijfers.boven],
        "tijdvakken": [_tijdvakrij(stand) for stand in cijfers.tijdvakken],
        "geld": _geld(cijfers),
        "maanden": _maanden(cijfers),
        "routes": _routes(cijfers),
        "gemeenten": _gemeenten(cijfers),
        "telt": _namen(r for r in inhoud.routes if r.code in inhoud.potten.cap_telt_routes),
        "anders": _namen(r for r in inhoud.routes if r.code not in inhoud.potten.cap_telt_routes)
        or "Andere route",
        "pagina": pagina,
        "volgende": _adres(regeling, pagina, pagina.number + 1 if pagina.has_next() else None),
        "vorige": _adres(regeling, pagina, pagina.number - 1 if pagina.has_previous() else None),
        **_naar_rol(actor_van(request), regeling, geloot=geloot),
    }
    return render(request, "budget/overzicht.html", inhoud_pagina)


def _namen(routes: Iterable[Route]) -> str:
    return " en ".join(route.naam for route in routes)


def _adres(regeling: Regeling, pagina: Page[Gemeentecijfers], nummer: int | None) -> str:
    return f"?{urlencode({'regeling': regeling.code, 'pagina': nummer})}#gemeenten" if nummer else ""


def _naar_rol(actor: Actor, regeling: Regeling, *, geloot: bool) -> dict[str, Any]:
    """The last check, which only UWV reads in full, and the pages that this role has something to do on."""
    controle = Controle.objects.first()
    mag_loten = actor.rol in voorbereiden.door
    return {
        "controle": controle,
        "bevindingen": controle.bevindingen if controle is not None and actor.is_uwv else [],
        "is_uwv": actor.is_uwv,
        "mag_wijzigen": actor.rol in wijzigen.door,
        "naar_loting": mag_loten and (geloot or bool(te_loten(regeling))),
        # Who may not prepare one has no page of them: here is the way to each.
        "lotingen": lotingen_van(regeling) if geloot and actor.is_uwv and not mag_loten else [],
    }


def _tijdvakrij(stand: Potstand) -> dict[str, str]:
    return {
        "naam": stand.naam,
        "toegekend": getal(stand.trajecten.verleend),
        "gereserveerd": getal(stand.trajecten.vast),
        "plaatsen": ruimte_in_woorden(stand.trajecten, getal),
        "geld": ruimte_in_woorden(stand.cent, euro),
    }


def _pool(cijfers: Cijfers) -> dict[str, Any]:
    """The bar and its table. What was granted beyond the limit is in the bar as granted; a row says how much it is."""
    stand = cijfers.totaal
    stukken = [Stuk("Gebruikt (toegekend)", stand.verleend, "gebruikt")]
    if stand.vast:
        stukken.append(Stuk("Gereserveerd (vastgehouden)", stand.vast, "gereserveerd"))
    if stand.oud:
        stukken.append(Stuk("Wacht op besluit, met de oude grens", stand.oud, "gereserveerd"))
    stukken.append(Stuk("Gereserveerd (wacht op besluit)", stand.past, "gereserveerd"))
    if stand.over is not None:
        stukken.append(Stuk("Vrij", stand.over, "vrij"))
    rijen = [(stuk.naam, getal(stuk.aantal)) for stuk in stukken]
    if stand.boven:
        rijen.append(("Boven de grens", getal(stand.boven)))
    if stand.grens is not None:
        rijen.append(("Alle plaatsen", getal(stand.grens)))
    return {
        "beeld": stapelbalk(stukken, titel="Verdeling van de plaatsen"),
        "koppen": ("Plaatsen", "Aantal"),
        "rijen": rijen,
        "legenda": list(dict.fromkeys(stuk.soort for stuk in stukken)),
        "te_veel": stand.wacht - stand.oud - stand.past,
    }


def _verlaging(cijfers: Cijfers) -> str:
    """Who waits and keeps the limit of before it was lowered; empty where nobody does."""
    oud = cijfers.totaal.oud
    if not oud or cijfers.verlaagd_op is None:
        return ""
    wie = "1 aanvraag die wacht kwam" if oud == 1 else f"{getal(oud)} aanvragen die wachten kwamen"
    # In force from the end of the day of publication: that day is what people know.
    dag = datum_van(cijfers.verlaagd_op - timedelta(microseconds=1))
    return (
        f"{wie} binnen voor de verlaging van {datum(dag)}. "
        f"{'Daarvoor' if oud == 1 else 'Voor hen'} geldt de oude, hogere grens (artikel 4:27 van de Awb)."
    )


def _verwachting(cijfers: Cijfers, inhoud: Regelinginhoud, potten: list[Pot]) -> list[str]:
    """The forecast goes by one limit for all: where some keep a higher one it would be wrong, and says so."""
    zinnen = verwachting(cijfers.tellingen, inhoud, vandaag(), potten)
    if zinnen and cijfers.totaal.oud:
        return [
            "Er is nu geen verwachting. Voor aanvragen die al wachten geldt een andere grens dan voor nieuwe aanvragen."
        ]
    return zinnen


def _geld(cijfers: Cijfers) -> list[tuple[str, str]]:
    rijk = cijfers.rijk
    rijen = [
        ("Rijk, via UWV", euro(rijk.verleend)),
        ("Gemeenten, uit eigen middelen", euro(cijfers.gemeente_cent)),
        ("Samen verleend", euro(rijk.verleend + cijfers.gemeente_cent)),
    ]
    if rijk.vast:
        rijen.append(("Vastgehouden van het Rijk", euro(rijk.vast)))
    if rijk.boven:
        rijen.append(("Boven het plafond van het Rijk", euro(rijk.boven)))
    elif rijk.vrij is not None:
        rijen.append(("Nog beschikbaar van het Rijk", euro(rijk.vrij)))
    return rijen


def _maanden(cijfers: Cijfers) -> dict[str, Any]:
    staven = [Staaf(date_format(maand, "M"), aantal) for maand, aantal in cijfers.maanden]
    return {
        "beeld": maandstaven(staven, titel="Toegekende trajecten per maand"),
        "koppen": ("Maand", "Toegekend"),
        "rijen": [(date_format(maand, "F Y"), getal(aantal)) for maand, aantal in cijfers.maanden],
    }


def _routes(cijfers: Cijfers) -> dict[str, Any]:
    staven = [Staaf(r.naam, r.stand.verleend, r.stand.wacht, r.stand.grens) for r in cijfers.routes]
    return {
        "beeld": naamstaven(staven, titel="Toegekende trajecten per route"),
        "koppen": ("Route", "Toegekend", "Wacht op besluit", "Wacht op aanvulling", "Rijk", "Gemeenten"),
        "rijen": [
            (
                r.naam, getal(r.stand.verleend), getal(r.stand.wacht), getal(r.stand.onvolledig),
                euro(r.rijk_cent), euro(r.gemeente_cent),
            )
            for r in cijfers.routes
        ],
    }  # fmt: skip


def _gemeenten(cijfers: Cijfers) -> dict[str, Any]:
    """The fullest ones, as a picture with the cap."""
    top = [g for g in cijfers.gemeenten if g.telt or g.wacht][:TOP]
    staven = [Staaf(g.naam, g.telt, g.wacht, cijfers.cap) for g in top]
    return {
        "aantal": len(top),
        "beeld": naamstaven(staven, titel="Toegekende trajecten per gemeente"),
        "koppen": ("Gemeente", "Toegekend", "Wacht op besluit"),
        "rijen": [(g.naam, getal(g.telt), getal(g.wacht)) for g in top],
    }

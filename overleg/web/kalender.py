"""The calendar: what is coming, one series, one meeting with its agenda."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format

from aanvragen.models import Aanvraag
from ips_subsidie.handelingen import web
from ips_subsidie.handelingen.web import actor_van
from ips_subsidie.kalender.dagen import AMSTERDAM
from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.opvragen import haal
from ips_subsidie.logboek.schrijven import Onderwerp, lees, weiger_inzage
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rijrechten import waarde_van
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, Functie
from ips_subsidie.vormgeving.onderdelen import Rij
from overleg.handelingen import agendapunten, bijeenkomsten
from overleg.handelingen.contactpersonen import HOUDT_BIJ
from overleg.models import Agendapunt, AgendapuntStatus, Bijeenkomst, Reeks
from overleg.models.reeks import BijeenkomstQuerySet
from overleg.web import hulp
from overleg.web.formulieren import AfgelastFormulier, AgendapuntFormulier, GevaarKnop, VerplaatsFormulier

PER_PAGINA = 25
_ROLLEN = (*GEMEENTEROLLEN, *INSTELLINGSROLLEN)
_OPEN_PUNTEN = Count("agendapunten", filter=Q(agendapunten__status=AgendapuntStatus.OPEN))


@voor(*_ROLLEN)
def overzicht(request: HttpRequest) -> HttpResponse:
    """What is coming, the first one first; with `?toon=geweest` what was, the last one first."""
    actor = actor_van(request)
    geweest = request.GET.get("toon") == "geweest"
    alle = Bijeenkomst.objects.zichtbaar_voor(actor)
    lijst = alle.filter(begint_op__lt=nu()).order_by("-begint_op", "-id") if geweest else alle.komend(nu())
    na = web.vanaf(request)
    rijen, meer = web.bladzijde(_rijen(lijst), PER_PAGINA, na)
    context = {
        "maanden": _per_maand(rijen),
        "geweest": geweest,
        "reeksen": Reeks.objects.zichtbaar_voor(actor)
        .filter(status="loopt")
        .select_related("organisatie")[:20],
        "maakt_reeksen": actor.is_gemeente and actor.functie == Functie.BELEID,
        "is_gemeente": actor.is_gemeente,
        "houdt_contacten_bij": actor.rol in HOUDT_BIJ,
        **web.blader_urls(request, na, PER_PAGINA, meer),
    }
    return render(request, "overleg/overzicht.html", context)


def _rijen(lijst: BijeenkomstQuerySet) -> BijeenkomstQuerySet:
    return lijst.select_related("reeks__organisatie").annotate(aantal=_OPEN_PUNTEN)


def _per_maand(rijen: list[Bijeenkomst]) -> list[tuple[str, list[tuple[Bijeenkomst, str]]]]:
    return [
        (maand, [(rij, hulp.wanneer(rij)) for rij in groep])
        for maand, groep in groupby(
            rijen, key=lambda rij: date_format(rij.begint_op.astimezone(AMSTERDAM), "F Y")
        )
    ]


@voor(*_ROLLEN)
def bijeenkomst(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """One meeting: when, where, who, and the agenda as far as this actor may read it."""
    return _toon(
        request, hulp.haal_bijeenkomst(request, nummer), AgendapuntFormulier(actie=_agenda_adres(nummer))
    )


def _agenda_adres(nummer: UUID) -> str:
    return reverse("overleg:agendapunt_toevoegen", args=[nummer])


def _toon(request: HttpRequest, een: Bijeenkomst, formulier: AgendapuntFormulier) -> HttpResponse:
    actor = actor_van(request)
    formulier.helper.form_show_errors = False
    deelnemers = een.reeks.deelnemers.filter(vertrokken_op__isnull=True).select_related("organisatie")
    context = {
        "een": een,
        "rijen": [
            Rij("Wanneer", hulp.wanneer(een)),
            Rij("Waar", een.plaats),
            Rij("Van", een.reeks.organisatie.naam),
            Rij("Deelnemers", "\n".join(str(d) for d in deelnemers)),
        ],
        "punten": _punten(request, een, actor),
        "kan": hulp.kan(request, een),
        "form": formulier,
    }
    return render(request, "overleg/bijeenkomst.html", context)


def _punten(request: HttpRequest, een: Bijeenkomst, actor: Actor) -> list[dict[str, Any]]:
    """The agenda; of a dossier that isn't the actor's to see only whose it is, and no kenmerk."""
    # The dossiers apart: a join would leave out the points of those that the database doesn't show.
    punten = list(een.agendapunten.filter(status=AgendapuntStatus.OPEN).select_related("organisatie"))
    gezien = Aanvraag.objects.zichtbaar_voor(actor).in_bulk([punt.aanvraag_id for punt in punten])
    uit = []
    for punt in punten:
        punt.bijeenkomst = een
        mag = punt.aanvraag_id in gezien
        if mag:
            punt.aanvraag = gezien[punt.aanvraag_id]
            lees(request, "agendapunt.bekijken", punt.onderwerp())
        uit.append(
            {"punt": punt, "mag": mag, "weg": mag and "agendapunt_weghalen" in hulp.kan(request, punt)}
        )
    return uit


@voor(*_ROLLEN)
def agendapunt_toevoegen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """The form on the page of the meeting; a refusal shows that page again with what was typed."""
    een = hulp.haal_bijeenkomst(request, nummer)
    formulier = AgendapuntFormulier(web.gestuurd(request), actie=_agenda_adres(nummer))
    if web.gelukt(request, agendapunten.toevoegen, een, formulier):
        messages.success(request, "Het dossier staat op de agenda.")
        return redirect("overleg:bijeenkomst", een.pk)
    if request.method == "POST":
        _noteer_vreemd(request, formulier)
    return _toon(request, een, formulier)


def _noteer_vreemd(request: HttpRequest, formulier: AgendapuntFormulier) -> None:
    """Who typed the kenmerk of somebody else's dossier is told that there is none, and leaves a line (T86, T87)."""
    if not formulier.has_error("kenmerk", "kenmerk"):
        return
    kenmerk = agendapunten.kenmerk_van(str(formulier["kenmerk"].value() or ""))
    vreemd = waarde_van(Aanvraag.objects.filter(kenmerk=kenmerk), "pk") if len(kenmerk) <= 20 else None
    if vreemd is not None:
        onderwerp = Onderwerp("aanvragen.aanvraag", str(vreemd), dossier_id=vreemd)
        weiger_inzage(request, "agendapunt.toevoegen", onderwerp)


@voor(*_ROLLEN)
def agendapunt_weghalen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """Asks to be sure; only of a dossier that the actor may see."""
    actor = actor_van(request)
    punt = haal(
        request,
        Agendapunt.objects.filter(
            bijeenkomst__in=Bijeenkomst.objects.zichtbaar_voor(actor),
            aanvraag__in=Aanvraag.objects.zichtbaar_voor(actor),
        ).select_related("bijeenkomst__reeks__organisatie", "aanvraag"),
        nummer,
        "agendapunt.bekijken",
    )
    formulier = GevaarKnop(web.gestuurd(request), knop="Van de agenda halen")
    if web.gelukt(request, agendapunten.weghalen, punt, formulier):
        messages.success(request, "Het dossier staat niet meer op de agenda.")
        return redirect("overleg:bijeenkomst", punt.bijeenkomst_id)
    return _toon_handeling(
        request, agendapunten.weghalen, punt, formulier, punt.bijeenkomst, over=punt.aanvraag.kenmerk
    )


@voor(*GEMEENTEROLLEN)
def verplaatsen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    een = hulp.haal_bijeenkomst(request, nummer)
    begin = een.begint_op.astimezone(AMSTERDAM)
    nu_zo = {
        "dag": begin.date(), "begint_om": begin.time(), "duur_minuten": een.duur_minuten,
        "plaats": een.plaats, "link": een.link,
    }  # fmt: skip
    formulier = VerplaatsFormulier(web.gestuurd(request), initial=nu_zo, versie=een.versie)
    if not _verouderd(request, een, formulier) and web.gelukt(
        request, bijeenkomsten.verplaatsen, een, formulier
    ):
        messages.success(request, "Het overleg is verplaatst. De deelnemers krijgen bericht.")
        return redirect("overleg:bijeenkomst", een.pk)
    return _toon_handeling(request, bijeenkomsten.verplaatsen, een, formulier, een)


@voor(*GEMEENTEROLLEN)
def afgelasten(request: HttpRequest, nummer: UUID) -> HttpResponse:
    een = hulp.haal_bijeenkomst(request, nummer)
    formulier = AfgelastFormulier(web.gestuurd(request))
    if web.gelukt(request, bijeenkomsten.afgelasten, een, formulier):
        messages.success(request, "Het overleg gaat niet door. De deelnemers krijgen bericht.")
        return redirect("overleg:bijeenkomst", een.pk)
    return _toon_handeling(request, bijeenkomsten.afgelasten, een, formulier, een)


def _verouderd(request: HttpRequest, een: Bijeenkomst, formulier: VerplaatsFormulier) -> bool:
    if request.method != "POST" or not formulier.is_valid():
        return False
    tekst = (
        "Een collega wijzigde dit overleg terwijl u bezig was. Wat u invulde, staat er nog. Controleer het."
    )
    return web.verouderd(request, formulier, een.versie, tekst)


def _toon_handeling(
    request: HttpRequest, handeling: Any, deel: Any, formulier: Any, een: Bijeenkomst, over: str = ""
) -> HttpResponse:
    redenen = hulp.in_de_weg(request, handeling, deel) if request.method != "POST" else []
    return web.toon_handeling(
        request, "overleg/handeling.html", handeling, formulier, redenen,
        een=een, wanneer=hulp.wanneer(een), over=over,
    )  # fmt: skip

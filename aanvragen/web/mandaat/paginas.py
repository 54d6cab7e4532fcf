"""Per gemeente and regeling: has the college its mandaat, who may sign, and what is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from aanvragen.models.mandaatregelingen import regelingen_in_mandaat
from aanvragen.web import hulp
from budget.models import RegelingVersie
from gemeenten.models import Gemeente, Ondermandaat, gemeenten_voor
from gemeenten.models.register import Geldigheid, Registerstand, geldigheid, registerstanden
from gemeenten.regels.modelbesluit import Modelbesluit, modelbesluit
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.logboek.schrijven import Onderwerp, weiger_inzage
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, Rol
from ips_subsidie.vormgeving.templatetags.opmaak import datum

PER_PAGINA = 10
_BADGES = {Geldigheid.NU: "goed", Geldigheid.LATER: "let_op", Geldigheid.VOORBIJ: "inactief"}


@dataclass(frozen=True)
class Regel:
    """One ondermandaat on the page."""

    ondermandaat: Ondermandaat
    woord: str
    badge: str


@dataclass(frozen=True)
class Blok:
    """One gemeente under one regeling on the page."""

    stand: Registerstand
    versie: RegelingVersie
    ontbreekt: tuple[str, ...]
    regels: tuple[Regel, ...]
    woord: str
    badge: str


@voor(*GEMEENTEROLLEN)
def overzicht(request: HttpRequest) -> HttpResponse:
    """What the gemeenten that this actor acts for have, a page of them at a time."""
    actor, dag = hulp.actor_van(request), vandaag()
    versies = {versie.regeling.code: versie for versie in regelingen_in_mandaat()}
    na = hulp.vanaf(request)
    lijst = gemeenten_voor(actor).geldig_op(dag).select_related("organisatie").order_by("sorteernaam", "code")
    gemeenten, meer = hulp.bladzijde(lijst, PER_PAGINA, na)
    blokken = [
        _blok(stand, versies[stand.regeling], actor)
        for stand in registerstanden(gemeenten, list(versies), dag)
    ]
    context = {
        "blokken": blokken,
        "ontbreekt_iets": any(blok.ontbreekt for blok in blokken),
        "meer_regelingen": len(versies) > 1,
        **hulp.blader_urls(request, na, PER_PAGINA, meer),
    }
    return render(request, "aanvragen/mandaat/overzicht.html", context)


def _blok(stand: Registerstand, versie: RegelingVersie, actor: Actor) -> Blok:
    ontbreekt = stand.ontbreekt
    if not ontbreekt and actor.rol is Rol.GEMEENTEBESLISSER and not stand.mag_tekenen(actor):
        ontbreekt = [_niet_u(stand, actor)]
    woord, badge = _kop(stand, ontbreekt)
    return Blok(
        stand,
        versie,
        tuple(ontbreekt),
        tuple(_regel(stand, een) for een in stand.ondermandaten),
        woord,
        badge,
    )


def _niet_u(stand: Registerstand, actor: Actor) -> str:
    if actor.organisatie_id != stand.handelt.pk:
        return f"U mag zelf niet tekenen: {stand.handelt} voert IPS uit voor {stand.gemeente}."
    return "U mag zelf niet tekenen: het ondermandaat staat op naam van een collega."


def _kop(stand: Registerstand, ontbreekt: list[str]) -> tuple[str, str]:
    if stand.ontbreekt:
        return "Er kan niet worden besloten", "fout"
    return ("U mag niet tekenen", "let_op") if ontbreekt else ("In orde", "goed")


def _regel(stand: Registerstand, een: Ondermandaat) -> Regel:
    geldt = geldigheid(een.geldig_van, een.geldig_tot, stand.dag)
    if een.organisatie_id != stand.handelt.pk and geldt is Geldigheid.NU:
        return Regel(een, f"Telt niet: {stand.handelt} voert IPS uit", "let_op")
    if geldt is Geldigheid.NU and stand.stand is not Geldigheid.NU:
        return Regel(een, "Telt niet: het college heeft nu geen mandaat", "let_op")
    woorden = {
        Geldigheid.NU: "Geldt",
        Geldigheid.LATER: f"Vanaf {datum(een.geldig_van)}",
        Geldigheid.VOORBIJ: "Voorbij",
    }
    return Regel(een, woorden[geldt], _BADGES[geldt])


@voor(*GEMEENTEROLLEN)
def model(request: HttpRequest, code: str, regeling: str) -> HttpResponse:
    """The model text for one gemeente, to read and to print."""
    gemeente, versie, besluit = _model(request, code, regeling)
    context = {"gemeente": gemeente, "versie": versie, "besluit": besluit}
    return render(request, "aanvragen/mandaat/model.html", context)


@voor(*GEMEENTEROLLEN)
def tekst(request: HttpRequest, code: str, regeling: str) -> HttpResponse:
    """The same text as a file, to work on in the gemeente's own format."""
    gemeente, _, besluit = _model(request, code, regeling)
    # With a BOM: without it Windows reads the text as if it were of another code page.
    antwoord = HttpResponse(
        besluit.als_tekst().replace("\n", "\r\n").encode("utf-8-sig"),
        content_type="text/plain; charset=utf-8",
    )
    naam = f"modelbesluit-mandaat-{gemeente.code}.txt"
    antwoord.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=naam) or ""
    )
    antwoord.headers["X-Content-Type-Options"] = "nosniff"
    return antwoord


def _model(request: HttpRequest, code: str, regeling: str) -> tuple[Gemeente, RegelingVersie, Modelbesluit]:
    """Raises Http404 for a gemeente that this actor doesn't act for, and for a regeling without mandaat."""
    if not re.fullmatch(r"[0-9]{4}", code):
        raise Http404
    dag = vandaag()
    versie = next((een for een in regelingen_in_mandaat() if een.regeling.code == regeling), None)
    gemeente = (
        gemeenten_voor(hulp.actor_van(request))
        .geldig_op(dag)
        .select_related("organisatie")
        .filter(code=code)
        .first()
    )
    if versie is None or gemeente is None:
        if versie is not None and Gemeente.objects.filter(code=code).exists():
            weiger_inzage(request, "mandaat.model", Onderwerp("gemeenten.gemeente", code))
        raise Http404
    [stand] = registerstanden([gemeente], [regeling], dag)
    besluit = modelbesluit(
        gemeente=gemeente.naam,
        regeling=versie.inhoud.naam,
        mandaatgever=versie.inhoud.instantie.mandaat,
        organisatie=stand.handelt.naam if stand.door_een_ander else "",
    )
    return gemeente, versie, besluit

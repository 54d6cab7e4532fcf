"""The dates in one's own calendar: the secret address, and what a calendar program reads there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from icalendar import Calendar, Event, vUri

from ips_subsidie.handelingen import web
from ips_subsidie.handelingen.web import actor_van
from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.toegang import limieten
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.poort import openbaar, voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, UWV_ROLLEN
from ips_subsidie.vormgeving.formulieren import EnkelKnop
from overleg.handelingen import agendalinks
from overleg.models import Agendalink, AgendalinkStatus, AgendapuntStatus, Bijeenkomst, BijeenkomstStatus
from overleg.web.formulieren import GevaarKnop

_ROLLEN = (*GEMEENTEROLLEN, *INSTELLINGSROLLEN, *UWV_ROLLEN)
# What was, stays in a calendar for a while; two years ahead is as long as a series can be.
_TERUG = timedelta(days=60)
_MEESTE = 1000


@voor(*_ROLLEN)
def agendalink(request: HttpRequest) -> HttpResponse:
    """Whether there is a link, and the buttons to make, renew and end it."""
    return _toon(request)


@voor(*_ROLLEN)
def maken(request: HttpRequest) -> HttpResponse:
    """The one answer that shows the secret; it is not kept, and a page that is asked again doesn't have it."""
    formulier = EnkelKnop(web.gestuurd(request), knop="Link maken")
    link = web.gelukt(request, agendalinks.maken, None, formulier)
    _meld_fouten(request, formulier)
    return _toon(request, link)


@voor(*_ROLLEN)
def intrekken(request: HttpRequest, nummer: UUID) -> HttpResponse:
    link = get_object_or_404(Agendalink.objects.zichtbaar_voor(actor_van(request)), pk=nummer)
    formulier = GevaarKnop(web.gestuurd(request), knop="Link intrekken")
    if web.gelukt(request, agendalinks.intrekken, link, formulier):
        messages.success(request, "De link is ingetrokken. Niemand kan er nog iets mee lezen.")
        return redirect("overleg:agendalink")
    _meld_fouten(request, formulier)
    return _toon(request)


def _meld_fouten(request: HttpRequest, formulier: EnkelKnop) -> None:
    for fout in formulier.non_field_errors() if formulier.is_bound else ():
        messages.error(request, str(fout))


def _toon(request: HttpRequest, nieuw: Agendalink | None = None) -> HttpResponse:
    geldig = (
        Agendalink.objects.zichtbaar_voor(actor_van(request)).filter(status=AgendalinkStatus.GELDIG).first()
    )
    maak = EnkelKnop(
        knop="Link vernieuwen" if geldig else "Link maken", actie=reverse("overleg:agendalink_maken")
    )
    trek_in = None
    if geldig is not None:
        trek_in = GevaarKnop(
            knop="Link intrekken", actie=reverse("overleg:agendalink_intrekken", args=[geldig.pk])
        )
    context = {
        "geldig": geldig,
        **_adressen(request, nieuw),
        "net_gemaakt": nieuw is not None,
        "maak": maak,
        "trek_in": trek_in,
    }
    return render(request, "overleg/agendalink.html", context)


def _adressen(request: HttpRequest, link: Agendalink | None) -> dict[str, str]:
    """The address of the dates, and that of all that is due; UWV takes part in no overleg and has the second only."""
    if link is None or not link.geheim:
        return {"adres": "", "termijnadres": ""}
    site, _ = adres_van_site()
    adres = "" if actor_van(request).is_uwv else site + reverse("overleg:feed", args=[link.geheim])
    return {"adres": adres, "termijnadres": site + reverse("overleg:termijnfeed", args=[link.geheim])}


@openbaar
def feed(request: HttpRequest, sleutel: str) -> HttpResponse:
    """The dates of the overleg, for who has the secret; no session, no names, no kenmerken."""
    return lever(request, sleutel, _kalender, "overleg.ics")


def lever(
    request: HttpRequest, sleutel: str, maak: Callable[[Actor], bytes], bestandsnaam: str
) -> HttpResponse:
    """A calendar (RFC 5545) as `maak` makes it for the owner of this secret.

    A link that was taken back, or whose owner no longer works there, is gone (410); any other isn't there (404).
    """
    if request.method not in ("GET", "HEAD"):
        return _zonder_log(HttpResponseNotAllowed(["GET", "HEAD"]))
    if not limieten.mag_nog(request, "agendalink"):
        return _zonder_log(_kaal("Te veel verkeerde links. Wacht een paar minuten.", 429))
    link = (
        Agendalink.objects.select_related("lidmaatschap__organisatie", "lidmaatschap__gebruiker")
        .filter(hash=Agendalink.hash_van(sleutel))
        .first()
    )
    if link is None:
        limieten.mag(request, "agendalink")
        return _zonder_log(_kaal("Deze link bestaat niet.", 404))
    if link.status != AgendalinkStatus.GELDIG or not _werkt_er_nog(link.lidmaatschap):
        return _zonder_log(_kaal("Deze link is ingetrokken.", 410))
    inhoud = maak(Actor.van(link.lidmaatschap))
    etag = quote_etag(hashlib.sha256(inhoud).hexdigest())
    antwoord = get_conditional_response(request, etag=etag) or HttpResponse(
        inhoud, content_type="text/calendar; charset=utf-8"
    )
    antwoord.headers["ETag"] = etag
    # Kept by the calendar itself at most, and asked for again each time: an ended link must end at once.
    antwoord.headers["Cache-Control"] = "private, no-cache"
    antwoord.headers["Referrer-Policy"] = "no-referrer"
    antwoord.headers["X-Robots-Tag"] = "noindex"
    if antwoord.status_code == 200:
        antwoord.headers["Content-Disposition"] = f'inline; filename="{bestandsnaam}"'
    return antwoord


def _kaal(tekst: str, status: int) -> HttpResponse:
    return HttpResponse(tekst, status=status, content_type="text/plain; charset=utf-8")


def _zonder_log(antwoord: HttpResponse) -> HttpResponse:
    """Django writes the path of each refused request to the log; this path holds a secret, so it must not."""
    antwoord._has_been_logged = True  # type: ignore[attr-defined]
    return antwoord


def _werkt_er_nog(lid: Lidmaatschap) -> bool:
    dag = vandaag()
    in_dienst = lid.geldig_van <= dag and (lid.geldig_tot is None or dag < lid.geldig_tot)
    return in_dienst and lid.gebruiker.is_active


def lege_kalender(naam: str) -> Calendar:
    """A calendar under this name, without appointments."""
    kalender = Calendar()
    kalender.add("prodid", f"-//IPS-subsidieportaal//{naam}//NL")
    kalender.add("version", "2.0")
    kalender.add("method", "PUBLISH")
    kalender.add("x-wr-calname", naam)
    kalender.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    return kalender


def adres_van_site() -> tuple[str, str]:
    """The address of this portal, and its host for the uid of an appointment."""
    site = settings.SITE_ADRES.rstrip("/")
    return site, site.partition("://")[2].partition(":")[0]


def _kalender(actor: Actor) -> bytes:
    kalender = lege_kalender("IPS-overleg")
    lijst = (
        Bijeenkomst.objects.zichtbaar_voor(actor)
        .komend(nu() - _TERUG)
        .select_related("reeks__organisatie")
        .annotate(aantal=Count("agendapunten", filter=Q(agendapunten__status=AgendapuntStatus.OPEN)))
    )
    for bijeenkomst in lijst[:_MEESTE]:
        kalender.add_component(_afspraak(bijeenkomst))
    inhoud: bytes = kalender.to_ical()
    return inhoud


def _afspraak(een: Bijeenkomst) -> Event:
    """Instants in UTC: right in every calendar, in winter and in summer, without a table of time zones."""
    site, host = adres_van_site()
    afgelast = een.status == BijeenkomstStatus.AFGELAST
    naam = f"{een.reeks.get_soort_display()} {een.reeks.organisatie.naam}"
    afspraak = Event()
    afspraak.add("uid", f"{een.pk}@{host}")
    afspraak.add("dtstamp", een.gewijzigd_op)
    afspraak.add("dtstart", een.begint_op)
    afspraak.add("dtend", een.eindigt_op)
    afspraak.add("summary", f"Gaat niet door: {naam}" if afgelast else naam)
    afspraak.add("location", een.plaats or een.link)
    afspraak.add("description", f"Aantal agendapunten: {een.aantal}")  # type: ignore[attr-defined]
    afspraak.add("url", vUri(site + reverse("overleg:bijeenkomst", args=[een.pk])))
    afspraak.add("status", "CANCELLED" if afgelast else "CONFIRMED")
    afspraak.add("sequence", een.versie - 1)
    return afspraak

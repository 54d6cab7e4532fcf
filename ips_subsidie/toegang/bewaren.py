"""What somebody sent just after the session ended isn't lost: it waits, encrypted, for the same person to log in.

Only for a session that ran out, or that its owner ended: one that was ended because it might be in other hands keeps
nothing. It is never carried out by itself: the person sees what it was, and sends it again (`web.sessies.verder`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ips_subsidie.toegang import sessies
from ips_subsidie.toegang.inlogmodellen import Einde, Sessie
from ips_subsidie.toegang.models import Gebruiker

# More than a form of ours ever is; characters of JSON.
_GROOTST = 200_000
_NOOIT = ("csrfmiddlewaretoken", "code")
_GEHEIM = ("password", "wachtwoord")
_STIL = (
    "U bent uitgelogd, want u deed {minuten} minuten niets. Zo ziet niemand anders wat er op uw scherm staat."
)
_LANG = "U bent uitgelogd, want u was {uren} uur ingelogd. Langer kan niet."


@dataclass(frozen=True)
class Bewaard:
    """A form that came too late: where it was sent to, and its fields in their order."""

    pad: str
    velden: list[tuple[str, str]]


def na_het_einde(request: HttpRequest) -> HttpResponse | None:
    """Say why one is logged out; for what was sent, keep it and answer how to go on. None: the gate goes on."""
    sessie = sessies.dode_van(request)
    if sessie is None or (sessie.einde == Einde.UITGELOGD and request.method != "POST"):
        return None
    if request.method == "POST" and sessie.einde in ("", Einde.UITGELOGD):
        bewaard = _bewaar(sessie, request)
        context = {
            "reden": reden(sessie),
            "bewaard": bewaard,
            "met_bestanden": bool(request.FILES),
            "uur": int(sessies.BEWAARTIJD / timedelta(hours=1)),
        }
        return render(request, "toegang/sessie_voorbij.html", context, status=HTTPStatus.FORBIDDEN)
    messages.info(request, reden(sessie))
    return None


def reden(sessie: Sessie) -> str:
    """Why this session ended, in a sentence for its owner."""
    if sessie.einde:
        return f"{Einde(sessie.einde).label}. Daarom moet u opnieuw inloggen."
    if sessie.verloopt_op >= sessie.begonnen_op + timedelta(seconds=settings.SESSIE_HOOGSTENS):
        return _LANG.format(uren=settings.SESSIE_HOOGSTENS // 3600)
    return _STIL.format(minuten=settings.SESSIE_STIL // 60)


def lees(gebruiker: Gebruiker) -> tuple[Sessie, Bewaard] | None:
    """What waits for this person, the newest first; None when nothing does, or after an hour."""
    sessie: Sessie | None = (
        Sessie.objects.filter(gebruiker=gebruiker, bewaard_op__gt=timezone.now() - sessies.BEWAARTIJD)
        .order_by("-bewaard_op")
        .first()
    )
    if sessie is None or sessie.bewaard is None:
        return None
    inhoud = json.loads(sessie.bewaard)
    return sessie, Bewaard(inhoud["pad"], [(naam, waarde) for naam, waarde in inhoud["velden"]])


def gooi_weg(gebruiker: Gebruiker) -> None:
    Sessie.objects.filter(gebruiker=gebruiker, bewaard_op__isnull=False).update(bewaard=None, bewaard_op=None)


def _bewaar(sessie: Sessie, request: HttpRequest) -> bool:
    velden = [
        (naam, waarde)
        for naam, waarden in request.POST.lists()
        if naam not in _NOOIT and not any(deel in naam.lower() for deel in _GEHEIM)
        for waarde in waarden
    ]
    inhoud = json.dumps({"pad": request.get_full_path(), "velden": velden})
    if not velden or len(inhoud) > _GROOTST:
        return False
    sessie.bewaard, sessie.bewaard_op = inhoud, timezone.now()
    sessie.save(update_fields=["bewaard", "bewaard_op"])
    return True

"""The own sessions: what a page asks about its own, the list of them, and going on after one has ended."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import auth, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render

from ips_subsidie.logboek.schrijven import Onderwerp, schrijf_gebeurtenis
from ips_subsidie.toegang import bewaren, sessies
from ips_subsidie.toegang.inlogmodellen import Einde
from ips_subsidie.toegang.kopregels import wis_browser
from ips_subsidie.toegang.models import Gebruiker
from ips_subsidie.toegang.poort import ingelogd, openbaar
from ips_subsidie.toegang.web.fouten import niet_zo

PER_PAGINA = 25
OVERAL = "overal"


@openbaar
def sessie(request: HttpRequest) -> HttpResponse:
    """For the script of a page: how long its session still lasts (GET), and one click to stay (POST).

    Asking keeps nothing alive. The token is for the form on a page that was already open when its owner logged in
    again; only the same origin can read it.
    """
    if request.method not in ("GET", "HEAD", "POST"):
        return niet_zo(request, ["GET", "HEAD", "POST"])
    if not request.user.is_authenticated:
        status = HTTPStatus.FORBIDDEN if request.method == "POST" else HTTPStatus.OK
        return JsonResponse({"ingelogd": False}, status=status)
    if request.method == "POST":
        sessies.houd_wakker(request, meteen=True)
    stand = sessies.stand_van(request)
    assert stand is not None
    return JsonResponse(
        {
            "ingelogd": True,
            "seconden": stand.seconden,
            "verlengbaar": stand.verlengbaar,
            "wie": stand.wie,
            "rol": stand.rol,
            "csrf": get_token(request),
        }
    )


@ingelogd
def overzicht(request: HttpRequest) -> HttpResponse:
    """Where one is logged in, with a button to end each of these, or all."""
    gebruiker = _gebruiker(request)
    if request.method == "POST":
        antwoord = _beeindig(request, gebruiker, request.POST.get("sessie", ""))
        if antwoord is not None:
            return antwoord
    pagina = Paginator(sessies.levende(gebruiker.pk), PER_PAGINA).get_page(request.GET.get("pagina"))
    for rij in pagina:
        rij.hier = rij.sleutel == sessies.eigen(request)
        rij.begonnen, rij.gezien = sessies.op_de_klok(rij.begonnen_op), sessies.op_de_klok(rij.gezien_op)
    return render(request, "toegang/sessies.html", {"pagina": pagina})


def _beeindig(request: HttpRequest, gebruiker: Gebruiker, welke: str) -> HttpResponse | None:
    """End one session of this person, or all; None when it says neither."""
    if welke == OVERAL:
        _schrijf(gebruiker, sessies.beeindig(gebruiker.pk, Einde.INGETROKKEN))
        auth.logout(request)
        messages.success(request, "U bent overal uitgelogd.")
        return wis_browser(redirect("account_login"))
    try:
        nummer = UUID(welke)
    except ValueError:
        return None
    # The own one ends by the button for logging out, which also tells the browser to forget.
    aantal = sessies.beeindig(gebruiker.pk, Einde.INGETROKKEN, nummer=nummer, behalve=sessies.eigen(request))
    if aantal:
        _schrijf(gebruiker, aantal)
        messages.success(request, "Gelukt. Dat apparaat is uitgelogd.")
    else:
        messages.info(request, "Deze sessie was al afgelopen.")
    return redirect("sessies")


def _schrijf(gebruiker: Gebruiker, aantal: int) -> None:
    schrijf_gebeurtenis(
        "sessie.intrekken",
        gebruiker=gebruiker,
        onderwerp=Onderwerp("toegang.gebruiker", str(gebruiker.pk)),
        gegevens={"aantal": aantal},
    )


@ingelogd
def terug(request: HttpRequest) -> HttpResponse:
    """Where one arrives after logging in for a page that is still open elsewhere: that page goes on by itself."""
    if request.actor is None and request.lidmaatschappen:  # type: ignore[attr-defined]
        return redirect("rol_kiezen")
    return render(request, "toegang/sessie_terug.html")


@ingelogd
def verder(request: HttpRequest) -> HttpResponse:
    """What was sent just after the end of a session: seen by its sender, and sent again or thrown away."""
    gebruiker = _gebruiker(request)
    if request.method == "POST":
        bewaren.gooi_weg(gebruiker)
        messages.success(request, "Wat u had ingevuld, is weggegooid.")
        return redirect("start")
    gevonden = bewaren.lees(gebruiker)
    if gevonden is None:
        return redirect("start")
    return render(request, "toegang/sessie_verder.html", {"bewaard": gevonden[1]})


def _gebruiker(request: HttpRequest) -> Gebruiker:
    assert isinstance(request.user, Gebruiker)
    return request.user

"""Logging in through the service of one's organisatie: there, and back again.

A form must not end in a redirect to another site (the CSP of the page forbids it), so the way there is a page with a
link that goes on by itself. What comes back is a GET, and a GET writes nothing: it shows a form that sends itself on.
"""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.schrijven import Onderwerp, schrijf_gebeurtenis
from ips_subsidie.toegang.models import Gebruiker
from ips_subsidie.toegang.oidc import client, koppelen, sessie
from ips_subsidie.toegang.oidc.client import Beweerd
from ips_subsidie.toegang.oidc.models import Inlogdienst
from ips_subsidie.toegang.oidc.uitgaand import binnen
from ips_subsidie.toegang.oidc.weigering import InlogGeweigerd, Reden
from ips_subsidie.toegang.poort import ingelogd, openbaar
from ips_subsidie.toegang.web.formulieren import InlogdienstFormulier
from ips_subsidie.toegang.web.fouten import te_vaak

# What is waited for the service in one request, in seconds; the page says so before anybody gives up.
GEDULD, GEDULD_BIJ_UITLOGGEN = 8.0, 3.0
TERUG_VELDEN = ("code", "state", "iss", "error")
LANGSTE_WAARDE = 4096
_STATUS = {
    # Not our own fault (5xx), and that would undo the line in the logboek as well.
    Reden.ONBEREIKBAAR: HTTPStatus.FAILED_DEPENDENCY,
    Reden.AFGEBROKEN: HTTPStatus.FORBIDDEN,
    Reden.VERLOPEN: HTTPStatus.BAD_REQUEST,
}


@openbaar
def kiezen(request: HttpRequest) -> HttpResponse:
    """Choose the organisatie at which to log in. The list says which have a service, not who has an account."""
    if request.user.is_authenticated:
        return redirect("start")
    diensten = list(Inlogdienst.objects.actief())
    vervolg = _vervolg(request, request.POST.get("next") or request.GET.get("next") or "")
    gestuurd = request.POST if request.method == "POST" else None
    form = InlogdienstFormulier(gestuurd, diensten=diensten, initial={"next": vervolg})
    if request.method == "POST" and form.is_valid():
        gekozen = next(een for een in diensten if str(een.pk) == form.cleaned_data["dienst"])
        return _naar_dienst(request, gekozen, vervolg, bevestigt=False)
    return render(request, "toegang/oidc/kiezen.html", {"form": form, "diensten": diensten})


@ingelogd
def bevestigen(request: HttpRequest) -> HttpResponse:
    """Prove anew who you are, at the service through which this session was begun."""
    nummer = sessie.inlogdienst_van(request)
    dienst = Inlogdienst.objects.actief().filter(pk=nummer).first() if nummer else None
    if dienst is None:
        return redirect("start")
    vervolg = _vervolg(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "POST":
        return _naar_dienst(request, dienst, vervolg, bevestigt=True)
    return render(request, "toegang/oidc/bevestigen.html", {"dienst": dienst, "vervolg": vervolg})


@openbaar
def terug(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """Where the service sends the browser back to: a GET that shows a form, a POST that logs in."""
    dienst = get_object_or_404(Inlogdienst.objects.actief().select_related("organisatie"), pk=nummer)
    if request.method != "POST":
        velden = {naam: request.GET.get(naam, "")[:LANGSTE_WAARDE] for naam in TERUG_VELDEN}
        return render(request, "toegang/oidc/terug.html", {"velden": velden, "dienst": dienst})
    if not _mag_proberen(request):
        return te_vaak(request)
    try:
        with binnen(GEDULD):
            beweerd = client.voltooi(request, dienst)
        gebruiker = koppelen.gebruiker_van(beweerd, dienst, nu())
        return _kom_binnen(request, gebruiker, dienst, beweerd)
    except InlogGeweigerd as fout:
        return _geweigerd(request, dienst, fout)


def uitgelogd(request: HttpRequest, dienst_nummer: UUID) -> HttpResponse | None:
    """The page after logging out here that goes on to log out there; None when the service has no such page."""
    dienst = Inlogdienst.objects.actief().filter(pk=dienst_nummer, uitloggen_bij_dienst=True).first()
    if dienst is None:
        return None
    with binnen(GEDULD_BIJ_UITLOGGEN):
        adres = client.uitlogadres(dienst)
    return (
        render(request, "toegang/oidc/uitgelogd.html", {"adres": adres, "dienst": dienst}) if adres else None
    )


def _naar_dienst(request: HttpRequest, dienst: Inlogdienst, vervolg: str, *, bevestigt: bool) -> HttpResponse:
    if not _mag_proberen(request):
        return te_vaak(request)
    try:
        with binnen(GEDULD):
            adres = client.begin(request, dienst, vervolg=vervolg, bevestigt=bevestigt)
    except InlogGeweigerd as fout:
        return _geweigerd(request, dienst, fout)
    return render(request, "toegang/oidc/naar_dienst.html", {"adres": adres, "dienst": dienst})


def _kom_binnen(
    request: HttpRequest, gebruiker: Gebruiker, dienst: Inlogdienst, beweerd: Beweerd
) -> HttpResponse:
    if beweerd.bevestigt:
        if not request.user.is_authenticated or request.user.pk != gebruiker.pk:
            raise InlogGeweigerd(Reden.GEEN_ACCOUNT, "andere_persoon")
        sessie.bevestig(request, gebruiker, dienst, beweerd)
    else:
        sessie.log_in(request, gebruiker, dienst, beweerd)
    schrijf_gebeurtenis(
        "inloggen.bevestigd_via_organisatie" if beweerd.bevestigt else "inloggen.via_organisatie",
        gebruiker=gebruiker,
        organisatie=dienst.organisatie,
        onderwerp=_onderwerp(dienst),
        gegevens={"acr": beweerd.acr[:80] if beweerd.acr in dienst.acr_waarden else ""},
    )
    return redirect(_vervolg(request, beweerd.vervolg) or reverse("start"))


def _geweigerd(request: HttpRequest, dienst: Inlogdienst, fout: InlogGeweigerd) -> HttpResponse:
    """A page that says what to do, and a line with the cause; one page for every cause that lies with an account."""
    schrijf_gebeurtenis(
        "inloggen.via_organisatie",
        organisatie=dienst.organisatie,
        onderwerp=_onderwerp(dienst),
        gegevens={"reden": fout.reden.value, "detail": fout.detail},
        geweigerd=True,
    )
    context = {"dienst": dienst, "reden": fout.reden.value}
    status = _STATUS.get(fout.reden, HTTPStatus.FORBIDDEN)
    return render(request, "toegang/oidc/geweigerd.html", context, status=status)


def _onderwerp(dienst: Inlogdienst) -> Onderwerp:
    return Onderwerp("toegang.inlogdienst", str(dienst.pk))


def _mag_proberen(request: HttpRequest) -> bool:
    return bool(ratelimit.consume(request, action="inlogdienst"))


def _vervolg(request: HttpRequest, adres: str) -> str:
    """The address when it is one of the portal, else nothing."""
    eigen = url_has_allowed_host_and_scheme(
        adres, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return adres if eigen else ""

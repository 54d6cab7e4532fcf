"""Changing a limit: which, to what, published when and where, and why; with every change there was."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from budget.handelingen.plafond import wijzigen
from budget.models import Pot, Regeling
from budget.regels.regeling import Regelinginhoud
from budget.web.formulieren import PlafondFormulier
from budget.web.grenzen import eerste_versie, grenzen_van, met_wat_er_veranderde
from budget.web.kiezen import gekozen
from ips_subsidie.handelingen import web
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import UWV_ROLLEN, Rol

PER_PAGINA = 10
_VEROUDERD = (
    "Een collega heeft de regeling gewijzigd terwijl u bezig was. De grenzen van nu staan hieronder. Wat u invulde, "
    "staat er nog. Controleer het en verstuur het opnieuw."
)


@voor(Rol.UWV_FINANCIEN)
def plafond_wijzigen(request: HttpRequest) -> HttpResponse:
    regeling, inhoud = gekozen(request, list(Regeling.objects.all()))
    laatste = regeling.versies.defer("tekst").latest("nummer")
    potten = list(Pot.objects.filter(regeling=regeling).select_related("gemeente"))
    formulier = PlafondFormulier(
        web.gestuurd(request),
        grenzen=grenzen_van(potten, inhoud),
        versie=laatste.nummer,
        actie=_adres("plafond_wijzigen", regeling),
    )
    if _kan(request, formulier, laatste.nummer) and web.gelukt(
        request, wijzigen, None, formulier, regeling=regeling
    ):
        messages.success(request, "De grens is gewijzigd.")
        return redirect(_adres("overzicht", regeling))
    return web.toon_handeling(
        request,
        "budget/plafond_wijzigen.html",
        wijzigen,
        formulier,
        [],
        regeling=regeling,
        inhoud=inhoud,
        per_tijdvak=bool(inhoud.potten.tijdvak),
        **_geschiedenis(request, regeling, inhoud),
    )


def _kan(request: HttpRequest, formulier: PlafondFormulier, versie: int) -> bool:
    """A good form, made from how things stand now; or one that was carried out before."""
    if request.method != "POST" or not formulier.is_valid():
        return False
    if web.verouderd(request, formulier, versie, _VEROUDERD):
        return False
    return web.is_herhaling(request, formulier) or formulier.toets()


@voor(*UWV_ROLLEN, Rol.MINISTERIE)
def wijzigingen(request: HttpRequest) -> HttpResponse:
    """Every change of the limits, for who may not make one as well."""
    regeling, inhoud = gekozen(request, list(Regeling.objects.all()))
    context = {"regeling": regeling, "inhoud": inhoud, **_geschiedenis(request, regeling, inhoud)}
    return render(request, "budget/wijzigingen.html", context)


def _geschiedenis(request: HttpRequest, regeling: Regeling, inhoud: Regelinginhoud) -> dict[str, Any]:
    """A page of the versions, newest first, each against the one before it."""
    na = web.vanaf(request)
    versies = regeling.versies.defer("tekst").select_related("vastgelegd_door").order_by("-nummer")
    gelezen = list(versies[na : na + PER_PAGINA + 1])
    meer = len(gelezen) > PER_PAGINA
    lijst = met_wat_er_veranderde(gelezen, inhoud)
    if gelezen and not meer:
        lijst.append(eerste_versie(gelezen[-1], inhoud))
    return {"wijzigingen": lijst, **web.blader_urls(request, na, PER_PAGINA, meer)}


def _adres(naam: str, regeling: Regeling) -> str:
    return f"{reverse(f'budget:{naam}')}?{urlencode({'regeling': regeling.code})}"

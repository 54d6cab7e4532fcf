"""The handtekening of the deelnemer: choosing how, and the page that he reads and signs on a telephone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from aanvragen.handelingen.handtekening import DOCUMENT, geldige_handtekening, leesteken_van, tekst_voor
from aanvragen.handelingen.ondertekenen import ondertekenen
from aanvragen.models import Aanvraag
from aanvragen.models.handtekening import Wijze
from aanvragen.web.hulp import actor_van, gestuurd, haal_dossier, voer_uit
from aanvragen.web.instelling.formulieren.handelingen import (
    HandtekeningbestandFormulier,
    HandtekeningFormulier,
)
from aanvragen.web.instelling.handelpagina import weg_als_het_niet_kan
from aanvragen.web.instelling.invullen import feiten, kan_invullen
from aanvragen.web.instelling.onderdelen import met_adres
from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN


@voor(*INSTELLINGSROLLEN)
def aanvraag_ondertekenen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """For the behandelaar: on screen, or the signed paper as a file."""
    aanvraag = haal_dossier(request, nummer, waarvoor="aanvraag.ondertekenen")
    weg = weg_als_het_niet_kan(request, ondertekenen, aanvraag, aanvraag)
    if weg is not None:
        return weg
    op_papier = DOCUMENT in {d.code for d in aanvraag.inhoud.documenten}
    formulier = HandtekeningbestandFormulier()
    if request.method == "POST":
        formulier = HandtekeningbestandFormulier(request.POST, request.FILES)
        if formulier.is_valid():
            bestand = formulier.cleaned_data["bestand"]
            voer_uit(request, ondertekenen, aanvraag, formulier, wijze=Wijze.BESTAND.value, upload=bestand)
        if not formulier.errors:
            messages.success(request, "De handtekening is toegevoegd.")
            return redirect("aanvragen:invullen", aanvraag.pk)
    redenen = [] if formulier.errors else ondertekenen.redenen(aanvraag, actor_van(request), nu())
    context = {
        "aanvraag": aanvraag,
        "formulier": formulier,
        "op_papier": op_papier,
        "tekst": "" if redenen else _tekst(aanvraag),
        "gezet": geldige_handtekening(aanvraag),
        "belet": met_adres(aanvraag, redenen, kan_invullen=kan_invullen(request, aanvraag)),
        "feiten": feiten(aanvraag),
        "terug_url": reverse("aanvragen:invullen", args=[aanvraag.pk]),
    }
    return render(request, "aanvragen/instelling/ondertekenen.html", context)


@voor(*INSTELLINGSROLLEN)
def ondertekenen_scherm(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """For the deelnemer, on the telephone of the behandelaar: only what he needs to read, and nothing to wander to."""
    aanvraag = haal_dossier(request, nummer, waarvoor="aanvraag.ondertekenen")
    weg = weg_als_het_niet_kan(request, ondertekenen, aanvraag, aanvraag)
    if weg is not None:
        return weg
    gezet = geldige_handtekening(aanvraag)
    redenen = ondertekenen.redenen(aanvraag, actor_van(request), nu())
    if redenen and gezet is None and request.method != "POST":
        return redirect("aanvragen:aanvraag_ondertekenen", aanvraag.pk)
    tekst = _tekst(aanvraag)
    formulier = HandtekeningFormulier(gestuurd(request), initial={"gelezen": leesteken_van(tekst)})
    if request.method == "POST" and formulier.is_valid():
        velden = {naam: formulier.cleaned_data[naam] for naam in ("naam", "akkoord", "gelezen")}
        voer_uit(request, ondertekenen, aanvraag, formulier, wijze=Wijze.SCHERM.value, **velden)
        if not formulier.errors:
            return redirect("aanvragen:ondertekenen_scherm", aanvraag.pk)
        if formulier.has_error("__all__", "verouderd"):
            formulier.opnieuw_lezen(leesteken_van(tekst))
    context = {"aanvraag": aanvraag, "formulier": formulier, "tekst": tekst, "gezet": gezet}
    return render(request, "aanvragen/instelling/ondertekenen_scherm.html", context)


def _tekst(aanvraag: Aanvraag) -> str:
    """Empty while there is nothing yet to sign."""
    klaar = hasattr(aanvraag, "deelnemer") and aanvraag.route and aanvraag.doelgroep
    return tekst_voor(aanvraag, vandaag()) if klaar else ""

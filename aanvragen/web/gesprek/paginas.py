"""The pages of the conversation: reading it, writing, answering, and fetching what was sent along."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from aanvragen.handelingen import gesprek as h
from aanvragen.models import Aanvraag, Gespreksbericht
from aanvragen.models.gesprek import kanten_van
from aanvragen.regels.gesprek import lezers_van_antwoord
from aanvragen.web.gesprek import blok, lezen
from aanvragen.web.gesprek.formulieren import AntwoordFormulier, BerichtFormulier, GelezenFormulier
from aanvragen.web.gesprek.namen import kring_in_woorden, namen_van
from aanvragen.web.hulp import actor_van, gestuurd, haal_dossier, voer_uit
from ips_subsidie.handelingen import web
from ips_subsidie.logboek.schrijven import weiger_inzage
from ips_subsidie.opslag.download import als_download
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rijrechten import waarde_van
from ips_subsidie.toegang.web.fouten import niet_zo


@voor(*h.DEELNEMERS)
def gesprek(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """The messages that this actor may read, newest first, with the questions that are still open on top."""
    actor = actor_van(request)
    aanvraag = haal_dossier(request, nummer, waarvoor="gesprek.lezen", erbij=blok.telling(actor))
    namen = namen_van(aanvraag)
    bladzijde = lezen.bladzijde(aanvraag, actor, request.GET)
    stand = blok.stand_van(aanvraag)
    context = _kader(aanvraag) | {
        "stand": stand,
        "regels": [lezen.regel(bericht, namen, actor) for bericht in bladzijde.berichten],
        "open_vragen": lezen.open_vragen(aanvraag, actor, namen)
        if stand.aan_ons or stand.aan_een_ander
        else [],
        "bladzijde": bladzijde,
        "deelnemers": list(namen.voluit.values()),
        "gelezen": None,
    }
    if stand.ongelezen and bladzijde.is_nieuwste and bladzijde.berichten:
        context["gelezen"] = GelezenFormulier(initial={"tot": bladzijde.berichten[0].pk})
    return render(request, "aanvragen/gesprek/gesprek.html", context)


@voor(*h.DEELNEMERS)
def schrijven(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """Choose who reads it, and write."""
    actor = actor_van(request)
    aanvraag = haal_dossier(request, nummer, waarvoor="gesprek.schrijven")
    namen = namen_van(aanvraag)
    formulier = BerichtFormulier(
        gestuurd(request), request.FILES or None, aanvraag=aanvraag, actor=actor, namen=namen
    )
    bericht = web.gelukt(request, h.schrijven, None, formulier, aanvraag=aanvraag)
    if bericht is not None:
        kring = formulier.kringen[formulier.cleaned_data["lezers"]]
        messages.success(
            request, f"Uw bericht is verstuurd. {kring_in_woorden(kring, namen, aanvraag, actor)}"
        )
        return redirect("aanvragen:gesprek", aanvraag.pk)
    context = _kader(aanvraag) | {"alleen": len(namen.kort) == 1}
    return web.toon_handeling(
        request, "aanvragen/gesprek/schrijven.html", h.schrijven, formulier, [], **context
    )


@voor(*h.DEELNEMERS)
def antwoorden(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """The question, who reads the answer, and the answer."""
    actor = actor_van(request)
    vraag = _haal_bericht(request, nummer, "gesprek.antwoorden")
    aanvraag = vraag.aanvraag
    namen = namen_van(aanvraag)
    formulier = AntwoordFormulier(gestuurd(request), request.FILES or None)
    if web.gelukt(request, h.antwoorden, None, formulier, vraag=vraag) is not None:
        messages.success(request, "Uw antwoord is verstuurd. De vraag staat niet meer open.")
        return redirect("aanvragen:gesprek", aanvraag.pk)
    kring = lezers_van_antwoord(vraag.zichtbaar_voor, kanten_van(aanvraag))
    context = _kader(aanvraag) | {
        "vraag": lezen.regel(vraag, namen, actor),
        "leest": kring_in_woorden(kring, namen, aanvraag, actor),
    }
    return web.toon_handeling(
        request, "aanvragen/gesprek/antwoorden.html", h.antwoorden, formulier, [], **context
    )


@voor(*h.DEELNEMERS)
def gelezen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """Say that it was read; only as a POST, from the button in the conversation."""
    if request.method != "POST":
        return niet_zo(request, ["POST"])
    aanvraag = haal_dossier(request, nummer, waarvoor="gesprek.lezen")
    formulier = GelezenFormulier(request.POST)
    if formulier.is_valid():
        voer_uit(request, h.gelezen, None, formulier, aanvraag=aanvraag, tot=formulier.cleaned_data["tot"])
    if formulier.errors:
        messages.error(request, "Dat lukte niet. Bekijk het gesprek opnieuw.")
    else:
        messages.success(request, "U hebt het gesprek als gelezen gemarkeerd.")
    return redirect("aanvragen:gesprek", aanvraag.pk)


@voor(*h.DEELNEMERS)
def bestand(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """A bijlage, for who may read the message that it came with."""
    bericht = _haal_bericht(request, nummer, "gesprek.bestand_downloaden")
    if bericht.bestand is None:
        raise Http404
    return als_download(bericht.bestand)


def _haal_bericht(request: HttpRequest, nummer: UUID, waarvoor: str) -> Gespreksbericht:
    """A message that the actor may read. Raises Http404 for every other, of this dossier or of another."""
    dossier = waarde_van(Gespreksbericht.objects.filter(pk=nummer), "aanvraag_id")
    if dossier is None:
        raise Http404
    aanvraag = haal_dossier(request, dossier, waarvoor=waarvoor)
    bericht = lezen.met_alles(aanvraag, actor_van(request)).filter(pk=nummer).first()
    if bericht is None:
        weiger_inzage(request, waarvoor, aanvraag.onderwerp())
        raise Http404
    bericht.aanvraag = aanvraag
    return bericht


def _kader(aanvraag: Aanvraag) -> dict[str, Any]:
    return {
        "aanvraag": aanvraag,
        "gesprek_url": reverse("aanvragen:gesprek", args=[aanvraag.pk]),
        "dossier_url": reverse("aanvragen:dossier", args=[aanvraag.pk]),
    }

"""One traject for who guides it, made for a phone: what happened, and what can be told; and its verslag."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from aanvragen.handelingen import verslag as h
from aanvragen.web.afronden.blok import delen_van
from aanvragen.web.afronden.formulieren import VerslagFormulier
from aanvragen.web.afronden.hulp import lijst_van, trajectrijen
from aanvragen.web.hulp import acties, actor_van, gestuurd, haal_traject, mogelijkheden
from aanvragen.web.instelling.handelpagina import Handelpagina, toon_of_doe
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN

HOOGSTENS = 50


@voor(*INSTELLINGSROLLEN)
def traject(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """What happened in this traject, newest first, with the buttons to tell more."""
    deel = haal_traject(request, nummer)
    mogelijk, adressen = [], {}
    for een in (deel, *delen_van(deel)):
        for kan in mogelijkheden(request, een):
            mogelijk.append(kan)
            adressen[kan.handeling.code] = reverse(f"aanvragen:{kan.handeling.naam}", args=[een.pk])
    context = {
        "traject": deel,
        "aanvraag": deel.aanvraag,
        "lijst": lijst_van(actor_van(request)),
        "rijen": trajectrijen(deel),
        "acties": acties(mogelijk, adressen),
        "gebeurtenissen": list(deel.gebeurtenissen.select_related("gemeente", "gemeld_door")[:HOOGSTENS]),
    }
    return render(request, "aanvragen/afronden/traject.html", context)


@voor(*INSTELLINGSROLLEN)
def verslag_indienen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    deel = haal_traject(request, nummer)
    pagina = Handelpagina(
        h.verslag_indienen,
        kop="Beëindigingsverslag",
        gelukt="Het verslag is verstuurd. U krijgt een besluit over het bedrag.",
        uitleg=(
            "Met dit verslag wordt de subsidie vastgesteld. U kunt het één keer versturen.",
            "Schrijf niets over de behandeling of de gezondheid van de deelnemer.",
        ),
        rijen=trajectrijen(deel),
        invoer=lambda gegevens: formulier.invoer(),
    )
    formulier: Any = VerslagFormulier(gestuurd(request), traject=deel)
    return toon_of_doe(request, pagina, deel, deel.aanvraag, formulier)

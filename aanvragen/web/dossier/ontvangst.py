"""Proof of receipt: what came in when, with the copy of it and its fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from aanvragen.models import Aanvraag, Ontvangst
from aanvragen.web.dossier.documenten import mag_brief, mag_ontvangst
from aanvragen.web.hulp import actor_van, haal_dossier
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, UWV_ROLLEN
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import tijdstip


@dataclass(frozen=True)
class Bewijs:
    """One receipt. `kopie_url` is empty for who may not read what was sent in."""

    titel: str
    rijen: list[Rij]
    kopie_url: str


@voor(*INSTELLINGSROLLEN, *GEMEENTEROLLEN, *UWV_ROLLEN)
def ontvangst(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """Every receipt of this dossier, newest first; the fingerprint is computed anew and compared."""
    aanvraag = haal_dossier(request, nummer, waarvoor="ontvangst.bekijken")
    actor = actor_van(request)
    if not mag_ontvangst(aanvraag, actor):
        raise Http404
    context = {
        "aanvraag": aanvraag,
        "bewijzen": [
            _bewijs(aanvraag, een, actor) for een in aanvraag.ontvangsten.select_related("kopie", "door")
        ],
        "dossier_url": reverse("aanvragen:dossier", args=[aanvraag.pk]),
    }
    return render(request, "aanvragen/dossier/ontvangst.html", context)


def _bewijs(aanvraag: Aanvraag, ontvangst: Ontvangst, actor: Actor) -> Bewijs:
    klopt = (
        "Ja, de kopie is sinds de ontvangst niet veranderd."
        if ontvangst.klopt
        else "Nee. Meld dit bij het beheer."
    )
    rijen = [
        Rij("Ontvangen op", str(tijdstip(ontvangst.ontvangen_op))),
        Rij("Verstuurd door", aanvraag.instelling.naam),
        Rij("Vingerafdruk (SHA-256)", " ".join(ontvangst.sha256[n : n + 8] for n in range(0, 64, 8))),
        Rij("Klopt de kopie nog?", klopt),
    ]
    mag = mag_brief(aanvraag, ontvangst.kopie.sjabloon, actor)
    url = reverse("aanvragen:brief", args=[ontvangst.kopie_id]) if mag else ""
    return Bewijs(ontvangst.get_soort_display(), rijen, url)

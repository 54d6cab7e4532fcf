"""Who signed, when, and under which text: for the instelling and for who judges the aanvraag."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from aanvragen.models import Aanvraag, Handtekening
from aanvragen.web.dossier.documenten import mag_bijlagen
from aanvragen.web.hulp import actor_van, haal_dossier
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, UWV_ROLLEN
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import tijdstip


@voor(*INSTELLINGSROLLEN, *GEMEENTEROLLEN, *UWV_ROLLEN)
def handtekening(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """Every handtekening under this aanvraag, newest first; also one that has lapsed, with when."""
    aanvraag = haal_dossier(request, nummer, waarvoor="handtekening.bekijken")
    gezet = list(aanvraag.handtekeningen.select_related("vastgelegd_door"))
    if not gezet or not mag_bijlagen(aanvraag, actor_van(request)):
        raise Http404
    context = {
        "aanvraag": aanvraag,
        "handtekeningen": [(_rijen(aanvraag, een), een.tekst) for een in gezet],
        "dossier_url": reverse("aanvragen:dossier", args=[aanvraag.pk]),
    }
    return render(request, "aanvragen/dossier/handtekening.html", context)


def _rijen(aanvraag: Aanvraag, gezet: Handtekening) -> list[Rij]:
    rijen = [
        Rij("Naam", gezet.naam),
        Rij("Manier", gezet.get_wijze_display()),
        Rij("Vastgelegd op", tijdstip(gezet.gezet_op)),
        Rij("Vastgelegd door", f"{gezet.vastgelegd_door}, {aanvraag.instelling.naam}"),
    ]
    if gezet.vervallen_op is not None:
        rijen.append(Rij("Vervallen op", tijdstip(gezet.vervallen_op)))
    return rijen

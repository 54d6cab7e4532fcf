"""For UWV: the inkooporders that wait, and placing one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from budget.handelingen.inkopen import plaatsen
from budget.models import Betaalverplichting, Inkooporder
from budget.web.betalen import hulp
from budget.web.betalen.formulieren import InkooporderFormulier
from ips_subsidie.handelingen import web
from ips_subsidie.logboek.opvragen import haal
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import Rol
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro

LAATSTE = 10


@voor(Rol.UWV_FINANCIEN)
def inkooporders(request: HttpRequest) -> HttpResponse:
    """What must still be ordered, the oldest grant first, and the last that were."""
    zichtbaar = Betaalverplichting.objects.zichtbaar_voor(web.actor_van(request))
    te_plaatsen = zichtbaar.zonder_inkooporder().select_related("reservering__gemeente", "crediteur")
    context = hulp.lijst(request, te_plaatsen)
    context["laatste"] = Inkooporder.objects.select_related("reservering", "geplaatst_door")[:LAATSTE]
    return render(request, "budget/betalen/inkooporders.html", context)


@voor(Rol.UWV_FINANCIEN)
def inkooporder_plaatsen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    rijen = Betaalverplichting.objects.zichtbaar_voor(web.actor_van(request))
    rijen = rijen.select_related("reservering__gemeente", "crediteur")
    een: Betaalverplichting = haal(request, rijen, nummer, "verplichting.bekijken")
    formulier = InkooporderFormulier(web.gestuurd(request))
    terug = reverse("budget:inkooporders")
    return hulp.doe(
        request,
        plaatsen,
        een,
        formulier,
        klaar="De inkooporder is geplaatst. De instelling kan nu een factuur sturen.",
        daarna=lambda _: terug,
        terug=terug,
        samenvatting=[
            Rij("Dossier", een.reservering.kenmerk),
            Rij("Instelling", een.crediteur.naam),
            Rij("Gemeente", een.reservering.gemeente.naam),
            Rij("Toegekend op", datum(een.ontstaan_op)),
            Rij("Bedrag van de inkooporder, inclusief btw", euro(een.bedrag_cent)),
        ],
    )

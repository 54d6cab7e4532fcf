"""What an instelling must pay back, for each party what is theirs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from budget.handelingen import terugvorderen
from budget.handelingen.facturen import CONTROLEURS, GOEDKEURDERS
from budget.models import Terugvordering, TerugvorderingStatus
from budget.web.betalen import hulp
from budget.web.betalen.facturen import PARTIJEN
from budget.web.betalen.formulieren import DagFormulier, RedenFormulier
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.handelingen.web import actor_van, gestuurd
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.logboek.opvragen import haal
from ips_subsidie.toegang.poort import voor
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro

BADGES = {
    TerugvorderingStatus.OPEN: "let_op",
    TerugvorderingStatus.VOLDAAN: "goed",
    TerugvorderingStatus.INGETROKKEN: "inactief",
}
_NODIG = ("verplichting__reservering", "verplichting__gemeente", "verplichting__crediteur")


@voor(*PARTIJEN)
def terugvorderingen(request: HttpRequest) -> HttpResponse:
    actor, dag = actor_van(request), vandaag()
    rijen = Terugvordering.objects.zichtbaar_voor(actor).select_related(*_NODIG)
    context = hulp.lijst(
        request,
        rijen.order_by("-ontstaan_op", "id"),
        lambda t: (
            t,
            t.verplichting.betaler(dag),
            BADGES[TerugvorderingStatus(t.status)],
            t.te_laat(dag),
        ),
    )
    context |= {
        "mag_melden": actor.rol in terugvorderen.voldaan.door,
        "mag_intrekken": actor.rol in terugvorderen.intrekken.door,
        "instelling": actor.is_instelling,
    }
    return render(request, "budget/betalen/terugvorderingen.html", context)


@voor(*CONTROLEURS)
def terugvordering_voldaan(request: HttpRequest, nummer: UUID) -> HttpResponse:
    vraag = "Op welke dag kwam het hele bedrag binnen?"
    formulier = DagFormulier(gestuurd(request), knop="Ontvangst melden", naam="ontvangen_op", vraag=vraag)
    return _pagina(request, nummer, terugvorderen.voldaan, formulier, "De ontvangst is gemeld.")


@voor(*GOEDKEURDERS)
def terugvordering_intrekken(request: HttpRequest, nummer: UUID) -> HttpResponse:
    formulier = RedenFormulier(gestuurd(request), knop="Terugvordering intrekken", naam="toelichting")
    return _pagina(request, nummer, terugvorderen.intrekken, formulier, "De terugvordering is ingetrokken.")


def _pagina(
    request: HttpRequest, nummer: UUID, handeling: Handeling[Any, Any], formulier: Formulier, klaar: str
) -> HttpResponse:
    rijen = Terugvordering.objects.zichtbaar_voor(actor_van(request)).select_related(*_NODIG)
    een: Terugvordering = haal(request, rijen, nummer, "terugvordering.bekijken")
    terug = reverse("budget:terugvorderingen")
    return hulp.doe(
        request,
        handeling,
        een,
        formulier,
        klaar=klaar,
        daarna=lambda _: terug,
        terug=terug,
        samenvatting=[
            Rij("Dossier", een.verplichting.reservering.kenmerk),
            Rij("Instelling", een.verplichting.crediteur.naam),
            Rij("Bedrag", euro(een.bedrag_cent)),
            Rij("Reden", een.reden),
            Rij("Uiterlijk betalen", datum(een.uiterlijk)),
        ],
    )

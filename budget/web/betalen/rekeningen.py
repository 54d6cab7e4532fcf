"""The bankrekening: the instelling gives it, UWV confirms whose it is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from budget.handelingen.rekeningen import afwijzen, bevestigen, doorgeven
from budget.models import Bankrekening, BankrekeningStatus
from budget.web.betalen import hulp
from budget.web.betalen.formulieren import RedenFormulier, RekeningFormulier
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.handelingen.web import actor_van, gestuurd
from ips_subsidie.logboek.opvragen import haal
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN, Rol
from ips_subsidie.vormgeving.formulieren import EnkelKnop, Formulier
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import tijdstip

BADGES = {
    BankrekeningStatus.WACHT: "let_op",
    BankrekeningStatus.BEVESTIGD: "goed",
    BankrekeningStatus.AFGEWEZEN: "fout",
    BankrekeningStatus.VERVALLEN: "inactief",
}


@voor(*INSTELLINGSROLLEN)
def rekening(request: HttpRequest) -> HttpResponse:
    """The rekeningen of the own instelling, the newest first."""
    actor = actor_van(request)
    rijen = Bankrekening.objects.zichtbaar_voor(actor).order_by("-vastgelegd_op", "id")
    context = hulp.lijst(request, rijen, lambda r: (r, BADGES[BankrekeningStatus(r.status)]))
    context["mag_doorgeven"] = actor.rol in doorgeven.door
    return render(request, "budget/betalen/rekening.html", context)


@voor(Rol.INSTELLINGSBEHEERDER)
def rekening_doorgeven(request: HttpRequest) -> HttpResponse:
    terug = reverse("budget:rekening")
    return hulp.doe(
        request,
        doorgeven,
        None,
        RekeningFormulier(gestuurd(request)),
        klaar="De bankrekening is doorgegeven. UWV bevestigt haar eerst.",
        daarna=lambda _: terug,
        terug=terug,
        samenvatting=[],
        uitleg=[
            "UWV controleert of de rekening van uw instelling is. Tot dan blijft de oude rekening gelden.",
            "Wij vragen nooit per mail of telefoon om een rekening te veranderen.",
        ],
    )


@voor(Rol.UWV_FINANCIEN)
def rekeningen(request: HttpRequest) -> HttpResponse:
    """What waits for a confirmation, the oldest first."""
    rijen = Bankrekening.objects.zichtbaar_voor(actor_van(request)).te_bevestigen()
    rijen = rijen.select_related("organisatie", "vastgelegd_door")
    return render(request, "budget/betalen/rekeningen.html", hulp.lijst(request, rijen))


@voor(Rol.UWV_FINANCIEN)
def rekening_bevestigen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    formulier = EnkelKnop(gestuurd(request), knop="Bankrekening bevestigen")
    uitleg = ["Bel de instelling op een nummer dat u al kende, en vraag of deze rekening klopt."]
    return _pagina(request, nummer, bevestigen, formulier, "De bankrekening is bevestigd.", uitleg=uitleg)


@voor(Rol.UWV_FINANCIEN)
def rekening_afwijzen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    formulier = RedenFormulier(gestuurd(request), knop="Bankrekening afwijzen")
    return _pagina(request, nummer, afwijzen, formulier, "De bankrekening is afgewezen.")


def _pagina(
    request: HttpRequest,
    nummer: UUID,
    handeling: Handeling[Any, Any],
    formulier: Formulier,
    klaar: str,
    *,
    uitleg: list[str] | None = None,
) -> HttpResponse:
    rijen = Bankrekening.objects.zichtbaar_voor(actor_van(request)).select_related(
        "organisatie", "vastgelegd_door"
    )
    een: Bankrekening = haal(request, rijen, nummer, "rekening.bekijken")
    terug = reverse("budget:rekeningen")
    return hulp.doe(
        request,
        handeling,
        een,
        formulier,
        klaar=klaar,
        daarna=lambda _: terug,
        terug=terug,
        uitleg=uitleg or [],
        samenvatting=[
            Rij("Instelling", een.organisatie.naam),
            Rij("IBAN", een.leesbaar),
            Rij("Op naam van", een.tenaamstelling),
            Rij("Doorgegeven", f"{tijdstip(een.vastgelegd_op)} door {een.vastgelegd_door}"),
        ],
    )

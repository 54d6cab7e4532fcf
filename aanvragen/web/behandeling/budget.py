"""Part 2 of the form: the gemeente asks UWV for budget, UWV answers; and sending an aanvraag on."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from aanvragen.handelingen import budget_vragen as h
from aanvragen.handelingen.doorzenden import doorzenden as doorzenden_handeling
from aanvragen.models import Aanvraag
from aanvragen.web import hulp
from aanvragen.web.behandeling import stand
from aanvragen.web.behandeling.formulieren import DoorzendFormulier
from gemeenten.models import keuzes_op
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, UWV_ROLLEN, Rol

PER_PAGINA = 25
_ANTWOORDT = (Rol.UWV_BEOORDELAAR, Rol.UWV_FINANCIEN)
_TEKSTEN = {
    h.vragen.code: (
        "U vraagt UWV om het bedrag van dit traject vast te houden. Alles wat UWV nodig heeft, staat in het dossier. "
        "U krijgt bericht van het antwoord.",
        "De vraag is verstuurd. U krijgt bericht als UWV heeft geantwoord.",
    ),
    h.reserveren.code: (
        "UWV houdt het bedrag vast. De gemeente kan dan het besluit nemen, zolang de reservering geldt.",
        "Het budget is gereserveerd. De gemeente krijgt bericht.",
    ),
    h.weigeren.code: (
        "Doe dit alleen als er geen budget meer is. De gemeente wijst de aanvraag dan af.",
        "U hebt gemeld dat er geen budget is. De gemeente krijgt bericht.",
    ),
}


@voor(*GEMEENTEROLLEN)
def budget_vragen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _enkel(request, nummer, h.vragen)


@voor(*_ANTWOORDT)
def budget_reserveren(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _enkel(request, nummer, h.reserveren)


@voor(*_ANTWOORDT)
def budget_weigeren(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _enkel(request, nummer, h.weigeren)


def _enkel(request: HttpRequest, nummer: UUID, handeling: Handeling[Aanvraag, Any]) -> HttpResponse:
    def erbij(aanvraag: Aanvraag) -> dict[str, Any]:
        return {
            "bedrag_cent": aanvraag.reservering.bedrag_cent if aanvraag.reservering else 0,
            "dagen": aanvraag.inhoud.termijnen.reservering_geldig_dagen,
            "potten": stand.potregels(aanvraag) if hulp.actor_van(request).is_uwv else [],
        }

    sjabloon = "aanvragen/behandeling/budget.html"
    return hulp.enkele_knop(request, nummer, handeling, _TEKSTEN[handeling.code], sjabloon, erbij)


@voor(*UWV_ROLLEN)
def budgetvragen(request: HttpRequest) -> HttpResponse:
    """The gemeenten that wait for an answer, longest first."""
    actor, na = hulp.actor_van(request), hulp.vanaf(request)
    lijst = Aanvraag.objects.zichtbaar_voor(actor).budgetvragen()
    rijen, meer = hulp.bladzijde(
        lijst.select_related("gemeente", "instelling__organisatie", "reservering", "regeling_versie"),
        PER_PAGINA,
        na,
    )
    context = {
        "rijen": [(rij, str(uuid4())) for rij in rijen],
        "antwoordt": actor.rol in _ANTWOORDT,
        **hulp.blader_urls(request, na, PER_PAGINA, meer),
    }
    return render(request, "aanvragen/behandeling/budgetvragen.html", context)


@voor(*GEMEENTEROLLEN)
def doorzenden(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """To the gemeente where the deelnemer lives; who sends it on sees the dossier no more."""
    aanvraag = hulp.haal_dossier(request, nummer, waarvoor=doorzenden_handeling.code)
    keuzes = [
        keuze for keuze in keuzes_op(vandaag()) if aanvraag.gemeente and keuze[0] != aanvraag.gemeente.code
    ]
    formulier = DoorzendFormulier(hulp.gestuurd(request), versie=aanvraag.versie, gemeenten=keuzes)
    if hulp.gelukt(request, doorzenden_handeling, aanvraag, formulier):
        messages.success(
            request, f"Aanvraag {aanvraag.kenmerk} is doorgezonden. U ziet het dossier niet meer."
        )
        return redirect("aanvragen:werkvoorraad")
    return hulp.toon_handeling(
        request,
        "aanvragen/behandeling/klein.html",
        doorzenden_handeling,
        aanvraag,
        formulier,
        aanvraag=aanvraag,
        uitleg="Woont de deelnemer in een andere gemeente? Zend de aanvraag dan meteen door (artikel 2:3 van de Awb). "
        "De dag waarop u hem ontving blijft tellen. De instelling krijgt bericht. U ziet het dossier daarna niet meer.",
        gegevens=[],
    )

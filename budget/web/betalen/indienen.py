"""For the instelling: what can be invoiced, and the forms of a factuur and a creditfactuur."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from budget.handelingen.facturen import indienen
from budget.handelingen.goedkeuren import crediteren
from budget.models import Bankrekening, Betaalmoment, Betaalverplichting, Factuur, VerplichtingStatus
from budget.regels.regeling import Mijlpaal
from budget.web.betalen import hulp
from budget.web.betalen.facturen import haal_factuur
from budget.web.betalen.formulieren import CreditFormulier, FactuurFormulier
from ips_subsidie.handelingen import web
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.logboek.opvragen import haal
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro

WANNEER = {
    Mijlpaal.VERLENING: "na de toekenning",
    Mijlpaal.INKOOPORDER: "na de inkooporder van UWV",
    Mijlpaal.START: "na de start van het traject",
    Mijlpaal.VASTSTELLING: "na de vaststelling",
}


@voor(*INSTELLINGSROLLEN)
def te_factureren(request: HttpRequest) -> HttpResponse:
    """What is owed to this instelling and not invoiced yet, one row for each who pays; the oldest grant first."""
    dag = vandaag()
    lijst = (
        Betaalverplichting.objects.zichtbaar_voor(web.actor_van(request))
        .filter(~Q(status=VerplichtingStatus.AFGESLOTEN), gefactureerd_cent__lt=F("bedrag_cent"))
        .filter(Q(vastgesteld_cent__isnull=True) | Q(gefactureerd_cent__lt=F("vastgesteld_cent")))
        .select_related("reservering__inkooporder", "gemeente")
        .prefetch_related("betaalmomenten")
        .order_by("ontstaan_op", "id")
    )
    context = hulp.lijst(request, lijst, lambda v: (v, v.betaler(dag), wacht_op(v)))
    context["rekening"] = _rekening(request)
    return render(request, "budget/betalen/te_factureren.html", context)


def wacht_op(verplichting: Betaalverplichting) -> str:
    """Why no factuur can be sent now; empty when one can."""
    if verplichting.status == VerplichtingStatus.GEBLOKKEERD:
        return "De betalingen staan stil door een stopbericht."
    if verplichting.inkooporder_nodig and not hasattr(verplichting.reservering, "inkooporder"):
        return "U kunt factureren na de inkooporder van UWV."
    open_ = [m for m in verplichting.betaalmomenten.all() if m.over_cent]
    if open_ and all(m.opeisbaar_op is None for m in open_):
        return f"U kunt factureren {WANNEER[Mijlpaal(open_[0].bij)]}."
    return ""


def _rekening(request: HttpRequest) -> Bankrekening | None:
    return Bankrekening.objects.zichtbaar_voor(web.actor_van(request)).bevestigd().first()


@voor(*INSTELLINGSROLLEN)
def factuur_indienen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    verplichting = _haal(request, nummer)
    dag = vandaag()
    momenten = [m for m in verplichting.betaalmomenten.all() if m.opeisbaar_op is not None and m.over_cent]
    rekening = _rekening(request)
    formulier = FactuurFormulier(
        web.gestuurd(request),
        request.FILES or None,
        momenten=momenten,
        keuzes=[(str(m.pk), f"{m.naam}: nog {euro(m.over_cent)}") for m in momenten],
        initial={"iban": rekening.leesbaar if rekening else ""},
    )
    return hulp.doe(
        request,
        indienen,
        verplichting,
        formulier,
        klaar="De factuur is verstuurd.",
        daarna=_naar_factuur,
        terug=reverse("budget:te_factureren"),
        samenvatting=_stand(verplichting, dag),
        uitleg=_uitleg(verplichting, momenten, rekening),
        kan=bool(momenten),
    )


def _naar_factuur(factuur: Factuur) -> str:
    return reverse("budget:factuur", args=[factuur.pk])


def _haal(request: HttpRequest, nummer: UUID) -> Betaalverplichting:
    rijen = Betaalverplichting.objects.zichtbaar_voor(web.actor_van(request))
    rijen = rijen.select_related("reservering__inkooporder", "gemeente").prefetch_related("betaalmomenten")
    een: Betaalverplichting = haal(request, rijen, nummer, "verplichting.bekijken")
    return een


def _stand(verplichting: Betaalverplichting, dag: date) -> list[Rij]:
    order = getattr(verplichting.reservering, "inkooporder", None)
    rijen = [
        Rij("Dossier", verplichting.reservering.kenmerk),
        Rij("Wie betaalt", verplichting.betaler(dag)),
        Rij("Bedrag inclusief btw", euro(verplichting.grens_cent)),
        Rij("Al gefactureerd", euro(verplichting.gefactureerd_cent)),
        Rij("Nog te factureren", euro(verplichting.te_factureren_cent)),
    ]
    if order is not None:
        rijen.append(Rij("Inkooporder", f"{order.nummer} van {datum(order.geplaatst_op)}"))
    return rijen


def _uitleg(
    verplichting: Betaalverplichting, momenten: list[Betaalmoment], rekening: Bankrekening | None
) -> list[str]:
    uit = []
    if not momenten:
        uit.append(wacht_op(verplichting) or "Voor dit dossier valt er nu niets te factureren.")
    if rekening is None:
        uit.append("Uw bankrekening is nog niet bevestigd. De beheerder van uw instelling geeft haar door.")
    return uit


@voor(*INSTELLINGSROLLEN)
def factuur_crediteren(request: HttpRequest, nummer: UUID) -> HttpResponse:
    een = haal_factuur(request, nummer, "factuur.bekijken")
    formulier = CreditFormulier(web.gestuurd(request), request.FILES or None)
    return hulp.doe(
        request,
        crediteren,
        een,
        formulier,
        klaar="De creditfactuur is verstuurd.",
        daarna=_naar_factuur,
        terug=_naar_factuur(een),
        samenvatting=[
            Rij("Dossier", een.verplichting.reservering.kenmerk),
            Rij("Factuur", een.nummer),
            Rij("Nog te crediteren", euro(een.te_betalen_cent)),
        ],
    )

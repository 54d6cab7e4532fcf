"""The pages that move a term: asking for an aanvulling, putting off, standing still, and a late aanvraag weighed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from aanvragen.handelingen import behandelen, beslistermijn, storing
from aanvragen.handelingen.aanvulling import formulierpunten
from aanvragen.models import Aanvraag
from aanvragen.web import hulp
from aanvragen.web.behandeling import stand
from aanvragen.web.behandeling.termijnformulieren import (
    AanvullingFormulier,
    OpschortFormulier,
    StoringFormulier,
    VerdaagFormulier,
)
from aanvragen.web.dossier.termijnen import beslistermijn_uitleg
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.kalender.termijnen import hersteltermijn
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import VOORBEREIDERS
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import tijdstip


@voor(*VOORBEREIDERS)
def aanvulling_vragen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """The proposed last day is an ordinary day, though the Atw does not ask that of this term (domain text, 5.1)."""
    handeling = behandelen.aanvulling_vragen
    aanvraag = hulp.haal_dossier(request, nummer, waarvoor=handeling.code)
    dagen = aanvraag.inhoud.termijnen.hersteltermijn_dagen
    voorstel = hersteltermijn(vandaag(), feestdagen(), dagen=dagen)
    formulier = AanvullingFormulier(
        hulp.gestuurd(request),
        versie=aanvraag.versie,
        punten=formulierpunten(aanvraag),
        initial={"termijn_tot": voorstel.laatste_dag},
    )
    if hulp.gelukt(request, handeling, aanvraag, formulier):
        messages.success(request, "De vraag om een aanvulling is verstuurd. De beslistermijn staat stil.")
        return redirect("aanvragen:dossier", nummer)
    return hulp.toon_handeling(
        request,
        "aanvragen/behandeling/aanvulling.html",
        handeling,
        aanvraag,
        formulier,
        aanvraag=aanvraag,
        termijn=voorstel,
        dagen=dagen,
        gegevens=stand.gegevens_van(aanvraag),
    )


@voor(*VOORBEREIDERS)
def verdagen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    uitleg = (
        "U laat de instelling weten dat het besluit later komt, en wanneer (artikel 4:14 van de Awb). Dat kan één "
        "keer, en alleen zolang de beslistermijn nog loopt. De instelling krijgt een brief.",
    )
    klaar = "De instelling weet dat het besluit later komt. De nieuwe laatste dag staat bij de aanvraag."
    return _termijn(request, nummer, beslistermijn.verdagen, VerdaagFormulier, uitleg, klaar)


@voor(*VOORBEREIDERS)
def opschorten(request: HttpRequest, nummer: UUID) -> HttpResponse:
    uitleg = (
        "Wacht u op een aanvulling? Gebruik dan “Aanvulling vragen”: dan staat de termijn vanzelf stil.",
        "De termijn staat stil vanaf morgen, tot en met de dag die u kiest. De instelling krijgt een brief met de "
        "nieuwe laatste dag (artikel 4:15, tweede lid, van de Awb).",
    )
    klaar = "De beslistermijn staat stil. De nieuwe laatste dag staat bij de aanvraag."
    return _termijn(request, nummer, beslistermijn.opschorten, OpschortFormulier, uitleg, klaar)


@voor(*VOORBEREIDERS)
def storing_beoordelen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    uitleg = (
        "Deze aanvraag kwam binnen na het aanvraagtijdvak. Op de laatste dag was er een storing van het portaal. Dan "
        "mag u de aanvraag behandelen alsof hij op tijd was (artikel 2:21 van de Awb).",
        "Wat u kiest, staat daarna vast. Kiest u nee, wijs de aanvraag dan af omdat hij te laat is.",
    )
    klaar = "Uw oordeel is vastgelegd."
    return _termijn(
        request, nummer, storing.storing_beoordelen, StoringFormulier, uitleg, klaar, erbij=_storingen
    )


def _storingen(aanvraag: Aanvraag) -> list[Rij]:
    """What the register says, and when the aanvraag came in."""
    rijen = [Rij("Ontvangen", str(tijdstip(aanvraag.ontvangen_op)))]
    for een in storing.storingen_bij(aanvraag):
        rijen.append(Rij("Storing", f"{tijdstip(een.van)} tot {tijdstip(een.tot)}: {een.toelichting}"))
    return rijen


def _termijn(
    request: HttpRequest,
    nummer: UUID,
    handeling: Handeling[Aanvraag, Any],
    soort: type[Formulier],
    uitleg: tuple[str, ...],
    klaar: str,
    erbij: Any = None,
) -> HttpResponse:
    aanvraag = hulp.haal_dossier(request, nummer, waarvoor=handeling.code)
    formulier = soort(hulp.gestuurd(request), versie=aanvraag.versie)
    if hulp.gelukt(request, handeling, aanvraag, formulier):
        messages.success(request, klaar)
        return redirect("aanvragen:dossier", nummer)
    return hulp.toon_handeling(
        request,
        "aanvragen/behandeling/termijn.html",
        handeling,
        aanvraag,
        formulier,
        aanvraag=aanvraag,
        kop=handeling.titel,
        uitleg=uitleg,
        rijen=erbij(aanvraag) if erbij else [],
        termijn=beslistermijn_uitleg(aanvraag),
    )

"""The vaststelling: a second term, a proposal, the reaction to it, the besluit with its letter before it is sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from aanvragen.handelingen import vaststellen as h
from aanvragen.handelingen.besluit import ontwerp
from aanvragen.handelingen.brieven import besluitbrief
from aanvragen.handelingen.brieven_einde import verslagsecties
from aanvragen.handelingen.geld import betaald_op
from aanvragen.handelingen.verslag import heeft_verslag, verslagtermijn
from aanvragen.models import Beeindigingsverslag, BesluitSoort, Vaststelling
from aanvragen.regels.vaststelling import voorstel
from aanvragen.web.afronden.formulieren import (
    LagerFormulier,
    TermijnFormulier,
    VoorstelFormulier,
    ZienswijzeFormulier,
)
from aanvragen.web.afronden.hulp import haal, toon, trajectrijen, voorstelrijen
from aanvragen.web.behandeling.formulieren import BesluitFormulier
from aanvragen.web.briefvoorbeeld import als_voorbeeld
from aanvragen.web.hulp import actor_van, gelukt, gestuurd
from ips_subsidie.brieven.gegevens import Brief
from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import BESLISSERS, INSTELLINGSROLLEN, VOORBEREIDERS
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import euro


@voor(*VOORBEREIDERS)
def termijn_stellen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    vaststelling = haal(request, Vaststelling, nummer, h.termijn_stellen.code)
    formulier = TermijnFormulier(
        gestuurd(request),
        versie=vaststelling.versie,
        voorstel=verslagtermijn(vaststelling.traject, vandaag()),
    )
    if gelukt(request, h.termijn_stellen, vaststelling, formulier):
        messages.success(request, "Het tweede verzoek is verstuurd.")
        return redirect("aanvragen:dossier", vaststelling.dossier.pk)
    uitleg = (
        "Het verslag kwam niet op tijd. U geeft de instelling nog een termijn (artikel 4:44, derde lid, van de Awb).",
        "Komt er dan nog geen verslag? Dan kunt u de subsidie zelf vaststellen.",
    )
    return toon(request, h.termijn_stellen, vaststelling, formulier, uitleg=uitleg, **_feiten(vaststelling))


@voor(*VOORBEREIDERS)
def voorstellen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    vaststelling = haal(request, Vaststelling, nummer, h.voorstellen.code)
    tekst = "U hebt het traject uitgevoerd en een verslag gestuurd. Daarom krijgt u het hele bedrag."
    formulier = VoorstelFormulier(
        gestuurd(request), versie=vaststelling.versie, initial={"motivering": tekst}
    )
    if gelukt(request, h.voorstellen, vaststelling, formulier):
        messages.success(request, "Uw voorstel is opgeslagen. Een collega neemt het besluit.")
        return redirect("aanvragen:dossier", vaststelling.dossier.pk)
    uitleg = (
        f"U stelt voor om {euro(vaststelling.verleend_cent)} vast te stellen: het hele bedrag dat is verleend.",
        "Een collega neemt het besluit.",
    )
    return toon(request, h.voorstellen, vaststelling, formulier, uitleg=uitleg, **_feiten(vaststelling))


@voor(*VOORBEREIDERS)
def lager_voorstellen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """With an amount to start from, by the days of the traject: a proposal, for the rule is not known."""
    vaststelling = haal(request, Vaststelling, nummer, h.lager_voorstellen.code)
    begin = _begin(vaststelling, heeft_verslag(vaststelling.traject))
    formulier = LagerFormulier(
        gestuurd(request),
        versie=vaststelling.versie,
        initial=begin,
        uitleg=_uitleg_bij_bedrag(vaststelling, begin.get("bedrag_cent")),
    )
    if gelukt(request, h.lager_voorstellen, vaststelling, formulier):
        messages.success(request, "Uw voorstel is opgeslagen. De instelling kan eerst reageren.")
        return redirect("aanvragen:dossier", vaststelling.dossier.pk)
    uitleg = (
        "De instelling krijgt een brief met uw voornemen, en kan reageren. Daarna neemt een collega het besluit.",
    )
    return toon(request, h.lager_voorstellen, vaststelling, formulier, uitleg=uitleg, **_feiten(vaststelling))


def _begin(vaststelling: Vaststelling, verslag: bool) -> dict[str, Any]:
    """What was proposed before, else an amount by the days."""
    if vaststelling.is_lager:
        return {
            "bedrag_cent": vaststelling.voorgesteld_cent,
            "reden": vaststelling.reden,
            "motivering": vaststelling.motivering,
        }
    traject = vaststelling.traject
    bedrag = voorstel(
        verleend_cent=vaststelling.verleend_cent,
        start=traject.startdatum,
        maanden=traject.maanden,
        gestopt_op=traject.gestopt_op,
        verslag=verslag,
    )
    return {"bedrag_cent": bedrag} if bedrag < vaststelling.verleend_cent else {}


def _uitleg_bij_bedrag(vaststelling: Vaststelling, begin: int | None) -> str:
    tot = f"In euro's, minder dan {euro(vaststelling.verleend_cent)}."
    if begin is None or vaststelling.is_lager or vaststelling.traject.gestopt_op is None:
        return tot
    return f"{tot} {euro(begin)} is een voorstel, naar het aantal dagen dat het traject liep. U kiest zelf."


@voor(*INSTELLINGSROLLEN)
def zienswijze_geven(request: HttpRequest, nummer: UUID) -> HttpResponse:
    vaststelling = haal(request, Vaststelling, nummer, h.zienswijze_geven.code)
    formulier = ZienswijzeFormulier(gestuurd(request), versie=vaststelling.versie)
    if gelukt(request, h.zienswijze_geven, vaststelling, formulier):
        messages.success(request, "Uw reactie is verstuurd.")
        return redirect("aanvragen:dossier", vaststelling.dossier.pk)
    uitleg = (
        "Er is een voornemen om de subsidie lager vast te stellen. In de brief leest u waarom. "
        "U kunt één keer reageren.",
    )
    rijen = [rij for rij in voorstelrijen(vaststelling) if rij.sleutel != "Voorgesteld door"]
    return toon(
        request, h.zienswijze_geven, vaststelling, formulier,
        uitleg=uitleg, rijen=trajectrijen(vaststelling.traject), secties=[("Het voornemen", rijen)],
    )  # fmt: skip


@voor(*BESLISSERS)
def vaststellen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    vaststelling = haal(request, Vaststelling, nummer, h.vaststellen.code)
    formulier = _besluitformulier(request, vaststelling)
    if gelukt(request, h.vaststellen, vaststelling, formulier):
        messages.success(request, "De subsidie is vastgesteld. De instelling heeft de brief.")
        return redirect("aanvragen:dossier", vaststelling.dossier.pk)
    return _toon_besluit(request, vaststelling, formulier)


@voor(*BESLISSERS)
def voorbeeld(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """The letter as it would be, as a download. Nothing is kept."""
    vaststelling = haal(request, Vaststelling, nummer, "vaststelling.voorbeeld")
    if request.method != "POST":
        return redirect("aanvragen:vaststelling_vaststellen", nummer)
    formulier = _besluitformulier(request, vaststelling)
    bezwaren = h.vaststellen.bezwaren(vaststelling, actor_van(request))
    kenmerk = vaststelling.dossier.kenmerk
    brief = als_voorbeeld(formulier, bezwaren, lambda: _brief(request, vaststelling, formulier), kenmerk)
    return brief or _toon_besluit(request, vaststelling, formulier)


def _besluitformulier(request: HttpRequest, vaststelling: Vaststelling) -> BesluitFormulier:
    return BesluitFormulier(
        gestuurd(request),
        versie=vaststelling.versie,
        actie=reverse("aanvragen:vaststelling_vaststellen", args=[vaststelling.pk]),
        initial={"motivering": vaststelling.motivering},
        knop=h.vaststellen.titel,
        voorbeeld_url=reverse("aanvragen:vaststelling_voorbeeld", args=[vaststelling.pk]),
    )


def _toon_besluit(
    request: HttpRequest, vaststelling: Vaststelling, formulier: BesluitFormulier
) -> HttpResponse:
    uitleg = (
        "U stelt de subsidie vast zoals is voorgesteld. De brief gaat meteen naar de instelling en kan daarna niet "
        "meer veranderen.",
        "Bekijk eerst de brief. Er is dan nog niets besloten.",
    )
    return toon(request, h.vaststellen, vaststelling, formulier, uitleg=uitleg, **_feiten(vaststelling))


def _brief(request: HttpRequest, vaststelling: Vaststelling, formulier: BesluitFormulier) -> Brief:
    """The letter of a besluit that isn't there: made of an unsaved one."""
    aanvraag = vaststelling.dossier
    besluit = ontwerp(
        aanvraag,
        actor_van(request),
        BesluitSoort.VASTSTELLING,
        motivering=formulier.cleaned_data["motivering"],
        nu=nu(),
        **h.besluitvelden(vaststelling),
    )
    betaald = betaald_op(aanvraag.reservering_id)
    return besluitbrief(
        aanvraag,
        besluit,
        vaststelling=vaststelling,
        betaald_cent=betaald,
        terug_cent=h.te_veel_betaald(vaststelling),
    )


def _feiten(vaststelling: Vaststelling) -> dict[str, Any]:
    """What to decide on: the days, the money, the verslag, what was proposed."""
    verslag: Beeindigingsverslag | None = getattr(vaststelling.traject, "verslag", None)
    secties: list[tuple[str, list[Rij]]] = []
    if vaststelling.voorgesteld_cent is not None:
        secties.append(("Het voorstel", voorstelrijen(vaststelling)))
    if verslag is not None:
        secties += [
            (titel, [Rij(vraag, antwoord) for vraag, antwoord in rijen])
            for titel, rijen in verslagsecties(verslag)
        ]
    betaald = betaald_op(vaststelling.dossier.reservering_id)
    geld = [Rij("Verleend", euro(vaststelling.verleend_cent)), Rij("Al betaald", euro(betaald))]
    return {
        "rijen": [*trajectrijen(vaststelling.traject), *geld],
        "secties": secties,
        "waarschuwingen": () if verslag is not None else ("Er is geen verslag.",),
    }

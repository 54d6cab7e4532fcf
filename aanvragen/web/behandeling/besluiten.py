"""The besluit: what it rests on, the letter before it is sent, deciding, and a refusal that says what now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from aanvragen.handelingen import beslissen as h
from aanvragen.handelingen.besluit import ontwerp
from aanvragen.handelingen.brieven import besluitbrief
from aanvragen.handelingen.geld import betaald_op
from aanvragen.handelingen.intrekking import levend_voornemen
from aanvragen.models import Aanvraag, Beoordeling, Besluit, BesluitSoort
from aanvragen.models.beoordeling import Advies
from aanvragen.web import hulp
from aanvragen.web.behandeling import stand
from aanvragen.web.behandeling.formulieren import (
    AfwijsFormulier,
    BesluitFormulier,
    IntrekFormulier,
)
from aanvragen.web.briefvoorbeeld import als_voorbeeld
from aanvragen.web.dwangsom.voornemens import voornemenrijen
from ips_subsidie.brieven.gegevens import Brief
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.kalender.klok import nu
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import BESLISSERS


@dataclass(frozen=True)
class Besluitpagina:
    """What differs between the four besluiten."""

    soort: BesluitSoort
    handeling: Handeling[Aanvraag, Besluit]
    uitleg: str
    klaar: str
    voorstel: Callable[[Aanvraag, Beoordeling | None, list[str]], str]

    @property
    def gevaar(self) -> bool:
        return self.handeling.knop == "gevaar"


def _toekennen(aanvraag: Aanvraag, beoordeling: Beoordeling | None, gronden: list[str]) -> str:
    if beoordeling is not None and beoordeling.advies == Advies.TOEKENNEN:
        return beoordeling.motivering
    return stand.voorstel_toekennen(aanvraag)


def _afwijzen(aanvraag: Aanvraag, beoordeling: Beoordeling | None, gronden: list[str]) -> str:
    """The reviewer's text where it was about these grounds; else the text of the grounds to start from."""
    if beoordeling is not None and beoordeling.gronden and set(beoordeling.gronden) == set(gronden):
        return beoordeling.motivering
    return stand.voorstel_afwijzen(aanvraag, gronden)


def _intrekken(aanvraag: Aanvraag, beoordeling: Beoordeling | None, gronden: list[str]) -> str:
    voornemen = levend_voornemen(aanvraag)
    return voornemen.motivering if voornemen is not None else ""


def _buiten(aanvraag: Aanvraag, beoordeling: Beoordeling | None, gronden: list[str]) -> str:
    return "U hebt uw aanvraag niet binnen de termijn aangevuld. Daarom nemen wij uw aanvraag niet in behandeling."


PAGINAS = {
    BesluitSoort.VERLENING: Besluitpagina(
        BesluitSoort.VERLENING,
        h.toekennen,
        "U verleent de subsidie. De brief gaat meteen naar de instelling en kan daarna niet meer veranderen.",
        "De aanvraag is toegekend. De instelling heeft de brief.",
        _toekennen,
    ),
    BesluitSoort.AFWIJZING: Besluitpagina(
        BesluitSoort.AFWIJZING,
        h.afwijzen,
        "U wijst de aanvraag af. De brief gaat meteen naar de instelling en kan daarna niet meer veranderen.",
        "De aanvraag is afgewezen. De instelling heeft de brief.",
        _afwijzen,
    ),
    BesluitSoort.BUITEN_BEHANDELING: Besluitpagina(
        BesluitSoort.BUITEN_BEHANDELING,
        h.buiten_behandeling,
        "De aanvraag bleef onvolledig. U neemt hem niet in behandeling (artikel 4:5 van de Awb). Dat is geen "
        "afwijzing: de instelling kan een nieuwe aanvraag doen.",
        "De aanvraag is niet in behandeling genomen. De instelling heeft de brief.",
        _buiten,
    ),
    BesluitSoort.INTREKKING: Besluitpagina(
        BesluitSoort.INTREKKING,
        h.besluit_intrekken,
        "U trekt de verleende subsidie in (artikel 4:48 van de Awb). De instelling krijgt meteen een brief.",
        "Het besluit is ingetrokken. De instelling heeft de brief.",
        _intrekken,
    ),
}


@voor(*BESLISSERS)
def toekennen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _besluit(request, nummer, PAGINAS[BesluitSoort.VERLENING])


@voor(*BESLISSERS)
def afwijzen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _besluit(request, nummer, PAGINAS[BesluitSoort.AFWIJZING])


@voor(*BESLISSERS)
def buiten_behandeling(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _besluit(request, nummer, PAGINAS[BesluitSoort.BUITEN_BEHANDELING])


@voor(*BESLISSERS)
def besluit_intrekken(request: HttpRequest, nummer: UUID) -> HttpResponse:
    return _besluit(request, nummer, PAGINAS[BesluitSoort.INTREKKING])


@voor(*BESLISSERS)
def voorbeeld(request: HttpRequest, nummer: UUID, soort: BesluitSoort) -> HttpResponse:
    """The letter as it would be, as a download: the page with what was typed stays as it is. Nothing is kept."""
    aanvraag = hulp.haal_dossier(request, nummer, waarvoor="besluit.voorbeeld")
    pagina = PAGINAS[soort]
    if request.method != "POST":
        return redirect(f"aanvragen:{pagina.handeling.naam}", nummer)
    formulier = _formulier(request, aanvraag, pagina)
    bezwaren = pagina.handeling.bezwaren(aanvraag, hulp.actor_van(request))
    maak = partial(_brief, request, aanvraag, pagina, formulier)
    brief = als_voorbeeld(formulier, bezwaren, maak, aanvraag.kenmerk)
    return brief or _toon(request, aanvraag, pagina, formulier)


def _besluit(request: HttpRequest, nummer: UUID, pagina: Besluitpagina) -> HttpResponse:
    aanvraag = hulp.haal_dossier(request, nummer, waarvoor=pagina.handeling.code)
    formulier = _formulier(request, aanvraag, pagina)
    if hulp.gelukt(request, pagina.handeling, aanvraag, formulier):
        messages.success(request, pagina.klaar)
        return redirect("aanvragen:dossier", nummer)
    return _toon(request, aanvraag, pagina, formulier)


def _formulier(request: HttpRequest, aanvraag: Aanvraag, pagina: Besluitpagina) -> BesluitFormulier:
    beoordeling = getattr(aanvraag, "beoordeling", None)
    gronden = _gronden_vooraf(request, aanvraag, beoordeling)
    keuzes: dict[str, Any] = {
        "versie": aanvraag.versie,
        "actie": reverse(f"aanvragen:{pagina.handeling.naam}", args=[aanvraag.pk]),
        "initial": {"motivering": pagina.voorstel(aanvraag, beoordeling, gronden), "gronden": gronden},
        "knop": pagina.handeling.titel,
        "gevaar": pagina.gevaar,
        "voorbeeld_url": reverse("aanvragen:besluit_voorbeeld", args=[aanvraag.pk, pagina.soort]),
    }
    if pagina.soort == BesluitSoort.AFWIJZING:
        return AfwijsFormulier(hulp.gestuurd(request), inhoud=aanvraag.inhoud, **keuzes)
    if pagina.soort == BesluitSoort.INTREKKING:
        return IntrekFormulier(hulp.gestuurd(request), keuzes=stand.intrekkeuzes(aanvraag), **keuzes)
    return BesluitFormulier(hulp.gestuurd(request), **keuzes)


def _gronden_vooraf(request: HttpRequest, aanvraag: Aanvraag, beoordeling: Beoordeling | None) -> list[str]:
    """The ground that a refused grant sent along, else those of the review."""
    bekend = {grond.code for grond in aanvraag.inhoud.gronden}
    gevraagd = [code for code in request.GET.getlist("grond") if code in bekend]
    return gevraagd or (list(beoordeling.gronden) if beoordeling is not None else [])


def _brief(
    request: HttpRequest, aanvraag: Aanvraag, pagina: Besluitpagina, formulier: BesluitFormulier
) -> Brief:
    """The letter of a besluit that isn't there: made of an unsaved one."""
    velden = formulier.cleaned_data
    besluit = ontwerp(
        aanvraag,
        hulp.actor_van(request),
        pagina.soort,
        motivering=velden["motivering"],
        nu=nu(),
        gronden=velden.get("gronden", []),
    )
    reservering = aanvraag.reservering
    if pagina.soort == BesluitSoort.VERLENING and reservering is not None:
        besluit.bedrag_cent = reservering.bedrag_cent
        besluit.rijk_cent, besluit.gemeente_cent = reservering.rijk_cent, reservering.gemeente_cent
        besluit.maanden = aanvraag.inhoud.doelgroep(aanvraag.doelgroep).maanden
    if isinstance(formulier, IntrekFormulier):
        besluit.vorig_besluit = aanvraag.besluiten.get(soort=BesluitSoort.VERLENING)
        besluit.gronden = h.intrekgronden(aanvraag.traject, formulier.invoer()["gebeurtenis"])
        betaald = betaald_op(aanvraag.reservering_id)
        return besluitbrief(
            aanvraag,
            besluit,
            voornemen=levend_voornemen(aanvraag),
            betaald_cent=betaald,
            terug_cent=betaald,
        )
    return besluitbrief(aanvraag, besluit)


def _toon(
    request: HttpRequest, aanvraag: Aanvraag, pagina: Besluitpagina, formulier: BesluitFormulier
) -> HttpResponse:
    beoordeling = getattr(aanvraag, "beoordeling", None)
    codes = [fout.code for fouten in formulier.errors.as_data().values() for fout in fouten]
    return hulp.toon_handeling(
        request,
        "aanvragen/behandeling/besluit.html",
        pagina.handeling,
        aanvraag,
        formulier,
        aanvraag=aanvraag,
        uitleg=pagina.uitleg,
        beoordeling=beoordeling,
        uitkomsten=stand.uitkomstrijen(aanvraag, beoordeling) if beoordeling is not None else [],
        waarschuwingen=stand.waarschuwingen(aanvraag),
        voornemen=voornemenrijen(aanvraag, hulp.actor_van(request)),
        afwijzen_met=_grond_om_af_te_wijzen(aanvraag, pagina, codes),
        gaat_voor=_gaat_voor(request, formulier, codes),
        loting=f"{reverse('budget:loting_voorbereiden')}?regeling={aanvraag.regeling.code}"
        if "loting" in codes
        else "",
        **_zijkant(request, aanvraag),
    )


def _zijkant(request: HttpRequest, aanvraag: Aanvraag) -> dict[str, Any]:
    return {
        "gegevens": stand.gegevens_van(aanvraag),
        "potten": stand.potregels(aanvraag),
        "rang": stand.rang_van(aanvraag, hulp.actor_van(request)),
        "dubbele": stand.dubbele_van(aanvraag, hulp.actor_van(request)),
    }


def _grond_om_af_te_wijzen(aanvraag: Aanvraag, pagina: Besluitpagina, codes: list[str | None]) -> str:
    """The ground of the regeling on which a grant was refused, to go on with."""
    if pagina is not PAGINAS[BesluitSoort.VERLENING]:
        return ""
    bekend = {grond.code for grond in aanvraag.inhoud.gronden}
    return next((code for code in codes if code in bekend), "") or ""


def _gaat_voor(
    request: HttpRequest, formulier: BesluitFormulier, codes: list[str | None]
) -> tuple[str, UUID] | None:
    """The better-ranked aanvraag that the refusal names, to go there if it may be seen."""
    if "voorrang" not in codes:
        return None
    woorden = [woord for fout in formulier.non_field_errors() for woord in str(fout).split()]
    zichtbaar = Aanvraag.objects.zichtbaar_voor(hulp.actor_van(request))
    return zichtbaar.filter(kenmerk__in=woorden).order_by().values_list("kenmerk", "pk").first()

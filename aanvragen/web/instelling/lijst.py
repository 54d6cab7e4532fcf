"""The aanvragen of the own instelling, and beginning a new one."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from aanvragen.handelingen.invullen import beginnen
from aanvragen.models import Aanvraag
from aanvragen.models.aanvraag import AanvraagQuerySet
from aanvragen.regels.statussen import FASEN
from aanvragen.web.dossier.stand import met_toestemming, naam_van, stand_van
from aanvragen.web.hulp import actor_van, blader_urls, bladzijde, gestuurd, met_filter, vanaf, voer_uit
from aanvragen.web.instelling.formulieren.basis import Paginaformulier
from aanvragen.web.instelling.partijen import beslisser_van
from budget.models import Pot, PotSoort, Regeling, RegelingVersie
from budget.regels.regeling import Regelinginhoud, Tijdvak
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.logboek.schrijven import lees
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN
from ips_subsidie.vormgeving.onderdelen import Teller
from ips_subsidie.vormgeving.velden import KeuzeVeld, TekstVeld

RIJEN = 25
_LIJKT_BSN = re.compile(r"(?:[0-9][ .]?){8,9}")


class ZoekFormulier(forms.Form):
    zoek = TekstVeld(
        label="Zoek op kenmerk of achternaam", max_length=120, required=False, teller=False,
        help_text="Het begin van het kenmerk, of de hele achternaam.",
    )  # fmt: skip
    status = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zoek"].stil_optioneel = True  # type: ignore[attr-defined]

    def clean_status(self) -> str:
        status: str = self.cleaned_data["status"]
        return status if status in FASEN else ""


class NieuwFormulier(Paginaformulier):
    """Which regeling, where there is more than one."""

    regeling = KeuzeVeld(label="Voor welke regeling vraagt u subsidie aan?")
    knop = "Nieuwe aanvraag beginnen"
    verplicht = {"regeling": "Kies voor welke regeling u subsidie aanvraagt."}

    def __init__(
        self, regelingen: list[tuple[str, str]], *args: Any, hints: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["regeling"]
        veld.choices, veld.hints = regelingen, hints
        if len(regelingen) == 1:
            veld.disabled, veld.widget = True, forms.HiddenInput()
            self.initial["regeling"] = regelingen[0][0]


@voor(*INSTELLINGSROLLEN)
def lijst(request: HttpRequest) -> HttpResponse:
    """Own aanvragen, newest first. Searching is a POST: an address holds no name, a kenmerk at most.

    Addresses stand in the logs of proxies and in the history of browsers (AVG 32); what is posted doesn't.
    """
    gevraagd = request.POST if request.method == "POST" else request.GET
    if _LIJKT_BSN.fullmatch(gevraagd.get("zoek", "").strip()):
        messages.warning(request, "Zoeken op BSN kan niet. Zoek op het kenmerk of de achternaam.")
        return redirect("aanvragen:lijst")
    formulier = ZoekFormulier(gevraagd)
    gekozen = formulier.cleaned_data if formulier.is_valid() else {}
    zoek, status = gekozen.get("zoek", ""), gekozen.get("status", "")
    alle = _gezocht(
        Aanvraag.objects.zichtbaar_voor(actor_van(request)), zoek, ook_naam=request.method == "POST"
    )
    aantallen = dict(alle.order_by().values_list("status").annotate(aantal=Count("pk")))
    na = vanaf(request)
    rijen, meer = bladzijde(_rijen(alle.filter(status=status) if status else alle), RIJEN, na)
    for aanvraag in rijen:
        if getattr(aanvraag, "deelnemer", None) is not None:
            lees(request, "aanvragen.lijst", aanvraag.onderwerp())
    # The next page is a link, and a link can't hold a name.
    te_veel = meer and request.method == "POST" and bool(zoek)
    context = {
        "formulier": formulier,
        "tellers": _tellers(request, aantallen, status),
        "rijen": [_rij(aanvraag) for aanvraag in rijen],
        "meer_regelingen": len({aanvraag.regeling_id for aanvraag in rijen}) > 1,
        "gefilterd": bool(zoek or status or formulier.errors),
        "te_veel": RIJEN if te_veel else 0,
        **blader_urls(request, na, RIJEN, meer and not te_veel),
    }
    return render(request, "aanvragen/instelling/lijst.html", context)


def _gezocht(aanvragen: AanvraagQuerySet, zoek: str, *, ook_naam: bool) -> AanvraagQuerySet:
    """By the beginning of the kenmerk, said with or without `IPS-`, or by the whole achternaam."""
    if not zoek:
        return aanvragen
    begin = zoek.upper().replace(" ", "")
    begin = begin if begin.startswith("IPS-") else f"IPS-{begin}"
    op_kenmerk = Q(kenmerk__startswith=begin)
    return aanvragen.filter(op_kenmerk | Q(deelnemer__achternaam__iexact=zoek) if ook_naam else op_kenmerk)


def _rijen(aanvragen: AanvraagQuerySet) -> AanvraagQuerySet:
    samen = ("deelnemer", "traject", "instelling__organisatie", "regeling_versie", "gemeente_organisatie")
    return met_toestemming(aanvragen).select_related(*samen).order_by("-aangemaakt_op", "id")


def _rij(aanvraag: Any) -> dict[str, Any]:
    stand = stand_van(aanvraag, aanvraag.toestemming_nu, vandaag())
    deelnemer = getattr(aanvraag, "deelnemer", None)
    return {
        "kenmerk": aanvraag.kenmerk,
        "regeling": aanvraag.inhoud.korte_naam,
        "url": reverse("aanvragen:dossier", args=[aanvraag.pk]),
        "naam": deelnemer.naam.strip() if deelnemer else "",
        "stand": stand,
        "aan_zet": naam_van(stand.partij, aanvraag),
        "sinds": aanvraag.ontvangen_op or aanvraag.aangemaakt_op,
    }


def _tellers(request: HttpRequest, aantallen: dict[str, int], status: str) -> list[Teller]:
    """All, and every status that occurs; the chosen one also when it holds nothing."""
    alle = Teller("Alle", sum(aantallen.values()), met_filter(request, status=""), not status)
    per_status = [
        Teller(fase.tekst, aantallen.get(code, 0), met_filter(request, status=str(code)), code == status)
        for code, fase in FASEN.items()
        if aantallen.get(code) or code == status
    ]
    return [alle, *per_status]


@voor(*INSTELLINGSROLLEN)
def nieuw(request: HttpRequest) -> HttpResponse:
    """Which regelingen there are, for whom and until when; POST begins a concept under an open one."""
    alle = _regelingen()
    open_versies = [v for v in alle if _komend_tijdvak(v.inhoud) is not None]
    keuzes = [(versie.regeling.code, versie.inhoud.korte_naam) for versie in open_versies]
    hints = {v.regeling.code: v.inhoud.voor_wie for v in open_versies}
    formulier = NieuwFormulier(keuzes, gestuurd(request), hints=hints) if keuzes else None
    if request.method == "POST" and formulier is not None and formulier.is_valid():
        gekozen = formulier.cleaned_data["regeling"]
        regeling = next(v.regeling for v in open_versies if v.regeling.code == gekozen)
        aanvraag = voer_uit(request, beginnen, None, formulier, regeling=regeling)
        if aanvraag is not None:
            return redirect("aanvragen:invullen", aanvraag.pk)
    plaatsen = _vrije_plaatsen(open_versies)
    context = {
        "formulier": formulier,
        "regelingen": [_uitleg(v.inhoud, plaatsen.get(v.regeling_id)) for v in open_versies],
        "gesloten": [
            {"naam": v.inhoud.naam, "voor_wie": v.inhoud.voor_wie, "sinds": _laatste_dag(v.inhoud)}
            for v in alle
            if v not in open_versies
        ],
        "een": len(open_versies) == 1,
    }
    return render(request, "aanvragen/instelling/nieuw.html", context)


def _regelingen() -> list[RegelingVersie]:
    """The version in force of each regeling, in one query."""
    versies = (
        RegelingVersie.objects.filter(geldig_vanaf__lte=vandaag(), regeling__in=Regeling.objects.all())
        .select_related("regeling")
        .order_by("regeling__code", "-geldig_vanaf", "-nummer")
        .distinct("regeling__code")
    )
    return list(versies)


def _komend_tijdvak(inhoud: Regelinginhoud) -> Tijdvak | None:
    """The tijdvak that is open, else the first that comes; None when all are over."""
    tijdvakken = sorted(inhoud.tijdvakken, key=lambda t: t.van)
    return next((t for t in tijdvakken if t.tot_en_met >= vandaag()), None)


def _laatste_dag(inhoud: Regelinginhoud) -> date:
    return max(t.tot_en_met for t in inhoud.tijdvakken)


def _vrije_plaatsen(versies: list[RegelingVersie]) -> dict[int, int | None]:
    potten = Pot.objects.filter(
        regeling__in=[v.regeling_id for v in versies], soort=PotSoort.TOTAAL, periode=""
    )
    return {pot.regeling_id: pot.vrij_trajecten for pot in potten}


def _uitleg(inhoud: Regelinginhoud, vrij: int | None) -> dict[str, Any]:
    tijdvak = _komend_tijdvak(inhoud)
    assert tijdvak is not None  # only the open ones are explained
    return {
        "naam": inhoud.naam,
        "uitleg": inhoud.uitleg,
        "voor_wie": inhoud.voor_wie,
        "van": tijdvak.begint,
        "tot_en_met": tijdvak.tot_en_met,
        "begonnen": tijdvak.begint <= vandaag(),
        "routes": inhoud.routes,
        "wie": beslisser_van(inhoud),
        "handtekening": inhoud.regels.handtekening,
        "vrij": vrij,
    }

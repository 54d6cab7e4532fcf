"""The grootboek: every change of every pot, newest first. For UWV only: it names dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from budget.models import Boeking, BoekingSoort, Pot, Regeling, Rekening
from budget.web.kiezen import gekozen
from budget.web.potstanden import potnaam
from ips_subsidie.handelingen.kern import REGISTER
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import UWV_ROLLEN

PER_PAGINA = 25
_GROOTSTE_NUMMER = 2**63 - 1

# What a transfer from one rekening to another is called.
_WOORDEN = {
    (Rekening.PLAFOND, Rekening.VRIJ): "Grens vastgesteld of verhoogd",
    (Rekening.VRIJ, Rekening.PLAFOND): "Grens verlaagd of weggehaald",
    (Rekening.VRIJ, Rekening.GERESERVEERD): "Gereserveerd",
    (Rekening.GERESERVEERD, Rekening.VRIJ): "Reservering vervallen",
    (Rekening.VRIJ, Rekening.VERLEEND): "Toegekend",
    (Rekening.GERESERVEERD, Rekening.VERLEEND): "Toegekend uit de reservering",
    (Rekening.VERLEEND, Rekening.VRIJ): "Vrijgegeven",
    (Rekening.UITZONDERING, Rekening.VRIJ): "Ruimte boven de grens, na een gegrond bezwaar",
    (Rekening.VRIJ, Rekening.UITZONDERING): "Ruimte boven de grens teruggegeven",
    (Rekening.UITZONDERING, Rekening.VERLEEND): "Toegekend boven de grens, na een gegrond bezwaar",
    (Rekening.VERLEEND, Rekening.UITZONDERING): "Vrijgegeven boven de grens",
}
# What is booked outside the register: a regeling that is loaded, a writer that names no act.
_BUITEN_HET_REGISTER = {
    "regeling.laden": "Regeling laden",
    "beheer.toevoegen": "Nieuwe versie in het beheer",
    "overgenomen": "Overgenomen bij het begin van het grootboek",
    "buiten_een_handeling": "Buiten een handeling om",
}


class GrootboekFilter(forms.Form):
    regeling = forms.CharField(widget=forms.HiddenInput, required=False)
    pot = forms.ChoiceField(label="Pot", required=False)
    soort = forms.ChoiceField(
        label="Soort boeking", required=False, choices=[("", "Alle soorten"), *BoekingSoort.choices]
    )

    def __init__(self, *args: Any, potten: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        velden: Any = self.fields
        velden["pot"].choices = [("", "Alle potten"), *potten.items()]
        for veld in velden.values():
            veld.stil_optioneel = True


@dataclass(frozen=True)
class Regel:
    """One line of the grootboek, in words."""

    boeking: Boeking
    wat: str
    pot: str
    handeling: str
    wie: str


@voor(*UWV_ROLLEN)
def grootboek(request: HttpRequest) -> HttpResponse:
    regeling, inhoud = gekozen(request, list(Regeling.objects.all()))
    potten = {p.pk: p for p in Pot.objects.filter(regeling=regeling).select_related("gemeente")}
    namen = {str(pk): potnaam(pot, inhoud) for pk, pot in potten.items()}
    filterformulier = GrootboekFilter(
        {"regeling": regeling.code, "pot": request.GET.get("pot"), "soort": request.GET.get("soort")},
        potten=namen,
    )
    filterformulier.is_valid()
    keuzes = filterformulier.cleaned_data
    lijst = Boeking.objects.filter(regeling=regeling)
    if keuzes.get("pot"):
        lijst = lijst.filter(pot=keuzes["pot"])
    if keuzes.get("soort"):
        lijst = lijst.filter(soort=keuzes["soort"])
    boekingen, ouder, nieuwer = _bladzijde(request, lijst.select_related("door"))
    context = {
        "regeling": regeling,
        "inhoud": inhoud,
        "filterformulier": filterformulier,
        "regels": [_regel(boeking, namen[str(boeking.pot_id)]) for boeking in boekingen],
        "gefilterd": bool(keuzes.get("pot") or keuzes.get("soort")),
        "wis_url": _adres(regeling),
        "volgende": _adres(regeling, keuzes, na=boekingen[-1].pk) if ouder and boekingen else "",
        "vorige": _adres(regeling, keuzes, voor=boekingen[0].pk) if nieuwer and boekingen else "",
    }
    return render(request, "budget/grootboek.html", context)


def _bladzijde(request: HttpRequest, lijst: QuerySet[Boeking]) -> tuple[list[Boeking], bool, bool]:
    """The lines after `na` or before `voor`, and whether there are older and newer ones.

    By the line itself and not by counting, so that new lines on top don't shift what somebody reads.
    """
    begin = _boeking(request, "voor", lijst)
    if begin is not None:
        nieuwer = lijst.filter(op__gte=begin.op).filter(Q(op__gt=begin.op) | Q(pk__gt=begin.pk))
        gelezen = list(nieuwer.order_by("op", "pk")[: PER_PAGINA + 1])
        return gelezen[:PER_PAGINA][::-1], True, len(gelezen) > PER_PAGINA
    einde = _boeking(request, "na", lijst)
    if einde is not None:
        lijst = lijst.filter(op__lte=einde.op).filter(Q(op__lt=einde.op) | Q(pk__lt=einde.pk))
    gelezen = list(lijst[: PER_PAGINA + 1])
    return gelezen[:PER_PAGINA], len(gelezen) > PER_PAGINA, einde is not None


def _boeking(request: HttpRequest, naam: str, lijst: QuerySet[Boeking]) -> Boeking | None:
    getypt = request.GET.get(naam, "")
    if not (getypt.isascii() and getypt.isdigit()) or int(getypt[:20]) > _GROOTSTE_NUMMER:
        return None
    return lijst.filter(pk=int(getypt[:20])).first()


def _adres(regeling: Regeling, keuzes: dict[str, Any] | None = None, **plek: int) -> str:
    vraag: dict[str, Any] = {"regeling": regeling.code}
    vraag |= {naam: waarde for naam in ("pot", "soort") if (waarde := (keuzes or {}).get(naam))}
    return f"?{urlencode(vraag | plek)}"


def _regel(boeking: Boeking, pot: str) -> Regel:
    van, naar = Rekening(boeking.van), Rekening(boeking.naar)
    wat = _WOORDEN.get((van, naar)) or f"{van.label} naar {naar.label.lower()}"
    if boeking.soort == BoekingSoort.GECORRIGEERD:
        wat = f"Correctie: {wat[:1].lower()}{wat[1:]}"
    handeling = REGISTER.get(boeking.handeling)
    titel = handeling.titel if handeling else _BUITEN_HET_REGISTER.get(boeking.handeling, boeking.handeling)
    return Regel(boeking, wat, pot, titel, str(boeking.door or "Het systeem"))

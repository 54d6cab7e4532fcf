"""The public page: what each regeling is, for whom, until when, how many places are left, how to apply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from budget.models import Regeling, RegelingVersie
from budget.regels.regeling import Bedrag, Regelinginhoud, Route, Tijdvak
from budget.web.cijfers import Stand, standen
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.poort import openbaar

Open = Literal["open", "straks", "gesloten"]


@dataclass(frozen=True)
class Regelingkaart:
    """One regeling as the public reads it; `tijdvak` is the one that is open, comes next, or was the last."""

    inhoud: Regelinginhoud
    stand: Stand | None
    tijdvak: Tijdvak
    toestand: Open

    @property
    def bedragen(self) -> list[tuple[Route, str, Bedrag]]:
        """Each route with what it pays; apart for each doelgroep where that differs."""
        rijen = []
        for route in self.inhoud.routes:
            per_doelgroep = {d.naam: route.bedrag_voor(d.code) for d in self.inhoud.doelgroepen}
            if len(set(per_doelgroep.values())) == 1:
                per_doelgroep = {"": next(iter(per_doelgroep.values()))}
            rijen += [(route, naam, bedrag) for naam, bedrag in per_doelgroep.items()]
        return rijen

    @property
    def beslisser(self) -> str:
        """Who decides, as the subject of a sentence."""
        if all(route.gemeente_beslist for route in self.inhoud.routes):
            return "De gemeente"
        if any(route.gemeente_beslist for route in self.inhoud.routes):
            return "UWV of de gemeente"
        return "UWV"

    @property
    def vol(self) -> bool:
        return self.stand is not None and self.stand.vrij == 0

    @property
    def toestemming_nodig(self) -> bool:
        return any(route.toestemming for route in self.inhoud.routes)


@openbaar
def over_de_regeling(request: HttpRequest) -> HttpResponse:
    """Every regeling of today on one page, those that are open first."""
    dag = vandaag()
    regelingen = list(Regeling.objects.all())
    inhoud = _inhoud_op(dag)
    stand = standen(regelingen)
    kaarten = [_kaart(inhoud[r.pk], r.pk, stand, dag) for r in regelingen if r.pk in inhoud]
    kaarten.sort(key=lambda kaart: ("open", "straks", "gesloten").index(kaart.toestand))
    return render(request, "budget/over_de_regeling.html", {"kaarten": kaarten, "meer": len(kaarten) > 1})


def _inhoud_op(dag: date) -> dict[int, Regelinginhoud]:
    """The version of this day of every regeling, in one statement."""
    versies = RegelingVersie.objects.filter(geldig_vanaf__lte=dag).order_by(
        "regeling_id", "-geldig_vanaf", "-nummer"
    )
    return {versie.regeling_id: versie.inhoud for versie in versies.distinct("regeling_id")}


def _kaart(
    inhoud: Regelinginhoud, regeling: int, stand: dict[tuple[int, str], Stand], dag: date
) -> Regelingkaart:
    tijdvakken = sorted(inhoud.tijdvakken, key=lambda t: t.van)
    tijdvak = next((t for t in tijdvakken if dag <= t.tot_en_met), tijdvakken[-1])
    toestand: Open = "gesloten" if dag > tijdvak.tot_en_met else "open" if tijdvak.begint <= dag else "straks"
    beide = [stand[deel] for deel in ((regeling, ""), (regeling, tijdvak.code)) if deel in stand]
    return Regelingkaart(inhoud, min(beide, key=_ruim, default=None), tijdvak, toestand)


def _ruim(stand: Stand) -> float:
    """What is free, to find the pot that is used up first: that of the regeling or that of the tijdvak."""
    return float("inf") if stand.vrij is None else stand.vrij

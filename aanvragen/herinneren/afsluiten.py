"""What the calendar closes: questions that lapse, budget that goes back, the verslag that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef

from aanvragen.handelingen.budget_vragen import laten_verlopen
from aanvragen.handelingen.verlopen import laten_vervallen
from aanvragen.handelingen.verslag import verslag_vragen
from aanvragen.herinneren.plaatsen import inhoud_op
from aanvragen.herinneren.samen import doe_elk
from aanvragen.models import Aanvraag, Traject, Vaststelling
from aanvragen.regels.statussen import AanvraagStatus, TrajectStatus, VaststellingStatus
from budget.models import Regeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor

D = TypeVar("D")


def laat_vervallen(nu: datetime) -> int:
    """Let lapse what still waits for toestemming after the last tijdvak of its regeling; returns how many."""
    return doe_elk([partial(_laat_vervallen_van, regeling, nu) for regeling in Regeling.objects.all()])


def _laat_vervallen_van(regeling: Regeling, nu: datetime) -> int:
    inhoud = inhoud_op(regeling, nu)
    if inhoud is None or datum_van(nu) <= max(t.tot_en_met for t in inhoud.tijdvakken):
        return 0
    wachtend = Aanvraag.objects.filter(regeling=regeling, status=AanvraagStatus.WACHT_OP_TOESTEMMING)
    # Refused: submitted meanwhile, or it has a day more after a storing.
    return _doe(
        laten_vervallen, wachtend.select_related("instelling", "regeling").iterator(chunk_size=500), nu
    )


def laat_reserveringen_verlopen(nu: datetime) -> int:
    """Give budget back that was held and not used in time; returns how many."""
    voorbij = Aanvraag.objects.filter(
        status=AanvraagStatus.BUDGET_GERESERVEERD, reservering__gereserveerd_tot__lte=nu
    )
    # Refused: decided meanwhile.
    return _doe(laten_verlopen, voorbij.select_related("regeling_versie").iterator(chunk_size=500), nu)


def vraag_verslagen(nu: datetime) -> int:
    """Ask for the verslag of every traject whose last day has passed; returns how many."""
    afgelopen = Traject.objects.filter(
        ~Exists(
            Vaststelling.objects.filter(traject=OuterRef("pk")).exclude(status=VaststellingStatus.OPGESCHORT)
        ),
        status=TrajectStatus.GESTART,
        laatste_dag__lt=datum_van(nu),
        aanvraag__status=AanvraagStatus.TOEGEKEND,
    )
    # Refused: a verlenging is still asked for, or it was stopped meanwhile.
    return _doe(
        verslag_vragen, afgelopen.select_related("aanvraag__regeling_versie").iterator(chunk_size=500), nu
    )


def _doe(handeling: Callable[..., Any], rijen: Iterable[D], nu: datetime) -> int:
    """Do this on each as the system; returns how many were not refused."""

    def op(rij: D) -> int:
        try:
            handeling(rij, Actor.systeem(), nu=nu)
        except HandelingGeweigerd:
            return 0
        return 1

    return doe_elk(partial(op, rij) for rij in rijen)

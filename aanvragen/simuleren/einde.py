"""The end of a traject in a scenario: stopbericht, verslag, vaststelling; and what the system does by night."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from aanvragen import herinneren
from aanvragen.handelingen import stoppen as stopberichten
from aanvragen.handelingen import vaststellen
from aanvragen.handelingen import verslag as verslagen
from aanvragen.models import Aanvraag, Traject
from aanvragen.models.uitkomst import Contract, Sector
from aanvragen.models.verslag import Uitkomst
from aanvragen.regels.statussen import AanvraagStatus, TrajectStatus
from aanvragen.simuleren.dossier import TEKST, Dossier, doe
from aanvragen.simuleren.scenario import Wat
from aanvragen.simuleren.wereld import Wereld
from ips_subsidie.kalender.klok import begin_van_dag, datum_van, klok_op

UREN_PER_WEEK = 24


def stoppen(w: Wereld, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
    """The whole of it: the instelling reports it, and where the gemeente decides she confirms it at once."""
    _meld_stop(w, d, nu, keuzes)
    if d.aanvraag.gemeente_beslist:
        _bevestig_stop(w, d, nu)


def stopbericht(w: Wereld, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
    """One part of it: deel 1 of the instelling, or deel 2 of the gemeente."""
    if keuzes["deel"] == 1:
        _meld_stop(w, d, nu, keuzes)
    else:
        _bevestig_stop(w, d, nu)


def _meld_stop(w: Wereld, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
    doe(
        stopberichten.stoppen, d.traject, w.behandelaar, nu,
        gestopt_op=keuzes["datum_einde"] or datum_van(nu), stop_reden=keuzes["reden"],
    )  # fmt: skip


def _bevestig_stop(w: Wereld, d: Dossier, nu: datetime) -> None:
    doe(stopberichten.bevestigen, d.stopbericht, w.partij(d.aanvraag, nu).voorbereider, nu)


_VERSLAG: dict[str, dict[str, Any]] = {
    Uitkomst.WERK: {"sector": Sector.ANDERS, "uren_per_week": UREN_PER_WEEK, "contract": Contract.TIJDELIJK},
    Uitkomst.OPLEIDING: {"opleiding": "Een opleiding"},
    Uitkomst.GEEN: {},
}


def verslag(w: Wereld, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
    traject = d.traject
    begonnen = None if keuzes["uitkomst"] == Uitkomst.GEEN else traject.startdatum
    doe(
        verslagen.verslag_indienen, traject, w.behandelaar, nu,
        uitkomst=keuzes["uitkomst"], activiteiten=TEKST, begonnen_op=begonnen, **_VERSLAG[keuzes["uitkomst"]],
    )  # fmt: skip


def aanmanen(w: Wereld, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
    """Another term for the verslag that did not come (Awb 4:44 lid 3)."""
    doe(
        vaststellen.termijn_stellen, d.vaststelling, w.partij(d.aanvraag, nu).voorbereider, nu,
        termijn_tot=datum_van(nu) + timedelta(days=keuzes["termijn_dagen"]),
    )  # fmt: skip


def vaststelling(w: Wereld, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
    """Proposed by one and decided by another; the verslag comes first, unless the scenario has it.

    On a lower amount the instelling reacts at once, so that it can be decided.
    """
    if not w.scenario.noemt(Wat.VERSLAG, d.naam) and not verslagen.heeft_verslag(d.traject):
        verslag(w, d, nu, {"uitkomst": Uitkomst.GEEN})
    partij, bedrag = w.partij(d.aanvraag, nu), keuzes["bedrag_cent"]
    if bedrag is None:
        doe(vaststellen.voorstellen, d.vaststelling, partij.voorbereider, nu, motivering=TEKST)
    else:
        doe(
            vaststellen.lager_voorstellen, d.vaststelling, partij.voorbereider, nu,
            bedrag_cent=bedrag, reden=keuzes["reden"], motivering=TEKST,
        )  # fmt: skip
        doe(vaststellen.zienswijze_geven, d.vaststelling, w.behandelaar, nu, zienswijze=TEKST)
    doe(vaststellen.vaststellen, d.vaststelling, partij.beslisser, nu, motivering=TEKST)


def speel_de_nachten(tot: datetime) -> None:
    """What the system did by itself until `tot`: let reservations lapse, ask for the verslag after the last day.

    Each at the instant on which it was due, so that its terms are those of then.
    """
    verlopen = Aanvraag.objects.filter(
        status=AanvraagStatus.BUDGET_GERESERVEERD, reservering__gereserveerd_tot__lte=tot
    ).values_list("reservering__gereserveerd_tot", flat=True)
    afgelopen = Traject.objects.filter(
        status=TrajectStatus.GESTART,
        aanvraag__status=AanvraagStatus.TOEGEKEND,
        laatste_dag__lt=datum_van(tot),
        vaststelling__isnull=True,
    ).values_list("laatste_dag", flat=True)
    momenten = {op for op in verlopen if op is not None}
    momenten |= {begin_van_dag(dag + timedelta(days=1)) for dag in afgelopen if dag is not None}
    for moment in sorted(momenten):
        with klok_op(moment):
            herinneren.laat_reserveringen_verlopen(moment)
            herinneren.vraag_verslagen(moment)

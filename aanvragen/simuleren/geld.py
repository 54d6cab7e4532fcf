"""The money of a scenario: inkooporder, factuur and betaling, by the instelling and by who owes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from aanvragen.demo import teksten
from aanvragen.simuleren.dossier import Dossier, doe
from aanvragen.simuleren.wereld import IBAN, Wereld
from budget.handelingen import betalen, facturen, goedkeuren, inkopen
from budget.models import Betaalmoment, Betaalverplichting, Debiteur, Factuur, FactuurStatus
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor

_TE_BETALEN = (FactuurStatus.IN_CONTROLE, FactuurStatus.GECONTROLEERD, FactuurStatus.GOEDGEKEURD)


def inkooporder(w: Wereld, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
    for verplichting in _verplichtingen(d, Debiteur.UWV):
        doe(inkopen.plaatsen, verplichting, w.financien, nu, nummer=w.nummer("IO"))


def factuur(w: Wereld, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
    """The instelling sends what it may ask now, to one debtor or to each who owes something."""
    for verplichting in _verplichtingen(d, keuzes["aan"]):
        moment = _moment(verplichting, keuzes["betaalmoment"])
        bedrag = (
            keuzes["bedrag_cent"]
            or min(moment.over_cent, verplichting.te_factureren_cent)
            # Nothing is left: the act says so.
            or moment.bedrag_cent
        )
        nummer = w.nummer("F")
        doe(
            facturen.indienen, verplichting, w.behandelaar, nu,
            betaalmoment=moment.pk, nummer=nummer, factuurdatum=datum_van(nu), bedrag_cent=bedrag, btw_cent=0,
            iban=IBAN, bestand=SimpleUploadedFile(f"{nummer}.pdf", teksten.bijlage().read(), "application/pdf"),
        )  # fmt: skip


def betaling(w: Wereld, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
    """Who owes it controls, approves and pays every factuur of this dossier that still waits."""
    te_doen = [
        factuur
        for verplichting in _verplichtingen(d, keuzes["door"])
        for factuur in verplichting.facturen.filter(status__in=_TE_BETALEN).order_by("ontvangen_op", "nummer")
    ]
    if not te_doen:
        raise HandelingGeweigerd(Reden("geen_factuur", "Er ligt geen factuur om te betalen."))
    for een in te_doen:
        _keur_goed(een, _mensen(w, een.verplichting, nu), nu)
    van_uwv = [een.pk for een in te_doen if een.verplichting.debiteur == Debiteur.UWV]
    if van_uwv:
        batch = betalen.maken(None, w.financien, facturen=van_uwv, uitvoeren_op=datum_van(nu), nu=nu)
        doe(betalen.uitgevoerd, batch, w.financien, nu, betaald_op=datum_van(nu))
    for een in te_doen:
        if een.verplichting.debiteur == Debiteur.GEMEENTE:
            medewerker, _ = _mensen(w, een.verplichting, nu)
            doe(goedkeuren.betaald_melden, _vers(een), medewerker, nu, betaald_op=datum_van(nu))


def _keur_goed(factuur: Factuur, mensen: tuple[Actor, Actor], nu: datetime) -> None:
    """Controlled by one and approved by another, as far as that was not done yet."""
    een, ander = mensen
    if factuur.status == FactuurStatus.IN_CONTROLE:
        doe(facturen.controleren, factuur, een, nu)
    factuur = _vers(factuur)
    if factuur.status == FactuurStatus.GECONTROLEERD:
        doe(goedkeuren.goedkeuren, factuur, ander, nu)


def _vers(factuur: Factuur) -> Factuur:
    return Factuur.objects.select_related("verplichting__reservering", "verplichting__gemeente").get(
        pk=factuur.pk
    )


def _mensen(w: Wereld, verplichting: Betaalverplichting, nu: datetime) -> tuple[Actor, Actor]:
    """Who controls and who approves: two people of the party that owes it."""
    if verplichting.debiteur == Debiteur.UWV:
        return w.financien, w.financien_collega
    partij = w.mensen_van(verplichting.gemeente.code, nu)
    return partij.voorbereider, partij.beslisser


def _verplichtingen(d: Dossier, debiteur: str) -> Sequence[Betaalverplichting]:
    """What is owed for this dossier, by this debtor or by anybody. Raises HandelingGeweigerd when nothing is."""
    alle = list(
        Betaalverplichting.objects.filter(reservering=d.traject.aanvraag.reservering)
        .select_related("reservering", "gemeente")
        .order_by("-debiteur")
    )
    van = [
        verplichting for verplichting in alle if verplichting.debiteur == (debiteur or verplichting.debiteur)
    ]
    if not van:
        wie = "De gemeente" if debiteur == Debiteur.GEMEENTE else "UWV"
        raise HandelingGeweigerd(
            Reden("niet_verschuldigd", f"{wie} betaalt niets voor dit traject. Er is niets te factureren.")
        )
    return van


def _moment(verplichting: Betaalverplichting, code: str) -> Betaalmoment:
    """The betaalmoment with this code; else the first that is due and not invoiced whole, else the first that isn't."""
    momenten = list(verplichting.betaalmomenten.order_by("volgnummer"))
    if code:
        return next(moment for moment in momenten if moment.code == code)
    open_ = [moment for moment in momenten if moment.over_cent] or momenten[-1:]
    return next((moment for moment in open_ if moment.opeisbaar_op), open_[0])

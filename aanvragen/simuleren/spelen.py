"""Plays the events of a scenario, each through the acts that a person would do, with the clock at its instant.

An event happens whole or not at all: where one of its acts is refused, all of them are undone. Only a lot that was
drawn stays drawn: whoever loses may not draw again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from aanvragen.demo import teksten
from aanvragen.handelingen import (
    behandelen,
    beslissen,
    budget_vragen,
    indienen,
    intrekken,
    intrekking,
    invullen,
    ondertekenen,
    toestemming,
    traject,
    verlengen,
)
from aanvragen.handelingen import doorzenden as doorzendingen
from aanvragen.handelingen.handtekening import leesteken_van, tekst_voor
from aanvragen.models import Aanvraag
from aanvragen.models.beoordeling import Advies
from aanvragen.models.handtekening import Wijze
from aanvragen.regels.intrekking import IntrekReden
from aanvragen.simuleren import einde, geld
from aanvragen.simuleren.dossier import TEKST, Dossier, doe, eis_status
from aanvragen.simuleren.formulier import ingevuld
from aanvragen.simuleren.scenario import Besluitsoort, Gebeurtenis, Wat
from aanvragen.simuleren.uitkomsten import Uitkomst, stand_van
from aanvragen.simuleren.wereld import Wereld
from budget.handelingen import loting, plafond
from budget.regels.regeling import Controle, Vrijval
from ips_subsidie.berichten.uitbak import zonder_haast
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.kalender.termijnen import hersteltermijn

# What takes or holds a place.
_VERDEELT = (Wat.TOEKENNEN, Wat.BESLUIT_GEMEENTE, Wat.BUDGET_ANTWOORD)
# The question of the checklist that `woont_in` answers.
WOONPLAATS = "woonplaats"


def speel(wereld: Wereld) -> Iterator[Uitkomst]:
    """Play all events of the scenario in their order; gives the outcome of each as soon as it is there."""
    spel = _Spel(wereld)
    for gebeurtenis in wereld.scenario.gebeurtenissen:
        yield spel.speel(gebeurtenis)


class _Spel:
    """The scenario while it is played: its dossiers by name, and what UWV, gemeente and instelling do."""

    def __init__(self, wereld: Wereld) -> None:
        self.wereld = wereld
        self.dossiers: dict[str, Dossier] = {}

    def speel(self, g: Gebeurtenis) -> Uitkomst:
        dossier = self.dossiers.setdefault(g.aanvraag, Dossier(g.aanvraag)) if g.aanvraag else None
        with zonder_haast():
            einde.speel_de_nachten(g.op)
        with klok_op(g.op), zonder_haast():
            # Not within the event: whoever works there stays, also when the event is undone.
            self.wereld.zorg_voor(self._gemeenten(g, dossier), g.op)
            redenen = self._probeer(g, dossier)
            if dossier and self._loot_zelf(g, dossier, redenen):
                redenen = self._probeer(g, dossier)
            stand = stand_van(self.wereld, dossier.pk if dossier else None)
        return Uitkomst(g, tuple(redenen), stand)

    def _gemeenten(self, g: Gebeurtenis, dossier: Dossier | None) -> set[str]:
        """The codes of the gemeenten whose people this event may need."""
        codes = {g.keuzes.get("gemeente"), dossier.keuzes.get("gemeente") if dossier else None}
        return {code for code in codes if code}

    def _probeer(self, g: Gebeurtenis, dossier: Dossier | None) -> Sequence[Reden]:
        """Do the event; gives why it was refused, and then nothing has changed."""
        try:
            with transaction.atomic():
                _HANDELINGEN[g.wat](self, dossier, g.op, dict(g.keuzes))
        except HandelingGeweigerd as weigering:
            return weigering.redenen
        return ()

    def _loot_zelf(self, g: Gebeurtenis, d: Dossier, redenen: Sequence[Reden]) -> bool:
        """Draw the lot that alone stands in the way of granting, unless the scenario draws it; False if it was not."""
        if g.wat not in _VERDEELT or {reden.code for reden in redenen} != {"loting"}:
            return False
        reservering = d.aanvraag.reservering
        assert reservering is not None  # the refusal is about its rank
        genoemd = {h.aanvraag for h in self.wereld.scenario.gebeurtenissen if h.wat is Wat.LOTEN}
        pks = [ander.pk for ander in self.dossiers.values() if ander.naam in genoemd and ander.pk]
        if Aanvraag.objects.filter(pk__in=pks, reservering__rang_op=reservering.rang_op).exists():
            return False
        return not self._probeer(replace(g, wat=Wat.LOTEN), d)

    # --- the instelling ----------------------------------------------------------------------------------

    def indienen(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        w = self.wereld
        if d.pk is not None:  # sent twice
            doe(indienen.indienen, d.aanvraag, w.behandelaar, nu)
            return
        w.zet_bedragen(
            nu, **{naam: keuzes[naam] for naam in ("route", "bedrag_cent", "doelgroep", "maanden")}
        )
        aanvraag = invullen.beginnen(None, w.behandelaar, regeling=w.regeling, nu=nu)
        self._vul_in(aanvraag, keuzes, nu)
        if aanvraag.inhoud.route(aanvraag.route).toestemming:
            self._vraag_toestemming(aanvraag, nu)
        # For a doelgroep that the regeling doesn't have there is no text to sign; it is refused below.
        bekend = {doelgroep.code for doelgroep in aanvraag.inhoud.doelgroepen}
        if aanvraag.inhoud.regels.handtekening and keuzes["doelgroep"] in bekend:
            aanvraag = self._onderteken(aanvraag, nu)
        indienen.indienen(aanvraag, w.behandelaar, nu=nu)
        if not keuzes["volledig"]:
            self._vraag_aanvulling(aanvraag, nu, termijn_dagen=None, op_formulier=True)
        d.pk, d.keuzes = aanvraag.pk, keuzes
        d.mist = d.gevraagd_bij_ontvangst = not keuzes["volledig"]

    def _vul_in(self, aanvraag: Aanvraag, keuzes: dict[str, Any], nu: datetime) -> None:
        w = self.wereld
        onderdelen = ingevuld(
            keuzes,
            persoon=w.client(keuzes["client"]),
            gemeente=w.gemeente(keuzes["gemeente"]),
            woonplaats=w.gemeente(keuzes["woont_in"] or keuzes["gemeente"]).naam,
            inhoud=aanvraag.inhoud,
            nu=nu,
        )
        for onderdeel, waarden in onderdelen.items():
            invullen.onderdeel_opslaan(
                aanvraag, w.behandelaar, onderdeel=onderdeel, waarden=waarden, versie=aanvraag.versie, nu=nu
            )
        for document in aanvraag.inhoud.documenten_van(keuzes["route"]):
            if document.verplicht:
                invullen.bijlage_toevoegen(
                    aanvraag, w.behandelaar, soort=document.code, upload=teksten.bijlage(), nu=nu
                )

    def _onderteken(self, aanvraag: Aanvraag, nu: datetime) -> Aanvraag:
        """The deelnemer signs what stands there now; gives the aanvraag as it is then."""
        compleet = Aanvraag.objects.get(pk=aanvraag.pk)
        ondertekenen.ondertekenen(
            compleet, self.wereld.behandelaar, wijze=Wijze.SCHERM, naam=compleet.deelnemer.naam, akkoord=True,
            gelezen=leesteken_van(tekst_voor(compleet, datum_van(nu))), nu=nu,
        )  # fmt: skip
        return Aanvraag.objects.get(pk=aanvraag.pk)

    def _vraag_toestemming(self, aanvraag: Aanvraag, nu: datetime) -> None:
        assert aanvraag.gemeente is not None
        beslisser = self.wereld.mensen_van(aanvraag.gemeente.code, nu).beslisser
        toestemming.vragen(aanvraag, self.wereld.behandelaar, nu=nu)
        toestemming.verlenen(
            aanvraag, beslisser, uitkering_klopt=True, geen_ander_traject=True, voorzieningen="",
            functie="Consulent", nu=nu,
        )  # fmt: skip

    def aanvullen(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        doe(indienen.aanvullen, d.aanvraag, self.wereld.behandelaar, nu, antwoord=TEKST)
        d.mist = d.gevraagd_bij_ontvangst = False

    def intrekken(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        doe(intrekken.intrekken, d.aanvraag, self.wereld.behandelaar, nu)

    def starten(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        dag = keuzes["startdatum"] or datum_van(nu)
        doe(traject.starten, d.traject, self.wereld.behandelaar, nu, startdatum=dag)

    def verlengen(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        partij = self.wereld.partij(d.aanvraag, nu)
        verlenging = doe(verlengen.vragen, d.traject, self.wereld.behandelaar, nu, motivering=TEKST, **keuzes)
        verlengen.adviseren(verlenging, partij.voorbereider, advies=Advies.TOEKENNEN, motivering=TEKST, nu=nu)
        verlengen.toekennen(verlenging, partij.beslisser, motivering=TEKST, nu=nu)

    # --- who decides: UWV or the gemeente --------------------------------------------------------------------

    def aanvulling_vragen(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        aanvraag = d.aanvraag
        if d.gevraagd_bij_ontvangst:
            # This is the letter itself, with its own term. What was missing at the receipt still is.
            doe(indienen.aanvullen, aanvraag, self.wereld.behandelaar, nu, antwoord=TEKST)
            keuzes["op_formulier"] = True
        self._vraag_aanvulling(aanvraag, nu, **keuzes)
        d.mist, d.gevraagd_bij_ontvangst = keuzes["op_formulier"], False

    def _vraag_aanvulling(
        self, aanvraag: Aanvraag, nu: datetime, *, termijn_dagen: int | None, op_formulier: bool
    ) -> None:
        vandaag = datum_van(nu)
        dagen = aanvraag.inhoud.termijnen.hersteltermijn_dagen
        tot = (
            vandaag + timedelta(days=termijn_dagen)
            if termijn_dagen
            else hersteltermijn(vandaag, feestdagen(), dagen=dagen).laatste_dag
        )
        self._pak_op(aanvraag, nu)
        doe(
            behandelen.aanvulling_vragen, aanvraag, self.wereld.partij(aanvraag, nu).voorbereider, nu,
            vraag=TEKST, termijn_tot=tot, op_formulier=op_formulier,
        )  # fmt: skip

    def toekennen(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        # Where the scenario doesn't ask UWV for budget, the gemeente does so now.
        self._ken_toe(d, nu, met_budget=not self.wereld.scenario.noemt(Wat.BUDGET_VRAGEN, d.naam))

    def besluit_gemeente(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        """The besluit alone: whoever did not ask for budget finds that out here (T75)."""
        if keuzes.pop("besluit") is Besluitsoort.TOEKENNEN:
            self._ken_toe(d, nu, met_budget=False)
        else:
            self.afwijzen(d, nu, keuzes)

    def _ken_toe(self, d: Dossier, nu: datetime, *, met_budget: bool) -> None:
        aanvraag = self._in_behandeling(d, nu)
        met_budget &= d.route.budget_vragen and aanvraag.status in budget_vragen.vragen.van
        beslisser = self.wereld.partij(aanvraag, nu).beslisser
        if not met_budget:
            eis_status(beslissen.toekennen, aanvraag, beslisser)
        self._beoordeel_als_goed(d, aanvraag, nu)
        if met_budget:
            self._vraag_budget(aanvraag, nu)
            doe(budget_vragen.reserveren, d.aanvraag, self.wereld.financien, nu)
        beslissen.toekennen(d.aanvraag, beslisser, motivering=TEKST, nu=nu)

    def _beoordeel_als_goed(self, d: Dossier, aanvraag: Aanvraag, nu: datetime) -> None:
        """Advise to grant. Raises HandelingGeweigerd with what the reviewer finds wrong."""
        if d.mist:
            raise HandelingGeweigerd(Reden("onvolledig", "De aanvraag is nog niet aangevuld."))
        if fout := self._klopt_niet(d, aanvraag):
            raise HandelingGeweigerd(Reden(fout.grond, aanvraag.inhoud.grond(fout.grond).tekst, grond=True))
        self._beoordeel(aanvraag, nu, Advies.TOEKENNEN, [])

    def afwijzen(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        aanvraag = self._in_behandeling(d, nu)
        beslisser = self.wereld.partij(aanvraag, nu).beslisser
        eis_status(beslissen.afwijzen, aanvraag, beslisser)
        gronden = keuzes["gronden"] or self._gronden_tegen(d, nu)
        self._beoordeel(aanvraag, nu, Advies.AFWIJZEN, gronden)
        beslissen.afwijzen(aanvraag, beslisser, gronden=gronden, motivering=TEKST, nu=nu)

    def buiten_behandeling(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        aanvraag = d.aanvraag
        self._pak_op(aanvraag, nu)
        beslisser = self.wereld.partij(aanvraag, nu).beslisser
        doe(beslissen.buiten_behandeling, aanvraag, beslisser, nu, motivering=TEKST)

    def intrekken_besluit(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        ex_tunc = Vrijval.INGETROKKEN_MET_TERUGWERKENDE_KRACHT if keuzes["met_terugwerkende_kracht"] else None
        aanvraag = d.aanvraag
        partij = self.wereld.partij(aanvraag, nu)
        eis_status(beslissen.besluit_intrekken, aanvraag, partij.beslisser)
        if not intrekking.is_zelf_gemeld(aanvraag) and intrekking.levend_voornemen(aanvraag) is None:
            # Heard, and answered, on the same day: the scenario says when it was withdrawn.
            voornemen = intrekking.voornemen_intrekken(
                aanvraag, partij.voorbereider, reden=IntrekReden.NIET_UITGEVOERD, motivering=TEKST, nu=nu
            )
            intrekking.zienswijze_geven(voornemen, self.wereld.behandelaar, zienswijze=TEKST, nu=nu)
            aanvraag = d.aanvraag
        doe(
            beslissen.besluit_intrekken, aanvraag, partij.beslisser, nu,
            motivering=TEKST, gebeurtenis=ex_tunc,
        )  # fmt: skip

    def doorzenden(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        aanvraag, naar = d.aanvraag, keuzes["gemeente"]
        doe(
            doorzendingen.doorzenden, aanvraag, self.wereld.partij(aanvraag, nu).voorbereider, nu,
            gemeente=self.wereld.gemeente(naar), reden=TEKST,
        )  # fmt: skip
        d.keuzes = {**d.keuzes, "gemeente": naar}

    def budget_vragen(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        aanvraag = self._in_behandeling(d, nu)
        eis_status(budget_vragen.vragen, aanvraag, self.wereld.partij(aanvraag, nu).voorbereider)
        self._beoordeel_als_goed(d, aanvraag, nu)
        self._vraag_budget(aanvraag, nu)

    def _vraag_budget(self, aanvraag: Aanvraag, nu: datetime) -> None:
        doe(budget_vragen.vragen, aanvraag, self.wereld.partij(aanvraag, nu).voorbereider, nu)

    def budget_antwoord(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        """As the scenario says; else UWV holds the budget where there is, and says so where there is none."""
        aanvraag, financien = d.aanvraag, self.wereld.financien
        if keuzes["er_is_budget"] is False:
            doe(budget_vragen.weigeren, aanvraag, financien, nu)
            return
        try:
            with transaction.atomic():
                doe(budget_vragen.reserveren, aanvraag, financien, nu)
        except HandelingGeweigerd as weigering:
            if keuzes["er_is_budget"] or not any(reden.grond for reden in weigering.redenen):
                raise
            doe(budget_vragen.weigeren, d.aanvraag, financien, nu)

    def _pak_op(self, aanvraag: Aanvraag, nu: datetime) -> None:
        if aanvraag.opgepakt_door_id is None and aanvraag.status in behandelen.oppakken.van:
            behandelen.oppakken(aanvraag, self.wereld.partij(aanvraag, nu).voorbereider, nu=nu)

    def _in_behandeling(self, d: Dossier, nu: datetime) -> Aanvraag:
        """Picked up and confirmed as complete, where that is still to do. Raises what stands in the way of that."""
        aanvraag = d.aanvraag
        self._pak_op(aanvraag, nu)
        if aanvraag.status in behandelen.in_behandeling_nemen.van:
            behandelen.in_behandeling_nemen(aanvraag, self.wereld.partij(aanvraag, nu).voorbereider, nu=nu)
        return aanvraag

    def _klopt_niet(self, d: Dossier, aanvraag: Aanvraag) -> Controle | None:
        """The question that the reviewer must answer with no: the deelnemer lives elsewhere."""
        if d.keuzes["woont_in"] in ("", d.keuzes["gemeente"]):
            return None
        return next((c for c in d.route.controles if c.code == WOONPLAATS), None)

    def _beoordeel(self, aanvraag: Aanvraag, nu: datetime, advies: Advies, gronden: list[str]) -> None:
        """Once budget was asked the review stands, whatever the besluit becomes."""
        if aanvraag.status not in behandelen.beoordelen.van:
            return
        controles = aanvraag.inhoud.route(aanvraag.route).controles
        behandelen.beoordelen(
            aanvraag, self.wereld.partij(aanvraag, nu).voorbereider,
            uitkomsten={c.code: {"klopt": c.grond not in gronden} for c in controles},
            advies=advies, gronden=gronden, motivering=TEKST, nu=nu,
        )  # fmt: skip

    def _gronden_tegen(self, d: Dossier, nu: datetime) -> list[str]:
        """The grounds on which granting would be refused now, found by trying; else the general one."""
        bekend = [g.code for g in self.wereld.scenario.inhoud.gronden]
        tegen: list[str] = []
        try:
            with transaction.atomic():
                self._ken_toe(d, nu, met_budget=True)
                transaction.set_rollback(True)
        except HandelingGeweigerd as weigering:
            tegen = [r.code for r in weigering.redenen if r.grond and r.code in bekend]
        return tegen or ["algemeen" if "algemeen" in bekend else bekend[-1]]

    # --- the pots ----------------------------------------------------------------------------------------

    def plafond_wijzigen(self, d: Dossier | None, nu: datetime, keuzes: dict[str, Any]) -> None:
        w = self.wereld
        w.zet_bedragen(nu)
        versie = plafond.wijzigen(
            None, w.financien, regeling=w.regeling, bron="Simulatie", reden=TEKST, nu=nu, **keuzes
        )
        w.tekst = versie.tekst

    def loten(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        reservering = d.aanvraag.reservering
        assert reservering is not None
        voorbereid = loting.voorbereiden(
            None, self.wereld.beoordelaar, regeling=self.wereld.regeling, rang_op=reservering.rang_op, nu=nu
        )
        loting.trekken(voorbereid, self.wereld.beslisser, nu=nu)


def _met_wereld(
    handeling: Callable[[Wereld, Any, datetime, dict[str, Any]], None],
) -> Callable[[_Spel, Any, datetime, dict[str, Any]], None]:
    return lambda spel, dossier, nu, keuzes: handeling(spel.wereld, dossier, nu, keuzes)


_ELDERS = {
    wat: _met_wereld(getattr(module, wat.value))
    for module, soorten in (
        (geld, (Wat.INKOOPORDER, Wat.FACTUUR, Wat.BETALING)),
        (einde, (Wat.STOPPEN, Wat.STOPBERICHT, Wat.VERSLAG, Wat.AANMANEN, Wat.VASTSTELLING)),
    )
    for wat in soorten
}
_HANDELINGEN: dict[Wat, Callable[[_Spel, Any, datetime, dict[str, Any]], None]] = {
    wat: _ELDERS.get(wat) or getattr(_Spel, wat.value) for wat in Wat
}

"""Plays the events of a scenario, each through the acts that a person would do, with the clock at its instant.

An event happens whole or not at all: where one of its acts is refused, all of them are undone. Only a lot that was
drawn stays drawn: whoever loses may not draw again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from aanvragen.demo import teksten
from aanvragen.handelingen import (
    behandelen,
    beslissen,
    indienen,
    intrekken,
    invullen,
    toestemming,
    traject,
    verlengen,
)
from aanvragen.models import Aanvraag, Traject
from aanvragen.models.beoordeling import Advies
from aanvragen.simuleren.formulier import ingevuld
from aanvragen.simuleren.scenario import Gebeurtenis, Wat
from aanvragen.simuleren.uitkomsten import Uitkomst, stand_van
from aanvragen.simuleren.wereld import Wereld
from budget.handelingen import loting, plafond
from budget.regels.regeling import Controle, Vrijval
from ips_subsidie.berichten.uitbak import zonder_haast
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.kalender.termijnen import hersteltermijn
from ips_subsidie.toegang.actor import Actor

TEKST = "Gespeeld in een simulatie."
# The question of the checklist that `woont_in` answers.
WOONPLAATS = "woonplaats"


@dataclass
class Dossier:
    """One aanvraag of the scenario.

    `mist`: something is missing that the form asked for. `gevraagd_bij_ontvangst`: UWV asked for it as it came in,
    without an event of the scenario.
    """

    naam: str
    keuzes: dict[str, Any] = field(default_factory=dict)
    pk: UUID | None = None
    mist: bool = False
    gevraagd_bij_ontvangst: bool = False

    @property
    def aanvraag(self) -> Aanvraag:
        """As it stands now. Raises HandelingGeweigerd when it was never received."""
        if self.pk is None:
            raise HandelingGeweigerd(Reden("niet_ingediend", f"“{self.naam}” is niet ontvangen."))
        return Aanvraag.objects.select_related("regeling_versie", "gemeente", "reservering").get(pk=self.pk)

    @property
    def traject(self) -> Traject:
        gevonden = (
            Traject.objects.filter(aanvraag=self.aanvraag).select_related("aanvraag__regeling_versie").first()
        )
        if gevonden is None:
            raise HandelingGeweigerd(Reden("niet_toegekend", f"“{self.naam}” is niet toegekend."))
        return gevonden


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
        with klok_op(g.op), zonder_haast():
            if g.wat is Wat.INDIENEN:
                # Not within the event: whoever works there stays, also when the event is undone.
                self.wereld.van_gemeente(g.keuzes["gemeente"], g.op)
            redenen = self._probeer(g, dossier)
            if dossier and self._loot_zelf(g, dossier, redenen):
                redenen = self._probeer(g, dossier)
            stand = stand_van(self.wereld, dossier.pk if dossier else None)
        return Uitkomst(g, tuple(redenen), stand)

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
        if g.wat is not Wat.TOEKENNEN or {reden.code for reden in redenen} != {"loting"}:
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
            _doe(indienen.indienen, d.aanvraag, w.behandelaar, nu)
            return
        w.zet_bedragen(
            nu, **{naam: keuzes[naam] for naam in ("route", "bedrag_cent", "doelgroep", "maanden")}
        )
        aanvraag = invullen.beginnen(None, w.behandelaar, regeling=w.regeling, nu=nu)
        self._vul_in(aanvraag, keuzes, nu)
        if aanvraag.inhoud.route(aanvraag.route).toestemming:
            self._vraag_toestemming(aanvraag, nu)
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

    def _vraag_toestemming(self, aanvraag: Aanvraag, nu: datetime) -> None:
        assert aanvraag.gemeente is not None
        beslisser = self.wereld.van_gemeente(aanvraag.gemeente.code, nu)
        toestemming.vragen(aanvraag, self.wereld.behandelaar, nu=nu)
        toestemming.verlenen(
            aanvraag, beslisser, uitkering_klopt=True, geen_ander_traject=True, voorzieningen="",
            functie="Consulent", nu=nu,
        )  # fmt: skip

    def aanvullen(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        _doe(indienen.aanvullen, d.aanvraag, self.wereld.behandelaar, nu, antwoord=TEKST)
        d.mist = d.gevraagd_bij_ontvangst = False

    def intrekken(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        _doe(intrekken.intrekken, d.aanvraag, self.wereld.behandelaar, nu)

    def starten(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        dag = keuzes["startdatum"] or datum_van(nu)
        _doe(traject.starten, d.traject, self.wereld.behandelaar, nu, startdatum=dag)

    def stoppen(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        dag = datum_van(nu)
        _doe(traject.stoppen, d.traject, self.wereld.behandelaar, nu, gestopt_op=dag, stop_reden="keuze")

    def verlengen(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        w = self.wereld
        verlenging = _doe(verlengen.vragen, d.traject, w.behandelaar, nu, motivering=TEKST, **keuzes)
        verlengen.adviseren(verlenging, w.beoordelaar, advies=Advies.TOEKENNEN, motivering=TEKST, nu=nu)
        verlengen.toekennen(verlenging, w.beslisser, motivering=TEKST, nu=nu)

    # --- UWV ---------------------------------------------------------------------------------------------

    def aanvulling_vragen(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        aanvraag = d.aanvraag
        if d.gevraagd_bij_ontvangst:
            # This is the letter itself, with its own term. What was missing at the receipt still is.
            _doe(indienen.aanvullen, aanvraag, self.wereld.behandelaar, nu, antwoord=TEKST)
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
            else hersteltermijn(vandaag, feestdagen(), dagen)
        )
        self._pak_op(aanvraag, nu)
        _doe(
            behandelen.aanvulling_vragen, aanvraag, self.wereld.beoordelaar, nu,
            vraag=TEKST, termijn_tot=tot, op_formulier=op_formulier,
        )  # fmt: skip

    def toekennen(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        aanvraag = self._in_behandeling(d, nu, beslissen.toekennen)
        if d.mist:
            raise HandelingGeweigerd(Reden("onvolledig", "De aanvraag is nog niet aangevuld."))
        if fout := self._klopt_niet(d, aanvraag):
            raise HandelingGeweigerd(Reden(fout.grond, aanvraag.inhoud.grond(fout.grond).tekst, grond=True))
        self._beoordeel(aanvraag, nu, Advies.TOEKENNEN, [])
        beslissen.toekennen(aanvraag, self.wereld.beslisser, motivering=TEKST, nu=nu)

    def afwijzen(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        aanvraag = self._in_behandeling(d, nu, beslissen.afwijzen)
        gronden = keuzes["gronden"] or self._gronden_tegen(d, nu)
        self._beoordeel(aanvraag, nu, Advies.AFWIJZEN, gronden)
        beslissen.afwijzen(aanvraag, self.wereld.beslisser, gronden=gronden, motivering=TEKST, nu=nu)

    def buiten_behandeling(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        aanvraag = d.aanvraag
        self._pak_op(aanvraag, nu)
        _doe(beslissen.buiten_behandeling, aanvraag, self.wereld.beslisser, nu, motivering=TEKST)

    def intrekken_besluit(self, d: Dossier, nu: datetime, keuzes: dict[str, Any]) -> None:
        ex_tunc = Vrijval.INGETROKKEN_MET_TERUGWERKENDE_KRACHT if keuzes["met_terugwerkende_kracht"] else None
        _doe(
            beslissen.besluit_intrekken, d.aanvraag, self.wereld.beslisser, nu, motivering=TEKST, gebeurtenis=ex_tunc
        )  # fmt: skip

    def _pak_op(self, aanvraag: Aanvraag, nu: datetime) -> None:
        if aanvraag.behandelaar_uwv_id is None and aanvraag.status in behandelen.oppakken.van:
            behandelen.oppakken(aanvraag, self.wereld.beoordelaar, nu=nu)

    def _in_behandeling(self, d: Dossier, nu: datetime, besluit: Handeling[Any, Any]) -> Aanvraag:
        """Picked up and confirmed as complete, where that is still to do. Raises what stands in the way of that."""
        aanvraag = d.aanvraag
        self._pak_op(aanvraag, nu)
        if aanvraag.status in behandelen.in_behandeling_nemen.van:
            behandelen.in_behandeling_nemen(aanvraag, self.wereld.beoordelaar, nu=nu)
        _eis_status(besluit, aanvraag, self.wereld.beslisser)
        return aanvraag

    def _klopt_niet(self, d: Dossier, aanvraag: Aanvraag) -> Controle | None:
        """The question that the reviewer must answer with no: the deelnemer lives elsewhere."""
        if d.keuzes["woont_in"] in ("", d.keuzes["gemeente"]):
            return None
        return next(
            (c for c in aanvraag.inhoud.route(aanvraag.route).controles if c.code == WOONPLAATS), None
        )

    def _beoordeel(self, aanvraag: Aanvraag, nu: datetime, advies: Advies, gronden: list[str]) -> None:
        controles = aanvraag.inhoud.route(aanvraag.route).controles
        behandelen.beoordelen(
            aanvraag, self.wereld.beoordelaar,
            uitkomsten={c.code: {"klopt": c.grond not in gronden} for c in controles},
            advies=advies, gronden=gronden, motivering=TEKST, nu=nu,
        )  # fmt: skip

    def _gronden_tegen(self, d: Dossier, nu: datetime) -> list[str]:
        """The grounds on which granting would be refused now, found by trying; else the general one."""
        bekend = [g.code for g in self.wereld.scenario.inhoud.gronden]
        tegen: list[str] = []
        try:
            with transaction.atomic():
                self.toekennen(d, nu, {})
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


def _doe(handeling: Handeling[Any, Any], deel: Any, actor: Actor, nu: datetime, **invoer: Any) -> Any:
    _eis_status(handeling, deel, actor)
    return handeling(deel, actor, nu=nu, **invoer)


def _eis_status(handeling: Handeling[Any, Any], deel: Any, actor: Actor) -> None:
    """Where the status forbids the act, that is the reason; what else it asks is of no account then."""
    if bezwaren := handeling.bezwaren(deel, actor):
        raise HandelingGeweigerd(*bezwaren)


_HANDELINGEN: dict[Wat, Callable[[_Spel, Any, datetime, dict[str, Any]], None]] = {
    wat: getattr(_Spel, wat.value) for wat in Wat
}

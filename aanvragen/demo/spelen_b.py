"""Plays the verhalen of IPS-GEM-2023: the gemeente decides, UWV holds the budget, orders and pays."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from aanvragen.demo import teksten
from aanvragen.demo.agenda import Regel, moment, per_dag, speel_af
from aanvragen.demo.inrichting_b import IBANS, LOSSE_HANDELINGEN, maak_mandaten
from aanvragen.demo.organisaties import actor_met, actoren
from aanvragen.demo.personen import Persoon, personen
from aanvragen.demo.verhalen_b import LOSSE_STAPPEN, VERHALEN, Verhaal
from aanvragen.handelingen import (
    behandelen,
    beslissen,
    budget_vragen,
    doorzenden,
    gemeentetoets,
    indienen,
    intrekken,
    invullen,
    ondertekenen,
    stoppen,
    traject,
    vaststellen,
    verslag,
)
from aanvragen.handelingen.handtekening import leesteken_van, tekst_voor
from aanvragen.models import Aanvraag, GgzInstelling, Stopbericht, Traject, Vaststelling
from aanvragen.models.beoordeling import Advies
from aanvragen.regels.volledigheid import Onderdeel, niet_gevraagd
from budget.handelingen import facturen, goedkeuren, inkopen
from budget.models import Betaalverplichting, Factuur, Regeling
from gemeenten.models import Gemeente, handelende_organisatie
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.termijnen import hersteltermijn
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol

KIEM = 2023  # of the random numbers: every run makes the same data
# Beyond those of the dossiers of IPS-CMD-2019: other people.
_EERSTE_BSN = 999_980_000


@dataclass
class Spel:
    """One dossier while it is played."""

    nummer: int
    verhaal: Verhaal
    persoon: Persoon
    regeling: Regeling
    gemeente: Gemeente
    instelling: GgzInstelling
    actor: dict[tuple[str, str], Actor]
    toeval: random.Random
    aanvraag_id: UUID | None = None

    @property
    def dossier(self) -> Aanvraag:
        """As it stands now."""
        assert self.aanvraag_id is not None
        return Aanvraag.objects.select_related("instelling", "gemeente").get(pk=self.aanvraag_id)

    @property
    def traject(self) -> Traject:
        return Traject.objects.select_related("aanvraag__instelling", "aanvraag__regeling_versie").get(
            aanvraag=self.aanvraag_id
        )

    @property
    def vaststelling(self) -> Vaststelling:
        return Vaststelling.objects.get(traject__aanvraag=self.aanvraag_id)

    @property
    def stopbericht(self) -> Stopbericht:
        return Stopbericht.objects.get(traject__aanvraag=self.aanvraag_id)

    @property
    def verplichting(self) -> Betaalverplichting:
        return Betaalverplichting.objects.get(reservering=self.dossier.reservering_id)

    @property
    def factuur(self) -> Factuur:
        return Factuur.objects.get(verplichting=self.verplichting)

    @property
    def behandelaar(self) -> Actor:
        return self.actor[self.verhaal.instelling, Rol.BEHANDELAAR]

    @property
    def financien(self) -> Actor:
        return self.actor["UWV", Rol.UWV_FINANCIEN]

    def bij_gemeente(self, rol: Rol, nu: datetime) -> Actor:
        """Who acts for the gemeente where the dossier is now."""
        gemeente = self.dossier.gemeente
        assert gemeente is not None
        return self.actor[handelende_organisatie(gemeente, datum_van(nu)).naam, rol]

    def bereidt_voor(self, nu: datetime) -> Actor:
        return self.bij_gemeente(Rol.GEMEENTEMEDEWERKER, nu)

    def beslist(self, nu: datetime) -> Actor:
        return self.bij_gemeente(Rol.GEMEENTEBESLISSER, nu)


def speel(regeling: Regeling, dagen: list[date]) -> list[Spel]:
    """Play all verhalen on these days, and what goes for all of them; returns them in the order of the table."""
    maak_mandaten(regeling)
    spellen = list(_zet_op(regeling, dagen[-1]))
    regels = [
        Regel(
            moment(dagen[dag], spel.nummer, volgorde), spel.nummer, volgorde, partial(HANDELINGEN[wat], spel)
        )
        for spel in spellen
        for dag, volgorde, wat in per_dag(spel.verhaal.stappen)
    ]
    for dag, volgorde, wat in per_dag(LOSSE_STAPPEN):
        regels.append(
            Regel(moment(dagen[dag], len(spellen), volgorde), len(spellen), volgorde, LOSSE_HANDELINGEN[wat])
        )
    speel_af(regels)
    return spellen


def _zet_op(regeling: Regeling, dag: date) -> Iterator[Spel]:
    toeval = random.Random(KIEM)  # noqa: S311  # invented data, no secret
    mensen = personen(toeval, vanaf=_EERSTE_BSN)
    actor = actoren()
    gemeenten = {g.naam: g for g in Gemeente.objects.geldig_op(dag).select_related("organisatie")}
    instellingen = {i.naam: i for i in GgzInstelling.objects.select_related("organisatie")}
    for nummer, verhaal in enumerate(VERHALEN):
        yield Spel(
            nummer=nummer,
            verhaal=verhaal,
            persoon=next(mensen),
            regeling=regeling,
            gemeente=gemeenten[verhaal.gemeente],
            instelling=instellingen[verhaal.instelling],
            actor=actor,
            toeval=toeval,
        )


# --- the instelling ----------------------------------------------------------------------------------


def _beginnen(s: Spel, nu: datetime) -> None:
    s.aanvraag_id = invullen.beginnen(None, s.behandelaar, regeling=s.regeling, nu=nu).pk


def echte_start(s: Spel, op: date) -> date | None:
    """When the traject started before it was asked for, while the regeling takes those."""
    tot = s.dossier.inhoud.regels.retro_indienen_tot
    return s.verhaal.start if tot is None or op <= tot else None


def _waarden(s: Spel, nu: datetime) -> dict[Onderdeel, dict[str, Any]]:
    dag, verhaal, toeval = datum_van(nu), s.verhaal, s.toeval
    start = echte_start(s, dag)
    waarden = {
        **teksten.wie(verhaal.instelling, s.persoon, s.gemeente, toeval),
        Onderdeel.SITUATIE: {
            "doelgroep": verhaal.doelgroep, "uitkering": verhaal.uitkering, "route": "gemeente",
            "werkzoekend_ingeschreven": True if verhaal.uitkering == "geen" else None,
            "ander_traject": False, "werkwens_op": (start or dag) - timedelta(days=toeval.randint(3, 25)),
        },
        Onderdeel.BEHANDELING: {"gediagnosticeerd": True},
        Onderdeel.TRAJECT: {
            "gewenste_start": start or dag + timedelta(days=toeval.randint(20, 60)),
            "toelichting": toeval.choice(teksten.TOELICHTINGEN),
        },
    }  # fmt: skip
    niet = niet_gevraagd(s.dossier.inhoud)
    return {
        onderdeel: {veld: waarde for veld, waarde in velden.items() if veld not in niet}
        for onderdeel, velden in waarden.items()
    }


def _invullen(s: Spel, nu: datetime, onderdelen: int = len(Onderdeel)) -> None:
    for onderdeel, waarden in list(_waarden(s, nu).items())[:onderdelen]:
        invullen.onderdeel_opslaan(
            s.dossier, s.behandelaar, onderdeel=onderdeel, waarden=waarden, versie=s.dossier.versie, nu=nu
        )


def _ondertekenen(s: Spel, nu: datetime) -> None:
    """One in four on paper, the others on the screen of the behandelaar."""
    if s.nummer % 4 == 0:
        ondertekenen.ondertekenen(
            s.dossier, s.behandelaar, wijze="bestand", upload=teksten.handtekening(), nu=nu
        )
        return
    aanvraag = s.dossier
    ondertekenen.ondertekenen(
        aanvraag, s.behandelaar, wijze="scherm", naam=aanvraag.deelnemer.naam, akkoord=True,
        gelezen=leesteken_van(tekst_voor(aanvraag, datum_van(nu))), nu=nu,
    )  # fmt: skip


def _starten(s: Spel, nu: datetime) -> None:
    start = s.dossier.gewenste_start
    assert start is not None
    traject.starten(s.traject, s.behandelaar, startdatum=min(start, datum_van(nu)), nu=nu)


def _werk_melden(s: Spel, nu: datetime) -> None:
    traject.gebeurtenis_melden(
        s.traject, s.behandelaar, soort="werkhervatting", datum=datum_van(nu), sector="horeca",
        uren_per_week=20, contract="tijdelijk", toelichting=s.toeval.choice(teksten.BANEN), nu=nu,
    )  # fmt: skip


def _stoppen(s: Spel, nu: datetime) -> None:
    loopt = s.traject
    assert loopt.startdatum is not None
    dag = max(loopt.startdatum, datum_van(nu) - timedelta(days=2))
    stoppen.stoppen(loopt, s.behandelaar, gestopt_op=dag, stop_reden=_stopreden(s), nu=nu)


def _stopreden(s: Spel) -> str:
    return "werk" if s.verhaal.pad == "vastgesteld" else "keuze"


def _verslag_indienen(s: Spel, nu: datetime) -> None:
    werk: dict[str, Any] = {"uitkomst": "geen"}
    if _stopreden(s) == "werk":
        werk = {
            "uitkomst": "werk", "sector": "logistiek", "uren_per_week": 28, "contract": "vast",
            "begonnen_op": s.traject.startdatum,
        }  # fmt: skip
    verslag.verslag_indienen(
        s.traject, s.behandelaar, activiteiten=teksten.ACTIVITEITEN, vervolg=teksten.VERVOLG, **werk, nu=nu
    )


def _factuur(s: Spel, nu: datetime) -> None:
    verplichting = s.verplichting
    betaalmoment = verplichting.betaalmomenten.get()
    nummer = f"{datum_van(nu):%Y}-{s.nummer + 1:04}"
    facturen.indienen(
        verplichting, s.behandelaar, betaalmoment=betaalmoment.pk, nummer=nummer, factuurdatum=datum_van(nu),
        bedrag_cent=betaalmoment.bedrag_cent, btw_cent=0, iban=IBANS[s.verhaal.instelling],
        bestand=teksten.factuur(nummer), nu=nu,
    )  # fmt: skip


# --- the gemeente ------------------------------------------------------------------------------------


def _toetsen(s: Spel, nu: datetime) -> None:
    gemeentetoets.vastleggen(
        s.dossier, s.bereidt_voor(nu), uitkering_klopt=True, ander_traject=False, voorzieningen="", nu=nu
    )


def _beoordelen(s: Spel, nu: datetime, *, goed: bool) -> None:
    aanvraag = s.dossier
    controles = aanvraag.inhoud.route(aanvraag.route).controles
    fout = None if goed else controles[0]
    behandelen.beoordelen(
        aanvraag, s.bereidt_voor(nu),
        uitkomsten={
            c.code: {"klopt": c is not fout, "toelichting": "" if c is not fout else teksten.KLOPT_NIET}
            for c in controles
        },
        advies=Advies.TOEKENNEN if goed else Advies.AFWIJZEN, gronden=[] if goed else ["niet_in_doelgroep"],
        motivering=teksten.ADVIES_GOED if goed else teksten.ADVIES_FOUT, nu=nu,
    )  # fmt: skip


def _aanvulling_vragen(s: Spel, nu: datetime) -> None:
    aanvraag = s.dossier
    dagen = aanvraag.inhoud.termijnen.hersteltermijn_dagen
    behandelen.aanvulling_vragen(
        aanvraag, s.bereidt_voor(nu), vraag=teksten.HANDTEKENING_ONTBREEKT,
        termijn_tot=hersteltermijn(datum_van(nu), feestdagen(), dagen=dagen).laatste_dag, op_formulier=True, nu=nu,
    )  # fmt: skip


def _doorzenden(s: Spel, nu: datetime) -> None:
    naar = Gemeente.objects.geldig_op(datum_van(nu)).select_related("organisatie").get(naam=s.verhaal.naar)
    doorzenden.doorzenden(s.dossier, s.bereidt_voor(nu), gemeente=naar, reden=teksten.VERHUISD, nu=nu)


def _lager_voorstellen(s: Spel, nu: datetime) -> None:
    """Three fifths of what was granted."""
    vaststelling = s.vaststelling
    vaststellen.lager_voorstellen(
        vaststelling, s.bereidt_voor(nu), bedrag_cent=vaststelling.verleend_cent * 3 // 5,
        reden="niet_uitgevoerd", motivering=teksten.LAGER, nu=nu,
    )  # fmt: skip


def _vaststellen(s: Spel, nu: datetime) -> None:
    vaststellen.vaststellen(s.vaststelling, s.beslist(nu), motivering=teksten.VASTGESTELD, nu=nu)


HANDELINGEN: dict[str, Callable[[Spel, datetime], Any]] = {
    "beginnen": _beginnen,
    "invullen": _invullen,
    "half_invullen": lambda s, nu: _invullen(s, nu, 2),
    "ondertekenen": _ondertekenen,
    "indienen": lambda s, nu: indienen.indienen(s.dossier, s.behandelaar, nu=nu),
    "indienen_zonder_handtekening": lambda s, nu: indienen.indienen(
        s.dossier, s.behandelaar, handtekening_volgt=True, nu=nu
    ),
    "aanvullen": lambda s, nu: indienen.aanvullen(
        s.dossier, s.behandelaar, antwoord=teksten.AANGEVULD, nu=nu
    ),
    "intrekken": lambda s, nu: intrekken.intrekken(s.dossier, s.behandelaar, nu=nu),
    "starten": _starten,
    "niet_starten": lambda s, nu: traject.niet_starten(
        s.traject, s.behandelaar, toelichting=teksten.NIET_GESTART, nu=nu
    ),
    "werk_melden": _werk_melden,
    "stoppen": _stoppen,
    "verslag_indienen": _verslag_indienen,
    "zienswijze_geven": lambda s, nu: vaststellen.zienswijze_geven(
        s.vaststelling, s.behandelaar, zienswijze=teksten.ZIENSWIJZE, nu=nu
    ),
    "factuur": _factuur,
    "oppakken": lambda s, nu: behandelen.oppakken(s.dossier, s.bereidt_voor(nu), nu=nu),
    "in_behandeling_nemen": lambda s, nu: behandelen.in_behandeling_nemen(
        s.dossier, s.bereidt_voor(nu), nu=nu
    ),
    "toetsen": _toetsen,
    "beoordelen": lambda s, nu: _beoordelen(s, nu, goed=True),
    "beoordelen_afwijzen": lambda s, nu: _beoordelen(s, nu, goed=False),
    "aanvulling_vragen": _aanvulling_vragen,
    "doorzenden": _doorzenden,
    "budget_vragen": lambda s, nu: budget_vragen.vragen(s.dossier, s.bereidt_voor(nu), nu=nu),
    "toekennen": lambda s, nu: beslissen.toekennen(
        s.dossier, s.beslist(nu), motivering=teksten.TOEGEKEND, nu=nu
    ),
    "afwijzen": lambda s, nu: beslissen.afwijzen(
        s.dossier, s.beslist(nu), gronden=["niet_in_doelgroep"], motivering=teksten.ADVIES_FOUT, nu=nu
    ),
    "buiten_behandeling": lambda s, nu: beslissen.buiten_behandeling(
        s.dossier, s.beslist(nu), motivering=teksten.BUITEN_BEHANDELING, nu=nu
    ),
    "besluit_intrekken": lambda s, nu: beslissen.besluit_intrekken(
        s.dossier, s.beslist(nu), motivering=teksten.BESLUIT_INGETROKKEN, nu=nu
    ),
    "stop_bevestigen": lambda s, nu: stoppen.bevestigen(s.stopbericht, s.bereidt_voor(nu), nu=nu),
    "voorstellen": lambda s, nu: vaststellen.voorstellen(
        s.vaststelling, s.bereidt_voor(nu), motivering=teksten.VASTGESTELD, nu=nu
    ),
    "lager_voorstellen": _lager_voorstellen,
    "vaststellen": _vaststellen,
    "budget_reserveren": lambda s, nu: budget_vragen.reserveren(s.dossier, s.financien, nu=nu),
    "reservering_verlopen": lambda s, nu: budget_vragen.laten_verlopen(s.dossier, Actor.systeem(), nu=nu),
    "inkooporder": lambda s, nu: inkopen.plaatsen(
        s.verplichting, s.financien, nummer=f"IO-{datum_van(nu):%Y}-{s.nummer + 1:05}", nu=nu
    ),
    "factuur_controleren": lambda s, nu: facturen.controleren(s.factuur, s.financien, nu=nu),
    "factuur_goedkeuren": lambda s, nu: goedkeuren.goedkeuren(
        s.factuur, actor_met("financien2@uwv.example"), nu=nu
    ),
    "factuur_afkeuren": lambda s, nu: facturen.afkeuren(
        s.factuur, s.financien, reden=teksten.FACTUUR_FOUT, nu=nu
    ),
    "stop_verwerken": lambda s, nu: stoppen.verwerken(s.stopbericht, s.financien, nu=nu),
}

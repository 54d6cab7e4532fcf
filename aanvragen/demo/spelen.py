"""Plays the verhalen: each act at its own moment, in the order of time over all dossiers, as it would have been."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from aanvragen.demo import bezwaren, gesprekken, teksten
from aanvragen.demo.agenda import Regel, moment, per_dag, speel_af
from aanvragen.demo.organisaties import actor_met, actoren
from aanvragen.demo.personen import Persoon, personen
from aanvragen.demo.verhalen import MET_BEZWAAR, VERHALEN, Verhaal
from aanvragen.handelingen import (
    behandelen,
    beslissen,
    indienen,
    intrekken,
    invullen,
    stoppen,
    toestemming,
    traject,
    verlengen,
    voordragen,
)
from aanvragen.models import Aanvraag, GgzInstelling, Traject, Verlenging, Voordracht
from aanvragen.models.beoordeling import Advies
from aanvragen.regels.volledigheid import Onderdeel
from budget.models import Regeling
from gemeenten.models import Gemeente, handelende_organisatie
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.termijnen import hersteltermijn
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol

KIEM = 2019  # of the random numbers: every run makes the same data


@dataclass
class Spel:
    """One dossier while it is played."""

    nummer: int
    verhaal: Verhaal
    persoon: Persoon
    regeling: Regeling
    gemeente: Gemeente
    instelling: GgzInstelling
    behandelaar: Actor
    van_gemeente: Actor | None
    beoordelaar: Actor
    beslisser: Actor
    bezwaarbehandelaar: Actor
    toeval: random.Random
    aanvraag: Aanvraag | None = None
    voordracht: Voordracht | None = None
    verlenging: Verlenging | None = None

    @property
    def dossier(self) -> Aanvraag:
        assert self.aanvraag is not None
        return self.aanvraag

    @property
    def traject(self) -> Traject:
        return Traject.objects.select_related("aanvraag__instelling", "aanvraag__regeling_versie").get(
            aanvraag=self.dossier
        )


def speel(regeling: Regeling, dagen: list[date]) -> list[Spel]:
    """Play all verhalen on these days; returns them in the order of the table."""
    spellen = list(_zet_op(regeling, dagen[-1]))
    speel_af(
        Regel(
            moment(dagen[dag], spel.nummer, volgorde), spel.nummer, volgorde, partial(HANDELINGEN[wat], spel)
        )
        for spel in spellen
        for dag, volgorde, wat in per_dag(spel.verhaal.stappen)
    )
    return spellen


def _zet_op(regeling: Regeling, dag: date) -> Iterator[Spel]:
    toeval = random.Random(KIEM)  # noqa: S311  # invented data, no secret
    mensen = personen(toeval)
    bekend: dict[str, Persoon] = {}
    actor = actoren()
    gemeenten = {g.naam: g for g in Gemeente.objects.geldig_op(dag).select_related("organisatie")}
    instellingen = {i.naam: i for i in GgzInstelling.objects.select_related("organisatie")}
    beoordelaars = (actor["UWV", Rol.UWV_BEOORDELAAR], actor_met("beoordelaar2@uwv.example"))
    beslissers = (actor["UWV", Rol.UWV_BESLISSER], actor_met("beslisser2@uwv.example"))
    for nummer, verhaal in enumerate(VERHALEN):
        persoon = bekend.get(verhaal.persoon) or next(mensen)
        if verhaal.persoon:
            bekend[verhaal.persoon] = persoon
        gemeente = gemeenten[verhaal.gemeente]
        handelt = handelende_organisatie(gemeente, dag).naam
        yield Spel(
            nummer=nummer,
            verhaal=verhaal,
            persoon=persoon,
            regeling=regeling,
            gemeente=gemeente,
            instelling=instellingen[verhaal.instelling],
            behandelaar=actor[verhaal.instelling, Rol.BEHANDELAAR],
            van_gemeente=actor.get((handelt, Rol.GEMEENTEBESLISSER))
            or actor.get((handelt, Rol.GEMEENTEMEDEWERKER)),
            # One in four is done by the other beoordelaar, so that the filter "van mij" has something to leave out.
            beoordelaar=beoordelaars[nummer % 4 == 3 or verhaal.pad in MET_BEZWAAR],
            beslisser=beslissers[verhaal.pad in MET_BEZWAAR],
            bezwaarbehandelaar=beoordelaars[0],
            toeval=toeval,
        )


# --- filling in --------------------------------------------------------------------------------------


def _beginnen(s: Spel, nu: datetime) -> None:
    s.aanvraag = invullen.beginnen(None, s.behandelaar, regeling=s.regeling, nu=nu)


def _waarden(s: Spel, nu: datetime) -> dict[Onderdeel, dict[str, Any]]:
    dag, toeval = datum_van(nu), s.toeval
    route = "uwv" if s.verhaal.begin == "uwv" else "gemeente"
    besproken = dag - timedelta(days=toeval.randint(3, 25))
    werk = teksten.werk(toeval)
    uitkering = "uwv" if route == "uwv" else toeval.choice(("bijstand", "bijstand", "bijstand", "geen"))
    return {
        **teksten.wie(s.verhaal.instelling, s.persoon, s.gemeente, toeval),
        Onderdeel.SITUATIE: {
            "doelgroep": "CMD", "uitkering": uitkering, "route": route, "ander_traject": False,
            "werkwens_op": besproken, "akkoord_op": besproken + timedelta(days=toeval.randint(0, 3)), **werk,
        },
        Onderdeel.BEHANDELING: {
            "gediagnosticeerd": True,
            "in_sggz": True,
            "begonnen_in": date(dag.year - toeval.choice((0, 1)), toeval.randint(1, dag.month), 1),
        },
        Onderdeel.TRAJECT: {
            "gewenste_start": dag + timedelta(days=toeval.randint(28, 90)),
            "toelichting": toeval.choice(teksten.TOELICHTINGEN),
        },
    }  # fmt: skip


def _sla_op(s: Spel, nu: datetime, onderdelen: int) -> None:
    for onderdeel, waarden in list(_waarden(s, nu).items())[:onderdelen]:
        invullen.onderdeel_opslaan(
            s.dossier, s.behandelaar, onderdeel=onderdeel, waarden=waarden, versie=s.dossier.versie, nu=nu
        )


def _bijlage(s: Spel, nu: datetime) -> None:
    invullen.bijlage_toevoegen(
        s.dossier, s.behandelaar, soort="akkoord_deelnemer", upload=teksten.bijlage(), nu=nu
    )


def _invullen(s: Spel, nu: datetime) -> None:
    _sla_op(s, nu, len(Onderdeel))
    if s.nummer % 5 == 0:
        _bijlage(s, nu)


# --- toestemming and voordracht ----------------------------------------------------------------------


def _gemeente(s: Spel) -> Actor:
    if s.van_gemeente is None:
        raise LookupError(f"In de demo werkt niemand voor {s.gemeente}.")
    return s.van_gemeente


def _verlenen(s: Spel, nu: datetime) -> None:
    toestemming.verlenen(
        s.dossier, _gemeente(s), uitkering_klopt=True, geen_ander_traject=True,
        voorzieningen=s.toeval.choice(("", "", "Bijzondere bijstand voor reiskosten.")), functie="IPS-consulent", nu=nu,
    )  # fmt: skip


def _weigeren(s: Spel, nu: datetime) -> None:
    toestemming.weigeren(
        s.dossier,
        _gemeente(s),
        motivering=s.toeval.choice(teksten.WEIGERINGEN),
        functie="Klantmanager",
        nu=nu,
    )


def _voordragen(s: Spel, nu: datetime) -> None:
    p, actor = s.persoon, _gemeente(s)
    s.voordracht = voordragen.doen(
        None, actor, gemeente=s.gemeente, instelling=s.instelling, bsn=p.bsn, voorletters=p.voorletters,
        achternaam=p.achternaam, geboortedatum=p.geboortedatum, uitkering="bijstand",
        akkoord_op=datum_van(nu) - timedelta(days=2), contact_naam=str(actor.gebruiker),
        contact_telefoon="024 000 00 10", nu=nu,
    )  # fmt: skip


def _aannemen(s: Spel, nu: datetime) -> None:
    assert s.voordracht is not None
    s.aanvraag = voordragen.aannemen(s.voordracht, s.behandelaar, regeling=s.regeling, nu=nu)


# --- UWV ---------------------------------------------------------------------------------------------


def _beoordelen(s: Spel, nu: datetime, *, goed: bool) -> None:
    controles = s.dossier.inhoud.route(s.dossier.route).controles
    fout = None if goed else controles[-1] if s.verhaal.begin == "gemeente" else controles[0]
    uitkomsten = {
        c.code: {"klopt": c is not fout, "toelichting": "" if c is not fout else teksten.KLOPT_NIET}
        for c in controles
    }
    behandelen.beoordelen(
        s.dossier, s.beoordelaar, uitkomsten=uitkomsten, advies=Advies.TOEKENNEN if goed else Advies.AFWIJZEN,
        gronden=[] if goed else ["algemeen" if s.verhaal.begin == "gemeente" else "niet_in_doelgroep"],
        motivering=teksten.ADVIES_GOED if goed else teksten.ADVIES_FOUT, nu=nu,
    )  # fmt: skip


def _aanvulling_vragen(s: Spel, nu: datetime) -> None:
    dagen = s.dossier.inhoud.termijnen.hersteltermijn_dagen
    behandelen.aanvulling_vragen(
        s.dossier, s.beoordelaar, vraag=s.toeval.choice(teksten.AANVULLINGEN),
        termijn_tot=hersteltermijn(datum_van(nu), feestdagen(), dagen=dagen).laatste_dag, op_formulier=True, nu=nu,
    )  # fmt: skip


def _afwijzen(s: Spel, nu: datetime) -> None:
    gronden = list(s.dossier.beoordeling.gronden)
    beslissen.afwijzen(s.dossier, s.beslisser, gronden=gronden, motivering=teksten.ADVIES_FOUT, nu=nu)


# --- traject and verlenging --------------------------------------------------------------------------


def _starten(s: Spel, nu: datetime) -> None:
    traject.starten(s.traject, s.behandelaar, startdatum=datum_van(nu), nu=nu)


def _werk_melden(s: Spel, nu: datetime) -> None:
    traject.gebeurtenis_melden(
        s.traject, s.behandelaar, soort="werkhervatting", datum=datum_van(nu),
        toelichting=s.toeval.choice(teksten.BANEN), nu=nu,
    )  # fmt: skip


def _verlenging_vragen(s: Spel, nu: datetime) -> None:
    s.verlenging = verlengen.vragen(
        s.traject, s.behandelaar, maanden=s.toeval.choice((3, 6, 12)), motivering=teksten.VERLENGING, nu=nu
    )


def _verlenging(s: Spel) -> Verlenging:
    assert s.verlenging is not None
    return Verlenging.objects.select_related("traject__aanvraag__instelling").get(pk=s.verlenging.pk)


def _adviseren(s: Spel, nu: datetime, advies: Advies) -> None:
    tekst = teksten.VERLENGING_GOED if advies == Advies.TOEKENNEN else teksten.VERLENGING_FOUT
    verlengen.adviseren(_verlenging(s), s.beoordelaar, advies=advies, motivering=tekst, nu=nu)


HANDELINGEN: dict[str, Callable[[Spel, datetime], Any]] = {
    "beginnen": _beginnen,
    "invullen": _invullen,
    "half_invullen": lambda s, nu: _sla_op(s, nu, 2),
    "bijlage": _bijlage,
    "toestemming_vragen": lambda s, nu: toestemming.vragen(s.dossier, s.behandelaar, nu=nu),
    "toestemming_opnieuw_vragen": lambda s, nu: toestemming.opnieuw_vragen(s.dossier, s.behandelaar, nu=nu),
    "toestemming_verlenen": _verlenen,
    "toestemming_weigeren": _weigeren,
    "toestemming_intrekken": lambda s, nu: toestemming.intrekken(
        s.dossier, _gemeente(s), motivering=teksten.TOESTEMMING_WEG, nu=nu
    ),
    "indienen": lambda s, nu: indienen.indienen(s.dossier, s.behandelaar, nu=nu),
    "intrekken": lambda s, nu: intrekken.intrekken(s.dossier, s.behandelaar, nu=nu),
    "voordragen": _voordragen,
    "aannemen": _aannemen,
    "voordracht_afwijzen": lambda s, nu: voordragen.afwijzen(
        s.voordracht, s.behandelaar, antwoord=teksten.VOORDRACHT_FOUT, nu=nu
    ),
    "voordracht_intrekken": lambda s, nu: voordragen.intrekken(s.voordracht, _gemeente(s), nu=nu),
    "oppakken": lambda s, nu: behandelen.oppakken(s.dossier, s.beoordelaar, nu=nu),
    "in_behandeling_nemen": lambda s, nu: behandelen.in_behandeling_nemen(s.dossier, s.beoordelaar, nu=nu),
    "beoordelen": lambda s, nu: _beoordelen(s, nu, goed=True),
    "beoordelen_afwijzen": lambda s, nu: _beoordelen(s, nu, goed=False),
    "aanvulling_vragen": _aanvulling_vragen,
    "aanvullen": lambda s, nu: indienen.aanvullen(
        s.dossier, s.behandelaar, antwoord=teksten.AANGEVULD, nu=nu
    ),
    "toekennen": lambda s, nu: beslissen.toekennen(
        s.dossier, s.beslisser, motivering=teksten.TOEGEKEND, nu=nu
    ),
    "afwijzen": _afwijzen,
    "bezwaar_maken": bezwaren.maken,
    "bezwaar_wegen": bezwaren.wegen,
    "bezwaar_voorstellen": bezwaren.voorstellen,
    "vraag_stellen": gesprekken.vragen,
    "vraag_beantwoorden": gesprekken.antwoorden,
    "notitie_maken": gesprekken.noteren,
    "gemeente_vragen": gesprekken.gemeente_vragen,
    "buiten_behandeling": lambda s, nu: beslissen.buiten_behandeling(
        s.dossier, s.beslisser, motivering=teksten.BUITEN_BEHANDELING, nu=nu
    ),
    "besluit_intrekken": lambda s, nu: beslissen.besluit_intrekken(
        s.dossier, s.beslisser, motivering=teksten.BESLUIT_INGETROKKEN, nu=nu
    ),
    "starten": _starten,
    "niet_starten": lambda s, nu: traject.niet_starten(
        s.traject, s.behandelaar, toelichting=teksten.NIET_GESTART, nu=nu
    ),
    "stoppen": lambda s, nu: stoppen.stoppen(
        s.traject, s.behandelaar, gestopt_op=datum_van(nu), stop_reden="keuze", nu=nu
    ),
    "werk_melden": _werk_melden,
    "verlenging_vragen": _verlenging_vragen,
    "verlenging_intrekken": lambda s, nu: verlengen.intrekken(_verlenging(s), s.behandelaar, nu=nu),
    "verlenging_adviseren": lambda s, nu: _adviseren(s, nu, Advies.TOEKENNEN),
    "verlenging_afraden": lambda s, nu: _adviseren(s, nu, Advies.AFWIJZEN),
    "verlenging_toekennen": lambda s, nu: verlengen.toekennen(
        _verlenging(s), s.beslisser, motivering=teksten.VERLENGING_GOED, nu=nu
    ),
    "verlenging_afwijzen": lambda s, nu: verlengen.afwijzen(
        _verlenging(s), s.beslisser, motivering=teksten.VERLENGING_FOUT, nu=nu
    ),
}

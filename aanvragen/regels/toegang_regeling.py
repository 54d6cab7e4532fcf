"""Does this aanvraag fit the regeling? Each reason is a ground for refusal (A-REG art. 1; S0)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from aanvragen.regels.volledigheid import Onderdeel
from budget.regels.regeling import DubbelTraject, Regelinginhoud
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.kalender.dagen import datum_van, voluit


def buiten_tijdvak(inhoud: Regelinginhoud, ontvangen: datetime) -> list[Reden]:
    """Receipt decides, in Europe/Amsterdam, and no weekend moves the end (domain text, 5.1 rule 5)."""
    if inhoud.tijdvak_van(ontvangen) is not None:
        return []
    dag = datum_van(ontvangen)
    komend = sorted((t for t in inhoud.tijdvakken if t.begint > dag), key=lambda t: t.begint)
    if komend:
        tekst = (
            f"U kunt deze aanvraag nog niet versturen: het aanvraagtijdvak begint op {voluit(komend[0].begint)}. "
            "Uw concept blijft bewaard."
        )
    else:
        einde = max(t.tot_en_met for t in inhoud.tijdvakken)
        tekst = f"Het aanvraagtijdvak is gesloten sinds {voluit(einde)}, einde van de dag. U kunt niet meer aanvragen."
    return [Reden("buiten_tijdvak", tekst, grond=True)]


def gered_door_storing(
    inhoud: Regelinginhoud, ontvangen: datetime, storingen: list[tuple[datetime, datetime]], dagen: int = 1
) -> bool:
    """Was the portal down on the last evening, and did the aanvraag come within a day after? (T06)

    Then it is taken in, flagged, and an official weighs it; the computer refuses nothing.
    """
    return any(storing_op_de_laatste_dag(inhoud, ontvangen, van, tot, dagen) for van, tot in storingen)


def storing_op_de_laatste_dag(
    inhoud: Regelinginhoud, ontvangen: datetime, van: datetime, tot: datetime, dagen: int = 1
) -> bool:
    """Is this storing on the last day of a tijdvak, after which the aanvraag came within so many days?"""
    return any(
        tijdvak.tot_en_met < datum_van(ontvangen) <= tijdvak.tot_en_met + timedelta(days=dagen)
        and datum_van(van) <= tijdvak.tot_en_met <= datum_van(tot)
        for tijdvak in inhoud.tijdvakken
    )


def niet_in_doelgroep(inhoud: Regelinginhoud, waarden: Mapping[str, Any]) -> list[Reden]:
    """The conditions of the doelgroep, as far as they were asked and answered; each at the onderdeel it is about."""
    redenen: list[tuple[Onderdeel, str]] = []
    doelgroepen = {d.code: d for d in inhoud.doelgroepen}
    if waarden["doelgroep"] and waarden["doelgroep"] not in doelgroepen:
        redenen.append((Onderdeel.SITUATIE, niet_voor_doelgroep(waarden["doelgroep"])))
    if waarden["gediagnosticeerd"] is False:
        tekst = f"Bij de deelnemer is geen {aandoening(inhoud, waarden['doelgroep'])} vastgesteld."
        redenen.append((Onderdeel.BEHANDELING, tekst))
    if inhoud.regels.sggz and waarden["in_sggz"] is False:
        redenen.append(
            (Onderdeel.BEHANDELING, "De deelnemer is niet in behandeling in de specialistische ggz.")
        )
    if inhoud.regels.geen_dienstverband:
        if waarden["werk"] == "groot":
            redenen.append((Onderdeel.SITUATIE, "De deelnemer heeft al een gewone baan."))
        if waarden["werk"] == "klein" and waarden["ander_werk"] is False:
            redenen.append((Onderdeel.SITUATIE, "De deelnemer heeft een kleine baan en wil geen ander werk."))
    return [Reden("niet_in_doelgroep", tekst, veld=onderdeel, grond=True) for onderdeel, tekst in redenen]


def niet_voor_doelgroep(code: str) -> str:
    """Why this doelgroep doesn't fit, and where else it may (T38)."""
    if code == "EPA":
        return (
            "Deze regeling is niet voor mensen met een ernstige psychische aandoening (EPA). "
            "Voor hen heeft UWV een andere regeling."
        )
    return f"Deze regeling is niet voor mensen uit de doelgroep {code}."


def aandoening(inhoud: Regelinginhoud, doelgroep: str) -> str:
    """What must have been diagnosed, in the words of the doelgroep; of the only one where none was chosen yet."""
    passend = [d for d in inhoud.doelgroepen if d.code == doelgroep]
    if not passend and len(inhoud.doelgroepen) == 1:
        passend = list(inhoud.doelgroepen)
    if not passend:
        return "psychische aandoening"
    naam = passend[0].naam.removesuffix(f" ({passend[0].code})")
    return naam[:1].lower() + naam[1:]


def niet_deze_regeling(inhoud: Regelinginhoud, uitkering: str) -> list[Reden]:
    """No route is for this uitkering; then it says who does help (T52).

    With two uitkeringen who is responsible for the re-integratie is a person's judgement, so it is no reason (T47).
    """
    if not uitkering or uitkering == "beide" or any(uitkering in r.uitkeringen for r in inhoud.routes):
        return []
    if uitkering == "uwv":
        tekst = (
            "Deze regeling is niet voor mensen met een uitkering van UWV. UWV helpt hen zelf naar werk: vraag bij "
            "UWV welke subsidie voor IPS er voor de deelnemer is."
        )
    else:
        tekst = (
            "Deze regeling is niet voor mensen met deze uitkering. Vraag de gemeente welke subsidie voor IPS er "
            "voor de deelnemer is."
        )
    return [Reden("niet_in_doelgroep", tekst, veld=Onderdeel.SITUATIE, grond=True)]


def geen_erkenning(inhoud: Regelinginhoud, erkend: bool) -> list[Reden]:
    """`erkend`: on the quality list on the day of receipt; an erkenning that begins later doesn't help (T50)."""
    if not inhoud.regels.erkenning or erkend:
        return []
    return [
        Reden(
            "geen_erkenning",
            "Uw instelling staat vandaag niet op de lijst van instellingen die modelgetrouw IPS bieden. Vraag UWV hoe "
            "u op de lijst komt. Uw concept blijft bewaard.",
            grond=True,
        )
    ]


def verkeerde_route(inhoud: Regelinginhoud, waarden: Mapping[str, Any]) -> list[Reden]:
    """The route follows from the uitkering; where two fit or none is sure, a person chose (T47)."""
    passend = inhoud.route_bij_uitkering(waarden["uitkering"])
    if passend is None or not waarden["route"] or waarden["route"] == passend.code:
        return []
    tekst = f"Bij deze uitkering hoort de {passend.naam}. Controleer de situatie."
    return [Reden("verkeerde_route", tekst, grond=True)]


def ander_traject(inhoud: Regelinginhoud, waarden: Mapping[str, Any]) -> list[Reden]:
    """On a route without toestemming nobody else looks at this; on the gemeente route the gemeente does (S0).

    Where the regeling only warns for it, `let_op` says so and this gives nothing.
    """
    if inhoud.regels.ander_traject is not DubbelTraject.BLOKKEER or not waarden["ander_traject"]:
        return []
    if not waarden["route"] or inhoud.route(waarden["route"]).toestemming:
        return []
    return [
        Reden(
            "ander_traject",
            "De deelnemer volgt al een ander re-integratietraject. Dan kan er geen IPS-traject bij.",
            grond=True,
        )
    ]


def let_op(inhoud: Regelinginhoud, waarden: Mapping[str, Any]) -> list[Reden]:
    """What the decider should look at and a person weighs: no ground for refusal by itself (T53)."""
    redenen = []
    if inhoud.regels.ander_traject is DubbelTraject.WAARSCHUW and waarden["ander_traject"]:
        tekst = (
            "De deelnemer volgt al een ander re-integratietraject. Stem af of een IPS-traject daarbij past."
        )
        redenen.append(Reden("ander_traject", tekst, veld=Onderdeel.SITUATIE))
    zonder = waarden["uitkering"] == "geen" and waarden["werkzoekend_ingeschreven"] is False
    if inhoud.regels.inschrijving_werkzoekend and zonder:
        tekst = (
            "De deelnemer heeft geen uitkering en staat niet ingeschreven bij UWV als werkzoekende. Voor hulp van de "
            "gemeente is die inschrijving nodig (artikel 6 van de Participatiewet)."
        )
        redenen.append(Reden("niet_ingeschreven", tekst, veld=Onderdeel.SITUATIE))
    return redenen


def start_in_verleden(inhoud: Regelinginhoud, gewenste_start: date | None, op: date) -> list[Reden]:
    if inhoud.regels.start_voor_besluit or gewenste_start is None or gewenste_start >= op:
        return []
    return [
        Reden(
            "start_in_verleden",
            "De gewenste start ligt in het verleden. Een traject kan pas starten na het besluit: kies een latere dag.",
            veld="gewenste_start",
        )
    ]


def start_te_vroeg(inhoud: Regelinginhoud, gewenste_start: date | None, op: date) -> list[Reden]:
    """Started before the regeling knows trajecten at all (T60), or applied for too late after it had started.

    `op` is the day of receipt.
    """
    regels = inhoud.regels
    if gewenste_start is None:
        return []
    if regels.start_vanaf is not None and gewenste_start < regels.start_vanaf:
        tekst = (
            f"Het traject is gestart voor {voluit(regels.start_vanaf)}. Daarvoor is deze subsidie er niet."
        )
        return [Reden("start_te_vroeg", tekst, veld="gewenste_start", grond=True)]
    tot = regels.retro_indienen_tot
    if regels.start_voor_besluit and tot is not None and op > tot and gewenste_start < op:
        tekst = f"Een traject dat al was gestart, kon u aanvragen tot en met {voluit(tot)}. Kies een latere start."
        return [Reden("start_in_verleden", tekst, veld="gewenste_start")]
    return []

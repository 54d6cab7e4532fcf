"""Does this aanvraag fit the regeling? Each reason is a ground for refusal (A-REG art. 1; S0)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from aanvragen.regels.volledigheid import Onderdeel
from budget.regels.regeling import Regelinginhoud
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.kalender.dagen import datum_van

_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli",
    "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def buiten_tijdvak(inhoud: Regelinginhoud, ontvangen: datetime) -> list[Reden]:
    """Receipt decides, in Europe/Amsterdam, and no weekend moves the end (domain text, 5.1 rule 5)."""
    if inhoud.tijdvak_van(ontvangen) is not None:
        return []
    dag = datum_van(ontvangen)
    komend = [t for t in inhoud.tijdvakken if t.van > dag]
    if komend:
        tekst = (
            f"U kunt deze aanvraag nog niet versturen: het aanvraagtijdvak begint op {_dag(komend[0].van)}. "
            "Uw concept blijft bewaard."
        )
    else:
        einde = max(t.tot_en_met for t in inhoud.tijdvakken)
        tekst = f"Het aanvraagtijdvak is gesloten sinds {_dag(einde)}, einde van de dag. U kunt niet meer aanvragen."
    return [Reden("buiten_tijdvak", tekst, grond=True)]


def gered_door_storing(
    inhoud: Regelinginhoud, ontvangen: datetime, storingen: list[tuple[datetime, datetime]], dagen: int = 1
) -> bool:
    """Was the portal down on the last evening, and did the aanvraag come within a day after? (T06)

    Then it is taken in, flagged, and an official weighs it; the computer refuses nothing.
    """
    for tijdvak in inhoud.tijdvakken:
        laatste = tijdvak.tot_en_met
        te_laat = laatste < datum_van(ontvangen) <= laatste + timedelta(days=dagen)
        if te_laat and any(datum_van(van) <= laatste <= datum_van(tot) for van, tot in storingen):
            return True
    return False


def niet_in_doelgroep(inhoud: Regelinginhoud, waarden: Mapping[str, Any]) -> list[Reden]:
    """The conditions a to d of the doelgroep, as far as they were answered; each at the onderdeel it is about."""
    redenen: list[tuple[Onderdeel, str]] = []
    if waarden["doelgroep"] and waarden["doelgroep"] not in {d.code for d in inhoud.doelgroepen}:
        redenen.append(
            (
                Onderdeel.SITUATIE,
                "Deze regeling is niet voor mensen met een ernstige psychische aandoening (EPA). "
                "Voor hen heeft UWV een andere regeling.",
            )
        )
    if waarden["gediagnosticeerd"] is False:
        tekst = "De deelnemer heeft geen gediagnosticeerde veelvoorkomende psychische aandoening."
        redenen.append((Onderdeel.BEHANDELING, tekst))
    if waarden["in_sggz"] is False:
        redenen.append(
            (Onderdeel.BEHANDELING, "De deelnemer is niet in behandeling in de specialistische ggz.")
        )
    if inhoud.regels.geen_dienstverband:
        if waarden["werk"] == "groot":
            redenen.append((Onderdeel.SITUATIE, "De deelnemer heeft al een gewone baan."))
        if waarden["werk"] == "klein" and waarden["ander_werk"] is False:
            redenen.append((Onderdeel.SITUATIE, "De deelnemer heeft een kleine baan en wil geen ander werk."))
    return [Reden("niet_in_doelgroep", tekst, veld=onderdeel, grond=True) for onderdeel, tekst in redenen]


def verkeerde_route(inhoud: Regelinginhoud, waarden: Mapping[str, Any]) -> list[Reden]:
    """The route follows from the uitkering; where two fit or none is sure, a person chose (T47)."""
    passend = inhoud.route_bij_uitkering(waarden["uitkering"])
    if passend is None or not waarden["route"] or waarden["route"] == passend.code:
        return []
    tekst = f"Bij deze uitkering hoort de {passend.naam}. Controleer de situatie."
    return [Reden("verkeerde_route", tekst, grond=True)]


def ander_traject(inhoud: Regelinginhoud, waarden: Mapping[str, Any]) -> list[Reden]:
    """On a route without toestemming nobody else looks at this; on the gemeente route the gemeente does (S0)."""
    if not waarden["route"] or inhoud.route(waarden["route"]).toestemming or not waarden["ander_traject"]:
        return []
    return [
        Reden(
            "ander_traject",
            "De deelnemer volgt al een ander re-integratietraject. Dan kan er geen IPS-traject bij.",
            grond=True,
        )
    ]


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


def _dag(dag: date) -> str:
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"

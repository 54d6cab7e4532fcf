"""The forms of the acts of an instelling after filling in. The rules themselves stand in the acts."""

from __future__ import annotations

from typing import Any, ClassVar

from aanvragen.models.traject import GebeurtenisSoort, StopReden
from aanvragen.web.instelling.formulieren.basis import GEEN_MEDISCHE_GEGEVENS, GetalVeld, Paginaformulier
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.vormgeving.velden import DatumVeld, KeuzeVeld, TekstVeld


class VerstuurFormulier(Paginaformulier):
    knop = "Verstuur de aanvraag naar UWV"


class ToestemmingFormulier(Paginaformulier):
    knop = "Vraag toestemming"


class IntrekFormulier(Paginaformulier):
    knop = "Ja, trek de aanvraag in"
    knop_soort = "gevaar"


class AanvulFormulier(Paginaformulier):
    antwoord = TekstVeld(
        label="Wat hebt u aangevuld of veranderd?",
        max_length=1000,
        regels=5,
        help_text=GEEN_MEDISCHE_GEGEVENS,
    )
    knop = "Verstuur de aanvulling naar UWV"
    verplicht = {"antwoord": "Schrijf wat u hebt aangevuld."}


class StartFormulier(Paginaformulier):
    startdatum = DatumVeld(
        label="Op welke dag is het traject gestart?", naam="startdatum", voorbeeld="1 9 2019", laatst=vandaag
    )
    knop = "Geef de start door"
    verplicht = {"startdatum": "Vul in op welke dag het traject is gestart, bijvoorbeeld 1 9 2019."}


class NietStartFormulier(Paginaformulier):
    toelichting = TekstVeld(
        label="Waarom gaat het traject niet door?", max_length=500, regels=4, help_text=GEEN_MEDISCHE_GEGEVENS
    )
    knop = "Meld dat het traject niet doorgaat"
    knop_soort = "gevaar"
    verplicht = {"toelichting": "Schrijf kort waarom het traject niet doorgaat."}


class StopFormulier(Paginaformulier):
    gestopt_op = DatumVeld(
        label="Wat was de laatste dag van het traject?",
        naam="laatste dag",
        voorbeeld="1 9 2019",
        laatst=vandaag,
    )
    stop_reden = KeuzeVeld(label="Waarom stopt het traject?", choices=StopReden.choices)
    knop = "Meld dat het traject stopt"
    knop_soort = "gevaar"
    verplicht = {
        "gestopt_op": "Vul de laatste dag van het traject in, bijvoorbeeld 1 9 2019.",
        "stop_reden": "Kies waarom het traject stopt.",
    }


class GebeurtenisFormulier(Paginaformulier):
    soort = KeuzeVeld(label="Wat is er gebeurd?", choices=GebeurtenisSoort.choices)
    datum = DatumVeld(label="Op welke dag?", naam="datum", voorbeeld="1 9 2019", laatst=vandaag)
    toelichting = TekstVeld(
        label="Toelichting", max_length=300, regels=3, required=False, help_text=GEEN_MEDISCHE_GEGEVENS
    )
    knop = "Meld de gebeurtenis"
    verplicht = {
        "soort": "Kies wat er is gebeurd.",
        "datum": "Vul in op welke dag het gebeurde, bijvoorbeeld 1 9 2019.",
    }


class VerlengFormulier(Paginaformulier):
    maanden = GetalVeld(label="Hoeveel maanden?", laagst=1, hoogst=12, wat="het aantal maanden")
    motivering = TekstVeld(
        label="Waarom is verlenging nodig?", max_length=2000, regels=6, help_text=GEEN_MEDISCHE_GEGEVENS
    )
    knop = "Vraag de verlenging"
    verplicht: ClassVar[dict[str, str]] = {
        "maanden": "Vul in hoeveel maanden verlenging u vraagt.",
        "motivering": "Schrijf waarom verlenging nodig is.",
    }

    def __init__(self, *args: Any, hoogstens: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["maanden"]
        veld.hoogst = max(hoogstens, 1)
        veld.help_text = f"1 tot en met {veld.hoogst} maanden."


class VerlengingIntrekFormulier(Paginaformulier):
    knop = "Ja, trek het verzoek in"
    knop_soort = "gevaar"

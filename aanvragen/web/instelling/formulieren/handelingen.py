"""The forms of the acts of an instelling after filling in. The rules themselves stand in the acts."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from aanvragen.web.instelling.formulieren.basis import GEEN_MEDISCHE_GEGEVENS, GetalVeld, Paginaformulier
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.opslag.bestanden import controleer_upload
from ips_subsidie.vormgeving.formulieren import EnkelKnop
from ips_subsidie.vormgeving.velden import BestandVeld, DatumVeld, TekstVeld


class VerstuurFormulier(Paginaformulier, EnkelKnop):
    """Where the handtekening is missing, sending without it is a choice that is made in so many words."""

    handtekening_volgt = forms.BooleanField(
        label="De handtekening van de deelnemer volgt later",
        help_text="De aanvraag is dan nog niet compleet. U krijgt een vraag om de handtekening aan te vullen.",
    )
    verplicht = {
        "handtekening_volgt": "Laat de deelnemer eerst ondertekenen, of kruis aan dat de handtekening later volgt."
    }

    def __init__(self, *args: Any, zonder_handtekening: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not zonder_handtekening:
            del self.fields["handtekening_volgt"]
            self.helper = self._maak_helper("")


class ToestemmingFormulier(Paginaformulier):
    knop = "Vraag toestemming"


class IntrekFormulier(Paginaformulier):
    knop = "Ja, trek de aanvraag in"
    knop_soort = "gevaar"


class AkkoordFormulier(Paginaformulier):
    knop = "Ja, de deelnemer trekt het akkoord in"
    knop_soort = "gevaar"


class HandtekeningFormulier(Paginaformulier):
    """Filled in by the deelnemer. `gelezen` says which text was shown."""

    naam = TekstVeld(label="Uw naam", max_length=160)
    akkoord = forms.BooleanField(label="Ik ga akkoord met deze aanvraag en met het delen van deze gegevens")
    gelezen = forms.CharField(required=False, widget=forms.HiddenInput)
    knop = "Onderteken"
    verplicht = {"naam": "Typ uw naam.", "akkoord": "Kruis aan dat u akkoord gaat."}

    def opnieuw_lezen(self, gelezen: str) -> None:
        """The text has changed: with the new text nothing is agreed to yet."""
        gegevens: Any = self.data
        self.data = gegevens = gegevens.copy()
        gegevens["gelezen"] = gelezen
        gegevens.pop("akkoord", None)


class HandtekeningbestandFormulier(Paginaformulier):
    bestand = BestandVeld(label="Ondertekende tekst", controle=controleer_upload)
    knop = "Handtekening toevoegen"
    knop_soort = "tweede"
    verplicht = {"bestand": "Kies het bestand met de handtekening."}


class AanvulFormulier(Paginaformulier, EnkelKnop):
    antwoord = TekstVeld(
        label="Wat hebt u aangevuld of veranderd?",
        max_length=1000,
        regels=5,
        help_text=GEEN_MEDISCHE_GEGEVENS,
    )
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
        # The layout has met the field already, and keeps what it saw.
        self["maanden"].help_text = f"1 tot en met {veld.hoogst} maanden."


class VerlengingIntrekFormulier(Paginaformulier):
    knop = "Ja, trek het verzoek in"
    knop_soort = "gevaar"

from __future__ import annotations

import re
from datetime import date
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from aanvragen.models import Deelnemer
from aanvragen.regels.volledigheid import Onderdeel
from aanvragen.web.instelling.formulieren.basis import Onderdeelformulier
from gemeenten.models import Gemeente, keuzes_op
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.vormgeving.opbouw import Groep
from ips_subsidie.vormgeving.templatetags.opmaak import bsn_gemaskeerd
from ips_subsidie.vormgeving.velden import BsnVeld, DatumVeld, TekstVeld

_POSTCODE = re.compile(r"([1-9][0-9]{3}) ?([A-Za-z]{2})")
_VELDEN = ("bsn", "voorletters", "achternaam", "geboortedatum", "adres", "postcode", "woonplaats")


class DeelnemerFormulier(Onderdeelformulier):
    onderdeel = Onderdeel.DEELNEMER
    doel = (
        "Met deze gegevens weten UWV en de gemeente om wie het gaat. Met het BSN controleren zij de uitkering, "
        "en of er al een IPS-traject is. Na het versturen is het BSN niet meer helemaal te zien."
    )

    bsn = BsnVeld(
        label="Burgerservicenummer (BSN)", help_text="9 cijfers. U vindt het op een identiteitsbewijs."
    )
    voorletters = TekstVeld(label="Voorletters", max_length=20)
    achternaam = TekstVeld(
        label="Achternaam", max_length=120, help_text="Met tussenvoegsel, bijvoorbeeld de Vries."
    )
    geboortedatum = DatumVeld(label="Geboortedatum", laatst=vandaag)
    adres = TekstVeld(label="Straat en huisnummer", max_length=120)
    postcode = TekstVeld(label="Postcode", max_length=10, help_text="Bijvoorbeeld 6511 PP")
    woonplaats = TekstVeld(label="Woonplaats", max_length=80)
    gemeente = forms.ChoiceField(
        label="Gemeente waar de deelnemer woont",
        help_text="Let op: de naam van de gemeente is soms een andere dan die van de woonplaats.",
        error_messages={"invalid_choice": "Deze gemeente staat niet (meer) in de lijst. Kies een gemeente."},
    )

    verplicht = {
        "bsn": "Vul het BSN van de deelnemer in.",
        "voorletters": "Vul de voorletters van de deelnemer in.",
        "achternaam": "Vul de achternaam van de deelnemer in.",
        "geboortedatum": "Vul de geboortedatum van de deelnemer in, bijvoorbeeld 27 3 1990.",
        "adres": "Vul de straat en het huisnummer in.",
        "postcode": "Vul de postcode in, bijvoorbeeld 6511 PP.",
        "woonplaats": "Vul de woonplaats in.",
        "gemeente": "Kies de gemeente waar de deelnemer woont.",
    }

    def opmaak(self) -> Layout:
        return Layout(
            Groep("Wie", "bsn", "voorletters", "achternaam", "geboortedatum"),
            Groep("Waar de deelnemer woont", "adres", "postcode", "woonplaats", "gemeente"),
        )

    def uitleg(self) -> str:
        if not all(route.gemeente_beslist for route in self.aanvraag.inhoud.routes):
            return self.doel
        return (
            "Met deze gegevens weet de gemeente om wie het gaat. Met het BSN controleert zij de uitkering, en of er al "
            "een IPS-traject is. Na het versturen is het BSN niet meer helemaal te zien."
        )

    def beginwaarden(self) -> dict[str, Any]:
        deelnemer: Deelnemer | None = getattr(self.aanvraag, "deelnemer", None)
        gemeente = self.aanvraag.gemeente
        waarden = {naam: getattr(deelnemer, naam) for naam in _VELDEN} if deelnemer else {}
        return waarden | {"gemeente": gemeente.code if gemeente else ""}

    def pas_aan(self) -> None:
        veld: Any = self.fields["gemeente"]
        gemeente = self.aanvraag.gemeente
        veld.choices = [("", "Kies een gemeente"), *keuzes_op(vandaag())]
        if self.ligt_vast and gemeente is not None:
            veld.choices = [(gemeente.code, gemeente.naam)]
            veld.disabled = True
            veld.help_text = "De gemeente ligt vast sinds u de aanvraag verstuurde."
        elif gemeente is not None and not gemeente.bestaat_op(vandaag()):
            veld.help_text = (
                f"U koos eerder {gemeente.naam}. Die gemeente bestaat niet meer. Kies een andere."
            )

    def clean_postcode(self) -> str:
        getypt: str = self.cleaned_data["postcode"]
        delen = _POSTCODE.fullmatch(getypt)
        if getypt and delen is None:
            raise ValidationError("Vul een postcode in van 4 cijfers en 2 letters, bijvoorbeeld 6511 PP.")
        return f"{delen[1]} {delen[2].upper()}" if delen else ""

    def waarden(self) -> dict[str, Any]:
        uit = {naam: self.cleaned_data[naam] for naam in _VELDEN}
        # An empty BSN has no hash: two unknown people aren't the same person.
        uit["bsn"] = uit["bsn"] or None
        uit["gemeente_id"] = self._gemeente_id(self.cleaned_data["gemeente"], vandaag())
        return uit

    def _gemeente_id(self, code: str, op: date) -> int | None:
        gemeente = self.aanvraag.gemeente
        if gemeente is not None and gemeente.code == code:
            return gemeente.pk
        return Gemeente.objects.geldig_op(op).values_list("pk", flat=True).get(code=code) if code else None

    def toon(self, naam: str, waarde: Any) -> str:
        if naam == "bsn":
            return str(bsn_gemaskeerd(waarde))
        gemeente = self.aanvraag.gemeente
        if naam == "gemeente" and gemeente is not None and gemeente.code == waarde:
            return gemeente.naam
        return super().toon(naam, waarde)

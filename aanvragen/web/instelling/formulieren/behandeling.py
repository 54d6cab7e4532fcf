from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout

from aanvragen.models import Behandeling
from aanvragen.regels.toegang_regeling import aandoening
from aanvragen.regels.volledigheid import Onderdeel, behandeling_te_lang
from aanvragen.web.instelling.formulieren.basis import GEEN_MEDISCHE_GEGEVENS, Onderdeelformulier
from aanvragen.web.instelling.partijen import met_hoofdletter, ontvanger_van
from budget.regels.regeling import Toets
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.vormgeving.velden import JaNeeVeld, MaandVeld, TekstVeld

_VELDEN = ("gediagnosticeerd", "in_sggz", "begonnen_in", "langer_toelichting")
_DOEL_KORT = (
    "U verklaart hier alleen dát de deelnemer bij de doelgroep hoort en daarvoor hulp krijgt van uw instelling. Wij "
    "vragen geen medische gegevens: geen diagnose, geen medicijnen en geen behandelplan."
)


class BehandelingFormulier(Onderdeelformulier):
    onderdeel = Onderdeel.BEHANDELING
    doel = (
        "U verklaart hier alleen dát de deelnemer in behandeling is, en sinds wanneer. Wij vragen geen medische "
        "gegevens: geen diagnose, geen medicijnen en geen behandelplan. De gemeente ziet deze antwoorden niet."
    )
    bewaart_deels = False
    vrije_tekst = ("langer_toelichting",)

    gediagnosticeerd = JaNeeVeld(
        label="Is bij de deelnemer een veelvoorkomende psychische aandoening vastgesteld?",
        help_text="Alleen ja of nee. Welke aandoening het is, hoeft niemand anders te weten.",
    )
    in_sggz = JaNeeVeld(label="Is de deelnemer in behandeling in de specialistische ggz?")
    begonnen_in = MaandVeld(
        label="In welke maand begon de behandeling?", naam="startmaand", voorbeeld="6 2018", laatst=vandaag
    )
    langer_toelichting = TekstVeld(
        label="Waarom duurt de behandeling langer?", max_length=1000, regels=4, required=False
    )

    verplicht = {
        "gediagnosticeerd": "Kies of de aandoening is vastgesteld.",
        "in_sggz": "Kies of de deelnemer in behandeling is in de specialistische ggz.",
        "begonnen_in": "Vul in welke maand de behandeling begon, bijvoorbeeld 6 2018.",
    }

    def opmaak(self) -> Layout:
        return Layout(*(naam for naam in _VELDEN if naam in self.fields))

    def niet_gevraagd(self) -> frozenset[str]:
        niet = super().niet_gevraagd()
        return niet | {"langer_toelichting"} if "begonnen_in" in niet else niet

    def beginwaarden(self) -> dict[str, Any]:
        behandeling: Behandeling | None = getattr(self.aanvraag, "behandeling", None)
        return {naam: getattr(behandeling, naam) for naam in _VELDEN} if behandeling else {}

    def uitleg(self) -> str:
        inhoud = self.aanvraag.inhoud
        if "in_sggz" in self.fields:
            return self.doel
        niemand = all(route.toets is Toets.ADMINISTRATIEF for route in inhoud.routes)
        return _DOEL_KORT + (" De gemeente en UWV zien dit antwoord niet." if niemand else "")

    def pas_aan(self) -> None:
        wat = aandoening(self.aanvraag.inhoud, self.aanvraag.doelgroep)
        self.fields["gediagnosticeerd"].label = f"Is bij de deelnemer een {wat} vastgesteld?"
        if "langer_toelichting" in self.fields:
            wanneer = f"Alleen nodig als de behandeling al langer duurt dan {self._maximum} maanden."
            self.fields["langer_toelichting"].help_text = f"{wanneer} {GEEN_MEDISCHE_GEGEVENS}"

    @property
    def _maximum(self) -> int | None:
        return self.aanvraag.inhoud.termijnen.behandeling_max_maanden

    def clean(self) -> dict[str, Any]:
        """Longer than in beginsel asks for a motivation, and is no ground for refusal (domain text, T39)."""
        gegevens: dict[str, Any] = super().clean() or self.cleaned_data
        te_lang = behandeling_te_lang(gegevens.get("begonnen_in"), vandaag(), self._maximum)
        if te_lang and not gegevens.get("langer_toelichting") and "langer_toelichting" not in self.errors:
            wie = met_hoofdletter(ontvanger_van(self.aanvraag))
            self.add_error(
                "langer_toelichting",
                f"De behandeling duurt al langer dan {self._maximum} maanden. Schrijf waarom. {wie} kijkt ernaar; "
                "het is geen reden om meteen af te wijzen.",
            )
        return gegevens

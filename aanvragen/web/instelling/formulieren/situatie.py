from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django.core.exceptions import ValidationError

from aanvragen.models.aanvraag import Uitkering, Werk
from aanvragen.regels.volledigheid import Onderdeel
from aanvragen.web.instelling.formulieren.basis import (
    GEEN_MEDISCHE_GEGEVENS,
    GetalVeld,
    Onderdeelformulier,
)
from budget.regels.regeling import Regelinginhoud, Route
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.vormgeving.opbouw import Groep, Vervolg
from ips_subsidie.vormgeving.templatetags.opmaak import euro
from ips_subsidie.vormgeving.velden import DatumVeld, JaNeeVeld, KeuzeVeld, TekstVeld

EPA = "EPA"
_NIET_VOOR_EPA = (
    "Deze subsidie is niet voor mensen met een ernstige psychische aandoening (EPA). Krijgt de deelnemer een "
    "uitkering van UWV? Dan kunt u bij UWV de andere subsidie voor IPS aanvragen, die voor EPA."
)


def uitleg_route(route: Route) -> str:
    """What a route means to the person who fills in the form."""
    toestemming = (
        "De gemeente moet eerst toestemming geven." if route.toestemming else "Er is geen toestemming nodig."
    )
    betaalt = f"Het Rijk betaalt {euro(route.rijk_cent)}"
    if route.gemeente_cent:
        betaalt += f", de gemeente {euro(route.gemeente_cent)}"
    return f"{toestemming} {betaalt}."


def _hints(inhoud: Regelinginhoud) -> dict[str, str]:
    hints = {}
    for uitkering in Uitkering.values:
        route = inhoud.route_bij_uitkering(uitkering)
        hints[uitkering] = (
            f"{route.naam}. {uitleg_route(route)}" if route else "U kiest hierna welke route past."
        )
    return hints


class SituatieFormulier(Onderdeelformulier):
    onderdeel = Onderdeel.SITUATIE
    doel = (
        "Hiermee controleren de gemeente en UWV of deze subsidie bij de deelnemer past. Uit de uitkering volgt "
        "de route: wie er beslist en wie er betaalt."
    )
    vrije_tekst = ("werk_toelichting",)

    doelgroep = KeuzeVeld(label="Bij welke doelgroep hoort de deelnemer?")
    uitkering = KeuzeVeld(
        label="Welke uitkering krijgt de deelnemer?", choices=Uitkering.choices,
        help_text="Uit dit antwoord volgt de route van de aanvraag.",
    )  # fmt: skip
    route = KeuzeVeld(
        label="Wie helpt de deelnemer naar werk?",
        help_text="Krijgt iemand twee uitkeringen, dan telt wie verantwoordelijk is voor de re-integratie. Vraag "
        "het na bij UWV en de gemeente als u het niet weet.",
    )
    werk = KeuzeVeld(label="Heeft de deelnemer betaald werk in loondienst?", choices=Werk.choices)
    werk_uren = GetalVeld(label="Hoeveel uur per week?", laagst=1, hoogst=60, wat="het aantal uren")
    werk_toelichting = TekstVeld(
        label="Waarom is dit een kleine baan?", max_length=1000, regels=4, help_text=GEEN_MEDISCHE_GEGEVENS
    )
    ander_werk = JaNeeVeld(label="Wil de deelnemer werk in een andere sector of functie?")
    ander_traject = JaNeeVeld(label="Volgt de deelnemer al een ander re-integratietraject?")
    werkwens_op = DatumVeld(
        label="Wanneer besprak de deelnemer de werkwens met u?", naam="datum van het gesprek",
        voorbeeld="14 5 2019", laatst=vandaag,
    )  # fmt: skip
    akkoord_op = DatumVeld(
        label="Wanneer ging de deelnemer akkoord met deze aanvraag?", naam="datum van het akkoord",
        voorbeeld="14 5 2019", laatst=vandaag,
        help_text="Ook met het delen van de gegevens met UWV en de gemeente. Bijvoorbeeld 14 5 2019",
    )  # fmt: skip

    verplicht = {
        "doelgroep": "Kies bij welke doelgroep de deelnemer hoort.",
        "uitkering": "Kies welke uitkering de deelnemer krijgt.",
        "route": "Kies wie de deelnemer naar werk helpt.",
        "werk": "Kies of de deelnemer betaald werk heeft.",
        "werk_uren": "Vul in hoeveel uur per week de deelnemer werkt.",
        "werk_toelichting": "Schrijf waarom dit een kleine baan is.",
        "ander_werk": "Kies of de deelnemer ander werk wil.",
        "ander_traject": "Kies of de deelnemer al een ander traject volgt.",
        "werkwens_op": "Vul in wanneer u de werkwens besprak, bijvoorbeeld 14 5 2019.",
        "akkoord_op": "Vul in wanneer de deelnemer akkoord ging, bijvoorbeeld 14 5 2019.",
    }
    vervolg = {
        "uitkering": {Uitkering.BEIDE.value: ["route"]},
        "werk": {Werk.KLEIN.value: ["werk_uren", "werk_toelichting", "ander_werk"]},
    }

    def opmaak(self) -> Layout:
        return Layout(
            "doelgroep",
            Vervolg("uitkering", **self.vervolg["uitkering"]),
            Vervolg("werk", **self.vervolg["werk"]),
            "ander_traject",
            Groep("Gesprek en akkoord", "werkwens_op", "akkoord_op"),
        )

    def beginwaarden(self) -> dict[str, Any]:
        return {
            naam: getattr(self.aanvraag, naam) for naam in self.base_fields if hasattr(self.aanvraag, naam)
        }

    def pas_aan(self) -> None:
        inhoud = self.aanvraag.inhoud
        velden: dict[str, Any] = self.fields
        velden["doelgroep"].choices = [(d.code, d.naam) for d in inhoud.doelgroepen]
        if EPA not in {d.code for d in inhoud.doelgroepen}:
            velden["doelgroep"].choices += [(EPA, "Ernstige psychische aandoening (EPA)")]
        velden["uitkering"].hints = _hints(inhoud)
        velden["route"].choices = [(r.code, r.naam) for r in inhoud.routes]
        velden["route"].hints = {r.code: uitleg_route(r) for r in inhoud.routes}
        if self.ligt_vast:
            velden["doelgroep"].disabled = True
            velden["doelgroep"].help_text = "De doelgroep ligt vast sinds u de aanvraag verstuurde."

    def clean_doelgroep(self) -> str:
        doelgroep: str = self.cleaned_data["doelgroep"]
        if doelgroep and doelgroep not in {d.code for d in self.aanvraag.inhoud.doelgroepen}:
            raise ValidationError(_NIET_VOOR_EPA, code="epa")
        return doelgroep

    def clean(self) -> dict[str, Any]:
        """The route follows from the uitkering; only where several can, a person chooses (domain text, T47)."""
        gegevens: dict[str, Any] = super().clean() or self.cleaned_data
        uitkering = gegevens.get("uitkering")
        vast = self.aanvraag.inhoud.route_bij_uitkering(uitkering) if uitkering else None
        if vast is not None:
            gegevens["route"] = vast.code
        elif uitkering and uitkering != Uitkering.BEIDE:
            self.add_error("uitkering", "Deze regeling is niet voor mensen met deze uitkering.")
        return gegevens

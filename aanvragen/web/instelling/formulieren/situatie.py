from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django.core.exceptions import ValidationError

from aanvragen.models.aanvraag import Uitkering, Werk
from aanvragen.regels.toegang_regeling import niet_deze_regeling
from aanvragen.regels.volledigheid import Onderdeel
from aanvragen.web.instelling.formulieren.basis import (
    GEEN_MEDISCHE_GEGEVENS,
    GetalVeld,
    Onderdeelformulier,
)
from aanvragen.web.instelling.partijen import beslisser_van, uitleg_route
from budget.regels.regeling import Regelinginhoud, Route
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.vormgeving.opbouw import Groep, Vervolg
from ips_subsidie.vormgeving.velden import DatumVeld, JaNeeVeld, KeuzeVeld, TekstVeld

EPA = "EPA"
_NIET_VOOR_EPA = (
    "Deze subsidie is niet voor mensen met een ernstige psychische aandoening (EPA). Krijgt de deelnemer een "
    "uitkering van UWV? Dan kunt u bij UWV de andere subsidie voor IPS aanvragen, die voor EPA."
)


# Offered by every regeling, so that who it is not for gets told where to go (T52).
_ALTIJD = (Uitkering.UWV, Uitkering.BIJSTAND, Uitkering.BEIDE, Uitkering.GEEN)


def routes_bij(inhoud: Regelinginhoud, uitkering: str) -> list[Route]:
    """The routes that fit. With two uitkeringen it depends on who is responsible for the re-integratie (T47)."""
    return [r for r in inhoud.routes if uitkering == Uitkering.BEIDE or uitkering in r.uitkeringen]


def _keuzes(inhoud: Regelinginhoud) -> list[tuple[str, str]]:
    return [(u.value, str(u.label)) for u in Uitkering if u in _ALTIJD or routes_bij(inhoud, u)]


def _hints(inhoud: Regelinginhoud) -> dict[str, str]:
    """What each answer leads to, where the answers differ in that."""
    if len(inhoud.routes) == 1:
        wie = "UWV" if Uitkering.UWV in inhoud.routes[0].uitkeringen else "de gemeente"
        return {
            Uitkering.BEIDE: f"Alleen als {wie} de deelnemer naar werk helpt. Vraag dit na als u het niet weet."
        }
    hints = {}
    for uitkering, _ in _keuzes(inhoud):
        passend = routes_bij(inhoud, uitkering)
        if len(passend) == 1:
            hints[uitkering] = f"{passend[0].naam}. {uitleg_route(passend[0], inhoud)}"
        elif passend:
            hints[uitkering] = "U kiest hierna welke route past."
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
    werkzoekend_ingeschreven = JaNeeVeld(
        label="Staat de deelnemer bij UWV ingeschreven als werkzoekende?",
        help_text="Zonder inschrijving kunt u wel aanvragen. De gemeente bekijkt dan wat er nodig is.",
    )
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
        "werkzoekend_ingeschreven": "Kies of de deelnemer staat ingeschreven als werkzoekende.",
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
        "uitkering": {Uitkering.GEEN.value: ["werkzoekend_ingeschreven"]},
        "werk": {Werk.KLEIN.value: ["werk_uren", "werk_toelichting", "ander_werk"]},
    }

    def opmaak(self) -> Layout:
        vragen = [
            naam for naam in ("doelgroep", "uitkering", "route", "werk", "ander_traject") if self._los(naam)
        ]
        gesprek = [naam for naam in ("werkwens_op", "akkoord_op") if naam in self.fields]
        return Layout(
            *(Vervolg(naam, **self.vervolg[naam]) if naam in self.vervolg else naam for naam in vragen),
            Groep("Gesprek en akkoord" if len(gesprek) > 1 else "Gesprek", *gesprek),
        )

    def _los(self, naam: str) -> bool:
        """Asked by itself, and not under an answer to another question."""
        onder = {v for keuzes in self.vervolg.values() for velden in keuzes.values() for v in velden}
        return naam in self.fields and naam not in onder

    def uitleg(self) -> str:
        inhoud = self.aanvraag.inhoud
        if len(inhoud.routes) > 1:
            return self.doel
        wie = beslisser_van(inhoud)
        route = uitleg_route(inhoud.routes[0], inhoud)
        return f"Hiermee controleert {wie} of deze subsidie bij de deelnemer past. {route}"

    def niet_gevraagd(self) -> frozenset[str]:
        niet = super().niet_gevraagd()
        return (
            niet
            if self.aanvraag.inhoud.regels.inschrijving_werkzoekend
            else niet | {"werkzoekend_ingeschreven"}
        )

    def beginwaarden(self) -> dict[str, Any]:
        return {
            naam: getattr(self.aanvraag, naam) for naam in self.base_fields if hasattr(self.aanvraag, naam)
        }

    def pas_aan(self) -> None:
        inhoud = self.aanvraag.inhoud
        velden: dict[str, Any] = self.fields
        velden["doelgroep"].choices = [(d.code, d.naam) for d in inhoud.doelgroepen]
        if len(inhoud.doelgroepen) > 1:
            velden["doelgroep"].hints = {
                d.code: f"Een traject van {d.maanden} maanden." for d in inhoud.doelgroepen
            }
        if EPA not in {d.code for d in inhoud.doelgroepen}:
            velden["doelgroep"].choices += [(EPA, "Ernstige psychische aandoening (EPA)")]
        velden["uitkering"].choices = _keuzes(inhoud)
        velden["uitkering"].hints = _hints(inhoud)
        if len(inhoud.routes) == 1:
            velden["uitkering"].help_text = "Hieruit volgt of deze subsidie bij de deelnemer past."
        velden["route"].choices = [(r.code, r.naam) for r in inhoud.routes]
        velden["route"].hints = {r.code: uitleg_route(r, inhoud) for r in inhoud.routes}
        self._plaats_route(inhoud)
        if self.ligt_vast:
            velden["doelgroep"].disabled = True
            velden["doelgroep"].help_text = "De doelgroep ligt vast sinds u de aanvraag verstuurde."

    def _plaats_route(self, inhoud: Regelinginhoud) -> None:
        """Asked after the one answer that leaves it open; by itself where there are more; else not at all."""
        open_gelaten = [u for u, _ in _keuzes(inhoud) if len(routes_bij(inhoud, u)) > 1]
        if not open_gelaten:
            del self.fields["route"]
        elif len(open_gelaten) == 1:
            self.vervolg = {
                **self.vervolg,
                "uitkering": {**self.vervolg.get("uitkering", {}), open_gelaten[0]: ["route"]},
            }
        else:
            self.fields["route"].required = False

    def waarden(self) -> dict[str, Any]:
        return super().waarden() | {"route": self.cleaned_data.get("route", "")}

    def clean_doelgroep(self) -> str:
        doelgroep: str = self.cleaned_data["doelgroep"]
        if doelgroep and doelgroep not in {d.code for d in self.aanvraag.inhoud.doelgroepen}:
            raise ValidationError(_NIET_VOOR_EPA, code="epa")
        return doelgroep

    def clean(self) -> dict[str, Any]:
        """The route follows from the uitkering; only where several can, a person chooses (domain text, T47)."""
        gegevens: dict[str, Any] = super().clean() or self.cleaned_data
        uitkering = gegevens.get("uitkering")
        if not uitkering:
            return gegevens
        passend = [r.code for r in routes_bij(self.aanvraag.inhoud, uitkering)]
        if not passend:
            for reden in niet_deze_regeling(self.aanvraag.inhoud, uitkering):
                self.add_error("uitkering", ValidationError(reden.tekst, code=reden.code))
        elif len(passend) == 1:
            gegevens["route"] = passend[0]
        elif gegevens.get("route") not in passend and "route" not in self.errors and not self.later:
            self.add_error("route", self.verplicht["route"])
        return gegevens

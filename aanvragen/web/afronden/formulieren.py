"""The forms of the end of a traject, and of what happens in it. The rules themselves stand in the acts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms

from aanvragen.handelingen.vaststellen import MELDING_MOTIVERING, TERMIJN_DAGEN
from aanvragen.models import Traject
from aanvragen.models.aanvraag import Uitkering
from aanvragen.models.traject import GebeurtenisSoort, StopReden
from aanvragen.models.uitkomst import MEESTE_UREN, Contract, Sector
from aanvragen.models.vaststelling import LagerReden
from aanvragen.models.verslag import Uitkomst
from aanvragen.web.instelling.formulieren.basis import GEEN_MEDISCHE_GEGEVENS, GetalVeld, Paginaformulier
from gemeenten.models import Gemeente, keuzes_op
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.velden import DatumVeld, EuroVeld, KeuzeVeld, TekstVeld


def _keuze(label: str, keuzes: Any, leeg: str, **kwargs: Any) -> forms.ChoiceField:
    fouten = {"invalid_choice": "Kies een antwoord uit de lijst."}
    return forms.ChoiceField(label=label, choices=[("", leeg), *keuzes], error_messages=fouten, **kwargs)


def _uren(**kwargs: Any) -> GetalVeld:
    return GetalVeld(
        label="Hoeveel uur per week?", laagst=1, hoogst=MEESTE_UREN, wat="het aantal uren", **kwargs
    )


# --- the instelling ----------------------------------------------------------------------------------


class StopFormulier(Paginaformulier):
    gestopt_op = DatumVeld(
        label="Wat was de laatste dag van het traject?",
        naam="laatste dag",
        voorbeeld="1 9 2019",
        laatst=vandaag,
    )
    stop_reden = KeuzeVeld(label="Waarom stopt het traject?", choices=StopReden.choices)
    toelichting = TekstVeld(
        label="Toelichting", max_length=300, regels=3, required=False, help_text=GEEN_MEDISCHE_GEGEVENS
    )
    knop = "Meld dat het traject stopt"
    knop_soort = "gevaar"
    verplicht = {
        "gestopt_op": "Vul de laatste dag van het traject in, bijvoorbeeld 1 9 2019.",
        "stop_reden": "Kies waarom het traject stopt.",
    }


class GebeurtenisFormulier(Paginaformulier):
    """What happened and when; of work also which, of a move where to. Made to be filled in on a phone."""

    soort = KeuzeVeld(label="Wat is er gebeurd?", choices=GebeurtenisSoort.choices)
    sector = _keuze("In welke sector is het werk?", Sector.choices, "Kies een sector", required=False)
    uren_per_week = _uren(required=False)
    contract = _keuze("Welk soort contract is het?", Contract.choices, "Kies een contract", required=False)
    gemeente = _keuze("Naar welke gemeente?", [], "Kies een gemeente", required=False)
    begeleider_naam = TekstVeld(label="Wie is de nieuwe trajectbegeleider?", max_length=120, required=False)
    uitkering = _keuze("Welke uitkering is het nu?", Uitkering.choices, "Kies een uitkering", required=False)
    datum = DatumVeld(label="Op welke dag?", naam="datum", voorbeeld="1 9 2019", laatst=vandaag)
    toelichting = TekstVeld(
        label="Toelichting", max_length=300, regels=3, required=False, help_text=GEEN_MEDISCHE_GEGEVENS
    )
    knop = "Meld de gebeurtenis"
    verplicht = {
        "soort": "Kies wat er is gebeurd.",
        "datum": "Vul in op welke dag het gebeurde, bijvoorbeeld 1 9 2019.",
    }
    vervolg = {
        "soort": {
            "werkhervatting": ["sector", "uren_per_week", "contract"],
            "verhuizing": ["gemeente"],
            "wissel_begeleider": ["begeleider_naam"],
            "wijziging_uitkering": ["uitkering"],
        }
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["gemeente"]
        veld.choices = [("", "Kies een gemeente"), *keuzes_op(vandaag())]

    def invoer(self) -> dict[str, Any]:
        velden = {n: w for n, w in self.cleaned_data.items() if n not in ("versie", "sleutel")}
        code = velden.pop("gemeente", "")
        if code:
            velden["gemeente"] = Gemeente.objects.geldig_op(vandaag()).get(code=code)
        return velden


class VerslagFormulier(Paginaformulier):
    """The beëindigingsverslag. Fields under an answer that wasn't given are not asked."""

    uitkomst = KeuzeVeld(label="Wat leverde het traject op?", choices=Uitkomst.choices)
    sector = _keuze("In welke sector is het werk?", Sector.choices, "Kies een sector")
    uren_per_week = _uren()
    contract = _keuze("Welk soort contract is het?", Contract.choices, "Kies een contract")
    werk_begonnen_op = DatumVeld(
        label="Op welke dag begon het werk?", naam="begindatum", voorbeeld="1 9 2019"
    )
    opleiding = TekstVeld(label="Welke opleiding is het?", max_length=120)
    opleiding_begonnen_op = DatumVeld(
        label="Op welke dag begon de opleiding?", naam="begindatum", voorbeeld="1 9 2019"
    )
    activiteiten = TekstVeld(
        label="Wat hebt u in het traject gedaan?", max_length=3000, regels=8, help_text=GEEN_MEDISCHE_GEGEVENS
    )
    vervolg_steun = TekstVeld(
        label="Welke steun krijgt de deelnemer nog?",
        max_length=1000,
        regels=4,
        required=False,
        help_text=GEEN_MEDISCHE_GEGEVENS,
    )
    knop = "Verstuur het verslag"
    verplicht: ClassVar[dict[str, str]] = {
        "uitkomst": "Kies wat het traject opleverde.",
        "sector": "Kies in welke sector het werk is.",
        "uren_per_week": "Vul in hoeveel uur per week het is, bijvoorbeeld 24.",
        "contract": "Kies welk soort contract het is.",
        "werk_begonnen_op": "Vul in op welke dag het werk begon, bijvoorbeeld 1 9 2019.",
        "opleiding": "Vul in welke opleiding het is.",
        "opleiding_begonnen_op": "Vul in op welke dag de opleiding begon, bijvoorbeeld 1 9 2019.",
        "activiteiten": "Schrijf kort wat er in het traject is gedaan.",
    }
    vervolg = {
        "uitkomst": {
            "werk": ["sector", "uren_per_week", "contract", "werk_begonnen_op"],
            "opleiding": ["opleiding", "opleiding_begonnen_op"],
        }
    }

    def __init__(self, *args: Any, traject: Traject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam in ("werk_begonnen_op", "opleiding_begonnen_op"):
            veld: Any = self.fields[naam]
            veld.vroegst = traject.startdatum
            veld.laatst = min(traject.einde or vandaag(), vandaag())

    def invoer(self) -> dict[str, Any]:
        """The fields as the act wants them; what isn't asked is empty."""
        velden = self.cleaned_data
        return {
            "uitkomst": velden["uitkomst"],
            "sector": velden["sector"] or "",
            "uren_per_week": velden["uren_per_week"],
            "contract": velden["contract"] or "",
            "opleiding": velden["opleiding"] or "",
            "begonnen_op": velden["werk_begonnen_op"] or velden["opleiding_begonnen_op"],
            "activiteiten": velden["activiteiten"],
            "vervolg": velden["vervolg_steun"],
        }


class ZienswijzeFormulier(Paginaformulier):
    zienswijze = TekstVeld(
        label="Wat vindt u van het voornemen?", max_length=5000, regels=8, help_text=GEEN_MEDISCHE_GEGEVENS
    )
    knop = "Verstuur uw reactie"
    verplicht = {"zienswijze": "Schrijf wat u van het voornemen vindt."}


# --- who decides -------------------------------------------------------------------------------------


class HerroepFormulier(Formulier):
    reden = TekstVeld(label="Waarom klopt het stopbericht niet?", max_length=1000, regels=4)
    verplicht = {"reden": "Schrijf waarom het stopbericht niet klopt."}
    knop = "Draai het stopbericht terug"
    knop_soort = "gevaar"


class TermijnFormulier(Formulier):
    termijn_tot = DatumVeld(
        label="Tot en met welke dag kan het verslag nog komen?",
        naam="laatste dag",
        voorbeeld="17 6 2019",
        vroegst=lambda: vandaag() + timedelta(days=1),
        laatst=lambda: vandaag() + timedelta(days=TERMIJN_DAGEN),
    )
    knop = "Verstuur het tweede verzoek"

    def __init__(self, *args: Any, voorstel: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"termijn_tot": voorstel}, **kwargs)


def _motivering() -> TekstVeld:
    return TekstVeld(
        label="Motivering",
        help_text="Deze tekst komt in de brief aan de instelling. Schrijf geen medische gegevens op.",
        regels=8,
        max_length=5000,
    )


class VoorstelFormulier(Formulier):
    motivering = _motivering()
    verplicht = {"motivering": MELDING_MOTIVERING}
    knop = "Stel het hele bedrag voor"


class LagerFormulier(Formulier):
    bedrag_cent = EuroVeld(label="Welk bedrag stelt u voor?")
    reden = KeuzeVeld(label="Waarom wordt het lager?", choices=LagerReden.choices)
    motivering = _motivering()
    verplicht = {
        "bedrag_cent": "Vul in welk bedrag u voorstelt, in euro's.",
        "reden": "Kies waarom het bedrag lager wordt.",
        "motivering": MELDING_MOTIVERING,
    }
    knop = "Verstuur het voornemen"

    def __init__(self, *args: Any, uitleg: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The layout made the bound field already, with the text of before.
        self["bedrag_cent"].help_text = uitleg

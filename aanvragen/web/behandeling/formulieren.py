"""The forms of who decides."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from aanvragen.models import Aanvraag
from aanvragen.models.beoordeling import Advies
from budget.regels.regeling import Regelinginhoud, Toets, Vrijval
from gemeenten.models import Gemeente
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.opbouw import Groep, Knop, Vervolg
from ips_subsidie.vormgeving.velden import JaNeeVeld, KeuzeVeld, MeerkeuzeVeld, TekstVeld

MOTIVERING_MAX = 5000
# Withdrawn from today on: no event that frees a place.
VANAF_NU = "vanaf_nu"
_TOETSEN = {Toets.INHOUDELIJK: "Inhoudelijke toets", Toets.ADMINISTRATIEF: "Administratieve toets"}

# The value in the URL and the words of each group of the worklist.
STANDEN = {
    "ingediend": "Nieuw",
    "onvolledig": "Wacht op aanvulling",
    "in_behandeling": "Te beoordelen",
    "beoordeeld": "Klaar voor besluit",
    "budget_gevraagd": "Wacht op budget",
    "budget_gereserveerd": "Budget gereserveerd",
    "geen_budget": "Geen budget",
}
# Those that there are only where the gemeente decides.
BIJ_GEMEENTE = ("budget_gevraagd", "budget_gereserveerd", "geen_budget")


class WerkvoorraadFilter(forms.Form):
    zoek = TekstVeld(
        label="Zoek op kenmerk", max_length=20, required=False, help_text="Ook als er al is beslist."
    )
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Alle open aanvragen"), *STANDEN.items()]
    )
    route = forms.ChoiceField(label="Route", required=False)
    gemeente = forms.ChoiceField(label="Gemeente", required=False)
    van_mij = forms.BooleanField(label="Alleen van mij", required=False)
    te_laat = forms.BooleanField(label="Alleen te laat", required=False)

    def __init__(self, *args: Any, routes: dict[str, str], gemeenten: list[Gemeente], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        velden: Any = self.fields
        velden["route"].choices = [("", "Alle routes"), *routes.items()]
        velden["gemeente"].choices = [("", "Alle gemeenten"), *((g.code, g.naam) for g in gemeenten)]
        for veld in velden.values():
            veld.stil_optioneel = True


class DoorzendFormulier(Formulier):
    gemeente = forms.ChoiceField(label="Naar welke gemeente?")
    reden = TekstVeld(
        label="Waarom hoort de aanvraag daar?",
        help_text="De andere gemeente leest dit. Schrijf geen medische gegevens op.",
        regels=3,
        max_length=500,
    )
    verplicht = {
        "gemeente": "Kies de gemeente waar de deelnemer woont.",
        "reden": "Schrijf waarom de aanvraag bij die gemeente hoort.",
    }
    knop = "Doorzenden"

    def __init__(self, *args: Any, gemeenten: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gemeente"].choices = [("", "Kies een gemeente"), *gemeenten]  # type: ignore[attr-defined]

    def invoer(self) -> dict[str, Any]:
        velden = self.cleaned_data
        return {"gemeente": Gemeente.objects.get(code=velden["gemeente"]), "reden": velden["reden"]}


class BeoordeelFormulier(Formulier):
    """The checklist of the route, as the regeling gives it, with an advice and a motivering."""

    advies = KeuzeVeld(label="Wat adviseert u?", choices=Advies.choices)
    gronden = MeerkeuzeVeld(label="Waarom moet de aanvraag worden afgewezen?")
    motivering = TekstVeld(
        label="Motivering",
        help_text="Deze tekst komt in de brief. Pas het voorstel aan. Schrijf geen medische gegevens op.",
        regels=8,
        max_length=MOTIVERING_MAX,
    )
    verplicht = {
        "advies": "Kies uw advies.",
        "gronden": "Kies waarom de aanvraag moet worden afgewezen.",
        "motivering": "Schrijf de motivering. Die komt in de brief.",
    }
    vervolg = {"advies": {"afwijzen": ["gronden"]}}
    knop = "Beoordeling opslaan"

    def __init__(self, *args: Any, aanvraag: Aanvraag, voorstel: str, **kwargs: Any) -> None:
        self.aanvraag, self.voorstel = aanvraag, voorstel
        self.controles = aanvraag.inhoud.route(aanvraag.route).controles
        super().__init__(*args, **kwargs)
        self.fields["gronden"].choices = _gronden(aanvraag.inhoud)  # type: ignore[attr-defined]
        for nummer, controle in enumerate(self.controles, 1):
            self.fields[f"controle_{controle.code}"] = JaNeeVeld(
                label=f"{nummer}. {controle.vraag}",
                hints={"nee": f"Grond om af te wijzen: {aanvraag.inhoud.grond(controle.grond).tekst}"},
                error_messages={"required": f"Beantwoord ook: {controle.vraag}"},
            )
            self.fields[f"toelichting_{controle.code}"] = TekstVeld(
                label=f"Toelichting bij {nummer}", max_length=500, required=False, teller=False
            )
        self.helper.layout = self.opmaak()

    def opmaak(self) -> Layout:
        groepen = []
        for toets, titel in _TOETSEN.items():
            codes = [c.code for c in self.controles if c.toets is toets]
            velden = [f"{soort}_{code}" for code in codes for soort in ("controle", "toelichting")]
            if velden:
                groepen.append(Groep(titel, *velden))
        return Layout(*groepen, Groep("Advies", Vervolg("advies", afwijzen=["gronden"]), "motivering"))

    def clean(self) -> dict[str, Any]:
        velden = super().clean() or self.cleaned_data
        ongewijzigd = velden.get("motivering", "").strip() == self.voorstel.strip()
        if velden.get("advies") == Advies.AFWIJZEN and ongewijzigd:
            self.add_error(
                "motivering", "Dit voorstel is om toe te kennen. Schrijf waarom u adviseert om af te wijzen."
            )
        return velden

    def invoer(self) -> dict[str, Any]:
        """The answers as the act wants them: one value for the whole checklist."""
        velden = self.cleaned_data
        uitkomsten = {
            c.code: {"klopt": velden[f"controle_{c.code}"], "toelichting": velden[f"toelichting_{c.code}"]}
            for c in self.controles
        }
        return {"uitkomsten": uitkomsten} | {
            naam: velden[naam] for naam in ("advies", "gronden", "motivering")
        }


class BesluitFormulier(Formulier):
    """What every besluit asks: its motivering. With a button that shows the letter first."""

    motivering = TekstVeld(
        label="Motivering",
        help_text="Deze tekst komt in de brief aan de instelling. Schrijf geen medische gegevens op.",
        regels=8,
        max_length=MOTIVERING_MAX,
    )
    verplicht = {
        "motivering": "Schrijf de motivering. Die komt in de brief.",
        "gronden": "Kies waarom u de aanvraag afwijst.",
    }

    def __init__(
        self, *args: Any, knop: str, gevaar: bool = False, voorbeeld_url: str = "", **kwargs: Any
    ) -> None:
        self.knop = knop  # type: ignore[misc]
        self.knop_soort = "gevaar" if gevaar else "primair"  # type: ignore[misc]
        super().__init__(*args, **kwargs)
        if voorbeeld_url:
            self.helper.add_input(
                Knop("voorbeeld", "Brief bekijken (pdf)", soort="tweede", formaction=voorbeeld_url)
            )


class AfwijsFormulier(BesluitFormulier):
    gronden = MeerkeuzeVeld(label="Waarom wijst u de aanvraag af?")

    field_order = ["gronden", "motivering"]

    def __init__(self, *args: Any, inhoud: Regelinginhoud, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gronden"].choices = _gronden(inhoud)  # type: ignore[attr-defined]


class IntrekFormulier(BesluitFormulier):
    """With what brings the withdrawal about, each with what it means for the place."""

    gebeurtenis = KeuzeVeld(label="Waarom trekt u het besluit in?")

    field_order = ["gebeurtenis", "motivering"]
    verplicht = {**BesluitFormulier.verplicht, "gebeurtenis": "Kies waarom u het besluit intrekt."}

    def __init__(self, *args: Any, keuzes: list[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["gebeurtenis"]
        veld.choices = [(code, titel) for code, titel, _ in keuzes]
        veld.hints = {code: gevolg for code, _, gevolg in keuzes}

    def invoer(self) -> dict[str, Any]:
        gekozen = self.cleaned_data["gebeurtenis"]
        return {
            "motivering": self.cleaned_data["motivering"],
            "gebeurtenis": None if gekozen == VANAF_NU else Vrijval(gekozen),
        }


class VerlengingAdviesFormulier(Formulier):
    advies = KeuzeVeld(label="Wat adviseert u?", choices=Advies.choices)
    motivering = TekstVeld(
        label="Motivering",
        help_text="Deze tekst komt in de brief. Schrijf geen medische gegevens op.",
        regels=6,
        max_length=MOTIVERING_MAX,
    )
    verplicht = {"advies": "Kies uw advies.", "motivering": "Schrijf de motivering. Die komt in de brief."}
    knop = "Advies opslaan"


def _gronden(inhoud: Regelinginhoud) -> list[tuple[str, str]]:
    return [(grond.code, grond.tekst) for grond in inhoud.gronden]


def termijn_beschrijving(dag: date, op: date) -> str:
    """How far away a last day is, in words."""
    dagen = (dag - op).days
    if dagen == 0:
        return "vandaag"
    aantal = f"{abs(dagen)} dag{'en' if abs(dagen) != 1 else ''}"
    return f"nog {aantal}" if dagen > 0 else f"{aantal} te laat"

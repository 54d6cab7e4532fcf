"""The forms of the gemeente: toestemming and voordracht."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from aanvragen.models import GgzInstelling
from aanvragen.models.aanvraag import Uitkering
from aanvragen.regels.statussen import ToestemmingStatus
from budget.models import Regeling
from gemeenten.models import Gemeente
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.opbouw import Groep
from ips_subsidie.vormgeving.velden import BsnVeld, DatumVeld, JaNeeVeld, KeuzeVeld, TekstVeld

_GEEN_MEDISCH = "Schrijf geen medische gegevens op."


class VerlenenFormulier(Formulier):
    uitkering_klopt = JaNeeVeld(
        label="Klopt de uitkering?",
        help_text="Controleer in uw eigen administratie of de inwoner deze uitkering heeft, of geen uitkering.",
    )
    geen_ander_traject = JaNeeVeld(
        label="Klopt het dat de inwoner geen ander traject naar werk volgt?",
        help_text="Met twee trajecten tegelijk kan de inwoner niet meedoen.",
    )
    voorzieningen = TekstVeld(
        label="Welke voorzieningen van de gemeente lopen al?",
        help_text=f"Bijvoorbeeld schuldhulp of beschermd wonen. {_GEEN_MEDISCH}",
        required=False,
        regels=3,
        max_length=1000,
    )
    functie = TekstVeld(
        label="Uw functie",
        help_text="Uw naam en functie komen op de toestemmingsverklaring.",
        max_length=120,
    )
    verplicht = {
        "uitkering_klopt": "Kies of de uitkering klopt.",
        "geen_ander_traject": "Kies of het klopt dat de inwoner geen ander traject volgt.",
        "functie": "Vul uw functie in, bijvoorbeeld klantmanager.",
    }
    knop = "Toestemming geven"


class WeigerenFormulier(Formulier):
    motivering = TekstVeld(
        label="Waarom geeft u geen toestemming?",
        help_text=f"De ggz-instelling leest dit en vertelt het de inwoner. {_GEEN_MEDISCH}",
        regels=5,
        max_length=2000,
    )
    functie = TekstVeld(label="Uw functie", max_length=120)
    verplicht = {
        "motivering": "Schrijf waarom u geen toestemming geeft.",
        "functie": "Vul uw functie in, bijvoorbeeld klantmanager.",
    }
    knop = "Toestemming weigeren"
    knop_soort = "gevaar"


class IntrekkenFormulier(Formulier):
    motivering = TekstVeld(
        label="Waarom trekt u de toestemming in?",
        help_text=f"De ggz-instelling en UWV lezen dit. {_GEEN_MEDISCH}",
        regels=5,
        max_length=2000,
    )
    verplicht = {"motivering": "Schrijf waarom u de toestemming intrekt."}
    knop = "Toestemming intrekken"
    knop_soort = "gevaar"


class ToestemmingenFilter(forms.Form):
    status = forms.ChoiceField(label="Status", required=False)
    gemeente = forms.ChoiceField(label="Gemeente", required=False)

    def __init__(self, *args: Any, gemeenten: list[Gemeente], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            ("", "Alle statussen"), *ToestemmingStatus.choices,
        ]  # fmt: skip
        self.fields["gemeente"].choices = [  # type: ignore[attr-defined]
            ("", "Alle gemeenten"), *((g.code, g.naam) for g in gemeenten),
        ]  # fmt: skip
        if len(gemeenten) < 2:
            del self.fields["gemeente"]
        for veld in self.fields.values():
            veld.stil_optioneel = True  # type: ignore[attr-defined]


class VoordrachtFormulier(Formulier):
    """An inwoner proposed to an instelling. There is no field for health data, and none may come in by the text."""

    gemeente = forms.ChoiceField(label="Gemeente waar de inwoner woont")
    instelling = forms.ChoiceField(
        label="Ggz-instelling",
        help_text="U kunt kiezen uit de instellingen die nu modelgetrouw IPS bieden.",
    )
    voorletters = TekstVeld(label="Voorletters", max_length=20)
    achternaam = TekstVeld(label="Achternaam", max_length=120)
    bsn = BsnVeld(
        label="Burgerservicenummer (BSN)",
        help_text="De instelling gebruikt het voor de aanvraag bij UWV. Daarna ziet u het niet meer helemaal.",
    )
    geboortedatum = DatumVeld(label="Geboortedatum", laatst=vandaag)
    uitkering = KeuzeVeld(
        label="Welke uitkering heeft de inwoner?",
        choices=[
            (Uitkering.BIJSTAND.value, Uitkering.BIJSTAND.label),
            (Uitkering.GEEN.value, Uitkering.GEEN.label),
        ],
    )
    akkoord_op = DatumVeld(
        label="Wanneer ging de inwoner akkoord met deze voordracht?",
        naam="datum van het akkoord",
        voorbeeld="3 6 2019",
        vroegst=lambda: vandaag() - timedelta(days=366),
        laatst=vandaag,
        help_text="Vertel de inwoner eerst welke gegevens u doorgeeft, en aan wie.",
    )
    contact_naam = TekstVeld(label="Naam van de contactpersoon", max_length=120)
    contact_telefoon = TekstVeld(label="Telefoonnummer van de contactpersoon", max_length=20, required=False)
    verplicht = {
        "gemeente": "Kies de gemeente waar de inwoner woont.",
        "instelling": "Kies een ggz-instelling.",
        "voorletters": "Vul de voorletters van de inwoner in.",
        "achternaam": "Vul de achternaam van de inwoner in.",
        "uitkering": "Kies welke uitkering de inwoner heeft.",
        "akkoord_op": "Vul in wanneer de inwoner akkoord ging, bijvoorbeeld 3 6 2019.",
        "contact_naam": "Vul de naam in van wie de instelling kan bellen.",
    }
    knop = "Inwoner voordragen"

    def __init__(
        self, *args: Any, gemeenten: list[Gemeente], instellingen: list[GgzInstelling], **kwargs: Any
    ) -> None:
        self.gemeenten = {g.code: g for g in gemeenten}
        self.instellingen = {str(i.pk): i for i in instellingen}
        super().__init__(*args, **kwargs)
        self._keuzes("gemeente", "Kies een gemeente", ((g.code, g.naam) for g in gemeenten))
        self._keuzes(
            "instelling", "Kies een instelling", ((str(i.pk), f"{i.naam}, {i.plaats}") for i in instellingen)
        )
        if len(gemeenten) == 1:
            self.initial["gemeente"] = gemeenten[0].code

    def _keuzes(self, naam: str, leeg: str, keuzes: Iterable[tuple[str, str]]) -> None:
        veld: Any = self.fields[naam]
        veld.choices = [("", leeg), *keuzes]
        veld.error_messages["invalid_choice"] = f"{self.verplicht[naam]} Kies uit de lijst."

    def opmaak(self) -> Layout:
        return Layout(
            Groep("Naar welke instelling", "gemeente", "instelling"),
            Groep("Inwoner", "voorletters", "achternaam", "bsn", "geboortedatum", "uitkering", "akkoord_op"),
            Groep("Contactpersoon bij de gemeente", "contact_naam", "contact_telefoon"),
        )

    def clean_gemeente(self) -> Gemeente:
        return self.gemeenten[self.cleaned_data["gemeente"]]

    def clean_instelling(self) -> GgzInstelling:
        return self.instellingen[self.cleaned_data["instelling"]]


class AannemenFormulier(Formulier):
    """Accepting a voordracht; asks for the regeling only where more than one is open."""

    regeling = KeuzeVeld(label="Voor welke regeling begint u de aanvraag?")
    verplicht = {"regeling": "Kies voor welke regeling u de aanvraag begint."}
    knop = "Aannemen en aanvraag beginnen"

    def __init__(self, *args: Any, regelingen: list[Regeling], **kwargs: Any) -> None:
        self.regelingen = {r.code: r for r in regelingen}
        super().__init__(*args, **kwargs)
        if len(regelingen) == 1:
            del self.fields["regeling"]
            self.helper.layout = self.opmaak()
        else:
            self.fields["regeling"].choices = [(r.code, r.naam) for r in regelingen]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        velden = super().clean() or self.cleaned_data
        gekozen = velden.get("regeling") or next(iter(self.regelingen), "")
        if "regeling" not in self.errors:
            velden["regeling"] = self.regelingen.get(gekozen)
        return velden


class AfwijzenFormulier(Formulier):
    antwoord = TekstVeld(
        label="Antwoord aan de gemeente",
        help_text="Schrijf kort waarom u de voordracht niet aanneemt, zonder medische gegevens. Ook of iemand bij u "
        "in behandeling is, is een medisch gegeven.",
        regels=4,
        max_length=1000,
    )
    verplicht = {"antwoord": "Schrijf kort een antwoord aan de gemeente."}
    knop = "Voordracht niet aannemen"
    knop_soort = "gevaar"


class VoordrachtIntrekkenFormulier(Formulier):
    knop = "Voordracht intrekken"
    knop_soort = "gevaar"

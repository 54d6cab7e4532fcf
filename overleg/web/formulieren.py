"""The forms of the overleg and of the contact cards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.vormgeving.formulieren import EnkelKnop, Formulier
from ips_subsidie.vormgeving.opbouw import Groep
from ips_subsidie.vormgeving.velden import DatumVeld, JaNeeVeld, KeuzeVeld, MeerkeuzeVeld, TekstVeld
from overleg.models import OverlegSoort, Punt
from overleg.regels.reeksen import ACHTWEKELIJKS, KORTST, LANGST, WEKELIJKS

_TIJD = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?: ?uur)?", re.ASCII)
_RITMES = [
    (str(WEKELIJKS), "Elke week"),
    ("2", "Om de 2 weken"),
    ("4", "Om de 4 weken"),
    (str(ACHTWEKELIJKS), "Om de 8 weken"),
]


class TijdVeld(TekstVeld):
    """A time on the clock, as 9:30 or 09.30; the value is a `time`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Bijvoorbeeld 9:30")
        super().__init__(max_length=12, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        getypt = super().clean(value)
        if not getypt:
            return None
        gevonden = _TIJD.fullmatch(getypt.strip())
        if gevonden is None:
            raise ValidationError("Vul een tijd in, bijvoorbeeld 9:30.", code="geen_tijd")
        return time(int(gevonden[1]), int(gevonden[2]))


class MinutenVeld(TekstVeld):
    """A number of minutes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Hoeveel minuten duurt het?", max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        getypt = super().clean(value)
        if not (getypt.isascii() and getypt.isdigit() and KORTST <= int(getypt) <= LANGST):
            raise ValidationError(
                f"Vul een getal in van {KORTST} tot en met {LANGST}, bijvoorbeeld 60.", code="minuten"
            )
        return int(getypt)


class DeelnemersVeld(MeerkeuzeVeld):
    """Organisaties to invite; the value is a list of them, in the order of the list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Wie doet er mee?",
            help_text="Uw eigen organisatie doet altijd mee.",
            **kwargs,
        )
        self.keuze: dict[str, Organisatie] = {}

    def kies_uit(self, organisaties: Sequence[Organisatie]) -> None:
        self.keuze = {str(een.pk): een for een in organisaties}
        self.choices = [(nummer, een.naam) for nummer, een in self.keuze.items()]

    def clean(self, value: Any) -> Any:
        gekozen = set(super().clean(value))
        return [een for nummer, een in self.keuze.items() if nummer in gekozen]


def _plaats(**kwargs: Any) -> TekstVeld:
    return TekstVeld(
        label="Waar is het?", max_length=200, required=False,
        help_text="Bijvoorbeeld een adres en een zaal. Laat leeg als het alleen online is.", **kwargs,
    )  # fmt: skip


class LinkVeld(TekstVeld):
    """The address of an online meeting: of the web, and safe."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Link naar het overleg", max_length=400, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        getypt = super().clean(value)
        if getypt:
            try:
                forms.URLField(assume_scheme="https").clean(getypt)
            except ValidationError:
                raise ValidationError("Vul een hele link in, die begint met https://.", code="link") from None
        return getypt


class ReeksFormulier(Formulier):
    soort = KeuzeVeld(label="Wat voor overleg is het?", choices=OverlegSoort.choices)
    om_de_weken = KeuzeVeld(label="Hoe vaak is het?", choices=_RITMES)
    eerste_dag = DatumVeld(
        label="Eerste dag", naam="eerste dag", voorbeeld="3 9 2019", vroegst=vandaag,
        laatst=lambda: vandaag() + timedelta(days=366),
    )  # fmt: skip
    laatste_dag = DatumVeld(
        label="Laatste dag", naam="laatste dag", voorbeeld="30 6 2020", vroegst=vandaag,
        help_text="Een reeks loopt hoogstens twee jaar. Bijvoorbeeld 30 6 2020",
    )  # fmt: skip
    begint_om = TijdVeld(label="Hoe laat begint het?")
    duur_minuten = MinutenVeld()
    plaats = _plaats()
    link = LinkVeld()
    zonder_feestdagen = JaNeeVeld(
        label="Overslaan op feestdagen?", help_text="Het overleg daarna blijft op de eigen dag."
    )
    deelnemers = DeelnemersVeld()
    verplicht = {
        "soort": "Kies wat voor overleg het is.",
        "om_de_weken": "Kies hoe vaak het is.",
        "laatste_dag": "Vul in tot en met welke dag de reeks loopt. Een reeks zonder einde kan niet.",
        "begint_om": "Vul in hoe laat het begint, bijvoorbeeld 9:30.",
        "duur_minuten": "Vul in hoeveel minuten het duurt, bijvoorbeeld 60.",
        "zonder_feestdagen": "Kies of het overleg op feestdagen wordt overgeslagen.",
        "deelnemers": "Kies minstens een deelnemer.",
    }
    knop = "Reeks maken"

    def __init__(self, *args: Any, organisaties: Sequence[Organisatie], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deelnemers"].kies_uit(organisaties)  # type: ignore[attr-defined]

    def opmaak(self) -> Layout:
        return Layout(
            "soort",
            Groep(
                "Wanneer", "om_de_weken", "eerste_dag", "laatste_dag", "begint_om", "duur_minuten",
                "zonder_feestdagen",
            ),
            Groep("Waar", "plaats", "link"),
            "deelnemers",
        )  # fmt: skip

    def clean_om_de_weken(self) -> int:
        return int(self.cleaned_data["om_de_weken"])


class DeelnemersFormulier(Formulier):
    deelnemers = DeelnemersVeld()
    verplicht = {"deelnemers": "Kies minstens een deelnemer."}
    knop = "Deelnemers opslaan"

    def __init__(self, *args: Any, organisaties: Sequence[Organisatie], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deelnemers"].kies_uit(organisaties)  # type: ignore[attr-defined]


class VerplaatsFormulier(Formulier):
    dag = DatumVeld(
        label="Nieuwe dag", naam="nieuwe dag", voorbeeld="4 9 2019", vroegst=vandaag,
        laatst=lambda: vandaag() + timedelta(days=3 * 366),
    )  # fmt: skip
    begint_om = TijdVeld(label="Hoe laat begint het?")
    duur_minuten = MinutenVeld()
    plaats = _plaats()
    link = LinkVeld()
    reden = TekstVeld(label="Waarom?", max_length=300, help_text="De deelnemers lezen dit. Noem geen namen.")
    verplicht = {
        "begint_om": "Vul in hoe laat het begint, bijvoorbeeld 9:30.",
        "duur_minuten": "Vul in hoeveel minuten het duurt, bijvoorbeeld 60.",
        "reden": "Schrijf kort waarom het overleg op een ander moment is.",
    }
    knop = "Verplaatsen"


class AfgelastFormulier(Formulier):
    reden = TekstVeld(label="Waarom?", max_length=300, help_text="De deelnemers lezen dit. Noem geen namen.")
    verplicht = {"reden": "Schrijf kort waarom het overleg niet doorgaat."}
    knop = "Afgelasten"
    knop_soort = "gevaar"


class AgendapuntFormulier(Formulier):
    kenmerk = TekstVeld(
        label="Kenmerk van het dossier",
        max_length=20,
        help_text="Bijvoorbeeld IPS-4K7Q2MZ. Vul geen naam in.",
    )
    punt = KeuzeVeld(label="Waarover gaat het?", choices=Punt.choices)
    verplicht = {
        "kenmerk": "Vul het kenmerk van het dossier in, bijvoorbeeld IPS-4K7Q2MZ.",
        "punt": "Kies waarover het gaat.",
    }
    knop = "Agendapunt toevoegen"


class GevaarKnop(EnkelKnop):
    """A button that ends something."""

    knop_soort = "gevaar"


class ContactFormulier(Formulier):
    naam = TekstVeld(label="Naam", max_length=120)
    functie = TekstVeld(label="Functie", max_length=120, required=False)
    email = TekstVeld(label="E-mailadres", max_length=254, required=False)
    telefoon = TekstVeld(label="Telefoonnummer", max_length=20, required=False)
    verplicht = {"naam": "Vul de naam van de contactpersoon in."}
    knop = "Opslaan"

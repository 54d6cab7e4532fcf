from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django.core.exceptions import ValidationError

from aanvragen.regels.volledigheid import Onderdeel
from aanvragen.web.instelling.formulieren.basis import EmailVeld, Onderdeelformulier
from ips_subsidie.vormgeving.opbouw import Groep
from ips_subsidie.vormgeving.velden import TekstVeld

_TELEFOONTEKENS = set("0123456789 +()-")


class InstellingFormulier(Onderdeelformulier):
    onderdeel = Onderdeel.INSTELLING
    doel = "Met deze gegevens weten de gemeente en UWV wie zij over deze aanvraag kunnen bellen of mailen."

    behandelaar_naam = TekstVeld(label="Naam van de regiebehandelaar", max_length=120)
    trajectbegeleider_naam = TekstVeld(
        label="Naam",
        max_length=120,
        help_text="De trajectbegeleider IPS is de contactpersoon voor dit traject.",
    )
    trajectbegeleider_email = EmailVeld(label="E-mailadres", max_length=254)
    trajectbegeleider_telefoon = TekstVeld(
        label="Telefoonnummer", max_length=20, help_text="Bijvoorbeeld 06 12345678"
    )

    verplicht = {
        "behandelaar_naam": "Vul de naam van de regiebehandelaar in.",
        "trajectbegeleider_naam": "Vul de naam van de trajectbegeleider in.",
        "trajectbegeleider_email": "Vul het e-mailadres van de trajectbegeleider in.",
        "trajectbegeleider_telefoon": "Vul het telefoonnummer van de trajectbegeleider in.",
    }

    def opmaak(self) -> Layout:
        begeleider = ("trajectbegeleider_naam", "trajectbegeleider_email", "trajectbegeleider_telefoon")
        return Layout("behandelaar_naam", Groep("Trajectbegeleider IPS", *begeleider))

    def beginwaarden(self) -> dict[str, Any]:
        return {
            naam: getattr(self.aanvraag, naam) for naam in self.base_fields if hasattr(self.aanvraag, naam)
        }

    def clean_trajectbegeleider_telefoon(self) -> str:
        nummer: str = self.cleaned_data["trajectbegeleider_telefoon"]
        cijfers = sum(teken in "0123456789" for teken in nummer)
        if nummer and (set(nummer) - _TELEFOONTEKENS or not 10 <= cijfers <= 15):
            raise ValidationError(
                "Vul een telefoonnummer in van minstens 10 cijfers, bijvoorbeeld 06 12345678."
            )
        return nummer

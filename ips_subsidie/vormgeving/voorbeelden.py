"""What the style guide shows: forms and components in every state, with invented data."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from crispy_forms.layout import Layout
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from ips_subsidie.vormgeving.charts import maandstaven, naamstaven, stapelbalk
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.onderdelen import (
    Actie,
    Bericht,
    Document,
    Gebeurtenis,
    Rij,
    Staaf,
    Stuk,
    Taak,
    Teller,
)
from ips_subsidie.vormgeving.opbouw import Groep, Vervolg
from ips_subsidie.vormgeving.velden import (
    BestandVeld,
    BsnVeld,
    DatumVeld,
    JaNeeVeld,
    KeuzeVeld,
    MaandVeld,
    MeerkeuzeVeld,
    TekstVeld,
)
from ips_subsidie.vormgeving.widgets import BewaardBestand

MOMENT = datetime(2019, 6, 3, 12, 5, tzinfo=UTC)
GEMEENTEN = [("", "Kies een gemeente"), ("0268", "Nijmegen"), ("0202", "Arnhem"), ("0200", "Apeldoorn")]


class VoorbeeldFormulier(Formulier):
    """Every kind of field once."""

    naam = TekstVeld(label="Voorletters en achternaam", max_length=80)
    bsn = BsnVeld(
        label="Burgerservicenummer (BSN)", help_text="9 cijfers. U vindt het op een identiteitsbewijs."
    )
    geboortedatum = DatumVeld(label="Geboortedatum", laatst=date(2019, 6, 3))
    startmaand = MaandVeld(label="Maand waarin de behandeling begon", naam="startmaand")
    gemeente = forms.ChoiceField(label="Gemeente waar de deelnemer woont", choices=GEMEENTEN)
    uitkering = JaNeeVeld(label="Heeft de deelnemer een uitkering?")
    soort = KeuzeVeld(
        label="Welke uitkering?",
        choices=[("bijstand", "Bijstand"), ("wia", "WIA"), ("wajong", "Wajong")],
        hints={"bijstand": "Van de gemeente. De gemeente moet dan toestemming geven."},
    )
    sinds = DatumVeld(label="Sinds wanneer?", naam="begindatum", required=False)
    steun = MeerkeuzeVeld(
        label="Welke steun krijgt de deelnemer nu?",
        choices=[("coach", "Jobcoach"), ("dagbesteding", "Dagbesteding"), ("geen", "Geen van deze")],
        required=False,
    )
    akkoord = forms.BooleanField(label="De deelnemer is akkoord met het delen van deze gegevens")
    toelichting = TekstVeld(label="Toelichting", max_length=500, regels=5, required=False)
    bijlage = BestandVeld(label="Behandelplan")

    knop_later = "Later verder"
    verplicht = {
        "naam": "Vul de naam van de deelnemer in.",
        "gemeente": "Kies de gemeente waar de deelnemer woont.",
        "uitkering": "Kies of de deelnemer een uitkering heeft.",
        "soort": "Kies welke uitkering de deelnemer heeft.",
        "akkoord": "Vraag de deelnemer om akkoord en vink dit aan.",
        "bijlage": "Kies het behandelplan.",
    }

    def opmaak(self) -> Layout:
        return Layout(
            Groep("Deelnemer", "naam", "bsn", "geboortedatum", "gemeente"),
            Vervolg("uitkering", ja=["soort", "sinds"]),
            "startmaand",
            "steun",
            "toelichting",
            "bijlage",
            "akkoord",
        )


class FilterFormulier(forms.Form):
    zoek = forms.CharField(label="Zoek op kenmerk of naam", required=False)
    status = forms.ChoiceField(
        label="Status", choices=[("", "Alle statussen"), ("nieuw", "Ingediend")], required=False
    )
    van = forms.ChoiceField(label="Gemeente", choices=GEMEENTEN, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for veld in self.fields.values():
            veld.stil_optioneel = True  # type: ignore[attr-defined]


class RijFormulier(Formulier):
    """A row of a formset: no <form> and no buttons of its own."""

    met_form_tag = False
    knop = ""
    naam = TekstVeld(label="Naam")
    vanaf = MaandVeld(label="Vanaf", naam="maand")


class LijstRegel(NamedTuple):
    kenmerk: str
    instelling: str
    status: str
    soort: str
    voor: date | None
    cent: int


def _foute_invoer() -> dict[str, Any]:
    return {
        "fout-naam": "",
        "fout-bsn": "123456789",
        "fout-geboortedatum_dag": "30",
        "fout-geboortedatum_maand": "2",
        "fout-geboortedatum_jaar": "1990",
        "fout-startmaand_maand": "",
        "fout-startmaand_jaar": "2019",
        "fout-uitkering": "ja",
        "fout-toelichting": "Te lang. " * 60,
    }


def formulieren() -> dict[str, Any]:
    gevuld = {
        "naam": "J. Jansen",
        "bsn": "123456782",
        "geboortedatum": date(1990, 3, 27),
        "startmaand": date(2019, 4, 1),
        "gemeente": "0268",
        "uitkering": True,
        "soort": "bijstand",
        "toelichting": "Wil graag in de techniek werken.",
        "bijlage": BewaardBestand("1", "behandelplan.pdf", 245_000),
    }
    fout = VoorbeeldFormulier(
        _foute_invoer(),
        MultiValueDict({"fout-bijlage": [SimpleUploadedFile("leeg.pdf", b"")]}),
        prefix="fout",
    )
    rijen = forms.formset_factory(RijFormulier, extra=0)(
        {"rij-TOTAL_FORMS": "2", "rij-INITIAL_FORMS": "0", "rij-0-naam": "S. de Vries", "rij-1-naam": ""},
        prefix="rij",
    )
    return {
        "leeg": VoorbeeldFormulier(prefix="leeg"),
        "gevuld": VoorbeeldFormulier(prefix="gevuld", initial=gevuld),
        "fout": fout,
        "rijenset": rijen,
        "filterformulier": FilterFormulier(),
    }


def onderdelen() -> dict[str, Any]:
    return {
        "moment": MOMENT,
        "taken": [
            Taak("Instelling en behandelaar", "Klaar", "goed", "#taken"),
            Taak("Deelnemer", "Bezig", "let_op", "#taken"),
            Taak("Situatie en wens", "Nog niet gestart", "neutraal", "#taken", "Hieruit volgt de route."),
            Taak("Bijlagen", "Aanvulling gevraagd", "fout", "#taken"),
            Taak("Controleren en versturen", "Kan nog niet beginnen", "inactief"),
        ],
        "rijen": [
            Rij("Naam", "J. Jansen", "#samenvatting"),
            Rij("Toelichting", "Eerste regel\nTweede regel", "#samenvatting", "de toelichting"),
            Rij("Telefoonnummer", None, "#samenvatting"),
            Rij("Kenmerk", "IPS-26-4K7Q2M"),
        ],
        "stappen": [
            Gebeurtenis("Aanvraag ingediend", MOMENT, "S. de Vries, IrisZorg"),
            Gebeurtenis(
                "Toestemming gevraagd", date(2019, 6, 4), "UWV", "De gemeente Nijmegen heeft 4 weken."
            ),
            Gebeurtenis("Gemeente beoordeelt", None, "Gemeente Nijmegen", stand="nu"),
            Gebeurtenis("UWV beslist", date(2019, 7, 29), stand="later"),
        ],
        "acties": [
            Actie(
                "Toekennen",
                "#acties",
                "post",
                "primair",
                versie=3,
                sleutel="6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
            ),
            Actie("Aanvulling vragen", "#acties"),
            Actie("Intrekken", "#acties", soort="gevaar"),
            Actie("Afwijzen", "", redenen=["U hebt deze aanvraag beoordeeld. Een ander moet beslissen."]),
        ],
        "tellers": [
            Teller("Alle", 1204, "#tellers", True),
            Teller("Ingediend", 12, "#tellers"),
            Teller("Wacht op gemeente", 3, "#tellers"),
        ],
        "berichten": [
            Bericht("De gemeente Nijmegen gaf toestemming", MOMENT, "#inbox", False, "IPS-26-4K7Q2M"),
            Bericht("Uw aanvraag is ontvangen", MOMENT, "#inbox", True, "IPS-26-9XW3RT"),
        ],
        "documenten": [Document("Besluit", "#documenten", "pdf", 84_000, date(2019, 7, 1))],
        "lijst": [
            LijstRegel("IPS-26-4K7Q2M", "IrisZorg", "Wacht op gemeente", "let_op", date(2019, 7, 1), 800_000),
            LijstRegel(
                "IPS-26-9XW3RT", "Pro Persona", "In behandeling", "neutraal", date(2019, 7, 8), 800_000
            ),
            LijstRegel("IPS-26-1B8LQZ", "Pluryn", "Toegekend", "goed", None, 800_000),
            LijstRegel("IPS-26-7HJK2P", "RIBW Nijmegen & Rivierenland", "Afgewezen", "fout", None, 0),
        ],
        "badges": [
            ("Ingediend", "neutraal"),
            ("Nieuw", "info"),
            ("Toegekend", "goed"),
            ("Wacht op gemeente", "let_op"),
            ("Afgewezen", "fout"),
            ("Ingetrokken", "inactief"),
        ],
    }


def grafieken() -> dict[str, Any]:
    stukken = [
        Stuk("Gebruikt", 118, "gebruikt"),
        Stuk("Gereserveerd", 23, "gereserveerd"),
        Stuk("Vrij", 59, "vrij"),
    ]
    namen = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
    maanden = [Staaf(naam, (i * 7) % 19, (i * 3) % 4) for i, naam in enumerate(namen)]
    gemeenten = [Staaf("Nijmegen", 4, 1, 5), Staaf("Arnhem", 5, 0, 5), Staaf("Berg en Dal", 0, 2, 5)]
    return {
        "pool": stapelbalk(stukken, titel="De plaatsen van de regeling"),
        "pool_rijen": [(s.naam, s.aantal) for s in stukken],
        "per_maand": maandstaven(maanden, titel="Aanvragen per maand"),
        "maand_rijen": [(s.naam, s.aantal, s.erbij) for s in maanden],
        "per_gemeente": naamstaven(gemeenten, titel="Plaatsen per gemeente"),
        "gemeente_rijen": [(s.naam, s.aantal, s.erbij, s.grens) for s in gemeenten],
    }

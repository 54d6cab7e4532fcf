"""The forms that move a term: asking for an aanvulling, putting the besluit off, letting the term stand still."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from crispy_forms.layout import Layout

from aanvragen.handelingen.behandelen import HERSTEL_MAX_DAGEN
from aanvragen.handelingen.beslistermijn import OPSCHORTEN_MAX_DAGEN, VERDAGEN_MAX_WEKEN
from aanvragen.models import OpschortingSoort
from aanvragen.regels.aanvulling import Punt, per_onderdeel
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.opbouw import Groep
from ips_subsidie.vormgeving.velden import DatumVeld, JaNeeVeld, KeuzeVeld, MeerkeuzeVeld, TekstVeld


def _morgen() -> date:
    return vandaag() + timedelta(days=1)


class AanvullingFormulier(Formulier):
    """What is missing, chosen from what this version of the form asks; anything else is a question of its own."""

    vraag = TekstVeld(
        label="Toelichting, of iets waar het formulier niet om vroeg",
        required=False,
        help_text="Zet elk punt op een eigen regel. De punten komen in de brief. Kiest u hierboven niets, dan houdt de "
        "aanvraag zijn plaats in de volgorde: wat het formulier niet vroeg, mag de aanvrager geen plaats kosten.",
        regels=5,
        max_length=2000,
    )
    termijn_tot = DatumVeld(
        label="Aanvullen tot en met",
        naam="laatste dag",
        vroegst=_morgen,
        laatst=lambda: vandaag() + timedelta(days=HERSTEL_MAX_DAGEN),
    )
    knop = "Aanvulling vragen"

    def __init__(self, *args: Any, punten: Sequence[Punt], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._namen: list[str] = []
        for nummer, (titel, groep) in enumerate(per_onderdeel(punten), 1):
            naam = f"punten_{nummer}"
            self._namen.append(naam)
            self.fields[naam] = MeerkeuzeVeld(
                label=titel, required=False, choices=[(punt.code, punt.tekst) for punt in groep]
            )
            self.fields[naam].stil_optioneel = True  # type: ignore[attr-defined]
        hint = "Kies wat ontbreekt of niet klopt. De instelling ziet precies deze punten."
        self.helper.layout = Layout(
            Groep("Wat moet de instelling aanvullen?", *self._namen, hint=hint), "vraag", "termijn_tot"
        )

    def invoer(self) -> dict[str, Any]:
        velden = self.cleaned_data
        punten = [code for naam in self._namen for code in velden[naam]]
        return {
            "punten": punten,
            "vraag": velden["vraag"],
            "termijn_tot": velden["termijn_tot"],
            "op_formulier": bool(punten),
        }


class VerdaagFormulier(Formulier):
    tot = DatumVeld(
        label="Wanneer is het besluit er uiterlijk?",
        naam="dag van het besluit",
        help_text=f"Een werkdag, hoogstens {VERDAGEN_MAX_WEKEN} weken na de dag waarop u nu moet beslissen.",
        vroegst=_morgen,
    )
    reden = TekstVeld(
        label="Waarom komt het besluit later?",
        help_text="Dit staat in de brief aan de instelling. Schrijf geen medische gegevens op.",
        regels=4,
        max_length=2000,
    )
    verplicht = {"reden": "Schrijf waarom het besluit later komt."}
    knop = "Besluit uitstellen"


class OpschortFormulier(Formulier):
    soort = KeuzeVeld(
        label="Waarom staat de termijn stil?",
        choices=[
            (OpschortingSoort.INSTEMMING.value, "De instelling stemt ermee in"),
            (OpschortingSoort.OVERMACHT.value, "Overmacht: wij kunnen nu niet beslissen"),
        ],
    )
    tot_en_met = DatumVeld(
        label="Tot en met welke dag staat de termijn stil?",
        naam="laatste dag",
        vroegst=_morgen,
        laatst=lambda: vandaag() + timedelta(days=OPSCHORTEN_MAX_DAGEN),
    )
    reden = TekstVeld(
        label="Toelichting",
        help_text="Schrijf bij instemming ook wie dat liet weten, en wanneer. Dit staat in de brief.",
        regels=4,
        max_length=1000,
    )
    verplicht = {
        "soort": "Kies waarom de termijn stilstaat.",
        "reden": "Schrijf waarom de termijn stilstaat.",
    }
    knop = "Termijn stilzetten"


class StoringFormulier(Formulier):
    aanvaard = JaNeeVeld(label="Telt de aanvraag als op tijd?")
    motivering = TekstVeld(
        label="Waarom?",
        help_text="Dit blijft in het dossier. Schrijf geen medische gegevens op.",
        regels=4,
        max_length=2000,
    )
    verplicht = {
        "aanvaard": "Kies of de aanvraag als op tijd telt.",
        "motivering": "Schrijf waarom.",
    }
    knop = "Oordeel vastleggen"

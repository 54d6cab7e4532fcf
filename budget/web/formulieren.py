"""The forms of the budget."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from budget.web.grenzen import Grens
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.vormgeving.formulieren import Formulier, Reden
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro, getal
from ips_subsidie.vormgeving.velden import DatumVeld, KeuzeVeld, TekstVeld

MEESTE_TRAJECTEN = 1_000_000
MEESTE_CENT = 10**13  # a hundred billion euros
_HEEL = re.compile(r"\d+|\d{1,3}(?:\.\d{3})+", re.ASCII)
_EUROS = re.compile(r"(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d\d))?", re.ASCII)


def trajecten_uit(getypt: str) -> int:
    """A number as people write it: 1300 or 1.300. Raises ValidationError."""
    kaal = "".join(getypt.split())
    _niet_negatief(kaal)
    if not _HEEL.fullmatch(kaal):
        raise ValidationError("Vul een heel getal in, bijvoorbeeld 200.", code="geen_getal")
    return _niet_te_groot(int(kaal.replace(".", "")[:20]), MEESTE_TRAJECTEN, getal(MEESTE_TRAJECTEN))


def cent_uit(getypt: str) -> int:
    """An amount in euros as people write it, in cents: 1300000, 1.300.000 or 1.300.000,50. Raises ValidationError."""
    kaal = "".join(getypt.split()).removeprefix("€").removesuffix(",-")
    _niet_negatief(kaal)
    gevonden = _EUROS.fullmatch(kaal)
    if gevonden is None:
        raise ValidationError("Vul een bedrag in euro's in, bijvoorbeeld 1.300.000.", code="geen_getal")
    euros, centen = gevonden.groups(default="0")
    return _niet_te_groot(
        int(euros.replace(".", "")[:20]) * 100 + int(centen), MEESTE_CENT, euro(MEESTE_CENT)
    )


def _niet_negatief(kaal: str) -> None:
    if kaal.startswith(("-", "−", "€-")):
        raise ValidationError("Een grens kan niet onder nul liggen. Vul 0 of meer in.", code="negatief")


def _niet_te_groot(waarde: int, hoogste: int, in_woorden: str) -> int:
    if waarde > hoogste:
        raise ValidationError(f"Dit is te veel. Vul hoogstens {in_woorden} in.", code="te_groot")
    return waarde


class PlafondFormulier(Formulier):
    """Which limit becomes what, from when, and why. `grenzen` are those of now."""

    welke = KeuzeVeld(label="Welke grens verandert?")
    soort = KeuzeVeld(
        label="Wat wordt het?",
        choices=[("getal", "Een andere grens"), ("geen", "Geen grens meer")],
        hints={"geen": "Er is dan op dit punt geen maximum."},
    )
    grens = TekstVeld(
        label="De nieuwe grens",
        help_text="Een aantal trajecten. Bij het plafond in geld: euro's, bijvoorbeeld 1.300.000.",
        max_length=30,
        teller=False,
    )
    gepubliceerd_op = DatumVeld(
        label="Wanneer is de wijziging bekendgemaakt?",
        naam="datum",
        voorbeeld="24 4 2019",
    )
    bron = TekstVeld(
        label="Waar staat de wijziging?", help_text="Bijvoorbeeld Stcrt. 2019, 24003.", max_length=200
    )
    reden = TekstVeld(
        label="Waarom verandert de grens?",
        help_text="Dit blijft bij de wijziging staan. Ook het ministerie kan het nalezen.",
        regels=4,
        max_length=1000,
    )
    verplicht = {
        "welke": "Kies welke grens verandert.",
        "soort": "Kies of er een andere grens komt of geen grens meer.",
        "grens": "Vul de nieuwe grens in.",
        "gepubliceerd_op": "Vul in wanneer de wijziging is bekendgemaakt, bijvoorbeeld 24 4 2019.",
        "bron": "Schrijf waar de wijziging staat, bijvoorbeeld Stcrt. 2019, 24003.",
        "reden": "Schrijf waarom de grens verandert.",
    }
    vervolg = {"soort": {"getal": ["grens"]}}
    knop = "Grens wijzigen"

    def __init__(self, *args: Any, grenzen: list[Grens], **kwargs: Any) -> None:
        self.grenzen = {grens.code: grens for grens in grenzen}
        super().__init__(*args, **kwargs)
        welke: Any = self.fields["welke"]
        welke.choices = [(grens.code, grens.naam) for grens in grenzen]
        welke.hints = {grens.code: grens.stand for grens in grenzen}

    def clean(self) -> dict[str, Any]:
        velden = super().clean() or self.cleaned_data
        dag = velden.get("gepubliceerd_op")
        if dag is not None and dag > vandaag():
            melding = (
                "Deze dag moet nog komen. Een grens kan pas veranderen als dat is bekendgemaakt. "
                f"Vul {datum(vandaag())} in of een dag daarvoor."
            )
            self._fout_in_de_dag(melding, "nog_niet_gepubliceerd")
        gekozen = self.grenzen.get(velden.get("welke", ""))
        if gekozen is not None and velden.get("soort") == "getal" and velden.get("grens"):
            try:
                velden["waarde"] = (cent_uit if gekozen.in_geld else trajecten_uit)(velden["grens"])
            except ValidationError as fout:
                self.add_error("grens", fout)
        return velden

    def toets(self) -> bool:
        """Can this valid form be carried out as things stand? What stands in the way becomes an error of its field."""
        velden = self.cleaned_data
        gekozen, waarde = self.grenzen[velden["welke"]], velden.get("waarde")
        if waarde == gekozen.nu:
            melding = f"Dat is nu al zo: {gekozen.toon(gekozen.nu)}."
            self.add_error("grens" if velden["soort"] == "getal" else "soort", melding)
        elif waarde is not None and waarde < gekozen.minstens:
            waar = f" ({gekozen.waar})" if gekozen.waar else ""
            self.add_error("grens", f"{gekozen.al_vergeven}{waar}. Vul dat in of meer.")
        return not self.errors

    def fout_van(self, redenen: Iterable[Reden] | BaseException) -> None:
        """As every form, but what is wrong with the day goes to all its parts, in the words of this page."""
        anders = list[Reden]()
        for reden in getattr(redenen, "redenen", None) or (
            [] if isinstance(redenen, BaseException) else redenen
        ):
            if reden.code == "eerder_gepubliceerd":
                melding = (
                    "De vorige wijziging is later bekendgemaakt. Leg wijzigingen vast in de volgorde waarin zij zijn "
                    "bekendgemaakt."
                )
                self._fout_in_de_dag(melding, reden.code)
            else:
                anders.append(reden)
        super().fout_van(anders)

    def _fout_in_de_dag(self, melding: str, code: str) -> None:
        # All three parts are marked: which of them is wrong, nobody knows.
        delen = {"delen": ["dag", "maand", "jaar"]}
        self.add_error("gepubliceerd_op", ValidationError(melding, code=code, params=delen))

    def invoer(self) -> dict[str, Any]:
        """What the act asks: the limit by its name in the regeling, and where it was published."""
        velden = self.cleaned_data
        return {"grenzen": {velden["welke"]: velden.get("waarde")}} | {
            naam: velden[naam] for naam in ("gepubliceerd_op", "bron", "reden")
        }

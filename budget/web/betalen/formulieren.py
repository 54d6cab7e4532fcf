"""The forms of the money. What is checked against the dossier, the act checks; here only what was typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from budget.handelingen.facturen import is_xml, lees_efactuur
from budget.models import Betaalmoment, FactuurStatus
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.vormgeving.formulieren import EnkelKnop, Formulier
from ips_subsidie.vormgeving.velden import (
    BestandVeld,
    DatumVeld,
    EuroVeld,
    KeuzeVeld,
    MeerkeuzeVeld,
    TekstVeld,
)

GEEN_NAAM = "Zet geen naam of BSN van de deelnemer op de factuur. Noem het kenmerk van het dossier."


class FactuurVelden(Formulier):
    """A PDF with what is on it, or an e-factuur that is read."""

    wijze = KeuzeVeld(
        label="Wat voor factuur hebt u?",
        choices=[("pdf", "Een pdf"), ("efactuur", "Een e-factuur (UBL 2.1, Peppol BIS 3 of NLCIUS)")],
        hints={"pdf": "U vult de gegevens zelf in.", "efactuur": "Wij lezen de gegevens uit het bestand."},
    )
    nummer = TekstVeld(label="Factuurnummer", max_length=35)
    factuurdatum = DatumVeld(label="Factuurdatum", naam="factuurdatum", voorbeeld="1 9 2019", laatst=vandaag)
    bedrag = EuroVeld(label="Bedrag inclusief btw")
    btw = EuroVeld(label="Waarvan btw", help_text="Bij een vrijstelling vult u 0 in.")
    bestand = BestandVeld(
        label="Bestand",
        accept=(".pdf", ".xml"),
        help_text=f"Een pdf van hoogstens 10 MB, of een xml. {GEEN_NAAM}",
    )

    verplicht = {
        "wijze": "Kies wat voor factuur u hebt.",
        "nummer": "Vul het factuurnummer in.",
        "bestand": "Kies het bestand met de factuur.",
    }
    credit = False

    def clean(self) -> dict[str, Any]:
        velden = super().clean() or self.cleaned_data
        bestand = velden.get("bestand")
        if bestand is None or not velden.get("wijze"):
            return velden
        if velden["wijze"] == "pdf":
            if is_xml(bestand):
                self.add_error("bestand", "Dit is een e-factuur. Kies hierboven “Een e-factuur”.")
            return velden
        return self._uit_efactuur(velden, bestand)

    def _uit_efactuur(self, velden: dict[str, Any], bestand: Any) -> dict[str, Any]:
        if not is_xml(bestand):
            self.add_error(
                "bestand", "Een e-factuur is een bestand dat eindigt op .xml. Kies een ander bestand."
            )
            return velden
        try:
            gelezen = lees_efactuur(bestand)
        except HandelingGeweigerd as weigering:
            self.fout_van(weigering)
            return velden
        if gelezen.credit != self.credit:
            soort = "creditfactuur" if gelezen.credit else "gewone factuur"
            self.add_error("bestand", f"Dit bestand is een {soort}. Kies een ander bestand.")
        return velden | {
            "nummer": gelezen.nummer,
            "factuurdatum": gelezen.factuurdatum,
            "bedrag": gelezen.bedrag_cent,
            "btw": gelezen.btw_cent,
            "iban": gelezen.iban,
            "verwijzingen": gelezen.verwijzingen,
        }

    def invoer(self) -> dict[str, Any]:
        velden = self.cleaned_data
        return {
            "nummer": velden["nummer"],
            "factuurdatum": velden["factuurdatum"],
            "bedrag_cent": velden["bedrag"],
            "btw_cent": velden["btw"],
            "bestand": velden["bestand"],
        }


class FactuurFormulier(FactuurVelden):
    betaalmoment = KeuzeVeld(label="Waarvoor is deze factuur?")
    iban = TekstVeld(label="IBAN op de factuur", max_length=42)

    field_order = ("betaalmoment", "wijze", "nummer", "factuurdatum", "bedrag", "btw", "iban", "bestand")
    vervolg = {"wijze": {"pdf": ["nummer", "factuurdatum", "bedrag", "btw", "iban"]}}
    knop = "Factuur sturen"
    verplicht = FactuurVelden.verplicht | {
        "betaalmoment": "Kies waarvoor deze factuur is.",
        "iban": "Vul de IBAN in die op de factuur staat.",
    }

    def __init__(
        self, *args: Any, momenten: list[Betaalmoment], keuzes: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["betaalmoment"]
        veld.choices = keuzes
        if len(momenten) == 1:
            self.initial.setdefault("betaalmoment", str(momenten[0].pk))

    def invoer(self) -> dict[str, Any]:
        velden = self.cleaned_data
        return super().invoer() | {
            "betaalmoment": int(velden["betaalmoment"]),
            "iban": velden["iban"],
            "verwijzingen": velden.get("verwijzingen", ()),
        }


class CreditFormulier(FactuurVelden):
    reden = TekstVeld(label="Waarom crediteert u?", max_length=500, regels=3)

    field_order = ("wijze", "nummer", "factuurdatum", "bedrag", "btw", "bestand", "reden")
    vervolg = {"wijze": {"pdf": ["nummer", "factuurdatum", "bedrag", "btw"]}}
    knop = "Creditfactuur sturen"
    verplicht = FactuurVelden.verplicht | {"reden": "Schrijf waarom u crediteert."}
    credit = True

    def invoer(self) -> dict[str, Any]:
        return super().invoer() | {"reden": self.cleaned_data["reden"]}


class RedenFormulier(EnkelKnop):
    """An act that wants a reason; `naam` is the name that the act gives it."""

    knop_soort = "gevaar"
    reden = TekstVeld(label="Waarom?", max_length=500, regels=4, help_text="De instelling leest dit.")
    verplicht = {"reden": "Schrijf waarom."}

    def __init__(self, *args: Any, naam: str = "reden", **kwargs: Any) -> None:
        self.naam = naam
        super().__init__(*args, **kwargs)

    def invoer(self) -> dict[str, Any]:
        return {self.naam: self.cleaned_data["reden"]}


class DagFormulier(EnkelKnop):
    """An act that asks the day on which something happened; `naam` is the name that the act gives it."""

    dag = DatumVeld(label="Op welke dag?", naam="dag", voorbeeld="1 9 2019", laatst=vandaag)

    def __init__(self, *args: Any, naam: str, vraag: str, **kwargs: Any) -> None:
        self.naam = naam
        super().__init__(*args, **kwargs)
        self.fields["dag"].label = vraag

    def invoer(self) -> dict[str, Any]:
        return {self.naam: self.cleaned_data["dag"]}

    def fout_van(self, redenen: Any) -> None:
        """A reason about the day stands at the day, whatever the act calls it."""
        lijst = getattr(redenen, "redenen", None) or ([] if isinstance(redenen, BaseException) else redenen)
        super().fout_van([_bij(reden, self.naam, "dag") for reden in lijst])


def _bij(reden: Any, van: str, naar: str) -> Any:
    return type(reden)(reden.code, reden.tekst, veld=naar) if getattr(reden, "veld", None) == van else reden


class InkooporderFormulier(Formulier):
    nummer = TekstVeld(label="Nummer van de inkooporder", max_length=30)
    knop = "Inkooporder plaatsen"
    verplicht = {"nummer": "Vul het nummer van de inkooporder in."}


class RekeningFormulier(Formulier):
    iban = TekstVeld(label="IBAN", max_length=42, help_text="Bijvoorbeeld NL91 ABNA 0417 1643 00")
    tenaamstelling = TekstVeld(label="Op naam van", max_length=70)
    knop = "Bankrekening doorgeven"
    verplicht = {"iban": "Vul de IBAN in.", "tenaamstelling": "Vul in op wiens naam de rekening staat."}


class BatchFormulier(Formulier):
    facturen = MeerkeuzeVeld(label="Facturen om te betalen")
    uitvoeren_op = DatumVeld(
        label="Op welke dag moet de bank betalen?", naam="dag", voorbeeld="2 9 2019", vroegst=vandaag
    )
    knop = "Betaalbatch maken"
    verplicht = {"facturen": "Kies minstens één factuur."}

    def __init__(self, *args: Any, keuzes: list[tuple[str, str]], dag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["facturen"]
        veld.choices = keuzes
        self.initial.setdefault("facturen", [waarde for waarde, _ in keuzes])
        self.initial.setdefault("uitvoeren_op", dag)


class FacturenFilter(forms.Form):
    """Which facturen a list shows."""

    zoek = forms.CharField(label="Kenmerk of factuurnummer", required=False, max_length=40)
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Alle"), *FactuurStatus.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for veld in self.fields.values():
            veld.stil_optioneel = True  # type: ignore[attr-defined]

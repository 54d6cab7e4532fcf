"""The forms of the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from aanvragen.models import Aanvraag
from aanvragen.models.gesprek import MAX_TEKST, kant_van, kanten_van
from aanvragen.regels.gesprek import Kant, lezerskringen, opsomming
from aanvragen.web.gesprek.namen import Namen, kring_in_woorden, met_hoofdletter
from ips_subsidie.opslag.bestanden import controleer_upload
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.velden import BestandVeld, KeuzeVeld, TekstVeld

GEEN_ANTWOORD = "nee"
NIET_HIER = "Schrijf geen BSN en geen medische gegevens op."


class _MetBijlage(Formulier):
    """A text with a file beside it."""

    tekst = TekstVeld(label="Bericht", max_length=MAX_TEKST, regels=6, help_text=NIET_HIER)
    bestand = BestandVeld(label="Bijlage", required=False, controle=controleer_upload)

    verplicht = {"tekst": "Schrijf uw bericht."}


class BerichtFormulier(_MetBijlage):
    """Who reads it, whether an answer is asked, and the text."""

    lezers = KeuzeVeld(label="Wie leest dit?")
    antwoord_van = KeuzeVeld(label="Vraagt u om een antwoord?")

    knop = "Verstuur het bericht"
    verplicht = {**_MetBijlage.verplicht, "lezers": "Kies wie dit leest."}
    field_order = ["lezers", "antwoord_van", "tekst", "bestand"]

    def __init__(self, *args: Any, aanvraag: Aanvraag, actor: Actor, namen: Namen, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"antwoord_van": GEEN_ANTWOORD})
        super().__init__(*args, **kwargs)
        eigen = kant_van(actor)
        assert eigen is not None
        self.kringen = {_code(kring): kring for kring in lezerskringen(eigen, kanten_van(aanvraag))}
        lezers: Any = self.fields["lezers"]
        lezers.choices = [(code, _label(kring, eigen, namen, actor)) for code, kring in self.kringen.items()]
        lezers.hints = {
            code: kring_in_woorden(kring, namen, aanvraag, actor) for code, kring in self.kringen.items()
        }
        anderen = [kant for kant in namen.kort if kant is not eigen]
        if anderen:
            antwoord: Any = self.fields["antwoord_van"]
            antwoord.choices = [
                (GEEN_ANTWOORD, "Nee"),
                *((kant.value, f"Ja, van {namen.kort[kant]}") for kant in anderen),
            ]
        else:
            del self.fields["antwoord_van"]
        self.helper = self._maak_helper("")

    def invoer(self) -> dict[str, Any]:
        """What the act asks."""
        van = self.cleaned_data.get("antwoord_van", GEEN_ANTWOORD)
        return {
            "lezers": [kant.value for kant in self.kringen[self.cleaned_data["lezers"]]],
            "antwoord_van": "" if van == GEEN_ANTWOORD else van,
            "tekst": self.cleaned_data["tekst"],
            "bestand": self.cleaned_data["bestand"],
        }


class AntwoordFormulier(_MetBijlage):
    """The text of an answer; who reads it follows from the question."""

    tekst = TekstVeld(label="Antwoord", max_length=MAX_TEKST, regels=6, help_text=NIET_HIER)

    knop = "Verstuur het antwoord"
    verplicht = {"tekst": "Schrijf uw antwoord."}
    field_order = ["tekst", "bestand"]


class GelezenFormulier(Formulier):
    """The last message that was shown; no page of its own."""

    tot = forms.UUIDField(widget=forms.HiddenInput)


def _code(kring: Sequence[Kant]) -> str:
    return "-".join(kring)


def _label(kring: Sequence[Kant], eigen: Kant, namen: Namen, actor: Actor) -> str:
    if len(kring) == 1:
        return f"Alleen collega’s bij {actor.organisatie} (interne notitie)"
    return met_hoofdletter(opsomming([namen.kort[kant] for kant in kring if kant is not eigen]))

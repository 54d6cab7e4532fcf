"""What the forms of the onderdelen share: their first values, saving what is there, telling what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from aanvragen.models import Aanvraag
from aanvragen.regels.statussen import AanvraagStatus
from aanvragen.regels.volledigheid import Onderdeel, niet_gevraagd
from ips_subsidie.vormgeving import tekst
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.templatetags.opmaak import datum
from ips_subsidie.vormgeving.velden import MaandVeld
from ips_subsidie.vormgeving.widgets import TekstInvoer

GEEN_MEDISCHE_GEGEVENS = "Schrijf hier geen diagnose, medicijnen of andere medische gegevens."


class EmailInvoer(TekstInvoer):
    input_type = "email"


class GetalInvoer(TekstInvoer):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "dir": "ltr", "class": "app-breedte-4", **(attrs or {})})


class EmailVeld(forms.EmailField):
    widget = EmailInvoer

    def run_validators(self, value: Any) -> None:
        # Also a control sign or too long an address is, to the reader, just not an address.
        try:
            super().run_validators(value)
        except ValidationError as fout:
            melding = "Vul een e-mailadres in zoals naam@instelling.nl."
            raise ValidationError(melding, code="invalid") from fout


class GetalVeld(forms.Field):
    """A whole number within bounds, in the digits 0 to 9."""

    widget = GetalInvoer
    empty_value: int | None = None

    def __init__(self, *, laagst: int, hoogst: int, wat: str, **kwargs: Any) -> None:
        self.laagst, self.hoogst, self.wat = laagst, hoogst, wat
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        getypt = str(value if value is not None else "").strip()
        if not getypt:
            return None
        if not tekst.alleen_cijfers(getypt) or len(getypt) > 6:
            raise ValidationError(
                f"Vul {self.wat} in als heel getal, bijvoorbeeld {self.laagst}.", code="getal"
            )
        getal = int(getypt)
        if not self.laagst <= getal <= self.hoogst:
            raise ValidationError(
                f"Vul bij {self.wat} een getal in van {self.laagst} tot en met {self.hoogst}.", code="grens"
            )
        return getal


class Paginaformulier(Formulier):
    """The one form of its page: the page shows what is wrong on top of all, before the heading."""

    def _maak_helper(self, actie: str) -> FormHelper:
        helper = super()._maak_helper(actie)
        helper.form_show_errors = False
        return helper


class Onderdeelformulier(Paginaformulier):
    """The form of one onderdeel. With `later` what is missing may stay missing; what is there must be right."""

    knop_later = "Opslaan en later verder"

    onderdeel: ClassVar[Onderdeel]
    # Why these data are asked; on top of the page, by `uitleg`.
    doel: ClassVar[str] = ""
    # The table of this onderdeel can't hold a half answer.
    bewaart_deels: ClassVar[bool] = True
    # What is saved can still be changed: the page warns of medical words afterwards (domain text, T123).
    waarschuwt_vooraf = False
    # The fields with free text, that are looked through for them.
    vrije_tekst: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        aanvraag: Aanvraag,
        data: Mapping[str, Any] | None = None,
        *,
        later: bool = False,
        actie: str = "",
    ) -> None:
        self.aanvraag = aanvraag
        self.later = later
        super().__init__(data, initial=self.beginwaarden(), versie=aanvraag.versie, actie=actie)
        self._laat_weg(self.niet_gevraagd())
        self.pas_aan()
        self.helper = self._maak_helper(actie)

    @property
    def ligt_vast(self) -> bool:
        """Since it was sent, what rank and toestemming hang on can't change any more."""
        return self.aanvraag.status != AanvraagStatus.CONCEPT

    def beginwaarden(self) -> dict[str, Any]:
        """What is there now, by field name."""
        raise NotImplementedError

    def niet_gevraagd(self) -> frozenset[str]:
        """The fields that this regeling doesn't ask."""
        return niet_gevraagd(self.aanvraag.inhoud)

    def uitleg(self) -> str:
        """Why these data are asked, on top of the page."""
        return self.doel

    def pas_aan(self) -> None:
        """What depends on the aanvraag or the day: choices, bounds, what follows after which answer."""

    def _laat_weg(self, namen: Iterable[str]) -> None:
        """Without these fields, and without what was only asked after them."""
        for naam in namen:
            for velden in self.vervolg.get(naam, {}).values():
                self._laat_weg(velden)
            self.fields.pop(naam, None)
        self.vervolg = {
            naam: {keuze: [v for v in velden if v in self.fields] for keuze, velden in keuzes.items()}
            for naam, keuzes in self.vervolg.items()
            if naam in self.fields
        }

    def waarden(self) -> dict[str, Any]:
        """What the act saves, by the names of the models."""
        return {naam: self.cleaned_data[naam] for naam in self.fields if naam not in ("versie", "sleutel")}

    def full_clean(self) -> None:
        verplicht = [veld for veld in self.fields.values() if veld.required]
        soepel = self.later and self.bewaart_deels
        for veld in verplicht:
            veld.required = not soepel
        try:
            super().full_clean()
        finally:
            # Shown again, a field that is needed must not say that it isn't.
            for veld in verplicht:
                veld.required = True

    def toon(self, naam: str, waarde: Any) -> str:
        """A value in words, to compare what is there with what was typed."""
        veld = self.fields[naam]
        if waarde in (None, ""):
            return ""
        if isinstance(waarde, bool):
            return "Ja" if waarde else "Nee"
        if isinstance(waarde, date):
            return veld.toon(waarde) if isinstance(veld, MaandVeld) else str(datum(waarde))
        keuzes = {str(code): str(label) for code, label in getattr(veld, "choices", [])}
        return keuzes.get(str(waarde), str(waarde))

    def verschillen(self, nu: Onderdeelformulier) -> list[tuple[str, str, str]]:
        """Label, what is there now and what was typed here, for each field in which they differ."""
        rijen = []
        for naam, veld in self.fields.items():
            if naam in ("versie", "sleutel"):
                continue
            staat_er, getypt = nu.initial.get(naam), self.cleaned_data.get(naam)
            if (staat_er in (None, "")) != (getypt in (None, "")) or (staat_er or "") != (getypt or ""):
                rijen.append((str(veld.label), self.toon(naam, staat_er), self.toon(naam, getypt)))
        return rijen

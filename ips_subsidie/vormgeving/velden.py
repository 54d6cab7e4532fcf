"""Form fields with messages that say what to do, in Dutch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, ClassVar, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import date_format
from django.utils.functional import lazy
from stdnum.nl import bsn as _bsn

from ips_subsidie.kalender.dagen import MAANDEN, voluit
from ips_subsidie.vormgeving import tekst
from ips_subsidie.vormgeving.bedragen import centen
from ips_subsidie.vormgeving.widgets import (
    Bestandskeuze,
    BestandWidget,
    BewaardBestand,
    BsnInvoer,
    DatumDelen,
    DatumWidget,
    MaandWidget,
    TekstInvoer,
    TekstVlak,
)

Grens = date | Callable[[], date] | None
MAX_BESTAND = 10 * 1024 * 1024
# A field that holds this much is for own words, also where it shows one line.
LANG = 500


class DatumVeld(forms.Field):
    """A known date. `vroegst` and `laatst` are dates, or functions that give one (the clock moves).

    Without a `voorbeeld` a field for a day that is to come shows the first one that will do.
    """

    widget = DatumWidget
    default_error_messages: ClassVar[dict[str, Any]] = {}
    wat = "datum"

    def __init__(
        self,
        *,
        naam: str = "",
        voorbeeld: str = "",
        vroegst: Grens = date(1900, 1, 1),
        laatst: Grens = None,
        **kwargs: Any,
    ) -> None:
        self.naam, self._voorbeeld = naam, voorbeeld
        self.vroegst, self.laatst = vroegst, laatst
        kwargs.setdefault("help_text", lazy(lambda: f"Bijvoorbeeld {self.voorbeeld}", str)())
        super().__init__(**kwargs)

    @property
    def voorbeeld(self) -> str:
        """Day, month and year as they are typed."""
        if self._voorbeeld or not callable(self.vroegst):
            return self._voorbeeld or "27 3 1990"
        return "{0.day} {0.month} {0.year}".format(self.vroegst())

    @property
    def noem(self) -> str:
        """How messages name this field: `geboortedatum`."""
        return self.naam or (str(self.label).lower() if self.label else self.wat)

    def verplichte_melding(self) -> str:
        return f"Vul een {self.noem} in, bijvoorbeeld {self.voorbeeld}."

    def _namen(self) -> list[str]:
        return [deel.naam for deel in self.widget.delen]

    def _fout(self, melding: str, code: str, delen: Iterable[str]) -> ValidationError:
        return ValidationError(melding, code=code, params={"delen": list(delen)})

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        if not isinstance(value, DatumDelen):
            raise self._fout(self.verplichte_melding(), "ongeldig", self._namen())
        if not any(value):
            return None
        return self._datum(self._getallen(value))

    def _getallen(self, delen: DatumDelen) -> dict[str, int]:
        getypt = {naam: getattr(delen, naam) for naam in self._namen()}
        leeg = [naam for naam, deel in getypt.items() if not deel]
        if leeg:
            ontbreekt = " en een ".join(leeg) if len(leeg) > 1 else leeg[0]
            raise self._fout(f"Vul bij {self.noem} ook een {ontbreekt} in.", "onvolledig", leeg)
        vreemd = [naam for naam, deel in getypt.items() if not tekst.alleen_cijfers(deel)]
        if vreemd:
            melding = f"Gebruik bij {self.noem} alleen cijfers, bijvoorbeeld {self.voorbeeld}."
            raise self._fout(melding, "geen_cijfers", vreemd)
        if len(getypt["jaar"]) != len("2019"):
            melding = (
                f"Vul bij {self.noem} het jaar in met 4 cijfers, bijvoorbeeld {self.voorbeeld.split()[-1]}."
            )
            raise self._fout(melding, "jaar", ["jaar"])
        return {naam: int(deel) for naam, deel in getypt.items()}

    def _datum(self, getallen: dict[str, int]) -> date:
        if not 1 <= getallen["maand"] <= len(MAANDEN):
            raise self._fout(
                f"De maand van {self.noem} is een getal van 1 tot en met 12.", "maand", ["maand"]
            )
        try:
            return date(getallen["jaar"], getallen["maand"], getallen.get("dag", 1))
        except (ValueError, OverflowError):  # of twenty digits there isn't even a day to refuse
            melding = f"Deze {self.noem} bestaat niet. Vul een echte datum in, bijvoorbeeld {self.voorbeeld}."
            delen = ["jaar"] if not getallen["jaar"] else self._namen()[:1]
            raise self._fout(melding, "bestaat_niet", delen) from None

    def validate(self, value: Any) -> None:
        if value is None:
            if self.required:
                raise self._fout(str(self.error_messages["required"]), "required", self._namen())
            return
        vroegst = self.vroegst() if callable(self.vroegst) else self.vroegst
        laatst = self.laatst() if callable(self.laatst) else self.laatst
        if vroegst and value < vroegst:
            melding = f"Vul een {self.noem} in op of na {self.toon(vroegst)}."
            raise self._fout(melding, "te_vroeg", self._namen())
        if laatst and value > laatst:
            melding = f"Vul een {self.noem} in op of voor {self.toon(laatst)}."
            raise self._fout(melding, "te_laat", self._namen())

    def toon(self, dag: date) -> str:
        return voluit(dag)

    def has_changed(self, initial: Any, data: Any) -> bool:
        widget: DatumWidget = self.widget  # type: ignore[assignment]
        return widget.waarden(initial) != widget.waarden(data)


class MaandVeld(DatumVeld):
    """A month; the value is its first day."""

    widget = MaandWidget
    wat = "maand"

    def __init__(self, *, voorbeeld: str = "6 2019", **kwargs: Any) -> None:
        super().__init__(voorbeeld=voorbeeld, **kwargs)

    def toon(self, dag: date) -> str:
        return date_format(dag, "F Y")

    def has_changed(self, initial: Any, data: Any) -> bool:
        widget: MaandWidget = self.widget  # type: ignore[assignment]
        return widget.waarden(initial)[1:] != widget.waarden(data)[1:]


class TekstVeld(forms.CharField):
    """Text with a maximum that is told beforehand and counted along; more than one line with `regels`."""

    def __init__(
        self, *, max_length: int = 200, regels: int = 1, teller: bool | None = None, **kwargs: Any
    ) -> None:
        self.regels = regels
        # What somebody writes in their own words; a form looks it through (`Formulier.waarschuwt_vooraf`).
        self.vrij = regels > 1 or max_length >= LANG
        self.maximum = max_length
        self.teller = regels > 1 if teller is None else teller
        kwargs.setdefault("widget", TekstVlak({"rows": regels}) if regels > 1 else TekstInvoer())
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # No maxlength: it cuts off what somebody pastes without saying so.
        attrs = super().widget_attrs(widget)
        return {**attrs, "data-teller": str(self.maximum)} if self.teller else attrs

    def to_python(self, value: Any) -> str:
        if value is None:
            return self.empty_value or ""
        schoon = tekst.met_gewone_regeleinden(str(value))
        if self.regels == 1:
            schoon = " ".join(schoon.splitlines())
        return super().to_python(schoon) or ""

    def run_validators(self, value: Any) -> None:
        if tekst.heeft_verboden_tekens(value):
            raise ValidationError(
                "In de tekst stond een teken dat we niet kunnen bewaren. Dat is weggehaald. "
                "Controleer de tekst en verstuur het formulier opnieuw.",
                code="verboden_teken",
            )
        if len(value) > self.maximum:
            raise ValidationError(
                f"Maak de tekst korter. U kunt {self.maximum} tekens invullen, het zijn er nu {len(value)}.",
                code="te_lang",
            )
        super().run_validators(value)


class BsnVeld(forms.CharField):
    """A BSN that passes the elfproef, as 9 digits: 8 get a zero in front, spaces and dots are let go."""

    widget = BsnInvoer

    def verplichte_melding(self) -> str:
        return "Vul het BSN in, bijvoorbeeld 123456782."

    def to_python(self, value: Any) -> str:
        getypt = "".join(str(value or "").split()).replace(".", "")
        if not getypt:
            return ""
        if not tekst.alleen_cijfers(getypt):
            raise ValidationError(
                "Gebruik in het BSN alleen cijfers, bijvoorbeeld 123456782.", code="geen_cijfers"
            )
        if len(getypt) not in (8, 9):
            raise ValidationError(
                f"Een BSN heeft 8 of 9 cijfers. U vulde er {len(getypt)} in.", code="lengte"
            )
        nummer = getypt.zfill(9)
        if not _bsn.is_valid(nummer):
            raise ValidationError("Dit BSN bestaat niet. Controleer de cijfers.", code="elfproef")
        return nummer


class EuroVeld(forms.Field):
    """An amount in euros as people write it: 4000, 4.000, € 4.000,50. The value is in integer cents, None if empty."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "dir": "ltr", "class": "app-breedte-10"}
        kwargs.setdefault("widget", TekstInvoer(attrs))
        kwargs.setdefault("help_text", "In euro's, bijvoorbeeld 4.000 of 4.000,50")
        super().__init__(**kwargs)

    def verplichte_melding(self) -> str:
        return "Vul een bedrag in euro's in, bijvoorbeeld 4.000,50."

    def to_python(self, value: Any) -> int | None:
        getypt = str(value if value is not None else "").strip()
        if not getypt:
            return None
        bedrag = centen(getypt)
        if bedrag is None:
            raise ValidationError(
                "Vul een bedrag in euro's in, bijvoorbeeld 4.000 of 4.000,50.", code="bedrag"
            )
        return bedrag

    def prepare_value(self, value: Any) -> Any:
        """Cents as the amount in euros; what was typed stays as it was."""
        if not isinstance(value, int):
            return value
        return f"{value // 100:,}".replace(",", ".") + f",{value % 100:02d}"


class KeuzeVeld(forms.ChoiceField):
    """One of a few choices, as radio buttons. `hints` gives a choice a second line."""

    widget = forms.RadioSelect
    empty_value: str | None = ""

    def __init__(self, *, choices: Any = (), hints: dict[str, str] | None = None, **kwargs: Any) -> None:
        self.hints = hints or {}
        kwargs.setdefault("error_messages", {}).setdefault("invalid_choice", "Kies een van de antwoorden.")
        super().__init__(choices=choices, **kwargs)

    def verplichte_melding(self) -> str:
        return f"Kies een antwoord bij: {self.label}" if self.label else "Kies een antwoord."


class MeerkeuzeVeld(forms.MultipleChoiceField):
    """Any number of choices, as checkboxes."""

    widget = forms.CheckboxSelectMultiple

    @property
    def empty_value(self) -> list[str]:
        return []

    def __init__(self, *, choices: Any = (), hints: dict[str, str] | None = None, **kwargs: Any) -> None:
        self.hints = hints or {}
        kwargs.setdefault("error_messages", {}).setdefault("invalid_choice", "Kies alleen uit de lijst.")
        super().__init__(choices=choices, **kwargs)

    def verplichte_melding(self) -> str:
        return (
            f"Kies minstens een antwoord bij: {self.label}" if self.label else "Kies minstens een antwoord."
        )


class JaNeeVeld(KeuzeVeld):
    """A question answered with yes or no; the value is True, False, or None when it may be skipped."""

    empty_value = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[("ja", "Ja"), ("nee", "Nee")], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "ja", False: "nee"}.get(value, value) if isinstance(value, bool) else value

    def clean(self, value: Any) -> Any:
        return {"ja": True, "nee": False}.get(super().clean(self.prepare_value(value)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != self.prepare_value(data)


class Bewaarder(Protocol):
    """Where a file is kept while the rest of the form is put right. `haal` looks whose file it is."""

    def bewaar(self, upload: UploadedFile) -> BewaardBestand: ...

    def haal(self, sleutel: str) -> BewaardBestand | None: ...


class BestandVeld(forms.FileField):
    """A file: the new upload, else the file that was kept, else None.

    `controle` looks into the file and raises ValidationError. With a `bewaarder` (set it on the field in the
    form's __init__) a good file survives errors in other fields; without one, only a file given as `initial`
    is kept.
    """

    widget = BestandWidget

    def __init__(
        self,
        *,
        controle: Callable[[UploadedFile], Any] | None = None,
        accept: Sequence[str] = (".pdf", ".jpg", ".jpeg", ".png"),
        maximum: int = MAX_BESTAND,
        **kwargs: Any,
    ) -> None:
        self.controle, self.accept, self.maximum = controle, accept, maximum
        self.bewaarder: Bewaarder | None = None
        self.net_bewaard: BewaardBestand | None = None
        kwargs.setdefault("help_text", "Een pdf, jpg of png van hoogstens 10 MB.")
        super().__init__(**kwargs)

    def verplichte_melding(self) -> str:
        return "Kies een bestand."

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ",".join(self.accept)}

    def clean(self, data: Any, initial: Any = None) -> Any:
        keuze = data if isinstance(data, Bestandskeuze) else Bestandskeuze(data, None, False)
        if keuze.upload is not None:
            return self._nieuw(keuze.upload)
        bewaard = self._bewaard(keuze, initial)
        if bewaard is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return bewaard

    def _bewaard(self, keuze: Bestandskeuze, initial: Any) -> BewaardBestand | None:
        if keuze.verwijderen:
            return None
        if keuze.bewaard and self.bewaarder:
            return self.bewaarder.haal(keuze.bewaard.sleutel)
        if isinstance(initial, BewaardBestand):
            return initial
        return None

    def _nieuw(self, upload: UploadedFile) -> UploadedFile:
        if not upload.size:
            raise ValidationError("Dit bestand is leeg. Kies een ander bestand.", code="leeg")
        if upload.size > self.maximum:
            megabytes = f"{upload.size / 1024 / 1024:.1f}".replace(".", ",")
            raise ValidationError(
                f"Dit bestand is te groot ({megabytes} MB). Kies een bestand van hoogstens "
                f"{self.maximum // 1024 // 1024} MB.",
                code="te_groot",
            )
        if tekst.heeft_verboden_tekens(upload.name or ""):
            raise ValidationError(
                "De naam van dit bestand klopt niet. Geef het een andere naam.", code="naam"
            )
        if self.controle:
            self.controle(upload)
        return upload

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What is shown after an error: the file that is kept, be it from now or from before."""
        if not isinstance(data, Bestandskeuze):
            return data
        eerder = data.bewaard if self.bewaarder else initial
        return data._replace(bewaard=self.net_bewaard or eerder)

    def bewaar(self, upload: UploadedFile) -> None:
        """Keep a good file while the rest of the form is put right."""
        if self.bewaarder:
            self.net_bewaard = self.bewaarder.bewaar(upload)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return isinstance(data, Bestandskeuze) and (data.upload is not None or data.verwijderen)

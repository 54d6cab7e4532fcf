"""Widgets of the template pack `nlds`. How a widget looks is in templates/nlds and templatetags/nlds.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from ips_subsidie.vormgeving.tekst import zonder_verboden_tekens

# Longer than this is not a mistyped number; what is shown again need not be longer either.
_LANGSTE_DEEL = 20
_BESTAND_ZOUT = "vormgeving.bestand"
_BESTAND_GELDIG = 24 * 60 * 60


class DatumDelen(NamedTuple):
    """What was typed, as it was typed, so that an impossible date can be shown again."""

    dag: str
    maand: str
    jaar: str


class Deel(NamedTuple):
    """One input of a date: its name, its label and the class that gives its width."""

    naam: str
    label: str
    breedte: str
    tekens: int


DAG = Deel("dag", "Dag", "app-breedte-2", 2)
MAAND = Deel("maand", "Maand", "app-breedte-2", 2)
JAAR = Deel("jaar", "Jaar", "app-breedte-4", 4)


class DatumWidget(forms.Widget):
    """A known date in three inputs: dag, maand, jaar. Their names are `<veld>_dag` and so on."""

    template_name = "nlds/widgets/datum.html"
    use_fieldset = True
    delen: tuple[Deel, ...] = (DAG, MAAND, JAAR)

    def waarden(self, value: Any) -> DatumDelen:
        if isinstance(value, DatumDelen):
            return value
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return DatumDelen("", "", "")
        if isinstance(value, date):
            return DatumDelen(str(value.day), str(value.month), str(value.year))
        return DatumDelen("", "", "")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DatumDelen:
        def deel(naam: str) -> str:
            return zonder_verboden_tekens(str(data.get(f"{name}_{naam}") or "")).strip()[:_LANGSTE_DEEL]

        gebruikt = {deel.naam for deel in self.delen}
        return DatumDelen(*(deel(veld) if veld in gebruikt else "" for veld in DatumDelen._fields))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}_{deel.naam}" not in data for deel in self.delen)

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}_{self.delen[0].naam}" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        waarden = self.waarden(value)
        kenmerken = context["widget"]["attrs"]
        fout = kenmerken.pop("data-fout-delen", "").split()
        basis = kenmerken.get("id", f"id_{name}")
        context["widget"]["delen"] = [
            {
                "naam": f"{name}_{deel.naam}",
                "id": f"{basis}_{deel.naam}",
                "label": deel.label,
                "breedte": deel.breedte,
                "waarde": getattr(waarden, deel.naam),
                "fout": deel.naam in fout,
                "verplicht": kenmerken.get("aria-required") == "true",
                "beschreven_door": kenmerken.get("aria-describedby", ""),
                "uit": bool(kenmerken.get("disabled")),
            }
            for deel in self.delen
        ]
        return context


class MaandWidget(DatumWidget):
    """A month in two inputs: maand and jaar."""

    delen = (MAAND, JAAR)


class TekstInvoer(forms.TextInput):
    """One line of text; the direction of the script follows from what is typed."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"dir": "auto", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        getoond = super().format_value(value)
        return zonder_verboden_tekens(getoond) if getoond else getoond


class TekstVlak(forms.Textarea):
    """Several lines of text."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"dir": "auto", "rows": 5, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        getoond = super().format_value(value)
        return zonder_verboden_tekens(getoond) if getoond else getoond


class BsnInvoer(TekstInvoer):
    """A BSN: digits on a phone's keyboard, and no browser that remembers it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        eigen = {
            "inputmode": "numeric",
            "autocomplete": "off",
            "spellcheck": "false",
            "dir": "ltr",
            "class": "app-breedte-10",
        }
        super().__init__({**eigen, **(attrs or {})})


@dataclass(frozen=True)
class BewaardBestand:
    """A file that is kept already: chosen earlier, or in this very request while another field was wrong."""

    sleutel: str
    naam: str
    grootte: int
    url: str = ""

    def teken(self) -> str:
        """The signed reference that travels through the form, so that nobody can point at another file."""
        return signing.dumps([self.sleutel, self.naam, self.grootte], salt=_BESTAND_ZOUT)

    @classmethod
    def uit_teken(cls, teken: str) -> "BewaardBestand | None":
        try:
            sleutel, naam, grootte = signing.loads(teken, salt=_BESTAND_ZOUT, max_age=_BESTAND_GELDIG)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(sleutel, naam, grootte)


class Bestandskeuze(NamedTuple):
    """What the file widget got: a new upload, the file that was kept, and whether that one must go."""

    upload: UploadedFile | None
    bewaard: BewaardBestand | None
    verwijderen: bool


class BestandWidget(forms.FileInput):
    """A file input that names the file that is kept already, so that nobody has to choose it again."""

    template_name = "nlds/widgets/bestand.html"
    needs_multipart_form = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, UploadedFile], name: str
    ) -> Bestandskeuze:
        teken = str(data.get(f"{name}_bewaard") or "")
        return Bestandskeuze(
            upload=files.get(name),
            bewaard=BewaardBestand.uit_teken(teken) if teken else None,
            verwijderen=data.get(f"{name}_verwijderen") == "ja",
        )

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> bool:
        return name not in files and f"{name}_bewaard" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        bewaard = value.bewaard if isinstance(value, Bestandskeuze) else value
        context["widget"]["bewaard"] = bewaard if isinstance(bewaard, BewaardBestand) else None
        context["widget"]["te_verwijderen"] = isinstance(value, Bestandskeuze) and value.verwijderen
        context["widget"]["id"] = context["widget"]["attrs"].get("id", f"id_{name}")
        return context

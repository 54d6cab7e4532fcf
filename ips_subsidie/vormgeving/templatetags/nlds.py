"""Tags of the template pack `nlds`: one field, one widget, the error summary.

The choices are made here in Python, so that templates stay short and never touch a variable that isn't there.
"""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ips_subsidie.vormgeving.widgets import BestandWidget, DatumWidget

register = template.Library()

KLASSEN: list[tuple[type[forms.Widget], str]] = [
    (DatumWidget, ""),
    (BestandWidget, ""),
    (forms.CheckboxInput, "utrecht-checkbox utrecht-checkbox--html-input utrecht-checkbox--custom"),
    (forms.SelectMultiple, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.Select, "utrecht-select utrecht-select--html-select"),
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.FileInput, ""),
    (forms.Widget, "utrecht-textbox utrecht-textbox--html-input"),
]
SJABLONEN = {
    "keuzes": "nlds/veld_keuzes.html",
    "groep": "nlds/veld_groep.html",
    "vinkje": "nlds/veld_vinkje.html",
    "invoer": "nlds/veld_invoer.html",
}


def soort(veld: BoundField) -> str:
    """Which template draws this field."""
    widget = veld.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "keuzes"
    if isinstance(widget, DatumWidget | forms.MultiWidget | forms.SelectDateWidget):
        return "groep"
    return "vinkje" if isinstance(widget, forms.CheckboxInput) else "invoer"


def _fout_delen(veld: BoundField) -> list[str]:
    """The inputs of a date that its errors are about."""
    delen: list[str] = []
    fouten = veld.form.errors.as_data().get(veld.name, []) if veld.form.is_bound else []
    for fout in fouten:
        delen += (fout.params or {}).get("delen", [])
    return delen


def doel(veld: BoundField) -> str:
    """The id that the error summary links to: the first input that has to be changed."""
    widget = veld.field.widget
    if isinstance(widget, DatumWidget):
        return f"{veld.auto_id}_{(_fout_delen(veld) or [widget.delen[0].naam])[0]}"
    if soort(veld) in ("keuzes", "groep"):
        return f"{veld.auto_id}_0"
    return str(veld.auto_id)


def _beschreven_door(veld: BoundField) -> str:
    ids = [f"{veld.auto_id}_helptext"] if veld.help_text else []
    if veld.errors:
        ids.append(f"{veld.auto_id}_error")
    if _teller(veld):
        ids.append(f"{veld.auto_id}_teller")
    return " ".join(ids)


def _teller(veld: BoundField) -> int | None:
    return getattr(veld.field, "maximum", None) if getattr(veld.field, "teller", False) else None


def _widget(veld: BoundField) -> SafeString:
    """The widget with the classes and ARIA attributes of the design system; its own classes are kept."""
    widget = veld.field.widget
    basis = next(klassen for soort_widget, klassen in KLASSEN if isinstance(widget, soort_widget))
    klassen = [*basis.split(), *str(widget.attrs.get("class", "")).split()]
    if veld.errors and basis:
        klassen.append(f"{klassen[0]}--invalid")
    attrs: dict[str, Any] = {
        "class": " ".join(klassen) or None,
        "aria-invalid": "true" if veld.errors else None,
        "aria-describedby": _beschreven_door(veld) or None,
        "aria-required": "true" if veld.field.required else None,
        "data-fout-delen": " ".join(_fout_delen(veld)) or None if isinstance(widget, DatumWidget) else None,
    }
    return veld.as_widget(attrs={naam: waarde for naam, waarde in attrs.items() if waarde})


def _keuzes(veld: BoundField, vervolg: dict[str, SafeString]) -> list[dict[str, Any]]:
    hints = getattr(veld.field, "hints", {})
    beschreven_door = _beschreven_door(veld)
    uit = []
    for keuze in veld.subwidgets:
        waarde = "" if keuze.data["value"] is None else str(keuze.data["value"])
        ident = keuze.id_for_label
        hint = hints.get(waarde, "")
        beschrijving = [f"{ident}_hint"] if hint else []
        # A group is described by its fieldset; a single choice only by its own hint.
        uit.append(
            {
                "type": keuze.data["type"],
                "naam": keuze.data["name"],
                "waarde": waarde,
                "id": ident,
                "label": keuze.choice_label,
                "gekozen": bool(keuze.data["selected"]),
                "hint": hint,
                "hint_id": f"{ident}_hint",
                "beschreven_door": " ".join(beschrijving),
                "vervolg": vervolg.get(waarde, ""),
                "uit": bool(veld.field.disabled),
                "fout": bool(veld.errors) and bool(beschreven_door),
            }
        )
    return uit


@register.simple_tag(takes_context=True)
def nlds_veld(context: Context) -> SafeString:
    """The whole field that crispy put in the context: label, hint, errors, widget."""
    veld: BoundField = context["field"]
    if veld.is_hidden:
        return (
            veld.as_hidden()
            if not isinstance(veld.field.widget, forms.MultiWidget)
            else SafeString(str(veld))
        )
    welke = soort(veld)
    vervolg = context.get("vervolg") or {}
    inhoud: dict[str, Any] = {
        "veld": veld,
        "id": veld.auto_id,
        "label": veld.label,
        "optioneel": not veld.field.required and not getattr(veld.field, "stil_optioneel", False),
        "hint": veld.help_text,
        "fouten": list(veld.errors),
        "beschreven_door": _beschreven_door(veld),
        "teller": _teller(veld),
        "paginavraag": bool(context.get("paginavraag")),
        "keuzes": _keuzes(veld, vervolg) if welke == "keuzes" else [],
        "widget": _widget(veld) if welke != "keuzes" else "",
    }
    return render_to_string(SJABLONEN[welke], inhoud)


@register.simple_tag
def nlds_formulier_attributen(attributen: Any, multipart: bool = False) -> SafeString:
    """The attributes of <form>: what the helper set, with its classes next to ours."""
    eigen = dict(attributen or {})
    eigen["class"] = " ".join(["utrecht-form", *str(eigen.get("class", "")).split()])
    if multipart:
        eigen["enctype"] = "multipart/form-data"
    eigen.setdefault("novalidate", True)
    return flatatt(eigen)


@register.filter
def nlds_klassen(klassen: str) -> str:
    """Classes that somebody gave to a crispy button, without crispy's own Bootstrap names."""
    return " ".join(k for k in klassen.split() if not k.startswith(("btn", "button")))


def _veldvolgorde(formulier: forms.BaseForm) -> list[str]:
    """The visible fields in the order in which a reader meets them."""
    namen = [naam for naam, veld in formulier.fields.items() if not formulier[naam].is_hidden]
    layout = getattr(getattr(formulier, "helper", None), "layout", None)
    if layout is None:
        return namen
    getoond = list(dict.fromkeys(p.name for p in layout.get_field_names() if p.name in formulier.fields))
    return [*getoond, *(naam for naam in namen if naam not in getoond)]


def fouten_van(formulier: forms.BaseForm) -> list[dict[str, str]]:
    """Every error of a form in layout order, each with the id to go to ('' when it belongs to no field)."""
    if not formulier.is_bound:
        return []
    regels = [{"tekst": str(fout), "doel": ""} for fout in formulier.non_field_errors()]
    for naam in _veldvolgorde(formulier):
        veld = formulier[naam]
        # An error at a field that nobody sees leads nowhere.
        naar = "" if veld.is_hidden else doel(veld)
        regels += [{"tekst": str(fout), "doel": naar} for fout in veld.errors]
    return regels


@register.inclusion_tag("nlds/foutoverzicht.html")
def foutoverzicht(formulier: Any) -> dict[str, Any]:
    """The error summary of a form or formset; nothing when there is no error."""
    if isinstance(formulier, forms.BaseFormSet):
        regels = [{"tekst": str(fout), "doel": ""} for fout in formulier.non_form_errors()]
        for onderdeel in formulier.forms:
            regels += fouten_van(onderdeel)
    else:
        regels = fouten_van(formulier)
    return {"regels": regels}


@register.simple_tag(takes_context=True)
def fout_in_titel(context: Context) -> str:
    """'Fout: ' for the title of a page whose form (`form`, `formulier` or `formset`) has errors."""
    for naam in ("form", "formulier", "formset"):
        formulier = context.get(naam)
        if (
            isinstance(formulier, forms.BaseForm | forms.BaseFormSet)
            and formulier.is_bound
            and not formulier.is_valid()
        ):
            return "Fout: "
    return ""

"""Layout objects of the pack `nlds`, next to crispy's own Layout, Div and Fieldset."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import BaseInput, Field, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django import forms
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe


class Vervolg(LayoutObject):
    """A choice with fields that belong to one answer: Vervolg("uitkering", ja=["soort"], nee=[]).

    The fields stand inside the answer they belong to, so that CSS alone can show them when it is chosen; a
    browser that cannot do that simply shows them.
    """

    def __init__(self, veld: str, **vervolg: list[Any]) -> None:
        self.veld = veld
        self.vervolg = vervolg
        # crispy walks `fields` to find out which fields a layout mentions.
        self.fields = [veld, *(onderdeel for velden in vervolg.values() for onderdeel in velden)]

    def render(
        self, form: forms.BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kw: Any
    ) -> SafeString:
        per_antwoord = {
            antwoord: mark_safe(  # noqa: S308  what crispy renders is escaped already
                "".join(
                    render_field(onderdeel, form, context, template_pack=template_pack)
                    for onderdeel in velden
                )
            )
            for antwoord, velden in self.vervolg.items()
            if velden
        }
        html: SafeString = render_field(
            self.veld, form, context, template_pack=template_pack, extra_context={"vervolg": per_antwoord}
        )
        return html


class Paginavraag(Field):
    """The one question of a page: its label or legend is the heading (h1) of the page."""

    def render(
        self, form: forms.BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kw: Any
    ) -> SafeString:
        return super().render(
            form, context, template_pack=template_pack, extra_context={"paginavraag": True}, **kw
        )


class Groep(LayoutObject):
    """Fields under one heading in a fieldset: Groep("Contactpersoon", "naam", "telefoon")."""

    template = "nlds/layout/groep.html"

    def __init__(self, titel: str, *fields: Any, hint: str = "") -> None:
        self.titel, self.hint = titel, hint
        self.fields = list(fields)

    def render(
        self, form: forms.BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kw: Any
    ) -> SafeString:
        velden = self.get_rendered_fields(form, context, template_pack, **kw)
        return render_to_string(self.template, {"titel": self.titel, "hint": self.hint, "velden": velden})


class Knop(BaseInput):
    """A button that sends the form: Knop("later", "Later verder", soort="tweede"), or primair or gevaar."""

    input_type = "submit"
    field_classes = ""

    def __init__(self, naam: str, tekst: str, *, soort: str = "primair", **kwargs: Any) -> None:
        super().__init__(naam, tekst, **kwargs)
        # crispy makes an id of the name, and then two forms on one page have the same.
        self.id = kwargs.get("css_id", "")
        self.soort = soort

"""The base of every form: layout, messages, a version against stale edits, a key against doing it twice."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Protocol

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.module_loading import import_string

from ips_subsidie.vormgeving.opbouw import Knop, Vervolg
from ips_subsidie.vormgeving.velden import BestandVeld, TekstVeld

GROOTSTE_VERSIE = 2**31 - 1
GEZIEN = "tekst_gezien"
_OPNIEUW_KIEZEN = "Kies dit bestand opnieuw. Uw browser onthoudt het niet."
_STANDAARD_VERPLICHT = forms.Field.default_error_messages["required"]


class Reden(Protocol):
    """Why an act was refused; a HandelingGeweigerd holds a list of these. It may name a `veld` as well."""

    @property
    def code(self) -> str: ...

    @property
    def tekst(self) -> str: ...


class Bevinding(Protocol):
    """What a free text should not hold: refused (`weigert`), or said once and then left to the sender."""

    @property
    def code(self) -> str: ...

    @property
    def melding(self) -> str: ...

    @property
    def weigert(self) -> bool: ...


class _VerborgenVersie(forms.Field):
    """The version of what is being edited. Rubbish becomes None, which no act takes for current."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int | None:
        try:
            versie = int(str(value)) if str(value).isascii() else -1
        except ValueError:
            return None
        return versie if 0 <= versie <= GROOTSTE_VERSIE else None


class _VerborgenSleutel(forms.Field):
    """The key of one rendering of a form: sending it twice has the effect of sending it once.

    A missing or broken key gets a new one, so that a form always has one, the same one until it is sent well.
    """

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.nieuw = uuid.uuid4()

    def clean(self, value: Any) -> uuid.UUID:
        try:
            return uuid.UUID(str(value))
        except ValueError:
            return self.nieuw

    def bound_data(self, data: Any, initial: Any) -> uuid.UUID:
        return self.clean(data)

    def __deepcopy__(self, memo: dict[int, Any]) -> _VerborgenSleutel:
        kopie: _VerborgenSleutel = super().__deepcopy__(memo)
        kopie.nieuw = uuid.uuid4()
        return kopie


class Formulier(forms.Form):
    """Base class of the forms of this project.

    class DeelnemerFormulier(Formulier):
        bsn = BsnVeld(label="Burgerservicenummer (BSN)")
        verplicht = {"bsn": "Vul het BSN van de deelnemer in."}
        vervolg = {"uitkering": {"ja": ["soort_uitkering"]}}     # asked only after the answer `ja`
        knop = "Opslaan en verder"
        knop_later = "Opslaan en later verder"                   # sends `later`
    """

    use_required_attribute = False
    error_css_class = required_css_class = ""

    knop: ClassVar[str] = "Opslaan en verder"
    knop_soort: ClassVar[str] = "primair"
    knop_later: ClassVar[str] = ""
    verplicht: ClassVar[Mapping[str, str]] = {}
    vervolg: Mapping[str, Mapping[str, list[str]]] = {}
    met_form_tag: ClassVar[bool] = True
    # Free text is looked through by `settings.TEKSTCONTROLE`. A form that sends it on warns first, once for each text;
    # where it is only kept and can be changed later, its page says so afterwards and this is False.
    waarschuwt_vooraf: ClassVar[bool] = True

    versie = _VerborgenVersie(required=False)
    sleutel = _VerborgenSleutel(required=False)

    def __init__(self, *args: Any, versie: int | None = None, actie: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if versie is not None:
            self.initial["versie"] = versie
        self.initial.setdefault("sleutel", self.fields["sleutel"].nieuw)  # type: ignore[attr-defined]
        for naam, veld in self.fields.items():
            self._kies_verplichte_melding(naam, veld)
        self.helper = self._maak_helper(actie)

    # --- how it looks ----------------------------------------------------------------------------------

    def opmaak(self) -> Layout:
        """The layout; override it for another order or groups. By default: every field, in order."""
        onder_een_antwoord = {
            veld for keuzes in self.vervolg.values() for velden in keuzes.values() for veld in velden
        }
        return Layout(
            *(
                Vervolg(naam, **self.vervolg[naam]) if naam in self.vervolg else naam
                for naam in self.fields
                if naam not in onder_een_antwoord and not self[naam].is_hidden
            )
        )

    def _maak_helper(self, actie: str) -> FormHelper:
        helper = FormHelper()
        helper.layout = self.opmaak()
        helper.form_tag = self.met_form_tag
        helper.form_action = actie
        helper.include_media = False
        helper.render_hidden_fields = True
        if self.knop:
            helper.add_input(Knop("opslaan", self.knop, soort=self.knop_soort))
        if self.knop_later:
            helper.add_input(Knop("later", self.knop_later, soort="tweede"))
        return helper

    def _kies_verplichte_melding(self, naam: str, veld: forms.Field) -> None:
        if naam in self.verplicht:
            melding = self.verplicht[naam]
        elif veld.error_messages["required"] != _STANDAARD_VERPLICHT:
            return
        elif hasattr(veld, "verplichte_melding"):
            melding = veld.verplichte_melding()
        else:
            label = str(veld.label or naam).lower()
            melding = f"{'Kies' if hasattr(veld, 'choices') else 'Vul in'}: {label}."
        veld.error_messages["required"] = melding

    # --- what it means ---------------------------------------------------------------------------------

    def _onder_ander_antwoord(self) -> set[str]:
        """The fields that hang under an answer that was not given, also a level deeper."""
        weg: set[str] = set()
        for ouder, keuzes in self.vervolg.items():
            antwoord = None if ouder in weg else self[ouder].data
            gekozen = set(antwoord) if isinstance(antwoord, list) else {antwoord}
            for keuze, velden in keuzes.items():
                if keuze not in gekozen:
                    weg.update(velden)
        return weg

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for naam in self._onder_ander_antwoord():
            self.errors.pop(naam, None)
            self.cleaned_data[naam] = getattr(self.fields[naam], "empty_value", None)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        self._controleer_vrije_tekst()
        if self.errors:
            self._onthoud_bestanden()

    def _onthoud_bestanden(self) -> None:
        """This form is shown again: keep each good file, or say that it must be chosen once more."""
        for naam, veld in self.fields.items():
            waarde = getattr(self, "cleaned_data", {}).get(naam)
            if not isinstance(veld, BestandVeld) or not isinstance(waarde, UploadedFile):
                continue
            if veld.bewaarder is not None:
                veld.bewaar(waarde)
            else:
                self.add_error(naam, ValidationError(_OPNIEUW_KIEZEN, code="opnieuw"))

    def _controleer_vrije_tekst(self) -> None:
        """Refuse what may not be in a free text; warn about the rest, unless these very texts were warned about."""
        controle = import_string(settings.TEKSTCONTROLE)
        twijfel: list[tuple[str, str, Bevinding]] = []
        for naam, veld in self.fields.items():
            tekst, label = self._vrije_tekst(naam, veld)
            for bevinding in controle(label, tekst) if tekst else ():
                if bevinding.weigert:
                    self.add_error(naam, ValidationError(bevinding.melding, code=bevinding.code))
                else:
                    twijfel.append((naam, tekst, bevinding))
        teken = hashlib.sha256(repr([(naam, tekst) for naam, tekst, _ in twijfel]).encode()).hexdigest()
        if not twijfel or not self.waarschuwt_vooraf or self.data.get(self.add_prefix(GEZIEN)) == teken:
            return
        for naam, _, bevinding in twijfel:
            self.add_error(naam, ValidationError(bevinding.melding, code=bevinding.code))
        # Only now: in a form that is sent on nothing comes along that is not input.
        self.fields[GEZIEN] = forms.CharField(widget=forms.HiddenInput, required=False)
        self._zet_verborgen(GEZIEN, teken)

    def _vrije_tekst(self, naam: str, veld: forms.Field) -> tuple[str, str]:
        """What to look through of this field and what to call it; of a file the numbers in its name."""
        waarde = self.cleaned_data.get(naam)
        if isinstance(veld, BestandVeld) and isinstance(waarde, UploadedFile):
            return "\n".join(re.findall(r"[0-9]+", waarde.name or "")), "Naam van het bestand"
        if isinstance(veld, TekstVeld) and veld.vrij and waarde:
            return str(waarde), str(veld.label)
        return "", ""

    def _zet_verborgen(self, naam: str, waarde: str) -> None:
        """What a hidden field holds when this form is shown again."""
        gegevens: Any = self.data
        self.data = gegevens = gegevens.copy()
        gegevens[self.add_prefix(naam)] = waarde

    def met_versie(self, versie: int) -> None:
        """Go on from this version: after a stale edit was told what changed, sending again is a choice."""
        if self.is_bound:
            self._zet_verborgen("versie", str(versie))
        self.initial["versie"] = versie

    def met_nieuwe_sleutel(self) -> None:
        """Sending again is then a request of its own."""
        if self.is_bound:
            self._zet_verborgen("sleutel", str(uuid.uuid4()))

    def fout_van(self, redenen: Iterable[Reden] | BaseException) -> None:
        """Show why an act was refused, at its field when a reason names one, else on top of the form."""
        lijst: Iterable[Reden] = getattr(redenen, "redenen", None) or (
            () if isinstance(redenen, BaseException) else redenen
        )
        for reden in lijst:
            naam = getattr(reden, "veld", None)
            zichtbaar = naam in self.fields and not self[naam].is_hidden
            self.add_error(naam if zichtbaar else None, ValidationError(reden.tekst, code=reden.code))
        self._onthoud_bestanden()


class EnkelKnop(Formulier):
    """An act that asks nothing but to be sure."""

    def __init__(self, *args: Any, knop: str, **kwargs: Any) -> None:
        self.knop = knop  # type: ignore[misc]
        super().__init__(*args, **kwargs)

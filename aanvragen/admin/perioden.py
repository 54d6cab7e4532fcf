"""What holds in a period, in the admin."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError


class PeriodeForm(forms.ModelForm):
    """Checks every constraint of the row, also those about fields that this page only shows.

    Django leaves those out, and then the database refuses what the form accepted. And it asks a constraint too early,
    while a field that it is about has an error.
    """

    def _post_clean(self) -> None:
        self.instance.validate_constraints = lambda exclude=None: None
        try:
            super()._post_clean()  # type: ignore[misc]
        finally:
            del self.instance.validate_constraints
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as fout:
            self._update_errors(fout)  # type: ignore[attr-defined]

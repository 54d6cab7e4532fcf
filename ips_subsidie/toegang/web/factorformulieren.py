"""The forms of the second factor: a code, a passkey, a password anew. allauth checks them, the words are ours."""

from __future__ import annotations

import struct
from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context, ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms

from ips_subsidie.toegang import factor
from ips_subsidie.toegang.web.formulieren import WachtwoordVeld
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.velden import TekstVeld

_ROND_DE_PASSKEY = "De passkey is niet gelezen. Probeer het opnieuw, of kies een andere manier."
# With more on one account somebody is making a mess, or something else.
MEESTE = 12
_TE_VEEL = "U hebt al veel passkeys. Verwijder er eerst een die u niet meer gebruikt."
# What the reader of a credential raises on what no browser sends: it says so in as many words for each of these.
_ONLEESBAAR = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, struct.error)


class CodeVeld(forms.CharField):
    """Six digits of an app, or a recovery code; blanks and dashes don't matter."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Code")
        super().__init__(
            max_length=40,
            widget=forms.TextInput(
                {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
            ),
            error_messages={
                "required": "Vul de code in.",
                "max_length": "Deze code is te lang. De code uit uw app heeft 6 cijfers.",
            },
            **kwargs,
        )


class PasskeyVeld(forms.JSONField):
    """What the browser says after the person touched the key or looked at the phone."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages={"required": _ROND_DE_PASSKEY, "invalid": _ROND_DE_PASSKEY}, **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError as fout:  # brackets within brackets, by the thousand
            raise forms.ValidationError(_ROND_DE_PASSKEY, code="invalid") from fout

    def bound_data(self, data: Any, initial: Any) -> str:
        """An answer to one question is of no use for the next: it isn't shown again."""
        return ""

    def prepare_value(self, value: Any) -> str:
        return ""


class _EenmaligeCode(forms.Form):
    """allauth's check of a code, and then: was it used before?"""

    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not factor.eis_eenmalig(
            self.authenticator, code
        ):
            raise get_adapter().validation_error("incorrect_code")
        return code


class _LeesbarePasskey:
    """A credential that can't be read is a wrong one, not an error of ours."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _ONLEESBAAR as fout:
            raise forms.ValidationError(_ROND_DE_PASSKEY, code="onleesbaar") from fout


class CodeFormulier(_EenmaligeCode, Formulier, AuthenticateForm):
    """The second step of logging in."""

    code = CodeVeld(help_text="De 6 cijfers uit uw app. Hebt u uw telefoon niet? Vul dan een herstelcode in.")
    knop = "Inloggen"


class PasskeyFormulier(_LeesbarePasskey, AuthenticateWebAuthnForm):
    credential = PasskeyVeld()


class CodeBevestigen(_EenmaligeCode, Formulier, ReauthenticateForm):
    code = CodeVeld(help_text="De 6 cijfers uit uw app. Hebt u uw telefoon niet? Vul dan een herstelcode in.")
    knop = "Bevestigen"
    met_form_tag = False


class PasskeyBevestigen(_LeesbarePasskey, ReauthenticateWebAuthnForm):
    credential = PasskeyVeld()


class WachtwoordBevestigen(Formulier):
    """For who has no second factor yet. Asking for a password is a login: the same limits hold."""

    password = WachtwoordVeld(label="Uw wachtwoord")
    knop = "Bevestigen"
    met_form_tag = False

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        wachtwoord: str = self.cleaned_data["password"]
        sleutel = f"bevestigen:{self.user.pk}"
        if not ratelimit.consume(context.request, action="login_failed", key=sleutel):
            raise get_account_adapter().validation_error("too_many_login_attempts")
        if not self.user.check_password(wachtwoord):
            raise get_account_adapter().validation_error("incorrect_password")
        ratelimit.clear(context.request, action="login_failed", key=sleutel)
        return wachtwoord


class AppFormulier(Formulier, ActivateTOTPForm):
    """The first code of a new app proves that it was set up well."""

    code = CodeVeld(
        label="Code uit de app",
        help_text="Uw app laat 6 cijfers zien. Na een halve minuut komt er een nieuwe code.",
    )
    knop = "App instellen"


class NieuwePasskeyFormulier(Formulier, AddWebAuthnForm):
    name = TekstVeld(
        label="Naam van deze passkey",
        max_length=60,
        required=False,
        help_text="Daaraan herkent u de passkey later, bijvoorbeeld “telefoon” of “sleutel aan mijn bos”.",
    )
    credential = PasskeyVeld()
    knop = ""  # the button asks the browser first (static/js/passkey.js)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_id = "passkeyformulier"

    def clean(self) -> dict[str, Any]:
        if Authenticator.objects.filter(user=self.user).count() >= MEESTE:
            raise forms.ValidationError(_TE_VEEL, code="te_veel")
        try:
            velden: dict[str, Any] = super().clean() or {}
        except _ONLEESBAAR as fout:
            raise forms.ValidationError(_ROND_DE_PASSKEY, code="onleesbaar") from fout
        return velden


class HerstelFormulier(Formulier):
    """Asks nothing: to take a colleague's second factor away is done on purpose or not at all."""

    knop = "Tweede stap verwijderen"
    knop_soort = "gevaar"

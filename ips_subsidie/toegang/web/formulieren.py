"""The forms of logging in and of inviting colleagues, in the look and the words of this portal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from django import forms
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest

from ips_subsidie.kalender.klok import nu
from ips_subsidie.toegang import wachtwoordlinks
from ips_subsidie.toegang.models import Lidmaatschap, Organisatie
from ips_subsidie.toegang.oidc.models import Inlogdienst
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, ROLLEN_PER_SOORT, Functie, OrganisatieSoort
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.velden import KeuzeVeld, TekstVeld

_EMAIL_FOUT = "Vul een e-mailadres in met een @ en een punt, bijvoorbeeld naam@voorbeeld.nl."
_NIET_GELIJK = "De twee wachtwoorden zijn niet hetzelfde. Vul twee keer hetzelfde wachtwoord in."
_KORT_WACHTWOORD = "Minstens 12 tekens. Een zin van een paar woorden werkt goed."
# A longer one is not a password, but a way to keep the server hashing.
_LANGSTE_WACHTWOORD = 256


class EmailVeld(forms.EmailField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "E-mailadres")
        kwargs.setdefault("max_length", 254)
        super().__init__(
            widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
            error_messages={
                "invalid": _EMAIL_FOUT,
                "required": "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.",
                "max_length": "Dit e-mailadres is te lang. Het mag hoogstens 254 tekens hebben.",
            },
            **kwargs,
        )


class WachtwoordVeld(forms.CharField):
    def __init__(self, *, nieuw: bool = False, **kwargs: Any) -> None:
        aanvulling = "new-password" if nieuw else "current-password"
        kwargs.setdefault("label", "Wachtwoord")
        if nieuw:
            kwargs.setdefault("help_text", _KORT_WACHTWOORD)
        super().__init__(
            strip=False,
            max_length=_LANGSTE_WACHTWOORD,
            widget=forms.PasswordInput({"autocomplete": aanvulling}),
            error_messages={
                "required": "Vul een wachtwoord in.",
                "max_length": f"Dit wachtwoord is te lang. Gebruik hoogstens {_LANGSTE_WACHTWOORD} tekens.",
            },
            **kwargs,
        )


class _TweemaalHetzelfde(forms.Form):
    """The check of allauth's own mixin in our words: that one writes in the language of the package."""

    def clean(self) -> dict[str, Any]:
        velden: dict[str, Any] = forms.Form.clean(self) or {}
        eerste, tweede = velden.get("password1"), velden.get("password2")
        if eerste and tweede and eerste != tweede:
            self.add_error("password2", _NIET_GELIJK)
        return velden


def _nieuw_wachtwoord(formulier: forms.BaseForm) -> None:
    """Our words on allauth's field, which holds the check against the rules and the person's own data."""
    veld = formulier.fields["password1"]
    veld.label, veld.help_text = "Nieuw wachtwoord", _KORT_WACHTWOORD
    veld.error_messages["required"] = "Vul een nieuw wachtwoord in."
    veld.widget.attrs.pop("placeholder", None)
    te_lang = "Gebruik hoogstens %(limit_value)s tekens."
    veld.validators.append(MaxLengthValidator(_LANGSTE_WACHTWOORD, te_lang))
    # The layout looked at the field as it was.
    formulier._bound_fields_cache.clear()  # type: ignore[attr-defined]


class InlogFormulier(Formulier, LoginForm):
    password = WachtwoordVeld()
    knop = "Inloggen"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # LoginForm makes this field anew in each form, with a placeholder and English words.
        self.fields["login"] = EmailVeld()
        self._bound_fields_cache.clear()


class WachtwoordVergetenFormulier(Formulier, ResetPasswordForm):
    email = EmailVeld()
    knop = "Stuur mij een link"

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Instead of allauth's: mailing here would take longer for an address that has an account."""
        wachtwoordlinks.vraag_aan(self.users, nu=nu())
        return str(self.cleaned_data["email"])


class NieuwWachtwoordFormulier(_TweemaalHetzelfde, Formulier, ResetPasswordKeyForm):
    password2 = WachtwoordVeld(nieuw=True, label="Nieuw wachtwoord, nog een keer", help_text="")
    knop = "Wachtwoord opslaan"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _nieuw_wachtwoord(self)


class WachtwoordWijzigenFormulier(_TweemaalHetzelfde, Formulier, ChangePasswordForm):
    oldpassword = WachtwoordVeld(label="Huidig wachtwoord")
    password2 = WachtwoordVeld(nieuw=True, label="Nieuw wachtwoord, nog een keer", help_text="")
    knop = "Wachtwoord wijzigen"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _nieuw_wachtwoord(self)


class InlogdienstFormulier(Formulier):
    """At which organisatie to log in; a long list drops down."""

    dienst = KeuzeVeld(label="Bij welke organisatie werkt u?")
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    verplicht = {"dienst": "Kies de organisatie waarvoor u werkt."}
    knop = "Verder"
    _ALS_LIJST = 8

    def __init__(self, *args: Any, diensten: Sequence[Inlogdienst], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzes = [(str(dienst.pk), dienst.naam) for dienst in diensten]
        veld = self.fields["dienst"]
        if len(keuzes) > self._ALS_LIJST:
            keuzes.insert(0, ("", "Kies een organisatie"))
            veld.widget = forms.Select()
        veld.choices = keuzes  # type: ignore[attr-defined]


class RolFormulier(Formulier):
    """Which of the own lidmaatschappen is on."""

    lidmaatschap = KeuzeVeld(label="Voor welke organisatie en in welke rol gaat u werken?")
    verplicht = {"lidmaatschap": "Kies de organisatie en de rol waarvoor u gaat werken."}
    knop = "Verder"

    def __init__(self, *args: Any, lidmaatschappen: Sequence[Lidmaatschap], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lidmaatschap"].choices = [  # type: ignore[attr-defined]
            (str(lid.pk), str(lid)) for lid in lidmaatschappen
        ]


class FunctieVeld(KeuzeVeld):
    """What somebody does at a gemeente or verband; none is an answer as well."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Functie",
            help_text="Bij de functie hoort een eigen werkvoorraad. Een beleidsmedewerker plant ook het overleg.",
            choices=[*Functie.choices, ("", "Geen van deze")],
            required=False,
            **kwargs,
        )
        self.stil_optioneel = True


class FunctieFormulier(Formulier):
    functie = FunctieVeld()
    knop = "Opslaan"


class UitnodigFormulier(Formulier):
    email = EmailVeld(help_text="De uitnodiging gaat naar dit adres. De collega logt er later ook mee in.")
    rol = KeuzeVeld(label="Rol")
    functie = FunctieVeld()
    verplicht = {"rol": "Kies de rol van uw collega."}
    knop = "Uitnodigen"

    def __init__(self, *args: Any, organisatie: Organisatie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rollen = ROLLEN_PER_SOORT[OrganisatieSoort(organisatie.soort)]
        self.fields["rol"].choices = [(rol.value, rol.label) for rol in rollen]  # type: ignore[attr-defined]
        if not set(rollen) & set(GEMEENTEROLLEN):
            del self.fields["functie"]
            self.helper.layout = self.opmaak()


class AannemenFormulier(Formulier):
    """Coming in by an invitation, for the first time."""

    naam = TekstVeld(
        label="Uw naam", max_length=120, help_text="Voor- en achternaam, zoals collega’s u kennen."
    )
    wachtwoord = WachtwoordVeld(nieuw=True, label="Kies een wachtwoord")
    herhaling = WachtwoordVeld(nieuw=True, label="Het wachtwoord, nog een keer", help_text="")
    verplicht = {"naam": "Vul uw naam in."}
    knop = "Account maken"

    def clean(self) -> dict[str, Any]:
        velden: dict[str, Any] = super().clean() or {}
        eerste, tweede = velden.get("wachtwoord"), velden.get("herhaling")
        if eerste and tweede and eerste != tweede:
            self.add_error("herhaling", _NIET_GELIJK)
        return velden


class AannemenMetAccountFormulier(Formulier):
    """Coming in by an invitation, with an account that is there already."""

    wachtwoord = WachtwoordVeld(label="Uw wachtwoord", help_text="Het wachtwoord waarmee u nu al inlogt.")
    knop = "Rol toevoegen"

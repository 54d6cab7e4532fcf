"""What allauth does our way: no signing up, Dutch words, no answer that tells whether an account exists."""

from __future__ import annotations

from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.logboek.schrijven import Onderwerp, schrijf_gebeurtenis
from ips_subsidie.toegang import inloglijnen
from ips_subsidie.toegang.models import Gebruiker
from ips_subsidie.toegang.oidc.sessie import wachtwoord_telt_niet

log = structlog.get_logger(__name__)


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "Dit e-mailadres en dit wachtwoord horen niet bij elkaar. "
            "Controleer beide en probeer het opnieuw."
        ),
        "enter_current_password": "Dit is niet uw huidige wachtwoord. Probeer het opnieuw.",
        "incorrect_password": "Dit wachtwoord klopt niet. Probeer het opnieuw.",
        "invalid_password_reset": "Deze link werkt niet meer. Vraag een nieuwe link aan.",
        "rate_limited": "U probeerde dit te vaak. Wacht een paar minuten en probeer het dan opnieuw.",
        "too_many_login_attempts": (
            "U probeerde te vaak in te loggen. Wacht 5 minuten en probeer het dan opnieuw. "
            "Weet u uw wachtwoord niet meer? Kies dan een nieuw wachtwoord."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An account is only made from an invitation."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages only: a header must not turn a page into JSON."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Only who gave the right password gets to see this."""
        messages.error(request, "Uw account staat uit. Vraag de beheerder van uw organisatie om hulp.")
        return redirect("account_login")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """The limits on guessing, of an account and of a network address. Passing one is written down."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            inloglijnen.mislukt(credentials.get("email", ""), "te_vaak")
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        inloglijnen.mislukt(credentials.get("email", ""), "wachtwoord")

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """Only who gave the right password learns that it doesn't count at this organisatie."""
        antwoord: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if antwoord or not isinstance(user, Gebruiker) or not wachtwoord_telt_niet(user, vandaag()):
            return antwoord
        schrijf_gebeurtenis(
            "inloggen.wachtwoord_telt_niet",
            gebruiker=user,
            onderwerp=Onderwerp("toegang.gebruiker", str(user.pk)),
            gegevens={"reden": "inlogdienst_verplicht"},
            geweigerd=True,
        )
        messages.error(
            request, "Bij uw organisatie logt u in via haar eigen inlogpagina. Kies hieronder uw organisatie."
        )
        return redirect("oidc_kiezen")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say themselves what happened; allauth's own messages would say it twice."""

    def format_email_subject(self, subject: str) -> str:
        return f"IPS-subsidieportaal: {subject}"

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the address of the portal, whatever host the request named."""
        leeg = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_ADRES + leeg.replace("UID-KEY", key)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("start")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away must not tell by an error page that this address has an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as fout:  # smtplib's errors are all of this kind
            log.error("mail over het wachtwoord niet verstuurd", fout=type(fout).__name__)

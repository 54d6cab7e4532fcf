"""Second factors for tests: an app whose codes can be asked for, and pages read for what they ask."""

from __future__ import annotations

import html
import json
import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap
from tests.toegang.personen import WACHTWOORD


class App:
    """An app on a telephone. Each call of `code` gives the next code, as if half a minute went by."""

    def __init__(self, geheim: str) -> None:
        self.geheim, self._teller = geheim, int(time.time()) // 30 - 2

    def code(self) -> str:
        """A code that is right now and wasn't given before; three of them within one half minute."""
        self._teller = max(self._teller + 1, int(time.time()) // 30 - 1)
        return format_hotp_value(hotp_value(self.geheim, self._teller))


def met_app(gebruiker: Gebruiker) -> App:
    geheim = generate_totp_secret()
    TOTP.activate(gebruiker, geheim)
    return App(geheim)


def met_codes(gebruiker: Gebruiker) -> list[str]:
    return RecoveryCodes.activate(gebruiker).get_unused_codes()


def factor_van(gebruiker: Gebruiker, soort: str) -> Authenticator:
    return Authenticator.objects.get(user=gebruiker, type=soort)


def wachtwoord(client: Client, lid: Lidmaatschap) -> HttpResponse:
    """The first step of logging in."""
    return client.post(reverse("account_login"), {"login": lid.gebruiker.email, "password": WACHTWOORD})


def log_in(lid: Lidmaatschap, app: App) -> Client:
    """Logged in by a password and a code."""
    client = Client()
    assert wachtwoord(client, lid).url == reverse("mfa_authenticate")
    antwoord = client.post(reverse("mfa_authenticate"), {"code": app.code()})
    assert antwoord.status_code == 302, antwoord.content.decode()
    return client


def passkeyvraag(antwoord: HttpResponse) -> dict[str, Any]:
    """What the page asks the browser for."""
    gevonden = re.search(r'data-passkey="([^"]+)"', antwoord.content.decode())
    assert gevonden is not None
    vraag: dict[str, Any] = json.loads(html.unescape(gevonden[1]))
    return vraag


def verouder(client: Client, seconden: float) -> None:
    """Make every proof of this session so many seconds older."""
    sessie = client.session
    bewijzen = sessie["account_authentication_methods"]
    sessie["account_authentication_methods"] = [{**b, "at": b["at"] - seconden} for b in bewijzen]
    sessie.save()

"""A process that guesses at one account and then gives the right password; started by test_raden.

Started with DJANGO_SETTINGS_MODULE. It prints what each try got: onjuist, te_vaak or binnen.
"""

import sys

import django
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

TELLERS = {"default": {"BACKEND": "ips_subsidie.toegang.tellers.Tellers", "KEY_PREFIX": "raden"}}


def probeer(email: str, wachtwoord: str) -> str:
    antwoord = Client().post(reverse("account_login"), {"login": email, "password": wachtwoord})
    if antwoord.status_code == 302:
        return "binnen"
    return "te_vaak" if "te vaak" in antwoord.content.decode() else "onjuist"


if __name__ == "__main__":
    django.setup()
    email, goed = sys.argv[1:]
    with override_settings(CACHES=TELLERS):
        assert settings.REDIS_URL.endswith(":1/0")
        for poging in range(8):
            print(probeer(email, f"raden raden raden {poging}"))
        print(probeer(email, goed))

"""What allauth's second factor does our way: Dutch words, encrypted secrets, and a last factor that stays."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser

from ips_subsidie.toegang import factor

NAAM = "IPS-subsidieportaal"


class Adapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": (
            "Deze code klopt niet, of hij is al gebruikt. Wacht tot uw app een nieuwe code laat zien en vul die in. "
            "Een herstelcode werkt één keer."
        ),
        "cannot_delete_authenticator": (
            "U kunt uw laatste tweede stap niet verwijderen. Stel eerst een andere manier in."
        ),
        "cannot_generate_recovery_codes": (
            "Stel eerst een app of een passkey in. Daarna kunt u herstelcodes maken."
        ),
    }

    def encrypt(self, text: str) -> str:
        return factor.verberg(text)

    def decrypt(self, encrypted_text: str) -> str:
        return factor.onthul(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return factor.mag_weg(authenticator)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        aantal = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {aantal + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey belongs to the name of this site, whatever the port."""
        return {"id": context.request.get_host().partition(":")[0], "name": NAAM}

"""The second factor of an account: what a session has proved, and what may happen to the factors themselves.

What a session proved is the list that allauth keeps in it: a record for each password, code or passkey that was right,
with its moment; a login at the service of one's own organisatie adds one of its own ("oidc").
"""

from __future__ import annotations

import hmac
import time

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.http import HttpRequest

from ips_subsidie.opslag.velden import VERSIE, ontcijfer, versleutel
from ips_subsidie.toegang.models import Gebruiker

STERK = ("mfa", "oidc")
# A proof counts so long, in seconds, for what is sensitive.
VERS = 15 * 60
EERSTE = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
TELLER = "laatste_teller"
_GEBONDEN_AAN = b"mfa_authenticator.data"
_GEHEIMEN = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


def heeft_tweede_factor(request: HttpRequest) -> bool:
    """Did this session prove more than a password: a code, a passkey, or a login at the own organisatie?"""
    return any(b.get("method") in STERK for b in get_authentication_records(request, _gebruiker(request)))


def laatst_bewezen(request: HttpRequest) -> float | None:
    """When this session last proved who is there, in seconds since 1970 by the machine's clock; None if never.

    Where it once proved more than a password, a password alone no longer counts.
    """
    bewijzen = get_authentication_records(request, _gebruiker(request))
    sterk = [b["at"] for b in bewijzen if b.get("method") in STERK]
    zwak = [b["at"] for b in bewijzen if b.get("method") == "password"]
    return max(sterk or zwak, default=None)


def is_vers(request: HttpRequest, tijd: float | None = None) -> bool:
    """Is that at most a quarter of an hour ago? `tijd` is in seconds since 1970; now, when it isn't given."""
    bewezen = laatst_bewezen(request)
    return bewezen is not None and (time.time() if tijd is None else tijd) - bewezen <= VERS


def heeft_factor(gebruiker: Gebruiker) -> bool:
    """Can this account log in with a second factor? Recovery codes alone are none: they stand in for one."""
    return Authenticator.objects.filter(user=gebruiker, type__in=EERSTE).exists()


def leg_bewijs_vast(request: HttpRequest, factor: Authenticator) -> None:
    """A factor was just set up, and so proved: the session goes on with it, under a new number."""
    record_authentication(
        request, factor.user, "mfa", id=factor.pk, type=str(factor.type), reauthenticated=True
    )
    request.session.cycle_key()


def mag_weg(factor: Authenticator) -> bool:
    """The last first factor stays where one is compulsory: who wants another sets that up before."""
    if not settings.MFA_VERPLICHT or factor.type not in EERSTE:
        return True
    return Authenticator.objects.filter(user=factor.user_id, type__in=EERSTE).exclude(pk=factor.pk).exists()


def eis_eenmalig(factor: Authenticator, code: str) -> bool:
    """Use up this right code of an app: False when it, or a later one, was used before (RFC 6238, 5.2).

    Under a lock, and in the database: allauth remembers a code in the cache for half a minute only, while with the
    tolerance for slow clocks it is right for longer. The database lets the counter go up only.
    """
    vers = Authenticator.objects.select_for_update(of=("self",)).get(pk=factor.pk)
    geheim, gegeven = decrypt(vers.data["secret"]), normalize_user_code(code)
    passend = [
        teller
        for teller in yield_hotp_counters_from_time()
        if hmac.compare_digest(format_hotp_value(hotp_value(geheim, teller)).encode(), gegeven.encode())
    ]
    nieuw = [teller for teller in passend if teller > vers.data.get(TELLER, 0)]
    if not nieuw:
        return False
    vers.data[TELLER] = factor.data[TELLER] = min(nieuw)
    vers.save(update_fields=["data"])
    return True


def verberg(tekst: str) -> str:
    """Encrypt the secret of a factor with the keys of the personal data, bound to its table."""
    return versleutel(tekst, _GEBONDEN_AAN).hex()


def onthul(verborgen: str) -> str:
    """Raises OntcijferFout for what is altered, not encrypted, or whose key is gone."""
    return ontcijfer(bytes.fromhex(verborgen), _GEBONDEN_AAN)


def hersleutel(partij: int = 500) -> int:
    """Encrypt at most `partij` secrets anew that the first of VELD_SLEUTELS didn't write; returns how many."""
    kop = (VERSIE + next(iter(settings.VELD_SLEUTELS)).encode("ascii")).hex()
    aantal = 0
    for soort, veld in _GEHEIMEN.items():
        oud = Authenticator.objects.filter(type=soort).exclude(**{f"data__{veld}__startswith": kop})
        for factor in oud.select_for_update(of=("self",), skip_locked=True).order_by("pk")[: partij - aantal]:
            factor.data[veld] = verberg(onthul(factor.data[veld]))
            factor.save(update_fields=["data"])
            aantal += 1
    return aantal


def _gebruiker(request: HttpRequest) -> Gebruiker | None:
    return request.user if isinstance(request.user, Gebruiker) else None

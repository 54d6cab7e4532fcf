"""The conversation with a login service: code flow with PKCE, state and nonce, and an id_token that is checked whole.

Authlib does the protocol; what it leaves to the caller is here: which algorithms count, that the service is who it
says, that a second factor was used, and that it was lately. Nothing of the tokens is kept.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client.apps import DjangoOAuth2App
from authlib.integrations.django_client.integration import DjangoIntegration
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from joserfc.errors import JoseError

from ips_subsidie.toegang.oidc.models import Bewijs, Inlogdienst
from ips_subsidie.toegang.oidc.uitgaand import AdresGeweigerd, Onbereikbaar, Sessie, eis_adres
from ips_subsidie.toegang.oidc.weigering import InlogGeweigerd, Reden

# Signed with a key of the service only: no shared secret, and never nothing.
ALGORITMEN = ("RS256", "PS256", "ES256")
SPELING = 60  # seconds that two clocks may differ
STAAT_GELDIG = 600  # seconds in which one must come back from the service
GEHEUGEN = 300  # seconds that the addresses and keys of a service are remembered
LANGSTE_NUMMER = 255

# Per process, not in the cache of all: an inlogdienst works on when that one is away.
_bekend: dict[str, dict[str, Any]] = {}


@dataclass(frozen=True)
class Beweerd:
    """What the service says of a person, checked. `vervolg` is where the person was going."""

    sub: str
    email: str
    email_geverifieerd: bool
    acr: str
    vervolg: str
    bevestigt: bool


class _App(DjangoOAuth2App):
    client_cls = Sessie


def vergeet() -> None:
    """Ask every service anew for its addresses and keys."""
    _bekend.clear()


def ontdek(dienst: Inlogdienst) -> dict[str, Any]:
    """The addresses of a service, of its own document. Raises InlogGeweigerd when that is away or not its own."""
    bekend = _bekend.get(dienst.issuer)
    if bekend and time.time() - bekend["_loaded_at"] < GEHEUGEN:
        return bekend
    adres = dienst.issuer.rstrip("/") + "/.well-known/openid-configuration"
    try:
        with Sessie() as sessie:
            antwoord = sessie.request("GET", adres, withhold_token=True)
        antwoord.raise_for_status()
        gelezen = _gelezen(antwoord.json(), dienst.issuer)
    except (AdresGeweigerd, ValueError, KeyError, TypeError, AttributeError) as fout:
        raise InlogGeweigerd(Reden.ONGELDIG, "gegevens_van_dienst") from fout
    except (Onbereikbaar, OSError) as fout:
        raise InlogGeweigerd(Reden.ONBEREIKBAAR, _code(fout)) from fout
    _bekend[dienst.issuer] = gelezen
    return gelezen


def _gelezen(gegevens: dict[str, Any], issuer: str) -> dict[str, Any]:
    """Only what is used, checked: whatever else it says must not reach the library."""
    if gegevens["issuer"] != issuer:
        raise ValueError("van een andere dienst")
    algoritmen = [
        a for a in ALGORITMEN if a in gegevens.get("id_token_signing_alg_values_supported", ["RS256"])
    ]
    if not algoritmen:
        raise ValueError("geen algoritme dat telt")
    uitloggen = gegevens.get("end_session_endpoint")
    return {
        "issuer": issuer,
        "authorization_endpoint": eis_adres(gegevens["authorization_endpoint"]),
        "token_endpoint": eis_adres(gegevens["token_endpoint"]),
        "jwks_uri": eis_adres(gegevens["jwks_uri"]),
        "end_session_endpoint": eis_adres(uitloggen) if uitloggen else "",
        "id_token_signing_alg_values_supported": algoritmen,
        "noemt_zichzelf": gegevens.get("authorization_response_iss_parameter_supported") is True,
        "_loaded_at": time.time(),
    }


def _app(dienst: Inlogdienst) -> _App:
    gegevens = ontdek(dienst)
    raam = DjangoIntegration(f"oidc_{dienst.pk.hex}")
    raam.expires_in = STAAT_GELDIG
    app = _App(
        raam,
        client_id=dienst.client_id,
        client_secret=dienst.geheim,
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": dienst.bewijs,
        },
        client_auth_methods=(
            [PrivateKeyJWT(gegevens["token_endpoint"])] if dienst.bewijs == Bewijs.SLEUTEL else []
        ),
    )
    # Shared on purpose: keys that are fetched at one login are known at the next.
    app.server_metadata = gegevens
    return app


def begin(request: HttpRequest, dienst: Inlogdienst, *, vervolg: str, bevestigt: bool) -> str:
    """The address at the service to send the browser to; what must come back is kept in the session.

    `bevestigt`: the person is logged in and must prove it anew, whatever the service remembers.
    """
    app = _app(dienst)
    # Authlib's own nonce has less than 128 bits.
    vraag: dict[str, Any] = {"ui_locales": "nl", "nonce": secrets.token_urlsafe(32)}
    if dienst.acr_waarden:
        vraag["acr_values"] = " ".join(dienst.acr_waarden)
    if bevestigt:
        vraag |= {"prompt": "login", "max_age": 0}
    elif dienst.hoogstens_minuten:
        vraag["max_age"] = dienst.hoogstens_minuten * 60
    terug = settings.SITE_ADRES + reverse("oidc_terug", args=[dienst.pk])
    gemaakt = app.create_authorization_url(terug, **vraag)
    adres = str(gemaakt.pop("url"))
    eigen = {"vervolg": vervolg, "bevestigt": bevestigt, "begonnen": time.time()}
    _ruim_op(request, app.framework.name)
    app.save_authorize_data(request, redirect_uri=terug, **eigen, **gemaakt)
    return adres


def _ruim_op(request: HttpRequest, naam: str, hoogstens: int = 4) -> None:
    """A few tabs may be on their way at once; a session doesn't grow without end."""
    onderweg = [sleutel for sleutel, _ in request.session.items() if sleutel.startswith(f"_state_{naam}_")]
    for sleutel in onderweg[:-hoogstens]:
        del request.session[sleutel]


def voltooi(request: HttpRequest, dienst: Inlogdienst) -> Beweerd:
    """Trade the code that came back for an id_token and check it. Raises InlogGeweigerd; the state is used up."""
    app = _app(dienst)
    staat = request.POST.get("state", "")
    bewaard = app.framework.get_state_data(request.session, staat)
    # The library remembers until when a state holds, and doesn't look at it.
    if bewaard is None or time.time() - float(bewaard["begonnen"]) > STAAT_GELDIG:
        app.framework.clear_state_data(request.session, staat)
        raise InlogGeweigerd(Reden.VERLOPEN, "state")
    if request.POST.get("error"):
        app.framework.clear_state_data(request.session, staat)
        raise InlogGeweigerd(Reden.AFGEBROKEN, "dienst_weigert")
    try:
        _eis_afzender(request, app.server_metadata)
        token = app.authorize_access_token(
            request,
            leeway=SPELING,
            claims_options={
                "iss": {"essential": True, "value": dienst.issuer},
                "aud": {"essential": True, "value": dienst.client_id},
            },
        )
    except Onbereikbaar as fout:
        reden = Reden.ONGELDIG if isinstance(fout, AdresGeweigerd) else Reden.ONBEREIKBAAR
        raise InlogGeweigerd(reden, _code(fout)) from fout
    # The library hands on what a service sends: anything odd in it is a refusal, never an error page.
    except (AuthlibBaseError, JoseError, OSError, ValueError, KeyError, TypeError, AttributeError) as fout:
        app.framework.clear_state_data(request.session, staat)
        raise InlogGeweigerd(Reden.ONGELDIG, _code(fout)) from fout
    inhoud = token.get("userinfo")
    if not inhoud:
        raise InlogGeweigerd(Reden.ONGELDIG, "geen_id_token")
    return _beweerd(inhoud, dienst, bewaard)


def _eis_afzender(request: HttpRequest, gegevens: dict[str, Any]) -> None:
    """The answer says which service it is of (RFC 9207): another's is not taken for this one's."""
    iss = request.POST.get("iss", "")
    if (iss or gegevens["noemt_zichzelf"]) and iss != gegevens["issuer"]:
        raise ValueError("het antwoord is van een andere dienst")


def _beweerd(inhoud: dict[str, Any], dienst: Inlogdienst, bewaard: dict[str, Any]) -> Beweerd:
    sub, email, acr = inhoud.get("sub"), inhoud.get("email"), inhoud.get("acr")
    if not isinstance(sub, str) or not 0 < len(sub) <= LANGSTE_NUMMER or not sub.isascii() or "\0" in sub:
        raise InlogGeweigerd(Reden.ONGELDIG, "sub")
    _eis_factor(inhoud, dienst)
    _eis_onlangs(inhoud, dienst, bewaard)
    return Beweerd(
        sub=sub,
        email=email if isinstance(email, str) and "\0" not in email else "",
        email_geverifieerd=inhoud.get("email_verified") is True,
        acr=acr if isinstance(acr, str) else "",
        vervolg=str(bewaard.get("vervolg", "")),
        bevestigt=bool(bewaard.get("bevestigt")),
    )


def _eis_factor(inhoud: dict[str, Any], dienst: Inlogdienst) -> None:
    """A second factor was used: the acr is one of those agreed on, and so is one of the amr."""
    amr = inhoud.get("amr")
    wijzen = {een for een in amr if isinstance(een, str)} if isinstance(amr, list) else set()
    if dienst.acr_waarden and inhoud.get("acr") not in dienst.acr_waarden:
        raise InlogGeweigerd(Reden.TE_LICHT, "acr")
    if dienst.amr_waarden and not wijzen & set(dienst.amr_waarden):
        raise InlogGeweigerd(Reden.TE_LICHT, "amr")
    if not (dienst.acr_waarden or dienst.amr_waarden):  # the database holds this too
        raise InlogGeweigerd(Reden.TE_LICHT, "niets_afgesproken")


def _eis_onlangs(inhoud: dict[str, Any], dienst: Inlogdienst, bewaard: dict[str, Any]) -> None:
    """Tokens speak of the time of the world, also where the portal's own clock was moved."""
    if not (bewaard.get("bevestigt") or dienst.hoogstens_minuten):
        return
    sinds = inhoud.get("auth_time")
    if isinstance(sinds, bool) or not isinstance(sinds, int | float):
        raise InlogGeweigerd(Reden.ONGELDIG, "auth_time")
    vanaf = (
        float(bewaard["begonnen"])
        if bewaard.get("bevestigt")
        else time.time() - (dienst.hoogstens_minuten or 0) * 60
    )
    if sinds < vanaf - SPELING:
        raise InlogGeweigerd(Reden.TE_LANG_GELEDEN, "auth_time")


def _code(fout: Exception) -> str:
    """What to write down of an error: which one, never what it says (that may hold what was sent)."""
    return type(fout).__name__


def uitlogadres(dienst: Inlogdienst) -> str:
    """Where the person logs out at the service too; empty when it has no such page or is away."""
    try:
        app = _app(dienst)
    except InlogGeweigerd:
        return ""
    if not app.server_metadata["end_session_endpoint"]:
        return ""
    gemaakt = app.create_logout_url(
        settings.SITE_ADRES + reverse("account_login"), client_id=dienst.client_id
    )
    return str(gemaakt["url"])

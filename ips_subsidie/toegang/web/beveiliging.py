"""The pages of one's own way of logging in: an app, passkeys, recovery codes. allauth does it, behind our gates."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from ips_subsidie.kalender.klok import nu
from ips_subsidie.toegang import factor, factorbeheer
from ips_subsidie.toegang.factormodellen import Factorwijziging
from ips_subsidie.toegang.models import Gebruiker
from ips_subsidie.toegang.poort import gevoelig, ingelogd, openbaar
from ips_subsidie.toegang.web.bevestigen import passkeyvraag
from ips_subsidie.toegang.web.fouten import niet_zo

# New codes are shown for so many seconds, in the session that made them, until the person says they are kept.
TOON_CODES = 10 * 60
_TONEN_TOT = "herstelcodes_tonen_tot"


class Inlogstap(AuthenticateView):
    """After the right password: a code or a passkey. The person isn't logged in before."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        heeft = Authenticator.objects.filter(
            user=self.stage.login.user, type=Authenticator.Type.WEBAUTHN
        ).exists()
        context["passkey"] = passkeyvraag(context["js_data"]["request_options"]) if heeft else ""
        context["passkeyfouten"] = context["webauthn_form"].errors.get("credential", [])
        return context


def _vervolg(nieuwe_codes: bool) -> str:
    """Where a new factor leads to: with the first one come recovery codes, to keep."""
    return reverse("herstelcodes" if nieuwe_codes else "beveiliging")


class AppInstellen(ActivateTOTPView):
    def get_success_url(self) -> str:
        return _vervolg(self.did_generate_recovery_codes)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        geheim = context["form"].secret
        context["geheim"] = " ".join(geheim[i : i + 4] for i in range(0, len(geheim), 4))
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            antwoord = super().form_valid(form)
            app = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
            factor.eis_eenmalig(app, form.cleaned_data["code"])
            return _ingesteld(self.request, app, Factorwijziging.APP_ERBIJ, antwoord)


class PasskeyToevoegen(AddWebAuthnView):
    def get_success_url(self) -> str:
        return _vervolg(self.did_generate_recovery_codes)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        # allauth's view leaves the form that was sent out of its context.
        context["form"] = kwargs.get("form") or context["form"]
        context["passkey"] = passkeyvraag(context["js_data"]["creation_options"])
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            antwoord = super().form_valid(form)
            passkey = Authenticator.objects.filter(
                user=self.request.user, type=Authenticator.Type.WEBAUTHN
            ).latest("pk")
            return _ingesteld(self.request, passkey, Factorwijziging.PASSKEY_ERBIJ, antwoord)


def _ingesteld(
    request: HttpRequest, nieuw: Authenticator, wat: Factorwijziging, antwoord: HttpResponse
) -> HttpResponse:
    """A factor came: written down and mailed; the session has proved it, and shows the codes if these are new."""
    factorbeheer.noteer(_wie(request), wat, nu=nu(), request=request)
    factor.leg_bewijs_vast(request, nieuw)
    if antwoord.headers["Location"] == reverse("herstelcodes"):
        _toon_codes(request)
    return antwoord


_inlogstap, _app, _passkey = Inlogstap.as_view(), AppInstellen.as_view(), PasskeyToevoegen.as_view()


@openbaar
def inlogstap(request: HttpRequest) -> HttpResponse:
    return _inlogstap(request)


@ingelogd
def beveiliging(request: HttpRequest) -> HttpResponse:
    """How this person logs in, and what can be changed about it."""
    eigen = Authenticator.objects.filter(user=_wie(request)).order_by("created_at", "pk")
    per_soort: dict[str, list[Authenticator]] = {}
    for een in eigen:
        per_soort.setdefault(een.type, []).append(een)
    codes = per_soort.get(Authenticator.Type.RECOVERY_CODES, [])
    context = {
        "apps": per_soort.get(Authenticator.Type.TOTP, []),
        "passkeys": per_soort.get(Authenticator.Type.WEBAUTHN, []),
        "heeft_factor": any(een.type in factor.EERSTE for een in eigen),
        "codes_over": len(RecoveryCodes(codes[0]).get_unused_codes()) if codes else None,
    }
    return render(request, "toegang/beveiliging/overzicht.html", context)


@ingelogd
def tweede_factor(request: HttpRequest) -> HttpResponse:
    """The first page of who has a password only: choose how to prove the rest."""
    if factor.heeft_factor(_wie(request)):
        return redirect("beveiliging")
    return render(request, "toegang/beveiliging/kiezen.html")


@ingelogd
@gevoelig
def app_instellen(request: HttpRequest) -> HttpResponse:
    if Authenticator.objects.filter(user=_wie(request), type=Authenticator.Type.TOTP).exists():
        return redirect("beveiliging")
    return _app(request)


@ingelogd
@gevoelig
def passkey_toevoegen(request: HttpRequest) -> HttpResponse:
    return _passkey(request)


@ingelogd
@gevoelig
def factor_verwijderen(request: HttpRequest, nummer: int) -> HttpResponse:
    """An app or a passkey of one's own; another's isn't there, and the last one stays."""
    weg = get_object_or_404(Authenticator, pk=nummer, user=_wie(request), type__in=factor.EERSTE)
    if request.method == "POST":
        try:
            factorbeheer.verwijder(_wie(request), weg.pk, nu=nu(), request=request)
        except ValidationError as fout:
            messages.error(request, " ".join(fout.messages))
        else:
            messages.success(request, "Verwijderd. U kunt hiermee niet meer inloggen.")
        return redirect("beveiliging")
    context = {"factor": weg, "is_app": weg.type == Authenticator.Type.TOTP, "mag": factor.mag_weg(weg)}
    return render(request, "toegang/beveiliging/verwijderen.html", context)


@ingelogd
@gevoelig
def herstelcodes(request: HttpRequest) -> HttpResponse:
    """The codes while they are new; else how many are left. A POST makes ten new ones: the old ones stop working."""
    if request.method == "POST":
        try:
            factorbeheer.maak_codes(_wie(request), nu=nu(), request=request)
        except ValidationError as fout:
            messages.error(request, " ".join(fout.messages))
            return redirect("beveiliging")
        _toon_codes(request)
        return redirect("herstelcodes")
    codes = _codes(request)
    if codes is None:
        return redirect("beveiliging")
    zichtbaar = request.session.get(_TONEN_TOT, 0) > time.time()
    ongebruikt = codes.get_unused_codes()
    context = {"codes": [_leesbaar(c) for c in ongebruikt] if zichtbaar else [], "over": len(ongebruikt)}
    return render(request, "toegang/beveiliging/herstelcodes.html", context)


@ingelogd
@gevoelig
def herstelcodes_bestand(request: HttpRequest) -> HttpResponse:
    """The same codes as a file, as long as the page shows them."""
    codes = _codes(request)
    if codes is None or request.session.get(_TONEN_TOT, 0) <= time.time():
        raise Http404("deze codes worden niet meer getoond")
    regels = ["Herstelcodes voor het IPS-subsidieportaal", "Elke code werkt één keer.", ""]
    regels += [_leesbaar(code) for code in codes.get_unused_codes()]
    antwoord = HttpResponse("\r\n".join(regels) + "\r\n", content_type="text/plain; charset=utf-8")
    antwoord.headers["Content-Disposition"] = 'attachment; filename="herstelcodes.txt"'
    return antwoord


@ingelogd
def herstelcodes_bewaard(request: HttpRequest) -> HttpResponse:
    """The person has the codes: from now on nobody can see them any more."""
    if request.method != "POST":
        return niet_zo(request, ["POST"])
    request.session.pop(_TONEN_TOT, None)
    messages.success(request, "Goed. Bewaar uw herstelcodes op een plek waar alleen u bij kunt.")
    return redirect("start")


def _toon_codes(request: HttpRequest) -> None:
    request.session[_TONEN_TOT] = int(time.time()) + TOON_CODES


def _codes(request: HttpRequest) -> RecoveryCodes | None:
    rij = Authenticator.objects.filter(user=_wie(request), type=Authenticator.Type.RECOVERY_CODES).first()
    return RecoveryCodes(rij) if rij is not None else None


def _leesbaar(code: str) -> str:
    return f"{code[:5]} {code[5:]}"


def _wie(request: HttpRequest) -> Gebruiker:
    assert isinstance(request.user, Gebruiker)
    return request.user

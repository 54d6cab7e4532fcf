"""Asking again who is there: by the strongest means that the account has, on a page of its own or within a POST."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from ips_subsidie.toegang.factor import heeft_tweede_factor
from ips_subsidie.toegang.models import Gebruiker
from ips_subsidie.toegang.oidc.sessie import inlogdienst_van
from ips_subsidie.toegang.poort import ingelogd
from ips_subsidie.toegang.web.factorformulieren import CodeBevestigen, PasskeyBevestigen, WachtwoordBevestigen

# What comes along with a POST that was asked this question, apart from what was typed in it.
VOORVOEGSEL = "bevestiging"
PASSKEY = "passkey"


class Vraag:
    """The question for the person of this request: which ways there are, and whether the answer was right."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        assert isinstance(request.user, Gebruiker)
        wie = request.user
        soorten = set(Authenticator.objects.filter(user=wie).values_list("type", flat=True))
        self.passkey = Authenticator.Type.WEBAUTHN in soorten
        met_code = bool(soorten)
        self.via_organisatie = inlogdienst_van(request) is not None
        gegevens = request.POST if self._gegeven() else None
        self.form: CodeBevestigen | WachtwoordBevestigen | None = None
        if met_code:
            self.form = CodeBevestigen(
                None if self._met_passkey() else gegevens, user=wie, prefix=VOORVOEGSEL
            )
        elif wie.has_usable_password() and not heeft_tweede_factor(request):
            # Who came in through the own organisatie proves it there again: a password is less than that was.
            self.form = WachtwoordBevestigen(gegevens, user=wie, prefix=VOORVOEGSEL)
        if self.form is not None:
            self.form.helper.disable_csrf = True  # the page has it, around this form and the passkey
        self.passkeyform = PasskeyBevestigen(
            gegevens if self._met_passkey() else None, user=wie, prefix=PASSKEY
        )

    def _gegeven(self) -> bool:
        return any(naam.startswith((f"{VOORVOEGSEL}-", f"{PASSKEY}-")) for naam in self.request.POST)

    def _met_passkey(self) -> bool:
        return bool(self.request.POST.get(f"{PASSKEY}-credential"))

    def goed_beantwoord(self) -> bool:
        """Checks the answer, if there is one, and keeps in the session that it was right."""
        if self.passkey and self.passkeyform.is_bound and self.passkeyform.is_valid():
            self.passkeyform.save()
            return True
        if self.form is None or not self.form.is_bound or not self.form.is_valid():
            return False
        if isinstance(self.form, CodeBevestigen):
            self.form.save()
        else:
            reauthenticate_by_password(self.request)
        return True

    def pagina(
        self, *, actie: str, vervolg: str, meegenomen: list[tuple[str, str]], status: int = 200
    ) -> HttpResponse:
        context: dict[str, Any] = {
            "form": self.form,
            "actie": actie,
            "meegenomen": meegenomen,
            "met_bestand": bool(self.request.FILES),
            "passkey": passkeyvraag(webauthn.begin_authentication(self.request.user)) if self.passkey else "",
            "passkeyfouten": self.passkeyform.errors.get("credential", [])
            if self.passkeyform.is_bound
            else [],
            "organisatie_url": _bij_de_organisatie("" if actie else vervolg) if self.via_organisatie else "",
        }
        return render(self.request, "toegang/beveiliging/bevestigen.html", context, status=status)


def passkeyvraag(opties: Any) -> str:
    """What the browser is asked, as JSON for an attribute: a script within the page is not allowed there."""
    return json.dumps(opties, cls=DjangoJSONEncoder)


@ingelogd
def bevestigen(request: HttpRequest) -> HttpResponse:
    """The question on a page of its own; the right answer leads on to what was asked for."""
    vervolg = get_next_redirect_url(request) or reverse("beveiliging")
    vraag = Vraag(request)
    if request.method == "POST" and vraag.goed_beantwoord():
        return redirect(vervolg)
    return vraag.pagina(actie="", vervolg=vervolg, meegenomen=[("next", vervolg)])


def bevestig_of_vraag(request: HttpRequest) -> HttpResponse | None:
    """For a POST to a sensitive page: None when it holds the right answer, else the question with all it brought.

    A file can't be brought along: such a form begins anew after the answer.
    """
    vraag = Vraag(request)
    if request.method == "POST" and vraag.goed_beantwoord():
        return redirect(request.get_full_path()) if f"{VOORVOEGSEL}-bestand" in request.POST else None
    meegenomen = [
        (naam, waarde)
        for naam, waarden in request.POST.lists()
        for waarde in waarden
        if naam != "csrfmiddlewaretoken" and not naam.startswith((f"{VOORVOEGSEL}-", f"{PASSKEY}-"))
    ]
    if request.FILES or f"{VOORVOEGSEL}-bestand" in request.POST:
        meegenomen.append((f"{VOORVOEGSEL}-bestand", "1"))
    hier = request.get_full_path()
    return vraag.pagina(actie=hier, vervolg=hier, meegenomen=meegenomen, status=403)


def _bij_de_organisatie(vervolg: str) -> str:
    """Where somebody without password and factor proves it: at the service of the own organisatie."""
    return f"{reverse('oidc_bevestigen')}?{urlencode({'next': vervolg or reverse('beveiliging')})}"

"""Inviting colleagues, ending their access, and coming in by an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.toegang import factorbeheer, limieten, uitnodigen
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap, Uitnodiging
from ips_subsidie.toegang.poort import gevoelig, openbaar, voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, Rol
from ips_subsidie.toegang.web.factorformulieren import HerstelFormulier
from ips_subsidie.toegang.web.formulieren import (
    AannemenFormulier,
    AannemenMetAccountFormulier,
    FunctieFormulier,
    UitnodigFormulier,
)
from ips_subsidie.toegang.web.fouten import te_vaak

if TYPE_CHECKING:
    from ips_subsidie.toegang.actor import Actor

PER_PAGINA = 25


@openbaar
@sensitive_post_parameters("wachtwoord", "herhaling")
def uitnodiging(request: HttpRequest, sleutel: str) -> HttpResponse:
    """The page behind the link in the mail. One that is used, expired or forged says: ask for a new one."""
    if not limieten.mag_nog(request, "uitnodiging"):
        return te_vaak(request)
    gevonden = uitnodigen.uitnodiging_van(sleutel, nu())
    if gevonden is None:
        limieten.mag(request, "uitnodiging")
        return render(request, "toegang/uitnodiging_ongeldig.html", status=404)
    heeft_account = Gebruiker.objects.filter(email__iexact=gevonden.email).exists()
    soort = AannemenMetAccountFormulier if heeft_account else AannemenFormulier
    form = soort(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if heeft_account and not _mag_raden(request, gevonden):
            return te_vaak(request)
        if _neem_aan(form, gevonden):
            messages.success(request, "Gelukt. U kunt nu inloggen met uw e-mailadres en uw wachtwoord.")
            return redirect("start")
    context = {"form": form, "uitnodiging": gevonden, "heeft_account": heeft_account}
    return render(request, "toegang/uitnodiging.html", context)


def _mag_raden(request: HttpRequest, gevonden: Uitnodiging) -> bool:
    """Asking for the password of an account is a login: the same limits hold."""
    return limieten.mag(request, "login_failed", f"uitnodiging:{gevonden.email}")


def _neem_aan(form: Form, gevonden: Uitnodiging) -> bool:
    velden = form.cleaned_data
    try:
        uitnodigen.neem_aan(
            gevonden, naam=velden.get("naam", ""), wachtwoord=velden["wachtwoord"], nu=nu()
        )  # fmt: skip
    except ValidationError as fout:
        form.add_error(None, fout)
        return False
    return True


@voor(*uitnodigen.NODIGT_UIT)
@gevoelig
def collegas(request: HttpRequest) -> HttpResponse:
    """Who works for the own organisatie, and who was invited; a form to invite one more."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    assert actor.organisatie is not None
    gestuurd = request.POST if request.method == "POST" else None
    form = UitnodigFormulier(gestuurd, organisatie=actor.organisatie)
    if request.method == "POST" and form.is_valid():
        if not limieten.mag(request, "uitnodigen"):
            form.add_error(
                None, "U nodigde veel mensen uit in korte tijd. Wacht een uur en probeer het dan opnieuw."
            )
        elif _nodig_uit(form, actor):
            return _uitgenodigd(request, form)
    moment = nu()
    uitgenodigd = Uitnodiging.objects.filter(
        organisatie=actor.organisatie, gebruikt_op__isnull=True, verloopt_op__gt=moment
    )
    context = {
        "form": form,
        "pagina": _bladzijde(request, _leden(actor)),
        "uitgenodigd": uitgenodigd[:PER_PAGINA],
        "eigen_id": actor.gebruiker_id,
        "met_functies": actor.is_gemeente,
        "organisatie": actor.organisatie,
        "vandaag": vandaag(),
    }
    return render(request, "toegang/collegas.html", context)


def _uitgenodigd(request: HttpRequest, form: UitnodigFormulier) -> HttpResponse:
    messages.success(request, f"De uitnodiging gaat binnen enkele minuten naar {form.cleaned_data['email']}.")
    return redirect("collegas")


def _leden(actor: Actor) -> QuerySet[Lidmaatschap]:
    return (
        Lidmaatschap.objects.geldig_op(vandaag())
        .filter(organisatie=actor.organisatie)
        .select_related("gebruiker")
        .order_by("gebruiker__naam", "rol", "pk")
    )


def _bladzijde(request: HttpRequest, leden: QuerySet[Lidmaatschap]) -> Page[Lidmaatschap]:
    return Paginator(leden, PER_PAGINA).get_page(request.GET.get("pagina"))


def _nodig_uit(form: UitnodigFormulier, actor: Actor) -> bool:
    assert actor.organisatie is not None
    velden = form.cleaned_data
    try:
        uitnodigen.nodig_uit(
            velden["email"],
            actor.organisatie,
            Rol(velden["rol"]),
            actor,
            nu=nu(),
            functie=velden.get("functie", ""),
        )
    except ValidationError as fout:
        form.add_error(None, fout)
        return False
    return True


@voor(*(rol for rol in uitnodigen.NODIGT_UIT if rol in GEMEENTEROLLEN))
@gevoelig
def functie(request: HttpRequest, nummer: int) -> HttpResponse:
    """The functie of a colleague, or of oneself; another organisatie's lidmaatschap isn't there."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    lid = get_object_or_404(_leden(actor), pk=nummer)
    gestuurd = request.POST if request.method == "POST" else None
    form = FunctieFormulier(gestuurd, initial={"functie": lid.functie})
    if request.method == "POST" and form.is_valid():
        try:
            uitnodigen.geef_functie(lid, form.cleaned_data["functie"], actor, nu=nu())
        except ValidationError as fout:
            form.add_error(None, " ".join(fout.messages))
        else:
            messages.success(request, f"De functie van {lid.gebruiker} is opgeslagen.")
            return redirect("collegas")
    return render(request, "toegang/functie.html", {"lid": lid, "form": form})


@voor(*uitnodigen.NODIGT_UIT)
@gevoelig
def herstellen(request: HttpRequest, nummer: int) -> HttpResponse:
    """Take the second factor of a colleague away who lost everything; asks first, or says why it can't be."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    lid = get_object_or_404(_leden(actor), pk=nummer)
    form = HerstelFormulier(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            factorbeheer.herstel(lid, actor, nu=nu())
        except ValidationError as fout:
            form.add_error(None, " ".join(fout.messages))
        else:
            messages.success(request, f"De tweede stap van {lid.gebruiker} is verwijderd.")
            return redirect("collegas")
    bezwaar = factorbeheer.waarom_niet(lid, actor, vandaag())
    return render(request, "toegang/herstellen.html", {"lid": lid, "form": form, "bezwaar": bezwaar})


@voor(*uitnodigen.NODIGT_UIT)
@gevoelig
def beeindigen(request: HttpRequest, nummer: int) -> HttpResponse:
    """Asks first; another organisatie's lidmaatschap isn't there."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    lid = get_object_or_404(_leden(actor), pk=nummer)
    if request.method != "POST":
        context = {"lid": lid, "zelf": lid.gebruiker_id == actor.gebruiker_id}
        return render(request, "toegang/beeindigen.html", context)
    try:
        uitnodigen.beeindig(lid, actor, nu=nu())
    except ValidationError as fout:
        messages.error(request, " ".join(fout.messages))
    else:
        rol = lid.get_rol_display().lower()
        messages.success(request, f"De toegang van {lid.gebruiker} als {rol} is beëindigd.")
    return redirect("collegas")

"""What the page of any act does: call it with the key of its form, and show a refusal with nothing typed lost."""

from __future__ import annotations

from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.handelingen.models import Uitvoering
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import nu
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.factor import is_vers
from ips_subsidie.vormgeving.formulieren import Formulier

M = TypeVar("M", bound=Model)
VEROUDERD = "verouderd"
ONBEVESTIGD = (
    "Bevestig eerst opnieuw dat u het bent: open in een ander tabblad “Beveiliging” en dan “Herstelcodes”. "
    "Verstuur dit formulier daarna nog een keer."
)


def actor_van(request: HttpRequest) -> Actor:
    """The actor of a view that is behind the gate, and so has one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def gestuurd(request: HttpRequest) -> Any:
    """The data to bind a form to; also an empty POST was sent."""
    return request.POST if request.method == "POST" else None


def voer_uit(
    request: HttpRequest, handeling: Handeling[Any, Any], deel: Any, formulier: Formulier, **invoer: Any
) -> Any:
    """Call an act with the key of a valid form. On refusal the reasons go to the form and the result is None."""
    if handeling.gevoelig and settings.HERBEVESTIGEN and not is_vers(request):
        # The threshold of its own page asked already (toegang.drempels); this is for an act on another page.
        formulier.fout_van([Reden("bevestigen", ONBEVESTIGD)])
        return None
    try:
        return handeling(
            deel, actor_van(request), nu=nu(), sleutel=formulier.cleaned_data["sleutel"], **invoer
        )
    except HandelingGeweigerd as weigering:
        formulier.fout_van(weigering)
        if "sleutel" in weigering.codes:
            formulier.met_nieuwe_sleutel()
        return None


def gelukt(
    request: HttpRequest, handeling: Handeling[Any, Any], deel: Any, formulier: Formulier, **over: Any
) -> Any:
    """The result of the act after a good POST; None on a GET, a form with errors or a refusal.

    The fields of the form are the input of the act, or what its method `invoer` makes of them; `over` comes next
    to them or in their place.
    """
    if request.method != "POST" or not formulier.is_valid():
        return None
    maak = getattr(formulier, "invoer", None)
    velden = (
        maak()
        if maak
        else {n: w for n, w in formulier.cleaned_data.items() if n not in ("versie", "sleutel")}
    )
    return voer_uit(request, handeling, deel, formulier, **(velden | over))


def is_herhaling(request: HttpRequest, formulier: Formulier) -> bool:
    """Was this valid form carried out before? Then the act gives its first result, whatever is true by now."""
    sleutel = formulier.cleaned_data["sleutel"]
    return Uitvoering.objects.filter(gebruiker=actor_van(request).persoon, sleutel=sleutel).exists()


def verouderd(request: HttpRequest, formulier: Formulier, versie: int, melding: str) -> bool:
    """Was this valid form made from another version? Then it says so, and sending it again is a choice."""
    if formulier.cleaned_data["versie"] in (None, versie) or is_herhaling(request, formulier):
        return False
    formulier.met_versie(versie)
    formulier.fout_van([Reden(VEROUDERD, melding)])
    return True


def toon_handeling(
    request: HttpRequest,
    sjabloon: str,
    handeling: Handeling[Any, Any],
    formulier: Formulier,
    redenen: list[Reden],
    **context: Any,
) -> HttpResponse:
    """The page of an act: its form, or the `redenen` that stand in its way. A stale form answers with 409."""
    stale = formulier.is_bound and formulier.has_error(NON_FIELD_ERRORS, VEROUDERD)
    formulier.helper.form_show_errors = False  # these pages put the summary on top
    # Not the act itself: a template calls what can be called.
    context |= {"form": formulier, "titel": handeling.titel, "code": handeling.code, "redenen": redenen}
    return render(request, sjabloon, context, status=409 if stale else 200)


def vanaf(request: HttpRequest) -> int:
    """The number of rows that the URL says to skip; rubbish is none."""
    getypt = request.GET.get("na", "")
    return int(getypt) if getypt.isascii() and getypt.isdigit() and len(getypt) < 7 else 0


def bladzijde(rijen: QuerySet[M], aantal: int, na: int) -> tuple[list[M], bool]:
    """`aantal` rows from `na` on, and whether there are more; one row extra is read instead of counting all."""
    gelezen = list(rijen[na : na + aantal + 1])
    return gelezen[:aantal], len(gelezen) > aantal


def blader_urls(request: HttpRequest, na: int, aantal: int, meer: bool) -> dict[str, str]:
    """The addresses of the previous and next page, with the filters kept."""

    def adres(begin: int) -> str:
        vraag = request.GET.copy()
        vraag["na"] = str(begin)
        return f"?{vraag.urlencode()}"

    return {
        "volgende": adres(na + aantal) if meer else "",
        "vorige": adres(max(0, na - aantal)) if na else "",
    }

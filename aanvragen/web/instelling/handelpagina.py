"""One page for one act: say what it does, ask what it needs, do it once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from aanvragen.models import Aanvraag
from aanvragen.web.hulp import actor_van, voer_uit
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.kalender.klok import nu
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.onderdelen import Rij


@dataclass(frozen=True)
class Handelpagina:
    """What the page says. `invoer` makes the arguments of the act from the cleaned data of the form."""

    handeling: Handeling[Any, Any]
    kop: str
    gelukt: str
    uitleg: Sequence[str] = ()
    rijen: Sequence[Rij] = ()
    invoer: Callable[[dict[str, Any]], dict[str, Any]] = field(default=lambda gegevens: {})
    # Where to go when it is done; the dossier when empty.
    terug: str = ""


def weg_als_het_niet_kan(
    request: HttpRequest, handeling: Handeling[Any, Any], deel: Any, aanvraag: Aanvraag
) -> HttpResponse | None:
    """To the dossier, saying why, when this act isn't offered any more; a POST is answered by the act itself."""
    bezwaren = handeling.bezwaren(deel, actor_van(request))
    if not bezwaren or request.method == "POST":
        return None
    messages.warning(request, bezwaren[0].tekst)
    return redirect("aanvragen:dossier", aanvraag.pk)


def toon_of_doe(
    request: HttpRequest, pagina: Handelpagina, deel: Any, aanvraag: Aanvraag, formulier: Formulier
) -> HttpResponse:
    """GET shows the page; POST does the act and goes to the dossier, or shows why not with all that was typed."""
    weg = weg_als_het_niet_kan(request, pagina.handeling, deel, aanvraag)
    if weg is not None:
        return weg
    if request.method == "POST" and formulier.is_valid():
        voer_uit(request, pagina.handeling, deel, formulier, **pagina.invoer(formulier.cleaned_data))
        if not formulier.errors:
            messages.success(request, pagina.gelukt)
            return redirect(pagina.terug) if pagina.terug else redirect("aanvragen:dossier", aanvraag.pk)
    context = {
        "aanvraag": aanvraag,
        "pagina": pagina,
        "formulier": formulier,
        "dossier_url": reverse("aanvragen:dossier", args=[aanvraag.pk]),
        "belet": [] if formulier.is_bound else _belet(request, pagina, deel),
    }
    return render(request, "aanvragen/instelling/handeling.html", context)


def _belet(request: HttpRequest, pagina: Handelpagina, deel: Any) -> list[str]:
    return list(dict.fromkeys(r.tekst for r in pagina.handeling.redenen(deel, actor_van(request), nu())))

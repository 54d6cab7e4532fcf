"""What the pages of every party share: fetching a dossier that may be seen, and calling an act from a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from aanvragen.models import Aanvraag, Traject, Verlenging
from ips_subsidie.handelingen.kern import Handeling, Mogelijk, mogelijke_handelingen
from ips_subsidie.handelingen.models import Uitvoering
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.schrijven import Onderwerp, lees, weiger_inzage
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.onderdelen import Actie

M = TypeVar("M", bound=Model)

_DOSSIER = (
    "instelling__organisatie",
    "gemeente",
    "regeling",
    "regeling_versie",
    "reservering",
    "behandelaar_uwv",
    "deelnemer",
    "behandeling",
    "beoordeling",
    "traject",
    "toestemming_organisatie",
)


def actor_van(request: HttpRequest) -> Actor:
    """The actor of a view that is behind the gate, and so has one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def haal_dossier(
    request: HttpRequest,
    nummer: UUID,
    *,
    waarvoor: str = "dossier.bekijken",
    erbij: Mapping[str, Any] | None = None,
) -> Aanvraag:
    """The dossier with this number that the actor may see; its reading is logged. Raises Http404 for every other.

    A foreign dossier and one that doesn't exist answer alike, but the first leaves a line in the logboek (T86, T87).
    `erbij` are annotations for the same query.
    """
    aanvraag = (
        Aanvraag.objects.zichtbaar_voor(actor_van(request))
        .select_related(*_DOSSIER)
        .annotate(**(erbij or {}))
        .filter(pk=nummer)
        .first()
    )
    if aanvraag is None:
        if Aanvraag.objects.filter(pk=nummer).exists():
            weiger_inzage(request, waarvoor, Onderwerp("aanvragen.aanvraag", str(nummer), dossier_id=nummer))
        raise Http404
    lees(request, waarvoor, aanvraag.onderwerp())
    actor = actor_van(request)
    if actor.is_gemeente:
        # `zichtbaar_voor` found out that it is theirs; the buttons needn't ask that again.
        aanvraag.__dict__["_gemeente_van"] = {actor.organisatie_id: True}
    return aanvraag


def haal_traject(request: HttpRequest, nummer: UUID) -> Traject:
    """As `haal_dossier`, for a traject by its own number."""
    dossier = Traject.objects.filter(pk=nummer).values_list("aanvraag_id", flat=True).first()
    if dossier is None:
        raise Http404
    return haal_dossier(request, dossier).traject


def haal_verlenging(request: HttpRequest, nummer: UUID) -> Verlenging:
    """As `haal_dossier`, for a verlenging by its own number."""
    dossier = Verlenging.objects.filter(pk=nummer).values_list("traject__aanvraag_id", flat=True).first()
    if dossier is None:
        raise Http404
    traject = haal_dossier(request, dossier).traject
    verlenging: Verlenging = traject.verlengingen.select_related("beoordelaar", "gevraagd_door").get(
        pk=nummer
    )
    verlenging.traject = traject
    return verlenging


def voer_uit(
    request: HttpRequest, handeling: Handeling[Any, Any], deel: Any, formulier: Formulier, **invoer: Any
) -> Any:
    """Call an act with the key of a valid form. On refusal the reasons go to the form and the result is None."""
    try:
        return handeling(
            deel, actor_van(request), nu=nu(), sleutel=formulier.cleaned_data["sleutel"], **invoer
        )
    except HandelingGeweigerd as weigering:
        formulier.fout_van(weigering)
        if "sleutel" in weigering.codes:
            formulier.met_nieuwe_sleutel()
        return None


def mogelijkheden(request: HttpRequest, *delen: Any) -> list[Mogelijk]:
    """What this actor can do now on each of these objects."""
    moment = nu()
    return [
        m
        for deel in delen
        if deel is not None
        for m in mogelijke_handelingen(deel, actor_van(request), moment)
    ]


def te_tonen(mogelijk: Iterable[Mogelijk]) -> list[Mogelijk]:
    """The acts that a page offers: all that can be done, and what the way ahead is blocked by.

    A blocked act is shown, with its reasons, only if it is a primary one and no other primary one can be done.
    """
    lijst = list(mogelijk)
    kan_vooruit = any(m.kan and m.handeling.knop == "primair" for m in lijst)
    return [m for m in lijst if m.kan or (m.handeling.knop == "primair" and not kan_vooruit)]


def acties(mogelijk: Iterable[Mogelijk], adressen: dict[str, str]) -> list[Actie]:
    """Buttons for the acts; `adressen` gives the page of an act by its code."""
    soorten: dict[str, Any] = {"primair": "primair", "secundair": "tweede", "gevaar": "gevaar"}
    return [
        Actie(
            m.handeling.titel,
            adressen[m.handeling.code],
            methode="post" if m.handeling.direct else "get",
            sleutel=str(uuid4()) if m.handeling.direct else "",
            soort=soorten[m.handeling.knop],
            redenen=[r.tekst for r in m.redenen],
        )
        for m in te_tonen(mogelijk)
    ]


def bladzijde(rijen: QuerySet[M], aantal: int, na: int) -> tuple[list[M], bool]:
    """`aantal` rows from `na` on, and whether there are more; one row extra is read instead of counting all."""
    gelezen = list(rijen[na : na + aantal + 1])
    return gelezen[:aantal], len(gelezen) > aantal


def gestuurd(request: HttpRequest) -> Any:
    """The data to bind a form to; also an empty POST was sent."""
    return request.POST if request.method == "POST" else None


def in_de_weg(request: HttpRequest, handeling: Handeling[Any, Any], deel: Any) -> list[Reden]:
    """Why this act can't be done now, to say so before somebody fills in its form."""
    actor = actor_van(request)
    return handeling.bezwaren(deel, actor) or handeling.redenen(deel, actor, nu())


def gelukt(
    request: HttpRequest, handeling: Handeling[Any, Any], deel: Any, formulier: Formulier, **over: Any
) -> Any:
    """The result of the act after a good POST; None on a GET, a form with errors, a stale form or a refusal.

    The fields of the form are the input of the act, or what its method `invoer` makes of them; `over` comes next
    to them or in their place.
    """
    if request.method != "POST" or not formulier.is_valid() or _verouderd(request, deel, formulier):
        return None
    maak = getattr(formulier, "invoer", None)
    velden = (
        maak()
        if maak
        else {n: w for n, w in formulier.cleaned_data.items() if n not in ("versie", "sleutel")}
    )
    return voer_uit(request, handeling, deel, formulier, **(velden | over))


def toon_handeling(
    request: HttpRequest,
    sjabloon: str,
    handeling: Handeling[Any, Any],
    deel: Any,
    formulier: Formulier,
    **context: Any,
) -> HttpResponse:
    """The page of an act: its form, or what stands in the way. A stale form answers with 409."""
    redenen = in_de_weg(request, handeling, deel) if request.method != "POST" else []
    verouderd = formulier.is_bound and formulier.has_error(NON_FIELD_ERRORS, "verouderd")
    formulier.helper.form_show_errors = False  # these pages put the summary on top
    # Not the act itself: a template calls what can be called.
    context |= {"form": formulier, "titel": handeling.titel, "code": handeling.code, "redenen": redenen}
    return render(request, sjabloon, context, status=409 if verouderd else 200)


def _verouderd(request: HttpRequest, deel: Any, formulier: Formulier) -> bool:
    """Was the form made from another version? A repeated request is not stale: it has been carried out."""
    versie = getattr(deel, "versie", None)
    if versie is None or formulier.cleaned_data["versie"] in (None, versie):
        return False
    sleutel = formulier.cleaned_data["sleutel"]
    if Uitvoering.objects.filter(gebruiker=actor_van(request).persoon, sleutel=sleutel).exists():
        return False
    formulier.met_versie(versie)
    formulier.fout_van([
        Reden(
            "verouderd",
            f"Dit dossier is veranderd terwijl u bezig was. De status is nu “{deel.get_status_display()}”. "
            "Wat u invulde, staat er nog. Controleer het en verstuur het opnieuw.",
        )
    ])  # fmt: skip
    return True


def vanaf(request: HttpRequest) -> int:
    """The number of rows that the URL says to skip; rubbish is none."""
    getypt = request.GET.get("na", "")
    return int(getypt) if getypt.isascii() and getypt.isdigit() and len(getypt) < 7 else 0


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


def met_filter(request: HttpRequest, **waarden: str) -> str:
    """This page's query with other values; an empty one takes the filter away, and the list begins anew."""
    vraag = request.GET.copy()
    vraag.pop("na", None)
    for naam, waarde in waarden.items():
        if waarde:
            vraag[naam] = waarde
        else:
            vraag.pop(naam, None)
    return f"?{vraag.urlencode()}"

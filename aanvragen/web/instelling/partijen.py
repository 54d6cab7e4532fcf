"""Who receives, decides and pays, in the words of the pages: from the regeling and the route, never by name of it."""

from __future__ import annotations

from aanvragen.models import Aanvraag
from budget.regels.regeling import Bedrag, Regelinginhoud, Route
from ips_subsidie.vormgeving.templatetags.opmaak import euro


def beslisser_van(inhoud: Regelinginhoud) -> str:
    """Who decides by this regeling, as far as that is sure before there is a route."""
    gemeente = {route.gemeente_beslist for route in inhoud.routes}
    if gemeente == {True}:
        return "de gemeente"
    return "UWV" if gemeente == {False} else "UWV of de gemeente"


def ontvanger_van(aanvraag: Aanvraag) -> str:
    """Who receives this aanvraag and decides about it, as it stands in the middle of a sentence."""
    route = aanvraag.routeregels
    if route is None:
        return beslisser_van(aanvraag.inhoud)
    if not route.gemeente_beslist:
        return "UWV"
    return f"de gemeente {aanvraag.gemeente.naam}" if aanvraag.gemeente is not None else "de gemeente"


def met_hoofdletter(zin: str) -> str:
    return zin[:1].upper() + zin[1:]


def uitleg_route(route: Route, inhoud: Regelinginhoud) -> str:
    """What a route means to the person who fills in the form."""
    if route.gemeente_beslist:
        beslist = "De gemeente beslist."
    elif route.toestemming:
        beslist = "De gemeente moet eerst toestemming geven."
    else:
        beslist = "Er is geen toestemming nodig."
    return f"{beslist} {betaalt(route, inhoud)}"


def betaalt(route: Route, inhoud: Regelinginhoud) -> str:
    """Who pays what; by duration where the doelgroepen differ."""
    per_duur = {d.maanden: route.bedrag_voor(d.code) for d in inhoud.doelgroepen}
    if len(set(per_duur.values())) == 1:
        zin = f"Het Rijk betaalt {_delen(next(iter(per_duur.values())))}."
    else:
        delen = [f"{_delen(bedrag)} voor {duur} maanden" for duur, bedrag in sorted(per_duur.items())]
        zin = f"Het Rijk betaalt {', '.join(delen[:-1])} en {delen[-1]}."
    return f"{zin} Dit zijn voorbeeldbedragen." if route.voorbeeldbedragen else zin


def _delen(bedrag: Bedrag) -> str:
    rijk = str(euro(bedrag.rijk_cent))
    return f"{rijk}, de gemeente {euro(bedrag.gemeente_cent)}" if bedrag.gemeente_cent else rijk

"""The check of the gemeente: its page, and its rows for the pages that show it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from aanvragen.handelingen.gemeentetoets import vastleggen as leg_vast
from aanvragen.models import Aanvraag
from aanvragen.models.gemeentetoets import Gemeentetoets, laatste_toets
from aanvragen.web import hulp
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import bsn_gemaskeerd, datum, tijdstip
from ips_subsidie.vormgeving.velden import JaNeeVeld, TekstVeld


class GemeentetoetsFormulier(Formulier):
    uitkering_klopt = JaNeeVeld(
        label="Klopt de uitkering?",
        help_text="Kijk in uw eigen administratie of de inwoner deze uitkering heeft, of geen uitkering.",
    )
    ander_traject = JaNeeVeld(label="Volgt de inwoner al een ander traject naar werk?")
    voorzieningen = TekstVeld(
        label="Welke voorzieningen lopen al?",
        help_text="Bijvoorbeeld loonkostensubsidie of een jobcoach. Schrijf geen medische gegevens op.",
        required=False,
        regels=3,
        max_length=1000,
    )
    verplicht = {
        "uitkering_klopt": "Kies of de uitkering klopt.",
        "ander_traject": "Kies of de inwoner al een ander traject volgt.",
    }
    knop = "Toets vastleggen"


@voor(*GEMEENTEROLLEN)
def vastleggen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """Fill in the check; what was found before stands in the form."""
    aanvraag = hulp.haal_dossier(request, nummer, waarvoor="gemeentetoets.vastleggen")
    eerder = laatste_toets(aanvraag)
    formulier = GemeentetoetsFormulier(
        hulp.gestuurd(request), versie=aanvraag.versie, initial=_velden(eerder) if eerder else {}
    )
    if hulp.gelukt(request, leg_vast, aanvraag, formulier):
        messages.success(request, "De gemeentetoets is vastgelegd.")
        return redirect("aanvragen:dossier", nummer)
    return hulp.toon_handeling(
        request,
        "aanvragen/gemeente/gemeentetoets.html",
        leg_vast,
        aanvraag,
        formulier,
        aanvraag=aanvraag,
        rijen=_rijen(aanvraag),
        eerder=toets_rijen(eerder),
    )


def toets_rijen(toets: Gemeentetoets | None) -> list[Rij]:
    """The check as rows for a summary; none when nobody has checked yet. For who works at the gemeente only."""
    if toets is None:
        return []
    return [
        Rij("Uitkering klopt", "Ja" if toets.uitkering_klopt else "Nee"),
        Rij("Volgt een ander traject", "Ja" if toets.ander_traject else "Nee"),
        Rij("Voorzieningen die al lopen", toets.voorzieningen or "Geen"),
        Rij("Getoetst door", f"{toets.vastgelegd_door}, {toets.organisatie}"),
        Rij("Getoetst op", tijdstip(toets.vastgelegd_op)),
    ]


def voor_toestemming(toets: Gemeentetoets | None) -> dict[str, object]:
    """What the check already answers of the form of the toestemming."""
    if toets is None:
        return {}
    return {
        "uitkering_klopt": toets.uitkering_klopt,
        "geen_ander_traject": not toets.ander_traject,
        "voorzieningen": toets.voorzieningen,
    }


def _velden(toets: Gemeentetoets) -> dict[str, object]:
    return {
        "uitkering_klopt": toets.uitkering_klopt,
        "ander_traject": toets.ander_traject,
        "voorzieningen": toets.voorzieningen,
    }


def _rijen(aanvraag: Aanvraag) -> list[Rij]:
    """Who it is about, and what the instelling said; nothing about the treatment (domain text, 5.5)."""
    d = aanvraag.deelnemer
    traject = {True: "Ja", False: "Nee", None: ""}[aanvraag.ander_traject]
    return [
        Rij("Naam", d.naam),
        Rij("Geboortedatum", datum(d.geboortedatum)),
        Rij("BSN", bsn_gemaskeerd(d.bsn)),
        Rij("Gemeente", aanvraag.gemeente.naam if aanvraag.gemeente else ""),
        Rij("Uitkering", aanvraag.get_uitkering_display()),
        Rij("Volgt een ander traject", traject),
        Rij("Ggz-instelling", aanvraag.instelling.naam),
    ]

"""Who looked in this dossier and who did something in it: the report for who answers for the dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from aanvragen.web.dossier.tijdlijn import titel_van
from aanvragen.web.hulp import actor_van, blader_urls, bladzijde, haal_dossier, vanaf
from ips_subsidie.handelingen.kern import REGISTER
from ips_subsidie.logboek.inzagen import regels_van_dossier
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import Rol

PER_PAGINA = 50
# Who answers at an organisatie for how her people use a dossier.
LOGBOEKROLLEN = (Rol.INSTELLINGSBEHEERDER, Rol.GEMEENTEBESLISSER, Rol.UWV_BESLISSER)

# What somebody looked at, in words.
BEKEKEN = {
    "aanvraag.bevestiging": "Bevestiging van het versturen bekeken",
    "aanvraag.controleren": "Aanvraag nagelopen voor het versturen",
    "aanvraag.invullen": "Formulier van de aanvraag bekeken",
    "aanvraag.ondertekenen": "Tekst voor de deelnemer bekeken",
    "aanvragen.lijst": "In de lijst met aanvragen gezien",
    "agendapunt.bekijken": "Op de agenda van een overleg gezien",
    "beheer.inzage": "Met een reden bekeken door beheer",
    "besluit.voorbeeld": "Voorbeeld van een besluit bekeken",
    "bijlage.downloaden": "Bijlage gedownload",
    "brief.downloaden": "Brief gedownload",
    "dossier.bekijken": "Dossier bekeken",
    "dossier.logboek": "Logboek van het dossier bekeken",
    "factuur.bestand": "Bestand van een factuur gedownload",
    "gesprek.bestand_downloaden": "Bijlage van het gesprek gedownload",
    "gesprek.lezen": "Gesprek bekeken",
    "handtekening.bekijken": "Handtekening bekeken",
    "inzage.bekijken": "Gegevens voor de deelnemer bekeken (inzage)",
    "inzage.downloaden": "Gegevens voor de deelnemer gedownload (inzage)",
    "ontvangst.bekijken": "Bewijs van ontvangst bekeken",
    "trajecten.lijst": "In de lijst met trajecten gezien",
    "voordracht.bekijken": "Voordracht bekeken",
    "voordracht.lijst": "In de lijst met voordrachten gezien",
}


@dataclass(frozen=True)
class Logregel:
    """One line in words: what, by whom, and how it went."""

    op: datetime
    wat: str
    wie: str
    rol: str
    soort: str
    badge: str


_SOORT = {
    Soort.LEZING: ("Bekeken", "neutraal"),
    Soort.HANDELING: ("Gedaan", "info"),
    Soort.WEIGERING: ("Geweigerd", "let_op"),
    Soort.GEBEURTENIS: ("Gebeurd", "neutraal"),
}


@voor(*LOGBOEKROLLEN)
def logboek(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """Newest first, a page at a time; looking at this page is a line itself."""
    actor = actor_van(request)
    aanvraag = haal_dossier(request, nummer, waarvoor="dossier.logboek")
    na = vanaf(request)
    regels, meer = bladzijde(regels_van_dossier(aanvraag.pk), PER_PAGINA, na)
    context = {
        "aanvraag": aanvraag,
        "regels": [in_woorden(regel, actor) for regel in regels],
        **blader_urls(request, na, PER_PAGINA, meer),
    }
    return render(request, "aanvragen/dossier/logboek.html", context)


def in_woorden(regel: Regel, actor: Actor) -> Logregel:
    """This line for this reader: a colleague by name, somebody elsewhere by organisatie and role."""
    soort, badge = _SOORT[Soort(regel.soort)]
    return Logregel(regel.op, wat_van(regel), _wie(regel, actor), _rol(regel), soort, badge)


def wat_van(regel: Regel) -> str:
    """What was looked at or done; of a refusal what was asked."""
    code = regel.handeling
    if regel.soort in (Soort.HANDELING, Soort.GEBEURTENIS):
        return titel_van(code)
    if code in BEKEKEN:
        return f"Gevraagd: {BEKEKEN[code].lower()}" if regel.soort == Soort.WEIGERING else BEKEKEN[code]
    titel = REGISTER[code].titel if code in REGISTER else titel_van(code)
    return f"Gevraagd: “{titel}”" if regel.soort == Soort.WEIGERING else f"Pagina “{titel}” bekeken"


def _wie(regel: Regel, actor: Actor) -> str:
    if regel.organisatie is None:
        return "Het portaal"
    if regel.organisatie_id == actor.organisatie_id and regel.gebruiker is not None:
        return f"{regel.gebruiker.naam}, {regel.organisatie.naam}"
    return regel.organisatie.naam


def _rol(regel: Regel) -> str:
    return Rol(regel.rol).label if regel.rol in Rol.values else ""

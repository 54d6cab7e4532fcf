"""What happened to a dossier, from the logboek, and what is still to come."""

from __future__ import annotations

from itertools import groupby

from aanvragen.models import Aanvraag
from aanvragen.web.dossier.stand import Stand, naam_van
from ips_subsidie.handelingen.kern import REGISTER
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol
from ips_subsidie.vormgeving.onderdelen import Gebeurtenis
from ips_subsidie.vormgeving.templatetags.opmaak import datum

HOOGSTENS = 200

# What only the organisatie that does it needs to see: how a form was filled in, who picked what up.
_INTERN_INSTELLING = frozenset({
    "aanvraag.beginnen", "aanvraag.onderdeel_opslaan", "aanvraag.bijlage_toevoegen", "aanvraag.bijlage_weghalen",
})  # fmt: skip
_INTERN_BESLISSER = frozenset(
    {
        "aanvraag.oppakken",
        "aanvraag.overnemen",
        "aanvraag.loslaten",
        "aanvraag.beoordelen",
        "bezwaar.oppakken",
        "bezwaar.voorstellen",
        "bezwaar.terugleggen",
        "verlenging.adviseren",
        "vaststelling.voorstellen",
        "dwangsom.voorstellen",
        "ingebrekestelling.afrekenen",
    }
)
# That who decides was late is between her and the instelling.
_TE_LAAT = frozenset({
    "ingebrekestelling.indienen", "ingebrekestelling.registreren", "ingebrekestelling.verbeuren",
    "ingebrekestelling.afsluiten", "dwangsom.vaststellen", "dwangsom.niet_verschuldigd", "dwangsom.betaald_melden",
})  # fmt: skip

# The conversation has a page of its own, where each reads what is meant for them; a notitie mustn't show here.
_GESPREK = frozenset({"gesprek.schrijven", "gesprek.antwoorden", "gesprek.gelezen"})

# The title of an act says what a button does; in the past it reads otherwise.
_GEBEURD = {
    "aanvraag.beginnen": "Aanvraag begonnen",
    "aanvraag.onderdeel_opslaan": "Gegevens ingevuld",
    "aanvraag.bijlage_toevoegen": "Bijlage toegevoegd",
    "aanvraag.bijlage_weghalen": "Bijlage weggehaald",
    "aanvraag.toestemming_vragen": "Toestemming gevraagd aan de gemeente",
    "aanvraag.toestemming_opnieuw_vragen": "Opnieuw toestemming gevraagd",
    "toestemming.verlenen": "Toestemming gegeven",
    "toestemming.weigeren": "Toestemming geweigerd",
    "toestemming.intrekken": "Toestemming ingetrokken",
    "aanvraag.indienen": "Aanvraag verstuurd",
    "aanvraag.oppakken": "Opgepakt",
    "aanvraag.overnemen": "Overgenomen",
    "aanvraag.loslaten": "Losgelaten",
    "aanvraag.in_behandeling_nemen": "In behandeling genomen",
    "aanvraag.aanvulling_vragen": "Aanvulling gevraagd",
    "aanvraag.aanvullen": "Aanvulling verstuurd",
    "aanvraag.beoordelen": "Beoordeeld",
    "aanvraag.doorzenden": "Doorgezonden naar een andere gemeente",
    "aanvraag.ondertekenen": "Ondertekend door de deelnemer",
    "aanvraag.budget_vragen": "Budget gevraagd bij UWV",
    "aanvraag.budget_reserveren": "Budget gereserveerd",
    "aanvraag.budget_weigeren": "UWV meldt dat er geen budget is",
    "aanvraag.reservering_verlopen": "Reservering van het budget verlopen",
    "aanvraag.toekennen": "Toegekend",
    "aanvraag.afwijzen": "Afgewezen",
    "aanvraag.buiten_behandeling": "Niet in behandeling genomen",
    "bezwaar.indienen": "Bezwaar gemaakt",
    "bezwaar.registreren": "Bezwaar ontvangen",
    "bezwaar.aanvullen": "Bezwaar aangevuld",
    "bezwaar.intrekken": "Bezwaar ingetrokken",
    "bezwaar.oppakken": "Bezwaar opgepakt",
    "bezwaar.ontvankelijkheid": "Ontvankelijkheid van het bezwaar beoordeeld",
    "bezwaar.herstel_vragen": "Gevraagd om het bezwaar aan te vullen",
    "bezwaar.hoorzitting_plannen": "Hoorzitting gepland",
    "bezwaar.gehoord": "Gehoord over het bezwaar",
    "bezwaar.afzien": "Afgezien van horen over het bezwaar",
    "bezwaar.advies_vastleggen": "Advies over het bezwaar vastgelegd",
    "bezwaar.verdagen": "Beslissing op bezwaar uitgesteld",
    "bezwaar.voorstellen": "Beslissing op bezwaar voorgesteld",
    "bezwaar.terugleggen": "Voorstel op het bezwaar teruggelegd",
    "bezwaar.beslissen": "Op het bezwaar beslist",
    "bezwaar.doorzenden": "Bezwaar doorgezonden",
    "aanvraag.voornemen_intrekken": "Voornemen om het besluit in te trekken",
    "intrekking.zienswijze_geven": "Gereageerd op het voornemen om in te trekken",
    "intrekking.afzien": "Voornemen om in te trekken gaat niet door",
    "aanvraag.besluit_intrekken": "Besluit ingetrokken",
    "ingebrekestelling.indienen": "Ingebrekestelling gestuurd",
    "ingebrekestelling.registreren": "Ingebrekestelling ontvangen",
    "ingebrekestelling.verbeuren": "De dwangsom is gaan lopen",
    "ingebrekestelling.afsluiten": "Na de ingebrekestelling op tijd beslist",
    "ingebrekestelling.afrekenen": "Dwangsom uitgerekend",
    "dwangsom.voorstellen": "Besluit over de dwangsom voorbereid",
    "dwangsom.vaststellen": "Dwangsom vastgesteld",
    "dwangsom.niet_verschuldigd": "Vastgesteld dat er geen dwangsom is",
    "dwangsom.betaald_melden": "Dwangsom betaald",
    "aanvraag.intrekken": "Aanvraag ingetrokken",
    "traject.starten": "Traject gestart",
    "traject.niet_starten": "Traject gaat niet door",
    "traject.stoppen": "Traject eerder gestopt",
    "stopbericht.bevestigen": "Stopbericht bevestigd",
    "stopbericht.verwerken": "Stopbericht verwerkt door UWV",
    "stopbericht.herroepen": "Stopbericht teruggedraaid",
    "traject.verslag_vragen": "Verslag gevraagd",
    "traject.verslag_indienen": "Verslag gestuurd",
    "vaststelling.termijn_stellen": "Nog een termijn gegeven voor het verslag",
    "vaststelling.voorstellen": "Vaststelling voorbereid",
    "vaststelling.lager_voorstellen": "Voornemen om lager vast te stellen",
    "vaststelling.zienswijze_geven": "Gereageerd op het voornemen",
    "vaststelling.vaststellen": "Subsidie vastgesteld",
    "traject.gebeurtenis_melden": "Gebeurtenis gemeld",
    "verlenging.vragen": "Verlenging gevraagd",
    "verlenging.intrekken": "Verzoek om verlenging ingetrokken",
    "verlenging.adviseren": "Verlenging beoordeeld",
    "verlenging.toekennen": "Verlenging toegekend",
    "verlenging.afwijzen": "Verlenging afgewezen",
    "voordracht.aannemen": "Voordracht van de gemeente aangenomen",
}


def tijdlijn(aanvraag: Aanvraag, stand: Stand, actor: Actor) -> list[Gebeurtenis]:
    """Oldest first, and at the end whose turn it is now."""
    regels = Regel.objects.filter(dossier_id=aanvraag.pk, soort=Soort.HANDELING)
    regels = regels.exclude(handeling__in=_verborgen(aanvraag, actor)).select_related(
        "gebruiker", "organisatie"
    )
    laatste = reversed(list(regels.order_by("-op", "-pk")[:HOOGSTENS]))
    stappen = []
    for _, groep in groupby(laatste, key=_zelfde):
        regel = list(groep)[-1]
        stappen.append(Gebeurtenis(titel_van(regel.handeling), regel.op, _wie(regel, actor)))
    if stand.partij.name != "NIEMAND":
        uiterlijk = f"Uiterlijk {datum(stand.uiterlijk)}" if stand.uiterlijk else ""
        wie = naam_van(stand.partij, aanvraag)
        stappen.append(Gebeurtenis(stand.taak, wie=wie[:1].upper() + wie[1:], tekst=uiterlijk, stand="nu"))
    return stappen


def titel_van(code: str) -> str:
    """An act in the past tense; one without words of its own by its title, any other by its code."""
    if code in _GEBEURD:
        return _GEBEURD[code]
    return (
        REGISTER[code].titel if code in REGISTER else code.replace("_", " ").replace(".", ": ").capitalize()
    )


def _verborgen(aanvraag: Aanvraag, actor: Actor) -> frozenset[str]:
    verborgen: frozenset[str] = _GESPREK
    if not actor.is_instelling:
        verborgen |= _INTERN_INSTELLING
    if actor.is_instelling or actor.is_gemeente != aanvraag.gemeente_beslist:
        verborgen |= _INTERN_BESLISSER
    if not actor.is_instelling and actor.is_gemeente != aanvraag.gemeente_beslist:
        verborgen |= _TE_LAAT
    return verborgen


def _zelfde(regel: Regel) -> tuple[object, ...]:
    """Filling in part by part is one step a person a day."""
    if regel.handeling == "aanvraag.onderdeel_opslaan":
        return (regel.handeling, regel.gebruiker_id, regel.op.date())
    return (regel.handeling, regel.pk)


def _wie(regel: Regel, actor: Actor) -> str:
    """A colleague by name; of another organisatie only which one it is."""
    if regel.rol == Rol.SYSTEEM or regel.organisatie is None:
        return "Het portaal"
    if regel.organisatie_id == actor.organisatie_id and regel.gebruiker is not None:
        return f"{regel.gebruiker.naam}, {regel.organisatie.naam}"
    return regel.organisatie.naam

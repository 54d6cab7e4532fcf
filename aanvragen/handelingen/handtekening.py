"""What the deelnemer signs: its text, its mark, and until when a handtekening holds (S2; Awb 4:2)."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from aanvragen.models import Aanvraag, Deelnemer, Handtekening
from aanvragen.regels.volledigheid import ONDERDELEN, VERVOLG_SITUATIE, Onderdeel
from gemeenten.models import handelende_organisatie
from ips_subsidie.brieven.opmaak import datum_voluit

# The soort of the bijlage with a handtekening on paper.
DOCUMENT = "handtekening_deelnemer"

# Not the gemeente: one that sends the aanvraag on to the right one changes nothing of what was signed (Awb 2:3).
_VAN_DE_DEELNEMER = ("voorletters", "achternaam", "geboortedatum", "adres", "postcode", "woonplaats")
_VAN_DE_AANVRAAG = (*ONDERDELEN[Onderdeel.SITUATIE].velden, *VERVOLG_SITUATIE, "gewenste_start")


def kenteken_van(aanvraag: Aanvraag, deelnemer: Deelnemer | None) -> str:
    """The SHA-256, in hex, of who it is about, the situatie and the start; of the BSN only its keyed hash.

    An answer that is empty counts as one that was not asked, so that a question that comes later changes nothing.
    """
    waarden: dict[str, Any] = {veld: getattr(aanvraag, veld) for veld in _VAN_DE_AANVRAAG}
    if deelnemer is not None:
        waarden |= {veld: getattr(deelnemer, veld) for veld in _VAN_DE_DEELNEMER}
        waarden["bsn"] = bytes(deelnemer.bsn_index or b"").hex()
    gevuld = {veld: str(waarde) for veld, waarde in waarden.items() if waarde not in (None, "")}
    return hashlib.sha256(json.dumps(gevuld, sort_keys=True).encode()).hexdigest()


def geldige_handtekening(aanvraag: Aanvraag) -> Handtekening | None:
    """The handtekening under what stands there now."""
    gezet = aanvraag.levende_handtekening()
    if gezet is None:
        return None
    return (
        gezet if gezet.inhoud_hash == kenteken_van(aanvraag, getattr(aanvraag, "deelnemer", None)) else None
    )


def laat_vervallen(aanvraag: Aanvraag, nu: datetime, *, hoe_dan_ook: bool = False) -> None:
    """Let a handtekening lapse that is not under what stands there now; `hoe_dan_ook`: also one that still is."""
    gezet = aanvraag.handtekeningen.filter(vervallen_op__isnull=True).first()
    # The deelnemer as he is since this act, and not as he was when the dossier was read.
    deelnemer = Deelnemer.objects.filter(aanvraag=aanvraag).first()
    if gezet is not None and (hoe_dan_ook or gezet.inhoud_hash != kenteken_van(aanvraag, deelnemer)):
        gezet.vervallen_op = nu
        gezet.save(update_fields=["vervallen_op"])


def tekst_voor(aanvraag: Aanvraag, op: date) -> str:
    """What the deelnemer reads and signs, whole: what is asked, for whom, which data go to whom, and the way back.

    On day `op`: who handles it for the gemeente may be another on another day.
    """
    alineas = (_wat(aanvraag), _voor_wie(aanvraag), *_gegevens(aanvraag, op), _terug(aanvraag))
    return "\n\n".join(alineas)


def leesteken_van(tekst: str) -> str:
    """Goes with the page on which the deelnemer reads the text, so that he signs no other."""
    return hashlib.sha256(tekst.encode()).hexdigest()


def _wat(aanvraag: Aanvraag) -> str:
    # A later version may have dropped the doelgroep of a concept: the form then asks for another.
    maanden = {d.code: d.maanden for d in aanvraag.inhoud.doelgroepen}.get(aanvraag.doelgroep)
    duur = f" van {maanden} maanden" if maanden else ""
    start = ""
    if aanvraag.gewenste_start is not None:
        start = f" De start is op {datum_voluit(aanvraag.gewenste_start)}."
    return (
        f"{aanvraag.instelling.naam} vraagt voor mij subsidie aan voor een IPS-traject{duur}.{start} In dat traject "
        "krijg ik hulp om betaald werk te vinden en te houden."
    )


def _voor_wie(aanvraag: Aanvraag) -> str:
    deelnemer = aanvraag.deelnemer
    geboren = f", geboren op {datum_voluit(deelnemer.geboortedatum)}" if deelnemer.geboortedatum else ""
    uitkering = f"Mijn uitkering: {aanvraag.get_uitkering_display()}."
    return f"Ik ben {deelnemer.naam}{geboren}. Ik woon op {deelnemer.adres} in {deelnemer.woonplaats}. {uitkering}"


def _gegevens(aanvraag: Aanvraag, op: date) -> tuple[str, str]:
    route = aanvraag.inhoud.route(aanvraag.route)
    naam_gemeente, namens = _gemeente(aanvraag, op)
    alles = (
        f"mijn naam, BSN, geboortedatum en adres, mijn uitkering, dat ik hulp krijg van {aanvraag.instelling.naam}, "
        "bij welke doelgroep ik hoor en wanneer het traject start"
    )
    if route.gemeente_beslist:
        wie = (
            f"Deze gegevens gaan naar {naam_gemeente}, die over de aanvraag beslist: {alles}.{namens} UWV betaalt het "
            "traject, en krijgt mijn naam, hoe lang het traject duurt en wat het kost."
        )
    elif route.toestemming:
        wie = f"Deze gegevens gaan naar UWV, dat over de aanvraag beslist, en naar {naam_gemeente}: {alles}.{namens}"
    else:
        wie = f"Deze gegevens gaan naar UWV, dat over de aanvraag beslist: {alles}."
    blijft = (
        f"Wat ik met mijn behandelaar bespreek, blijft bij {aanvraag.instelling.naam}. Er gaat geen diagnose, geen "
        "medicijnlijst en geen behandelplan mee."
    )
    return wie, blijft


def _gemeente(aanvraag: Aanvraag, op: date) -> tuple[str, str]:
    """Her name, and a sentence on who does this for her when that is another organisatie."""
    if aanvraag.gemeente is None:
        return "de gemeente", ""
    naam = f"de gemeente {aanvraag.gemeente.naam}"
    doet_het = handelende_organisatie(aanvraag.gemeente, op)
    if doet_het.pk == aanvraag.gemeente.organisatie_id:
        return naam, ""
    return naam, f" {doet_het.naam} doet dit voor de gemeente."


def _terug(aanvraag: Aanvraag) -> str:
    return (
        "Meedoen hoeft niet. Ik mag mij altijd bedenken, ook als het traject al loopt. Ik zeg dat dan tegen "
        f"{aanvraag.instelling.naam}. Zolang er niet is beslist, trekt die de aanvraag dan in."
    )

"""What the letters share: their head, who signs, the grounds; and keeping one, frozen as data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from aanvragen.models import Aanvraag, Besluit, Brief
from gemeenten.models import Ondermandaat
from ips_subsidie.brieven import gegevens as g
from ips_subsidie.opslag.toevoegen import voeg_toe
from ips_subsidie.vormgeving.templatetags.opmaak import bsn_gemaskeerd

_CONTACT = "Bekijk deze aanvraag in het IPS-subsidieportaal."


def briefkop(aanvraag: Aanvraag, datum: date) -> dict[str, Any]:
    """What stands at the head of every letter of this dossier, to the instelling."""
    instelling, deelnemer = aanvraag.instelling, aanvraag.deelnemer
    assert deelnemer.geboortedatum is not None
    assert aanvraag.gemeente is not None
    return {
        "afzender": g.Partij(naam=_afzender(aanvraag)),
        "geadresseerde": g.Partij(
            naam=instelling.naam, regels=(instelling.adres, f"{instelling.postcode}  {instelling.plaats}")
        ),
        "kenmerk": aanvraag.kenmerk,
        "datum": datum,
        "regeling": aanvraag.inhoud.naam,
        "deelnemer": g.Deelnemer(
            naam=deelnemer.naam,
            geboortedatum=deelnemer.geboortedatum,
            bsn=str(bsn_gemaskeerd(deelnemer.bsn)),
            woongemeente=aanvraag.gemeente.naam,
        ),
        "contact": _CONTACT,
    }


def _afzender(aanvraag: Aanvraag) -> str:
    return (
        f"Gemeente {aanvraag.gemeente}" if aanvraag.gemeente_beslist else aanvraag.inhoud.instantie.beslisser
    )


def ondertekening(
    aanvraag: Aanvraag, naam: str, functie: str, ondermandaat: Ondermandaat | None = None
) -> g.Ondertekening:
    """Who signs and in whose name: the mandaatgever, the college, the functionaris (Awb 10:10)."""
    if ondermandaat is not None:
        mandaat = ondermandaat.mandaat
        return g.Ondertekening(
            namens=f"{mandaat.mandaatgever[:1].upper()}{mandaat.mandaatgever[1:]},",
            lijnen=(
                "namens deze,",
                f"het college van burgemeester en wethouders van {mandaat.gemeente},",
                "namens dit college,",
            ),
            naam=naam,
            functie=ondermandaat.functie,
        )
    namens = aanvraag.inhoud.instantie.beslisser
    if aanvraag.gemeente_beslist:
        namens = f"het college van burgemeester en wethouders van {aanvraag.gemeente}"
    return g.Ondertekening(namens=f"Namens {namens},", naam=naam, functie=functie)


def gronden(aanvraag: Aanvraag, codes: list[str]) -> tuple[g.Grond, ...]:
    """The grounds of the regeling, as the letter names them."""
    gekozen = (aanvraag.inhoud.grond(code) for code in codes)
    return tuple(g.Grond(code=x.code, tekst=x.tekst, bron=x.bron) for x in gekozen)


def partij(regels: tuple[str, ...]) -> g.Partij:
    return g.Partij(naam=regels[0], regels=regels[1:])


def regels(tekst: str) -> tuple[str, ...]:
    """One item a line, as the official typed them."""
    return tuple(regel.strip(" -•") for regel in tekst.splitlines() if regel.strip(" -•"))


def bewaar(
    aanvraag: Aanvraag, brief: g.Brief, titel: str, nu: datetime, *, besluit: Besluit | None = None
) -> Brief:
    """Keep the data of the letter; nothing changes it any more."""
    rij = Brief(
        aanvraag=aanvraag,
        besluit=besluit,
        sjabloon=brief.sjabloon,
        titel=titel,
        gegevens=brief.naar_json(),
        datum=brief.datum,
        gemaakt_op=nu,
    )
    voeg_toe([rij])
    return rij

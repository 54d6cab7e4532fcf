"""What each onderdeel of the aanvraag asks, and when it is complete. The form and the check both stand on this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from budget.regels.regeling import Regelinginhoud


class Onderdeel(StrEnum):
    INSTELLING = "instelling"
    DEELNEMER = "deelnemer"
    SITUATIE = "situatie"
    BEHANDELING = "behandeling"
    TRAJECT = "traject"
    BIJLAGEN = "bijlagen"


class Staat(StrEnum):
    NOG_NIET_GESTART = "Nog niet gestart"
    BEZIG = "Bezig"
    KLAAR = "Klaar"


@dataclass(frozen=True)
class Onderdeelinfo:
    """`velden` are all that any regeling asks at once; which of them this one asks, says `velden_van`."""

    titel: str
    velden: tuple[str, ...]


ONDERDELEN: dict[Onderdeel, Onderdeelinfo] = {
    Onderdeel.INSTELLING: Onderdeelinfo(
        "Instelling en behandelaar",
        (
            "behandelaar_naam",
            "trajectbegeleider_naam",
            "trajectbegeleider_email",
            "trajectbegeleider_telefoon",
        ),
    ),
    Onderdeel.DEELNEMER: Onderdeelinfo(
        "Deelnemer",
        (
            "voorletters",
            "achternaam",
            "bsn",
            "geboortedatum",
            "adres",
            "postcode",
            "woonplaats",
            "gemeente_id",
        ),
    ),
    Onderdeel.SITUATIE: Onderdeelinfo(
        "Situatie en wens",
        ("doelgroep", "uitkering", "route", "werk", "ander_traject", "werkwens_op", "akkoord_op"),
    ),
    Onderdeel.BEHANDELING: Onderdeelinfo("Behandeling", ("gediagnosticeerd", "in_sggz", "begonnen_in")),
    Onderdeel.TRAJECT: Onderdeelinfo("Traject", ("gewenste_start",)),
    Onderdeel.BIJLAGEN: Onderdeelinfo("Bijlagen", ()),
}


# What the gemeente judges by; it stays as it was asked until the gemeente has decided and UWV has it.
BIJ_DE_GEMEENTE = frozenset({Onderdeel.INSTELLING, Onderdeel.DEELNEMER, Onderdeel.SITUATIE})


def invulbaar(onderdeel: Onderdeel, *, wacht_op_gemeente: bool) -> bool:
    """Can this onderdeel be changed now, in a status in which there is something to fill in?"""
    return not (wacht_op_gemeente and onderdeel in BIJ_DE_GEMEENTE)


# Kept with the onderdeel situatie, and asked only after another answer.
VERVOLG_SITUATIE = ("werkzoekend_ingeschreven", "werk_uren", "werk_toelichting", "ander_werk")


def niet_gevraagd(inhoud: Regelinginhoud) -> frozenset[str]:
    """The fields that this regeling doesn't ask, because nothing in it depends on them."""
    regels = inhoud.regels
    nodig = {
        "werk": regels.geen_dienstverband,
        # Where the deelnemer signs, that is the akkoord.
        "akkoord_op": not regels.handtekening,
        "in_sggz": regels.sggz,
        "begonnen_in": inhoud.termijnen.behandeling_max_maanden is not None,
    }
    return frozenset(veld for veld, gevraagd in nodig.items() if not gevraagd)


def velden_van(onderdeel: Onderdeel, inhoud: Regelinginhoud) -> tuple[str, ...]:
    """The fields that this regeling asks of everybody."""
    niet = niet_gevraagd(inhoud)
    return tuple(veld for veld in ONDERDELEN[onderdeel].velden if veld not in niet)


def _leeg(waarde: Any) -> bool:
    return waarde is None or waarde == ""


def ontbreekt(onderdeel: Onderdeel, waarden: Mapping[str, Any], inhoud: Regelinginhoud) -> list[str]:
    """The fields of this onderdeel that are still to be filled in."""
    velden = [*velden_van(onderdeel, inhoud), *_vervolgvelden(onderdeel, waarden, inhoud)]
    return [veld for veld in velden if _leeg(waarden.get(veld))]


def _vervolgvelden(onderdeel: Onderdeel, waarden: Mapping[str, Any], inhoud: Regelinginhoud) -> Iterator[str]:
    if onderdeel is Onderdeel.SITUATIE:
        if inhoud.regels.inschrijving_werkzoekend and waarden.get("uitkering") == "geen":
            yield "werkzoekend_ingeschreven"
        if inhoud.regels.geen_dienstverband and waarden.get("werk") == "klein":
            yield from ("werk_uren", "werk_toelichting", "ander_werk")
    if onderdeel is Onderdeel.BEHANDELING and waarden.get("behandeling_te_lang"):
        yield "langer_toelichting"


def staat(onderdeel: Onderdeel, waarden: Mapping[str, Any], inhoud: Regelinginhoud) -> Staat:
    mist = ontbreekt(onderdeel, waarden, inhoud)
    if onderdeel is Onderdeel.BIJLAGEN:
        if waarden.get("bijlagen_ontbreken"):
            return Staat.BEZIG if waarden.get("aantal_bijlagen") else Staat.NOG_NIET_GESTART
        return Staat.KLAAR
    if not mist:
        return Staat.KLAAR
    gevuld = any(not _leeg(waarden.get(veld)) for veld in velden_van(onderdeel, inhoud))
    return Staat.BEZIG if gevuld else Staat.NOG_NIET_GESTART


def maanden_tussen(begin: date, eind: date) -> int:
    """Whole calendar months from the month of `begin` to the month of `eind`."""
    return (eind.year - begin.year) * 12 + eind.month - begin.month


def behandeling_te_lang(begonnen_in: date | None, op: date, max_maanden: int | None) -> bool:
    """Longer than in beginsel: asks for a motivation, is no ground for refusal (domain text, conflict 2)."""
    if begonnen_in is None or max_maanden is None:
        return False
    return maanden_tussen(begonnen_in, op) > max_maanden

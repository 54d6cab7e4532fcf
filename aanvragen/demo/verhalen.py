"""What happens to each dossier of IPS-CMD-2019, as data: who, where, and on which working day which act.

Day 0 is 21 working days before the reference date, so that everything lies in the past. A path is a row of acts
with the days since the first one; `spelen` knows how each act is done.
"""

from __future__ import annotations

from dataclasses import dataclass

from aanvragen.demo.agenda import Stappen

WERKDAGEN = 21

# Up to the aanvraag at UWV.
_GEMEENTE: Stappen = (
    (0, "beginnen"), (0, "invullen"), (0, "toestemming_vragen"), (2, "toestemming_verlenen"), (3, "indienen"),
)  # fmt: skip
_UWV: Stappen = ((0, "beginnen"), (0, "invullen"), (1, "indienen"))
_VOORDRACHT: Stappen = (
    (0, "voordragen"), (1, "aannemen"), (1, "invullen"), (1, "toestemming_vragen"), (2, "toestemming_verlenen"),
    (3, "indienen"),
)  # fmt: skip
_BEGIN = {"gemeente": _GEMEENTE, "uwv": _UWV, "voordracht": _VOORDRACHT}

# From there on, with days since the aanvraag came in at UWV.
_OPGEPAKT: Stappen = ((1, "oppakken"),)
_IN_BEHANDELING: Stappen = (*_OPGEPAKT, (1, "in_behandeling_nemen"))
_BEOORDEELD: Stappen = (*_IN_BEHANDELING, (2, "beoordelen"))
_TOEGEKEND: Stappen = (*_BEOORDEELD, (4, "toekennen"))
_GESTART: Stappen = (*_TOEGEKEND, (5, "starten"))
_VERLENGING: Stappen = (*_GESTART, (6, "verlenging_vragen"))
_AANVULLING: Stappen = (*_OPGEPAKT, (1, "aanvulling_vragen"))
_AANGEVULD: Stappen = (*_AANVULLING, (4, "aanvullen"))
_AFGERADEN: Stappen = (*_IN_BEHANDELING, (2, "beoordelen_afwijzen"))

BIJ_UWV: dict[str, Stappen] = {
    "ingediend": (),
    "opgepakt": _OPGEPAKT,
    "in_behandeling": (*_IN_BEHANDELING, (2, "vraag_stellen"), (2, "notitie_maken")),
    "beoordeeld": (*_IN_BEHANDELING, (1, "vraag_stellen"), (2, "vraag_beantwoorden"), (2, "beoordelen")),
    "afgeraden": _AFGERADEN,
    "toegekend": _TOEGEKEND,
    "gestart": _GESTART,
    "aan_het_werk": (*_GESTART, (8, "werk_melden")),
    "gestopt": (*_GESTART, (9, "stoppen")),
    "niet_gestart": (*_TOEGEKEND, (6, "niet_starten")),
    "besluit_ingetrokken": (*_TOEGEKEND, (6, "niet_starten"), (8, "besluit_intrekken")),
    "verlenging_gevraagd": _VERLENGING,
    "verlenging_beoordeeld": (*_VERLENGING, (7, "verlenging_adviseren")),
    "verlenging_toegekend": (*_VERLENGING, (7, "verlenging_adviseren"), (8, "verlenging_toekennen")),
    "verlenging_afgewezen": (*_VERLENGING, (7, "verlenging_afraden"), (8, "verlenging_afwijzen")),
    "verlenging_ingetrokken": (*_VERLENGING, (7, "verlenging_intrekken")),
    "afgewezen": (*_AFGERADEN, (4, "afwijzen")),
    "in_bezwaar": (*_AFGERADEN, (4, "afwijzen"), (6, "bezwaar_maken")),
    "bezwaar_voorgesteld": (
        *_AFGERADEN, (4, "afwijzen"), (6, "bezwaar_maken"), (7, "bezwaar_wegen"), (9, "bezwaar_voorstellen"),
    ),
    "aanvulling": _AANVULLING,
    "aangevuld": _AANGEVULD,
    "aangevuld_gestart": (
        *_AANGEVULD, (5, "in_behandeling_nemen"), (6, "beoordelen"), (7, "toekennen"), (8, "starten"),
    ),
    "buiten_behandeling": (*_AANVULLING, (14, "buiten_behandeling")),
    "ingetrokken": (*_OPGEPAKT, (3, "intrekken")),
}  # fmt: skip

# Refused by colleagues of who has a login: whoever shows the demo can then treat the bezwaar and decide (Awb 7:5).
MET_BEZWAAR = frozenset({"in_bezwaar", "bezwaar_voorgesteld"})

# Dossiers that never reach UWV, or not yet.
VOOR_UWV: dict[str, Stappen] = {
    "leeg": ((0, "beginnen"),),
    "half": ((0, "beginnen"), (0, "half_invullen")),
    "concept": ((0, "beginnen"), (0, "invullen"), (1, "bijlage")),
    "wacht": _GEMEENTE[:3],
    "verleend": (*_GEMEENTE[:4], (3, "gemeente_vragen")),
    "geweigerd": (*_GEMEENTE[:3], (3, "toestemming_weigeren")),
    "toestemming_weg": (*_GEMEENTE[:4], (5, "toestemming_intrekken")),
    "opnieuw_gevraagd": (*_GEMEENTE[:4], (5, "toestemming_intrekken"), (6, "toestemming_opnieuw_vragen")),
    "wacht_ingetrokken": (*_GEMEENTE[:3], (2, "intrekken")),
    "concept_ingetrokken": ((0, "beginnen"), (0, "invullen"), (2, "intrekken")),
    "voordracht": _VOORDRACHT[:1],
    "voordracht_aangenomen": _VOORDRACHT[:2],
    "voordracht_wacht": _VOORDRACHT[:4],
    "voordracht_afgewezen": (*_VOORDRACHT[:1], (2, "voordracht_afwijzen")),
    "voordracht_ingetrokken": (*_VOORDRACHT[:1], (1, "voordracht_intrekken")),
}


@dataclass(frozen=True)
class Verhaal:
    """`begin` is gemeente, uwv or voordracht; `pad` a key of BIJ_UWV or VOOR_UWV; `dag` the day of the first act."""

    dag: int
    instelling: str
    begin: str
    gemeente: str
    pad: str
    # Verhalen with the same key are about one person; "" is a person of its own.
    persoon: str = ""

    @property
    def stappen(self) -> Stappen:
        if self.pad in VOOR_UWV:
            return VOOR_UWV[self.pad]
        aanloop = _BEGIN[self.begin]
        ontvangen = aanloop[-1][0]
        return (*aanloop, *((ontvangen + dagen, wat) for dagen, wat in BIJ_UWV[self.pad]))


_I, _R, _P, _L = "IrisZorg", "RIBW Nijmegen & Rivierenland", "Pro Persona", "Pluryn"

VERHALEN = tuple(
    Verhaal(*rij)
    for rij in (
        # Nijmegen: four of five granted, the fifth complete and waiting for the besluit, more on the way.
        (0, _I, "gemeente", "Nijmegen", "aan_het_werk"),
        (0, _R, "gemeente", "Nijmegen", "gestart"),
        (2, _P, "gemeente", "Nijmegen", "verlenging_gevraagd"),
        (3, _I, "voordracht", "Nijmegen", "gestart"),
        (11, _I, "gemeente", "Nijmegen", "beoordeeld"),
        (15, _L, "gemeente", "Nijmegen", "verleend"),
        (17, _R, "gemeente", "Nijmegen", "wacht"),
        (18, _I, "voordracht", "Nijmegen", "voordracht"),
        # The other gemeenten of the WerkBedrijf.
        (1, _I, "gemeente", "Wijchen", "gestart"),
        (4, _I, "gemeente", "Beuningen", "toegekend"),
        (5, _R, "gemeente", "Berg en Dal", "geweigerd"),
        (6, _P, "voordracht", "Druten", "toegekend"),
        (9, _I, "gemeente", "Heumen", "aanvulling"),
        (12, _L, "gemeente", "Mook en Middelaar", "in_behandeling"),
        (14, _I, "gemeente", "Wijchen", "ingediend"),
        (16, _R, "gemeente", "Berg en Dal", "wacht"),
        (10, _P, "voordracht", "Beuningen", "voordracht_afgewezen"),
        (13, _I, "voordracht", "Druten", "voordracht_wacht"),
        (17, _I, "voordracht", "Wijchen", "voordracht_aangenomen"),
        (12, _R, "voordracht", "Heumen", "voordracht_ingetrokken"),
        # Arnhem and around.
        (0, _P, "gemeente", "Arnhem", "gestopt"),
        (1, _I, "gemeente", "Arnhem", "verlenging_toegekend"),
        (5, _P, "gemeente", "Arnhem", "toegekend"),
        (10, _I, "gemeente", "Arnhem", "beoordeeld"),
        (14, _P, "gemeente", "Arnhem", "opgepakt"),
        (18, _I, "gemeente", "Arnhem", "wacht"),
        (8, _P, "gemeente", "Arnhem", "opnieuw_gevraagd"),
        (2, _I, "gemeente", "Overbetuwe", "besluit_ingetrokken"),
        (7, _P, "gemeente", "Overbetuwe", "geweigerd"),
        (13, _I, "gemeente", "Overbetuwe", "ingediend"),
        # Further away.
        (1, _P, "gemeente", "Ede", "aangevuld_gestart"),
        (3, _P, "gemeente", "Ede", "afgewezen"),
        (6, _L, "gemeente", "Apeldoorn", "niet_gestart"),
        (9, _P, "gemeente", "Apeldoorn", "toestemming_weg"),
        (4, _R, "gemeente", "Tiel", "toegekend"),
        (11, _R, "gemeente", "Tiel", "wacht_ingetrokken"),
        (2, _L, "gemeente", "Utrecht", "gestart"),
        (8, _L, "gemeente", "Utrecht", "aangevuld"),
        (5, _R, "gemeente", "Oss", "ingetrokken"),
        (15, _R, "gemeente", "Oss", "wacht"),
        # The UWV route: no cap per gemeente, and the content is tested.
        (0, _P, "uwv", "Arnhem", "verlenging_beoordeeld"),
        (0, _I, "uwv", "Nijmegen", "aan_het_werk", "twee keer"),
        (1, _P, "uwv", "Ede", "gestart"),
        (1, _I, "uwv", "Arnhem", "buiten_behandeling"),
        (2, _R, "uwv", "Tiel", "verlenging_afgewezen"),
        (2, _L, "uwv", "Nijmegen", "gestart"),
        (3, _P, "uwv", "Apeldoorn", "toegekend"),
        (3, _I, "uwv", "Renkum", "verlenging_ingetrokken"),
        (4, _L, "uwv", "Utrecht", "gestart"),
        (5, _P, "uwv", "Rheden", "afgewezen"),
        (6, _I, "uwv", "Zevenaar", "toegekend"),
        (7, _R, "uwv", "Oss", "gestart"),
        (8, _P, "uwv", "Doetinchem", "aanvulling"),
        (9, _I, "uwv", "Wijchen", "ingetrokken"),
        (11, _P, "uwv", "Arnhem", "afgeraden"),
        (12, _I, "uwv", "Nijmegen", "beoordeeld"),
        (14, _P, "uwv", "Nijmegen", "in_behandeling", "twee keer"),
        (16, _L, "uwv", "Lingewaard", "opgepakt"),
        (17, _I, "uwv", "Duiven", "ingediend"),
        (19, _P, "uwv", "Ede", "ingediend"),
        # Not sent yet.
        (19, _I, "uwv", "Nijmegen", "leeg"),
        (18, _I, "gemeente", "Arnhem", "half"),
        (17, _I, "gemeente", "Beuningen", "concept"),
        (16, _P, "uwv", "Rheden", "concept"),
        (15, _P, "uwv", "Arnhem", "half"),
        (7, _I, "uwv", "Lingewaard", "concept_ingetrokken"),
        # Refused, and objected to.
        (3, _R, "uwv", "Rheden", "in_bezwaar"),
        (4, _P, "uwv", "Duiven", "bezwaar_voorgesteld"),
    )
)

"""What happens to each dossier of IPS-GEM-2023, as data. Day 0 is 40 working days before the reference date.

The gemeente decides and asks UWV for budget, UWV orders and pays; `spelen_b` knows how each act is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aanvragen.demo.agenda import Stappen

WERKDAGEN = 40

# Up to the aanvraag at the gemeente, on day 1.
_KLAAR: Stappen = ((0, "beginnen"), (0, "invullen"), (0, "ondertekenen"))
_INGEDIEND: Stappen = (*_KLAAR, (1, "indienen"))
_VOLGT: Stappen = ((0, "beginnen"), (0, "invullen"), (1, "indienen_zonder_handtekening"))
_OPGEPAKT: Stappen = (*_INGEDIEND, (2, "oppakken"))
_IN_BEHANDELING: Stappen = (*_OPGEPAKT, (2, "in_behandeling_nemen"))
_BEOORDEELD: Stappen = (*_IN_BEHANDELING, (3, "toetsen"), (3, "beoordelen"))
_AFGERADEN: Stappen = (*_IN_BEHANDELING, (3, "beoordelen_afwijzen"))
_AANVULLING: Stappen = (*_VOLGT, (2, "oppakken"), (2, "aanvulling_vragen"))
_AANGEVULD: Stappen = (*_AANVULLING, (5, "ondertekenen"), (5, "aanvullen"))
# UWV holds the budget for 28 days, so the gemeente has that long to decide.
_GEVRAAGD: Stappen = (*_BEOORDEELD, (4, "budget_vragen"))
_GERESERVEERD: Stappen = (*_GEVRAAGD, (5, "budget_reserveren"))
_TOEGEKEND: Stappen = (*_GERESERVEERD, (7, "toekennen"))
_BESTELD: Stappen = (*_TOEGEKEND, (9, "inkooporder"))
_GEFACTUREERD: Stappen = (*_BESTELD, (10, "factuur"))
_GECONTROLEERD: Stappen = (*_GEFACTUREERD, (12, "factuur_controleren"))
# Paid on the days of a betaalbatch: see LOSSE_STAPPEN.
_GOEDGEKEURD: Stappen = (*_GECONTROLEERD, (13, "factuur_goedkeuren"))
_GESTART: Stappen = (*_GOEDGEKEURD, (14, "starten"))
# What ended after the factuur was paid.
_GESTOPT: Stappen = (*_GESTART, (22, "stoppen"))
_BEVESTIGD: Stappen = (*_GESTOPT, (24, "stop_bevestigen"))
_VERWERKT: Stappen = (*_BEVESTIGD, (25, "stop_verwerken"))
_VERSLAG: Stappen = (*_VERWERKT, (27, "verslag_indienen"))
_LAGER: Stappen = (*_VERSLAG, (29, "lager_voorstellen"))

PADEN: dict[str, Stappen] = {
    "leeg": ((0, "beginnen"),),
    "half": ((0, "beginnen"), (0, "half_invullen")),
    "zonder_handtekening": ((0, "beginnen"), (0, "invullen")),
    "ondertekend": _KLAAR,
    "ingediend": _INGEDIEND,
    "opgepakt": _OPGEPAKT,
    "handtekening_volgt": _VOLGT,
    "onvolledig": _AANVULLING,
    "aangevuld": _AANGEVULD,
    "buiten_behandeling": (*_AANVULLING, (15, "buiten_behandeling")),
    "doorgezonden": (*_INGEDIEND, (2, "doorzenden")),
    "in_behandeling": _IN_BEHANDELING,
    "beoordeeld": _BEOORDEELD,
    "afgewezen": (*_AFGERADEN, (5, "afwijzen")),
    "ingetrokken": (*_OPGEPAKT, (4, "intrekken")),
    "budget_gevraagd": _GEVRAAGD,
    "budget_gereserveerd": _GERESERVEERD,
    "reservering_verlopen": (*_GERESERVEERD, (28, "reservering_verlopen")),
    "toegekend": _TOEGEKEND,
    "inkooporder": _BESTELD,
    "niet_gestart": (*_TOEGEKEND, (9, "niet_starten")),
    "besluit_ingetrokken": (*_TOEGEKEND, (9, "niet_starten"), (11, "besluit_intrekken")),
    "factuur_ingediend": (*_GEFACTUREERD, (11, "starten")),
    "factuur_gecontroleerd": (*_GECONTROLEERD, (13, "starten")),
    "factuur_afgekeurd": (*_GEFACTUREERD, (12, "factuur_afkeuren")),
    "gestart": _GESTART,
    "aan_het_werk": (*_GESTART, (20, "werk_melden")),
    "gestopt": _GESTOPT,
    "stop_bevestigd": _BEVESTIGD,
    "stop_verwerkt": _VERWERKT,
    "verslag": _VERSLAG,
    "voorgesteld": (*_VERSLAG, (29, "voorstellen")),
    "vastgesteld": (*_VERSLAG, (29, "voorstellen"), (31, "vaststellen")),
    "voorgenomen_lager": _LAGER,
    "lager_vastgesteld": (*_LAGER, (30, "zienswijze_geven"), (32, "vaststellen")),
}

# What is done for all dossiers at once, or for none of them.
LOSSE_STAPPEN: Stappen = (
    (0, "erkenningen_bijwerken"), (0, "rekeningen_doorgeven"), (1, "rekeningen_bevestigen"),
    (20, "betaalbatch_maken"), (21, "betaalbatch_uitgevoerd"), (30, "betaalbatch_maken"),
    (31, "betaalbatch_uitgevoerd"), (39, "betaalbatch_maken"),
)  # fmt: skip


@dataclass(frozen=True)
class Verhaal:
    """`pad` is a key of PADEN, `dag` the day of its first act.

    `start` is when the traject really started, where that was before the besluit; `naar` the gemeente to which an
    aanvraag is sent on.
    """

    dag: int
    instelling: str
    gemeente: str
    pad: str
    doelgroep: str = "CMD"
    uitkering: str = "bijstand"
    start: date | None = None
    naar: str = ""

    @property
    def stappen(self) -> Stappen:
        return tuple((self.dag + dagen, wat) for dagen, wat in PADEN[self.pad])


_I, _R, _P, _L = "IrisZorg", "RIBW Nijmegen & Rivierenland", "Pro Persona", "Pluryn"

VERHALEN = (
    # The seven of the WerkBedrijf.
    Verhaal(0, _I, "Nijmegen", "vastgesteld", start=date(2022, 2, 14)),
    Verhaal(1, _R, "Wijchen", "lager_vastgesteld", start=date(2022, 9, 5)),
    Verhaal(8, _P, "Nijmegen", "voorgenomen_lager", "EPA", start=date(2022, 5, 2)),
    Verhaal(2, _I, "Druten", "aan_het_werk", uitkering="ioaw"),
    Verhaal(18, _R, "Nijmegen", "budget_gereserveerd"),
    Verhaal(33, _I, "Beuningen", "budget_gereserveerd", "EPA"),
    Verhaal(34, _P, "Nijmegen", "budget_gevraagd", uitkering="geen"),
    Verhaal(29, _I, "Heumen", "toegekend"),
    Verhaal(28, _R, "Nijmegen", "inkooporder", "EPA"),
    Verhaal(27, _I, "Berg en Dal", "factuur_ingediend", start=date(2022, 11, 1)),
    Verhaal(25, _P, "Wijchen", "factuur_gecontroleerd"),
    Verhaal(35, _R, "Mook en Middelaar", "beoordeeld", uitkering="ioaz"),
    Verhaal(36, _I, "Nijmegen", "in_behandeling"),
    Verhaal(37, _P, "Druten", "handtekening_volgt"),
    Verhaal(38, _I, "Nijmegen", "ingediend", "EPA"),
    Verhaal(36, _I, "Wijchen", "onvolledig"),
    # Arnhem.
    Verhaal(3, _P, "Arnhem", "gestart", "EPA", start=date(2022, 6, 20)),
    Verhaal(15, _I, "Arnhem", "gestopt"),
    Verhaal(12, _P, "Arnhem", "stop_bevestigd"),
    Verhaal(11, _I, "Arnhem", "verslag", start=date(2022, 3, 7)),
    Verhaal(9, _P, "Arnhem", "voorgesteld"),
    Verhaal(5, _I, "Arnhem", "afgewezen", uitkering="geen"),
    Verhaal(24, _P, "Arnhem", "gestart"),
    Verhaal(33, _I, "Arnhem", "aangevuld"),
    Verhaal(36, _P, "Arnhem", "doorgezonden", naar="Tiel"),
    Verhaal(34, _I, "Arnhem", "budget_gevraagd"),
    # Tiel, and Ede, of which the college has no mandaat yet.
    Verhaal(10, _R, "Tiel", "stop_verwerkt"),
    Verhaal(4, _R, "Tiel", "besluit_ingetrokken"),
    Verhaal(20, _R, "Tiel", "buiten_behandeling"),
    Verhaal(26, _R, "Tiel", "factuur_afgekeurd"),
    Verhaal(11, _L, "Tiel", "reservering_verlopen"),
    Verhaal(29, _L, "Tiel", "niet_gestart"),
    Verhaal(31, _P, "Ede", "budget_gereserveerd", "EPA"),
    Verhaal(36, _P, "Ede", "opgepakt"),
    Verhaal(30, _L, "Ede", "ingetrokken"),
    # Not sent yet.
    Verhaal(38, _I, "Nijmegen", "ondertekend"),
    Verhaal(37, _P, "Arnhem", "zonder_handtekening", uitkering="geen"),
    Verhaal(39, _I, "Wijchen", "half"),
    Verhaal(39, _L, "Nijmegen", "leeg"),
)

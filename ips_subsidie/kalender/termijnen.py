"""The terms of the Awb by name: each gives its last day, and in steps how that day came about.

Pure: no clock, no database. Every function takes the day after which the term runs and the feestdagen as day -> name.
Days are inclusive. The counting itself is in `rekenen`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ips_subsidie.kalender.dagen import voluit, voluit_met_dag, weekdag
from ips_subsidie.kalender.rekenen import (
    ATW_MIN_DAGEN_TWEE_WERKDAGEN,
    EEN_DAG,
    Berekening,
    Opschorting,
    bereken,
    eerstvolgende_werkdag,
    is_werkdag,
    plus_maanden,
)

BESLIS_WEKEN = 8
HERSTEL_DAGEN = 14
BUITEN_BEHANDELING_WEKEN = 4
BEZWAAR_WEKEN = 6
BEZWAAR_BESLIS_WEKEN = 6
BEZWAAR_COMMISSIE_WEKEN = 12
VERDAGING_WEKEN = 6
BETALING_WEKEN = 6
TERUGVORDERING_JAREN = 5

Feestdagen = Mapping[date, str]


@dataclass(frozen=True, slots=True)
class Termijn:
    """A last day, inclusive; the sentences that say how it came about; and the article it rests on."""

    laatste_dag: date
    stappen: tuple[str, ...]
    grondslag: str


def beslistermijn(
    ontvangen_op: date,
    feestdagen: Feestdagen,
    *,
    weken: int = BESLIS_WEKEN,
    opschortingen: Iterable[Opschorting] = (),
) -> Termijn:
    """By when there must be a besluit on an aanvraag (Awb 4:13), the suspensions of 4:15 added first."""
    som = bereken(ontvangen_op, weken=weken, opschortingen=opschortingen, feestdagen=feestdagen)
    return _termijn(som, _weken(weken), "de dag van ontvangst", "Awb artikel 4:13", feestdagen)


def hersteltermijn(gevraagd_op: date, feestdagen: Feestdagen, *, dagen: int = HERSTEL_DAGEN) -> Termijn:
    """The last day that is proposed for an aanvulling (Awb 4:5 lid 1).

    The Atw does not apply to a term that the bestuursorgaan sets itself; an ordinary day is proposed all the same.
    """
    wat = "de dag van de uitnodiging om aan te vullen"
    return eigen_termijn(
        gevraagd_op, feestdagen, dagen=dagen, wat=wat, grondslag="Awb artikel 4:5, eerste lid"
    )


def eigen_termijn(
    vanaf: date,
    feestdagen: Feestdagen,
    *,
    dagen: int,
    wat: str,
    grondslag: str,
    opschortingen: Iterable[Opschorting] = (),
) -> Termijn:
    """A term of days that the bestuursorgaan sets itself, ended on an ordinary day. `wat` names the day `vanaf`."""
    som = bereken(vanaf, dagen=dagen, opschortingen=opschortingen, feestdagen=feestdagen, verschuift=False)
    stappen = _geteld(som, _dagen(dagen), wat)
    werkdag = eerstvolgende_werkdag(som.laatste_dag, feestdagen)
    if werkdag != som.laatste_dag:
        stappen.append(
            f"{_waarom_niet(som.laatste_dag, werkdag, feestdagen)} De Algemene termijnenwet geldt hier niet, maar een "
            f"laatste dag op een werkdag is beter: {voluit_met_dag(werkdag)}."
        )
    return Termijn(werkdag, tuple(stappen), grondslag)


def buiten_behandeling(na: date, feestdagen: Feestdagen) -> Termijn:
    """Until when an aanvraag can be left out of treatment (Awb 4:5 lid 4).

    `na` is the last day of the hersteltermijn that passed, or the day of an aanvulling that was not enough.
    """
    som = bereken(na, weken=BUITEN_BEHANDELING_WEKEN, feestdagen=feestdagen)
    wat = "het einde van de hersteltermijn of de dag van de aanvulling"
    return _termijn(som, _weken(BUITEN_BEHANDELING_WEKEN), wat, "Awb artikel 4:5, vierde lid", feestdagen)


def bezwaartermijn(bekendgemaakt_op: date, feestdagen: Feestdagen, *, weken: int = BEZWAAR_WEKEN) -> Termijn:
    """The last day for bezwaar: from the day after bekendmaking, not after signing (Awb 6:7, 6:8)."""
    som = bereken(bekendgemaakt_op, weken=weken, feestdagen=feestdagen)
    return _termijn(
        som, _weken(weken), "de dag van bekendmaking", "Awb artikel 6:7 en artikel 6:8", feestdagen
    )


def beroepstermijn(bekendgemaakt_op: date, feestdagen: Feestdagen) -> Termijn:
    """The last day for beroep against a beslissing op bezwaar (Awb 6:7, 6:8)."""
    return bezwaartermijn(bekendgemaakt_op, feestdagen)


def beslissing_op_bezwaar(
    bezwaar_tot: date,
    feestdagen: Feestdagen,
    *,
    weken: int | None = None,
    commissie: bool = False,
    verdaagd: bool = False,
    opschortingen: Iterable[Opschorting] = (),
) -> Termijn:
    """By when there must be a beslissing op bezwaar: it runs from the end of the bezwaartermijn (Awb 7:10).

    Six weeks, twelve with an adviescommissie (7:13), six more once verdaagd (lid 3). The verdaging is a term of its
    own of six weeks after the first, so the Atw moves its last day too, though together they pass twelve weeks: a
    judgement.
    """
    eerst = weken or (BEZWAAR_COMMISSIE_WEKEN if commissie else BEZWAAR_BESLIS_WEKEN)
    grondslag = "Awb artikel 7:10, eerste lid"
    opschortingen = tuple(opschortingen)
    if not verdaagd:
        som = bereken(bezwaar_tot, weken=eerst, opschortingen=opschortingen, feestdagen=feestdagen)
        return _termijn(som, _weken(eerst), "het einde van de bezwaartermijn", grondslag, feestdagen)
    ruw = bezwaar_tot + timedelta(weeks=eerst)
    som = bereken(ruw, weken=VERDAGING_WEKEN, opschortingen=opschortingen, feestdagen=feestdagen)
    begin = f"{_weken(eerst).capitalize()} na {voluit(bezwaar_tot)} (het einde van de bezwaartermijn) is {voluit(ruw)}."
    na = _termijn(
        som,
        _weken(VERDAGING_WEKEN),
        "het einde van die termijn, nu de beslissing is verdaagd",
        "",
        feestdagen,
    )
    return Termijn(na.laatste_dag, (begin, *na.stappen), "Awb artikel 7:10, eerste en derde lid")


def betaaltermijn(bekendgemaakt_op: date, feestdagen: Feestdagen, *, weken: int = BETALING_WEKEN) -> Termijn:
    """By when an amount that was granted or vastgesteld must be paid (Awb 4:87)."""
    som = bereken(bekendgemaakt_op, weken=weken, feestdagen=feestdagen)
    return _termijn(som, _weken(weken), "de dag van bekendmaking", "Awb artikel 4:87, eerste lid", feestdagen)


def vaststellingstermijn(ontvangen_op: date, feestdagen: Feestdagen, *, weken: int = BESLIS_WEKEN) -> Termijn:
    """By when there must be a vaststelling, from the day its verslag came or should have come (Awb 4:13, 4:44)."""
    som = bereken(ontvangen_op, weken=weken, feestdagen=feestdagen)
    wat = "de dag waarop het verslag er was of had moeten zijn"
    return _termijn(som, _weken(weken), wat, "Awb artikel 4:13 en artikel 4:44", feestdagen)


def terugvordering(vastgesteld_op: date) -> Termijn:
    """Until when an amount paid unduly can be claimed back: five years (Awb 4:57). No Atw (its art. 4)."""
    laatste = plus_maanden(vastgesteld_op, TERUGVORDERING_JAREN * 12)
    stappen = (
        f"{TERUGVORDERING_JAREN} jaar na {voluit(vastgesteld_op)} (de dag van de vaststelling) is "
        f"{voluit_met_dag(laatste)}.",
        "Een termijn in jaren schuift niet op (Algemene termijnenwet artikel 4).",
    )
    return Termijn(laatste, stappen, "Awb artikel 4:57")


# --- in words ---


def _termijn(som: Berekening, lengte: str, wat: str, grondslag: str, feestdagen: Feestdagen) -> Termijn:
    stappen = _geteld(som, lengte, wat)
    if not som.verschuift:
        stappen.append(
            "Deze termijn is te lang voor de Algemene termijnenwet (artikel 4) en schuift niet op."
        )
    elif som.laatste_dag != som.opgeteld:
        stappen.append(_schuift(som.opgeteld, som.laatste_dag, feestdagen))
    return Termijn(som.laatste_dag, tuple(stappen), grondslag)


def _geteld(som: Berekening, lengte: str, wat: str) -> list[str]:
    """The raw last day, and what each suspension added to it."""
    stappen = [f"{lengte.capitalize()} na {voluit(som.vanaf)} ({wat}) is {voluit_met_dag(som.ruw)}."]
    dag = som.ruw
    for opschorting, dagen in som.opgeschort:
        dag += timedelta(days=dagen)
        stappen.append(_stil(opschorting, dagen, dag))
    return stappen


def _stil(opschorting: Opschorting, dagen: int, dag: date) -> str:
    if not dagen:
        return f"De vraag van {voluit(opschorting.uitgenodigd_op)} liet de termijn geen hele dag stilstaan."
    laatste = opschorting.hervat_op - EEN_DAG
    eerste = laatste - timedelta(days=dagen - 1)
    wanneer = f"op {voluit(eerste)}" if dagen == 1 else f"van {voluit(eerste)} tot en met {voluit(laatste)}"
    return (
        f"De termijn stond stil {wanneer}: {_dagen(dagen)} erbij (Awb artikel 4:15). De laatste dag wordt "
        f"{voluit_met_dag(dag)}."
    )


def _schuift(van: date, naar: date, feestdagen: Feestdagen) -> str:
    if is_werkdag(van, feestdagen):
        # Only article 2 moves a last day that is an ordinary one.
        return (
            f"Een termijn van {ATW_MIN_DAGEN_TWEE_WERKDAGEN} dagen of meer heeft minstens twee werkdagen (Algemene "
            f"termijnenwet artikel 2). De laatste dag wordt {voluit_met_dag(naar)}."
        )
    return (
        f"{_waarom_niet(van, naar, feestdagen)} Daarom is de laatste dag {voluit_met_dag(naar)} (Algemene "
        "termijnenwet artikel 1)."
    )


def _waarom_niet(van: date, naar: date, feestdagen: Feestdagen) -> str:
    """Every day from `van` that was passed over: "27 april 2023 (Koningsdag) is geen werkdag."."""
    dagen = [van + timedelta(days=n) for n in range((naar - van).days)]
    namen = [f"{voluit(dag)} ({feestdagen.get(dag) or weekdag(dag)})" for dag in dagen]
    if len(namen) == 1:
        return f"{namen[0]} is geen werkdag."
    return f"{', '.join(namen[:-1])} en {namen[-1]} zijn geen werkdagen."


def _weken(aantal: int) -> str:
    return "een week" if aantal == 1 else f"{aantal} weken"


def _dagen(aantal: int) -> str:
    return "een dag" if aantal == 1 else f"{aantal} dagen"

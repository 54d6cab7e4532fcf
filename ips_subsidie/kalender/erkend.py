"""The algemeen erkende feestdagen (Atw art. 3), computed.

The table `Feestdag` is filled from here and is the truth.

The days that a koninklijk besluit puts on a par with them cannot be computed; those that are known stand
below.
"""

from datetime import date, timedelta
from typing import NamedTuple

ATW = "Algemene termijnenwet art. 3 lid 1"
ATW_GOEDE_VRIJDAG = "Algemene termijnenwet art. 3 lid 2"
KB = "Koninklijk besluit op grond van de Algemene termijnenwet art. 3 lid 3"
KB_ONZEKER = "Naar gewoonte gelijkgesteld; het koninklijk besluit is niet gevonden"

ZONDAG = 6

KB_DAGEN = (
    date(2022, 5, 27),
    date(2023, 4, 28),
    date(2023, 5, 19),
    date(2024, 5, 10),
    date(2024, 12, 27),
    date(2025, 5, 30),
    date(2026, 1, 2),
    date(2026, 5, 15),
    date(2027, 5, 7),
    date(2028, 4, 28),
    date(2028, 5, 26),
)
# By tradition the Friday after Hemelvaartsdag. Counted, and marked, until somebody finds the besluit.
KB_DAGEN_ONZEKER = (date(2019, 5, 31), date(2020, 5, 22), date(2021, 5, 14))


class Erkend(NamedTuple):
    datum: date
    naam: str
    grondslag: str
    zeker: bool


def pasen(jaar: int) -> date:
    """Easter Sunday by the Gregorian reckoning (Meeus, Jones and Butcher)."""
    gulden = jaar % 19
    eeuw, rest = divmod(jaar, 100)
    zonnecorrectie = (eeuw + 8) // 25
    maancorrectie = (eeuw - zonnecorrectie + 1) // 3
    epacta = (19 * gulden + eeuw - eeuw // 4 - maancorrectie + 15) % 30
    zondag = (32 + 2 * (eeuw % 4) + 2 * (rest // 4) - epacta - rest % 4) % 7
    uitzondering = (gulden + 11 * epacta + 22 * zondag) // 451
    maand, dag = divmod(epacta + zondag - 7 * uitzondering + 114, 31)
    return date(jaar, maand, dag + 1)


def koningsdag(jaar: int) -> date:
    """27 April, or 26 April when the 27th is a Sunday."""
    dag = date(jaar, 4, 27)
    return dag - timedelta(days=1) if dag.weekday() == ZONDAG else dag


def wettelijk(jaar: int) -> list[Erkend]:
    """The feestdagen of one year by law alone, in order; two on one day become one with both names."""
    zondag = pasen(jaar)
    dagen = [
        Erkend(date(jaar, 1, 1), "Nieuwjaarsdag", ATW, zeker=True),
        Erkend(zondag - timedelta(days=2), "Goede Vrijdag", ATW_GOEDE_VRIJDAG, zeker=True),
        Erkend(zondag + timedelta(days=1), "Tweede Paasdag", ATW, zeker=True),
        Erkend(koningsdag(jaar), "Koningsdag", ATW, zeker=True),
        Erkend(date(jaar, 5, 5), "Bevrijdingsdag", ATW, zeker=True),
        Erkend(zondag + timedelta(days=39), "Hemelvaartsdag", ATW, zeker=True),
        Erkend(zondag + timedelta(days=50), "Tweede Pinksterdag", ATW, zeker=True),
        Erkend(date(jaar, 12, 25), "Eerste Kerstdag", ATW, zeker=True),
        Erkend(date(jaar, 12, 26), "Tweede Kerstdag", ATW, zeker=True),
    ]
    per_datum: dict[date, Erkend] = {}
    for dag in sorted(dagen):
        eerder = per_datum.get(dag.datum)
        per_datum[dag.datum] = dag._replace(naam=f"{eerder.naam} en {dag.naam}") if eerder else dag
    return list(per_datum.values())


def bij_kb() -> list[Erkend]:
    """The days put on a par by a koninklijk besluit, as far as known."""
    zeker = [Erkend(dag, "Gelijkgestelde dag", KB, zeker=True) for dag in KB_DAGEN]
    onzeker = [Erkend(dag, "Gelijkgestelde dag", KB_ONZEKER, zeker=False) for dag in KB_DAGEN_ONZEKER]
    return sorted(zeker + onzeker)


def erkende_feestdagen(van_jaar: int, tot_en_met_jaar: int) -> list[Erkend]:
    """All feestdagen of these years, the days by koninklijk besluit included."""
    dagen = [dag for jaar in range(van_jaar, tot_en_met_jaar + 1) for dag in wettelijk(jaar)]
    bekend = {dag.datum for dag in dagen}
    extra = [
        dag for dag in bij_kb() if van_jaar <= dag.datum.year <= tot_en_met_jaar and dag.datum not in bekend
    ]
    return sorted(dagen + extra)

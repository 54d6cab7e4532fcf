"""What a bestuursorgaan owes that does not decide in time: the days, and the rate of each day.

Source: Awb 4:17 (days and rates), 4:18; for a bezwaar by Awb 7:14. Pure: dates and amounts in, dates and amounts
out. Days are inclusive, amounts are integer cents.

Three choices, and why:

* **Which rate.** The day on which the ingebrekestelling is received decides, for all 42 days: so says the
  transitional rule of the Regeling that raised the amounts (Stcrt. 2018, 65542). Not the day itself, nor the besluit.
* **No shift.** The law says that the Algemene termijnenwet does not hold for the 42 days. The two weeks before them
  are counted as plain calendar weeks too, up to "the day on which two weeks have passed": nothing has to be done
  on that day, and in doubt who waits is not to wait longer.
* **The day of the besluit** is not counted: on that day the bestuursorgaan is in default no longer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ips_subsidie.kalender.dagen import voluit, weekdag
from ips_subsidie.kalender.rekenen import laatste_dag

WACHT_DAGEN = 14
PERIODE_DAGEN = 14
MAX_DAGEN = 3 * PERIODE_DAGEN
VASTSTELLEN_WEKEN = 2
GRONDSLAG = "Awb artikel 4:17"

_EEN_DAG = timedelta(days=1)
_ZATERDAG = 5


@dataclass(frozen=True, slots=True)
class Tarief:
    """The amounts a day for an ingebrekestelling received on or after `vanaf`: one for each fourteen days."""

    vanaf: date
    per_dag_cent: tuple[int, int, int]
    bron: str

    @property
    def maximum_cent(self) -> int:
        return sum(self.per_dag_cent) * PERIODE_DAGEN

    def bedrag_cent(self, dagen: int) -> int:
        """What so many days come to; what goes beyond the 42nd counts no longer."""
        return sum(
            bedrag * min(max(dagen - nummer * PERIODE_DAGEN, 0), PERIODE_DAGEN)
            for nummer, bedrag in enumerate(self.per_dag_cent)
        )


# The newest first.
TARIEVEN = (
    Tarief(date(2019, 1, 1), (2300, 3500, 4500), "Stcrt. 2018, 65542"),
    Tarief(date(2009, 10, 1), (2000, 3000, 4000), "Stb. 2009, 383"),
)


@dataclass(frozen=True, slots=True)
class Dwangsom:
    """The 42 days that follow an ingebrekestelling, from `eerste_dag` up to and including `laatste_dag`.

    `stappen` says in Dutch how they were counted.
    """

    ingebrekestelling_op: date
    eerste_dag: date
    laatste_dag: date
    tarief: Tarief
    stappen: tuple[str, ...]
    grondslag: str = GRONDSLAG

    def dagen(self, tot_en_met: date) -> int:
        """For how many days it is owed if nothing is decided up to and including this day; at most 42."""
        return min(max((tot_en_met - self.eerste_dag).days + 1, 0), MAX_DAGEN)

    def bedrag_cent(self, tot_en_met: date) -> int:
        """What is owed, in cents, if nothing is decided up to and including this day."""
        return self.tarief.bedrag_cent(self.dagen(tot_en_met))

    def dagen_bij_besluit(self, bekendgemaakt_op: date) -> int:
        """For how many days it is owed when the besluit is bekendgemaakt on this day, which itself isn't counted."""
        return self.dagen(bekendgemaakt_op - _EEN_DAG)

    @property
    def uiterlijk_beslissen(self) -> date:
        """The last day of the two weeks: a besluit on or before it comes in time."""
        return self.eerste_dag - _EEN_DAG

    @property
    def maximum_cent(self) -> int:
        return self.tarief.maximum_cent

    def dag(self, nummer: int) -> date:
        """The day with this number, counted from 1."""
        return self.eerste_dag + timedelta(days=nummer - 1)

    def per_periode(self, dagen: int) -> list[tuple[int, int]]:
        """So many days as (days, cents a day), for each fourteen days that were begun."""
        delen = (
            (min(dagen - n * PERIODE_DAGEN, PERIODE_DAGEN), c) for n, c in enumerate(self.tarief.per_dag_cent)
        )
        return [(aantal, cent) for aantal, cent in delen if aantal > 0]


def tarief_op(ingebrekestelling_op: date) -> Tarief:
    """The amounts for an ingebrekestelling received on this day. Raises ValueError before the law existed."""
    for tarief in TARIEVEN:
        if ingebrekestelling_op >= tarief.vanaf:
            return tarief
    raise ValueError("Voor 1 oktober 2009 bestond de dwangsom bij niet tijdig beslissen nog niet.")


def dwangsom(ingebrekestelling_op: date, feestdagen: Mapping[date, str]) -> Dwangsom:
    """The days and the rate after an ingebrekestelling that was received while the term had passed (Awb 4:17; T115).

    `feestdagen` change no day; they are named in the steps. Raises ValueError before 1 October 2009.
    """
    tarief = tarief_op(ingebrekestelling_op)
    wacht_tot = ingebrekestelling_op + timedelta(days=WACHT_DAGEN)
    eerste = wacht_tot + _EEN_DAG
    laatste = eerste + timedelta(days=MAX_DAGEN - 1)
    stappen = [
        f"De ingebrekestelling is ontvangen op {voluit(ingebrekestelling_op)}.",
        f"Twee weken daarna is {voluit(wacht_tot)}." + _blijft(wacht_tot, feestdagen),
        f"De eerste dag van de dwangsom is de dag erna: {voluit(eerste)}.",
        f"De dwangsom loopt hoogstens {MAX_DAGEN} dagen: tot en met {voluit(laatste)}."
        + _blijft(laatste, feestdagen),
        _bedragen(tarief),
    ]
    return Dwangsom(ingebrekestelling_op, eerste, laatste, tarief, tuple(stappen))


def vaststellen_uiterlijk(laatste_verschuldigde_dag: date, feestdagen: Mapping[date, str]) -> date:
    """By when the dwangsom must be determined: two weeks after the last day that is owed (Awb 4:18, Atw art. 1)."""
    return laatste_dag(laatste_verschuldigde_dag, weken=VASTSTELLEN_WEKEN, feestdagen=feestdagen)


def _bedragen(tarief: Tarief) -> str:
    een, twee, drie = (bedrag // 100 for bedrag in tarief.per_dag_cent)
    hoogstens = f"{tarief.maximum_cent // 100:,}".replace(",", ".")
    return (
        f"De eerste {PERIODE_DAGEN} dagen is het € {een} per dag, de {PERIODE_DAGEN} dagen daarna € {twee} en de "
        f"laatste {PERIODE_DAGEN} dagen € {drie}. Samen is dat hoogstens € {hoogstens} ({tarief.bron})."
    )


def _blijft(dag: date, feestdagen: Mapping[date, str]) -> str:
    """Why a day that looks as if it would move does not."""
    soort = feestdagen.get(dag) or (f"een {weekdag(dag)}" if dag.weekday() >= _ZATERDAG else "")
    return f" Dat is {soort}. Deze termijn schuift niet op." if soort else ""

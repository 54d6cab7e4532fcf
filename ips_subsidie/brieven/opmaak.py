"""How amounts, dates and instants are written in a Dutch letter.

Done here and not with the machine's locale: the same letter must come out on every machine.
"""

from datetime import date, datetime

from ips_subsidie.kalender.dagen import AMSTERDAM, voluit, weekdag

# Keeps an amount or a date on one line.
VASTE_SPATIE = "\N{NO-BREAK SPACE}"


def euro(cent: int) -> str:
    """Write whole cents as an amount: 800000 gives "€ 8.000,00"."""
    if isinstance(cent, bool) or not isinstance(cent, int):
        raise TypeError("een bedrag is een geheel aantal centen")
    heel, rest = divmod(abs(cent), 100)
    duizendtallen = f"{heel:,}".replace(",", ".")
    minteken = "-" if cent < 0 else ""
    return f"€{VASTE_SPATIE}{minteken}{duizendtallen},{rest:02d}"


def datum_voluit(dag: date) -> str:
    """Write a date as "3 juni 2019"."""
    return voluit(dag).replace(" ", VASTE_SPATIE)


def datum_met_dag(dag: date) -> str:
    """Write a date as "maandag 3 juni 2019", for a last day on which somebody must act."""
    return f"{weekdag(dag)} {datum_voluit(dag)}"


def tijdstip(moment: datetime) -> str:
    """Write an aware instant in Dutch time, to the second: order of receipt may hang on it."""
    if moment.tzinfo is None:
        raise ValueError("een tijdstip heeft een tijdzone nodig")
    hier = moment.astimezone(AMSTERDAM)
    return f"{datum_voluit(hier.date())} om {hier:%H:%M:%S}{VASTE_SPATIE}uur"


def aantal(getal: int, enkelvoud: str, meervoud: str) -> str:
    """Write a count with its word: "1 dag", "14 dagen"."""
    return f"{getal}{VASTE_SPATIE}{enkelvoud if getal == 1 else meervoud}"

"""What the tests of the engine share: a limit in the text, a step that may be refused, one reservering in any state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from budget.controle import bevindingen
from budget.handelingen import plaatsen
from budget.handelingen.laden import laad_regeling
from budget.models import Boeking, Pot, RegelingVersie, Reservering
from budget.regels.regeling import Vrijval
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.toegang.rollen import Rol
from tests.fabriek import NIJMEGEN, NU, Wereld, sluit_plaatsen_aan

UUR = timedelta(hours=1)


def met_geld(tekst: str, cent: int) -> str:
    """The same regeling with a plafond in cents beside the one in trajecten."""
    return tekst.replace("[potten]\n", f"[potten]\nplafond_bedrag_cent = {cent}\n")


def met_tijdvakgrens(tekst: str, **grenzen: int) -> str:
    """The same regeling with limits of the tijdvak 2019 alone."""
    regels = "".join(f"{naam} = {waarde}\n" for naam, waarde in grenzen.items())
    return tekst.replace("[termijnen]", f"[potten.tijdvak.2019]\n{regels}\n[termijnen]")


def laad_tekst(tekst: str, nu: datetime = NU, **over: Any) -> RegelingVersie:
    return laad_regeling(tekst, reden="voor een test", nu=nu, **over)[0]


def wacht(
    wereld: Wereld, nu: datetime = NU, gemeente: str = NIJMEGEN, route: str = "gemeente"
) -> Reservering:
    """One that waits in the queue."""
    return sluit_plaatsen_aan(wereld, 1, gemeenten=[gemeente], route=route, nu=nu)[0]


def probeer(doe_iets: Callable[[], Any]) -> str:
    """What came of a step of the engine: `gelukt`, or the code of the refusal; a refusal changes nothing."""
    try:
        with transaction.atomic():
            doe_iets()
    except HandelingGeweigerd as weigering:
        return weigering.codes[0]
    return "gelukt"


def neem(reservering: Reservering, nu: datetime = NU) -> str:
    return probeer(lambda: plaatsen.neem_plaats(reservering, nu))


def laat_vallen(reservering: Reservering, nu: datetime = NU, *, past_niet: bool = False) -> Reservering:
    plaatsen.laat_vallen(reservering, nu, past_niet=past_niet)
    return reservering


def geef_vrij(reservering: Reservering, nu: datetime = NU) -> None:
    assert plaatsen.geef_vrij(reservering, Vrijval.INGETROKKEN_VOOR_START, nu)


def verleen_na_bezwaar(wereld: Wereld, reservering: Reservering, nu: datetime = NU) -> None:
    """Grant what was refused, by two officials."""
    from budget.handelingen import uitzondering

    uitzondering.stel_voor(
        reservering, wereld.met(Rol.UWV_BEOORDELAAR), bezwaar_kenmerk="B-1", beslist_op=nu.date(),
        motivering="Gegrond.", nu=nu,
    )  # fmt: skip
    uitzondering.bevestig(reservering, wereld.met(Rol.UWV_BESLISSER), nu)


def sql(opdracht: str, waarden: Any = None) -> list[Any]:
    """Run this as the application's role."""
    with connection.cursor() as cursor:
        cursor.execute(opdracht, waarden)
        return cursor.fetchall() if cursor.description else []


def fouten_in_de_boeken() -> list[str]:
    """What `controleer` finds in the budget, but for what steps of a test did outside any act."""
    return [f"{b.code}: {b.tekst}" for b in bevindingen() if b.code != "buiten_een_handeling"]


def gegeven() -> dict[str, list[Any]]:
    """All that tells how much was given out, and to whom: the pots, the grants, the grootboek."""
    heeft = Reservering.objects.filter(status__in=["verleend", "gereserveerd"]).order_by("kenmerk")
    return {
        "potten": list(Pot.objects.order_by("pk").values()),
        "verleend": list(heeft.values()),
        "boekingen": list(Boeking.objects.order_by("pk").values()),
    }

"""A process of `toekennen.py` that grants: one order a line on its input, one answer a line on its output.

    python -m tests.prestaties.werker

Every order names what to do and its arguments; see the functions of `Werker`.
"""

from __future__ import annotations

import json
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import django
from django.conf import settings

from tests.prestaties.opstelling import (
    AANVRAAG,
    NAIEF,
    RESERVERING,
    id_van,
    maak_naief,
    maak_veld,
    maak_wereld,
)

MOTIVERING = "De aanvraag voldoet aan de regeling."
# The reasons after which a later try may succeed: who goes first has not been decided yet.
NOG_NIET, HOOGSTENS = {"voorrang"}, 500


class Werker:
    """Grants as one decider, in the ways that are compared."""

    def maak_wereld(self) -> dict[str, str]:
        return maak_wereld()

    def maak_velden(self, aanvraag: str, velden: list[dict[str, Any]]) -> None:
        for veld in velden:
            maak_veld(aanvraag, **veld)
        maak_naief()

    def word(self, lidmaatschap: str) -> None:
        """Be this decider from now on; warm what a process that has run for a while has warm."""
        from ips_subsidie.kalender.feestdagen import alle
        from ips_subsidie.toegang.actor import Actor
        from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap
        from tests.fabriek.wereld import NU

        leden = Lidmaatschap.objects.select_related("gebruiker", "organisatie")
        self.actor = Actor.van(leden.get(pk=lidmaatschap))
        self.naieve_beslisser = Gebruiker.objects.using(NAIEF).get(pk=self.actor.persoon.pk)
        self.nu: datetime = NU + timedelta(hours=1)
        alle()

    def mensen(self) -> dict[str, Any]:
        """Which ids are of people and organisaties, and what the engine's own part needs."""
        from ips_subsidie.toegang.models import Gebruiker, Organisatie

        vast = [
            pk.hex for model in (Gebruiker, Organisatie) for pk in model.objects.values_list("pk", flat=True)
        ]
        return {"vast": vast, "beslisser": str(self.actor.gebruiker_id), "nu": str(self.nu)}

    def ken_toe(self, wijze: str, nummers: list[int], begin: float = 0.0) -> dict[str, Any]:
        """Grant these dossiers in this order, from the moment `begin` on; `ms` of each, and when it was granted."""
        doe = self._wijze(wijze)
        ms, op, geweigerd, fouten = [], [], Counter[str](), []
        rij = [(nummer, doe(nummer)) for nummer in nummers]
        time.sleep(max(0.0, begin - time.time()))
        while rij:
            nummer, klaar = rij.pop(0)
            start = time.perf_counter()
            try:
                klaar()
            except Exception as fout:  # the reader of the answer judges it
                code = _code(fout)
                if code is None:
                    fouten.append(repr(fout))
                elif code in NOG_NIET and geweigerd[code] < HOOGSTENS:
                    rij.append((nummer, doe(nummer)))
                    time.sleep(0.002)
                geweigerd[code or "fout"] += 1
                continue
            ms.append((time.perf_counter() - start) * 1000)
            op.append(time.time())
        return {"ms": ms, "op": op, "geweigerd": geweigerd, "fouten": fouten[:3]}

    def neem_op(self, wijze: str, nummer: int) -> list[str]:
        """The statements with which this way grants one dossier, as they were sent."""
        from django.db import connections
        from django.test.utils import CaptureQueriesContext

        klaar = self._wijze(wijze)(nummer)
        with CaptureQueriesContext(connections[NAIEF if wijze.startswith("naief") else "default"]) as opname:
            klaar()
        return [vraag["sql"] for vraag in opname.captured_queries]

    def _wijze(self, wijze: str) -> Callable[[int], Callable[[], object]]:
        """For each way: what is ready before the clock runs, and what is timed."""
        return {
            "handeling": self._handeling,
            "naief": partial(self._naief, samen=False),
            "naief_samen": partial(self._naief, samen=True),
            "motor": self._motor,
            "motor_orm": self._motor_orm,
        }[wijze]

    def _handeling(self, nummer: int) -> Callable[[], object]:
        from aanvragen.handelingen.beslissen import toekennen
        from aanvragen.models import Aanvraag

        aanvraag = Aanvraag.objects.get(pk=id_van(AANVRAAG, nummer))
        return lambda: toekennen(
            aanvraag, self.actor, nu=self.nu, sleutel=uuid.uuid4(), motivering=MOTIVERING
        )

    def _naief(self, nummer: int, *, samen: bool) -> Callable[[], object]:
        from tests.prestaties import naief

        return lambda: naief.ken_toe(id_van(AANVRAAG, nummer), self.naieve_beslisser, self.nu, samen=samen)

    def _motor(self, nummer: int) -> Callable[[], object]:
        from django.db import connection

        connection.ensure_connection()
        cursor = connection.connection.cursor()

        def doe() -> None:
            for opdracht in motor(nummer, str(self.actor.gebruiker_id), self.nu):
                cursor.execute(opdracht)

        return doe

    def _motor_orm(self, nummer: int) -> Callable[[], object]:
        from django.db import transaction

        from budget.handelingen.plaatsen import neem_plaats
        from budget.models import Reservering

        reservering = Reservering.objects.get(pk=id_van(RESERVERING, nummer))
        return transaction.atomic(partial(neem_plaats, reservering, self.nu))


def motor(nummer: int | str, door: str, nu: datetime | str) -> list[str]:
    """The engine's own part as SQL: the change of the reservering, at which the trigger takes the places."""
    return [
        "BEGIN",
        "UPDATE budget_reservering SET status = 'verleend', "
        f"verleend_op = '{nu}'::timestamptz, handeling = 'aanvraag.toekennen', door_id = '{door}'::uuid, "
        f"gewijzigd_op = '{nu}'::timestamptz WHERE id = '{RESERVERING}-0000-4000-8000-{nummer}'::uuid",
        "COMMIT",
    ]


def _code(fout: Exception) -> str | None:
    from ips_subsidie.handelingen.weigering import HandelingGeweigerd
    from tests.prestaties.naief import Vol

    if isinstance(fout, HandelingGeweigerd):
        return fout.codes[0]
    return "vol" if isinstance(fout, Vol) else None


def main() -> None:
    settings.DATABASES[NAIEF] = settings.DATABASES["default"] | {"NAME": NAIEF}
    # A process that serves keeps its connection; so does this one.
    for databank in settings.DATABASES.values():
        databank["CONN_MAX_AGE"] = None
    django.setup()
    uitvoer, sys.stdout = sys.stdout, sys.stderr
    werker = Werker()
    for regel in sys.stdin:
        wat, invoer = json.loads(regel)
        print(json.dumps(getattr(werker, wat)(**invoer)), file=uitvoer, flush=True)


if __name__ == "__main__":
    main()

"""`manage.py sleutels stand|roteren`: under which key the encrypted fields stand, and writing them under the new one.

Exit code 1: something couldn't be read, or still stands under an old key after a run.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from budget.management.databank import eis_databank
from ips_subsidie.logboek.schrijven import Onderwerp, schrijf_gebeurtenis
from ips_subsidie.opslag.sleutels import PARTIJ, kolommen, roteer, stand
from ips_subsidie.opslag.velden import schrijfsleutel_naam
from ips_subsidie.toegang.factor import hersleutel

ALLE = 1_000_000


class Command(BaseCommand):
    help = "Toont onder welke sleutel de versleutelde velden staan, of schrijft ze onder de nieuwste."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wat", choices=["stand", "roteren"])
        parser.add_argument("--partij", type=int, default=PARTIJ, help="hoeveel rijen per keer")

    def handle(self, *args: Any, wat: str, partij: int, **opties: Any) -> None:
        eis_databank()
        onleesbaar = self._roteer(max(partij, 1)) if wat == "roteren" else []
        oud = self._toon_stand()
        for regel in onleesbaar:
            self.stderr.write(f"Niet te lezen: {regel}")
        if onleesbaar or (wat == "roteren" and oud):
            sys.exit(1)

    def _roteer(self, partij: int) -> list[str]:
        naam = schrijfsleutel_naam().decode()
        onderwerp = Onderwerp("opslag.sleutel", naam)
        schrijf_gebeurtenis("sleutels.roteren_begonnen", onderwerp=onderwerp)
        onleesbaar: list[str] = []
        geschreven = 0
        for kolom in kolommen():
            uitkomst = roteer(kolom, partij=partij)
            geschreven += uitkomst.geschreven
            onleesbaar += uitkomst.onleesbaar
            self.stdout.write(f"{kolom.naam}: {uitkomst.geschreven} opnieuw geschreven onder sleutel {naam}")
        factoren = _roteer_factoren(partij)
        geschreven += factoren
        self.stdout.write(f"tweede factoren: {factoren} opnieuw geschreven onder sleutel {naam}")
        schrijf_gebeurtenis(
            "sleutels.geroteerd",
            onderwerp=onderwerp,
            gegevens={"geschreven": geschreven, "onleesbaar": len(onleesbaar)},
        )
        return onleesbaar

    def _toon_stand(self) -> int:
        """Print how many values stand under which key; give back how many are not under the first."""
        nieuwste = schrijfsleutel_naam().decode()
        oud = 0
        for kolom in kolommen():
            geteld: Counter[str] = stand(kolom)
            delen = ", ".join(f"{naam}: {aantal}" for naam, aantal in sorted(geteld.items()))
            self.stdout.write(f"{kolom.naam}: {delen or 'leeg'}")
            oud += geteld.total() - geteld[nieuwste]
            for naam in set(geteld) - set(settings.VELD_SLEUTELS):
                self.stderr.write(f"De sleutel {naam} ontbreekt: {geteld[naam]} waarden zijn niet te lezen.")
        factoren = _oude_factoren()
        oud += factoren
        self.stdout.write(f"tweede factoren onder een oude sleutel: {factoren}")
        self.stdout.write(
            "Alles staat onder de nieuwste sleutel. De andere mogen weg."
            if not oud
            else f"{oud} waarden staan nog onder een oude sleutel."
        )
        return oud


def _roteer_factoren(partij: int) -> int:
    """The secrets of second factors, which allauth keeps within a column of its own."""
    totaal = 0
    while True:
        with transaction.atomic():
            gedaan = hersleutel(partij)
        totaal += gedaan
        if not gedaan:
            return totaal


def _oude_factoren() -> int:
    """How many would be written anew; done and taken back, so that the rule stands in one place."""
    with transaction.atomic():
        aantal = hersleutel(ALLE)
        transaction.set_rollback(True)
    return aantal

"""`manage.py logboek controleren|anker`: is the logboek still what was written, and the proof of it elsewhere.

`controleren` exits with 0 and one line, or with 1 and what is wrong. It changes nothing.
"""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.anker import Ankers, GeenAnkermap, ankermap, lees_ankers, maak_anker
from ips_subsidie.logboek.keten import controleer


class Command(BaseCommand):
    help = (
        "Controleert de ketens van het logboek, of legt hun laatste schakels vast buiten de databank (anker)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wat", choices=["controleren", "anker"])

    def handle(self, *args: Any, wat: str, **opties: Any) -> None:
        if wat == "anker":
            self._anker()
        else:
            self._controleren()

    def _anker(self) -> None:
        try:
            bestand = maak_anker(nu())
        except GeenAnkermap as fout:
            raise CommandError(str(fout)) from fout
        self.stdout.write(
            f"Anker gemaakt: {bestand}." if bestand else "Sinds het vorige anker is er niets bij gekomen."
        )

    def _controleren(self) -> None:
        ankers = lees_ankers(ankermap()) if settings.ANKERMAP else Ankers()
        uitkomst = controleer(ankers.schakels)
        breuken = [*ankers.breuken, *uitkomst.breuken]
        geteld = (
            f"{uitkomst.regels} regels in {uitkomst.ketens} ketens, {uitkomst.ankers} plaatsen uit ankers"
        )
        if not breuken:
            self.stdout.write(f"Het logboek klopt: {geteld}.")
            if ankers.laatste_op is None:
                self.stdout.write(
                    "Er is nog geen anker: een keten die in haar geheel is herschreven valt niet op."
                )
            return
        self.stdout.write(f"Het logboek klopt niet ({geteld}), {len(breuken)} bevindingen:")
        for breuk in breuken:
            self.stdout.write(f"- {breuk.tekst} [{breuk.code}]")
        sys.exit(1)

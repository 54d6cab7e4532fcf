"""`manage.py controleer`: does everything add up? Exit code 0 and one line, or 1 and what is wrong.

Exit code 2: it is not known which database to look at.
"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from aanvragen.controle import controleer
from budget.management.databank import eis_databank


class Command(BaseCommand):
    help = "Controleert of potten, grootboek, reserveringen en dossiers met elkaar kloppen. Verandert niets."

    def handle(self, *args: Any, **opties: Any) -> None:
        eis_databank()
        uitkomst = controleer()
        self.stdout.write(uitkomst.in_woorden())
        if not uitkomst.klopt:
            sys.exit(1)

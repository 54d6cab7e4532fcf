"""`manage.py controleer`: does everything add up? Exit code 0 and one line, or 1 and what is wrong."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from aanvragen.controle import controleer


class Command(BaseCommand):
    help = "Controleert of potten, grootboek, reserveringen en dossiers met elkaar kloppen. Verandert niets."

    def handle(self, *args: Any, **opties: Any) -> None:
        uitkomst = controleer()
        self.stdout.write(uitkomst.in_woorden())
        if not uitkomst.klopt:
            sys.exit(1)

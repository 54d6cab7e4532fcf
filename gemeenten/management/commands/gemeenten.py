"""`manage.py gemeenten laden [BESTAND]`.

Bring the table in line with a file of the gemeentelijke indeling.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from gemeenten.laden import INDELING, Tabellen, laad_bestand
from gemeenten.models import Gemeente, GemeenteOpvolging
from gemeenten.regels.indeling import IndelingFout
from ips_subsidie.toegang.models import Organisatie


class Command(BaseCommand):
    help = "Laad de gemeentelijke indeling uit een CSV-bestand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        opdrachten = parser.add_subparsers(dest="opdracht", required=True)
        laden = opdrachten.add_parser("laden", help="Laad een bestand; zonder naam dat van het project.")
        laden.add_argument("bestand", nargs="?", type=Path, default=INDELING)

    def handle(self, *args: Any, bestand: Path, **opties: Any) -> None:
        try:
            with transaction.atomic():
                verslag = laad_bestand(bestand, Tabellen(Gemeente, GemeenteOpvolging, Organisatie))
        except OSError as fout:
            raise CommandError(f"{bestand}: {fout.strerror}") from fout
        except IndelingFout as fout:
            raise CommandError(f"{bestand} is niet geladen.\n{fout}") from fout
        for regel in verslag.regels:
            self.stdout.write(regel)
        if not verslag:
            self.stdout.write("Er is niets veranderd.")

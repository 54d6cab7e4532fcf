"""Writes an example of every letter as PDF, to look at after a change of a template."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ips_subsidie.brieven import voorbeelden
from ips_subsidie.brieven.maak import maak_brief


class Command(BaseCommand):
    """manage.py brieven_voorbeeld MAP."""

    help = "Schrijft van elke brief een voorbeeld in een map."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder, and whether to mark the letters as not yet decided."""
        parser.add_argument("map", type=Path)
        parser.add_argument("--voorbeeld", action="store_true", help="Zet 'nog niet besloten' op de brieven.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files and name them."""
        map_: Path = options["map"]
        map_.mkdir(parents=True, exist_ok=True)
        for brief in voorbeelden.alle():
            pad = map_ / f"{brief.sjabloon}.pdf"
            pad.write_bytes(maak_brief(brief, voorbeeld=options["voorbeeld"]))
            self.stdout.write(str(pad))

"""`manage.py handelingen_doc`: the table of acts and the diagrams, to the terminal or into docs/handelingen.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from aanvragen.management.overzicht import overzicht

BESTAND = Path("docs/handelingen.md")


class Command(BaseCommand):
    help = "Toont het overzicht van alle handelingen, of schrijft het naar docs/handelingen.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--schrijf", action="store_true", help=f"schrijf naar {BESTAND}")

    def handle(self, *args: Any, schrijf: bool, **opties: Any) -> None:
        tekst = overzicht()
        if not schrijf:
            self.stdout.write(tekst, ending="")
            return
        (Path(settings.PROJECT) / BESTAND).write_text(tekst, encoding="utf-8")
        self.stdout.write(f"{BESTAND} is geschreven.")

"""`manage.py verwerkingenregister`: the register of personal data, to the terminal or into docs/verwerkingen.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from aanvragen.avg.document import als_tekst

BESTAND = Path("docs/verwerkingen.md")


class Command(BaseCommand):
    help = "Toont het register van verwerkingen en velden, of schrijft het naar docs/verwerkingen.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--schrijf", action="store_true", help=f"schrijf naar {BESTAND}")

    def handle(self, *args: Any, schrijf: bool, **opties: Any) -> None:
        tekst = als_tekst()
        if not schrijf:
            self.stdout.write(tekst, ending="")
            return
        (Path(settings.PROJECT) / BESTAND).write_text(tekst, encoding="utf-8")
        self.stdout.write(f"{BESTAND} is geschreven.")

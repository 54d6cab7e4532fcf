"""`manage.py regeling laden BESTAND` and `manage.py regeling tonen CODE`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from budget.handelingen.laden import laad_regeling
from budget.management.databank import eis_databank
from budget.models import Regeling
from budget.regels.inlezen import RegelingFout
from budget.regels.tabel import waarom
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.kalender.klok import nu, vandaag


class Command(BaseCommand):
    help = "Laadt een regeling uit een bestand, of toont er een."

    def add_arguments(self, parser: CommandParser) -> None:
        onderdelen = parser.add_subparsers(dest="wat", required=True)
        laden = onderdelen.add_parser("laden", help="laad een bestand als nieuwe versie")
        laden.add_argument("bestand", type=Path)
        laden.add_argument("--reden", default="Geladen uit een bestand.")
        laden.add_argument("--geldig-vanaf", type=date.fromisoformat, default=None)
        laden.add_argument(
            "--gepubliceerd-op",
            type=date.fromisoformat,
            default=None,
            help="wie na deze dag binnenkomt valt onder nieuwe grenzen (Awb 4:27); standaard vandaag",
        )
        laden.add_argument("--bron", default="", help='waar het staat, bijvoorbeeld "Stcrt. 2019, 24003"')
        tonen = onderdelen.add_parser("tonen", help="toon de regeling zoals die nu geldt")
        tonen.add_argument("code")

    def handle(self, *args: Any, wat: str, **opties: Any) -> None:
        eis_databank()
        if wat == "laden":
            velden = ("reden", "geldig_vanaf", "gepubliceerd_op", "bron")
            self._laden(opties["bestand"], {veld: opties[veld] for veld in velden})
        else:
            self._tonen(opties["code"])

    def _laden(self, bestand: Path, velden: dict[str, Any]) -> None:
        try:
            tekst = bestand.read_text(encoding="utf-8")
            versie, nieuw = laad_regeling(tekst, nu=nu(), **velden)
        except OSError as fout:
            raise CommandError(f"{bestand}: kan niet worden gelezen ({waarom(fout)}).") from fout
        except UnicodeDecodeError as fout:
            raise CommandError(f"{bestand}: is geen tekst in UTF-8.") from fout
        except RegelingFout as fout:
            raise CommandError(f"{bestand}: {fout}. Er is niets gewijzigd.") from fout
        except HandelingGeweigerd as fout:
            teksten = " ".join(r.tekst for r in fout.redenen)
            raise CommandError(f"{bestand}: {teksten} Er is niets gewijzigd.") from fout
        wat = "geladen" if nieuw else "ongewijzigd"
        self.stdout.write(
            f"{versie.inhoud.code} versie {versie.nummer} {wat}, geldig vanaf {versie.geldig_vanaf}."
        )

    def _tonen(self, code: str) -> None:
        regeling = Regeling.objects.filter(code=code).first()
        if regeling is None:
            bekend = ", ".join(Regeling.objects.values_list("code", flat=True)) or "geen"
            raise CommandError(f"Regeling {code} is er niet. Wel: {bekend}.")
        versie = regeling.versie_op(vandaag())
        self.stdout.write(f"# {regeling.naam}, versie {versie.nummer}, geldig vanaf {versie.geldig_vanaf}")
        self.stdout.write(versie.tekst)

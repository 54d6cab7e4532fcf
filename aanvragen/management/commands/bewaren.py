"""`manage.py bewaren overzicht|proef|vernietigen|verklaring`: what is kept until when, and destroying what is due.

`vernietigen` runs as the owner of the database: IPS_ALS_EIGENAAR=1 manage.py bewaren vernietigen --door e-mailadres.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from aanvragen.avg.bewaren import Bewaarstand, oude_voordrachten, standen, te_vernietigen
from aanvragen.avg.vernietigen import NietVernietigd, is_eigenaar, proef, vernietig, vernietig_voordracht
from aanvragen.models import Aanvraag
from budget.management.databank import eis_databank
from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.opslag.models import Vernietiging
from ips_subsidie.toegang.models import Gebruiker

HOOGSTENS = 500


class Command(BaseCommand):
    help = "Toont welke dossiers tot wanneer blijven, en vernietigt wat niet langer bewaard mag worden."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wat", choices=["overzicht", "proef", "vernietigen", "verklaring"])
        parser.add_argument("--dossier", default="", help="alleen het dossier met dit kenmerk")
        parser.add_argument("--door", default="", help="e-mailadres van wie de opdracht geeft")
        parser.add_argument("--hoogstens", type=int, default=HOOGSTENS, help="hoeveel dossiers per keer")

    def handle(self, *args: Any, wat: str, dossier: str, door: str, hoogstens: int, **opties: Any) -> None:
        eis_databank()
        if wat == "verklaring":
            self._verklaring(list(Vernietiging.objects.select_related("door").order_by("op", "id")))
            return
        aanvragen = Aanvraag.objects.filter(kenmerk=dossier) if dossier else Aanvraag.objects.all()
        if dossier and not aanvragen.exists():
            raise CommandError(f"Er is geen dossier met het kenmerk {dossier}.")
        lijst = list(standen(vandaag(), aanvragen))
        if wat == "overzicht":
            self._overzicht(lijst, aanvragen.filter(vernietigd_op__isnull=False).count())
        elif wat == "proef":
            self._proef(te_vernietigen(vandaag(), lijst)[:hoogstens])
        else:
            self._vernietig(te_vernietigen(vandaag(), lijst)[:hoogstens], self._opdrachtgever(door))

    def _overzicht(self, lijst: list[Bewaarstand], vernietigd: int) -> None:
        dag = vandaag()
        weg = te_vernietigen(dag, lijst)
        vast = [stand for stand in lijst if dag > stand.bewaren_tot and stand.redenen]
        self.stdout.write(f"Te vernietigen: {len(weg)}")
        self.stdout.write(f"Termijn voorbij, maar vastgehouden: {len(vast)}")
        for reden, aantal in sorted(Counter(reden for stand in vast for reden in stand.redenen).items()):
            self.stdout.write(f"  {reden}: {aantal}")
        self.stdout.write(f"Nog binnen de termijn: {len(lijst) - len(weg) - len(vast)}")
        self.stdout.write(f"Al vernietigd: {vernietigd}")
        self.stdout.write(f"Voordrachten zonder aanvraag, te vernietigen: {oude_voordrachten(dag).count()}")

    def _proef(self, lijst: list[Bewaarstand]) -> None:
        totaal: Counter[str] = Counter()
        for stand in lijst:
            aantallen = proef(stand.aanvraag)
            totaal.update(aantallen)
            self.stdout.write(
                f"{stand.aanvraag.kenmerk}: einde {stand.einde:%d-%m-%Y}, bewaard tot en met "
                f"{stand.bewaren_tot:%d-%m-%Y}, {sum(aantallen.values())} rijen"
            )
        for tabel, aantal in sorted(totaal.items()):
            self.stdout.write(f"  {tabel}: {aantal}")
        self.stdout.write(f"{len(lijst)} dossiers zouden worden vernietigd. Er is niets veranderd.")

    def _vernietig(self, lijst: list[Bewaarstand], door: Gebruiker) -> None:
        if not is_eigenaar():
            raise CommandError("Alleen de eigenaar van de databank kan vernietigen: zet IPS_ALS_EIGENAAR=1.")
        gedaan, fouten = [], []
        for voordracht in oude_voordrachten(vandaag())[:HOOGSTENS]:
            gedaan.append(vernietig_voordracht(voordracht, door, nu()))
        for stand in lijst:
            try:
                gedaan.append(vernietig(stand.aanvraag, door, nu()))
            except NietVernietigd as fout:
                fouten.append(str(fout))
        self._verklaring(gedaan)
        for tekst in fouten:
            self.stderr.write(tekst)
        if fouten:
            sys.exit(1)

    def _opdrachtgever(self, email: str) -> Gebruiker:
        door = Gebruiker.objects.filter(email__iexact=email, is_active=True).first() if email else None
        if door is None:
            raise CommandError("Wie geeft de opdracht? Noem met --door het e-mailadres van een account.")
        return door

    def _verklaring(self, lijst: list[Vernietiging]) -> None:
        """What was destroyed, on which ground, by whom: the verklaring (Archiefbesluit 1995 art. 8)."""
        self.stdout.write("Verklaring van vernietiging")
        self.stdout.write("Grond: Archiefwet 1995 artikel 3 en 5, en de bewaartermijn van de regeling.\n")
        totaal: Counter[str] = Counter()
        for een in lijst:
            totaal.update(een.aantallen)
            self.stdout.write(
                f"{een.op:%d-%m-%Y %H:%M} {een.regeling} dossier {een.kenmerk_hash[:16]} (bewaard tot en met "
                f"{een.bewaren_tot:%d-%m-%Y}), opdracht van {een.door.email}"
            )
        for tabel, aantal in sorted(totaal.items()):
            self.stdout.write(f"  {tabel}: {aantal}")
        self.stdout.write(f"{len(lijst)} dossiers vernietigd.")

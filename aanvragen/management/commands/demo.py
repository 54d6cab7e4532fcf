"""`manage.py demo`: invented organisaties, logins and dossiers, for a local program only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from aanvragen.demo.laden import DemoKanNiet, laad
from ips_subsidie.kalender.klok import nu
from ips_subsidie.lokaal.logins import LOGINS, WACHTWOORD


class Command(BaseCommand):
    help = "Maakt verzonnen gegevens om in rond te kijken. Alleen lokaal."

    def handle(self, *args: Any, **opties: Any) -> None:
        if not settings.LOKAAL:
            raise CommandError("Demogegevens zijn er alleen lokaal. Met deze instellingen gebeurt er niets.")
        try:
            uitkomst = laad(LOGINS, WACHTWOORD, nu())
        except DemoKanNiet as waarom:
            # The logins are there: who starts at another date can still come in.
            self.stderr.write(str(waarom))
            return
        if uitkomst.al_geladen:
            self.stdout.write(f"Er zijn al {uitkomst.dossiers} dossiers. De demo is niet opnieuw geladen.")
        else:
            self.stdout.write(f"{len(LOGINS)} logins en {uitkomst.dossiers} dossiers gemaakt.")

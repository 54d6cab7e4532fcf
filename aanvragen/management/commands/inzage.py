"""`manage.py inzage --dossier KENMERK`: all that the portal holds on the deelnemer of a dossier, as JSON.

For the functionaris gegevensbescherming (AVG art. 15). It is written down in the logboek who asked.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from aanvragen.avg.inzage import als_json, verzamel
from aanvragen.models import Aanvraag
from budget.management.databank import eis_databank
from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.schrijven import schrijf_gebeurtenis
from ips_subsidie.toegang.models import Gebruiker


class Command(BaseCommand):
    help = "Toont alles wat het portaal over de deelnemer van één dossier heeft, als JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dossier", required=True, help="het kenmerk van het dossier")
        parser.add_argument("--door", required=True, help="e-mailadres van wie het vraagt")

    def handle(self, *args: Any, dossier: str, door: str, **opties: Any) -> None:
        eis_databank()
        wie = Gebruiker.objects.filter(email__iexact=door, is_active=True).first()
        if wie is None:
            raise CommandError("Wie vraagt dit? Noem met --door het e-mailadres van een account.")
        aanvraag = (
            Aanvraag.objects.select_related("deelnemer", "regeling_versie").filter(kenmerk=dossier).first()
        )
        if aanvraag is None:
            raise CommandError(f"Er is geen dossier met het kenmerk {dossier}.")
        schrijf_gebeurtenis("inzage.opgevraagd", onderwerp=aanvraag.onderwerp(), gebruiker=wie)
        antwoord = als_json(aanvraag, verzamel(aanvraag), nu())
        self.stdout.write(json.dumps(antwoord, ensure_ascii=False, indent=2))

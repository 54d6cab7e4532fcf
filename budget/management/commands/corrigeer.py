"""`manage.py corrigeer CODE --reden "..."`: put right what `controleer` found, by bookings. For the owner."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction

from budget.management.databank import eis_databank
from budget.models import Regeling
from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.models import Soort
from ips_subsidie.logboek.schrijven import Onderwerp, regel, schrijf


class Command(BaseCommand):
    help = "Brengt het grootboek en de tellers van de potten in overeenstemming met wat er is verleend."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="de code van de regeling")
        parser.add_argument("--reden", required=True, help="waarom dit nodig is; komt in het logboek")

    def handle(self, *args: Any, code: str, reden: str, **opties: Any) -> None:
        if not reden.strip():
            raise CommandError("Geef met --reden aan waarom dit nodig is.")
        eis_databank()
        regeling = Regeling.objects.filter(code=code).first()
        if regeling is None:
            raise CommandError(f"Er is geen regeling met de code {code}.")
        moment = nu()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "SELECT budget_herboek(%s, %s, nextval('budget_mutatie'), 'grootboek.corrigeren', NULL)",
                    [regeling.pk, moment],
                )
                aantal = cursor.fetchone()[0]
                schrijf([
                    regel(
                        None, Soort.HANDELING, "grootboek.corrigeren", Onderwerp("budget.regeling", str(regeling.pk)),
                        op=moment, gegevens={"reden": reden, "boekingen": aantal},
                    )
                ])  # fmt: skip
        except DatabaseError as fout:
            if getattr(fout.__cause__, "sqlstate", "") != "42501":
                raise
            raise CommandError(
                "Alleen de eigenaar van de databank mag corrigeren. Voer uit met IPS_ALS_EIGENAAR=1."
            ) from fout
        self.stdout.write(
            f"{code}: {aantal} boeking(en) gemaakt." if aantal else f"{code}: er was niets te corrigeren."
        )

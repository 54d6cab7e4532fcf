"""`manage.py reservekopie maken|terugzetten|oefenen`; docs/herstel.md says when. What fails ends with code 1."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from budget.management.databank import eis_databank
from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.schrijven import Onderwerp, schrijf_gebeurtenis
from ips_subsidie.reservekopie import manifest
from ips_subsidie.reservekopie.databank import van_app, van_eigenaar
from ips_subsidie.reservekopie.fout import ReservekopieFout
from ips_subsidie.reservekopie.maken import maak
from ips_subsidie.reservekopie.oefenen import oefen
from ips_subsidie.reservekopie.sleutels import Sleutels
from ips_subsidie.reservekopie.terugzetten import maak_databank, zet_terug

_ONDERWERP = Onderwerp("reservekopie")


class Command(BaseCommand):
    help = "Maakt een versleutelde reservekopie, zet er een terug, of oefent dat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        doen = parser.add_subparsers(dest="doen", required=True)
        maken = doen.add_parser("maken", help="maak een reservekopie van de hele databank")
        maken.add_argument(
            "--bewaar", type=int, default=settings.RESERVEKOPIE_BEWAAR, help="zoveel blijven er staan"
        )
        terug = doen.add_parser("terugzetten", help="zet een reservekopie terug in een lege databank")
        terug.add_argument("bestand", type=Path)
        terug.add_argument("--nieuw", metavar="NAAM", help="maak eerst deze databank, naast die er is")
        oefenen = doen.add_parser("oefenen", help="zet terug in een wegwerpdatabank en controleer alles")
        oefenen.add_argument("bestand", type=Path, nargs="?", help="anders de nieuwste")

    def handle(self, *args: Any, **opties: Any) -> None:
        eis_databank()
        try:
            regel = {"maken": self._maken, "terugzetten": self._terugzetten, "oefenen": self._oefenen}[
                opties["doen"]
            ](opties)
        except ReservekopieFout as fout:
            raise CommandError(str(fout)) from fout
        self.stdout.write(regel)

    def _maken(self, opties: dict[str, Any]) -> str:
        gemaakt = maak(
            van_eigenaar(), settings.RESERVEKOPIE_MAP, Sleutels.uit_settings(), nu(), bewaar=opties["bewaar"]
        )
        schrijf_gebeurtenis(
            "reservekopie.gemaakt",
            onderwerp=_ONDERWERP,
            gegevens={"bestand": gemaakt.bestand, "sha256": gemaakt.sha256},
        )
        return (
            f"{settings.RESERVEKOPIE_MAP / gemaakt.bestand}: {gemaakt.inhoud.rijen} rijen, "
            f"{gemaakt.grootte} bytes, teruggelezen."
        )

    def _terugzetten(self, opties: dict[str, Any]) -> str:
        sleutels, doel = Sleutels.uit_settings(), van_eigenaar()
        if opties["nieuw"]:
            doel = maak_databank(doel, opties["nieuw"])
        gemaakt = zet_terug(opties["bestand"], doel, sleutels)
        if not opties["nieuw"]:
            # The database of the settings: its logboek goes on with the fact that it was restored.
            schrijf_gebeurtenis(
                "reservekopie.teruggezet",
                onderwerp=_ONDERWERP,
                gegevens={"bestand": gemaakt.bestand, "sha256": gemaakt.sha256},
            )
        return (
            f"{gemaakt.inhoud.rijen} rijen teruggezet in {doel.naam}, gelijk aan de kopie van "
            f"{gemaakt.gemaakt_op:%d-%m-%Y %H:%M} UTC. Draai nu migrate, controleer en logboek controleren."
        )

    def _oefenen(self, opties: dict[str, Any]) -> str:
        kopieen = [opties["bestand"]] if opties["bestand"] else manifest.alle(settings.RESERVEKOPIE_MAP)
        if not kopieen:
            raise ReservekopieFout(
                f"Er is geen reservekopie in {settings.RESERVEKOPIE_MAP}. Maak er eerst een."
            )
        uitslag = oefen(kopieen[-1], van_eigenaar(), van_app(), Sleutels.uit_settings())
        schrijf_gebeurtenis(
            "reservekopie.geoefend",
            onderwerp=_ONDERWERP,
            gegevens={"bestand": uitslag.manifest.bestand, "seconden": round(uitslag.terugzetten, 1)},
        )
        return uitslag.in_woorden()

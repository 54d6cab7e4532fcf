"""`manage.py demo_overleg`: the overleg of the demo, after `manage.py demo`; for a local program only."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import F

from aanvragen.demo.agenda import moment, werkdagen_voor
from aanvragen.models import Aanvraag, GgzInstelling
from aanvragen.regels.statussen import TrajectStatus
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.berichten.uitbak import zonder_haast
from ips_subsidie.kalender.klok import begin_van_dag, datum_van, klok_op, vandaag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.rollen import Functie
from overleg.handelingen import agendapunten, reeksen
from overleg.models import OverlegSoort, Punt, Reeks
from overleg.regels.reeksen import ACHTWEKELIJKS, WEKELIJKS

VERBAND = "WerkBedrijf Rijk van Nijmegen"
# Made so many working days before the reference date, so that some of it has been.
_WERKDAGEN = 15
_OP_DE_AGENDA = 4
_WOENSDAG, _DONDERDAG = 2, 3


class Command(BaseCommand):
    help = "Geeft het samenwerkingsverband van de demo een vacatureoverleg en een casuïstiekoverleg. Alleen lokaal."

    def handle(self, *args: Any, **opties: Any) -> None:
        if not settings.LOKAAL:
            raise CommandError("Demogegevens zijn er alleen lokaal. Met deze instellingen gebeurt er niets.")
        lid = (
            Lidmaatschap.objects.select_related("gebruiker", "organisatie")
            .filter(organisatie__naam=VERBAND, functie=Functie.BELEID)
            .first()
        )
        if lid is None or Reeks.objects.filter(laatste_dag__gte=vandaag()).exists():
            self.stdout.write("Er is al overleg, of de demo is nog niet geladen. Er is niets gemaakt.")
            return
        with transaction.atomic(), zonder_haast():
            aantal = _maak(Actor.van(lid), werkdagen_voor(vandaag(), _WERKDAGEN))
            # No mails about the past.
            Bericht.objects.filter(uitgezet_op__isnull=True).update(uitgezet_op=F("gemaakt_op"))
        self.stdout.write(f"2 reeksen overleg en {aantal} agendapunten gemaakt.")


def _maak(beleid: Actor, dagen: list[date]) -> int:
    """A weekly and an eight-weekly series, made on the first day; on the last one running trajecten come on both."""
    begin, einde = moment(dagen[0], 0, 1), moment(dagen[-1], 0, 1)
    with klok_op(begin):
        wekelijks = _reeks(beleid, dagen[0], begin, OverlegSoort.VACATURE)
        achtwekelijks = _reeks(beleid, dagen[0], begin, OverlegSoort.CASUISTIEK)
    with klok_op(einde):
        return _zet_op_de_agenda(
            wekelijks, beleid, einde, [Punt.VACATURE, Punt.VOORTGANG]
        ) + _zet_op_de_agenda(achtwekelijks, beleid, einde, [Punt.VOORZIENING])


def _reeks(beleid: Actor, dag: date, nu: datetime, soort: OverlegSoort) -> Reeks:
    """With every instelling that offers IPS."""
    wekelijks = soort is OverlegSoort.VACATURE
    instellingen = GgzInstelling.objects.biedt_ips_op(dag).select_related("organisatie")
    return reeksen.maken(
        None, beleid, soort=soort, om_de_weken=WEKELIJKS if wekelijks else ACHTWEKELIJKS,
        eerste_dag=_eerstvolgende(dag, _WOENSDAG) if wekelijks else _eerstvolgende(dag, _DONDERDAG, na_weken=4),
        laatste_dag=dag + timedelta(weeks=52),
        begint_om=time(9, 30) if wekelijks else time(13, 30), duur_minuten=60 if wekelijks else 90,
        plaats="WerkBedrijf, Voorbeeldplein 1 in Nijmegen", link="", zonder_feestdagen=True,
        deelnemers=[een.organisatie for een in instellingen], nu=nu,
    )  # fmt: skip


def _eerstvolgende(dag: date, weekdag: int, *, na_weken: int = 0) -> date:
    """The first one after `dag`, and then so many weeks later."""
    return dag + timedelta(days=(weekdag - dag.weekday() - 1) % 7 + 1, weeks=na_weken)


def _zet_op_de_agenda(reeks: Reeks, beleid: Actor, nu: datetime, punten: list[Punt]) -> int:
    """Of the first meeting from the next day on; returns how many dossiers that were."""
    morgen = begin_van_dag(datum_van(nu) + timedelta(days=1))
    volgende = reeks.bijeenkomsten.komend(morgen).first()
    if volgende is None:
        return 0
    lopend = Aanvraag.objects.zichtbaar_voor(beleid).filter(traject__status=TrajectStatus.GESTART)
    gekozen = list(lopend.order_by("-aangemaakt_op", "id")[:_OP_DE_AGENDA])
    for nummer, aanvraag in enumerate(gekozen):
        punt = punten[nummer % len(punten)]
        agendapunten.toevoegen(volgende, beleid, kenmerk=aanvraag.kenmerk, punt=punt, nu=nu)
    return len(gekozen)

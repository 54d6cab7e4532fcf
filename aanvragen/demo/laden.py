"""The whole demo: organisaties, logins, dossiers. Each part only where it is not there yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from aanvragen.demo.organisaties import Login, actoren, maak_gebruikers, maak_organisaties
from aanvragen.demo.spelen import speel, werkdagen_voor
from aanvragen.models import Aanvraag
from budget.models import Regeling
from ips_subsidie.berichten.lezen import bak_van, markeer_gelezen
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.berichten.uitbak import zonder_haast
from ips_subsidie.kalender.klok import begin_van_dag, datum_van

CODE = "IPS-CMD-2019"
ONGELEZEN_WERKDAGEN = 3


class DemoKanNiet(Exception):
    """Why there are no demo dossiers, for who asked for them."""


@dataclass(frozen=True)
class Uitkomst:
    dossiers: int
    al_geladen: bool = False


def laad(logins: Iterable[Login], wachtwoord: str, nu: datetime) -> Uitkomst:
    """Make what isn't there. Raises DemoKanNiet, with the logins made, when the day gives no dossiers a place."""
    with transaction.atomic():
        maak_organisaties()
        maak_gebruikers(logins, wachtwoord, nu)
    if aantal := Aanvraag.objects.count():
        return Uitkomst(aantal, al_geladen=True)
    regeling = Regeling.objects.filter(code=CODE).first()
    if regeling is None:
        raise DemoKanNiet(f"De regeling {CODE} is er nog niet. Laad haar eerst met: manage.py regeling laden")
    dagen = werkdagen_voor(datum_van(nu))
    _controleer_tijdvak(regeling, dagen[0], datum_van(nu))
    with transaction.atomic(), zonder_haast():
        speel(regeling, dagen)
        _kom_tot_rust(begin_van_dag(dagen[-ONGELEZEN_WERKDAGEN]), nu)
    return Uitkomst(Aanvraag.objects.count())


def _controleer_tijdvak(regeling: Regeling, eerste: date, vandaag: date) -> None:
    tijdvakken = regeling.versies.latest("nummer").inhoud.tijdvakken
    if any(t.van <= eerste and vandaag <= t.tot_en_met for t in tijdvakken):
        return
    begin, eind = min(t.van for t in tijdvakken), max(t.tot_en_met for t in tijdvakken)
    raise DemoKanNiet(
        f"Geen dossiers gemaakt: het is hier {vandaag:%d-%m-%Y}, en de dossiers beslaan de weken daarvoor. Kies een "
        f"datum in het aanvraagtijdvak ({begin:%d-%m-%Y} tot en met {eind:%d-%m-%Y}), minstens vijf weken na het begin."
    )


def _kom_tot_rust(grens: datetime, nu: datetime) -> None:
    """No mails about the past, and what is older than a few days was read in the inbox."""
    Bericht.objects.filter(uitgezet_op__isnull=True).update(uitgezet_op=F("gemaakt_op"))
    for actor in actoren().values():
        markeer_gelezen(bak_van(actor).filter(gemaakt_op__lt=grens), actor, nu=nu)

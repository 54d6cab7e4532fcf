"""The whole demo: regelingen, organisaties, logins, dossiers. Each part only where it is not there yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from aanvragen.demo import spelen, spelen_b, verhalen, verhalen_b
from aanvragen.demo.agenda import werkdagen_voor
from aanvragen.demo.organisaties import Login, actoren, maak_gebruikers, maak_organisaties
from aanvragen.demo.regelingen import laad_regelingen
from aanvragen.herinneren import laat_vervallen
from aanvragen.models import Aanvraag
from budget.models import Regeling
from budget.regels.regeling import Tijdvak
from ips_subsidie.berichten.lezen import bak_van, markeer_gelezen
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.berichten.uitbak import zonder_haast
from ips_subsidie.kalender.klok import begin_van_dag, datum_van, klok_op

ONGELEZEN_WERKDAGEN = 3


class DemoKanNiet(Exception):
    """Why there are no demo dossiers, for who asked for them."""


@dataclass(frozen=True)
class Uitkomst:
    dossiers: int
    al_geladen: bool = False


@dataclass(frozen=True)
class Deel:
    """The dossiers of one regeling; `dag` is the reference date that they were written for."""

    code: str
    dag: date
    werkdagen: int
    speel: Callable[[Regeling, list[date]], object]

    def tijdvakken(self) -> tuple[Tijdvak, ...]:
        """Of the regeling as it was last published; none as long as it is not there."""
        regeling = Regeling.objects.filter(code=self.code).first()
        return regeling.versies.latest("nummer").inhoud.tijdvakken if regeling else ()

    def past_op(self, dag: date) -> bool:
        """Do all its days before `dag` lie in the tijdvak in which `dag` lies?"""
        eerste = werkdagen_voor(dag, self.werkdagen)[0]
        return any(t.begint <= eerste and dag <= t.tot_en_met for t in self.tijdvakken())

    def geladen(self) -> bool:
        return Aanvraag.objects.filter(regeling__code=self.code).exists()


# In the order of time: at a reference date of a later one the earlier ones are the past.
DELEN = (
    Deel("IPS-CMD-2019", date(2019, 6, 3), verhalen.WERKDAGEN, spelen.speel),
    Deel("IPS-GEM-2023", date(2023, 6, 5), verhalen_b.WERKDAGEN, spelen_b.speel),
)


def laad(logins: Iterable[Login], wachtwoord: str, nu: datetime) -> Uitkomst:
    """Make what isn't there. Raises DemoKanNiet, with the logins made, when the day gives no dossiers a place."""
    with transaction.atomic():
        laad_regelingen(nu)
        maak_organisaties()
        maak_gebruikers(logins, wachtwoord, nu)
    dagen = _wanneer(datum_van(nu))
    nieuw = {deel: dag for deel, dag in dagen.items() if not deel.geladen()}
    if not nieuw:
        return Uitkomst(Aanvraag.objects.count(), al_geladen=True)
    with transaction.atomic(), zonder_haast():
        for deel, dag in nieuw.items():
            deel.speel(Regeling.objects.get(code=deel.code), werkdagen_voor(dag, deel.werkdagen))
            if dag != datum_van(nu):
                _sluit_af(deel)
        rustig = werkdagen_voor(datum_van(nu), ONGELEZEN_WERKDAGEN)[0]
        _kom_tot_rust(begin_van_dag(rustig), nu)
    return Uitkomst(Aanvraag.objects.count())


def _wanneer(vandaag: date) -> dict[Deel, date]:
    """The part for today, and those before it on the day they were written for."""
    for nummer, deel in enumerate(DELEN):
        if deel.past_op(vandaag):
            return {eerder: eerder.dag for eerder in DELEN[:nummer]} | {deel: vandaag}
    raise DemoKanNiet(
        f"Geen dossiers gemaakt: het is hier {vandaag:%d-%m-%Y}, en de dossiers beslaan de weken daarvoor. "
        f"{' '.join(_waar_wel(deel) for deel in DELEN)}"
    )


def _waar_wel(deel: Deel) -> str:
    """When there would be dossiers of this part."""
    tekst = f"Voor {deel.code}: bijvoorbeeld IPS_DATUM={deel.dag}"
    if tijdvakken := deel.tijdvakken():
        weken = deel.werkdagen // 5 + 1
        perioden = " of ".join(f"{t.begint:%d-%m-%Y} tot en met {t.tot_en_met:%d-%m-%Y}" for t in tijdvakken)
        tekst += f", of een andere datum in {perioden}, minstens {weken} weken na het begin"
    return f"{tekst}."


def _sluit_af(deel: Deel) -> None:
    """What the calendar does after the last tijdvak, and what the worker would have done then: no more toestemming."""
    dag = max(t.tot_en_met for t in deel.tijdvakken()) + timedelta(days=2)
    with klok_op(begin_van_dag(dag)) as moment:
        laat_vervallen(moment)


def _kom_tot_rust(grens: datetime, nu: datetime) -> None:
    """No mails about the past, and what is older than a few days was read in the inbox."""
    Bericht.objects.filter(uitgezet_op__isnull=True).update(uitgezet_op=F("gemaakt_op"))
    for actor in actoren().values():
        markeer_gelezen(bak_van(actor).filter(gemaakt_op__lt=grens), actor, nu=nu)

"""All that is due in one's own calendar, by the same secret as the dates of the overleg."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from icalendar import Event, vUri

from aanvragen.termijnlijst.lezen import Taak, lees
from ips_subsidie.kalender.klok import begin_van_dag, nu, vandaag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import openbaar
from ips_subsidie.toegang.rijrechten import Blik, met_blik
from overleg.web.agendalink import adres_van_site, lege_kalender, lever

# The nearest; a calendar is read again every few hours.
_MEESTE = 500


@openbaar
def termijnfeed(request: HttpRequest, sleutel: str) -> HttpResponse:
    """A whole day for each thing that is due: what, and the kenmerk of the dossier; nobody's name."""
    return lever(request, sleutel, _kalender, "termijnen.ics")


def _kalender(actor: Actor) -> bytes:
    kalender = lege_kalender("IPS: wat er moet gebeuren")
    # Who asks is a calendar program without a login; the database shows what the owner of the link may see.
    with met_blik(Blik.van(actor, nu())):
        taken, _ = lees(actor, vandaag(), aantal=_MEESTE)
    for taak in taken:
        kalender.add_component(_afspraak(taak))
    inhoud: bytes = kalender.to_ical()
    return inhoud


def _afspraak(taak: Taak) -> Event:
    """Days, not instants: a last day is a day, in every calendar and by every clock."""
    site, host = adres_van_site()
    afspraak = Event()
    afspraak.add("uid", f"{taak.bron.code}-{taak.over}@{host}")
    # When it was written down doesn't matter here; the same row must give the same bytes each time.
    afspraak.add("dtstamp", begin_van_dag(taak.dag))
    afspraak.add("dtstart", taak.dag)
    afspraak.add("dtend", taak.dag + timedelta(days=1))
    wacht = "Wacht op u sinds deze dag: " if taak.sinds else "Uiterlijk vandaag: "
    afspraak.add("summary", f"{wacht}{taak.titel} ({taak.kenmerk})")
    afspraak.add("url", vUri(site + taak.url))
    afspraak.add("transp", "TRANSPARENT")
    return afspraak

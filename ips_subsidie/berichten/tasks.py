"""The worker's door to the outbox. Run as often as you like: what is done is not done again."""

from celery import shared_task

from ips_subsidie.berichten import beveiligingsmails, bezorgen
from ips_subsidie.berichten.doorgeven import geef_door
from ips_subsidie.berichten.hartslag import klop
from ips_subsidie.berichten.overzicht import maak_overzichten
from ips_subsidie.berichten.uitbak import haast
from ips_subsidie.kalender.klok import nu
from ips_subsidie.toegang import wachtwoordlinks


@shared_task(name="ips_subsidie.berichten.tasks.bezorg")
def bezorg() -> None:
    """Deliver what waits in the outbox; what doesn't fit in the time of a task is for the next one."""
    moment = nu()
    while bezorgen.zet_uit(moment):
        pass
    maak_overzichten(moment)
    klaar = bezorgen.verstuur_alles(moment)
    bezorgen.verstuur_uitnodigingen(moment)
    beveiligingsmails.verstuur(moment)
    wachtwoordlinks.verstuur(moment)
    if not klaar:
        haast()


@shared_task(name="ips_subsidie.berichten.tasks.geef_door")
def geef_berichten_door() -> None:
    """Give what stayed unread to the colleagues."""
    if geef_door(nu()):
        haast()


@shared_task(name="ips_subsidie.berichten.tasks.hartslag")
def hartslag() -> None:
    """Show that beat, broker and worker do their work (asked at /gereed)."""
    klop(nu())

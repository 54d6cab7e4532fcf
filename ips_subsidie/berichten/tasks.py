"""The worker's door to the outbox. Run as often as you like: what is done is not done again."""

from celery import shared_task

from ips_subsidie.berichten import bezorgen
from ips_subsidie.berichten.doorgeven import geef_door
from ips_subsidie.berichten.overzicht import maak_overzichten
from ips_subsidie.berichten.uitbak import haast
from ips_subsidie.kalender.klok import nu


@shared_task(name="ips_subsidie.berichten.tasks.bezorg")
def bezorg() -> None:
    """Deliver what waits in the outbox; what doesn't fit in the time of a task is for the next one."""
    moment = nu()
    while bezorgen.zet_uit(moment):
        pass
    maak_overzichten(moment)
    klaar = bezorgen.verstuur_alles(moment)
    bezorgen.verstuur_uitnodigingen(moment)
    if not klaar:
        haast()


@shared_task(name="ips_subsidie.berichten.tasks.geef_door")
def geef_berichten_door() -> None:
    """Give what stayed unread to the colleagues."""
    if geef_door(nu()):
        haast()

"""The worker's door to the outbox. Run as often as you like: what is done is not done again."""

from celery import shared_task

from ips_subsidie.berichten import bezorgen
from ips_subsidie.kalender.klok import nu


@shared_task(name="ips_subsidie.berichten.tasks.bezorg")
def bezorg() -> None:
    """Deliver everything that waits in the outbox."""
    moment = nu()
    while bezorgen.zet_uit(moment):
        pass
    while bezorgen.verstuur(moment):
        pass
    bezorgen.verstuur_uitnodigingen(moment)

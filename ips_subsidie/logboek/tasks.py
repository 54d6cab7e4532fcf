"""The worker's door: every day an anchor."""

import structlog
from celery import shared_task

from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.anker import GeenAnkermap, maak_anker

log = structlog.get_logger(__name__)


@shared_task(name="ips_subsidie.logboek.tasks.anker")
def anker() -> None:
    """Write the heads of the chains outside the database. Without a folder for it there is an error in the log."""
    try:
        maak_anker(nu())
    except GeenAnkermap as fout:
        log.error("geen anker van het logboek gemaakt", reden=str(fout))

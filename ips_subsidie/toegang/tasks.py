"""What the worker does for logging in: forget what is past."""

from celery import shared_task
from django.utils import timezone

from ips_subsidie.toegang import sessies


@shared_task(name="ips_subsidie.toegang.tasks.ruim_op")
def ruim_op() -> None:
    """Sessions, kept forms and counts of tries that have had their time (by the machine's clock, as they are made)."""
    sessies.ruim_op(timezone.now())

"""Which request was already carried out: a double click or a retry gets the first result."""

import uuid

from django.conf import settings
from django.db import models


class Uitvoering(models.Model):
    """The idempotency key of one act of one gebruiker, written in the act's own transaction."""

    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sleutel = models.UUIDField(default=uuid.uuid4)
    handeling = models.CharField(max_length=80)
    # A keyed digest of the object and the input: the same key with other input is another request.
    invoer = models.CharField(max_length=64, default="")
    op = models.DateTimeField()
    resultaat_soort = models.CharField(max_length=60, blank=True)
    resultaat_id = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = "uitvoering"
        verbose_name_plural = "uitvoeringen"
        ordering = ("-op", "-pk")
        constraints = (models.UniqueConstraint(fields=["gebruiker", "sleutel"], name="uitvoering_eenmalig"),)

    def __str__(self) -> str:
        return f"{self.handeling} {self.op:%Y-%m-%d %H:%M}"

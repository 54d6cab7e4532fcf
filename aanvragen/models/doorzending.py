"""An aanvraag that came to the wrong gemeente and was sent on to the right one (Awb 2:3)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from aanvragen.models.aanvraag import Aanvraag
from gemeenten.models import Gemeente


class Doorzending(models.Model):
    """From which gemeente to which, and why. The first receipt stays: it is on the aanvraag."""

    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="doorzendingen")
    van = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    naar = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    reden = models.CharField("reden", max_length=500)
    op = models.DateTimeField("op")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "doorzending"
        verbose_name_plural = "doorzendingen"
        ordering = ("op", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(van=F("naar")), name="doorzending_naar_een_ander"),
            models.CheckConstraint(condition=~Q(reden=""), name="doorzending_met_reden"),
        )

    def __str__(self) -> str:
        return f"{self.van_id} naar {self.naar_id}"

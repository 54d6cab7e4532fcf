"""The outage register: when the portal could not be reached (Awb 2:21; before 2026 in the spirit of 6:11)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Storing(models.Model):
    """The portal was down from `van` until `tot`; kept by a beheerder, and weighed by an official."""

    van = models.DateTimeField("van")
    tot = models.DateTimeField("tot")
    toelichting = models.CharField("wat er was", max_length=200)

    class Meta:
        verbose_name = "storing"
        verbose_name_plural = "storingen"
        ordering = ("-van",)
        constraints = (models.CheckConstraint(condition=Q(tot__gt=F("van")), name="storing_einde_na_begin"),)

    def __str__(self) -> str:
        return f"storing van {self.van:%Y-%m-%d %H:%M}"

"""The outage register: when the portal could not be reached (Awb 2:21; before 2026 in the spirit of 6:11)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from aanvragen.models.aanvraag import Aanvraag


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


class Storingsoordeel(models.Model):
    """What an official found of an aanvraag that came in after the tijdvak because of a storing. Written once."""

    aanvraag = models.OneToOneField(Aanvraag, models.PROTECT, related_name="storingsoordeel")
    storing = models.ForeignKey(Storing, models.PROTECT, null=True, blank=True, related_name="oordelen")
    aanvaard = models.BooleanField("alsnog op tijd")
    motivering = models.TextField("motivering", max_length=2000)
    op = models.DateTimeField("op")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "oordeel na een storing"
        verbose_name_plural = "oordelen na een storing"
        ordering = ("-op", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(aanvaard=False) | Q(storing__isnull=False),
                name="storingsoordeel_op_grond_van_een_storing",
            ),
        )

    def __str__(self) -> str:
        return "alsnog op tijd" if self.aanvaard else "te laat"

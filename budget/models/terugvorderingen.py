"""What an instelling must pay back: paid too much after a vaststelling, a creditfactuur or a withdrawn besluit."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from budget.models.verplichtingen import Betaalverplichting, mag_zien
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.toegang.actor import Actor


class TerugvorderingStatus(models.TextChoices):
    OPEN = "open", "Open"
    VOLDAAN = "voldaan", "Voldaan"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


class TerugvorderingQuerySet(models.QuerySet["Terugvordering"]):
    def zichtbaar_voor(self, actor: Actor | None) -> TerugvorderingQuerySet:
        """As the obligations they are of; see `mag_zien`."""
        eigen = mag_zien(actor, "verplichting__")
        return self.none() if eigen is None else self.filter(eigen)


class Terugvordering(models.Model):
    """An amount claimed back (Awb 4:57), in integer cents; `uiterlijk` is the last day to pay it, inclusive."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    verplichting = models.ForeignKey(Betaalverplichting, models.PROTECT, related_name="terugvorderingen")
    bedrag_cent = models.PositiveBigIntegerField("bedrag in centen")
    reden = models.CharField("reden", max_length=500)
    status = models.CharField(
        "status", max_length=12, choices=TerugvorderingStatus, default=TerugvorderingStatus.OPEN
    )
    ontstaan_op = models.DateTimeField("ontstaan op")
    uiterlijk = models.DateField("betalen uiterlijk")
    afgerond_op = models.DateField("afgerond op", null=True, blank=True)
    afgerond_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    toelichting = models.CharField("toelichting", max_length=1000, blank=True)

    objects = TerugvorderingQuerySet.as_manager()

    class Meta:
        verbose_name = "terugvordering"
        verbose_name_plural = "terugvorderingen"
        ordering = ("-ontstaan_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=TerugvorderingStatus.values), name="terugvordering_status_bekend"
            ),
            models.CheckConstraint(
                condition=Q(bedrag_cent__gt=0) & ~Q(reden=""), name="terugvordering_bedrag_positief"
            ),
            models.CheckConstraint(
                condition=Q(status="open") | Q(afgerond_op__isnull=False), name="terugvordering_met_dag"
            ),
        )
        indexes = (models.Index(fields=["-ontstaan_op", "id"], name="terugvordering_nieuwste_eerst"),)

    def __str__(self) -> str:
        return f"terugvordering van {self.verplichting_id}"

    def te_laat(self, dag: date) -> bool:
        return self.status == TerugvorderingStatus.OPEN and dag > self.uiterlijk

    def hoort_bij(self, actor: Actor) -> bool:
        return self.verplichting.hoort_bij(actor)

    def onderwerp(self) -> Onderwerp:
        kenmerk = self.verplichting.reservering.kenmerk
        return Onderwerp("budget.terugvordering", str(self.pk), kenmerk=kenmerk)

"""The beëindigingsverslag: what came of the traject, in fields that can be counted. Written once."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from aanvragen.models.traject import StopReden, Traject
from aanvragen.models.uitkomst import MEESTE_UREN, Contract, Sector


class Uitkomst(models.TextChoices):
    WERK = "werk", "Betaald werk"
    OPLEIDING = "opleiding", "Een opleiding"
    GEEN = "geen", "Geen werk en geen opleiding"


# The reasons of an early end, and that there was none.
EINDE_REDENEN = [("looptijd", "De looptijd is voorbij"), *StopReden.choices]


class Beeindigingsverslag(models.Model):
    """The report after the end (domain text, 6.4). A trigger refuses every change, and one before the end.

    `sector`, `uren_per_week` and `contract` belong to work, `opleiding` to an opleiding; `begonnen_op` to both.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    traject = models.OneToOneField(Traject, models.PROTECT, related_name="verslag")
    uitkomst = models.CharField("wat het traject opleverde", max_length=12, choices=Uitkomst)
    sector = models.CharField("sector", max_length=16, choices=Sector, blank=True)
    uren_per_week = models.PositiveSmallIntegerField("uren per week", null=True, blank=True)
    contract = models.CharField("soort contract", max_length=16, choices=Contract, blank=True)
    opleiding = models.CharField("opleiding", max_length=120, blank=True)
    begonnen_op = models.DateField("begonnen op", null=True, blank=True)
    reden_einde = models.CharField("reden van het einde", max_length=16, choices=EINDE_REDENEN)
    activiteiten = models.TextField("wat er is gedaan", max_length=3000)
    vervolg = models.TextField("welke steun er nog is", max_length=1000, blank=True)
    ingediend_op = models.DateTimeField("ingediend op")
    ingediend_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "beëindigingsverslag"
        verbose_name_plural = "beëindigingsverslagen"
        ordering = ("-ingediend_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    uitkomst="werk", sector__in=Sector.values, contract__in=Contract.values,
                    uren_per_week__range=(1, MEESTE_UREN), begonnen_op__isnull=False, opleiding="",
                )
                | Q(
                    uitkomst="opleiding", sector="", contract="", uren_per_week__isnull=True,
                    begonnen_op__isnull=False,
                ) & ~Q(opleiding="")
                | Q(
                    uitkomst="geen", sector="", contract="", uren_per_week__isnull=True,
                    begonnen_op__isnull=True, opleiding="",
                ),
                name="verslag_gegevens_bij_uitkomst",
            ),
            models.CheckConstraint(condition=~Q(activiteiten=""), name="verslag_met_activiteiten"),
            models.CheckConstraint(
                condition=Q(reden_einde__in=[code for code, _ in EINDE_REDENEN]), name="verslag_met_reden"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"verslag van {self.traject_id}"

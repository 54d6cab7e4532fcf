"""Pots: what may be given out, and what was. Only the trigger on a reservering changes what was given."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from budget.models.regelingen import Regeling


class PotSoort(models.TextChoices):
    TOTAAL = "totaal", "Hele regeling"
    ROUTE = "route", "Route"
    GEMEENTE = "gemeente", "Gemeente"


class Pot(models.Model):
    """A plafond, sub-plafond or cap with its counters. A limit of None is no limit.

    The `gemeente` pot without a gemeente is the pattern: it holds the cap and the routes that count for it, and
    each gemeente gets its own pot from it at its first grant. The application's role can read this table and no
    more; limits go through the database function `budget_stel_grens_in`.
    """

    regeling = models.ForeignKey(Regeling, models.PROTECT, related_name="potten")
    soort = models.CharField("soort", max_length=12, choices=PotSoort)
    route = models.CharField("route", max_length=40, blank=True)
    gemeente = models.ForeignKey(
        "gemeenten.Gemeente", models.PROTECT, null=True, blank=True, related_name="potten"
    )
    telt_routes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    grens_trajecten = models.PositiveIntegerField("grens in trajecten", null=True, blank=True)
    grens_cent = models.PositiveBigIntegerField("grens in centen", null=True, blank=True)
    verleend_trajecten = models.PositiveIntegerField("verleende trajecten", default=0)
    verleend_cent = models.PositiveBigIntegerField("verleend in centen", default=0)

    class Meta:
        verbose_name = "pot"
        verbose_name_plural = "potten"
        ordering = ("regeling", "soort", "route", "gemeente__naam")
        constraints = (
            models.UniqueConstraint(
                fields=["regeling", "soort", "route", "gemeente"], name="pot_eenmalig", nulls_distinct=False
            ),
            # The quota itself: the last word against one too many, whoever writes.
            models.CheckConstraint(
                condition=Q(grens_trajecten__isnull=True) | Q(verleend_trajecten__lte=F("grens_trajecten")),
                name="pot_niet_over_trajecten",
                violation_error_message="Er zijn niet genoeg trajecten over.",
            ),
            models.CheckConstraint(
                condition=Q(grens_cent__isnull=True) | Q(verleend_cent__lte=F("grens_cent")),
                name="pot_niet_over_cent",
                violation_error_message="Er is niet genoeg geld over.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.regeling_id} {self.soort} {self.route or self.gemeente_id or ''}".strip()

    @property
    def vrij_trajecten(self) -> int | None:
        return None if self.grens_trajecten is None else self.grens_trajecten - self.verleend_trajecten

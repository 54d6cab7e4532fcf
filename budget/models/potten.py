"""Pots: what may be given out, and what was. Only the trigger on a reservering changes what was given."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from budget.models.regelingen import Regeling, RegelingVersie


class PotSoort(models.TextChoices):
    TOTAAL = "totaal", "Hele regeling"
    ROUTE = "route", "Route"
    GEMEENTE = "gemeente", "Gemeente"


class Pot(models.Model):
    """A plafond, sub-plafond or cap with its counters, in trajecten and integer cents. A limit of None is no limit.

    `periode` is the tijdvak it is for, empty for the whole regeling. The `gemeente` pot without a gemeente is the
    pattern: it holds the cap and the routes that count for it, and each gemeente gets its own pot from it at its
    first grant. The counters are the sums of the grootboek. The application's role can read this table and no more.

    `grens_*` holds for what is received now; who was received before a lowering keeps the limit of then, `hoogste_*`
    at most (Awb 4:27). `uitzondering_*` is what was granted beyond the limit after a gegrond bezwaar (Awb 4:25 lid 3).
    """

    regeling = models.ForeignKey(Regeling, models.PROTECT, related_name="potten")
    soort = models.CharField("soort", max_length=12, choices=PotSoort)
    periode = models.CharField("tijdvak", max_length=40, blank=True)
    route = models.CharField("route", max_length=40, blank=True)
    gemeente = models.ForeignKey(
        "gemeenten.Gemeente", models.PROTECT, null=True, blank=True, related_name="potten"
    )
    telt_routes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    grens_trajecten = models.PositiveIntegerField("grens in trajecten", null=True, blank=True)
    grens_cent = models.PositiveBigIntegerField("grens in centen", null=True, blank=True)
    hoogste_trajecten = models.PositiveIntegerField("hoogste grens in trajecten", null=True, blank=True)
    hoogste_cent = models.PositiveBigIntegerField("hoogste grens in centen", null=True, blank=True)
    verlaagd_op = models.DateTimeField("laatste verlaging", null=True, blank=True)
    verleend_trajecten = models.PositiveIntegerField("verleende trajecten", default=0)
    verleend_cent = models.PositiveBigIntegerField("verleend in centen", default=0)
    gereserveerd_trajecten = models.PositiveIntegerField("gereserveerde trajecten", default=0)
    gereserveerd_cent = models.PositiveBigIntegerField("gereserveerd in centen", default=0)
    uitzondering_trajecten = models.PositiveIntegerField("trajecten boven de grens", default=0)
    uitzondering_cent = models.PositiveBigIntegerField("centen boven de grens", default=0)
    # Under `niet_passend_beleid = "stoppen"`: the rank of the first that did not fit; nobody after it gets any.
    gestopt_rang_op = models.DateTimeField("gestopt na rang", null=True, blank=True)
    gestopt_rang_lot = models.PositiveIntegerField("gestopt na lot", null=True, blank=True)

    class Meta:
        verbose_name = "pot"
        verbose_name_plural = "potten"
        ordering = ("regeling", "soort", "periode", "route", "gemeente__naam")
        constraints = (
            models.UniqueConstraint(
                fields=["regeling", "soort", "periode", "route", "gemeente"],
                name="pot_eenmalig",
                nulls_distinct=False,
            ),
            # The quota itself: the last word against one too many, whoever writes.
            models.CheckConstraint(
                condition=Q(hoogste_trajecten__isnull=True)
                | Q(
                    hoogste_trajecten__gte=F("verleend_trajecten")
                    + F("gereserveerd_trajecten")
                    - F("uitzondering_trajecten")
                ),
                name="pot_niet_over_trajecten",
                violation_error_message="Er zijn niet genoeg trajecten over.",
            ),
            models.CheckConstraint(
                condition=Q(hoogste_cent__isnull=True)
                | Q(hoogste_cent__gte=F("verleend_cent") + F("gereserveerd_cent") - F("uitzondering_cent")),
                name="pot_niet_over_cent",
                violation_error_message="Er is niet genoeg geld over.",
            ),
        )

    def __str__(self) -> str:
        return " ".join(
            str(deel)
            for deel in (self.regeling_id, self.soort, self.periode, self.route, self.gemeente_id)
            if deel
        )

    @property
    def vrij_trajecten(self) -> int | None:
        """Places that nobody holds; negative where more was granted than the limit of today, None without one."""
        if self.grens_trajecten is None:
            return None
        return self.grens_trajecten - self.verleend_trajecten - self.gereserveerd_trajecten

    @property
    def vrij_cent(self) -> int | None:
        """Cents that nobody holds; negative as with the trajecten, None without a limit."""
        if self.grens_cent is None:
            return None
        return self.grens_cent - self.verleend_cent - self.gereserveerd_cent


class Potgrens(models.Model):
    """A limit that a pot has had, from an instant on: those received before keep the highest since (Awb 4:27).

    The limits of the gemeenten stand at the pattern.
    """

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="grenzen")
    vanaf = models.DateTimeField("vanaf")
    trajecten = models.PositiveIntegerField("grens in trajecten", null=True)
    cent = models.PositiveBigIntegerField("grens in centen", null=True)
    versie = models.ForeignKey(RegelingVersie, models.PROTECT, related_name="potgrenzen")

    class Meta:
        verbose_name = "grens van een pot"
        verbose_name_plural = "grenzen van potten"
        ordering = ("pot", "vanaf")
        indexes = (models.Index(fields=["pot", "vanaf"], name="potgrens_per_pot"),)

    def __str__(self) -> str:
        return f"{self.pot_id} vanaf {self.vanaf:%Y-%m-%d}"

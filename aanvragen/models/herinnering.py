"""Which reminders went out, so that each goes out once, however often the program looks."""

from __future__ import annotations

from django.db import models


class Herinnering(models.Model):
    """One milestone of one term. A term that moved (`termijn` is another day) has its milestones anew.

    `mijlpaal` is in days: before the last day `termijn`, or after it where the waiting itself is counted.
    """

    soort = models.CharField("soort", max_length=60)
    onderwerp_id = models.UUIDField("over")
    termijn = models.DateField("termijn")
    mijlpaal = models.PositiveSmallIntegerField("dagen ervoor of erna")
    gedaan_op = models.DateTimeField("gedaan op")

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        ordering = ("-gedaan_op", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["onderwerp_id", "soort", "termijn", "mijlpaal"], name="herinnering_eenmalig"
            ),
        )

    def __str__(self) -> str:
        return f"{self.soort}, {self.mijlpaal} dagen"

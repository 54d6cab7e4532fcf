"""What moves the last day to decide: each time the term stood still, and the besluit that was put off."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from aanvragen.models.aanvraag import Aanvraag


class OpschortingSoort(models.TextChoices):
    AANVULLING = "aanvulling", "Wachten op een aanvulling (Awb 4:15, eerste lid)"
    INSTEMMING = "instemming", "De aanvrager stemt ermee in (Awb 4:15, tweede lid, onder a)"
    OVERMACHT = "overmacht", "Overmacht (Awb 4:15, tweede lid, onder c)"


class Opschorting(models.Model):
    """The beslistermijn stood still from the day after `uitgenodigd_op` up to, not including, `hervat_op`.

    Without `hervat_op` it still stands still.
    """

    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="opschortingen")
    soort = models.CharField("soort", max_length=12, choices=OpschortingSoort)
    uitgenodigd_op = models.DateField("dag van de vraag")
    hervat_op = models.DateField("dag waarop de termijn weer loopt", null=True, blank=True)
    reden = models.TextField("reden", max_length=1000, blank=True)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "opschorting"
        verbose_name_plural = "opschortingen"
        ordering = ("uitgenodigd_op", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(hervat_op__isnull=True) | Q(hervat_op__gte=F("uitgenodigd_op")),
                name="opschorting_eindigt_na_begin",
            ),
            models.UniqueConstraint(
                fields=["aanvraag"],
                condition=Q(hervat_op__isnull=True),
                name="opschorting_een_tegelijk",
                violation_error_message="De beslistermijn staat al stil.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_soort_display()} sinds {self.uitgenodigd_op}"


class Verdaging(models.Model):
    """Told before the beslistermijn ended that there will be a besluit later: on or before `tot` (Awb 4:14). Once."""

    aanvraag = models.OneToOneField(Aanvraag, models.PROTECT, related_name="verdaging")
    op = models.DateField("medegedeeld op")
    tot = models.DateField("beslissen voor of op")
    reden = models.TextField("waarom", max_length=2000)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "verdaging"
        verbose_name_plural = "verdagingen"
        ordering = ("-op", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(tot__gt=F("op")), name="verdaging_naar_later"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"besluit uitgesteld tot {self.tot}"

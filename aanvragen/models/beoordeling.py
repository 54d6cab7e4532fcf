"""The review before a besluit: the checklist of the regeling, answered, with an advice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from aanvragen.models.aanvraag import Aanvraag


class Advies(models.TextChoices):
    TOEKENNEN = "toekennen", "Toekennen"
    AFWIJZEN = "afwijzen", "Afwijzen"


class Beoordeling(models.Model):
    """What the beoordelaar found. `uitkomsten`: code of the controle to {"klopt": bool, "toelichting": str}."""

    aanvraag = models.OneToOneField(Aanvraag, models.PROTECT, related_name="beoordeling")
    beoordelaar = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="beoordelingen")
    uitkomsten = models.JSONField("uitkomsten", default=dict)
    advies = models.CharField("advies", max_length=12, choices=Advies)
    gronden = models.JSONField("gronden", default=list)
    motivering = models.TextField("motivering", max_length=5000)
    beoordeeld_op = models.DateTimeField("beoordeeld op")

    class Meta:
        verbose_name = "beoordeling"
        verbose_name_plural = "beoordelingen"
        ordering = ("-beoordeeld_op",)
        constraints = (
            models.CheckConstraint(
                condition=Q(advies="toekennen", gronden=[]) | Q(advies="afwijzen") & ~Q(gronden=[]),
                name="beoordeling_afwijzen_met_grond",
            ),
        )

    def __str__(self) -> str:
        return f"{self.advies} bij {self.aanvraag_id}"

"""What keeps a dossier from being destroyed although its term has passed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from aanvragen.models.aanvraag import Aanvraag


class Grond(models.TextChoices):
    BEROEP = "beroep", "Er loopt beroep bij de rechter"
    ONDERZOEK = "onderzoek", "Er loopt een onderzoek"
    VERZOEK = "verzoek", "De deelnemer vraagt de gegevens te bewaren (AVG artikel 18)"
    ANDERS = "anders", "Iets anders"


class Bewaarplicht(models.Model):
    """Set by hand, with a reason, and lifted by hand. As long as it stands the database refuses to destroy the dossier.

    What the portal itself knows (a bezwaar, a payment) holds a dossier without such a row; see avg/bewaren.py.
    """

    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="bewaarplichten")
    grond = models.CharField("grond", max_length=12, choices=Grond)
    reden = models.CharField(
        "reden", max_length=300, help_text="Schrijf geen namen en niets over iemands gezondheid."
    )
    gezet_op = models.DateTimeField("gezet op")
    gezet_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opgeheven_op = models.DateTimeField("opgeheven op", null=True, blank=True)
    opgeheven_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "bewaarplicht"
        verbose_name_plural = "bewaarplichten"
        ordering = ("-gezet_op", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(grond__in=Grond.values), name="bewaarplicht_grond_bekend"),
            models.CheckConstraint(condition=~Q(reden=""), name="bewaarplicht_met_reden"),
            models.CheckConstraint(
                condition=Q(opgeheven_op__isnull=True, opgeheven_door__isnull=True)
                | Q(opgeheven_op__gte=F("gezet_op"), opgeheven_door__isnull=False),
                name="bewaarplicht_opgeheven_door_iemand",
            ),
            models.UniqueConstraint(
                fields=["aanvraag", "grond"],
                condition=Q(opgeheven_op__isnull=True),
                name="bewaarplicht_een_per_grond",
                violation_error_message="Deze bewaarplicht geldt al voor dit dossier.",
            ),
        )
        indexes = (models.Index(fields=["-gezet_op", "id"], name="bewaarplicht_nieuwste_eerst"),)

    def __str__(self) -> str:
        return f"bewaarplicht: {self.get_grond_display()}"

"""The grootboek: every change of a pot, as a transfer from one rekening to another. Only additions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from budget.models.potten import Pot
from budget.models.reserveringen import Reservering


class BoekingSoort(models.TextChoices):
    PLAFOND = "plafond", "Grens vastgesteld of gewijzigd"
    GERESERVEERD = "gereserveerd", "Gereserveerd"
    VERLEEND = "verleend", "Verleend"
    VRIJGEGEVEN = "vrijgegeven", "Vrijgegeven"
    UITZONDERING = "uitzondering", "Boven de grens na een gegrond bezwaar"
    GECORRIGEERD = "gecorrigeerd", "Gecorrigeerd"


class Rekening(models.TextChoices):
    PLAFOND = "plafond", "Plafond"
    UITZONDERING = "uitzondering", "Boven de grens"
    VRIJ = "vrij", "Vrij"
    GERESERVEERD = "gereserveerd", "Gereserveerd"
    VERLEEND = "verleend", "Verleend"


class Boeking(models.Model):
    """What moved within one pot, in trajecten and integer cents: out of `van` and into `naar`, so always balanced.

    The rows of one change share a `mutatie`. Written by the trigger on a reservering and by the function that sets
    limits; nobody else has the right. `handeling` is the act, `door` who did it (empty: the system).
    """

    op = models.DateTimeField("op")
    mutatie = models.BigIntegerField("mutatie")
    # The indexes below begin with these two.
    regeling = models.ForeignKey("budget.Regeling", models.PROTECT, related_name="boekingen", db_index=False)
    pot = models.ForeignKey(Pot, models.PROTECT, related_name="boekingen", db_index=False)
    reservering = models.ForeignKey(Reservering, models.PROTECT, null=True, related_name="boekingen")
    kenmerk = models.CharField("dossier", max_length=20, blank=True)
    soort = models.CharField("soort", max_length=12, choices=BoekingSoort)
    van = models.CharField("van", max_length=12, choices=Rekening)
    naar = models.CharField("naar", max_length=12, choices=Rekening)
    trajecten = models.PositiveIntegerField("trajecten")
    cent = models.PositiveBigIntegerField("centen")
    handeling = models.CharField("handeling", max_length=80)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "boeking"
        verbose_name_plural = "grootboek"
        ordering = ("-op", "-id")
        constraints = (
            models.CheckConstraint(condition=~Q(van=F("naar")), name="boeking_verplaatst_iets"),
            models.CheckConstraint(
                condition=Q(van__in=Rekening.values, naar__in=Rekening.values), name="boeking_rekening_bekend"
            ),
            models.CheckConstraint(
                condition=Q(soort__in=BoekingSoort.values) & ~Q(handeling=""), name="boeking_met_handeling"
            ),
            models.CheckConstraint(
                condition=Q(soort="plafond") | Q(reservering__isnull=False) & ~Q(kenmerk=""),
                name="boeking_met_dossier",
            ),
        )
        indexes = (
            models.Index(fields=["regeling", "-op", "-id"], name="boeking_per_regeling"),
            models.Index(fields=["pot", "-op", "-id"], name="boeking_per_pot"),
            models.Index(fields=["regeling", "soort", "-op", "-id"], name="boeking_per_soort"),
        )

    def __str__(self) -> str:
        return f"{self.op:%Y-%m-%d} {self.soort} {self.kenmerk}".strip()


class Controle(models.Model):
    """One run of `manage.py controleer`: what it found; nothing when all was right."""

    op = models.DateTimeField("op")
    bevindingen = models.JSONField("bevindingen", default=list)

    class Meta:
        verbose_name = "controle"
        verbose_name_plural = "controles"
        ordering = ("-op", "-id")
        indexes = (models.Index(fields=["-op", "-id"], name="controle_nieuwste_eerst"),)

    def __str__(self) -> str:
        return f"{self.op:%Y-%m-%d %H:%M}: {'alles klopt' if self.geslaagd else 'er klopt iets niet'}"

    @property
    def geslaagd(self) -> bool:
        return not self.bevindingen

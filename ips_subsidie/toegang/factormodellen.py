"""What a person is told by mail about the own way of logging in: whoever did it, the owner of the account hears it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Factorwijziging(models.TextChoices):
    """What happened to a second factor; the label is the subject of the mail."""

    APP_ERBIJ = "app_erbij", "U logt nu in met een app op uw telefoon"
    APP_WEG = "app_weg", "De app voor het inloggen is verwijderd"
    PASSKEY_ERBIJ = "passkey_erbij", "U hebt een passkey toegevoegd"
    PASSKEY_WEG = "passkey_weg", "Een passkey is verwijderd"
    CODES_NIEUW = "codes_nieuw", "U hebt nieuwe herstelcodes"
    CODE_GEBRUIKT = "code_gebruikt", "Er is ingelogd met een herstelcode"
    HERSTELD = "hersteld", "Uw tweede stap bij het inloggen is verwijderd"


class Beveiligingsmelding(models.Model):
    """One mail about a second factor, written in the transaction that changed it; the worker sends it."""

    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    wat = models.CharField("wat er gebeurde", max_length=16, choices=Factorwijziging)
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaild_op = models.DateTimeField("gemaild op", null=True, blank=True)

    class Meta:
        verbose_name = "beveiligingsmelding"
        verbose_name_plural = "beveiligingsmeldingen"
        ordering = ("-gemaakt_op", "-pk")
        indexes = (
            models.Index(fields=["-gemaakt_op", "-id"], name="beveiligingsmelding_nieuwste"),
            models.Index(
                fields=["gemaakt_op", "id"],
                condition=Q(gemaild_op__isnull=True),
                name="beveiligingsmelding_te_mailen",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(wat__in=Factorwijziging.values), name="beveiligingsmelding_wat_bekend"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_wat_display()} ({self.gebruiker})"

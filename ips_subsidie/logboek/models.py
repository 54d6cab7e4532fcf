"""One table that only takes additions; a trigger refuses the rest, for every role."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Soort(models.TextChoices):
    HANDELING = "handeling", "Handeling"
    WEIGERING = "weigering", "Weigering"
    LEZING = "lezing", "Inzage"


class Regel(models.Model):
    """Who, namens which organisatie, in which role, did or saw what, of which client, when (NEN 7513, ch. 5)."""

    op = models.DateTimeField("op")
    soort = models.CharField("soort", max_length=12, choices=Soort)
    handeling = models.CharField("handeling", max_length=80)
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="wie"
    )
    organisatie = models.ForeignKey(
        "toegang.Organisatie", models.PROTECT, null=True, related_name="+", verbose_name="namens"
    )
    rol = models.CharField("rol", max_length=24)
    onderwerp = models.CharField("onderwerp", max_length=60, help_text="Het soort object.")
    onderwerp_id = models.CharField("nummer van het onderwerp", max_length=40, blank=True)
    dossier_id = models.UUIDField("dossier", null=True)
    client_id = models.UUIDField("cliënt", null=True)
    kenmerk = models.CharField("kenmerk", max_length=20, blank=True)
    gegevens = models.JSONField("gegevens", default=dict)

    class Meta:
        verbose_name = "logboekregel"
        verbose_name_plural = "logboek"
        ordering = ("-op", "-pk")
        indexes = (
            models.Index(fields=["dossier_id", "op", "id"], name="logboek_per_dossier"),
            models.Index(fields=["client_id", "op"], name="logboek_per_client"),
            models.Index(fields=["gebruiker", "op"], name="logboek_per_gebruiker"),
            models.Index(fields=["-op", "-id"], name="logboek_nieuwste_eerst"),
        )

    def __str__(self) -> str:
        return f"{self.op:%Y-%m-%d %H:%M} {self.handeling}"

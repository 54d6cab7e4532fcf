"""The handtekening of the deelnemer under the aanvraag: on screen, or a signed PDF (S2, Awb 4:2)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from aanvragen.models.aanvraag import Aanvraag, Bijlage


class Wijze(models.TextChoices):
    SCHERM = "scherm", "Op het scherm"
    BESTAND = "bestand", "Op papier (PDF)"


class Handtekening(models.Model):
    """Who signed, when, and under which text. It lapses when what was signed changes.

    `inhoud_hash` is the SHA-256 of what was signed, as hex; `vastgelegd_door` is the behandelaar who was there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="handtekeningen")
    wijze = models.CharField("wijze", max_length=8, choices=Wijze)
    naam = models.CharField("naam", max_length=160)
    tekst = models.TextField("ondertekende tekst")
    inhoud_hash = models.CharField("kenteken van wat is ondertekend", max_length=64)
    gezet_op = models.DateTimeField("gezet op")
    vastgelegd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    bijlage = models.ForeignKey(Bijlage, models.PROTECT, null=True, blank=True, related_name="handtekeningen")
    vervallen_op = models.DateTimeField("vervallen op", null=True, blank=True)

    class Meta:
        verbose_name = "handtekening"
        verbose_name_plural = "handtekeningen"
        ordering = ("-gezet_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(wijze="scherm", bijlage__isnull=True) | Q(wijze="bestand", bijlage__isnull=False),
                name="handtekening_bestand_bij_papier",
            ),
            models.CheckConstraint(
                condition=Q(inhoud_hash__regex=r"^[0-9a-f]{64}$") & ~Q(naam="") & ~Q(tekst=""),
                name="handtekening_onder_een_tekst",
            ),
            models.CheckConstraint(
                condition=Q(vervallen_op__isnull=True) | Q(vervallen_op__gte=F("gezet_op")),
                name="handtekening_vervalt_later",
            ),
            models.UniqueConstraint(
                fields=["aanvraag"], condition=Q(vervallen_op__isnull=True), name="handtekening_een_geldige"
            ),
        )

    def __str__(self) -> str:
        return f"handtekening bij {self.aanvraag_id}"

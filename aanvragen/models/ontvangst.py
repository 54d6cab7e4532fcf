"""Proof of receipt: when something came in, and a fingerprint of the copy of it (Awb 2:17, 2:20, 2:25)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models

from aanvragen.models.aanvraag import Aanvraag
from aanvragen.models.besluit import Brief


class OntvangstSoort(models.TextChoices):
    AANVRAAG = "aanvraag", "Aanvraag"
    AANVULLING = "aanvulling", "Aanvulling"
    BEZWAAR = "bezwaar", "Bezwaar"
    ZIENSWIJZE = "zienswijze", "Zienswijze"
    INGEBREKESTELLING = "ingebrekestelling", "Ingebrekestelling"


def vingerafdruk(gegevens: dict[str, Any]) -> str:
    """SHA-256 of the data as one text: the same data always give the same 64 signs."""
    tekst = json.dumps(gegevens, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(tekst.encode()).hexdigest()


class Ontvangst(models.Model):
    """Received at `ontvangen_op`; `kopie` is what was sent, and `sha256` proves that the copy is still the same.

    Written once. The files that came along are in the copy with a SHA-256 of their own.
    """

    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="ontvangsten")
    soort = models.CharField("soort", max_length=20, choices=OntvangstSoort)
    ontvangen_op = models.DateTimeField("ontvangen op")
    kopie = models.OneToOneField(Brief, models.PROTECT, related_name="ontvangst")
    sha256 = models.CharField("vingerafdruk", max_length=64)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "ontvangst"
        verbose_name_plural = "ontvangsten"
        ordering = ("-ontvangen_op", "-pk")

    def __str__(self) -> str:
        return f"{self.get_soort_display()} ontvangen op {self.ontvangen_op:%Y-%m-%d %H:%M:%S}"

    @property
    def klopt(self) -> bool:
        """Is the copy still what was received?"""
        return vingerafdruk(self.kopie.gegevens) == self.sha256

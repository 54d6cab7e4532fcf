"""Payments of UWV together in one file for the bank."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.toegang.actor import Actor


class BetaalbatchStatus(models.TextChoices):
    GEMAAKT = "gemaakt", "Klaar voor de bank"
    UITGEVOERD = "uitgevoerd", "Uitgevoerd"
    VERVALLEN = "vervallen", "Vervallen"


class BetaalbatchQuerySet(models.QuerySet["Betaalbatch"]):
    def zichtbaar_voor(self, actor: Actor | None) -> BetaalbatchQuerySet:
        return self.all() if actor is not None and actor.is_uwv else self.none()


class Betaalbatch(models.Model):
    """A SEPA credit transfer file (pain.001) with approved facturen, and what became of it.

    `berichtnummer` is the MsgId in the file, by which the bank knows it. `aantal` and `totaal_cent` are those of the
    file. `uitvoeren_op` is the day on which the bank is asked to pay.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    berichtnummer = models.CharField("berichtnummer", max_length=35, unique=True)
    status = models.CharField(
        "status", max_length=12, choices=BetaalbatchStatus, default=BetaalbatchStatus.GEMAAKT
    )
    bestand = models.OneToOneField(Bestand, models.PROTECT, related_name="+")
    aantal = models.PositiveIntegerField("aantal betalingen")
    totaal_cent = models.PositiveBigIntegerField("totaal in centen")
    uitvoeren_op = models.DateField("uitvoeren op")
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    afgerond_op = models.DateTimeField("afgerond op", null=True, blank=True)
    afgerond_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reden = models.CharField("waarom vervallen", max_length=500, blank=True)

    objects = BetaalbatchQuerySet.as_manager()

    class Meta:
        verbose_name = "betaalbatch"
        verbose_name_plural = "betaalbatches"
        ordering = ("-gemaakt_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=BetaalbatchStatus.values), name="betaalbatch_status_bekend"
            ),
            models.CheckConstraint(
                condition=Q(aantal__gt=0, totaal_cent__gt=0), name="betaalbatch_niet_leeg"
            ),
            models.CheckConstraint(
                condition=Q(status="gemaakt") | Q(afgerond_op__isnull=False, afgerond_door__isnull=False),
                name="betaalbatch_afgerond_door_iemand",
            ),
        )
        indexes = (models.Index(fields=["-gemaakt_op", "id"], name="betaalbatch_nieuwste_eerst"),)

    def __str__(self) -> str:
        return self.berichtnummer

    def hoort_bij(self, actor: Actor) -> bool:
        return actor.is_uwv

    def onderwerp(self) -> Onderwerp:
        return Onderwerp("budget.betaalbatch", str(self.pk))

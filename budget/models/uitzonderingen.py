"""What departs from the order by name: a loting between equals, a grant beyond the pot after a gegrond bezwaar."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from budget.models.regelingen import Regeling
from budget.models.reserveringen import Reservering
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.toegang.actor import Actor


class LotingStatus(models.TextChoices):
    VOORBEREID = "voorbereid", "Voorbereid"
    GETROKKEN = "getrokken", "Getrokken"


class Loting(models.Model):
    """The draw between those who were received at the same moment, by two officials (ECLI:NL:RVS:2018:2310).

    Repeatable: `uitslag` is `regels.loting.volgorde(zaad, deelnemers)`. The database checks that, and gives the lots.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regeling = models.ForeignKey(Regeling, models.PROTECT, related_name="lotingen")
    rang_op = models.DateTimeField("ontvangen op")
    status = models.CharField("status", max_length=12, choices=LotingStatus, default=LotingStatus.VOORBEREID)
    deelnemers = ArrayField(models.CharField(max_length=20), verbose_name="deelnemers (kenmerken)")
    zaad = models.CharField("zaad", max_length=64, blank=True)
    uitslag = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, verbose_name="uitslag, beste eerst"
    )
    voorbereid_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    voorbereid_op = models.DateTimeField("voorbereid op")
    getrokken_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    getrokken_op = models.DateTimeField("getrokken op", null=True, blank=True)

    class Meta:
        verbose_name = "loting"
        verbose_name_plural = "lotingen"
        ordering = ("-voorbereid_op", "id")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=LotingStatus.values), name="loting_status_bekend"),
            models.CheckConstraint(
                condition=Q(status="voorbereid")
                | Q(getrokken_door__isnull=False, getrokken_op__isnull=False)
                & ~Q(getrokken_door=F("voorbereid_door"))
                & ~Q(zaad=""),
                name="loting_door_twee",
                violation_error_message="Wie de loting voorbereidde, mag haar niet ook trekken.",
            ),
            models.UniqueConstraint(
                fields=["regeling", "rang_op"], condition=Q(status="voorbereid"), name="loting_een_tegelijk"
            ),
        )
        indexes = (models.Index(fields=["regeling", "-voorbereid_op", "id"], name="loting_per_regeling"),)

    def __str__(self) -> str:
        return f"loting van {self.rang_op:%Y-%m-%d %H:%M}"

    def hoort_bij(self, actor: Actor) -> bool:
        return actor.is_uwv

    def onderwerp(self) -> Onderwerp:
        return Onderwerp("budget.loting", str(self.pk))


class Uitzondering(models.Model):
    """A place that comes back after a gegrond bezwaar, if need be beyond a pot (Awb 4:25 lid 3, 7:11).

    Proposed by one official, confirmed by another; only then the database lets the reservering through. `boven_grens`
    says whether it may go beyond the limit, now or when it is granted in the end.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reservering = models.ForeignKey(Reservering, models.PROTECT, related_name="uitzonderingen")
    bezwaar_kenmerk = models.CharField("kenmerk van het bezwaar", max_length=40)
    beslist_op = models.DateField("datum van de beslissing op bezwaar")
    motivering = models.TextField("motivering", max_length=5000)
    voorgesteld_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    voorgesteld_op = models.DateTimeField("voorgesteld op")
    bevestigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    bevestigd_op = models.DateTimeField("bevestigd op", null=True, blank=True)
    boven_grens = models.BooleanField("mag boven de grens", default=True, db_default=True)

    class Meta:
        verbose_name = "uitzondering na bezwaar"
        verbose_name_plural = "uitzonderingen na bezwaar"
        ordering = ("-voorgesteld_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(bevestigd_door__isnull=True, bevestigd_op__isnull=True)
                | Q(bevestigd_door__isnull=False, bevestigd_op__isnull=False)
                & ~Q(bevestigd_door=F("voorgesteld_door")),
                name="uitzondering_door_twee",
                violation_error_message="Wie de uitzondering voorstelde, mag haar niet ook bevestigen.",
            ),
            models.UniqueConstraint(
                fields=["reservering"],
                condition=Q(bevestigd_door__isnull=True),
                name="uitzondering_een_open_voorstel",
            ),
            models.UniqueConstraint(
                fields=["reservering", "bezwaar_kenmerk"], name="uitzondering_een_per_bezwaar"
            ),
        )

    def __str__(self) -> str:
        return f"uitzondering voor {self.reservering_id}"

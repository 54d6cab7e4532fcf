"""A Reservering: a place in the queue of one regeling, and later the obligation. It knows no aanvraag."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from budget.models.regelingen import Regeling, RegelingVersie


class ReserveringStatus(models.TextChoices):
    ONVOLLEDIG = "onvolledig", "Wacht op aanvulling"
    IN_VOLGORDE = "in_volgorde", "In volgorde van ontvangst"
    VERLEEND = "verleend", "Verleend"
    VERVALLEN = "vervallen", "Vervallen"
    VRIJGEGEVEN = "vrijgegeven", "Vrijgegeven"


class ReserveringQuerySet(models.QuerySet["Reservering"]):
    def in_volgorde(self) -> ReserveringQuerySet:
        """Complete and waiting, best rank first."""
        return self.filter(status=ReserveringStatus.IN_VOLGORDE).order_by("rang_op", "rang_volgnr")

    def beter_dan(self, reservering: Reservering) -> ReserveringQuerySet:
        return self.in_volgorde().filter(
            Q(rang_op__lt=reservering.rang_op)
            | Q(rang_op=reservering.rang_op, rang_volgnr__lt=reservering.rang_volgnr),
            regeling_id=reservering.regeling_id,
        )


class Reservering(models.Model):
    """The claim of one dossier on the pots of a regeling. Amounts in integer cents incl. btw.

    `rang_op` and `rang_volgnr` order the queue: the instant at which the aanvraag counts as received, and a number
    from a sequence, both given under the regeling's lock.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regeling = models.ForeignKey(Regeling, models.PROTECT, related_name="reserveringen")
    versie = models.ForeignKey(RegelingVersie, models.PROTECT, related_name="reserveringen")
    status = models.CharField("status", max_length=12, choices=ReserveringStatus)
    kenmerk = models.CharField("kenmerk van het dossier", max_length=20, unique=True)
    route = models.CharField("route", max_length=40)
    gemeente = models.ForeignKey("gemeenten.Gemeente", models.PROTECT, related_name="reserveringen")
    doelgroep = models.CharField("doelgroep", max_length=40)
    bedrag_cent = models.PositiveBigIntegerField("bedrag in centen")
    rijk_cent = models.PositiveBigIntegerField("deel van het Rijk in centen")
    gemeente_cent = models.PositiveBigIntegerField("deel van de gemeente in centen")
    # The keyed hash of the person, where the regeling allows one granted traject a person; else null.
    persoon = models.BinaryField("wie", null=True, editable=False)
    ontvangen_op = models.DateTimeField("ontvangen op")
    rang_op = models.DateTimeField("rang vanaf", null=True, blank=True)
    rang_volgnr = models.BigIntegerField("rang, volgnummer", null=True, blank=True)
    verleend_op = models.DateTimeField("verleend op", null=True, blank=True)

    objects = ReserveringQuerySet.as_manager()

    class Meta:
        verbose_name = "reservering"
        verbose_name_plural = "reserveringen"
        ordering = ("rang_op", "rang_volgnr")
        constraints = (
            models.CheckConstraint(
                condition=Q(bedrag_cent=F("rijk_cent") + F("gemeente_cent")),
                name="reservering_delen_tellen_op",
                violation_error_message="De delen van het Rijk en de gemeente zijn samen niet het bedrag.",
            ),
            models.CheckConstraint(condition=Q(bedrag_cent__gt=0), name="reservering_bedrag_positief"),
            models.CheckConstraint(
                condition=Q(status__in=ReserveringStatus.values), name="reservering_status_bekend"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["in_volgorde", "verleend"])
                | Q(rang_op__isnull=False, rang_volgnr__isnull=False),
                name="reservering_in_volgorde_met_rang",
            ),
            models.CheckConstraint(
                condition=~Q(status="verleend") | Q(verleend_op__isnull=False),
                name="reservering_verleend_met_moment",
            ),
            models.UniqueConstraint(
                fields=["regeling", "persoon"],
                condition=Q(status="verleend"),
                name="reservering_een_traject_per_persoon",
                violation_error_message="Voor deze deelnemer is al een traject toegekend.",
            ),
            models.UniqueConstraint(fields=["rang_volgnr"], name="reservering_volgnr_eenmalig"),
        )
        indexes = (
            models.Index(
                fields=["regeling", "rang_op", "rang_volgnr"],
                name="reservering_wachtrij",
                condition=Q(status="in_volgorde"),
            ),
            models.Index(
                fields=["regeling", "route", "rang_op", "rang_volgnr"],
                name="reservering_wachtrij_route",
                condition=Q(status="in_volgorde"),
            ),
            models.Index(
                fields=["regeling", "gemeente", "rang_op", "rang_volgnr"],
                name="reservering_wachtrij_gemeente",
                condition=Q(status="in_volgorde"),
            ),
            models.Index(
                fields=["regeling", "verleend_op"],
                name="reservering_verleend",
                condition=Q(status="verleend"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kenmerk} ({self.get_status_display()})"

    @property
    def rang(self) -> Sequence[datetime | int | None]:
        return (self.rang_op, self.rang_volgnr)

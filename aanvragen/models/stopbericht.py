"""The stopbericht: a traject ends early. Deel 1 by the instelling, deel 2 by who decides, then UWV processes it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from aanvragen.models.aanvraag import Aanvraag
from aanvragen.models.traject import StopReden, Traject
from aanvragen.regels.statussen import LEVEND_STOPBERICHT, StopberichtStatus
from budget.regels.regeling import Beslisser
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.toegang.actor import Actor


class StopberichtQuerySet(models.QuerySet["Stopbericht"]):
    def zichtbaar_voor(self, actor: Actor | None) -> StopberichtQuerySet:
        """Those of the dossiers that this actor may see."""
        return self.filter(traject__aanvraag__in=Aanvraag.objects.zichtbaar_voor(actor))

    def levend(self) -> StopberichtQuerySet:
        return self.filter(status__in=LEVEND_STOPBERICHT)

    def te_bevestigen(self) -> StopberichtQuerySet:
        """For which the gemeente still has to send deel 2, longest first (T72)."""
        wacht = self.filter(
            status=StopberichtStatus.VERZONDEN, traject__aanvraag__beslisser=Beslisser.GEMEENTE.value
        )
        return wacht.order_by("gemeld_op", "id")

    def te_verwerken(self) -> StopberichtQuerySet:
        """Confirmed, and still to be processed by UWV, longest first."""
        return self.filter(status=StopberichtStatus.BEVESTIGD).order_by("gemeld_op", "id")


class Stopbericht(models.Model):
    """One early end. `datum_einde` is the last day of the traject, inclusive, and lies within it (T73).

    Where UWV decides it is confirmed at once, by nobody. A traject has at most one that is not revoked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    traject = models.ForeignKey(Traject, models.PROTECT, related_name="stopberichten")
    status = models.CharField(
        "status", max_length=12, choices=StopberichtStatus, default=StopberichtStatus.VERZONDEN
    )
    versie = models.PositiveIntegerField("versie", default=1, editable=False)
    datum_einde = models.DateField("laatste dag van het traject")
    reden = models.CharField("reden", max_length=16, choices=StopReden)
    toelichting = models.CharField("toelichting", max_length=300, blank=True)
    gemeld_op = models.DateTimeField("gemeld op")
    gemeld_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    bevestigd_op = models.DateTimeField("bevestigd op", null=True, blank=True)
    bevestigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    verwerkt_op = models.DateTimeField("verwerkt op", null=True, blank=True)
    verwerkt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    herroepen_op = models.DateTimeField("herroepen op", null=True, blank=True)
    herroepen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    herroep_reden = models.TextField("waarom herroepen", max_length=1000, blank=True)

    objects = StopberichtQuerySet.as_manager()

    class Meta:
        verbose_name = "stopbericht"
        verbose_name_plural = "stopberichten"
        ordering = ("-gemeld_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=StopberichtStatus.values), name="stopbericht_status_bekend"
            ),
            models.CheckConstraint(condition=Q(reden__in=StopReden.values), name="stopbericht_met_reden"),
            models.UniqueConstraint(
                fields=["traject"],
                condition=Q(status__in=LEVEND_STOPBERICHT),
                name="stopbericht_een_per_traject",
                violation_error_message="Het stoppen van dit traject is al gemeld.",
            ),
            models.CheckConstraint(
                condition=Q(status="herroepen")
                | Q(status="verzonden", bevestigd_op__isnull=True, verwerkt_op__isnull=True)
                | Q(status="bevestigd", bevestigd_op__isnull=False, verwerkt_op__isnull=True)
                | Q(status="verwerkt", bevestigd_op__isnull=False, verwerkt_op__isnull=False),
                name="stopbericht_status_met_moment",
            ),
            models.CheckConstraint(
                condition=Q(status="herroepen", herroepen_op__isnull=False, herroepen_door__isnull=False)
                & ~Q(herroep_reden="")
                | ~Q(status="herroepen") & Q(herroepen_op__isnull=True, herroepen_door__isnull=True),
                name="stopbericht_herroepen_met_reden",
            ),
        )
        indexes = (
            models.Index(
                fields=["gemeld_op", "id"],
                name="stopbericht_te_bevestigen",
                condition=Q(status="verzonden"),
            ),
            models.Index(
                fields=["gemeld_op", "id"],
                name="stopbericht_te_verwerken",
                condition=Q(status="bevestigd"),
            ),
        )

    def __str__(self) -> str:
        return f"stopbericht van {self.traject_id}"

    @property
    def dossier(self) -> Aanvraag:
        return self.traject.aanvraag

    def hoort_bij(self, actor: Actor) -> bool:
        return self.traject.hoort_bij(actor)

    def onderwerp(self) -> Onderwerp:
        van = self.traject.onderwerp()
        return Onderwerp("aanvragen.stopbericht", str(self.pk), van.dossier_id, van.client_id, van.kenmerk)

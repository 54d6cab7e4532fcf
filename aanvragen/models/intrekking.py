"""The voornemen to withdraw a verlening, and what the instelling says of it (Awb 4:8, 4:48)."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from aanvragen.models.aanvraag import Aanvraag
from aanvragen.models.besluit import Besluit
from aanvragen.regels.intrekking import IntrekReden, VoornemenStatus, kan_nog_reageren
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.toegang.actor import Actor


class IntrekkingsvoornemenQuerySet(models.QuerySet["Intrekkingsvoornemen"]):
    def zichtbaar_voor(self, actor: Actor | None) -> IntrekkingsvoornemenQuerySet:
        """Those of the dossiers that this actor may see."""
        return self.filter(aanvraag__in=Aanvraag.objects.zichtbaar_voor(actor))

    def levend(self) -> IntrekkingsvoornemenQuerySet:
        """Announced, and neither carried out nor dropped."""
        return self.filter(status=VoornemenStatus.VOORGENOMEN)


class Intrekkingsvoornemen(models.Model):
    """One voornemen. `zienswijze_tot` is the last day to react, inclusive; a late zienswijze counts until the besluit.

    Who prepared it (`opsteller`) does not withdraw (four eyes). `besluit` is the intrekking that came of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="intrekkingsvoornemens")
    status = models.CharField(
        "status", max_length=12, choices=VoornemenStatus, default=VoornemenStatus.VOORGENOMEN
    )
    versie = models.PositiveIntegerField("versie", default=1, editable=False)
    reden = models.CharField("reden", max_length=20, choices=IntrekReden)
    motivering = models.TextField("motivering", max_length=5000)
    opsteller = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    voorgenomen_op = models.DateTimeField("voorgenomen op")
    zienswijze_tot = models.DateField("zienswijze voor of op")
    zienswijze = models.TextField("zienswijze", max_length=5000, blank=True)
    zienswijze_op = models.DateTimeField("zienswijze ontvangen op", null=True, blank=True)
    zienswijze_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    afgezien_op = models.DateTimeField("ervan afgezien op", null=True, blank=True)
    besluit = models.OneToOneField(
        Besluit, models.PROTECT, null=True, blank=True, related_name="intrekkingsvoornemen"
    )

    objects = IntrekkingsvoornemenQuerySet.as_manager()

    class Meta:
        verbose_name = "voornemen om in te trekken"
        verbose_name_plural = "voornemens om in te trekken"
        ordering = ("-voorgenomen_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=VoornemenStatus.values), name="voornemen_status_bekend"
            ),
            models.CheckConstraint(
                condition=Q(reden__in=IntrekReden.values) & ~Q(motivering=""), name="voornemen_met_reden"
            ),
            models.CheckConstraint(
                condition=Q(zienswijze="", zienswijze_op__isnull=True, zienswijze_door__isnull=True)
                | ~Q(zienswijze="") & Q(zienswijze_op__isnull=False, zienswijze_door__isnull=False),
                name="voornemen_zienswijze_is_heel",
            ),
            models.CheckConstraint(
                condition=Q(status="uitgevoerd", besluit__isnull=False)
                | ~Q(status="uitgevoerd") & Q(besluit__isnull=True),
                name="voornemen_uitgevoerd_met_besluit",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="afgezien", afgezien_op__isnull=False, afgezien_op__gte=F("voorgenomen_op")
                )
                | ~Q(status="afgezien") & Q(afgezien_op__isnull=True),
                name="voornemen_afgezien_met_moment",
            ),
            models.UniqueConstraint(
                fields=["aanvraag"],
                condition=Q(status="voorgenomen"),
                name="voornemen_een_per_aanvraag",
                violation_error_message="Er loopt al een voornemen om dit besluit in te trekken.",
            ),
        )
        indexes = (
            models.Index(
                fields=["zienswijze_tot", "id"], name="voornemen_levend", condition=Q(status="voorgenomen")
            ),
        )

    def __str__(self) -> str:
        return f"voornemen van {self.aanvraag_id}"

    @property
    def dossier(self) -> Aanvraag:
        return self.aanvraag

    def kan_reageren(self, op: date) -> bool:
        """May the instelling still react before it is decided?"""
        return kan_nog_reageren(self.zienswijze_tot, gegeven=self.zienswijze_op is not None, op=op)

    def hoort_bij(self, actor: Actor) -> bool:
        return self.aanvraag.hoort_bij(actor)

    def onderwerp(self) -> Onderwerp:
        van = self.aanvraag.onderwerp()
        return Onderwerp(
            "aanvragen.intrekkingsvoornemen", str(self.pk), van.dossier_id, van.client_id, van.kenmerk
        )

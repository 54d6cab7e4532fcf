"""The bankrekening of an instelling: given by its beheerder, used only once UWV has confirmed whose it is."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.toegang.actor import Actor

IBAN_LENGTE = 34


class BankrekeningStatus(models.TextChoices):
    WACHT = "wacht", "Wacht op bevestiging"
    BEVESTIGD = "bevestigd", "Bevestigd"
    AFGEWEZEN = "afgewezen", "Afgewezen"
    VERVALLEN = "vervallen", "Vervallen"


class BankrekeningQuerySet(models.QuerySet["Bankrekening"]):
    def zichtbaar_voor(self, actor: Actor | None) -> BankrekeningQuerySet:
        """An instelling sees its own, UWV all of them: it confirms them."""
        if actor is None:
            return self.none()
        if actor.is_instelling:
            return self.filter(organisatie_id=actor.organisatie_id)
        return self.all() if actor.is_uwv else self.none()

    def bevestigd(self) -> BankrekeningQuerySet:
        """Those on which may be paid: one an organisatie at most."""
        return self.filter(status=BankrekeningStatus.BEVESTIGD)

    def te_bevestigen(self) -> BankrekeningQuerySet:
        """What waits for UWV, the oldest first."""
        return self.filter(status=BankrekeningStatus.WACHT).order_by("vastgelegd_op", "id")


class Bankrekening(models.Model):
    """An IBAN of an organisatie, with the name on it. A change is a new row; the database keeps one confirmed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisatie = models.ForeignKey("toegang.Organisatie", models.PROTECT, related_name="bankrekeningen")
    iban = models.CharField("IBAN", max_length=IBAN_LENGTE)
    tenaamstelling = models.CharField("op naam van", max_length=70)
    status = models.CharField(
        "status", max_length=12, choices=BankrekeningStatus, default=BankrekeningStatus.WACHT
    )
    vastgelegd_op = models.DateTimeField("vastgelegd op")
    vastgelegd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    bevestigd_op = models.DateTimeField("bevestigd op", null=True, blank=True)
    bevestigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reden = models.CharField("reden van de afwijzing", max_length=500, blank=True)

    objects = BankrekeningQuerySet.as_manager()

    class Meta:
        verbose_name = "bankrekening"
        verbose_name_plural = "bankrekeningen"
        ordering = ("-vastgelegd_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=BankrekeningStatus.values), name="bankrekening_status_bekend"
            ),
            models.CheckConstraint(
                condition=Q(iban__regex=r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$"), name="bankrekening_iban_vorm"
            ),
            models.CheckConstraint(
                condition=~Q(status="bevestigd")
                | Q(bevestigd_op__isnull=False, bevestigd_door__isnull=False)
                & ~Q(bevestigd_door=models.F("vastgelegd_door")),
                name="bankrekening_bevestigd_door_een_ander",
            ),
            models.UniqueConstraint(
                fields=["organisatie"], condition=Q(status="bevestigd"), name="bankrekening_een_bevestigd"
            ),
            models.UniqueConstraint(
                fields=["organisatie"], condition=Q(status="wacht"), name="bankrekening_een_wacht"
            ),
        )
        indexes = (
            models.Index(fields=["-vastgelegd_op", "id"], name="bankrekening_nieuwste_eerst"),
            models.Index(
                fields=["vastgelegd_op", "id"], name="bankrekening_wacht", condition=Q(status="wacht")
            ),
        )

    def __str__(self) -> str:
        return self.leesbaar

    @property
    def leesbaar(self) -> str:
        """In groups of four, as it stands on a pas."""
        return " ".join(self.iban[i : i + 4] for i in range(0, len(self.iban), 4))

    def hoort_bij(self, actor: Actor) -> bool:
        return actor.is_uwv or actor.organisatie_id == self.organisatie_id

    def onderwerp(self) -> Onderwerp:
        return Onderwerp("budget.bankrekening", str(self.pk))

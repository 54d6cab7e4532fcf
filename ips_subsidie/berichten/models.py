"""The outbox: a Bericht is written in the act's own transaction, its Verzendingen after it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models

from ips_subsidie.toegang.rollen import Rol


class BerichtQuerySet(models.QuerySet["Bericht"]):
    def in_bak_van(self, organisatie_id: object, rol: str) -> BerichtQuerySet:
        return self.filter(organisatie_id=organisatie_id, rol=rol)

    def ongelezen(self) -> BerichtQuerySet:
        return self.filter(gelezen_op__isnull=True)


class Bericht(models.Model):
    """A task or notice for everyone in one role of one organisatie. `titel` names no client."""

    organisatie = models.ForeignKey("toegang.Organisatie", models.PROTECT, related_name="berichten")
    rol = models.CharField("rol", max_length=24, choices=Rol)
    soort = models.CharField("soort", max_length=60)
    onderwerp_id = models.CharField("over", max_length=40)
    dag = models.DateField(
        "dag", help_text="Per ontvanger, soort en onderwerp gaat er hooguit één bericht per dag."
    )
    titel = models.CharField("titel", max_length=200)
    pad = models.CharField("pad van de pagina", max_length=200)
    gemaakt_op = models.DateTimeField("gemaakt op")
    gelezen_op = models.DateTimeField("gelezen op", null=True, blank=True)
    gelezen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    uitgezet_op = models.DateTimeField("mails klaargezet op", null=True, blank=True)

    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ("-gemaakt_op", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["organisatie", "rol", "soort", "onderwerp_id", "dag"], name="bericht_eenmaal_per_dag"
            ),
        )
        indexes = (
            models.Index(fields=["organisatie", "rol", "-gemaakt_op", "-id"], name="bericht_bak"),
            models.Index(
                fields=["organisatie", "rol"],
                name="bericht_ongelezen",
                condition=models.Q(gelezen_op__isnull=True),
            ),
            models.Index(
                fields=["id"], name="bericht_uit_te_zetten", condition=models.Q(uitgezet_op__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return self.titel


class VerzendingStatus(models.TextChoices):
    KLAAR = "klaar", "Klaar om te versturen"
    VERZONDEN = "verzonden", "Verzonden"
    MISLUKT = "mislukt", "Mislukt"


class VerzendingQuerySet(models.QuerySet["Verzending"]):
    def aan_de_beurt(self, nu: datetime) -> VerzendingQuerySet:
        return self.filter(status=VerzendingStatus.KLAAR, volgende_poging_op__lte=nu).order_by("pk")


class Verzending(models.Model):
    """One mail of a Bericht to one gebruiker: at least once, with a stable Message-ID, tried patiently."""

    bericht = models.ForeignKey(Bericht, models.PROTECT, related_name="verzendingen")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="verzendingen")
    status = models.CharField(
        "status", max_length=12, choices=VerzendingStatus, default=VerzendingStatus.KLAAR
    )
    pogingen = models.PositiveSmallIntegerField("pogingen", default=0)
    volgende_poging_op = models.DateTimeField("volgende poging op")
    verzonden_op = models.DateTimeField("verzonden op", null=True, blank=True)
    fout = models.CharField("laatste fout", max_length=200, blank=True)

    objects = VerzendingQuerySet.as_manager()

    class Meta:
        verbose_name = "verzending"
        verbose_name_plural = "verzendingen"
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["bericht", "gebruiker"], name="verzending_eenmaal_per_ontvanger"),
        )
        indexes = (
            models.Index(
                fields=["volgende_poging_op", "id"],
                name="verzending_aan_de_beurt",
                condition=models.Q(status="klaar"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.bericht_id} aan {self.gebruiker_id}"

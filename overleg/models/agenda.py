"""What is on the agenda of a bijeenkomst, and the link by which somebody's own calendar reads the dates."""

from __future__ import annotations

import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from aanvragen.models import Aanvraag
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.toegang.actor import Actor
from overleg.models.reeks import Bijeenkomst


class Punt(models.TextChoices):
    """What is asked. A choice and no text: what is said of somebody is said at the table, not written here."""

    VACATURE = "vacature", "Een passende vacature zoeken"
    VOORZIENING = "voorziening", "Vraag over een voorziening of regeling"
    VOORTGANG = "voortgang", "Hoe het traject loopt"
    ANDERS = "anders", "Iets anders"


class AgendapuntStatus(models.TextChoices):
    OPEN = "open", "Op de agenda"
    WEGGEHAALD = "weggehaald", "Weggehaald"


class Agendapunt(models.Model):
    """A dossier on the agenda. Its kenmerk is shown only to who may see that dossier."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bijeenkomst = models.ForeignKey(Bijeenkomst, models.PROTECT, related_name="agendapunten")
    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="agendapunten")
    organisatie = models.ForeignKey("toegang.Organisatie", models.PROTECT, related_name="+")
    punt = models.CharField("waarover", max_length=16, choices=Punt)
    status = models.CharField(
        "status", max_length=12, choices=AgendapuntStatus, default=AgendapuntStatus.OPEN
    )
    toegevoegd_op = models.DateTimeField("toegevoegd op")
    toegevoegd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        ordering = ("toegevoegd_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=AgendapuntStatus.values), name="agendapunt_status_bekend"
            ),
            models.CheckConstraint(condition=Q(punt__in=Punt.values), name="agendapunt_waarover_bekend"),
            models.UniqueConstraint(
                fields=["bijeenkomst", "aanvraag"], condition=Q(status="open"), name="agendapunt_niet_dubbel"
            ),
        )

    def __str__(self) -> str:
        return f"agendapunt van {self.organisatie_id}"

    def hoort_bij(self, actor: Actor) -> bool:
        """Theirs who brought it in, and of who made the reeks and so keeps the agenda."""
        return actor.organisatie_id in (self.organisatie_id, self.bijeenkomst.reeks.organisatie_id)

    def onderwerp(self) -> Onderwerp:
        return Onderwerp(
            "overleg.agendapunt", str(self.pk), dossier_id=self.aanvraag_id, kenmerk=self.aanvraag.kenmerk
        )


class AgendalinkStatus(models.TextChoices):
    GELDIG = "geldig", "Geldig"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


class AgendalinkQuerySet(models.QuerySet["Agendalink"]):
    def zichtbaar_voor(self, actor: Actor | None) -> AgendalinkQuerySet:
        """One's own, in the role that is on."""
        if actor is None or actor.lidmaatschap_id is None:
            return self.none()
        return self.filter(lidmaatschap_id=actor.lidmaatschap_id)


class Agendalink(models.Model):
    """A secret address of the dates of one lidmaatschap; it ends with the lidmaatschap.

    Only the hash of the secret is kept: who reads this table can't open a calendar with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lidmaatschap = models.ForeignKey("toegang.Lidmaatschap", models.PROTECT, related_name="agendalinks")
    hash = models.CharField("hash van het geheim", max_length=64, unique=True, editable=False)
    status = models.CharField(
        "status", max_length=12, choices=AgendalinkStatus, default=AgendalinkStatus.GELDIG
    )
    gemaakt_op = models.DateTimeField("gemaakt op")
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)

    # The secret itself, on the one instance that was just made; never stored.
    geheim: str = ""

    objects = AgendalinkQuerySet.as_manager()

    class Meta:
        verbose_name = "agendalink"
        verbose_name_plural = "agendalinks"
        ordering = ("-gemaakt_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status="geldig", ingetrokken_op__isnull=True)
                | Q(status="ingetrokken", ingetrokken_op__gte=F("gemaakt_op")),
                name="agendalink_ingetrokken_met_moment",
            ),
            models.CheckConstraint(condition=Q(hash__regex=r"^[0-9a-f]{64}$"), name="agendalink_alleen_hash"),
            models.UniqueConstraint(
                fields=["lidmaatschap"], condition=Q(status="geldig"), name="agendalink_een_per_lidmaatschap"
            ),
        )

    def __str__(self) -> str:
        return f"agendalink van {self.gemaakt_op:%d-%m-%Y}"

    @staticmethod
    def hash_van(geheim: str) -> str:
        return hashlib.sha256(geheim.encode()).hexdigest()

    def hoort_bij(self, actor: Actor) -> bool:
        return self.lidmaatschap_id == actor.lidmaatschap_id

    def onderwerp(self) -> Onderwerp:
        return Onderwerp("overleg.agendalink", str(self.pk))

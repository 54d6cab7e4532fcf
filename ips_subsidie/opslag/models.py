"""Files live in PostgreSQL: one backup, and one transaction with the dossier that they belong to."""

from __future__ import annotations

import hashlib
import uuid

from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import Q

from ips_subsidie.kalender.klok import nu
from ips_subsidie.opslag.bestanden import MAX_BYTES, MAX_NAAM, Soort, controleer_inhoud, schone_naam

SHA256_LENGTE = 64


class BestandQuerySet(models.QuerySet["Bestand"]):
    def zonder_inhoud(self) -> BestandQuerySet:
        """For lists: megabytes stay where they are."""
        return self.defer("inhoud")

    def bewaar(self, upload: UploadedFile) -> Bestand:
        """Check an upload and keep it. Raises ValidationError, in Dutch, when it may not be kept."""
        upload.seek(0)
        return self.bewaar_inhoud(upload.read(MAX_BYTES + 1), upload.name or "")

    def bewaar_inhoud(self, inhoud: bytes, naam: str) -> Bestand:
        """As `bewaar`, for bytes: what the application itself has made passes the same checks."""
        return self._bewaar(controleer_inhoud(inhoud, naam), inhoud, schone_naam(naam))

    def bewaar_xml(self, inhoud: bytes, naam: str) -> Bestand:
        """Keep XML that the caller has made, or has read without following what it points to."""
        kaal = schone_naam(naam)
        return self._bewaar(Soort.XML, inhoud, kaal if kaal.lower().endswith(".xml") else f"{kaal[:100]}.xml")

    def _bewaar(self, soort: Soort, inhoud: bytes, naam: str) -> Bestand:
        return self.create(
            naam=naam,
            soort=soort,
            grootte=len(inhoud),
            inhoud=inhoud,
            sha256=hashlib.sha256(inhoud).hexdigest(),
            gemaakt_op=nu(),
        )


class Bestand(models.Model):
    """One file, written once. A trigger refuses change; the database itself checks size and hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    naam = models.CharField("naam", max_length=MAX_NAAM)
    soort = models.CharField("soort", max_length=20, choices=Soort)
    grootte = models.PositiveIntegerField("grootte in bytes")
    inhoud = models.BinaryField("inhoud")
    sha256 = models.CharField("sha-256", max_length=SHA256_LENGTE)
    gemaakt_op = models.DateTimeField("gemaakt op")

    objects = BestandQuerySet.as_manager()

    class Meta:
        verbose_name = "bestand"
        verbose_name_plural = "bestanden"
        ordering = ("-gemaakt_op", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(soort__in=Soort.values), name="bestand_soort_bekend"),
            models.CheckConstraint(
                condition=Q(grootte__gte=1, grootte__lte=MAX_BYTES), name="bestand_grootte_binnen_grens"
            ),
        )

    def __str__(self) -> str:
        return self.naam

    @property
    def leesbare_grootte(self) -> str:
        """As people say it: "87 kB", "1,2 MB"."""
        if self.grootte < 1_000_000:
            return f"{max(self.grootte // 1000, 1)} kB"
        return f"{self.grootte / 1_000_000:.1f} MB".replace(".", ",")

    def is_ongeschonden(self) -> bool:
        """Does the content still have the hash with which it came in?"""
        return hashlib.sha256(bytes(self.inhoud)).hexdigest() == self.sha256

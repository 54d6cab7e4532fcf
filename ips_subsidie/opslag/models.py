"""Files live in PostgreSQL: one backup, and one transaction with the dossier that they belong to."""

from __future__ import annotations

import hashlib
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import Exists, OuterRef, Q

from ips_subsidie.kalender.klok import nu
from ips_subsidie.opslag.bestanden import MAX_BYTES, MAX_NAAM, Soort, controleer_inhoud, schone_naam
from ips_subsidie.opslag.virusscan import GEWEIGERD, Uitslag, achter_de_naam, eerdere_uitslag, scan, scant

SHA256_LENGTE = 64


class BestandQuerySet(models.QuerySet["Bestand"]):
    def zonder_inhoud(self) -> BestandQuerySet:
        """For lists: megabytes stay where they are."""
        return self.defer("inhoud")

    def bewaar(self, upload: UploadedFile) -> Bestand:
        """Check an upload and keep it. Raises ValidationError, in Dutch, when it may not be kept."""
        upload.seek(0)
        inhoud = upload.read(MAX_BYTES + 1)
        soort = controleer_inhoud(inhoud, upload.name or "")
        return self._bewaar(soort, inhoud, schone_naam(upload.name or ""), eerdere_uitslag(upload, inhoud))

    def bewaar_inhoud(self, inhoud: bytes, naam: str) -> Bestand:
        """As `bewaar`, for bytes: what the application itself has made passes the same checks."""
        return self._bewaar(controleer_inhoud(inhoud, naam), inhoud, schone_naam(naam))

    def nog_te_scannen(self) -> BestandQuerySet:
        """Of which clamd has not yet said anything, oldest first."""
        return self.filter(~Exists(Virusscan.objects.filter(bestand=OuterRef("pk")))).order_by(
            "gemaakt_op", "pk"
        )

    def bewaar_xml(self, inhoud: bytes, naam: str) -> Bestand:
        """Keep XML that the caller has made, or has read without following what it points to."""
        kaal = schone_naam(naam)
        return self._bewaar(Soort.XML, inhoud, kaal if kaal.lower().endswith(".xml") else f"{kaal[:100]}.xml")

    def _bewaar(self, soort: Soort, inhoud: bytes, naam: str, uitslag: Uitslag | None = None) -> Bestand:
        if scant() and uitslag in (None, Uitslag.WACHT):
            uitslag = scan(inhoud)
            if uitslag is Uitslag.BESMET:
                raise ValidationError(GEWEIGERD, code="virus")
        bestand = self.create(
            naam=naam,
            soort=soort,
            grootte=len(inhoud),
            inhoud=inhoud,
            sha256=hashlib.sha256(inhoud).hexdigest(),
            gemaakt_op=nu(),
        )
        if uitslag is Uitslag.SCHOON:
            Virusscan.objects.create(bestand=bestand, uitslag=uitslag, op=bestand.gemaakt_op)
        return bestand


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

    def scanstand(self) -> Uitslag | None:
        """Whether it may leave the house: SCHOON, WACHT or BESMET; None where nothing is scanned."""
        if self._state.adding:
            return None  # made for this answer, and not kept
        eerder = Virusscan.objects.filter(bestand=self).values_list("uitslag", flat=True).first()
        if eerder is not None:
            return Uitslag(eerder)
        return Uitslag.WACHT if scant() else None


class Virusscan(models.Model):
    """What clamd said of a file, once: clean or not. A file without such a row was never scanned, and stays apart."""

    bestand = models.OneToOneField(Bestand, models.PROTECT, related_name="virusscan")
    uitslag = models.CharField(
        "uitslag", max_length=8, choices=[u for u in Uitslag.choices if u[0] != "wacht"]
    )
    op = models.DateTimeField("gescand op")

    class Meta:
        verbose_name = "virusscan"
        verbose_name_plural = "virusscans"
        ordering = ("-op", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(uitslag__in=[Uitslag.SCHOON, Uitslag.BESMET]), name="virusscan_uitslag_bekend"
            ),
        )

    def __str__(self) -> str:
        return f"virusscan van {self.bestand_id}: {self.get_uitslag_display()}"


def naam_met_scan(bestand: Bestand) -> str:
    """The name of a file for a list, with what the scan said where it can't be opened.

    Without a query where the list read `bestand__virusscan` along.
    """
    gescand: Virusscan | None = getattr(bestand, "virusscan", None)
    return bestand.naam + achter_de_naam(gescand.uitslag if gescand else None)


class Vernietiging(models.Model):
    """The proof that a dossier was destroyed: of which, what, how many rows, by whom and when. Names nobody.

    The row is made first, in the transaction that destroys; only in that transaction do the triggers of append-only
    tables let the owner through. `kenmerk_hash` is the SHA-256 of the kenmerk, as hex.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kenmerk_hash = models.CharField("hash van het kenmerk", max_length=SHA256_LENGTE)
    regeling = models.CharField("regeling", max_length=40)
    klassen = models.JSONField("bewaarklassen", default=list)
    aantallen = models.JSONField("aantal rijen per tabel", default=dict)
    einde_dossier = models.DateField("einde van het dossier")
    bewaren_tot = models.DateField("bewaard tot en met")
    op = models.DateTimeField("vernietigd op")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # The transaction it happened in; the database fills it, so that nobody can point at another.
    transactie = models.BigIntegerField("transactie", default=0, editable=False)

    class Meta:
        verbose_name = "vernietiging"
        verbose_name_plural = "vernietigingen"
        ordering = ("-op", "id")
        constraints = (
            models.UniqueConstraint(fields=["kenmerk_hash"], name="vernietiging_eenmaal"),
            models.CheckConstraint(
                condition=Q(kenmerk_hash__regex=r"^[0-9a-f]{64}$"), name="vernietiging_hash_is_hash"
            ),
        )
        indexes = (models.Index(fields=["-op", "id"], name="vernietiging_nieuwste_eerst"),)

    def __str__(self) -> str:
        return f"vernietiging op {self.op:%d-%m-%Y}"

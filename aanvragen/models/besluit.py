"""The besluit and the letters. Written once; a trigger refuses every change (Awb 3:41)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from aanvragen.models.aanvraag import Aanvraag
from ips_subsidie.opslag.models import Bestand


class BesluitSoort(models.TextChoices):
    VERLENING = "verlening", "Subsidieverlening"
    AFWIJZING = "afwijzing", "Afwijzing"
    BUITEN_BEHANDELING = "buiten_behandeling", "Buiten behandeling"
    VERLENGING_TOEGEKEND = "verlenging_toegekend", "Verlenging toegekend"
    VERLENGING_AFGEWEZEN = "verlenging_afgewezen", "Verlenging afgewezen"
    INTREKKING = "intrekking", "Intrekking van het besluit"
    VASTSTELLING = "vaststelling", "Vaststelling van de subsidie"
    BESLISSING_OP_BEZWAAR = "beslissing_op_bezwaar", "Beslissing op bezwaar"
    DWANGSOM = "dwangsom", "Besluit over de dwangsom"


class Rechtsmiddel(models.TextChoices):
    """What one can do against a besluit; after a bezwaar that is beroep at the rechtbank (Awb 8:1)."""

    BEZWAAR = "bezwaar", "Bezwaar"
    BEROEP = "beroep", "Beroep"


class Besluit(models.Model):
    """One beschikking, bekendgemaakt in the portal on `bekendgemaakt_op`; bezwaar until `bezwaar_tot` inclusive.

    Where the `rechtsmiddel` is beroep, that day is the last one for beroep. A beslissing op bezwaar points with
    `vorig_besluit` to what it is about; with `herroept` it takes that back (Awb 7:11), and then that counts no more.

    Amounts in integer cents incl. btw. Who prepared it (`opsteller`) is not who decided (`ondertekenaar`).
    `vorig_besluit` is the one that this one replaces, extends or withdraws; in first instance there is none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="besluiten")
    soort = models.CharField("soort", max_length=24, choices=BesluitSoort)
    vorig_besluit = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="opvolgers")
    dagtekening = models.DateField("dagtekening")
    bekendgemaakt_op = models.DateTimeField("bekendgemaakt op")
    bezwaar_tot = models.DateField("bezwaar tot en met")
    rechtsmiddel = models.CharField(
        "rechtsmiddel", max_length=8, choices=Rechtsmiddel, default=Rechtsmiddel.BEZWAAR
    )
    herroept = models.BooleanField("herroept het vorige besluit", default=False)
    # Which intrekking or vaststelling of this aanvraag it is, by how many were taken back; set by the database.
    ronde = models.PositiveSmallIntegerField("ronde", default=1, editable=False)
    gronden = models.JSONField("gronden", default=list)
    motivering = models.TextField("motivering", max_length=5000)
    bedrag_cent = models.PositiveBigIntegerField("bedrag in centen", default=0)
    rijk_cent = models.PositiveBigIntegerField("deel van het Rijk in centen", default=0)
    gemeente_cent = models.PositiveBigIntegerField("deel van de gemeente in centen", default=0)
    maanden = models.PositiveSmallIntegerField("duur in maanden", default=0)
    opsteller = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ondertekenaar = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # With which the ondertekenaar signed for the college, in the name of the mandaatgever (Awb 10:10).
    ondermandaat = models.ForeignKey(
        "gemeenten.Ondermandaat", models.PROTECT, null=True, blank=True, related_name="besluiten"
    )

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ("-bekendgemaakt_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(opsteller=F("ondertekenaar")),
                name="besluit_vier_ogen",
                violation_error_message="Wie het besluit voorbereidde, mag het niet ook nemen.",
            ),
            models.CheckConstraint(
                condition=Q(bedrag_cent=F("rijk_cent") + F("gemeente_cent")), name="besluit_delen_tellen_op"
            ),
            models.CheckConstraint(
                condition=~Q(soort="verlening") | Q(bedrag_cent__gt=0, maanden__gt=0),
                name="besluit_verlening_met_bedrag_en_duur",
            ),
            models.CheckConstraint(
                condition=~Q(soort="afwijzing") | ~Q(gronden=[]), name="besluit_afwijzing_met_grond"
            ),
            models.UniqueConstraint(
                fields=["aanvraag"],
                condition=Q(
                    soort__in=["verlening", "afwijzing", "buiten_behandeling"], vorig_besluit__isnull=True
                ),
                name="besluit_een_in_eerste_aanleg",
                violation_error_message="Over deze aanvraag is al beslist.",
            ),
            # What replaces a refusal that was taken back points to it, once; the trigger of 0014 asks that it was.
            models.UniqueConstraint(
                fields=["vorig_besluit"],
                condition=Q(soort__in=["verlening", "afwijzing", "buiten_behandeling"]),
                name="besluit_een_in_de_plaats",
            ),
            models.UniqueConstraint(
                fields=["aanvraag"],
                condition=Q(soort="verlening"),
                name="besluit_een_verlening",
                violation_error_message="Deze aanvraag is al toegekend.",
            ),
            models.CheckConstraint(
                condition=Q(rechtsmiddel__in=Rechtsmiddel.values)
                & (~Q(soort="beslissing_op_bezwaar") | Q(rechtsmiddel="beroep", vorig_besluit__isnull=False)),
                name="besluit_op_bezwaar_met_beroep",
            ),
            models.CheckConstraint(
                condition=Q(herroept=False) | Q(soort="beslissing_op_bezwaar"),
                name="besluit_herroept_na_bezwaar",
            ),
            models.UniqueConstraint(
                fields=["vorig_besluit"], condition=Q(herroept=True), name="besluit_een_keer_herroepen"
            ),
            models.CheckConstraint(
                condition=~Q(soort__in=["intrekking", "vaststelling"]) | Q(vorig_besluit__isnull=False),
                name="besluit_intrekking_van_een_besluit",
            ),
            models.UniqueConstraint(
                fields=["aanvraag", "ronde"],
                condition=Q(soort__in=["intrekking", "vaststelling"]),
                name="besluit_een_slot",
                violation_error_message="Deze subsidie is al vastgesteld of ingetrokken.",
            ),
        )
        indexes = (models.Index(fields=["-bekendgemaakt_op", "id"], name="besluit_nieuwste_eerst"),)

    def __str__(self) -> str:
        return f"{self.get_soort_display()} van {self.dagtekening}"


class Brief(models.Model):
    """A letter, frozen as the data it is made from; the same data always gives the same bytes.

    The PDF is made after commit (BriefBestand), or at the first download when the worker was not there yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="brieven")
    besluit = models.OneToOneField(Besluit, models.PROTECT, null=True, blank=True, related_name="brief")
    sjabloon = models.CharField("sjabloon", max_length=40)
    titel = models.CharField("titel", max_length=200)
    gegevens = models.JSONField("gegevens")
    datum = models.DateField("datum")
    gemaakt_op = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name = "brief"
        verbose_name_plural = "brieven"
        ordering = ("-gemaakt_op", "id")

    def __str__(self) -> str:
        return self.titel


class BriefBestand(models.Model):
    """The PDF of a brief: made once."""

    brief = models.OneToOneField(Brief, models.PROTECT, related_name="pdf")
    bestand = models.OneToOneField(Bestand, models.PROTECT, related_name="brief")

    class Meta:
        verbose_name = "pdf van een brief"
        verbose_name_plural = "pdf's van brieven"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"pdf van {self.brief_id}"

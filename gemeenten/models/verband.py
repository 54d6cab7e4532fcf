"""Who carries out the tasks of a gemeente.

A samenwerkingsverband may, for a period, and not always for IPS.
"""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value

from gemeenten.models.gemeente import Gemeente
from ips_subsidie.logboek.schrijven import Onderwerp

PERIODE = Func("geldig_van", "geldig_tot", Value("[)"), function="daterange", output_field=DateRangeField())


class Samenwerkingsverband(models.Model):
    """Gemeenten that let one organisatie work for them.

    It has no cap of its own: each gemeente keeps hers.
    """

    organisatie = models.OneToOneField(
        "toegang.Organisatie", models.PROTECT, related_name="samenwerkingsverband", verbose_name="organisatie"
    )

    class Meta:
        verbose_name = "samenwerkingsverband"
        verbose_name_plural = "samenwerkingsverbanden"
        ordering = ("organisatie__naam", "pk")

    def __str__(self) -> str:
        return str(self.organisatie)


class DeelnameQuerySet(models.QuerySet["Deelname"]):
    def geldig_op(self, dag: date) -> DeelnameQuerySet:
        """Those in force on this day; `geldig_tot` is the first day on which it is over."""
        return self.filter(Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=dag), geldig_van__lte=dag)

    def voert_uit_op(self, dag: date) -> DeelnameQuerySet:
        """Those by which the verband acts for the gemeente in IPS on this day."""
        return self.geldig_op(dag).filter(voert_ips_uit=True)


class Deelname(models.Model):
    """A gemeente takes part in a verband, from `geldig_van` until (not on) `geldig_tot`."""

    verband = models.ForeignKey(Samenwerkingsverband, models.PROTECT, related_name="deelnames")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="deelnames")
    geldig_van = models.DateField("geldig van")
    geldig_tot = models.DateField("geldig tot", null=True, blank=True, help_text="De eerste dag erna.")
    voert_ips_uit = models.BooleanField(
        "voert IPS uit",
        default=True,
        help_text="Uit: de gemeente doet mee, maar handelt aanvragen voor IPS zelf af.",
    )

    objects = DeelnameQuerySet.as_manager()

    class Meta:
        verbose_name = "deelname"
        verbose_name_plural = "deelnames"
        ordering = ("verband", "gemeente__sorteernaam", "geldig_van", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=F("geldig_van")),
                name="deelname_einde_na_begin",
            ),
            ExclusionConstraint(
                name="deelname_een_verband_voert_uit",
                expressions=[("gemeente", RangeOperators.EQUAL), (PERIODE, RangeOperators.OVERLAPS)],
                condition=Q(voert_ips_uit=True),
                violation_error_message="Voor deze gemeente voert in deze periode al een verband IPS uit.",
            ),
            ExclusionConstraint(
                name="deelname_niet_dubbel",
                expressions=[
                    ("verband", RangeOperators.EQUAL),
                    ("gemeente", RangeOperators.EQUAL),
                    (PERIODE, RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze gemeente doet in deze periode al mee in dit verband.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.gemeente} in {self.verband}"


class Contactpersoon(models.Model):
    """Whom to call at a gemeente, a samenwerkingsverband or a ggz-instelling: a card, not an account."""

    # An act asks its result for one; a card is there or it isn't.
    status = "actief"

    organisatie = models.ForeignKey(
        "toegang.Organisatie", models.CASCADE, related_name="contactpersonen", verbose_name="organisatie"
    )
    naam = models.CharField("naam", max_length=120)
    functie = models.CharField("functie", max_length=120, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    telefoon = models.CharField(
        "telefoonnummer",
        max_length=20,
        blank=True,
        validators=[
            RegexValidator(
                r"^\+?[0-9][0-9 ()-]{7,18}\Z", "Vul een telefoonnummer in, bijvoorbeeld 024 123 45 67."
            )
        ],
    )

    class Meta:
        verbose_name = "contactpersoon"
        verbose_name_plural = "contactpersonen"
        ordering = ("organisatie", "naam", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(email="", telefoon=""),
                name="contactpersoon_bereikbaar",
                violation_error_message="Vul een e-mailadres of een telefoonnummer in.",
            ),
        )

    def __str__(self) -> str:
        return self.naam

    def onderwerp(self) -> Onderwerp:
        return Onderwerp("gemeenten.contactpersoon", str(self.pk))

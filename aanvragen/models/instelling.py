"""Ggz-instellingen and whether they offer modelgetrouw IPS, by period."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value

from aanvragen.regels.erkenning.lezen import HOOGSTE_SCORE, LAAGSTE_SCORE
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.toegang.models import Organisatie


class GgzInstellingQuerySet(models.QuerySet["GgzInstelling"]):
    def biedt_ips_op(self, dag: date) -> GgzInstellingQuerySet:
        """Those with an erkenning in force on `dag`."""
        geldig = IpsErkenning.objects.geldig_op(dag).filter(instelling=models.OuterRef("pk"))
        return self.filter(models.Exists(geldig))


class GgzInstelling(models.Model):
    """The aanvrager and subsidieontvanger."""

    organisatie = models.OneToOneField(Organisatie, models.PROTECT, related_name="instelling")
    kvk = models.CharField(
        "KvK-nummer", max_length=8, unique=True, validators=[RegexValidator(r"^\d{8}$", "Vul 8 cijfers in.")]
    )
    agb = models.CharField(
        "AGB-code", max_length=8, blank=True, validators=[RegexValidator(r"^\d{8}$", "Vul 8 cijfers in.")]
    )
    adres = models.CharField("straat en huisnummer", max_length=120)
    postcode = models.CharField("postcode", max_length=7)
    plaats = models.CharField("plaats", max_length=80)

    objects = GgzInstellingQuerySet.as_manager()

    class Meta:
        verbose_name = "ggz-instelling"
        verbose_name_plural = "ggz-instellingen"
        ordering = ("organisatie__naam", "pk")

    def __str__(self) -> str:
        return self.organisatie.naam

    @property
    def naam(self) -> str:
        return self.organisatie.naam


class Erkenninglijst(models.Model):
    """A quality list as it was processed: never changed, so that it can be seen later what it changed and why.

    `wijzigingen` holds one object for each erkenning that was added, changed or ended, with what it was.
    """

    bron = models.CharField("bron", max_length=200)
    peildatum = models.DateField("datum van de lijst")
    volledig = models.BooleanField(
        "volledige lijst", help_text="Wie er niet op staat, is vanaf de datum van de lijst niet meer erkend."
    )
    tekst = models.TextField("lijst (CSV)")
    wijzigingen = models.JSONField("wijzigingen", default=list)
    overgeslagen = models.PositiveIntegerField("regels met een onbekend KvK-nummer")
    verwerkt_op = models.DateTimeField("verwerkt op")
    verwerkt_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "verwerkte lijst van erkenningen"
        verbose_name_plural = "verwerkte lijsten van erkenningen"
        ordering = ("-verwerkt_op", "-pk")

    def __str__(self) -> str:
        return f"{self.bron} ({self.peildatum:%d-%m-%Y})"

    @property
    def status(self) -> str:
        return "verwerkt"

    def onderwerp(self) -> Onderwerp:
        return Onderwerp("aanvragen.erkenninglijst", str(self.pk))


class IpsErkenningQuerySet(models.QuerySet["IpsErkenning"]):
    def geldig_op(self, dag: date) -> IpsErkenningQuerySet:
        """Those in force on `dag`; `geldig_tot` is the first day on which it is over."""
        return self.filter(Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=dag), geldig_van__lte=dag)


class IpsErkenning(models.Model):
    """The instelling has shown that it works modelgetrouw, from `geldig_van` until (not on) `geldig_tot`."""

    instelling = models.ForeignKey(GgzInstelling, models.PROTECT, related_name="erkenningen")
    geldig_van = models.DateField("geldig van")
    geldig_tot = models.DateField("geldig tot", null=True, blank=True, help_text="De eerste dag erna.")
    bron = models.CharField(
        "bron", max_length=200, help_text="Waar dit staat, bijvoorbeeld de lijst en haar datum."
    )
    fidelity_score = models.PositiveSmallIntegerField(
        "score modelgetrouwheid",
        null=True,
        blank=True,
        help_text=f"Van {LAAGSTE_SCORE} tot en met {HOOGSTE_SCORE}, volgens de IPS-modelgetrouwheidsschaal.",
    )
    fidelity_datum = models.DateField("datum van de score", null=True, blank=True)
    lijst = models.ForeignKey(
        Erkenninglijst,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="erkenningen",
        verbose_name="laatst gewijzigd door lijst",
    )

    objects = IpsErkenningQuerySet.as_manager()

    class Meta:
        verbose_name = "erkenning voor IPS"
        verbose_name_plural = "erkenningen voor IPS"
        ordering = ("instelling", "-geldig_van")
        constraints = (
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=F("geldig_van")),
                name="ipserkenning_einde_na_begin",
            ),
            models.CheckConstraint(
                condition=Q(fidelity_score__isnull=True)
                | Q(fidelity_score__gte=LAAGSTE_SCORE, fidelity_score__lte=HOOGSTE_SCORE),
                name="ipserkenning_score_op_de_schaal",
                violation_error_message=f"Vul een score in van {LAAGSTE_SCORE} tot en met {HOOGSTE_SCORE}.",
            ),
            models.CheckConstraint(
                condition=Q(fidelity_score__isnull=True, fidelity_datum__isnull=True)
                | Q(fidelity_score__isnull=False, fidelity_datum__isnull=False),
                name="ipserkenning_score_met_datum",
                violation_error_message="Vul de score en de datum van de score in, of geen van beide.",
            ),
            ExclusionConstraint(
                name="ipserkenning_niet_dubbel",
                expressions=[
                    ("instelling", RangeOperators.EQUAL),
                    (
                        Func(
                            "geldig_van", "geldig_tot", Value("[)"),
                            function="daterange", output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="Deze instelling heeft in (een deel van) deze periode al een erkenning.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.instelling_id} vanaf {self.geldig_van}"

    def clean(self) -> None:
        # Before the constraints: PostgreSQL can't make a range of dates that are the wrong way round.
        if self.geldig_van and self.geldig_tot and self.geldig_tot <= self.geldig_van:
            raise ValidationError({"geldig_tot": "De einddatum ligt niet na de begindatum."})

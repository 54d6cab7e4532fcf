"""Ggz-instellingen and whether they offer modelgetrouw IPS, by period."""

from __future__ import annotations

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from ips_subsidie.toegang.models import Organisatie


class GgzInstellingQuerySet(models.QuerySet["GgzInstelling"]):
    def biedt_ips_op(self, dag: date) -> GgzInstellingQuerySet:
        """Those with an erkenning in force on `dag`."""
        geldig = IpsErkenning.objects.filter(
            Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=dag),
            instelling=models.OuterRef("pk"),
            geldig_van__lte=dag,
        )
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


class IpsErkenning(models.Model):
    """The instelling has shown that it works modelgetrouw, from `geldig_van` until (not on) `geldig_tot`."""

    instelling = models.ForeignKey(GgzInstelling, models.PROTECT, related_name="erkenningen")
    geldig_van = models.DateField("geldig van")
    geldig_tot = models.DateField("geldig tot", null=True, blank=True)
    bron = models.CharField("bron", max_length=200)
    fidelity_score = models.PositiveSmallIntegerField("score modelgetrouwheid", null=True, blank=True)
    fidelity_datum = models.DateField("datum van de score", null=True, blank=True)

    class Meta:
        verbose_name = "erkenning voor IPS"
        verbose_name_plural = "erkenningen voor IPS"
        ordering = ("instelling", "-geldig_van")
        constraints = (
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=F("geldig_van")),
                name="ipserkenning_einde_na_begin",
            ),
        )

    def __str__(self) -> str:
        return f"{self.instelling_id} vanaf {self.geldig_van}"

"""The mandaatregister: in whose name a college decides, and who may sign for the college (Awb 10:1 to 10:12).

A besluit in mandaat needs both on the day it is signed: the mandaat of the college, and the ondermandaat of who signs.
A samenwerkingsverband signs for a gemeente only while it also carries out IPS for her.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from gemeenten.models.gemeente import Gemeente
from gemeenten.models.handelend import OpvolgerOnbekend, gemeenten_van, opvolger_op
from gemeenten.models.verband import PERIODE

if TYPE_CHECKING:
    from ips_subsidie.toegang.actor import Actor


def _in_de_periode(dag: date) -> Q:
    return Q(geldig_van__lte=dag) & (Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=dag))


class MandaatQuerySet(models.QuerySet["Mandaat"]):
    def geldig_op(self, dag: date) -> MandaatQuerySet:
        """Those in force on this day; `geldig_tot` is the first day on which it is over."""
        return self.filter(_in_de_periode(dag))


class OndermandaatQuerySet(models.QuerySet["Ondermandaat"]):
    def geldig_op(self, dag: date) -> OndermandaatQuerySet:
        """Those in force on this day, under a mandaat that is in force as well."""
        return self.filter(_in_de_periode(dag), mandaat__in=Mandaat.objects.geldig_op(dag))


class Mandaat(models.Model):
    """The college of a gemeente decides for one regeling (by its code) in the name of `mandaatgever`."""

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="mandaten")
    regeling = models.CharField("code van de regeling", max_length=40)
    mandaatgever = models.CharField("mandaatgever", max_length=200)
    bron = models.CharField("bron", max_length=300, help_text="Het besluit waarin het mandaat staat.")
    geldig_van = models.DateField("geldig van")
    geldig_tot = models.DateField("geldig tot", null=True, blank=True, help_text="De eerste dag erna.")

    objects = MandaatQuerySet.as_manager()

    class Meta:
        verbose_name = "mandaat van een college"
        verbose_name_plural = "mandaten van colleges"
        ordering = ("gemeente__sorteernaam", "regeling", "-geldig_van", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=F("geldig_van")),
                name="mandaat_einde_na_begin",
            ),
            models.CheckConstraint(condition=~Q(bron="") & ~Q(mandaatgever=""), name="mandaat_met_bron"),
            ExclusionConstraint(
                name="mandaat_niet_dubbel",
                expressions=[
                    ("gemeente", RangeOperators.EQUAL),
                    ("regeling", RangeOperators.EQUAL),
                    (PERIODE, RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze gemeente heeft voor deze regeling in deze periode al een mandaat.",
            ),
        )

    def __str__(self) -> str:
        return f"mandaat van {self.gemeente} voor {self.regeling}"

    def clean(self) -> None:
        _eis_volgorde(self.geldig_van, self.geldig_tot)


class Ondermandaat(models.Model):
    """Who may sign for the college: the holders of a functie at an organisatie, or one person there."""

    mandaat = models.ForeignKey(Mandaat, models.PROTECT, related_name="ondermandaten")
    organisatie = models.ForeignKey("toegang.Organisatie", models.PROTECT, related_name="ondermandaten")
    functie = models.CharField("functie", max_length=120, help_text="Zoals die onder het besluit komt.")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="ondermandaten",
        verbose_name="persoon", help_text="Leeg: iedereen die hier beslist.",
    )  # fmt: skip
    bron = models.CharField("bron", max_length=300, help_text="Het besluit waarin het ondermandaat staat.")
    geldig_van = models.DateField("geldig van")
    geldig_tot = models.DateField("geldig tot", null=True, blank=True, help_text="De eerste dag erna.")

    objects = OndermandaatQuerySet.as_manager()

    class Meta:
        verbose_name = "ondermandaat"
        verbose_name_plural = "ondermandaten"
        ordering = ("mandaat", "organisatie", "functie", "-geldig_van", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=F("geldig_van")),
                name="ondermandaat_einde_na_begin",
            ),
            models.CheckConstraint(condition=~Q(bron="") & ~Q(functie=""), name="ondermandaat_met_functie"),
            ExclusionConstraint(
                name="ondermandaat_niet_dubbel",
                expressions=[
                    ("mandaat", RangeOperators.EQUAL),
                    ("organisatie", RangeOperators.EQUAL),
                    ("functie", RangeOperators.EQUAL),
                    ("gebruiker", RangeOperators.EQUAL),
                    (PERIODE, RangeOperators.OVERLAPS),
                ],
                violation_error_message="Dit ondermandaat is er in deze periode al.",
            ),
            # Of the holders of a functie, who have no person: for an exclusion an empty one equals nothing.
            ExclusionConstraint(
                name="ondermandaat_functie_niet_dubbel",
                expressions=[
                    ("mandaat", RangeOperators.EQUAL),
                    ("organisatie", RangeOperators.EQUAL),
                    ("functie", RangeOperators.EQUAL),
                    (PERIODE, RangeOperators.OVERLAPS),
                ],
                condition=Q(gebruiker__isnull=True),
                violation_error_message="Dit ondermandaat is er in deze periode al.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.functie} bij {self.organisatie}"

    def clean(self) -> None:
        _eis_volgorde(self.geldig_van, self.geldig_tot)


def ondermandaat_voor(gemeente: Gemeente, regeling: str, actor: Actor, dag: date) -> Ondermandaat | None:
    """The ondermandaat with which this actor signs for this gemeente on this day; None without a valid one.

    For a gemeente that is no more it is that of the one that took over her obligations. One on the own name goes
    before one on a functie.
    """
    try:
        college = opvolger_op(gemeente, dag)
    except OpvolgerOnbekend:
        return None
    if not _handelt_voor(gemeente, actor, dag):
        return None
    return (
        Ondermandaat.objects.geldig_op(dag)
        .filter(Q(gebruiker__isnull=True) | Q(gebruiker=actor.gebruiker), organisatie=actor.organisatie)
        .filter(mandaat__gemeente=college, mandaat__regeling=regeling)
        .select_related("mandaat__gemeente")
        .order_by(F("gebruiker").asc(nulls_last=True), "pk")
        .first()
    )


def ontbreekt(gemeente: Gemeente, regeling: str, actor: Actor, dag: date) -> list[str]:
    """What is missing for this actor to sign for this gemeente on this day, in words; empty when nothing is."""
    try:
        college = opvolger_op(gemeente, dag)
    except OpvolgerOnbekend:
        return [
            f"Welke gemeente {gemeente} opvolgt, staat niet vast. Vraag de beheerder om dat vast te leggen."
        ]
    if not _handelt_voor(gemeente, actor, dag):
        return [f"Uw organisatie handelt vandaag niet voor de gemeente {gemeente}."]
    if not Mandaat.objects.geldig_op(dag).filter(gemeente=college, regeling=regeling).exists():
        return [_geen_mandaat(college, regeling, dag)]
    if ondermandaat_voor(gemeente, regeling, actor, dag) is None:
        return [
            f"U mag niet tekenen voor het college van {college}: er is vandaag geen ondermandaat voor u of uw "
            f"functie bij {actor.organisatie}."
        ]
    return []


def _handelt_voor(gemeente: Gemeente, actor: Actor, dag: date) -> bool:
    if actor.organisatie is None:
        return False
    return gemeenten_van(actor.organisatie, dag).filter(pk=gemeente.pk).exists()


def _geen_mandaat(gemeente: Gemeente, regeling: str, dag: date) -> str:
    later = Mandaat.objects.filter(gemeente=gemeente, regeling=regeling, geldig_van__gt=dag).first()
    if later is not None:
        return f"Het mandaat van het college van {gemeente} geldt pas vanaf {later.geldig_van:%d-%m-%Y}."
    return f"Het college van {gemeente} heeft vandaag geen mandaat voor deze regeling."


def _eis_volgorde(van: date | None, tot: date | None) -> None:
    # Before the constraints: PostgreSQL can't make a range of dates that are the wrong way round.
    if van and tot and tot <= van:
        raise ValidationError({"geldig_tot": "De einddatum ligt niet na de begindatum."})

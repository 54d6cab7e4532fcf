"""A gemeente is a code with a validity.

History keeps the gemeente of then, obligations follow the opvolger.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from gemeenten.regels.namen import sorteernaam, zoektekst, zoekwoord


class GemeenteQuerySet(models.QuerySet["Gemeente"]):
    def geldig_op(self, dag: date) -> GemeenteQuerySet:
        """Those that exist on this day; `geldig_tot` is the first day on which a gemeente is no more."""
        return self.filter(
            Q(geldig_van__isnull=True) | Q(geldig_van__lte=dag),
            Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=dag),
        )

    def zoeken(self, tekst: str) -> GemeenteQuerySet:
        """By name, also the everyday one, or code.

        A whole name finds only those that bear it, else a part does.
        """
        woord = zoekwoord(tekst)
        if not woord:
            return self.none() if tekst.strip() else self
        precies = self.filter(zoektekst__contains=f"|{woord}|")
        return precies if precies.exists() else self.filter(zoektekst__contains=woord)


class Gemeente(models.Model):
    """One gemeente by its CBS code. `geldig_van` empty: it was there before 2019."""

    code = models.CharField("CBS-code", max_length=4, unique=True)
    naam = models.CharField("naam", max_length=80)
    provincie = models.CharField("provincie", max_length=20)
    geldig_van = models.DateField("geldig van", null=True, blank=True)
    geldig_tot = models.DateField(
        "geldig tot", null=True, blank=True, help_text="De eerste dag waarop de gemeente niet meer bestaat."
    )
    organisatie = models.OneToOneField(
        "toegang.Organisatie", models.PROTECT, related_name="gemeente", verbose_name="organisatie"
    )
    sorteernaam = models.CharField(max_length=80, editable=False)
    zoektekst = models.CharField(max_length=320, editable=False)

    objects = GemeenteQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ("sorteernaam", "code")
        constraints = (
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{4}$"), name="gemeente_code_vier_cijfers"),
            models.CheckConstraint(
                condition=Q(geldig_van__isnull=True)
                | Q(geldig_tot__isnull=True)
                | Q(geldig_tot__gt=F("geldig_van")),
                name="gemeente_einde_na_begin",
            ),
        )

    def __str__(self) -> str:
        return self.naam

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.vul_namen()
        if (velden := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*velden, "sorteernaam", "zoektekst"}
        super().save(*args, **kwargs)

    def vul_namen(self) -> None:
        self.sorteernaam = sorteernaam(self.naam)
        self.zoektekst = zoektekst(self.code, self.naam)

    @property
    def met_code(self) -> str:
        """For search results: names alone do not tell two gemeenten apart."""
        return f"{self.naam} (code {self.code})"

    def bestaat_op(self, dag: date) -> bool:
        na_begin = self.geldig_van is None or self.geldig_van <= dag
        return na_begin and (self.geldig_tot is None or dag < self.geldig_tot)


class GemeenteOpvolging(models.Model):
    """On `datum` gemeente `van` went over into `naar`; one row per opvolger."""

    class Soort(models.TextChoices):
        FUSIE = "fusie", "Fusie of toevoeging"
        SPLITSING = "splitsing", "Splitsing"
        GRENSCORRECTIE = "grenscorrectie", "Grenscorrectie"

    van = models.ForeignKey(Gemeente, models.PROTECT, related_name="opvolgingen", verbose_name="van")
    naar = models.ForeignKey(Gemeente, models.PROTECT, related_name="voorgangers", verbose_name="naar")
    datum = models.DateField("datum")
    soort = models.CharField("soort", max_length=16, choices=Soort)
    neemt_verplichtingen_over = models.BooleanField(
        "neemt de verplichtingen over",
        default=False,
        help_text="Bij een splitsing wijst de herindelingswet één gemeente aan (Wet arhi, artikel 44).",
    )

    class Meta:
        verbose_name = "opvolging"
        verbose_name_plural = "opvolgingen"
        ordering = ("datum", "van__sorteernaam", "naar__sorteernaam", "pk")
        constraints = (
            models.UniqueConstraint(fields=["van", "naar"], name="opvolging_eenmalig"),
            models.UniqueConstraint(
                fields=["van"], condition=Q(neemt_verplichtingen_over=True), name="opvolging_een_neemt_over"
            ),
            models.CheckConstraint(condition=~Q(van=F("naar")), name="opvolging_door_een_ander"),
            models.CheckConstraint(
                condition=~Q(soort="grenscorrectie", neemt_verplichtingen_over=True),
                name="opvolging_grenscorrectie_draagt_niets_over",
            ),
        )

    def __str__(self) -> str:
        return f"{self.van} → {self.naar} per {self.datum:%d-%m-%Y}"

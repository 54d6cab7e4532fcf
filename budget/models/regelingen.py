"""A regeling and its versions. A version is never changed: a change is a new version with a reason."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property

from budget.regels.inlezen import lees_regeling
from budget.regels.regeling import Regelinginhoud
from ips_subsidie.logboek.schrijven import Onderwerp


class Regeling(models.Model):
    """One subsidieregeling, known by its code. Its row is the lock under which rank is given."""

    code = models.CharField("code", max_length=40, unique=True)
    naam = models.CharField("naam", max_length=200)

    class Meta:
        verbose_name = "regeling"
        verbose_name_plural = "regelingen"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.naam

    def versie_op(self, dag: date) -> RegelingVersie:
        """The version in force on `dag`. Raises RegelingVersie.DoesNotExist before the first one."""
        return self.versies.filter(geldig_vanaf__lte=dag).latest("geldig_vanaf", "nummer")


class RegelingVersie(models.Model):
    """The whole text of a regeling from a day on. An aanvraag keeps the version under which it was received."""

    regeling = models.ForeignKey(Regeling, models.PROTECT, related_name="versies")
    nummer = models.PositiveIntegerField("nummer")
    geldig_vanaf = models.DateField("geldig vanaf")
    tekst = models.TextField("tekst (TOML)")
    reden = models.TextField("reden van de wijziging")
    bron = models.CharField("bron", max_length=200, blank=True, help_text="Bijvoorbeeld: Stcrt. 2019, 24003.")
    gepubliceerd_op = models.DateField("gepubliceerd op")
    # Limits count from this instant for what is received after it (Awb 4:27).
    grenzen_vanaf = models.DateTimeField("grenzen gelden vanaf", editable=False)
    # Copied from the text, for the trigger that reads no TOML.
    grenzen = models.JSONField("grenzen van de potten", default=list, editable=False)
    tijdvakken = models.JSONField("codes van de tijdvakken", default=list, editable=False)
    dubbel_traject = models.CharField(max_length=12, default="blokkeer", editable=False)
    niet_passend_beleid = models.CharField(max_length=12, default="overslaan", editable=False)
    cap_bij_fusie = models.CharField(max_length=20, default="som", db_default="som", editable=False)
    in_mandaat = models.BooleanField(default=False, editable=False)
    handeling = models.CharField("handeling", max_length=80, default="regeling.laden", editable=False)
    vastgelegd_op = models.DateTimeField("vastgelegd op")
    vastgelegd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "versie van een regeling"
        verbose_name_plural = "versies van regelingen"
        ordering = ("regeling", "-nummer")
        constraints = (
            models.UniqueConstraint(fields=["regeling", "nummer"], name="regelingversie_nummer_eenmalig"),
        )

    def __str__(self) -> str:
        return f"{self.regeling_id} v{self.nummer}"

    @property
    def status(self) -> str:
        return "vastgesteld"

    def onderwerp(self) -> Onderwerp:
        return Onderwerp("budget.regelingversie", str(self.pk))

    @cached_property
    def inhoud(self) -> Regelinginhoud:
        """The text as values; a version never changes, so it is read once an object."""
        return _inhoud(self.tekst)


@lru_cache(maxsize=64)
def _inhoud(tekst: str) -> Regelinginhoud:
    return lees_regeling(tekst)

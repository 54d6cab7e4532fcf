"""A series of overleg, who takes part, and each time that it meets."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.toegang.actor import Actor
from overleg.regels.reeksen import KORTST, LANGST, RITMES


class OverlegSoort(models.TextChoices):
    """The three that a regio has by the infosheet of 2019."""

    VACATURE = "vacature", "Vacatureoverleg"
    CASUISTIEK = "casuistiek", "Casuïstiekoverleg"
    BELEID = "beleid", "Beleidsoverleg"


class ReeksStatus(models.TextChoices):
    LOOPT = "loopt", "Loopt"
    GESTOPT = "gestopt", "Gestopt"


class BijeenkomstStatus(models.TextChoices):
    GEPLAND = "gepland", "Gaat door"
    AFGELAST = "afgelast", "Gaat niet door"


class ReeksQuerySet(models.QuerySet["Reeks"]):
    def zichtbaar_voor(self, actor: Actor | None) -> ReeksQuerySet:
        """Those in which the organisatie of this actor takes part; every query of a page begins here."""
        if actor is None or not (actor.is_gemeente or actor.is_instelling):
            return self.none()
        doet_mee = Deelnemer.objects.filter(
            reeks=OuterRef("pk"), organisatie=actor.organisatie, vertrokken_op__isnull=True
        )
        return self.filter(Exists(doet_mee))


class Reeks(models.Model):
    """A series, kept by the gemeente or verband that made it. The first and last day are inclusive.

    `begint_om` is the time on the clock in Amsterdam; the instants stand with the bijeenkomsten.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisatie = models.ForeignKey("toegang.Organisatie", models.PROTECT, related_name="+")
    soort = models.CharField("soort overleg", max_length=16, choices=OverlegSoort)
    status = models.CharField("status", max_length=12, choices=ReeksStatus, default=ReeksStatus.LOOPT)
    eerste_dag = models.DateField("eerste dag")
    laatste_dag = models.DateField("laatste dag")
    om_de_weken = models.PositiveSmallIntegerField("om de zoveel weken")
    begint_om = models.TimeField("begint om")
    duur_minuten = models.PositiveSmallIntegerField("duur in minuten")
    plaats = models.CharField("plaats", max_length=200, blank=True)
    link = models.URLField("link", max_length=400, blank=True)
    zonder_feestdagen = models.BooleanField("niet op feestdagen", default=False)
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ReeksQuerySet.as_manager()

    class Meta:
        verbose_name = "reeks"
        verbose_name_plural = "reeksen"
        ordering = ("soort", "eerste_dag", "id")
        constraints = (
            models.CheckConstraint(condition=Q(soort__in=OverlegSoort.values), name="reeks_soort_bekend"),
            models.CheckConstraint(condition=Q(status__in=ReeksStatus.values), name="reeks_status_bekend"),
            models.CheckConstraint(
                condition=Q(laatste_dag__gte=F("eerste_dag")), name="reeks_einde_na_begin"
            ),
            models.CheckConstraint(condition=Q(om_de_weken__in=RITMES), name="reeks_ritme_bekend"),
            models.CheckConstraint(
                condition=Q(duur_minuten__gte=KORTST, duur_minuten__lte=LANGST), name="reeks_duur"
            ),
            models.CheckConstraint(condition=~Q(plaats="", link=""), name="reeks_heeft_een_plek"),
        )

    def __str__(self) -> str:
        return f"{self.get_soort_display()} van {self.organisatie}"

    def hoort_bij(self, actor: Actor) -> bool:
        return self.organisatie_id == actor.organisatie_id

    def onderwerp(self) -> Onderwerp:
        return Onderwerp("overleg.reeks", str(self.pk))


class Deelnemer(models.Model):
    """An organisatie takes part in a reeks, until it leaves. Who made the reeks, takes part as well."""

    reeks = models.ForeignKey(Reeks, models.PROTECT, related_name="deelnemers")
    organisatie = models.ForeignKey("toegang.Organisatie", models.PROTECT, related_name="+")
    uitgenodigd_op = models.DateTimeField("uitgenodigd op")
    vertrokken_op = models.DateTimeField("vertrokken op", null=True, blank=True)

    class Meta:
        verbose_name = "deelnemer aan overleg"
        verbose_name_plural = "deelnemers aan overleg"
        ordering = ("organisatie__naam", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["reeks", "organisatie"],
                condition=Q(vertrokken_op__isnull=True),
                name="deelnemer_een_keer_per_reeks",
            ),
            models.CheckConstraint(
                condition=Q(vertrokken_op__isnull=True) | Q(vertrokken_op__gte=F("uitgenodigd_op")),
                name="deelnemer_weg_na_uitnodiging",
            ),
        )
        indexes = (
            models.Index(
                fields=["organisatie", "reeks"],
                name="deelnemer_per_organisatie",
                condition=Q(vertrokken_op__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return str(self.organisatie)


class BijeenkomstQuerySet(models.QuerySet["Bijeenkomst"]):
    def zichtbaar_voor(self, actor: Actor | None) -> BijeenkomstQuerySet:
        return self.filter(reeks__in=Reeks.objects.zichtbaar_voor(actor))

    def komend(self, nu: datetime) -> BijeenkomstQuerySet:
        """Those that begin at `nu` or later, the first one first; also the ones that were called off."""
        return self.filter(begint_op__gte=nu).order_by("begint_op", "id")


class Bijeenkomst(models.Model):
    """One time that a reeks meets. `dag` is where the series put it, `begint_op` (UTC) when it is now."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reeks = models.ForeignKey(Reeks, models.PROTECT, related_name="bijeenkomsten")
    dag = models.DateField("dag in de reeks")
    begint_op = models.DateTimeField("begint op")
    duur_minuten = models.PositiveSmallIntegerField("duur in minuten")
    plaats = models.CharField("plaats", max_length=200, blank=True)
    link = models.URLField("link", max_length=400, blank=True)
    status = models.CharField(
        "status", max_length=12, choices=BijeenkomstStatus, default=BijeenkomstStatus.GEPLAND
    )
    reden = models.CharField("reden van de wijziging", max_length=300, blank=True)
    # Counts the changes: a calendar that has fetched this before sees by it that it is newer.
    versie = models.PositiveIntegerField("versie", default=1, editable=False)
    gewijzigd_op = models.DateTimeField("gewijzigd op")

    objects = BijeenkomstQuerySet.as_manager()

    class Meta:
        verbose_name = "bijeenkomst"
        verbose_name_plural = "bijeenkomsten"
        ordering = ("begint_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=BijeenkomstStatus.values), name="bijeenkomst_status_bekend"
            ),
            models.CheckConstraint(
                condition=~Q(status="afgelast") | ~Q(reden=""), name="bijeenkomst_afgelast_met_reden"
            ),
            models.CheckConstraint(
                condition=Q(duur_minuten__gte=KORTST, duur_minuten__lte=LANGST), name="bijeenkomst_duur"
            ),
            models.CheckConstraint(condition=~Q(plaats="", link=""), name="bijeenkomst_heeft_een_plek"),
            models.UniqueConstraint(fields=["reeks", "dag"], name="bijeenkomst_een_per_dag_van_de_reeks"),
        )
        indexes = (
            models.Index(fields=["reeks", "begint_op", "id"], name="bijeenkomst_per_reeks"),
            models.Index(fields=["begint_op", "id"], name="bijeenkomst_op_volgorde"),
        )

    def __str__(self) -> str:
        return f"{self.reeks.get_soort_display()} op {self.begint_op:%d-%m-%Y}"

    @property
    def eindigt_op(self) -> datetime:
        return self.begint_op + timedelta(minutes=self.duur_minuten)

    def hoort_bij(self, actor: Actor) -> bool:
        """Who takes part may bring something in; who made the reeks is asked for by the acts that need it."""
        bewaard: dict[object, bool] = self.__dict__.setdefault("_doet_mee", {})
        if actor.organisatie_id not in bewaard:
            bewaard[actor.organisatie_id] = (
                Reeks.objects.zichtbaar_voor(actor).filter(pk=self.reeks_id).exists()
            )
        return bewaard[actor.organisatie_id]

    def onderwerp(self) -> Onderwerp:
        return Onderwerp("overleg.bijeenkomst", str(self.pk))

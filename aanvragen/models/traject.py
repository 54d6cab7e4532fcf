"""The traject, what happens in it, and its verlenging."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from aanvragen.models.aanvraag import Aanvraag, Uitkering
from aanvragen.models.uitkomst import MEESTE_UREN, Contract, Sector
from aanvragen.regels.statussen import LEVEND_STOPBERICHT, TrajectStatus, VerlengingStatus
from aanvragen.regels.traject import afgelopen
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.toegang.actor import Actor

if TYPE_CHECKING:
    from aanvragen.models.stopbericht import Stopbericht


class StopReden(models.TextChoices):
    WERK = "werk", "De deelnemer heeft werk en heeft geen begeleiding meer nodig"
    KEUZE = "keuze", "De deelnemer wil stoppen"
    AKKOORD = "akkoord", "De deelnemer trok het akkoord met het delen van gegevens in"
    NIET_HAALBAAR = "niet_haalbaar", "Doorgaan is nu niet haalbaar"
    VERHUISD = "verhuisd", "De deelnemer is verhuisd"
    INSTELLING = "instelling", "De instelling kan het traject niet meer uitvoeren"
    ANDERS = "anders", "Iets anders"


class Traject(models.Model):
    """A granted traject. `startdatum` and `laatste_dag` are inclusive; the last day is the planned one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanvraag = models.OneToOneField(Aanvraag, models.PROTECT, related_name="traject")
    status = models.CharField("status", max_length=24, choices=TrajectStatus, default=TrajectStatus.GEPLAND)
    versie = models.PositiveIntegerField("versie", default=1, editable=False)
    maanden = models.PositiveSmallIntegerField("duur in maanden")
    verlengd_maanden = models.PositiveSmallIntegerField("verlengd, in maanden", default=0)
    vroegste_start = models.DateField("vroegste start")
    startdatum = models.DateField("startdatum", null=True, blank=True)
    laatste_dag = models.DateField("laatste dag", null=True, blank=True)
    gestopt_op = models.DateField("gestopt op", null=True, blank=True)
    stop_reden = models.CharField("reden", max_length=16, choices=StopReden, blank=True)

    class Meta:
        verbose_name = "traject"
        verbose_name_plural = "trajecten"
        ordering = ("laatste_dag", "id")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=TrajectStatus.values), name="traject_status_bekend"),
            models.CheckConstraint(
                condition=Q(status__in=["gepland", "niet_gestart"], startdatum__isnull=True)
                | Q(
                    status__in=["gestart", "voortijdig_beeindigd"], startdatum__isnull=False,
                    laatste_dag__gte=F("startdatum"),
                ),
                name="traject_gestart_met_dagen",
            ),
            models.CheckConstraint(
                condition=Q(gestopt_op__isnull=True, status__in=["gepland", "gestart", "niet_gestart"])
                | Q(
                    status="voortijdig_beeindigd", gestopt_op__gte=F("startdatum"),
                    gestopt_op__lte=F("laatste_dag"),
                ),
                name="traject_gestopt_binnen_de_looptijd",
            ),
            models.CheckConstraint(
                condition=Q(startdatum__isnull=True) | Q(startdatum__gte=F("vroegste_start")),
                name="traject_niet_te_vroeg_gestart",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(
                fields=["laatste_dag", "id"], name="traject_loopt_af", condition=Q(status="gestart")
            ),
        )

    def __str__(self) -> str:
        return f"traject van {self.aanvraag_id}"

    @property
    def einde(self) -> date | None:
        """The day it ended or will end: the day of the stop, else the planned last day."""
        return self.gestopt_op or self.laatste_dag

    @cached_property
    def levend_stopbericht(self) -> Stopbericht | None:
        """The stopbericht that was not taken back. Asked once a row, which is read anew under the lock."""
        return self.stopberichten.filter(status__in=LEVEND_STOPBERICHT).first()

    def is_afgelopen(self, op: date) -> bool:
        """Was it started, and is there nothing left of it on this day?"""
        if self.startdatum is None:
            return False
        return afgelopen(laatste=self.laatste_dag, gestopt=self.gestopt_op, op=op)

    @property
    def dossier(self) -> Aanvraag:
        return self.aanvraag

    def hoort_bij(self, actor: Actor) -> bool:
        return self.aanvraag.hoort_bij(actor)

    def onderwerp(self) -> Onderwerp:
        van = self.aanvraag.onderwerp()
        return Onderwerp("aanvragen.traject", str(self.pk), van.dossier_id, van.client_id, van.kenmerk)


class GebeurtenisSoort(models.TextChoices):
    WERKHERVATTING = "werkhervatting", "De deelnemer is begonnen met betaald werk"
    PLAATSING = "plaatsing", "De deelnemer is geplaatst: het werk houdt stand"
    VERLIES_BAAN = "verlies_baan", "De deelnemer is gestopt met werk"
    VERHUIZING = "verhuizing", "De deelnemer is verhuisd naar een andere gemeente"
    WISSEL_BEGELEIDER = "wissel_begeleider", "Er is een andere trajectbegeleider"
    WIJZIGING_UITKERING = "wijziging_uitkering", "De uitkering is veranderd"


class Trajectgebeurtenis(models.Model):
    """Something that happened during the traject and changes nothing of what was granted (T46, T74).

    `datum` lies within the traject. The fields below `toelichting` belong to one soort each, and may stay empty.
    """

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="gebeurtenissen")
    soort = models.CharField("wat er is gebeurd", max_length=24, choices=GebeurtenisSoort)
    datum = models.DateField("datum")
    toelichting = models.CharField("toelichting", max_length=300, blank=True)
    sector = models.CharField("sector", max_length=16, choices=Sector, blank=True)
    uren_per_week = models.PositiveSmallIntegerField("uren per week", null=True, blank=True)
    contract = models.CharField("soort contract", max_length=16, choices=Contract, blank=True)
    gemeente = models.ForeignKey(
        "gemeenten.Gemeente", models.PROTECT, null=True, blank=True, related_name="+"
    )
    uitkering = models.CharField("uitkering", max_length=12, choices=Uitkering, blank=True)
    begeleider_naam = models.CharField("naam van de trajectbegeleider", max_length=120, blank=True)
    gemeld_op = models.DateTimeField("gemeld op")
    gemeld_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "gebeurtenis in een traject"
        verbose_name_plural = "gebeurtenissen in trajecten"
        ordering = ("-datum", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(soort__in=GebeurtenisSoort.values), name="gebeurtenis_soort_bekend"
            ),
            models.CheckConstraint(
                condition=Q(soort="werkhervatting") | Q(sector="", uren_per_week__isnull=True, contract=""),
                name="gebeurtenis_werk_bij_werkhervatting",
            ),
            models.CheckConstraint(
                condition=(Q(gemeente__isnull=True) | Q(soort="verhuizing"))
                & (Q(uitkering="") | Q(soort="wijziging_uitkering"))
                & (Q(begeleider_naam="") | Q(soort="wissel_begeleider")),
                name="gebeurtenis_gegevens_bij_soort",
            ),
            models.CheckConstraint(
                condition=Q(uren_per_week__isnull=True) | Q(uren_per_week__range=(1, MEESTE_UREN)),
                name="gebeurtenis_uren_bestaan",
            ),
        )
        indexes = (models.Index(fields=["traject", "-datum", "-id"], name="gebeurtenis_per_traject"),)

    def __str__(self) -> str:
        return f"{self.get_soort_display()} op {self.datum}"

    @property
    def bijzonderheden(self) -> str:
        """What was told beside the soort, in one line."""
        delen = [
            self.get_sector_display() if self.sector else "",
            f"{self.uren_per_week} uur per week" if self.uren_per_week else "",
            self.get_contract_display() if self.contract else "",
            f"gemeente {self.gemeente.naam}" if self.gemeente_id and self.gemeente else "",
            self.get_uitkering_display() if self.uitkering else "",
            self.begeleider_naam,
        ]
        return ", ".join(deel for deel in delen if deel)


class Verlenging(models.Model):
    """A request for more months, asked no later than the last day; at most the regeling's sum (A-REG art. 1)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    traject = models.ForeignKey(Traject, models.PROTECT, related_name="verlengingen")
    status = models.CharField(
        "status", max_length=12, choices=VerlengingStatus, default=VerlengingStatus.AANGEVRAAGD
    )
    maanden = models.PositiveSmallIntegerField("maanden")
    motivering = models.TextField("waarom is verlenging nodig?", max_length=2000)
    gevraagd_op = models.DateTimeField("gevraagd op")
    # The last day to decide, inclusive (Awb 4:13); empty only for what was decided before it was kept.
    beslis_uiterlijk = models.DateField("beslissen voor of op", null=True, blank=True)
    gevraagd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    advies = models.CharField("advies", max_length=12, blank=True)
    advies_motivering = models.TextField("motivering van het advies", max_length=5000, blank=True)
    beoordelaar = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    besluit = models.OneToOneField(
        "aanvragen.Besluit", models.PROTECT, null=True, blank=True, related_name="verlenging"
    )

    class Meta:
        verbose_name = "verlenging"
        verbose_name_plural = "verlengingen"
        ordering = ("-gevraagd_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=VerlengingStatus.values), name="verlenging_status_bekend"
            ),
            models.CheckConstraint(condition=Q(maanden__gt=0), name="verlenging_minstens_een_maand"),
            models.UniqueConstraint(
                fields=["traject"], condition=Q(status="aangevraagd"), name="verlenging_een_open_per_traject"
            ),
        )
        indexes = (
            models.Index(
                fields=["gevraagd_op", "id"], name="verlenging_open", condition=Q(status="aangevraagd")
            ),
        )

    def __str__(self) -> str:
        return f"verlenging van {self.traject_id}"

    @property
    def dossier(self) -> Aanvraag:
        return self.traject.aanvraag

    def hoort_bij(self, actor: Actor) -> bool:
        return self.traject.hoort_bij(actor)

    def onderwerp(self) -> Onderwerp:
        van = self.traject.onderwerp()
        return Onderwerp("aanvragen.verlenging", str(self.pk), van.dossier_id, van.client_id, van.kenmerk)

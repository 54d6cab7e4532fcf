"""The ingebrekestelling (“you are too late, decide within two weeks”), and the dwangsom after it (Awb 4:17, 4:18)."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When

from aanvragen.models.aanvraag import Aanvraag
from aanvragen.models.besluit import Besluit, BesluitSoort
from aanvragen.models.bezwaar import Bezwaar
from aanvragen.models.traject import Verlenging
from aanvragen.models.vaststelling import Vaststelling
from aanvragen.regels.dwangsom import (
    OPEN_INGEBREKESTELLING,
    IngebrekestellingStatus,
    Uitzondering,
    Waarover,
    Wijze,
)
from budget.regels.regeling import Beslisser
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.toegang.actor import Actor

# What decides on the aanvraag that was asked for.
BESLIST_OP_AANVRAAG = (BesluitSoort.VERLENING, BesluitSoort.AFWIJZING, BesluitSoort.BUITEN_BEHANDELING)
_OVER_VELDEN = ("verlenging", "vaststelling", "bezwaar")


def _bij(over: Waarover) -> Q:
    """What it is about is named once: by its own column, and no other is filled."""
    leeg = {f"{veld}__isnull": veld != over.value for veld in _OVER_VELDEN}
    return Q(over=over.value, **leeg)


class IngebrekestellingQuerySet(models.QuerySet["Ingebrekestelling"]):
    def zichtbaar_voor(self, actor: Actor | None) -> IngebrekestellingQuerySet:
        """For the instelling her own, and for who decides those that were sent to it; for nobody else.

        UWV does not see that a gemeente was late with what she decides, nor the other way round.
        """
        eigen = self.filter(aanvraag__in=Aanvraag.objects.zichtbaar_voor(actor))
        if actor is None or actor.is_instelling:
            return eigen
        return eigen.filter(aanvraag__beslisser=_beslisser(actor).value)

    def open(self) -> IngebrekestellingQuerySet:
        """The two weeks or the dwangsom run, or the dwangsom must still be determined; the first day first."""
        return self.filter(status__in=OPEN_INGEBREKESTELLING).order_by("eerste_dag", "id")

    def met_besluitdag(self) -> IngebrekestellingQuerySet:
        """With `besluitdag`: the day of the besluit on what it is about, on or after its receipt; None without one."""
        op_aanvraag = Besluit.objects.filter(
            aanvraag=OuterRef("aanvraag"),
            soort__in=BESLIST_OP_AANVRAAG,
            dagtekening__gte=OuterRef("ontvangen_op"),
        )
        return self.annotate(
            besluitdag=Case(
                When(
                    over=Waarover.AANVRAAG,
                    then=Subquery(op_aanvraag.order_by("dagtekening").values("dagtekening")[:1]),
                ),
                When(over=Waarover.VERLENGING, then=F("verlenging__besluit__dagtekening")),
                When(over=Waarover.VASTSTELLING, then=F("vaststelling__besluit__dagtekening")),
                When(over=Waarover.BEZWAAR, then=F("bezwaar__besluit_op_bezwaar__dagtekening")),
            )
        )

    def vast_te_stellen(self) -> IngebrekestellingQuerySet:
        """Of which it is known for how many days it is owed, nearest last day first (Awb 4:18)."""
        klaar = self.filter(status=IngebrekestellingStatus.VERBEURD, vaststellen_uiterlijk__isnull=False)
        return klaar.order_by("vaststellen_uiterlijk", "id")

    def te_betalen(self) -> IngebrekestellingQuerySet:
        """Determined, and not reported as paid; nearest last day first (Awb 4:87)."""
        vast = self.filter(status=IngebrekestellingStatus.VASTGESTELD, betaald_op__isnull=True)
        return vast.order_by("betaal_uiterlijk", "id")


class Ingebrekestelling(models.Model):
    """One ingebrekestelling, received on `ontvangen_op`. Days inclusive, amounts in integer cents.

    `termijn_tot` is the last day to decide as it stood on that day, the Atw applied; `opgeschort` says that it stood
    still. `eerste_dag` and `laatste_dag` are those of the dwangsom if nothing is decided. `gestopt_op` is the day of
    the besluit, or of the withdrawal of what was asked; it isn't counted. `dagen` and `bedrag_cent` are what is owed,
    once that is certain. What it comes to on a given day is derived (`regels.dwangsom.stand_op`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="ingebrekestellingen")
    over = models.CharField("over", max_length=12, choices=Waarover)
    verlenging = models.ForeignKey(
        Verlenging, models.PROTECT, null=True, blank=True, related_name="ingebrekestellingen"
    )
    vaststelling = models.ForeignKey(
        Vaststelling, models.PROTECT, null=True, blank=True, related_name="ingebrekestellingen"
    )
    bezwaar = models.ForeignKey(
        Bezwaar, models.PROTECT, null=True, blank=True, related_name="ingebrekestellingen"
    )
    status = models.CharField(
        "status", max_length=20, choices=IngebrekestellingStatus, default=IngebrekestellingStatus.LOOPT
    )
    versie = models.PositiveIntegerField("versie", default=1, editable=False)
    termijn_tot = models.DateField("beslissen kon tot en met")
    opgeschort = models.BooleanField("de termijn stond stil", default=False)
    ontvangen_op = models.DateField("ontvangen op")
    wijze = models.CharField("hoe ontvangen", max_length=8, choices=Wijze)
    toelichting = models.TextField("toelichting", max_length=2000, blank=True)
    bestand = models.OneToOneField(
        Bestand, models.PROTECT, null=True, blank=True, related_name="ingebrekestelling"
    )
    vastgelegd_op = models.DateTimeField("vastgelegd op")
    vastgelegd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    eerste_dag = models.DateField("eerste dag van de dwangsom", null=True, blank=True)
    laatste_dag = models.DateField("laatste dag van de dwangsom", null=True, blank=True)
    gestopt_op = models.DateField("besloten of ingetrokken op", null=True, blank=True)
    dagen = models.PositiveSmallIntegerField("aantal dagen", null=True, blank=True)
    bedrag_cent = models.PositiveIntegerField("bedrag in centen", null=True, blank=True)
    vaststellen_uiterlijk = models.DateField("vaststellen voor of op", null=True, blank=True)
    uitzondering = models.CharField(
        "waarom niets verschuldigd is", max_length=20, choices=Uitzondering, blank=True
    )
    motivering = models.TextField("motivering", max_length=5000, blank=True)
    opsteller = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    voorgesteld_op = models.DateTimeField("voorgesteld op", null=True, blank=True)
    besluit = models.OneToOneField(
        Besluit, models.PROTECT, null=True, blank=True, related_name="ingebrekestelling"
    )
    betaal_uiterlijk = models.DateField("betalen voor of op", null=True, blank=True)
    betaald_op = models.DateField("betaald op", null=True, blank=True)

    objects = IngebrekestellingQuerySet.as_manager()

    class Meta:
        verbose_name = "ingebrekestelling"
        verbose_name_plural = "ingebrekestellingen"
        ordering = ("-ontvangen_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=IngebrekestellingStatus.values), name="ingebrekestelling_status_bekend"
            ),
            models.CheckConstraint(
                condition=_bij(Waarover.AANVRAAG)
                | _bij(Waarover.VERLENGING)
                | _bij(Waarover.VASTSTELLING)
                | _bij(Waarover.BEZWAAR),
                name="ingebrekestelling_over_een_ding",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status="prematuur", eerste_dag__isnull=True, laatste_dag__isnull=True)
                    & (Q(opgeschort=True) | Q(ontvangen_op__lte=F("termijn_tot")))
                )
                | ~Q(status="prematuur")
                & Q(opgeschort=False, ontvangen_op__gt=F("termijn_tot"), eerste_dag__isnull=False)
                & Q(laatste_dag__isnull=False),
                name="ingebrekestelling_na_de_termijn",
                violation_error_message="Er is nog tijd om te beslissen: de ingebrekestelling is te vroeg.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["vastgesteld", "niet_verschuldigd"], besluit__isnull=False)
                & Q(opsteller__isnull=False, voorgesteld_op__isnull=False)
                & ~Q(motivering="")
                | ~Q(status__in=["vastgesteld", "niet_verschuldigd"]) & Q(besluit__isnull=True),
                name="ingebrekestelling_met_besluit",
            ),
            models.CheckConstraint(
                condition=~Q(status="vastgesteld")
                | Q(dagen__isnull=False, dagen__range=(1, 42), bedrag_cent__isnull=False, bedrag_cent__gt=0)
                & Q(uitzondering="", betaal_uiterlijk__isnull=False),
                name="ingebrekestelling_vastgesteld_met_bedrag",
            ),
            models.CheckConstraint(
                condition=~Q(status="niet_verschuldigd") | Q(uitzondering__in=Uitzondering.values),
                name="ingebrekestelling_niets_met_reden",
            ),
            models.CheckConstraint(
                condition=Q(betaald_op__isnull=True) | Q(status="vastgesteld"),
                name="ingebrekestelling_betaald_na_besluit",
            ),
            *(
                models.UniqueConstraint(
                    fields=[veld],
                    condition=Q(status__in=OPEN_INGEBREKESTELLING, over=over.value),
                    name=f"ingebrekestelling_een_per_{over.value}",
                    violation_error_message="Hierover loopt al een ingebrekestelling.",
                )
                for veld, over in (
                    ("aanvraag", Waarover.AANVRAAG),
                    *((veld, Waarover(veld)) for veld in _OVER_VELDEN),
                )
            ),
        )
        indexes = (
            models.Index(
                fields=["eerste_dag", "id"],
                name="ingebrekestelling_open",
                condition=Q(status__in=OPEN_INGEBREKESTELLING),
            ),
            models.Index(
                fields=["vaststellen_uiterlijk", "id"],
                name="ingebrekestelling_vast",
                condition=Q(status="verbeurd", vaststellen_uiterlijk__isnull=False),
            ),
            models.Index(
                fields=["betaal_uiterlijk", "id"],
                name="ingebrekestelling_betalen",
                condition=Q(status="vastgesteld", betaald_op__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"ingebrekestelling van {self.ontvangen_op}"

    @property
    def dossier(self) -> Aanvraag:
        return self.aanvraag

    @property
    def besloten_op(self) -> date | None:
        """The day on which the counting ended: of the besluit since, or on which what was asked was withdrawn.

        Read along by `met_besluitdag`; asked for where it was not.
        """
        if self.gestopt_op is not None:
            return self.gestopt_op
        if "besluitdag" not in self.__dict__:
            zelf = Ingebrekestelling.objects.filter(pk=self.pk).met_besluitdag().first()
            self.__dict__["besluitdag"] = getattr(zelf, "besluitdag", None)
        gevonden: date | None = self.__dict__["besluitdag"]
        return gevonden

    @property
    def is_voorgesteld(self) -> bool:
        return self.voorgesteld_op is not None and self.besluit_id is None

    def hoort_bij(self, actor: Actor) -> bool:
        return self.aanvraag.hoort_bij(actor)

    def onderwerp(self) -> Onderwerp:
        van = self.aanvraag.onderwerp()
        return Onderwerp(
            "aanvragen.ingebrekestelling", str(self.pk), van.dossier_id, van.client_id, van.kenmerk
        )


def stop_telling(aanvraag: Aanvraag, op: date, **over: object) -> None:
    """Nothing has to be decided any more from this day on: what was asked was withdrawn. For the acts that do that."""
    lopend = Ingebrekestelling.objects.filter(aanvraag=aanvraag, status__in=OPEN_INGEBREKESTELLING, **over)
    lopend.filter(gestopt_op__isnull=True).update(gestopt_op=op)


def _beslisser(actor: Actor) -> Beslisser:
    return Beslisser.GEMEENTE if actor.is_gemeente else Beslisser.UWV

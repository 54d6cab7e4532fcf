"""A Reservering: a place in the queue of one regeling, and later the obligation. It knows no aanvraag."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value

from budget.models.regelingen import Regeling, RegelingVersie


class ReserveringStatus(models.TextChoices):
    ONVOLLEDIG = "onvolledig", "Wacht op aanvulling"
    IN_VOLGORDE = "in_volgorde", "In volgorde van ontvangst"
    GERESERVEERD = "gereserveerd", "Budget gereserveerd"
    VERLEEND = "verleend", "Verleend"
    VERVALLEN = "vervallen", "Vervallen"
    VRIJGEGEVEN = "vrijgegeven", "Vrijgegeven"


class ReserveringQuerySet(models.QuerySet["Reservering"]):
    def in_volgorde(self) -> ReserveringQuerySet:
        """Complete and waiting, best rank first; equals that no loting has ordered in a stable order of no meaning."""
        return self.filter(status=ReserveringStatus.IN_VOLGORDE).order_by(
            "rang_op", F("rang_lot").asc(nulls_last=True), "volgnr"
        )

    def beter_dan(self, reservering: Reservering) -> ReserveringQuerySet:
        """Who waits and goes first; equals that no loting has ordered go before nobody."""
        lot = Q(rang_op=reservering.rang_op, rang_lot__lt=reservering.rang_lot or 0)
        return self.in_volgorde().filter(
            Q(rang_op__lt=reservering.rang_op) | lot, regeling_id=reservering.regeling_id
        )


class Reservering(models.Model):
    """The claim of one dossier on the pots of a regeling. Amounts in integer cents incl. btw.

    The rank is `rang_op`, the instant at which the aanvraag counts as received, and between equals `rang_lot`, which
    only a loting gives. `volgnr` makes lists stable and never decides. `handeling` and `door` name the act that
    changed it last; the grootboek takes them over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regeling = models.ForeignKey(Regeling, models.PROTECT, related_name="reserveringen")
    versie = models.ForeignKey(RegelingVersie, models.PROTECT, related_name="reserveringen")
    volgnr = models.BigIntegerField(
        "volgnummer", unique=True, editable=False,
        db_default=Func(Value("budget_rang"), function="nextval", output_field=models.BigIntegerField()),
    )  # fmt: skip
    status = models.CharField("status", max_length=12, choices=ReserveringStatus)
    kenmerk = models.CharField("kenmerk van het dossier", max_length=20, unique=True)
    tijdvak = models.CharField("tijdvak", max_length=40)
    route = models.CharField("route", max_length=40)
    gemeente = models.ForeignKey("gemeenten.Gemeente", models.PROTECT, related_name="reserveringen")
    doelgroep = models.CharField("doelgroep", max_length=40)
    bedrag_cent = models.PositiveBigIntegerField("bedrag in centen")
    rijk_cent = models.PositiveBigIntegerField("deel van het Rijk in centen")
    gemeente_cent = models.PositiveBigIntegerField("deel van de gemeente in centen")
    # The keyed hash of the person: where the regeling says `blokkeer` one granted traject a person.
    persoon = models.BinaryField("wie", editable=False)
    ontvangen_op = models.DateTimeField("ontvangen op")
    rang_op = models.DateTimeField("rang vanaf", null=True, blank=True)
    rang_lot = models.PositiveIntegerField("rang na loting", null=True, blank=True, editable=False)
    verleend_op = models.DateTimeField("verleend op", null=True, blank=True)
    gereserveerd_tot = models.DateTimeField("gereserveerd tot", null=True, blank=True)
    # It was refused because it did not fit; with `niet_passend_beleid = "stoppen"` nobody after it gets any.
    past_niet = models.BooleanField("paste niet", default=False)
    handeling = models.CharField("laatste handeling", max_length=80)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    gewijzigd_op = models.DateTimeField("gewijzigd op")

    objects = ReserveringQuerySet.as_manager()

    class Meta:
        verbose_name = "reservering"
        verbose_name_plural = "reserveringen"
        ordering = ("rang_op", "volgnr")
        constraints = (
            models.CheckConstraint(
                condition=Q(bedrag_cent=F("rijk_cent") + F("gemeente_cent")),
                name="reservering_delen_tellen_op",
                violation_error_message="De delen van het Rijk en de gemeente zijn samen niet het bedrag.",
            ),
            models.CheckConstraint(condition=Q(bedrag_cent__gt=0), name="reservering_bedrag_positief"),
            models.CheckConstraint(
                condition=Q(status__in=ReserveringStatus.values), name="reservering_status_bekend"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["in_volgorde", "gereserveerd", "verleend"])
                | Q(rang_op__isnull=False),
                name="reservering_in_volgorde_met_rang",
            ),
            models.CheckConstraint(
                condition=~Q(status="gereserveerd") | Q(gereserveerd_tot__isnull=False),
                name="reservering_gereserveerd_met_termijn",
            ),
            models.CheckConstraint(condition=~Q(handeling=""), name="reservering_met_handeling"),
            models.CheckConstraint(
                condition=~Q(status="verleend") | Q(verleend_op__isnull=False),
                name="reservering_verleend_met_moment",
            ),
        )
        indexes = (
            models.Index(
                fields=["regeling", "rang_op", "rang_lot", "volgnr"],
                name="reservering_wachtrij",
                condition=Q(status="in_volgorde"),
            ),
            models.Index(
                fields=["regeling", "route", "rang_op", "rang_lot", "volgnr"],
                name="reservering_wachtrij_route",
                condition=Q(status="in_volgorde"),
            ),
            models.Index(
                fields=["regeling", "gemeente", "rang_op", "rang_lot", "volgnr"],
                name="reservering_wachtrij_gemeente",
                condition=Q(status="in_volgorde"),
            ),
            models.Index(
                fields=["regeling", "verleend_op"],
                name="reservering_verleend",
                condition=Q(status="verleend"),
            ),
            models.Index(fields=["regeling", "persoon"], name="reservering_per_persoon"),
        )

    def __str__(self) -> str:
        return f"{self.kenmerk} ({self.get_status_display()})"

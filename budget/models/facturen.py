"""Facturen and creditfacturen of an instelling, each to one debtor. Amounts in integer cents incl. btw."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from budget.models.bankrekeningen import IBAN_LENGTE
from budget.models.betaalbatches import Betaalbatch
from budget.models.verplichtingen import Betaalmoment, Betaalverplichting, mag_zien
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.toegang.actor import Actor


class FactuurSoort(models.TextChoices):
    FACTUUR = "factuur", "Factuur"
    CREDIT = "credit", "Creditfactuur"


class FactuurStatus(models.TextChoices):
    IN_CONTROLE = "in_controle", "In controle"
    GECONTROLEERD = "gecontroleerd", "Gecontroleerd"
    GOEDGEKEURD = "goedgekeurd", "Goedgekeurd"
    AFGEKEURD = "afgekeurd", "Afgekeurd"
    BETAALD = "betaald", "Betaald"
    GECORRIGEERD = "gecorrigeerd", "Gecorrigeerd"


TE_DOEN = (FactuurStatus.IN_CONTROLE, FactuurStatus.GECONTROLEERD)


class FactuurQuerySet(models.QuerySet["Factuur"]):
    def zichtbaar_voor(self, actor: Actor | None) -> FactuurQuerySet:
        """As the obligations they are for; see `mag_zien`."""
        eigen = mag_zien(actor, "verplichting__")
        return self.none() if eigen is None else self.filter(eigen)

    def te_doen(self) -> FactuurQuerySet:
        """What waits for a control or an approval, the nearest last day first."""
        return self.filter(status__in=TE_DOEN).order_by("betalen_uiterlijk", "id")

    def te_betalen(self) -> FactuurQuerySet:
        """Approved, not in a batch, nothing of it in doubt, and payments don't stand still."""
        open_credit = Factuur.objects.filter(crediteert=models.OuterRef("pk"), status__in=TE_DOEN)
        return (
            self.filter(
                soort=FactuurSoort.FACTUUR,
                status=FactuurStatus.GOEDGEKEURD,
                betaalbatch__isnull=True,
                verplichting__status="open",
            )
            .exclude(models.Exists(open_credit))
            .order_by("betalen_uiterlijk", "id")
        )


class Factuur(models.Model):
    """One factuur, or a creditfactuur that takes (part of) one back. Its number is unique within the instelling.

    `btw_cent` informs and is part of `bedrag_cent`. `iban` is the confirmed rekening of that moment.
    `betalen_uiterlijk` is the last day, inclusive (BW 6:119b). `gecrediteerd_cent` counts the creditfacturen that
    were not rejected.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    verplichting = models.ForeignKey(Betaalverplichting, models.PROTECT, related_name="facturen")
    betaalmoment = models.ForeignKey(Betaalmoment, models.PROTECT, related_name="facturen")
    soort = models.CharField("soort", max_length=8, choices=FactuurSoort, default=FactuurSoort.FACTUUR)
    crediteert = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="creditfacturen"
    )
    crediteur = models.ForeignKey("toegang.Organisatie", models.PROTECT, related_name="facturen")
    nummer = models.CharField("factuurnummer", max_length=35)
    factuurdatum = models.DateField("factuurdatum")
    bedrag_cent = models.PositiveBigIntegerField("bedrag in centen, inclusief btw")
    btw_cent = models.PositiveBigIntegerField("waarvan btw in centen", default=0)
    gecrediteerd_cent = models.PositiveBigIntegerField("gecrediteerd in centen", default=0, editable=False)
    betaald_cent = models.PositiveBigIntegerField("betaald in centen", default=0)
    iban = models.CharField("IBAN", max_length=IBAN_LENGTE)
    bestand = models.ForeignKey(Bestand, models.PROTECT, related_name="+")
    status = models.CharField(
        "status", max_length=14, choices=FactuurStatus, default=FactuurStatus.IN_CONTROLE
    )
    ontvangen_op = models.DateTimeField("ontvangen op")
    ingediend_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    betalen_uiterlijk = models.DateField("betalen uiterlijk")
    gecontroleerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    gecontroleerd_op = models.DateTimeField("gecontroleerd op", null=True, blank=True)
    goedgekeurd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    goedgekeurd_op = models.DateTimeField("goedgekeurd op", null=True, blank=True)
    reden = models.CharField("reden van de afkeuring of het krediet", max_length=1000, blank=True)
    betaalbatch = models.ForeignKey(
        Betaalbatch, models.PROTECT, null=True, blank=True, related_name="facturen"
    )
    betaald_op = models.DateField("betaald op", null=True, blank=True)

    objects = FactuurQuerySet.as_manager()

    class Meta:
        verbose_name = "factuur"
        verbose_name_plural = "facturen"
        ordering = ("-ontvangen_op", "id")
        constraints = (
            models.UniqueConstraint("crediteur", Upper("nummer"), name="factuur_nummer_eenmalig"),
            models.CheckConstraint(
                condition=Q(soort__in=FactuurSoort.values, status__in=FactuurStatus.values),
                name="factuur_status_bekend",
            ),
            models.CheckConstraint(
                condition=Q(bedrag_cent__gt=0, btw_cent__lte=F("bedrag_cent")) & ~Q(nummer=""),
                name="factuur_bedrag_positief",
            ),
            models.CheckConstraint(
                condition=Q(soort="factuur", crediteert__isnull=True)
                | Q(soort="credit", crediteert__isnull=False, betaald_cent=0, betaalbatch__isnull=True),
                name="factuur_credit_van_een_factuur",
            ),
            models.CheckConstraint(
                condition=Q(gecrediteerd_cent__lte=F("bedrag_cent")), name="factuur_credit_binnen_bedrag"
            ),
            models.CheckConstraint(
                condition=Q(betaald_cent__lte=F("bedrag_cent")), name="factuur_betaald_binnen_bedrag"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["gecontroleerd", "goedgekeurd", "betaald"])
                | Q(gecontroleerd_door__isnull=False, gecontroleerd_op__isnull=False),
                name="factuur_gecontroleerd_door_iemand",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["goedgekeurd", "betaald"])
                | Q(goedgekeurd_door__isnull=False, goedgekeurd_op__isnull=False),
                name="factuur_goedgekeurd_door_iemand",
            ),
            models.CheckConstraint(
                condition=Q(goedgekeurd_door__isnull=True) | ~Q(goedgekeurd_door=F("gecontroleerd_door")),
                name="factuur_goedgekeurd_door_een_ander",
                violation_error_message="Wie de factuur controleerde, mag haar niet ook goedkeuren.",
            ),
            models.CheckConstraint(
                condition=~Q(status="betaald") | Q(betaald_op__isnull=False, betaald_cent__gt=0),
                name="factuur_betaald_met_dag",
            ),
            models.CheckConstraint(
                condition=~Q(status="afgekeurd") | ~Q(reden=""), name="factuur_afgekeurd_met_reden"
            ),
        )
        indexes = (
            models.Index(fields=["crediteur", "-ontvangen_op", "id"], name="factuur_per_crediteur"),
            models.Index(fields=["-ontvangen_op", "id"], name="factuur_nieuwste_eerst"),
            models.Index(
                fields=["betalen_uiterlijk", "id"],
                name="factuur_te_doen",
                condition=Q(status__in=["in_controle", "gecontroleerd"]),
            ),
            models.Index(
                fields=["betalen_uiterlijk", "id"],
                name="factuur_te_betalen",
                condition=Q(status="goedgekeurd", betaalbatch__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.nummer

    @property
    def te_betalen_cent(self) -> int:
        """What this factuur still asks: its amount less what was credited."""
        return 0 if self.soort == FactuurSoort.CREDIT else self.bedrag_cent - self.gecrediteerd_cent

    @property
    def is_credit(self) -> bool:
        return self.soort == FactuurSoort.CREDIT

    def te_laat(self, dag: date) -> bool:
        """Is the last day over and the factuur not decided and paid?"""
        open_ = self.status in (*TE_DOEN, FactuurStatus.GOEDGEKEURD) and not self.is_credit
        return open_ and dag > self.betalen_uiterlijk

    def hoort_bij(self, actor: Actor) -> bool:
        return self.verplichting.hoort_bij(actor)

    def onderwerp(self) -> Onderwerp:
        kenmerk = self.verplichting.reservering.kenmerk
        return Onderwerp("budget.factuur", str(self.pk), kenmerk=kenmerk)

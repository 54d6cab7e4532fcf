"""The vaststelling: from the end of a traject to the besluit on what the subsidie comes to (Awb 4:42 to 4:47)."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from aanvragen.models.aanvraag import Aanvraag
from aanvragen.models.besluit import Besluit
from aanvragen.models.traject import Traject
from aanvragen.regels.statussen import OPEN_VASTSTELLING, AanvraagStatus, VaststellingStatus
from budget.regels.regeling import Beslisser
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.toegang.actor import Actor


class LagerReden(models.TextChoices):
    """The grounds on which less can be vastgesteld than was verleend (Awb 4:46 lid 2, a to d)."""

    NIET_UITGEVOERD = "niet_uitgevoerd", "Het traject is niet of niet helemaal uitgevoerd"
    VERPLICHTING = "verplichting", "Een verplichting bij de subsidie is niet nagekomen"
    ONJUISTE_GEGEVENS = "onjuiste_gegevens", "Er waren onjuiste of onvolledige gegevens gegeven"
    ONJUIST_VERLEEND = "onjuist_verleend", "De verlening was onjuist, en dat kon de instelling weten"


class VaststellingQuerySet(models.QuerySet["Vaststelling"]):
    def zichtbaar_voor(self, actor: Actor | None) -> VaststellingQuerySet:
        """Those of the dossiers that this actor may see."""
        return self.filter(traject__aanvraag__in=Aanvraag.objects.zichtbaar_voor(actor))

    def te_doen(self, actor: Actor) -> VaststellingQuerySet:
        """What the party of this actor must still decide, nearest last day first."""
        beslisser = Beslisser.UWV if actor.is_uwv else Beslisser.GEMEENTE
        eigen = self.zichtbaar_voor(actor).filter(
            status__in=OPEN_VASTSTELLING,
            traject__aanvraag__beslisser=beslisser.value,
            traject__aanvraag__status=AanvraagStatus.TOEGEKEND,
        )
        return eigen.order_by("beslis_uiterlijk", "id")


class Vaststelling(models.Model):
    """One for each traject that ended. Amounts in integer cents incl. btw, days inclusive.

    `verslag_uiterlijk` is the first last day for the verslag; `termijn_tot` the one that was set after it had passed
    (Awb 4:44 lid 3). `voorgesteld_cent` is what the opsteller proposes; below `verleend_cent` the instelling may first
    give its zienswijze until `zienswijze_tot` (Awb 4:8). `ambtshalve`: without a verslag (Awb 4:44 lid 4, 4:47).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    traject = models.OneToOneField(Traject, models.PROTECT, related_name="vaststelling")
    status = models.CharField(
        "status", max_length=20, choices=VaststellingStatus, default=VaststellingStatus.VERSLAG_GEVRAAGD
    )
    versie = models.PositiveIntegerField("versie", default=1, editable=False)
    verleend_cent = models.PositiveBigIntegerField("verleend bedrag in centen")
    verslag_gevraagd_op = models.DateField("verslag gevraagd op")
    verslag_uiterlijk = models.DateField("verslag voor of op")
    termijn_tot = models.DateField("verslag alsnog voor of op", null=True, blank=True)
    beslis_uiterlijk = models.DateField("beslissen voor of op")
    voorgesteld_cent = models.PositiveBigIntegerField("voorgesteld bedrag in centen", null=True, blank=True)
    reden = models.CharField("reden", max_length=20, choices=LagerReden, blank=True)
    motivering = models.TextField("motivering", max_length=5000, blank=True)
    ambtshalve = models.BooleanField("ambtshalve", default=False)
    opsteller = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    voorgesteld_op = models.DateTimeField("voorgesteld op", null=True, blank=True)
    voorgenomen_cent = models.PositiveBigIntegerField("bedrag in het voornemen", null=True, blank=True)
    zienswijze_tot = models.DateField("zienswijze voor of op", null=True, blank=True)
    zienswijze = models.TextField("zienswijze", max_length=5000, blank=True)
    zienswijze_op = models.DateTimeField("zienswijze ontvangen op", null=True, blank=True)
    besluit = models.OneToOneField(
        Besluit, models.PROTECT, null=True, blank=True, related_name="vaststelling"
    )

    objects = VaststellingQuerySet.as_manager()

    class Meta:
        verbose_name = "vaststelling"
        verbose_name_plural = "vaststellingen"
        ordering = ("beslis_uiterlijk", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=VaststellingStatus.values), name="vaststelling_status_bekend"
            ),
            models.CheckConstraint(
                condition=Q(voorgesteld_cent__isnull=True) | Q(voorgesteld_cent__lte=F("verleend_cent")),
                name="vaststelling_niet_boven_verleend",
                violation_error_message="Er kan niet meer worden vastgesteld dan er is verleend.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["voorgesteld", "voorgenomen_lager", "vastgesteld"])
                | Q(voorgesteld_cent__isnull=False, opsteller__isnull=False, voorgesteld_op__isnull=False)
                & ~Q(motivering=""),
                name="vaststelling_voorstel_is_heel",
            ),
            models.CheckConstraint(
                condition=Q(voorgesteld_cent__isnull=True)
                | Q(voorgesteld_cent=F("verleend_cent"))
                | Q(reden__in=LagerReden.values, voorgenomen_cent__lte=F("voorgesteld_cent"))
                & Q(zienswijze_tot__isnull=False),
                name="vaststelling_lager_na_voornemen",
            ),
            models.CheckConstraint(
                condition=Q(status="vastgesteld", besluit__isnull=False)
                | ~Q(status="vastgesteld") & Q(besluit__isnull=True),
                name="vaststelling_met_besluit",
            ),
            models.CheckConstraint(
                condition=Q(verslag_uiterlijk__gte=F("verslag_gevraagd_op"))
                & (Q(termijn_tot__isnull=True) | Q(termijn_tot__gt=F("verslag_uiterlijk"))),
                name="vaststelling_termijnen_op_volgorde",
            ),
        )
        indexes = (
            models.Index(
                fields=["beslis_uiterlijk", "id"],
                name="vaststelling_te_doen",
                condition=Q(status__in=OPEN_VASTSTELLING),
            ),
        )

    def __str__(self) -> str:
        return f"vaststelling van {self.traject_id}"

    @property
    def dossier(self) -> Aanvraag:
        return self.traject.aanvraag

    @property
    def verslag_tot(self) -> date:
        """The last day for the verslag, as it stands now."""
        return self.termijn_tot or self.verslag_uiterlijk

    @property
    def is_lager(self) -> bool:
        return self.voorgesteld_cent is not None and self.voorgesteld_cent < self.verleend_cent

    def hoort_bij(self, actor: Actor) -> bool:
        return self.traject.hoort_bij(actor)

    def onderwerp(self) -> Onderwerp:
        van = self.traject.onderwerp()
        return Onderwerp("aanvragen.vaststelling", str(self.pk), van.dossier_id, van.client_id, van.kenmerk)

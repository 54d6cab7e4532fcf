"""Break-glass: for an hour at most a beheerder sees whom one dossier is about, and everybody there knows it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce

from aanvragen.models.aanvraag import Aanvraag
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.toegang.actor import Actor

HOOGSTENS = timedelta(hours=1)


class Grond(models.TextChoices):
    """Why a beheerder may need to know who it is."""

    INZAGEVERZOEK = "inzageverzoek", "Iemand vraagt welke gegevens over hem zijn vastgelegd"
    CORRECTIE = "correctie", "Gegevens blijken niet te kloppen"
    STORING = "storing", "Een fout in het portaal oplossen"
    INCIDENT = "incident", "Onderzoek na een beveiligingsincident"


class NoodtoegangQuerySet(models.QuerySet["Noodtoegang"]):
    def open_op(self, nu: datetime) -> NoodtoegangQuerySet:
        """Those that are open at this moment; `tot` is no part of it any more."""
        return self.filter(beeindigd_op__isnull=True, begonnen_op__lte=nu, tot__gt=nu)


class Noodtoegang(models.Model):
    """One opening of one dossier by one beheerder. It ends by itself at `tot`, or earlier at `beeindigd_op`.

    Moments are aware. A trigger lets nothing of it change but the end, once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="noodtoegangen")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    grond = models.CharField("waarvoor", max_length=16, choices=Grond)
    reden = models.CharField("reden", max_length=300)
    begonnen_op = models.DateTimeField("begonnen op")
    tot = models.DateTimeField("tot")
    beeindigd_op = models.DateTimeField("eerder beëindigd op", null=True, blank=True)

    objects = NoodtoegangQuerySet.as_manager()

    class Meta:
        verbose_name = "noodtoegang"
        verbose_name_plural = "noodtoegangen"
        ordering = ("-begonnen_op", "id")
        constraints = (
            models.CheckConstraint(condition=Q(grond__in=Grond.values), name="noodtoegang_grond_bekend"),
            models.CheckConstraint(
                condition=Q(tot__gt=F("begonnen_op")) & Q(tot__lte=F("begonnen_op") + HOOGSTENS),
                name="noodtoegang_hoogstens_een_uur",
            ),
            models.CheckConstraint(
                condition=Q(beeindigd_op__isnull=True)
                | Q(beeindigd_op__gte=F("begonnen_op"), beeindigd_op__lte=F("tot")),
                name="noodtoegang_eindigt_binnen_de_tijd",
            ),
            models.CheckConstraint(condition=~Q(reden=""), name="noodtoegang_met_reden"),
            ExclusionConstraint(
                name="noodtoegang_een_tegelijk",
                expressions=[
                    ("aanvraag", RangeOperators.EQUAL),
                    ("gebruiker", RangeOperators.EQUAL),
                    (
                        Func(
                            F("begonnen_op"), Coalesce(F("beeindigd_op"), F("tot")), RangeBoundary(),
                            function="TSTZRANGE", output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="U hebt dit dossier al geopend.",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(fields=["-begonnen_op", "id"], name="noodtoegang_nieuwste"),
            models.Index(fields=["aanvraag", "gebruiker", "tot"], name="noodtoegang_open"),
        )

    def __str__(self) -> str:
        return f"noodtoegang tot {self.aanvraag_id}"

    @property
    def status(self) -> str:
        """For the register of acts: whether it was ended early."""
        return "geopend" if self.beeindigd_op is None else "beeindigd"

    def hoort_bij(self, actor: Actor) -> bool:
        """Only who opened it ends it."""
        return self.gebruiker_id == actor.gebruiker_id

    def onderwerp(self) -> Onderwerp:
        van = self.aanvraag.onderwerp()
        return Onderwerp("aanvragen.noodtoegang", str(self.pk), van.dossier_id, van.client_id, van.kenmerk)

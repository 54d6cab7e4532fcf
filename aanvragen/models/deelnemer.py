"""The person in treatment. A row belongs to one aanvraag; the same person is known by the keyed hash of the BSN."""

from __future__ import annotations

import uuid

from django.db import models

from aanvragen.models.aanvraag import Aanvraag
from ips_subsidie.opslag.velden import BlindeIndexVeld, VersleuteldTekstVeld


class Deelnemer(models.Model):
    """Who the traject is for. The BSN is encrypted; equality is asked of its keyed hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanvraag = models.OneToOneField(Aanvraag, models.PROTECT, related_name="deelnemer")
    bsn = VersleuteldTekstVeld("BSN", null=True, blank=True)
    bsn_index = BlindeIndexVeld(of="bsn", purpose="bsn", null=True)
    voorletters = models.CharField("voorletters", max_length=20)
    achternaam = models.CharField("achternaam", max_length=120)
    geboortedatum = models.DateField("geboortedatum", null=True, blank=True)
    adres = models.CharField("straat en huisnummer", max_length=120, blank=True)
    postcode = models.CharField("postcode", max_length=7, blank=True)
    woonplaats = models.CharField("woonplaats", max_length=80, blank=True)

    class Meta:
        verbose_name = "deelnemer"
        verbose_name_plural = "deelnemers"
        ordering = ("achternaam", "voorletters", "id")
        indexes = (models.Index(fields=["bsn_index"], name="deelnemer_bsn_index"),)

    def __str__(self) -> str:
        return f"deelnemer bij {self.aanvraag_id}"

    @property
    def naam(self) -> str:
        return f"{self.voorletters} {self.achternaam}"


class Behandeling(models.Model):
    """The attestation of the behandelaar: yes or no, and a month. No diagnosis, no medication (AVG art. 5).

    What the regeling doesn't ask stays None.
    """

    aanvraag = models.OneToOneField(Aanvraag, models.PROTECT, related_name="behandeling")
    gediagnosticeerd = models.BooleanField("gediagnosticeerd")
    in_sggz = models.BooleanField("in behandeling in de specialistische ggz", null=True)
    begonnen_in = models.DateField("behandeling begonnen in de maand", null=True)
    langer_toelichting = models.TextField(
        "waarom duurt de behandeling langer dan in beginsel?", max_length=1000, blank=True
    )

    class Meta:
        verbose_name = "behandeling"
        verbose_name_plural = "behandelingen"
        ordering = ("aanvraag",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(begonnen_in__day=1), name="behandeling_begonnen_in_een_maand"
            ),
        )

    def __str__(self) -> str:
        return f"behandeling bij {self.aanvraag_id}"

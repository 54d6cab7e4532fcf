"""The toestemmingsverklaring of the gemeente, and the voordracht with which a gemeente begins."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from aanvragen.models.aanvraag import Aanvraag
from aanvragen.models.instelling import GgzInstelling
from aanvragen.regels.statussen import LEVENDE_TOESTEMMING, ToestemmingStatus, VoordrachtStatus
from gemeenten.models import Gemeente, gemeenten_voor
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.opslag.velden import BlindeIndexVeld, VersleuteldTekstVeld
from ips_subsidie.toegang.actor import Actor


class Toestemming(models.Model):
    """Asked of the gemeente of residence; handled by `organisatie`, that gemeente or the verband acting for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="toestemmingen")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="toestemmingen")
    organisatie = models.ForeignKey("toegang.Organisatie", models.PROTECT, related_name="toestemmingen")
    status = models.CharField("status", max_length=12, choices=ToestemmingStatus)
    gevraagd_op = models.DateTimeField("gevraagd op")
    beslist_op = models.DateTimeField("beslist op", null=True, blank=True)
    beslist_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    functie = models.CharField("functie van wie tekent", max_length=120, blank=True)
    volgnummer = models.PositiveIntegerField("volgnummer voor deze gemeente", null=True, blank=True)
    uitkering_klopt = models.BooleanField("uitkering gecontroleerd", null=True, blank=True)
    geen_ander_traject = models.BooleanField("geen ander traject", null=True, blank=True)
    voorzieningen = models.TextField("voorzieningen die al lopen", max_length=1000, blank=True)
    motivering = models.TextField("motivering", max_length=2000, blank=True)
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)

    class Meta:
        verbose_name = "toestemmingsverklaring"
        verbose_name_plural = "toestemmingsverklaringen"
        ordering = ("-gevraagd_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=ToestemmingStatus.values), name="toestemming_status_bekend"
            ),
            models.UniqueConstraint(
                fields=["aanvraag"],
                condition=Q(status__in=LEVENDE_TOESTEMMING),
                name="toestemming_een_levende_per_aanvraag",
            ),
            models.CheckConstraint(
                condition=Q(status="gevraagd") | Q(status="verlopen")
                | Q(status="ingetrokken", beslist_op__isnull=True)
                | Q(beslist_op__isnull=False, beslist_door__isnull=False),
                name="toestemming_beslist_door_iemand",
            ),
            models.CheckConstraint(
                condition=~Q(status="geweigerd") | ~Q(motivering=""), name="toestemming_weigering_gemotiveerd"
            ),
        )  # fmt: skip
        indexes = (
            models.Index(
                fields=["organisatie", "status", "gevraagd_op", "id"], name="toestemming_werkvoorraad"
            ),
            models.Index(fields=["gemeente", "status"], name="toestemming_per_gemeente"),
        )

    def __str__(self) -> str:
        return f"toestemming bij {self.aanvraag_id}"


class VoordrachtQuerySet(models.QuerySet["Voordracht"]):
    def zichtbaar_voor(self, actor: Actor | None) -> VoordrachtQuerySet:
        """A gemeente sees those it made, an instelling those made to it."""
        if actor is not None and actor.is_gemeente:
            return self.filter(gemeente__in=gemeenten_voor(actor))
        if actor is not None and actor.is_instelling:
            return self.filter(instelling__organisatie_id=actor.organisatie_id)
        return self.none()


class Voordracht(models.Model):
    """A gemeente proposes an inwoner to an instelling that offers IPS; no health data from the gemeente's side."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="voordrachten")
    organisatie = models.ForeignKey("toegang.Organisatie", models.PROTECT, related_name="voordrachten")
    instelling = models.ForeignKey(GgzInstelling, models.PROTECT, related_name="voordrachten")
    status = models.CharField(
        "status", max_length=12, choices=VoordrachtStatus, default=VoordrachtStatus.GEDAAN, editable=False
    )
    bsn = VersleuteldTekstVeld("BSN")
    bsn_index = BlindeIndexVeld(of="bsn", purpose="bsn", null=True)
    voorletters = models.CharField("voorletters", max_length=20)
    achternaam = models.CharField("achternaam", max_length=120)
    geboortedatum = models.DateField("geboortedatum")
    uitkering = models.CharField("uitkering", max_length=12)
    akkoord_op = models.DateField("inwoner is akkoord op")
    contact_naam = models.CharField("contactpersoon", max_length=120)
    contact_telefoon = models.CharField("telefoonnummer", max_length=20, blank=True)
    gedaan_op = models.DateTimeField("gedaan op")
    gedaan_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)
    antwoord = models.TextField("antwoord van de instelling", max_length=1000, blank=True)
    aanvraag = models.OneToOneField(
        Aanvraag, models.PROTECT, null=True, blank=True, related_name="voordracht"
    )

    objects = VoordrachtQuerySet.as_manager()

    class Meta:
        verbose_name = "voordracht"
        verbose_name_plural = "voordrachten"
        ordering = ("-gedaan_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=VoordrachtStatus.values), name="voordracht_status_bekend"
            ),
            models.CheckConstraint(
                condition=Q(aanvraag__isnull=True) | Q(status="aangenomen"),
                name="voordracht_met_aanvraag_is_aangenomen",
            ),
        )
        indexes = (
            models.Index(fields=["gemeente", "-gedaan_op", "id"], name="voordracht_per_gemeente"),
            models.Index(fields=["instelling", "-gedaan_op", "id"], name="voordracht_per_instelling"),
        )

    def __str__(self) -> str:
        return f"voordracht aan {self.instelling_id}"

    @property
    def naam(self) -> str:
        return f"{self.voorletters} {self.achternaam}"

    def hoort_bij(self, actor: Actor) -> bool:
        if actor.is_gemeente:
            return gemeenten_voor(actor).filter(pk=self.gemeente_id).exists()
        return actor.is_instelling and self.instelling.organisatie_id == actor.organisatie_id

    def onderwerp(self) -> Onderwerp:
        return Onderwerp("aanvragen.voordracht", str(self.pk), dossier_id=self.aanvraag_id, client_id=self.pk)

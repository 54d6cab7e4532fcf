"""The conversation of a dossier between the parties that may see it, with notes for the own organisatie."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from aanvragen.models.aanvraag import Aanvraag
from aanvragen.regels.gesprek import Kant, aanwezig
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.toegang.actor import Actor

MAX_TEKST = 4000
KANTEN = [
    (Kant.INSTELLING.value, "Ggz-instelling"),
    (Kant.GEMEENTE.value, "Gemeente"),
    (Kant.UWV.value, "UWV"),
]
_CODES = [code for code, _ in KANTEN]


class Berichtsoort(models.TextChoices):
    VRAAG = "vraag", "Vraag"
    ANTWOORD = "antwoord", "Antwoord"
    MEDEDELING = "mededeling", "Bericht"
    NOTITIE = "notitie", "Interne notitie"


def kant_van(actor: Actor) -> Kant | None:
    """The party for which this actor speaks; None for who sees no dossiers."""
    if actor.is_instelling:
        return Kant.INSTELLING
    if actor.is_gemeente:
        return Kant.GEMEENTE
    return Kant.UWV if actor.is_uwv else None


def kanten_van(aanvraag: Aanvraag) -> tuple[Kant, ...]:
    """The parties that may see this dossier now, as `AanvraagQuerySet.zichtbaar_voor` has it."""
    bij_uwv = not aanvraag.gemeente_beslist or aanvraag.budget_gevraagd_op is not None
    # Nothing new goes to a gemeente that doesn't decide, once the deelnemer no longer agrees.
    deelt = aanvraag.akkoord_ingetrokken_op is None or aanvraag.gemeente_beslist
    bij_gemeente = aanvraag.gemeente_id is not None and aanvraag.gemeente_organisatie_id is not None
    return aanwezig(
        bij_gemeente=deelt and bij_gemeente,
        bij_uwv=bij_uwv and aanvraag.ontvangen_op is not None,
    )


class GespreksberichtQuerySet(models.QuerySet["Gespreksbericht"]):
    def leesbaar_voor(self, actor: Actor) -> GespreksberichtQuerySet:
        """Of dossiers that this actor may see, and only those: what was written to their party, and their own notes.

        Notes of a gemeente that is no more are read by the one that took over the dossier.
        """
        kant = kant_van(actor)
        if kant is None:
            return self.none()
        eigen = Q(organisatie_id=actor.organisatie_id)
        if kant is Kant.GEMEENTE:
            eigen |= Q(
                organisatie_id=F("aanvraag__gemeente__organisatie_id"),
                aanvraag__gemeente__geldig_tot__lte=vandaag(),
            )
        notitie = Q(soort=Berichtsoort.NOTITIE)
        return self.filter((notitie & eigen) | (~notitie & Q(zichtbaar_voor__contains=[kant.value])))

    def met_beantwoord(self) -> GespreksberichtQuerySet:
        """With `is_beantwoord`: whether there is an answer to it."""
        antwoorden = Gespreksbericht.objects.filter(antwoord_op=OuterRef("pk"))
        return self.annotate(is_beantwoord=Exists(antwoorden))

    def open_vragen(self) -> GespreksberichtQuerySet:
        """The questions that nobody has answered yet, oldest first."""
        antwoorden = Gespreksbericht.objects.filter(antwoord_op=OuterRef("pk"))
        return self.filter(~Exists(antwoorden), soort=Berichtsoort.VRAAG).order_by("volgnummer")


class Gespreksbericht(models.Model):
    """One message, written once. `zichtbaar_voor` names the parties that read it, the sender's own included.

    A notitie is for the sender's organisatie alone. A vraag waits for `antwoord_van`, until anyone answers it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="gesprek")
    volgnummer = models.PositiveIntegerField("volgnummer")
    soort = models.CharField("soort", max_length=12, choices=Berichtsoort)
    kant = models.CharField("van welke partij", max_length=12, choices=KANTEN)
    organisatie = models.ForeignKey("toegang.Organisatie", models.PROTECT, related_name="+")
    afzender = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField("op")
    tekst = models.TextField("tekst", max_length=MAX_TEKST)
    zichtbaar_voor = ArrayField(models.CharField(max_length=12), verbose_name="wie dit leest")
    antwoord_van = models.CharField("wie antwoordt", max_length=12, choices=KANTEN, blank=True)
    antwoord_op = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="antwoorden", verbose_name="antwoord op"
    )
    bestand = models.OneToOneField(
        Bestand, models.PROTECT, null=True, blank=True, related_name="gespreksbericht"
    )

    objects = GespreksberichtQuerySet.as_manager()

    class Meta:
        verbose_name = "gespreksbericht"
        verbose_name_plural = "gespreksberichten"
        ordering = ("aanvraag", "volgnummer")
        constraints = (
            models.UniqueConstraint(fields=["aanvraag", "volgnummer"], name="gesprek_volgnummer_eenmaal"),
            models.CheckConstraint(condition=Q(soort__in=Berichtsoort.values), name="gesprek_soort_bekend"),
            models.CheckConstraint(condition=Q(kant__in=_CODES), name="gesprek_kant_bekend"),
            models.CheckConstraint(condition=~Q(tekst=""), name="gesprek_met_tekst"),
            models.CheckConstraint(
                condition=Q(zichtbaar_voor__contained_by=_CODES), name="gesprek_lezers_bekend"
            ),
            models.CheckConstraint(
                condition=Q(soort="notitie", zichtbaar_voor__len=1)
                | ~Q(soort="notitie") & Q(zichtbaar_voor__len__gte=2),
                name="gesprek_notitie_alleen_eigen",
            ),
            models.CheckConstraint(
                condition=Q(soort="vraag", antwoord_van__in=_CODES) & ~Q(antwoord_van=F("kant"))
                | ~Q(soort="vraag") & Q(antwoord_van=""),
                name="gesprek_vraag_aan_een_ander",
            ),
            models.CheckConstraint(
                condition=Q(soort="antwoord", antwoord_op__isnull=False)
                | ~Q(soort="antwoord") & Q(antwoord_op__isnull=True),
                name="gesprek_antwoord_op_een_vraag",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.volgnummer}"

    @property
    def status(self) -> str:
        """What the logboek keeps of it: the kind, never the words."""
        return self.soort

    @property
    def is_notitie(self) -> bool:
        return self.soort == Berichtsoort.NOTITIE

    def onderwerp(self) -> Onderwerp:
        return _deel_van(self.aanvraag, "aanvragen.gespreksbericht", self.pk)


class Gelezen(models.Model):
    """An organisatie said to have read the conversation up to and including `tot`, a volgnummer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="gelezen")
    kant = models.CharField("welke partij", max_length=12, choices=KANTEN)
    organisatie = models.ForeignKey("toegang.Organisatie", models.PROTECT, related_name="+")
    tot = models.PositiveIntegerField("gelezen tot en met volgnummer")
    op = models.DateTimeField("op")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "leesbevestiging"
        verbose_name_plural = "leesbevestigingen"
        ordering = ("aanvraag", "organisatie", "tot")
        constraints = (
            models.UniqueConstraint(fields=["aanvraag", "organisatie", "tot"], name="gelezen_eenmaal"),
            models.CheckConstraint(condition=Q(kant__in=_CODES), name="gelezen_kant_bekend"),
        )
        indexes = (models.Index(fields=["aanvraag", "kant", "tot"], name="gelezen_per_kant"),)

    def __str__(self) -> str:
        return f"{self.organisatie_id} tot en met {self.tot}"

    @property
    def status(self) -> str:
        return "gelezen"

    def onderwerp(self) -> Onderwerp:
        return _deel_van(self.aanvraag, "aanvragen.gelezen", self.pk)


def _deel_van(aanvraag: Aanvraag, soort: str, nummer: Any) -> Onderwerp:
    geheel = aanvraag.onderwerp()
    return Onderwerp(soort, str(nummer), geheel.dossier_id, geheel.client_id, geheel.kenmerk)

"""The outbox: a Bericht is written in the act's own transaction, its Verzendingen after it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from ips_subsidie.berichten.groepen import Groep, Wijze
from ips_subsidie.toegang.rollen import Rol


class BerichtQuerySet(models.QuerySet["Bericht"]):
    def in_bak_van(self, organisatie_id: UUID | None, rol: str, gebruiker_id: UUID | None) -> BerichtQuerySet:
        """Those for everyone with this role there, for this person, and what a colleague left unread."""
        van_wie = Q(gebruiker__isnull=True) | Q(gebruiker=gebruiker_id) | Q(doorgegeven_op__isnull=False)
        return self.filter(van_wie, organisatie_id=organisatie_id, rol=rol)

    def ongelezen(self) -> BerichtQuerySet:
        return self.filter(gelezen_op__isnull=True)


class Bericht(models.Model):
    """A task or notice for everyone in one role of one organisatie. `titel` names no client.

    With `gebruiker` it is first for that one person, who works on the dossier; from `doorgegeven_op` on also for the
    colleagues. `termijn` is the day that it is about: of the same kind there is one about the same thing for each
    such day, however often it is made. Without it there is one for each act, at the instant of that act.
    """

    # No index of their own on the keys below: `bericht_bak` begins with the organisatie, and nobody is looked up by
    # who read it. Each one less is felt where a night makes 200,000 of these.
    organisatie = models.ForeignKey(
        "toegang.Organisatie", models.PROTECT, related_name="berichten", db_index=False
    )
    rol = models.CharField("rol", max_length=24, choices=Rol)
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="eerst voor", db_index=False,
    )  # fmt: skip
    soort = models.CharField("soort", max_length=60)
    groep = models.CharField("groep", max_length=16, choices=Groep, default=Groep.WETTELIJK)
    onderwerp_id = models.CharField("over", max_length=40)
    termijn = models.DateField("de dag waar het om gaat", null=True, blank=True)
    titel = models.CharField("titel", max_length=200)
    pad = models.CharField("pad van de pagina", max_length=200)
    gemaakt_op = models.DateTimeField("gemaakt op")
    gelezen_op = models.DateTimeField("gelezen op", null=True, blank=True)
    gelezen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    doorgegeven_op = models.DateTimeField("aan collega’s gegeven op", null=True, blank=True)
    uitgezet_op = models.DateTimeField("mails klaargezet op", null=True, blank=True)

    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ("-gemaakt_op", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["organisatie", "rol", "gebruiker", "soort", "onderwerp_id", "termijn"],
                name="bericht_eenmaal_per_termijn",
                condition=Q(termijn__isnull=False),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["organisatie", "rol", "gebruiker", "soort", "onderwerp_id", "gemaakt_op", "titel"],
                name="bericht_eenmaal_per_handeling",
                condition=Q(termijn__isnull=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(groep__in=Groep.values), name="bericht_groep_bekend"),
            models.CheckConstraint(
                condition=Q(doorgegeven_op__isnull=True) | Q(gebruiker__isnull=False),
                name="bericht_doorgegeven_van_iemand",
            ),
        )
        indexes = (
            models.Index(fields=["organisatie", "rol", "-gemaakt_op", "-id"], name="bericht_bak"),
            models.Index(
                fields=["organisatie", "rol"],
                name="bericht_ongelezen",
                condition=Q(gelezen_op__isnull=True),
            ),
            models.Index(fields=["id"], name="bericht_uit_te_zetten", condition=Q(uitgezet_op__isnull=True)),
            models.Index(
                fields=["gemaakt_op", "id"],
                name="bericht_door_te_geven",
                condition=Q(gebruiker__isnull=False, gelezen_op__isnull=True, doorgegeven_op__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.titel


class VerzendingStatus(models.TextChoices):
    KLAAR = "klaar", "Klaar om te versturen"
    WACHT = "wacht", "Wacht op de mail van de volgende ochtend"
    GEBUNDELD = "gebundeld", "Staat in de dagelijkse mail"
    VERZONDEN = "verzonden", "Verzonden"
    MISLUKT = "mislukt", "Mislukt"
    VERVALLEN = "vervallen", "Niet meer nodig: de ontvanger werkt hier niet meer"


class VerzendingQuerySet(models.QuerySet["Verzending"]):
    def aan_de_beurt(self, nu: datetime) -> VerzendingQuerySet:
        wachtend = self.filter(status=VerzendingStatus.KLAAR, volgende_poging_op__lte=nu)
        return wachtend.order_by("volgende_poging_op", "pk")


class Verzending(models.Model):
    """One mail to one gebruiker: of a Bericht, or (with `dag`) of all that waited for the morning of that day.

    Tried patiently, with a stable Message-ID. A mail that the server took while we could not write that down goes
    again under the same Message-ID, which mailboxes know as one they have.
    """

    bericht = models.ForeignKey(
        Bericht, models.PROTECT, null=True, blank=True, related_name="verzendingen", db_index=False
    )
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="verzendingen")
    dag = models.DateField("overzicht van", null=True, blank=True)
    overzicht = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="delen", verbose_name="staat in",
        db_index=False,
    )  # fmt: skip
    status = models.CharField(
        "status", max_length=12, choices=VerzendingStatus, default=VerzendingStatus.KLAAR
    )
    pogingen = models.PositiveSmallIntegerField("pogingen", default=0)
    volgende_poging_op = models.DateTimeField("volgende poging op")
    verzonden_op = models.DateTimeField("verzonden op", null=True, blank=True)
    fout = models.CharField("laatste fout", max_length=200, blank=True)

    objects = VerzendingQuerySet.as_manager()

    class Meta:
        verbose_name = "verzending"
        verbose_name_plural = "verzendingen"
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["bericht", "gebruiker"], name="verzending_eenmaal_per_ontvanger"),
            models.UniqueConstraint(
                fields=["gebruiker", "dag"], name="verzending_een_overzicht_per_dag",
                condition=Q(dag__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(bericht__isnull=False, dag__isnull=True)
                | Q(bericht__isnull=True, dag__isnull=False, overzicht__isnull=True),
                name="verzending_bericht_of_overzicht",
            ),
            models.CheckConstraint(
                condition=~Q(status="gebundeld") | Q(overzicht__isnull=False),
                name="verzending_gebundeld_in_overzicht",
            ),
            models.CheckConstraint(
                condition=Q(status__in=VerzendingStatus.values), name="verzending_status_bekend"
            ),
            models.CheckConstraint(
                condition=~Q(status="verzonden") | Q(verzonden_op__isnull=False),
                name="verzending_verzonden_met_moment",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(
                fields=["volgende_poging_op", "id"],
                name="verzending_aan_de_beurt",
                condition=Q(status="klaar"),
            ),
            models.Index(fields=["gebruiker"], name="verzending_wacht", condition=Q(status="wacht")),
            models.Index(
                fields=["overzicht"],
                name="verzending_in_overzicht",
                condition=Q(overzicht__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.bericht_id or self.dag} aan {self.gebruiker_id}"


class Voorkeur(models.Model):
    """How one person wants the mails of one group; without a row at once. What the law demands leaves no choice."""

    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="berichtvoorkeuren")
    groep = models.CharField("groep", max_length=16, choices=Groep)
    wijze = models.CharField("wijze", max_length=12, choices=Wijze)
    gewijzigd_op = models.DateTimeField("gewijzigd op")

    class Meta:
        verbose_name = "voorkeur voor mail"
        verbose_name_plural = "voorkeuren voor mail"
        ordering = ("gebruiker", "groep")
        constraints = (
            models.UniqueConstraint(fields=["gebruiker", "groep"], name="voorkeur_een_per_groep"),
            models.CheckConstraint(condition=Q(groep__in=Groep.values), name="voorkeur_groep_bekend"),
            models.CheckConstraint(condition=Q(wijze__in=Wijze.values), name="voorkeur_wijze_bekend"),
            models.CheckConstraint(
                condition=~Q(groep="wettelijk") | Q(wijze="direct"), name="voorkeur_wettelijk_altijd_direct"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_groep_display()}: {self.get_wijze_display()}"


class Hartslag(models.Model):
    """When work last came all the way: planned by beat, through the broker, done by a worker. One row a name."""

    naam = models.CharField("naam", max_length=20, primary_key=True)
    op = models.DateTimeField("laatst geslagen op")

    class Meta:
        verbose_name = "hartslag"
        verbose_name_plural = "hartslagen"
        ordering = ("naam",)

    def __str__(self) -> str:
        return self.naam

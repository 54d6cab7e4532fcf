"""One table that only takes additions; a trigger refuses the rest, for every role, and chains each line to the last."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from ips_subsidie.logboek.verwerkingen import Verwerking


class Soort(models.TextChoices):
    HANDELING = "handeling", "Handeling"
    WEIGERING = "weigering", "Weigering"
    LEZING = "lezing", "Inzage"
    GEBEURTENIS = "gebeurtenis", "Gebeurtenis"


class Regel(models.Model):
    """Who, namens which organisatie, in which role, did or saw what, of which client, when (NEN 7513, ch. 5).

    The last five columns are the database's: whatever is put in them here, the trigger puts the chain there. A chain
    holds the lines of one dossier; those without a dossier are in the chain of their gebruiker, the rest in that of
    the system. docs/logboek.md says what every column is in NEN 7513 and in Logboek dataverwerkingen.
    """

    op = models.DateTimeField("op")
    begonnen_op = models.DateTimeField("verzoek begonnen op")
    soort = models.CharField("soort", max_length=12, choices=Soort)
    handeling = models.CharField("handeling", max_length=80)
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="wie"
    )
    organisatie = models.ForeignKey(
        "toegang.Organisatie", models.PROTECT, null=True, related_name="+", verbose_name="namens"
    )
    rol = models.CharField("rol", max_length=24)
    onderwerp = models.CharField("onderwerp", max_length=60, help_text="Het soort object.")
    onderwerp_id = models.CharField("nummer van het onderwerp", max_length=40, blank=True)
    dossier_id = models.UUIDField("dossier", null=True)
    client_id = models.UUIDField("cliënt", null=True)
    kenmerk = models.CharField("kenmerk", max_length=20, blank=True)
    gegevens = models.JSONField("gegevens", default=dict)
    verwerking = models.CharField("verwerking", max_length=24, blank=True, choices=Verwerking)
    adres = models.GenericIPAddressField("netwerkadres", null=True)
    toestel = models.CharField("toestel", max_length=60, blank=True)
    spoor = models.CharField("spoor", max_length=32, blank=True, help_text="Een per verzoek of taak.")
    deel = models.CharField("deel van het spoor", max_length=16, blank=True)
    vorm = models.PositiveSmallIntegerField("vorm van de hash", default=1, editable=False)
    keten = models.CharField("keten", max_length=48, default="", editable=False)
    volgnr = models.BigIntegerField("volgnummer in de keten", default=0, editable=False)
    vorige = models.BinaryField("hash van de vorige", default=b"")
    hash = models.BinaryField("hash", default=b"")

    class Meta:
        verbose_name = "logboekregel"
        verbose_name_plural = "logboek"
        ordering = ("-op", "-pk")
        indexes = (
            models.Index(fields=["dossier_id", "op", "id"], name="logboek_per_dossier"),
            models.Index(fields=["client_id", "op"], name="logboek_per_client"),
            models.Index(fields=["gebruiker", "op"], name="logboek_per_gebruiker"),
            models.Index(fields=["-op", "-id"], name="logboek_nieuwste_eerst"),
        )
        constraints = (models.UniqueConstraint(fields=["keten", "volgnr"], name="logboek_plek_in_keten"),)

    def __str__(self) -> str:
        return f"{self.op:%Y-%m-%d %H:%M} {self.handeling}"


class SignaalSoort(models.TextChoices):
    """Why somebody should look at a use of the portal; docs/logboek.md says when each is made."""

    ZONDER_TAAK = "zonder_taak", "Dossier bekeken zonder taak"
    VEEL_CLIENTEN = "veel_clienten", "Veel cliënten in een uur"
    BUITEN_UREN = "buiten_uren", "Buiten werktijd"
    EIGEN_NAAM = "eigen_naam", "Cliënt met de naam van een medewerker"
    WEIGERINGEN = "weigeringen", "Vaak om dossiers van een ander gevraagd"
    BEHEER = "beheer", "Persoonsgegevens bekeken door beheer"
    STEEKPROEF = "steekproef", "Steekproef van de week"


class Signaal(models.Model):
    """A use of the portal on one day that somebody must look at, at the latest on `uiterlijk` (inclusive).

    `regels` are the ids of lines of the logboek, the first REGELS_HOOGSTENS of `aantal`. Written once.
    """

    REGELS_HOOGSTENS = 50

    soort = models.CharField("soort", max_length=16, choices=SignaalSoort)
    dag = models.DateField("dag")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="wie"
    )
    organisatie = models.ForeignKey(
        "toegang.Organisatie", models.PROTECT, null=True, related_name="+", verbose_name="namens"
    )
    aantal = models.PositiveIntegerField("aantal regels")
    regels = models.JSONField("regels", default=list)
    gemaakt_op = models.DateTimeField("gemaakt op")
    uiterlijk = models.DateField("beoordelen uiterlijk")

    class Meta:
        verbose_name = "signaal"
        verbose_name_plural = "signalen"
        ordering = ("uiterlijk", "pk")
        indexes = (models.Index(fields=["uiterlijk", "id"], name="signaal_op_termijn"),)
        constraints = (
            models.UniqueConstraint(
                fields=["soort", "dag", "gebruiker", "organisatie"],
                name="signaal_eens_per_dag",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=models.Q(aantal__gt=0), name="signaal_over_iets"),
            models.CheckConstraint(
                condition=models.Q(soort__in=SignaalSoort.values), name="signaal_soort_bekend"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_soort_display()}, {self.dag:%d-%m-%Y}"


class Uitkomst(models.TextChoices):
    NAVRAAG = "navraag", "Navraag gedaan, nog niet klaar"
    IN_ORDE = "in_orde", "In orde"
    INCIDENT = "incident", "Incident, gemeld"


AFGESLOTEN = (Uitkomst.IN_ORDE, Uitkomst.INCIDENT)


class Oordeel(models.Model):
    """What a toezichthouder found of a signaal. Written once; the one that closes it is the last."""

    signaal = models.ForeignKey(Signaal, models.PROTECT, related_name="oordelen")
    uitkomst = models.CharField("uitkomst", max_length=12, choices=Uitkomst)
    toelichting = models.CharField("toelichting", max_length=500)
    op = models.DateTimeField("op")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="door")

    class Meta:
        verbose_name = "oordeel over een signaal"
        verbose_name_plural = "oordelen over signalen"
        ordering = ("op", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["signaal"],
                condition=models.Q(uitkomst__in=AFGESLOTEN),
                name="signaal_eens_afgesloten",
                violation_error_message="Dit signaal is al beoordeeld.",
            ),
            models.CheckConstraint(
                condition=models.Q(uitkomst__in=Uitkomst.values), name="oordeel_uitkomst_bekend"
            ),
            models.CheckConstraint(condition=~models.Q(toelichting=""), name="oordeel_met_toelichting"),
        )

    def __str__(self) -> str:
        return f"{self.get_uitkomst_display()}: {self.signaal}"

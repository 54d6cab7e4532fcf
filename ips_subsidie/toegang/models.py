"""Gebruikers, organisaties and lidmaatschappen. Nothing here is deleted: a person leaves by a date."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Lower

from ips_subsidie.toegang.factormodellen import Beveiligingsmelding  # noqa: F401  model of this app
from ips_subsidie.toegang.inlogmodellen import Einde, Sessie, Wachtwoordvraag  # noqa: F401  models of this app
from ips_subsidie.toegang.oidc.models import Identiteit, Inlogdienst
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, ROLLEN_PER_SOORT, Functie, OrganisatieSoort, Rol

ROLKEUZES = [(rol.value, rol.label) for rol in Rol if rol != Rol.SYSTEEM]
# Who works at a gemeente or verband may have a functie there; nobody else has one.
FUNCTIE_PAST = Q(functie="") | Q(functie__in=Functie.values, rol__in=[rol.value for rol in GEMEENTEROLLEN])
FUNCTIE_PAST_NIET = "Alleen wie bij een gemeente of samenwerkingsverband werkt, kan een functie hebben."


class GebruikerManager(BaseUserManager["Gebruiker"]):
    def get_by_natural_key(self, username: str | None) -> Gebruiker:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **velden: Any) -> Gebruiker:
        gebruiker = self.model(email=email.strip().lower(), **velden)
        gebruiker.set_password(password)
        gebruiker.save(using=self._db)
        return gebruiker

    def create_superuser(self, email: str, password: str | None = None, **velden: Any) -> Gebruiker:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **velden)


class Gebruiker(AbstractBaseUser, PermissionsMixin):
    """A person who can log in, by e-mail. Deactivated when leaving, never deleted: the logboek names them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mailadres", unique=True)
    naam = models.CharField("naam", max_length=120)
    is_active = models.BooleanField("actief", default=True)
    is_staff = models.BooleanField("mag in het beheer", default=False)
    aangemaakt_op = models.DateTimeField("aangemaakt op", null=True, editable=False)

    objects: ClassVar[GebruikerManager] = GebruikerManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["naam"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ("naam", "email")
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="gebruiker_email_eenmalig",
                violation_error_message="Er is al een account met dit e-mailadres.",
            ),
        )

    def __str__(self) -> str:
        return self.naam or self.email

    def get_full_name(self) -> str:
        return self.naam

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Rights follow from roles: only a beheerder passes the gate of /beheer/, and may do all there."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff


class Organisatie(models.Model):
    """A party in the scheme. Gemeente, GgzInstelling and Samenwerkingsverband each point to one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    naam = models.CharField("naam", max_length=200)
    soort = models.CharField("soort", max_length=24, choices=OrganisatieSoort)

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ("naam", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(soort__in=OrganisatieSoort.values), name="organisatie_soort_bekend"
            ),
        )

    def __str__(self) -> str:
        return self.naam


class LidmaatschapQuerySet(models.QuerySet["Lidmaatschap"]):
    def geldig_op(self, dag: date) -> LidmaatschapQuerySet:
        """Those in force on `dag`; `geldig_tot` is the first day on which it is over."""
        return self.filter(
            Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=dag), geldig_van__lte=dag, gebruiker__is_active=True
        )

    def bruikbaar_na(self, inlogdienst: uuid.UUID | None) -> LidmaatschapQuerySet:
        """Those that count after logging in through this inlogdienst, or with a password (None).

        What the service of one organisatie says opens nothing of another's; and where an organisatie wants its own
        service to be used, a password opens nothing of hers. An inlogdienst that was switched off, or an identiteit
        that was ended, ends the sessions that came of it.
        """
        if inlogdienst is None:
            eist = Inlogdienst.objects.actief().filter(organisatie=OuterRef("organisatie"), verplicht=True)
            return self.exclude(Exists(eist))
        bekend = Identiteit.objects.filter(
            inlogdienst=inlogdienst,
            inlogdienst__actief=True,
            inlogdienst__organisatie=OuterRef("organisatie"),
            gebruiker=OuterRef("gebruiker"),
            beeindigd_op__isnull=True,
        )
        return self.filter(Exists(bekend))


@pghistory.track(model_name="LidmaatschapGeschiedenis")
class Lidmaatschap(models.Model):
    """A gebruiker acts for an organisatie in a role, from `geldig_van` until (not on) `geldig_tot`."""

    gebruiker = models.ForeignKey(Gebruiker, models.PROTECT, related_name="lidmaatschappen")
    organisatie = models.ForeignKey(Organisatie, models.PROTECT, related_name="lidmaatschappen")
    rol = models.CharField("rol", max_length=24, choices=ROLKEUZES)
    functie = models.CharField("functie", max_length=24, choices=Functie, blank=True)
    geldig_van = models.DateField("geldig van")
    geldig_tot = models.DateField("geldig tot", null=True, blank=True)

    objects = LidmaatschapQuerySet.as_manager()

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        ordering = ("organisatie__naam", "rol", "pk")
        indexes = (models.Index(fields=["organisatie", "rol"], name="lidmaatschap_per_rol"),)
        constraints = (
            models.CheckConstraint(
                # Equal: taken back before it counted. An empty range, never in force.
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=F("geldig_van")),
                name="lidmaatschap_einde_na_begin",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
            models.CheckConstraint(
                condition=FUNCTIE_PAST,
                name="lidmaatschap_functie_past",
                violation_error_message=FUNCTIE_PAST_NIET,
            ),
            ExclusionConstraint(
                name="lidmaatschap_niet_dubbel",
                violation_error_message="Deze persoon heeft deze rol al in (een deel van) deze periode.",
                expressions=[
                    ("gebruiker", RangeOperators.EQUAL),
                    ("organisatie", RangeOperators.EQUAL),
                    ("rol", RangeOperators.EQUAL),
                    (
                        Func(
                            "geldig_van", "geldig_tot", Value("[)"),
                            function="daterange", output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_rol_display()} bij {self.organisatie}"

    def clean(self) -> None:
        # Before the constraints: PostgreSQL can't make a range of dates that are the wrong way round.
        if self.geldig_van and self.geldig_tot and self.geldig_tot < self.geldig_van:
            raise ValidationError({"geldig_tot": "De einddatum ligt voor de begindatum."})
        if self.organisatie_id and self.rol not in ROLLEN_PER_SOORT[OrganisatieSoort(self.organisatie.soort)]:
            soort = OrganisatieSoort(self.organisatie.soort).label.lower()
            raise ValidationError({"rol": f"Kies een rol die past bij een organisatie van de soort {soort}."})


class Uitnodiging(models.Model):
    """An invitation by mail to one address for one role; used once, and void after `verloopt_op`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mailadres")
    organisatie = models.ForeignKey(Organisatie, models.PROTECT, related_name="uitnodigingen")
    rol = models.CharField("rol", max_length=24, choices=ROLKEUZES)
    functie = models.CharField("functie", max_length=24, choices=Functie, blank=True)
    uitgenodigd_door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField("gemaakt op")
    verloopt_op = models.DateTimeField("verloopt op")
    gebruikt_op = models.DateTimeField("gebruikt op", null=True, blank=True)
    # The mail goes out after commit; the link in it is signed, so that reading this table gives no way in.
    gemaild_op = models.DateTimeField("gemaild op", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        ordering = ("-gemaakt_op", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(verloopt_op__gt=F("gemaakt_op")), name="uitnodiging_verloopt_later"
            ),
            models.CheckConstraint(
                condition=FUNCTIE_PAST,
                name="uitnodiging_functie_past",
                violation_error_message=FUNCTIE_PAST_NIET,
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} ({self.get_rol_display()})"

    def is_open(self, nu: datetime) -> bool:
        return self.gebruikt_op is None and nu < self.verloopt_op

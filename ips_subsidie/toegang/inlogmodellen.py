"""What logging in leaves behind for a while: sessions, and requests for a new password."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ips_subsidie.opslag.velden import VersleuteldTekstVeld

# Legal maxima of this portal; settings may be stricter, the database never allows more.
LANGST_STIL = timedelta(minutes=15)
LANGST_INGELOGD = timedelta(hours=12)


class Einde(models.TextChoices):
    """Why a session ended. Those that the database sets itself stand in migration 0005 as well."""

    UITGELOGD = "uitgelogd", "U hebt uitgelogd"
    INGETROKKEN = "ingetrokken", "U hebt dit apparaat uitgelogd"
    WACHTWOORD = "wachtwoord", "Uw wachtwoord is gewijzigd"
    ACCOUNT_UIT = "account_uit", "Uw account is uitgezet"
    ROL = "rol", "Uw toegang is gewijzigd"
    FACTOR = "factor", "Uw manier van inloggen is gewijzigd"
    BEHEER = "beheer", "De beheerder heeft u uitgelogd"


class SessieQuerySet(models.QuerySet["Sessie"]):
    def levend(self, nu: datetime) -> SessieQuerySet:
        """Those that still let somebody in at `nu`."""
        return self.filter(beeindigd_op__isnull=True, verloopt_op__gt=nu)

    def dood(self, nu: datetime) -> SessieQuerySet:
        """Those that don't any more, for whatever reason."""
        return self.filter(Q(beeindigd_op__isnull=False) | Q(verloopt_op__lte=nu))


class Sessie(models.Model):
    """One browser that is logged in, or is on its way to. All times are of the machine's clock, aware.

    `sleutel` is a hash of the key in the cookie: who reads this table can't become anybody. `bewaard` holds what was
    sent just after the end, encrypted, until the person is back (toegang.bewaren).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sleutel = models.CharField("hash van de sleutel", max_length=64, unique=True, editable=False)
    gegevens = models.TextField("gegevens", blank=True, editable=False)
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessies", verbose_name="gebruiker"
    )
    begonnen_op = models.DateTimeField("begonnen op")
    gezien_op = models.DateTimeField("laatst gebruikt op")
    verloopt_op = models.DateTimeField("verloopt op")
    beeindigd_op = models.DateTimeField("beëindigd op", null=True)
    einde = models.CharField("waarom beëindigd", max_length=12, choices=Einde, blank=True)
    adres = models.CharField("begin van het netwerkadres", max_length=45, blank=True)
    toestel = models.CharField("apparaat", max_length=60, blank=True)
    bewaard_op = models.DateTimeField("bewaard op", null=True, editable=False)
    bewaard = VersleuteldTekstVeld("nog niet verstuurd", null=True, editable=False)

    objects: ClassVar = SessieQuerySet.as_manager()

    class Meta:
        verbose_name = "sessie"
        verbose_name_plural = "sessies"
        ordering = ("-gezien_op", "pk")
        indexes = (
            models.Index(fields=["gebruiker", "-gezien_op", "id"], name="sessie_per_gebruiker"),
            models.Index(fields=["-gezien_op", "id"], name="sessie_nieuwste_eerst"),
            models.Index(fields=["verloopt_op"], name="sessie_verloopt"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(verloopt_op__lte=F("gezien_op") + LANGST_STIL), name="sessie_kwartier_stil"
            ),
            models.CheckConstraint(
                condition=Q(verloopt_op__lte=F("begonnen_op") + LANGST_INGELOGD), name="sessie_twaalf_uur"
            ),
            models.CheckConstraint(
                condition=Q(beeindigd_op__isnull=True, einde="")
                | Q(beeindigd_op__isnull=False, einde__in=Einde.values),
                name="sessie_einde_met_reden",
            ),
            models.CheckConstraint(
                condition=Q(bewaard_op__isnull=True, bewaard__isnull=True)
                | Q(bewaard_op__isnull=False, bewaard__isnull=False),
                name="sessie_bewaard_met_tijd",
            ),
        )

    def __str__(self) -> str:
        return f"sessie van {self.gebruiker or 'iemand die nog inlogt'}"


class Wachtwoordvraag(models.Model):
    """Somebody with an account asked for a new password; the worker mails the link, so that no answer waits for it.

    For an address without an account nothing is kept.
    """

    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="wachtwoordvragen")
    gevraagd_op = models.DateTimeField("gevraagd op")
    gemaild_op = models.DateTimeField("gemaild op", null=True)

    class Meta:
        verbose_name = "vraag om een nieuw wachtwoord"
        verbose_name_plural = "vragen om een nieuw wachtwoord"
        ordering = ("-gevraagd_op", "pk")
        indexes = (
            models.Index(fields=["-gevraagd_op", "id"], name="wachtwoordvraag_nieuwste"),
            models.Index(
                fields=["gevraagd_op"], condition=Q(gemaild_op__isnull=True), name="wachtwoordvraag_te_mailen"
            ),
        )

    def __str__(self) -> str:
        return f"vraag van {self.gebruiker}"

"""At which service an organisatie lets its people log in, and whom that service knows by which number."""

from __future__ import annotations

import uuid
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from ips_subsidie.opslag.velden import VersleuteldTekstVeld
from ips_subsidie.toegang.oidc.uitgaand import AdresGeweigerd, eis_adres

KORTSTE_SLEUTEL = 3072
_GEEN_EIS = "Vul minstens één acr-waarde of één amr-waarde in: anders is een wachtwoord alleen genoeg om in te loggen."


class Bewijs(models.TextChoices):
    """How the portal proves to the service that it is the portal."""

    BASIC = "client_secret_basic", "Geheim, in de kopregel (client_secret_basic)"
    POST = "client_secret_post", "Geheim, in het formulier (client_secret_post)"
    SLEUTEL = "private_key_jwt", "Privésleutel (private_key_jwt)"


class InlogdienstQuerySet(models.QuerySet["Inlogdienst"]):
    def actief(self) -> InlogdienstQuerySet:
        return self.filter(actief=True)


class Inlogdienst(models.Model):
    """The OpenID provider of one organisatie; what it asserts counts for that organisatie only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisatie = models.ForeignKey("toegang.Organisatie", models.PROTECT, related_name="inlogdiensten")
    naam = models.CharField(
        "naam", max_length=120, help_text="Zo staat de organisatie op de pagina waar u kiest."
    )
    issuer = models.CharField(
        "issuer",
        max_length=300,
        help_text="Het adres van de dienst, bijvoorbeeld https://login.voorbeeld.nl.",
    )
    client_id = models.CharField("client-id", max_length=200)
    bewijs = models.CharField("bewijs", max_length=24, choices=Bewijs, default=Bewijs.BASIC)
    # The secret, or the private key (PEM) when `bewijs` is that.
    geheim = VersleuteldTekstVeld("geheim", editable=False)
    acr_waarden = ArrayField(
        models.CharField(max_length=200), verbose_name="acr-waarden", default=list, blank=True,
        help_text="Waarden voor inloggen met een tweede factor, met komma’s ertussen. Een andere acr wordt geweigerd.",
    )  # fmt: skip
    amr_waarden = ArrayField(
        models.CharField(max_length=50), verbose_name="amr-waarden", default=list, blank=True,
        help_text="Minstens één van deze manieren van inloggen moet gebruikt zijn, bijvoorbeeld mfa.",
    )  # fmt: skip
    hoogstens_minuten = models.PositiveSmallIntegerField(
        "hoogstens zo lang geleden ingelogd (minuten)", default=720, null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
        help_text="Leeg: het portaal vraagt de dienst niet wanneer iemand daar inlogde.",
    )  # fmt: skip
    uitloggen_bij_dienst = models.BooleanField(
        "ook uitloggen bij de dienst", default=True,
        help_text="Wie in het portaal uitlogt, gaat door naar de uitlogpagina van de dienst.",
    )  # fmt: skip
    actief = models.BooleanField("actief", default=False)
    verplicht = models.BooleanField(
        "verplicht", default=False,
        help_text="Wie bij deze organisatie werkt, kan voor haar niet meer met een wachtwoord inloggen. Is de dienst "
        "langer weg, zet dit dan tijdelijk uit.",
    )  # fmt: skip

    objects = InlogdienstQuerySet.as_manager()

    class Meta:
        verbose_name = "inlogdienst"
        verbose_name_plural = "inlogdiensten"
        ordering = ("naam", "pk")
        indexes = (models.Index(fields=["organisatie", "actief"], name="inlogdienst_per_organisatie"),)
        constraints = (
            models.UniqueConstraint(
                fields=["issuer", "client_id"],
                name="inlogdienst_eenmalig",
                violation_error_message="Deze client-id van deze dienst staat er al.",
            ),
            models.CheckConstraint(
                condition=Q(verplicht=False) | Q(actief=True),
                name="inlogdienst_verplicht_is_actief",
                violation_error_message="Een inlogdienst die uit staat, kan niet verplicht zijn.",
            ),
            models.CheckConstraint(
                # Without one of these a password at the service would do, and no second factor.
                condition=~Q(acr_waarden=[]) | ~Q(amr_waarden=[]),
                name="inlogdienst_eist_factor",
                violation_error_message=_GEEN_EIS,
            ),
            models.CheckConstraint(
                condition=Q(hoogstens_minuten__isnull=True) | Q(hoogstens_minuten__range=(1, 720)),
                name="inlogdienst_hoogstens_een_dag",
                violation_error_message="Kies 1 tot en met 720 minuten.",
            ),
            models.CheckConstraint(
                condition=Q(issuer__regex=r"^https?://[^?#\s]+$") & ~Q(client_id=""),
                name="inlogdienst_adres_klopt",
                violation_error_message="Vul een issuer in zonder vraagteken of hekje, en een client-id.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.naam

    def clean(self) -> None:
        fouten: dict[str, Any] = {}
        try:
            eis_adres(self.issuer)
        except AdresGeweigerd:
            fouten["issuer"] = "Vul een adres in dat met https:// begint."
        if self.verplicht and self.organisatie_id and self.organisatie.soort == "beheer":
            fouten["verplicht"] = (
                "Voor de beheerders kan dit niet: zij moeten erin kunnen als de inlogdienst weg is."
            )
        if not (self.acr_waarden or self.amr_waarden):
            fouten["acr_waarden"] = _GEEN_EIS
        if self.bewijs == Bewijs.SLEUTEL and not _is_sleutel(self.geheim):
            fouten["bewijs"] = (
                f"Het geheim is geen RSA-privésleutel (PEM) van minstens {KORTSTE_SLEUTEL} bits. Vul die opnieuw in."
            )
        if fouten:
            raise ValidationError(fouten)


def _is_sleutel(tekst: str) -> bool:
    try:
        sleutel = load_pem_private_key(tekst.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return isinstance(sleutel, RSAPrivateKey) and sleutel.key_size >= KORTSTE_SLEUTEL


class Identiteit(models.Model):
    """A person as one service knows them: its `sub`, which never changes. Ended, never deleted.

    Made at the first login, for an account that is there and works for that organisatie.
    """

    inlogdienst = models.ForeignKey(Inlogdienst, models.PROTECT, related_name="identiteiten")
    sub = models.CharField("nummer bij de dienst (sub)", max_length=255)
    gebruiker = models.ForeignKey("toegang.Gebruiker", models.PROTECT, related_name="identiteiten")
    gekoppeld_op = models.DateTimeField("gekoppeld op")
    beeindigd_op = models.DateTimeField("beëindigd op", null=True, blank=True)

    class Meta:
        verbose_name = "identiteit"
        verbose_name_plural = "identiteiten"
        ordering = ("-gekoppeld_op", "-pk")
        indexes = (models.Index(fields=["-gekoppeld_op", "-id"], name="identiteit_nieuwste_eerst"),)
        constraints = (
            models.UniqueConstraint(
                fields=["inlogdienst", "sub"],
                condition=Q(beeindigd_op__isnull=True),
                name="identiteit_een_gebruiker",
            ),
            # The same address under another number is another person, until a beheerder says otherwise.
            models.UniqueConstraint(
                fields=["inlogdienst", "gebruiker"],
                condition=Q(beeindigd_op__isnull=True),
                name="identiteit_een_nummer",
            ),
            models.CheckConstraint(
                condition=Q(beeindigd_op__isnull=True) | Q(beeindigd_op__gte=F("gekoppeld_op")),
                name="identiteit_einde_na_begin",
            ),
            models.CheckConstraint(condition=~Q(sub=""), name="identiteit_heeft_nummer"),
        )

    def __str__(self) -> str:
        return f"{self.gebruiker} bij {self.inlogdienst}"

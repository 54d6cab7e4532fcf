from django.db import models


class Feestdag(models.Model):
    """A day on which no term of the law ends (Atw art. 1 and 3). Kept by the beheerder: a KB may add days."""

    datum = models.DateField("datum", unique=True)
    naam = models.CharField("naam", max_length=80)
    grondslag = models.CharField("grondslag", max_length=120)
    zeker = models.BooleanField(
        "zeker",
        default=True,
        help_text="Uit: de dag telt mee, maar het besluit dat hem gelijkstelt is niet gevonden.",
    )

    class Meta:
        verbose_name = "feestdag"
        verbose_name_plural = "feestdagen"
        ordering = ("datum",)

    def __str__(self) -> str:
        return f"{self.naam} ({self.datum:%d-%m-%Y})"

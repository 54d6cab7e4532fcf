"""What a gemeente checked in her own administration before she answers; each check is kept (infosheet 2019)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from aanvragen.models.aanvraag import Aanvraag
from ips_subsidie.logboek.schrijven import Onderwerp


class Gemeentetoets(models.Model):
    """One check of the uitkering, of another traject and of the voorzieningen in use. The last one counts."""

    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="gemeentetoetsen")
    organisatie = models.ForeignKey("toegang.Organisatie", models.PROTECT, related_name="+")
    uitkering_klopt = models.BooleanField("uitkering klopt")
    ander_traject = models.BooleanField("volgt een ander traject")
    voorzieningen = models.TextField("voorzieningen die al lopen", max_length=1000, blank=True)
    vastgelegd_op = models.DateTimeField("vastgelegd op")
    vastgelegd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "gemeentetoets"
        verbose_name_plural = "gemeentetoetsen"
        ordering = ("-vastgelegd_op", "-pk")
        indexes = (models.Index(fields=["aanvraag", "-vastgelegd_op", "-id"], name="gemeentetoets_laatste"),)

    def __str__(self) -> str:
        return f"gemeentetoets van {self.vastgelegd_op:%d-%m-%Y}"

    def onderwerp(self) -> Onderwerp:
        van = self.aanvraag.onderwerp()
        return Onderwerp("aanvragen.gemeentetoets", str(self.pk), van.dossier_id, van.client_id, van.kenmerk)


def laatste_toets(aanvraag: Aanvraag) -> Gemeentetoets | None:
    """The check that counts, with who did it."""
    return aanvraag.gemeentetoetsen.select_related("vastgelegd_door", "organisatie").first()

"""The PDF of a brief: made once, after the act that froze its data."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import connection, transaction

from aanvragen.models import Brief, BriefBestand
from ips_subsidie.brieven.maak import BriefMislukt, maak_pdf
from ips_subsidie.opslag.models import Bestand

log = logging.getLogger(__name__)

PARTIJ = 500


def naam_van(brief: Brief) -> str:
    """The name of the file, without personal data: `IPS-4K7Q2MB-verlening.pdf`."""
    return f"{brief.aanvraag.kenmerk}-{brief.sjabloon.replace('_', '-')}.pdf"


def inhoud_van(brief: Brief) -> bytes:
    """The bytes, for a page that may not write: those that were kept, or the same ones made anew."""
    bestaand = _bestaand(brief)
    return bytes(bestaand.inhoud) if bestaand else maak_pdf(brief.sjabloon, brief.gegevens, datum=brief.datum)


def pdf_van(brief: Brief) -> Bestand:
    """The PDF of this brief, made and kept when it wasn't yet. Raises BriefMislukt."""
    bestaand = _bestaand(brief)
    if bestaand is not None:
        return bestaand
    with transaction.atomic():
        # The letter itself can't be locked: nobody has the right to change it.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"brief {brief.pk}"])
        return _bestaand(brief) or _maak(brief)


def maak_ontbrekende() -> int:
    """Make what is not there yet, each in its own transaction; returns how many were made.

    What another worker is making is left to it, and one that fails doesn't hold up the rest.
    """
    nummers = Brief.objects.filter(pdf__isnull=True).order_by("gemaakt_op", "pk").values_list("pk", flat=True)
    return sum(_probeer(nummer) for nummer in list(nummers[:PARTIJ]))


def _probeer(nummer: UUID) -> int:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"brief {nummer}"])
            if not cursor.fetchone()[0]:
                return 0
        brief = Brief.objects.select_related("aanvraag").get(pk=nummer)
        if _bestaand(brief) is not None:
            return 0
        try:
            _maak(brief)
        except BriefMislukt as fout:
            log.error("brief %s is niet gemaakt: %s", brief.pk, fout)
            return 0
    return 1


def _maak(brief: Brief) -> Bestand:
    inhoud = maak_pdf(brief.sjabloon, brief.gegevens, datum=brief.datum)
    bestand = Bestand.objects.bewaar_inhoud(inhoud, naam_van(brief))
    BriefBestand.objects.create(brief=brief, bestand=bestand)
    return bestand


def _bestaand(brief: Brief) -> Bestand | None:
    return Bestand.objects.filter(brief__brief=brief).first()

"""Files that clamd has not seen yet: scan them, keep what it said, and tell whose dossier has one with a virus."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from aanvragen.handelingen.dossier import meld_beslisser, meld_instelling
from aanvragen.models import Aanvraag
from ips_subsidie.logboek.schrijven import Onderwerp, schrijf_gebeurtenis
from ips_subsidie.opslag.models import Bestand, Virusscan
from ips_subsidie.opslag.virusscan import Uitslag, scan, scant

log = logging.getLogger(__name__)
PER_KEER = 50
# The ways in which a file belongs to a dossier.
_WEGEN = ("bijlagen__bestand", "gesprek__bestand", "bezwaren__bestand", "ingebrekestellingen__bestand")


def scan_wachtende(nu: datetime, hoogstens: int = PER_KEER) -> int:
    """Scan the oldest files that have no outcome; stops when clamd doesn't answer. How many have one now."""
    if not scant():
        return 0
    gedaan = 0
    for nummer in list(Bestand.objects.nog_te_scannen().values_list("pk", flat=True)[:hoogstens]):
        uitslag = scan(bytes(Bestand.objects.get(pk=nummer).inhoud))
        if uitslag is Uitslag.WACHT:
            log.error("%s bestanden wachten nog op de virusscan", Bestand.objects.nog_te_scannen().count())
            break
        _bewaar(nummer, uitslag, nu)
        gedaan += 1
    return gedaan


def _bewaar(nummer: UUID, uitslag: Uitslag, nu: datetime) -> None:
    with transaction.atomic():
        bestand = Bestand.objects.zonder_inhoud().get(pk=nummer)
        _, nieuw = Virusscan.objects.get_or_create(bestand=bestand, defaults={"uitslag": uitslag, "op": nu})
        if not nieuw or uitslag is not Uitslag.BESMET:
            return
        aanvraag = _dossier_van(bestand)
        schrijf_gebeurtenis(
            "bijlage.besmet",
            onderwerp=Onderwerp("opslag.bestand", str(nummer), dossier_id=aanvraag.pk if aanvraag else None),
            geweigerd=True,
            op=nu,
        )
        if aanvraag is not None:
            meld_instelling(aanvraag, "bestand_besmet", "Een bestand is geweigerd door de virusscan", nu)
            if aanvraag.ontvangen_op is not None:
                meld_beslisser(aanvraag, "bestand_besmet", "Een bestand is geweigerd door de virusscan", nu)


def _dossier_van(bestand: Bestand) -> Aanvraag | None:
    for weg in _WEGEN:
        gevonden = Aanvraag.objects.select_related("instelling").filter(**{weg: bestand}).first()
        if gevonden is not None:
            return gevonden
    return None

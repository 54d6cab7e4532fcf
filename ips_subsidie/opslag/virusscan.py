"""Every file that comes in goes past clamd, where the operator has one (settings.CLAMD_ADRES). Fail closed.

A file with a virus is refused. While clamd doesn't answer, a file is kept but stays apart: nobody can open it until a
later scan has found it clean. Without CLAMD_ADRES nothing is scanned; the judging by content (bestanden.py) remains.
"""

from __future__ import annotations

import hashlib
import io
import logging
from typing import Any
from urllib.parse import urlsplit

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import TextChoices

log = logging.getLogger(__name__)
POORT = 3310
GEWEIGERD = "In dit bestand zit een virus. Wij nemen het niet aan. Vraag uw ICT-afdeling om hulp."
_ONTHOUDEN = "_virusscan"


class Uitslag(TextChoices):
    SCHOON = "schoon", "Geen virus gevonden"
    BESMET = "besmet", "Geweigerd: er zit een virus in"
    WACHT = "wacht", "Wordt gecontroleerd op virussen"


def achter_de_naam(uitslag: str | None) -> str:
    """What a list says behind the name of a file, given what the scan said of it: nothing when it can be opened."""
    if not scant() or uitslag == Uitslag.SCHOON:
        return ""
    stand = Uitslag(uitslag) if uitslag else Uitslag.WACHT
    return f" ({stand.label[0].lower()}{stand.label[1:]})"


def scant() -> bool:
    """Is there a clamd to ask?"""
    return bool(settings.CLAMD_ADRES)


def scan(inhoud: bytes) -> Uitslag:
    """What clamd says of these bytes; WACHT when it says nothing, or nothing that can be understood."""
    try:
        antwoord = _clamd().instream(io.BytesIO(inhoud))
    except (ClamdError, OSError, ValueError) as fout:
        log.error("clamd antwoordt niet: %s", type(fout).__name__)
        return Uitslag.WACHT
    standen = {status for status, _ in antwoord.values()}
    if "FOUND" in standen:
        log.warning("clamd vond een virus: %s", ", ".join(str(wat) for _, wat in antwoord.values())[:120])
        return Uitslag.BESMET
    return Uitslag.SCHOON if standen == {"OK"} else Uitslag.WACHT


def keur_upload(upload: Any, inhoud: bytes) -> None:
    """Scan once what came in a form, before the act and its lock. Raises ValidationError for a virus.

    The outcome goes along with the upload, under the hash of what was scanned.
    """
    if not scant():
        return
    uitslag = scan(inhoud)
    if uitslag is Uitslag.BESMET:
        raise ValidationError(GEWEIGERD, code="virus")
    setattr(upload, _ONTHOUDEN, (hashlib.sha256(inhoud).hexdigest(), uitslag))


def eerdere_uitslag(upload: Any, inhoud: bytes) -> Uitslag | None:
    """What `keur_upload` found of these very bytes."""
    bewaard = getattr(upload, _ONTHOUDEN, None)
    if bewaard is None or bewaard[0] != hashlib.sha256(inhoud).hexdigest():
        return None
    return Uitslag(bewaard[1])


def _clamd() -> ClamdNetworkSocket:
    adres = urlsplit(settings.CLAMD_ADRES)
    wacht = settings.CLAMD_SECONDEN
    if adres.scheme == "unix" and adres.path:
        return ClamdUnixSocket(adres.path, wacht)
    if adres.scheme == "tcp" and adres.hostname:
        return ClamdNetworkSocket(adres.hostname, adres.port or POORT, wacht)
    raise ImproperlyConfigured("CLAMD_ADRES is tcp://computer:3310 of unix:///pad/naar/clamd.sock.")

"""What may be uploaded: PDF, JPEG and PNG, by content.

The name and the type that the browser sends prove nothing. XML is kept too, but is no upload like any other: who
takes it in reads it first, with a reader that trusts nothing (`BestandQuerySet.bewaar_xml`).
"""

import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import TextChoices

from ips_subsidie.opslag import pdf_keuring
from ips_subsidie.opslag.beelden import JPEG_BEGIN, PNG_BEGIN, keur_jpeg, keur_png
from ips_subsidie.opslag.virusscan import keur_upload

MAX_BYTES = 10 * 1024 * 1024
MAX_NAAM = 120
MAX_ACHTERVOEGSEL = 10
KEURING_SECONDEN = 8
PDF_BEGIN = b"%PDF-"


class Soort(TextChoices):
    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    XML = "application/xml", "XML"


ACHTERVOEGSELS: dict[Soort, tuple[str, ...]] = {
    Soort.PDF: (".pdf",),
    Soort.JPEG: (".jpg", ".jpeg"),
    Soort.PNG: (".png",),
}
MELDINGEN = {
    "leeg": "Dit bestand is leeg. Kies een ander bestand.",
    "te_groot": "Dit bestand is te groot. Een bestand mag niet groter zijn dan 10 MB.",
    "verkeerde_soort": "Dit is geen PDF, JPEG of PNG. Sla het bestand eerst op als PDF en kies het opnieuw.",
    "verkeerde_naam": "De bestandsnaam past niet bij de inhoud. De naam moet eindigen op {achtervoegsel}.",
    "beschadigd": "Dit bestand is beschadigd of niet compleet. Maak het opnieuw en kies het dan weer.",
    "versleuteld": "Dit bestand heeft een wachtwoord. Haal het eraf en kies het opnieuw.",
    "script": "In dit bestand zit een programma. Druk het af naar PDF en kies dat bestand.",
    "bijlage": "In dit bestand zit een ander bestand. Voeg alleen het document zelf toe.",
    "formulier": "Dit is een formulier dat wij niet kunnen lezen. Druk het af naar PDF en kies dat bestand.",
    "te_veel_paginas": f"Dit bestand heeft te veel pagina's. Er mogen er {pdf_keuring.MAX_PAGINAS} in.",
    "te_groot_beeld": "Deze afbeelding is te groot. Maak haar kleiner en kies haar dan opnieuw.",
    "te_zwaar": "Wij kunnen dit bestand niet controleren. Druk het af naar PDF en kies dat bestand.",
}


def controleer_upload(bestand: UploadedFile) -> Soort:
    """The kind of this file by its content. Raises ValidationError, in Dutch, when it may not be kept."""
    if bestand.size is not None and bestand.size > MAX_BYTES:
        raise _fout("te_groot")
    bestand.seek(0)
    inhoud = bestand.read(MAX_BYTES + 1)
    bestand.seek(0)
    soort = controleer_inhoud(inhoud, bestand.name or "")
    keur_upload(bestand, inhoud)
    return soort


def controleer_inhoud(inhoud: bytes, naam: str) -> Soort:
    """As `controleer_upload`, for bytes and a name."""
    if not inhoud:
        raise _fout("leeg")
    if len(inhoud) > MAX_BYTES:
        raise _fout("te_groot")
    soort = soort_van(inhoud)
    if soort is None:
        raise _fout("verkeerde_soort")
    achtervoegsels = ACHTERVOEGSELS[soort]
    if not schone_naam(naam).lower().endswith(achtervoegsels):
        raise _fout("verkeerde_naam", achtervoegsel=" of ".join(achtervoegsels))
    oordeel = _keur(soort, inhoud)
    if oordeel is not None:
        raise _fout(oordeel)
    return soort


def soort_van(inhoud: bytes) -> Soort | None:
    """By the first bytes, at place zero: nothing may stand before them."""
    for begin, soort in ((PDF_BEGIN, Soort.PDF), (JPEG_BEGIN, Soort.JPEG), (PNG_BEGIN, Soort.PNG)):
        if inhoud.startswith(begin):
            return soort
    return None


def schone_naam(naam: str) -> str:
    """A name to show.

    No folder, no control, formatting or reserved signs, at most 120 long, its ending kept.
    """
    kaal = unicodedata.normalize("NFC", re.split(r"[/\\]", naam)[-1])
    kaal = "".join(teken for teken in kaal if unicodedata.category(teken)[0] not in "CZ" or teken == " ")
    kaal = re.sub(r'[<>:"|?*]', "", kaal)
    kaal = re.sub(r" +", " ", kaal).strip(" .")
    if not kaal:
        return "bestand"
    if len(kaal) <= MAX_NAAM:
        return kaal
    achtervoegsel = Path(kaal).suffix
    if len(achtervoegsel) > MAX_ACHTERVOEGSEL:
        achtervoegsel = ""
    return kaal[: MAX_NAAM - len(achtervoegsel)].rstrip(" .") + achtervoegsel


def _keur(soort: Soort, inhoud: bytes) -> str | None:
    if soort == Soort.PNG:
        return keur_png(inhoud)
    if soort == Soort.JPEG:
        return keur_jpeg(inhoud)
    return _keur_pdf(inhoud)


def _keur_pdf(inhoud: bytes) -> str | None:
    """In a process of its own, with nothing of this one's environment.

    Whatever it does, the answer is a word.
    """
    try:
        uitslag = subprocess.run(  # noqa: S603 - our own interpreter and file, the upload only as input
            [sys.executable, "-I", pdf_keuring.__file__],
            input=inhoud,
            capture_output=True,
            timeout=KEURING_SECONDEN,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "te_zwaar"
    oordeel = uitslag.stdout.decode("ascii", "replace")
    if uitslag.returncode != 0 or (oordeel != "goed" and oordeel not in MELDINGEN):
        return "te_zwaar"
    return None if oordeel == "goed" else oordeel


def _fout(code: str, **waarden: Any) -> ValidationError:
    return ValidationError(MELDINGEN[code].format(**waarden), code=code)

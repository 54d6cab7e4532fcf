"""P27: the whole set of odd and evil files. Each gets the right verdict within ten seconds; none good is refused."""

from __future__ import annotations

import resource
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from ips_subsidie.opslag.bestanden import MELDINGEN, controleer_upload
from ips_subsidie.opslag.download import als_download
from ips_subsidie.opslag.models import Bestand
from tests.opslag.boze_bestanden import GEVALLEN, Geval

SECONDEN = 10
MEER_GEHEUGEN = 150 * 1024  # kilobytes


def test_de_set_is_groot_genoeg() -> None:
    assert len(GEVALLEN) >= 80
    assert sum(not geval.oordelen for geval in GEVALLEN) >= 12


@pytest.mark.django_db
@pytest.mark.parametrize("geval", GEVALLEN, ids=str)
def test_elk_bestand_krijgt_het_goede_oordeel(geval: Geval) -> None:
    """P27: kept and served as an attachment, or refused in Dutch that says what to do; the worker doesn't grow."""
    inhoud = geval.inhoud()
    voor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.monotonic()
    try:
        controleer_upload(SimpleUploadedFile(geval.naam or "x", inhoud))
        oordeel = melding = ""
    except ValidationError as fout:
        oordeel, melding = str(fout.code), fout.messages[0]
    assert time.monotonic() - begin <= SECONDEN
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - voor <= MEER_GEHEUGEN
    assert (oordeel in geval.oordelen) if geval.oordelen else not oordeel, oordeel
    assert not oordeel or melding[:12] in MELDINGEN[oordeel]
    if not geval.oordelen:
        antwoord = als_download(Bestand.objects.bewaar(SimpleUploadedFile(geval.naam, inhoud)))
        assert antwoord.headers["Content-Disposition"].startswith("attachment")
        assert antwoord.headers["X-Content-Type-Options"] == "nosniff"
        assert not set(antwoord.headers["Content-Disposition"]) & set("\r\n\0")

"""How a kept file leaves the house. Who may have it is for the view that calls this to decide."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from ips_subsidie.opslag.models import Bestand


def als_download(bestand: Bestand) -> HttpResponse:
    """An attachment, never shown within our own pages, never kept by a cache between."""
    antwoord = HttpResponse(bytes(bestand.inhoud), content_type=str(bestand.soort))
    antwoord.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=bestand.naam) or "attachment"
    )
    antwoord.headers["X-Content-Type-Options"] = "nosniff"
    antwoord.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord

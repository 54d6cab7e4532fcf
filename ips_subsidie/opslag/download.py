"""How a kept file leaves the house. Who may have it is for the view that calls this to decide."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from ips_subsidie.opslag.models import Bestand
from ips_subsidie.opslag.virusscan import Uitslag, scan


class Apart(Exception):
    """This file can't be opened (yet): it waits for the scan, or a virus was found. `uitslag` says which."""

    def __init__(self, uitslag: Uitslag) -> None:
        self.uitslag = uitslag
        super().__init__(uitslag.value)


def als_download(bestand: Bestand) -> HttpResponse:
    """An attachment, never shown within our own pages, never kept by a cache between.

    A file that was never scanned is scanned now. Raises Apart where it isn't known to be clean.
    """
    stand = bestand.scanstand()
    if stand is Uitslag.WACHT:
        stand = scan(bytes(bestand.inhoud))
    if stand in (Uitslag.WACHT, Uitslag.BESMET):
        raise Apart(stand)
    antwoord = HttpResponse(bytes(bestand.inhoud), content_type=str(bestand.soort))
    antwoord.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=bestand.naam) or "attachment"
    )
    antwoord.headers["X-Content-Type-Options"] = "nosniff"
    antwoord.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord

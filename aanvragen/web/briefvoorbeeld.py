"""The letter of a besluit before it is taken: what each page that decides offers beside its button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpResponse

from ips_subsidie.brieven.gegevens import Brief
from ips_subsidie.brieven.maak import BriefMislukt, maak_brief
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.opslag.bestanden import Soort
from ips_subsidie.opslag.download import als_download
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.vormgeving.formulieren import Formulier


def als_voorbeeld(
    formulier: Formulier, redenen: Sequence[Reden], maak: Callable[[], Brief], kenmerk: str
) -> HttpResponse | None:
    """The letter that `maak` gives as a download, so that the page with what was typed stays; nothing is kept.

    None when there is none: the form then says why, be it `redenen`, what was typed or what the act would refuse.
    """
    if redenen:
        formulier.fout_van(redenen)
    elif formulier.is_valid():
        try:
            inhoud = maak_brief(maak(), voorbeeld=True)
        except HandelingGeweigerd as weigering:
            formulier.fout_van(weigering)
        except BriefMislukt:
            tekst = "Van deze tekst kan geen brief worden gemaakt. Maak de tekst korter of eenvoudiger."
            formulier.fout_van([Reden("brief", tekst, veld="motivering")])
        else:
            return als_download(Bestand(naam=f"voorbeeld-{kenmerk}.pdf", soort=Soort.PDF, inhoud=inhoud))
    return None

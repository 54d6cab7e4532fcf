"""What was asked for as an aanvulling, as a page shows it: each point with the page where it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from aanvragen.handelingen.aanvulling import gevraagde_punten
from aanvragen.models import Aanvraag
from aanvragen.regels.aanvulling import Punt
from aanvragen.regels.statussen import AanvraagStatus
from aanvragen.regels.volledigheid import Onderdeel


@dataclass(frozen=True)
class Gevraagd:
    """One point; `url` is empty for who can't mend it."""

    tekst: str
    url: str = ""


@dataclass(frozen=True)
class Vraag:
    """All that is still awaited: the points of the form, and what the official wrote."""

    punten: tuple[Gevraagd, ...]
    tekst: str


def vraag_van(
    aanvraag: Aanvraag, *, met_links: bool = False, alleen: Onderdeel | None = None
) -> Vraag | None:
    """What is awaited now, of the whole form or of one onderdeel; None when nothing is."""
    if aanvraag.status != AanvraagStatus.ONVOLLEDIG:
        return None
    punten = [p for p in gevraagde_punten(aanvraag) if alleen is None or p.onderdeel is alleen]
    tekst = aanvraag.aanvulling_vraag if alleen is None else ""
    if not punten and not tekst:
        return None
    return Vraag(tuple(Gevraagd(p.tekst, _adres(aanvraag, p) if met_links else "") for p in punten), tekst)


def _adres(aanvraag: Aanvraag, punt: Punt) -> str:
    if punt.onderdeel is None:
        return reverse("aanvragen:aanvraag_ondertekenen", args=[aanvraag.pk])
    return reverse("aanvragen:onderdeel", args=[aanvraag.pk, punt.onderdeel.value])

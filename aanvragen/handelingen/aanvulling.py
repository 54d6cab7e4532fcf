"""What the form of an aanvraag asks, in the words of its fields: to name what is missing, and to show what to mend."""

from __future__ import annotations

from functools import cache

from aanvragen.models import Aanvraag, Behandeling, Deelnemer
from aanvragen.regels.aanvulling import Punt, gekozen, punten_van

# Where the name of the field alone says too little to who must mend it.
_ANDERS = {
    "trajectbegeleider_telefoon": "telefoonnummer van de trajectbegeleider",
    "werk": "betaald werk in loondienst",
    "werkzoekend_ingeschreven": "ingeschreven bij UWV als werkzoekende",
    "gediagnosticeerd": "aandoening vastgesteld",
    "begonnen_in": "in behandeling sinds",
}


@cache
def _woorden() -> dict[str, str]:
    namen = {
        veld.attname: str(veld.verbose_name)
        for model in (Aanvraag, Deelnemer, Behandeling)
        for veld in model._meta.concrete_fields
    }
    return namen | _ANDERS


def formulierpunten(aanvraag: Aanvraag) -> list[Punt]:
    """All that the form of this version asks, and that can still be mended."""
    return punten_van(aanvraag.inhoud, aanvraag.route, _woorden())


def gevraagde_punten(aanvraag: Aanvraag) -> list[Punt]:
    """What was asked for as an aanvulling, of what is on the form."""
    return gekozen(formulierpunten(aanvraag), aanvraag.aanvulling_punten)


def gevraagd_in_regels(aanvraag: Aanvraag) -> str:
    """Everything that was asked, one thing a line: what is on the form, then what the official wrote."""
    return "\n".join(
        [*(punt.tekst for punt in gevraagde_punten(aanvraag)), aanvraag.aanvulling_vraag]
    ).strip()

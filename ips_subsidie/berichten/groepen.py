"""The kinds of berichten in groups that a person can choose a way of mailing for; what the law demands is not one."""

from __future__ import annotations

from django.db import models


class Groep(models.TextChoices):
    """What a bericht is about, in the words of the page where a person chooses."""

    WETTELIJK = "wettelijk", "Besluiten, termijnen en vragen die de wet voorschrijft"
    TAAK = "taak", "Nieuw werk voor u"
    HERINNERING = "herinnering", "Herinneringen"
    VOORTGANG = "voortgang", "Wat er in een dossier gebeurt"
    GELD = "geld", "Facturen en betalingen"
    OVERLEG = "overleg", "Overleg en gesprekken"


class Wijze(models.TextChoices):
    DIRECT = "direct", "Meteen een mail"
    DAGELIJKS = "dagelijks", "Eén mail per dag met alles, om 7 uur"
    GEEN = "geen", "Geen mail, alleen in het portaal"


# A kind belongs to the first group of which a beginning fits. One that nobody placed here can't be switched off.
_BEGINT: tuple[tuple[str, Groep], ...] = (
    ("herinnering_hersteltermijn", Groep.WETTELIJK),
    ("herinnering_verslag", Groep.WETTELIJK),
    ("herinnering_bezwaar", Groep.WETTELIJK),
    ("herinnering_zienswijze", Groep.WETTELIJK),
    ("herinnering_dwangsom", Groep.WETTELIJK),
    ("herinnering_", Groep.HERINNERING),
    ("aanvraag_ontvangen", Groep.TAAK),
    ("beoordeeld", Groep.TAAK),
    ("budget_gevraagd", Groep.TAAK),
    ("toestemming_gevraagd", Groep.TAAK),
    ("verlenging_gevraagd", Groep.TAAK),
    ("verslag_ontvangen", Groep.TAAK),
    ("vaststelling_voorgesteld", Groep.TAAK),
    ("voordracht_gedaan", Groep.TAAK),
    ("traject_", Groep.VOORTGANG),
    ("stopbericht_", Groep.VOORTGANG),
    ("budget_", Groep.VOORTGANG),
    ("geen_budget", Groep.VOORTGANG),
    ("toestemming_", Groep.VOORTGANG),
    ("voordracht_", Groep.VOORTGANG),
    ("aanvraag_ingetrokken", Groep.VOORTGANG),
    ("factuur_", Groep.GELD),
    ("inkooporder_", Groep.GELD),
    ("rekening_", Groep.GELD),
    ("overleg_", Groep.OVERLEG),
    ("gesprek", Groep.OVERLEG),
)


def groep_van(soort: str) -> Groep:
    """The group of this kind of bericht."""
    return next((groep for begin, groep in _BEGINT if soort.startswith(begin)), Groep.WETTELIJK)

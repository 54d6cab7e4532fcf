"""The statuses, each one column with a check constraint; and what users read of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices


class AanvraagStatus(TextChoices):
    CONCEPT = "concept", "Concept"
    WACHT_OP_TOESTEMMING = "wacht_op_toestemming", "Wacht op toestemming"
    INGEDIEND = "ingediend", "Ingediend"
    ONVOLLEDIG = "onvolledig", "Aanvulling gevraagd"
    IN_BEHANDELING = "in_behandeling", "In behandeling"
    BUDGET_GEVRAAGD = "budget_gevraagd", "Budget gevraagd bij UWV"
    BUDGET_GERESERVEERD = "budget_gereserveerd", "Budget gereserveerd"
    GEEN_BUDGET = "geen_budget", "Geen budget"
    TOEGEKEND = "toegekend", "Toegekend"
    AFGEWEZEN = "afgewezen", "Afgewezen"
    BUITEN_BEHANDELING = "buiten_behandeling", "Buiten behandeling"
    INGETROKKEN = "ingetrokken", "Ingetrokken"
    VERVALLEN = "vervallen", "Vervallen"
    BESLUIT_INGETROKKEN = "besluit_ingetrokken", "Besluit ingetrokken"


class ToestemmingStatus(TextChoices):
    GEVRAAGD = "gevraagd", "Gevraagd"
    VERLEEND = "verleend", "Verleend"
    GEBRUIKT = "gebruikt", "Gebruikt voor een aanvraag"
    INGELOST = "ingelost", "Aanvraag toegekend"
    GEWEIGERD = "geweigerd", "Geweigerd"
    INGETROKKEN = "ingetrokken", "Ingetrokken"
    VERLOPEN = "verlopen", "Verlopen"


class VoordrachtStatus(TextChoices):
    GEDAAN = "gedaan", "Wacht op de instelling"
    AANGENOMEN = "aangenomen", "Aangenomen"
    AFGEWEZEN = "afgewezen", "Niet aangenomen"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


class TrajectStatus(TextChoices):
    GEPLAND = "gepland", "Nog niet gestart"
    GESTART = "gestart", "Gestart"
    VOORTIJDIG_BEEINDIGD = "voortijdig_beeindigd", "Eerder gestopt"
    NIET_GESTART = "niet_gestart", "Niet gestart"


class VerlengingStatus(TextChoices):
    AANGEVRAAGD = "aangevraagd", "Aangevraagd"
    TOEGEKEND = "toegekend", "Toegekend"
    AFGEWEZEN = "afgewezen", "Afgewezen"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


class StopberichtStatus(TextChoices):
    """Deel 1 is sent by the instelling, deel 2 is the confirmation of who decides (domain text, 4.8)."""

    VERZONDEN = "verzonden", "Gemeld, nog niet bevestigd"
    BEVESTIGD = "bevestigd", "Bevestigd"
    VERWERKT = "verwerkt", "Verwerkt door UWV"
    HERROEPEN = "herroepen", "Herroepen"


class VaststellingStatus(TextChoices):
    """From the end of the traject to the besluit on what the subsidie comes to (domain text, 4.9)."""

    OPGESCHORT = "opgeschort", "Het traject loopt weer"
    VERSLAG_GEVRAAGD = "verslag_gevraagd", "Wacht op het verslag"
    VERSLAG_ONTVANGEN = "verslag_ontvangen", "Verslag ontvangen"
    VOORGESTELD = "voorgesteld", "Klaar voor besluit"
    VOORGENOMEN_LAGER = "voorgenomen_lager", "Voornemen om lager vast te stellen"
    VASTGESTELD = "vastgesteld", "Vastgesteld"


class Partij(StrEnum):
    """Who can be aan zet."""

    INSTELLING = "de ggz-instelling"
    GEMEENTE = "de gemeente"
    UWV = "UWV"
    NIEMAND = "niemand"


@dataclass(frozen=True)
class Fase:
    """What a status means to a user: public words, a badge, who is aan zet and what that party does."""

    tekst: str
    badge: str
    aan_zet: Partij
    taak: str


FASEN: dict[str, Fase] = {
    AanvraagStatus.CONCEPT: Fase(
        "Nog niet verstuurd", "neutraal", Partij.INSTELLING, "Vul de aanvraag verder in en verstuur hem."
    ),
    AanvraagStatus.WACHT_OP_TOESTEMMING: Fase(
        "Wacht op toestemming", "let_op", Partij.GEMEENTE, "De gemeente beslist of zij toestemming geeft."
    ),
    AanvraagStatus.INGEDIEND: Fase(
        "Ontvangen door UWV", "info", Partij.UWV, "UWV kijkt of de aanvraag compleet is."
    ),
    AanvraagStatus.ONVOLLEDIG: Fase(
        "Aanvulling gevraagd",
        "let_op",
        Partij.INSTELLING,
        "Vul de aanvraag aan, voor de datum die erbij staat.",
    ),
    AanvraagStatus.IN_BEHANDELING: Fase(
        "In behandeling", "info", Partij.UWV, "UWV beslist over de aanvraag."
    ),
    AanvraagStatus.BUDGET_GEVRAAGD: Fase("Budget gevraagd", "info", Partij.UWV, "UWV kijkt of er budget is."),
    AanvraagStatus.BUDGET_GERESERVEERD: Fase(
        "Budget gereserveerd",
        "info",
        Partij.GEMEENTE,
        "De gemeente neemt het besluit, zolang de reservering geldt.",
    ),
    AanvraagStatus.GEEN_BUDGET: Fase(
        "Geen budget", "let_op", Partij.GEMEENTE, "Er is geen budget meer. De gemeente wijst de aanvraag af."
    ),
    AanvraagStatus.TOEGEKEND: Fase(
        "Toegekend", "goed", Partij.INSTELLING, "Start het traject en geef de startdatum door."
    ),
    AanvraagStatus.AFGEWEZEN: Fase(
        "Afgewezen", "fout", Partij.NIEMAND, "U kunt bezwaar maken. In de brief staat hoe, en tot wanneer."
    ),
    AanvraagStatus.BUITEN_BEHANDELING: Fase(
        "Niet in behandeling genomen",
        "fout",
        Partij.NIEMAND,
        "U kunt bezwaar maken of een nieuwe aanvraag doen.",
    ),
    AanvraagStatus.INGETROKKEN: Fase(
        "Ingetrokken", "inactief", Partij.NIEMAND, "De instelling heeft de aanvraag ingetrokken."
    ),
    AanvraagStatus.VERVALLEN: Fase(
        "Vervallen",
        "inactief",
        Partij.NIEMAND,
        "Zonder toestemming van de gemeente gaat deze aanvraag niet door.",
    ),
    AanvraagStatus.BESLUIT_INGETROKKEN: Fase(
        "Besluit ingetrokken", "fout", Partij.NIEMAND, "Het besluit is ingetrokken. Er is geen subsidie meer."
    ),
}

# Where the gemeente decides, these read otherwise.
FASEN_BIJ_GEMEENTE: dict[str, Fase] = {
    **FASEN,
    AanvraagStatus.INGEDIEND: Fase(
        "Ontvangen door de gemeente",
        "info",
        Partij.GEMEENTE,
        "De gemeente kijkt of de aanvraag compleet is.",
    ),
    AanvraagStatus.IN_BEHANDELING: Fase(
        "In behandeling", "info", Partij.GEMEENTE, "De gemeente behandelt de aanvraag en beslist erover."
    ),
}


def fase_van(status: str, *, gemeente_beslist: bool) -> Fase:
    return (FASEN_BIJ_GEMEENTE if gemeente_beslist else FASEN)[status]


# Still to be decided, by UWV or by the gemeente.
OPEN = (
    AanvraagStatus.INGEDIEND,
    AanvraagStatus.ONVOLLEDIG,
    AanvraagStatus.IN_BEHANDELING,
    AanvraagStatus.BUDGET_GEVRAAGD,
    AanvraagStatus.BUDGET_GERESERVEERD,
    AanvraagStatus.GEEN_BUDGET,
)
# The gemeente has asked UWV for budget.
BUDGET_BIJ_UWV = (
    AanvraagStatus.BUDGET_GEVRAAGD,
    AanvraagStatus.BUDGET_GERESERVEERD,
    AanvraagStatus.GEEN_BUDGET,
)
INVULBAAR = (AanvraagStatus.CONCEPT, AanvraagStatus.WACHT_OP_TOESTEMMING, AanvraagStatus.ONVOLLEDIG)
LEVENDE_TOESTEMMING = (
    ToestemmingStatus.GEVRAAGD,
    ToestemmingStatus.VERLEEND,
    ToestemmingStatus.GEBRUIKT,
    ToestemmingStatus.INGELOST,
)
# Reported, and not taken back.
LEVEND_STOPBERICHT = (
    StopberichtStatus.VERZONDEN,
    StopberichtStatus.BEVESTIGD,
    StopberichtStatus.VERWERKT,
)
# The party that decides still has to decide.
OPEN_VASTSTELLING = (
    VaststellingStatus.VERSLAG_GEVRAAGD,
    VaststellingStatus.VERSLAG_ONTVANGEN,
    VaststellingStatus.VOORGESTELD,
    VaststellingStatus.VOORGENOMEN_LAGER,
)

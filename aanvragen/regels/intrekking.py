"""When hearing comes first before a verlening is withdrawn (Awb 4:8, 4:11, 4:12, 4:48)."""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices


class VoornemenStatus(TextChoices):
    VOORGENOMEN = "voorgenomen", "De instelling kan reageren"
    AFGEZIEN = "afgezien", "Gaat niet door"
    UITGEVOERD = "uitgevoerd", "Besluit ingetrokken"


class IntrekReden(TextChoices):
    """The grounds of Awb 4:48 lid 1, a to e."""

    NIET_UITGEVOERD = "niet_uitgevoerd", "Het traject is niet uitgevoerd of wordt niet uitgevoerd"
    VERPLICHTING = "verplichting", "Een verplichting bij de subsidie is niet nagekomen"
    ONJUISTE_GEGEVENS = "onjuiste_gegevens", "Er waren onjuiste of onvolledige gegevens gegeven"
    ONJUIST_VERLEEND = "onjuist_verleend", "De verlening was onjuist, en dat kon de instelling weten"


INTREKREDEN_BRON = {
    IntrekReden.NIET_UITGEVOERD: "Awb artikel 4:48, eerste lid, onder a",
    IntrekReden.VERPLICHTING: "Awb artikel 4:48, eerste lid, onder b",
    IntrekReden.ONJUISTE_GEGEVENS: "Awb artikel 4:48, eerste lid, onder c",
    IntrekReden.ONJUIST_VERLEEND: "Awb artikel 4:48, eerste lid, onder d",
}


def kan_nog_reageren(zienswijze_tot: date, *, gegeven: bool, op: date) -> bool:
    """May the instelling still say something before it is decided?"""
    return not gegeven and op <= zienswijze_tot

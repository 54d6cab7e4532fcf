"""The form of an aanvraag as a scenario fills it in: whole, and about an invented person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from aanvragen.demo.personen import Persoon
from aanvragen.regels.volledigheid import Onderdeel, niet_gevraagd
from budget.regels.regeling import Regelinginhoud
from gemeenten.models import Gemeente
from ips_subsidie.kalender.klok import datum_van


def ingevuld(
    keuzes: dict[str, Any],
    *,
    persoon: Persoon,
    gemeente: Gemeente,
    woonplaats: str,
    inhoud: Regelinginhoud,
    nu: datetime,
) -> dict[Onderdeel, dict[str, Any]]:
    """Every field of every onderdeel that this regeling asks; `keuzes` are those of the event `indienen`."""
    dag, uitkering = datum_van(nu), _uitkering(inhoud, keuzes["route"])
    alles: dict[Onderdeel, dict[str, Any]] = {
        Onderdeel.INSTELLING: {
            "behandelaar_naam": "B. de Behandelaar", "trajectbegeleider_naam": "T. de Begeleider",
            "trajectbegeleider_email": "begeleider@simulatie.example", "trajectbegeleider_telefoon": "06 00 00 00 00",
        },
        Onderdeel.DEELNEMER: {
            "bsn": persoon.bsn, "voorletters": persoon.voorletters, "achternaam": persoon.achternaam,
            "geboortedatum": persoon.geboortedatum, "adres": persoon.adres, "postcode": persoon.postcode,
            "woonplaats": woonplaats, "gemeente_id": gemeente.pk,
        },
        Onderdeel.SITUATIE: {
            "doelgroep": keuzes["doelgroep"], "uitkering": uitkering,
            "werkzoekend_ingeschreven": True if uitkering == "geen" else None,
            "route": keuzes["route"], "werk": "geen", "werk_uren": None, "werk_toelichting": "", "ander_werk": None,
            "ander_traject": False, "werkwens_op": dag - timedelta(days=14), "akkoord_op": dag - timedelta(days=7),
        },
        Onderdeel.BEHANDELING: {
            "gediagnosticeerd": True, "in_sggz": True, "langer_toelichting": "",
            "begonnen_in": (dag - timedelta(days=180)).replace(day=1),
        },
        Onderdeel.TRAJECT: {
            "gewenste_start": keuzes["startdatum"] or dag + timedelta(days=60), "toelichting": "",
        },
    }  # fmt: skip
    for veld, leeg in _LEEG.items():
        if veld in niet_gevraagd(inhoud):
            next(waarden for waarden in alles.values() if veld in waarden)[veld] = leeg
    return alles


# What stands in a field that the regeling doesn't ask.
_LEEG: dict[str, Any] = {"werk": "", "akkoord_op": None, "in_sggz": None, "begonnen_in": None}


def _uitkering(inhoud: Regelinginhoud, route: str) -> str:
    """One that leads to this route."""
    soorten = inhoud.route(route).uitkeringen
    eigen = (u for u in soorten if (passend := inhoud.route_bij_uitkering(u)) and passend.code == route)
    return next(eigen, soorten[0] if soorten else "geen")

"""The form of an aanvraag as a scenario fills it in: whole, and about an invented person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from aanvragen.demo.personen import Persoon
from aanvragen.regels.volledigheid import Onderdeel
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
    """Every field of every onderdeel; `keuzes` are those of the event `indienen`."""
    dag = datum_van(nu)
    return {
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
            "doelgroep": keuzes["doelgroep"], "uitkering": _uitkering(inhoud, keuzes["route"]),
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


def _uitkering(inhoud: Regelinginhoud, route: str) -> str:
    """One that leads to this route."""
    soorten = inhoud.route(route).uitkeringen
    eigen = (u for u in soorten if (passend := inhoud.route_bij_uitkering(u)) and passend.code == route)
    return next(eigen, soorten[0] if soorten else "geen")

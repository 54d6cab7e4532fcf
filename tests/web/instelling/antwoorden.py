"""Good answers to every onderdeel, and sending a page as a browser would."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from aanvragen.models import Aanvraag
from tests.web.bezoek import formulierdata

GOED: dict[str, dict[str, str]] = {
    "instelling": {
        "behandelaar_naam": "D. de Groot", "trajectbegeleider_naam": "T. Bakker",
        "trajectbegeleider_email": "t.bakker@voorbeeld.example", "trajectbegeleider_telefoon": "024 123 45 67",
    },
    "deelnemer": {
        "bsn": "999990019", "voorletters": "J.", "achternaam": "Jansen", "geboortedatum_dag": "27",
        "geboortedatum_maand": "3", "geboortedatum_jaar": "1990", "adres": "Proefweg 1", "postcode": "6511aa",
        "woonplaats": "Nijmegen", "gemeente": "0268",
    },
    "situatie": {
        "doelgroep": "CMD", "uitkering": "bijstand", "werk": "geen", "ander_traject": "nee",
        "werkwens_op_dag": "14", "werkwens_op_maand": "5", "werkwens_op_jaar": "2019",
        "akkoord_op_dag": "15", "akkoord_op_maand": "5", "akkoord_op_jaar": "2019",
    },
    "behandeling": {
        "gediagnosticeerd": "ja", "in_sggz": "ja", "begonnen_in_maand": "6", "begonnen_in_jaar": "2018",
        "langer_toelichting": "",
    },
    "traject": {
        "gewenste_start_dag": "1", "gewenste_start_maand": "9", "gewenste_start_jaar": "2019", "toelichting": "",
    },
}  # fmt: skip


def adres(aanvraag: Aanvraag, onderdeel: str) -> str:
    return reverse("aanvragen:onderdeel", args=[aanvraag.pk, onderdeel])


def bewaar(client: Any, aanvraag: Aanvraag, onderdeel: str, knop: str = "opslaan", **over: str) -> Any:
    """Open the page and send its form, with the good values and `over`."""
    pagina = client.get(adres(aanvraag, onderdeel))
    data = formulierdata(pagina) | GOED[onderdeel] | over | {knop: "x"}
    return client.post(adres(aanvraag, onderdeel), data)

"""What the invented people of the demo write. No word about anybody's health: that has no place in these fields."""

from __future__ import annotations

import io
import random
from functools import lru_cache
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

_BEHANDELAARS = {
    "IrisZorg": ("drs. M. Oudshoorn", "dr. P. Lindeman", "drs. S. el Idrissi"),
    "RIBW Nijmegen & Rivierenland": ("drs. K. Hoekstra", "dr. J. Wolters"),
    "Pro Persona": ("dr. A. Montfoort", "drs. B. Teeuwen", "drs. N. Karaca"),
    "Pluryn": ("drs. R. Spaan", "dr. E. Zandstra"),
}
_BEGELEIDERS = {
    "IrisZorg": (("Daan Vreeman", "d.vreeman@iriszorg.example"), ("Iris Kooij", "i.kooij@iriszorg.example")),
    "RIBW Nijmegen & Rivierenland": (("Moniek Hulst", "m.hulst@ribw.example"),),
    "Pro Persona": (
        ("Bas Reuvers", "b.reuvers@propersona.example"),
        ("Noor Azizi", "n.azizi@propersona.example"),
    ),
    "Pluryn": (("Jelle Bruins", "j.bruins@pluryn.example"),),
}

TOELICHTINGEN = (
    "", "", "De deelnemer zoekt werk in de zorg, het liefst in deeltijd.",
    "De deelnemer werkte eerder in een magazijn en wil nu iets met mensen doen.",
    "De deelnemer wil graag in de techniek werken, dicht bij huis.",
    "De deelnemer heeft een rijbewijs en kan in de hele regio werken.",
)  # fmt: skip
WEIGERINGEN = (
    "De inwoner volgt al een traject bij ons. Wij willen dat eerst afronden.",
    "Wij zetten onze plaatsen in dit jaar voor inwoners die al langer op de lijst staan.",
)
TOESTEMMING_WEG = "De inwoner is verhuisd naar een andere gemeente."
VOORDRACHT_FOUT = (
    "Wij hebben nu geen plaats bij een trajectbegeleider. Probeer het over twee maanden opnieuw."
)
KLOPT_NIET = "Dit blijkt niet uit de aanvraag, en ook niet na overleg met de instelling."
ADVIES_GOED = "De aanvraag is compleet en voldoet aan de voorwaarden van de regeling."
ADVIES_FOUT = "Uit de aanvraag blijkt niet dat aan de voorwaarden van de regeling is voldaan."
TOEGEKEND = "U hebt laten zien dat de deelnemer aan alle voorwaarden van de regeling voldoet."
AANVULLINGEN = (
    "Stuur het getekende akkoord van de deelnemer.\nGeef het telefoonnummer van de trajectbegeleider.",
    "Licht toe hoeveel uur per week de trajectbegeleider beschikbaar is.",
)
AANGEVULD = "Wij hebben de gevraagde gegevens aangevuld."
BUITEN_BEHANDELING = "U hebt de gegevens niet binnen de termijn gestuurd. Daardoor kunnen wij niet beslissen."
BESLUIT_INGETROKKEN = "U hebt laten weten dat het traject niet doorgaat."
NIET_GESTART = "De deelnemer ziet op dit moment van het traject af."
VERLENGING = "De deelnemer is bijna aan het werk. Met meer tijd kunnen wij helpen om de baan te houden."
VERLENGING_GOED = "Met de verlenging kan het traject goed worden afgerond."
VERLENGING_FOUT = "Het traject loopt nog zo lang dat verlengen nu niet nodig is."
BANEN = (
    "Medewerker in een bibliotheek, 20 uur per week.",
    "Leerling-monteur, 24 uur per week.",
    "Medewerker bediening, 16 uur per week.",
)


def behandelaar_van(instelling: str, toeval: random.Random) -> str:
    return toeval.choice(_BEHANDELAARS[instelling])


def begeleider_van(instelling: str, toeval: random.Random) -> tuple[str, str]:
    return toeval.choice(_BEGELEIDERS[instelling])


def werk(toeval: random.Random) -> dict[str, Any]:
    """No work for most; a small job, with the wish for other work, for some."""
    if toeval.random() < 0.8:
        return {"werk": "geen", "werk_uren": None, "werk_toelichting": "", "ander_werk": None}
    return {
        "werk": "klein",
        "werk_uren": toeval.randint(4, 10),
        "werk_toelichting": "De deelnemer bezorgt twee ochtenden per week pakketten.",
        "ander_werk": True,
    }


def bijlage() -> SimpleUploadedFile:
    return SimpleUploadedFile("getekend-akkoord.pdf", _pdf(), content_type="application/pdf")


@lru_cache(maxsize=1)
def _pdf() -> bytes:
    """One page with one line of text."""
    pdf = pikepdf.new()
    pagina = pdf.add_blank_page(page_size=(595, 842))
    lettertype = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    pagina.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=lettertype))
    pagina.obj.Contents = pdf.make_stream(
        b"BT /F1 14 Tf 72 740 Td (Akkoord van de deelnemer. Verzonnen.) Tj ET"
    )
    uit = io.BytesIO()
    pdf.save(uit, static_id=True)
    return uit.getvalue()

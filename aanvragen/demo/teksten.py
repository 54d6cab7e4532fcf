"""What the invented people of the demo write. No word about anybody's health: that has no place in these fields."""

from __future__ import annotations

import io
import random
from functools import lru_cache
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from aanvragen.demo.personen import Persoon
from aanvragen.regels.volledigheid import Onderdeel
from gemeenten.models import Gemeente

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
HANDTEKENING_ONTBREEKT = "Laat de deelnemer de aanvraag ondertekenen. De handtekening ontbreekt nog."
VERHUISD = "De deelnemer is verhuisd en woont nu in uw gemeente."
ACTIVITEITEN = "Gesprekken over werk, samen zoeken naar vacatures, en bezoeken aan drie werkgevers."
VERVOLG = "De deelnemer kan met vragen bij ons terecht."
LAGER = "Het traject stopte na een klein deel van de tijd. Daarom stellen wij een lager bedrag voor."
ZIENSWIJZE = "Wij hebben ook na de stop nog gesprekken met de deelnemer gehad."
VASTGESTELD = "Wij hebben het beëindigingsverslag gelezen, en volgen het voorstel."
FACTUUR_FOUT = "Op de factuur staat niet het nummer van de inkooporder. Stuur een nieuwe factuur."
BANEN = (
    "Medewerker in een bibliotheek, 20 uur per week.",
    "Leerling-monteur, 24 uur per week.",
    "Medewerker bediening, 16 uur per week.",
)


def wie(
    instelling: str, persoon: Persoon, gemeente: Gemeente, toeval: random.Random
) -> dict[Onderdeel, dict[str, Any]]:
    """The first two onderdelen of an aanvraag: who does it, and for whom."""
    begeleider, adres = toeval.choice(_BEGELEIDERS[instelling])
    return {
        Onderdeel.INSTELLING: {
            "behandelaar_naam": toeval.choice(_BEHANDELAARS[instelling]),
            "trajectbegeleider_naam": begeleider,
            "trajectbegeleider_email": adres,
            "trajectbegeleider_telefoon": f"06 00 00 {toeval.randint(10, 99)} {toeval.randint(10, 99)}",
        },
        Onderdeel.DEELNEMER: {
            "bsn": persoon.bsn, "voorletters": persoon.voorletters, "achternaam": persoon.achternaam,
            "geboortedatum": persoon.geboortedatum, "adres": persoon.adres, "postcode": persoon.postcode,
            "woonplaats": gemeente.naam, "gemeente_id": gemeente.pk,
        },
    }  # fmt: skip


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
    return _upload("getekend-akkoord.pdf", "Akkoord van de deelnemer. Verzonnen.")


def handtekening() -> SimpleUploadedFile:
    return _upload("getekende-aanvraag.pdf", "Aanvraag met handtekening. Verzonnen.")


def factuur(nummer: str) -> SimpleUploadedFile:
    return _upload(f"factuur-{nummer}.pdf", f"Factuur {nummer}. Verzonnen.")


def _upload(naam: str, regel: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, _pdf(regel), content_type="application/pdf")


@lru_cache(maxsize=50)
def _pdf(regel: str) -> bytes:
    """One page with one line of text."""
    pdf = pikepdf.new()
    pagina = pdf.add_blank_page(page_size=(595, 842))
    lettertype = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    pagina.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=lettertype))
    pagina.obj.Contents = pdf.make_stream(f"BT /F1 14 Tf 72 740 Td ({regel}) Tj ET".encode())
    uit = io.BytesIO()
    pdf.save(uit, static_id=True)
    return uit.getvalue()

"""Which processing activity a line belongs to: `processing_activity_id` of Logboek dataverwerkingen.

The identifiers stand in the register of verwerkingen (docs/verwerkingen.md) and stay what they are: lines keep them.
"""

from __future__ import annotations

from django.db import models


class Verwerking(models.TextChoices):
    AANVRAAG = "ips-aanvraag", "Een aanvraag invullen, indienen en erop beslissen"
    TOELEIDING = "ips-toeleiding", "Een inwoner voordragen voor IPS"
    TRAJECT = "ips-traject", "Een traject volgen, verlengen, stoppen en vaststellen"
    BEZWAAR = "ips-bezwaar", "Een bezwaar of ingebrekestelling behandelen"
    BETALING = "ips-betaling", "Facturen controleren, betalen en terugvorderen"
    OVERLEG = "ips-overleg", "Overleg in de regio voeren"
    CONTACT = "ips-contact", "Berichten sturen en over een dossier schrijven"
    REGELING = "ips-regeling", "De regeling en het budget inrichten"
    TOEGANG = "portaal-toegang", "Accounts, rollen en inloggen"
    BEHEER = "portaal-beheer", "Het portaal beheren"
    TOEZICHT = "portaal-toezicht", "Het gebruik van gegevens nagaan"
    RECHTEN = "portaal-rechten", "Inzage, correctie en vernietiging van gegevens"


# By the first part of the code of an act or reading: `aanvraag.toekennen` belongs to `aanvraag`.
_BIJ = {
    Verwerking.AANVRAAG: (
        "aanvraag", "aanvragen", "toestemming", "gemeentetoets", "bijlage", "brief", "besluit", "dossier",
        "handtekening", "ontvangst", "beslistermijn", "storing", "intrekking", "beoordeling", "behandelen",
    ),
    Verwerking.TOELEIDING: ("voordracht",),
    Verwerking.TRAJECT: ("traject", "trajecten", "verlenging", "stopbericht", "vaststelling", "verslag"),
    Verwerking.BEZWAAR: ("bezwaar", "ingebrekestelling", "dwangsom"),
    Verwerking.BETALING: (
        "factuur", "betaalbatch", "betaalverplichting", "terugvordering", "rekening", "bankrekening", "inkooporder",
        "bevoorschotting", "geld",
    ),
    Verwerking.OVERLEG: ("overleg", "reeks", "bijeenkomst", "agendapunt", "agendalink", "contactpersoon", "actiepunt"),
    Verwerking.CONTACT: ("bericht", "gesprek"),
    Verwerking.REGELING: (
        "regeling", "plafond", "loting", "uitzondering", "pot", "grens", "erkenning", "erkenninglijst", "mandaat",
        "budget",
    ),
    Verwerking.TOEGANG: (
        "toegang", "lidmaatschap", "uitnodiging", "account", "sessie", "wachtwoord", "factor", "inlogdienst",
        "inloggen", "uitloggen", "login",
    ),
    Verwerking.BEHEER: ("beheer", "noodtoegang", "reservekopie", "sleutels", "controle"),
    Verwerking.TOEZICHT: ("logboek", "signaal"),
    Verwerking.RECHTEN: ("inzage", "bewaren", "bewaarplicht", "vernietiging", "verwerkingenregister", "correctie"),
}  # fmt: skip
_OP_DEEL = {deel: verwerking for verwerking, delen in _BIJ.items() for deel in delen}


def verwerking_van(handeling: str) -> Verwerking | None:
    """The activity of this act, reading or event; None where nobody gave it one (a test then fails)."""
    return _OP_DEEL.get(handeling.partition(".")[0])

"""The file for the bank: a SEPA credit transfer, pain.001.001.09, made and checked by `sepaxml`.

The Dutch banks take version 09 (Betaalvereniging Nederland); the schema comes with the library.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from sepaxml import SepaTransfer
from sepaxml.validation import ValidationError

from budget.regels.iban import schone_iban

SCHEMA = "pain.001.001.09"


class BetaalbestandFout(ValueError):
    """No file can be made; the text is Dutch and says what to do."""


@dataclass(frozen=True)
class Betaling:
    """One credit transfer, in integer cents. `kenmerk` is what the bank gives back, `omschrijving` what is read."""

    kenmerk: str
    naam: str
    iban: str
    bedrag_cent: int
    omschrijving: str


def maak_bestand(betalingen: Sequence[Betaling], uitvoeren_op: date) -> tuple[str, bytes]:
    """The number of the message and the XML, valid by its schema. Raises BetaalbestandFout."""
    eigen = settings.BETAALREKENING
    iban = schone_iban(eigen.get("iban", ""))
    if iban is None or not eigen.get("naam"):
        raise BetaalbestandFout("De rekening waarvan UWV betaalt is niet ingesteld. Vraag de beheerder.")
    instelling = {"name": eigen["naam"], "IBAN": iban, "batch": True, "currency": "EUR"}
    if eigen.get("bic"):
        instelling["BIC"] = eigen["bic"]
    overboeking = SepaTransfer(instelling, schema=SCHEMA, clean=True)
    for betaling in betalingen:
        overboeking.add_payment(
            {
                "name": betaling.naam,
                "IBAN": betaling.iban,
                "amount": betaling.bedrag_cent,
                "execution_date": uitvoeren_op,
                "description": betaling.omschrijving,
                "endtoend_id": betaling.kenmerk,
            }
        )
    try:
        inhoud: bytes = overboeking.export(validate=True)
    except ValidationError as fout:
        tekst = "De bank zou dit bestand weigeren. Controleer de rekeningen en de namen daarop."
        raise BetaalbestandFout(tekst) from fout
    return overboeking.msg_id, inhoud

"""Reading an e-factuur: UBL 2.1, as Peppol BIS Billing 3 and NLCIUS have it, into values.

The XML comes from outside, so the reader follows nothing that it points to: no DTD, no entities, no network, and a
document that brings a DTD along is refused whatever is in it. See docs/beslissingen/0016.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

MAX_BYTES = 5 * 1024 * 1024
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_NS = {"a": f"{_UBL}CommonAggregateComponents-2", "b": f"{_UBL}CommonBasicComponents-2"}
_WORTELS = {f"{{{_UBL}Invoice-2}}Invoice": False, f"{{{_UBL}CreditNote-2}}CreditNote": True}
_GROOTSTE_BEDRAG = Decimal(10) ** 12


class UblFout(ValueError):
    """This is no e-factuur that we can take; the text is Dutch and says what to do."""


@dataclass(frozen=True)
class EFactuur:
    """What an e-factuur says. Amounts in integer cents: `bedrag_cent` incl. btw, of which `btw_cent`.

    `iban` is as it was written, `verwijzingen` are the order number and the reference of the buyer, where given.
    """

    credit: bool
    nummer: str
    factuurdatum: date
    bedrag_cent: int
    btw_cent: int
    iban: str
    verwijzingen: tuple[str, ...]


def lees_ubl(inhoud: bytes) -> EFactuur:
    """The values of an Invoice or CreditNote. Raises UblFout, also for XML that is out to harm."""
    wortel = _ontleed(inhoud)
    if wortel.tag not in _WORTELS:
        raise UblFout("Dit is geen e-factuur. Kies een factuur in UBL 2.1 (Peppol BIS 3 of NLCIUS).")
    munt = _een(wortel, "b:DocumentCurrencyCode", "de valuta")
    if munt != "EUR":
        raise UblFout(f"De valuta van deze factuur is {munt[:10]}. Stuur een factuur in euro (EUR).")
    totaal = _bedrag(wortel, "a:LegalMonetaryTotal/b:TaxInclusiveAmount", "het bedrag inclusief btw")
    netto = _bedrag(wortel, "a:LegalMonetaryTotal/b:TaxExclusiveAmount", "het bedrag zonder btw")
    btw = _bedrag(wortel, "a:TaxTotal/b:TaxAmount", "de btw")
    te_betalen = _bedrag(wortel, "a:LegalMonetaryTotal/b:PayableAmount", "het te betalen bedrag")
    if netto + btw != totaal or te_betalen != totaal:
        raise UblFout(
            "De bedragen in deze e-factuur kloppen niet met elkaar: zonder btw plus btw moet het bedrag met btw "
            "zijn, en dat is wat te betalen is. Maak een nieuwe factuur."
        )
    return EFactuur(
        credit=_WORTELS[wortel.tag],
        nummer=_een(wortel, "b:ID", "het factuurnummer"),
        factuurdatum=_datum(_een(wortel, "b:IssueDate", "de factuurdatum")),
        bedrag_cent=totaal,
        btw_cent=btw,
        iban=_tekst(wortel, "a:PaymentMeans/a:PayeeFinancialAccount/b:ID"),
        verwijzingen=tuple(
            gevonden
            for pad in ("a:OrderReference/b:ID", "b:BuyerReference")
            if (gevonden := _tekst(wortel, pad))
        ),
    )


def _ontleed(inhoud: bytes) -> etree._Element:
    if len(inhoud) > MAX_BYTES:
        raise UblFout("Deze e-factuur is te groot. Stuur er een zonder bijlagen, van hoogstens 5 MB.")
    lezer = etree.XMLParser(
        resolve_entities=False, load_dtd=False, dtd_validation=False, no_network=True, huge_tree=False,
        attribute_defaults=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        wortel = etree.fromstring(inhoud, lezer)
    except (etree.XMLSyntaxError, ValueError) as fout:
        raise UblFout(
            "Dit bestand is geen geldige XML. Maak de e-factuur opnieuw en kies haar dan weer."
        ) from fout
    if wortel.getroottree().docinfo.internalDTD is not None:
        raise UblFout(
            "In deze e-factuur staat een DTD. Die lezen wij niet, omdat daarmee misbruik mogelijk is. Maak de "
            "factuur met een ander programma."
        )
    return wortel


def _tekst(wortel: etree._Element, pad: str) -> str:
    gevonden = wortel.find(pad, _NS)
    # An entity that was not followed leaves a child: such text is not what it says.
    if gevonden is None or len(gevonden):
        return ""
    return " ".join((gevonden.text or "").split())


def _een(wortel: etree._Element, pad: str, wat: str) -> str:
    tekst = _tekst(wortel, pad)
    if not tekst:
        raise UblFout(f"In deze e-factuur ontbreekt {wat}. Maak de factuur opnieuw.")
    return tekst


def _bedrag(wortel: etree._Element, pad: str, wat: str) -> int:
    getypt = _een(wortel, pad, wat)
    try:
        bedrag = Decimal(getypt)
    except InvalidOperation:
        bedrag = Decimal("NaN")
    if not bedrag.is_finite() or abs(bedrag) > _GROOTSTE_BEDRAG or bedrag * 100 % 1 or bedrag < 0:
        raise UblFout(f"In deze e-factuur is {wat} geen bedrag in euro en centen. Maak de factuur opnieuw.")
    return int(bedrag * 100)


def _datum(getypt: str) -> date:
    try:
        return date.fromisoformat(getypt)
    except ValueError as fout:
        raise UblFout("De factuurdatum in deze e-factuur bestaat niet. Maak de factuur opnieuw.") from fout

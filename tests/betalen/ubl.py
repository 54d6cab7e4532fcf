"""E-facturen as a Peppol BIS Billing 3 program would write them, and some that are out to harm."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

_KOP = '<?xml version="1.0" encoding="UTF-8"?>\n'
_CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
_CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"


def efactuur(
    *,
    nummer: str = "UBL-1",
    datum: str = "2019-06-03",
    netto: str = "3305.79",
    btw: str = "694.21",
    totaal: str = "4000.00",
    iban: str = "NL91ABNA0417164300",
    munt: str = "EUR",
    verwijzing: str = "",
    credit: bool = False,
    dtd: str = "",
) -> bytes:
    soort = "CreditNote" if credit else "Invoice"
    code = (
        "CreditNoteTypeCode>381</cbc:CreditNoteTypeCode"
        if credit
        else "InvoiceTypeCode>380</cbc:InvoiceTypeCode"
    )
    order = f"<cac:OrderReference><cbc:ID>{verwijzing}</cbc:ID></cac:OrderReference>" if verwijzing else ""
    return f"""{_KOP}{dtd}<{soort} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{soort}-2"
  xmlns:cac="{_CAC}" xmlns:cbc="{_CBC}">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
  <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
  <cbc:ID>{nummer}</cbc:ID>
  <cbc:IssueDate>{datum}</cbc:IssueDate>
  <cbc:{code}>
  <cbc:DocumentCurrencyCode>{munt}</cbc:DocumentCurrencyCode>
  {order}
  <cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity>
    <cbc:RegistrationName>Stichting Voorbeeld</cbc:RegistrationName>
  </cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
  <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>
    <cac:PayeeFinancialAccount><cbc:ID>{iban}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
  <cac:TaxTotal><cbc:TaxAmount currencyID="{munt}">{btw}</cbc:TaxAmount></cac:TaxTotal>
  <cac:LegalMonetaryTotal>
    <cbc:LineExtensionAmount currencyID="{munt}">{netto}</cbc:LineExtensionAmount>
    <cbc:TaxExclusiveAmount currencyID="{munt}">{netto}</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID="{munt}">{totaal}</cbc:TaxInclusiveAmount>
    <cbc:PayableAmount currencyID="{munt}">{totaal}</cbc:PayableAmount>
  </cac:LegalMonetaryTotal>
</{soort}>""".encode()


def als_upload(inhoud: bytes, naam: str = "factuur.xml") -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, inhoud, "application/xml")


EXTERN = '<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
EXTERN_NET = '<!DOCTYPE Invoice SYSTEM "http://127.0.0.1:9/x.dtd">'
PARAMETER = '<!DOCTYPE Invoice [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'
LACH = "".join(
    f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}{("&l" + str(n - 1) + ";") * 9 if n else ""}">'
    for n in range(10)
)
MILJARD = f"<!DOCTYPE Invoice [{LACH}]>"
KWADRAAT = f'<!DOCTYPE Invoice [<!ENTITY a "{"a" * 100_000}">]>'

KWAAD = {
    "extern bestand": efactuur(dtd=EXTERN, nummer="&x;"),
    "extern bestand dat nergens wordt gebruikt": efactuur(dtd=EXTERN),
    "externe DTD": efactuur(dtd=EXTERN_NET),
    "parameter-entiteit": efactuur(dtd=PARAMETER),
    "billion laughs": efactuur(dtd=MILJARD, nummer="&l9;"),
    "kwadratisch": efactuur(dtd=KWADRAAT, nummer="&a;" * 1000),
    "leeg": b"",
    "geen xml": b"%PDF-1.7",
    "afgebroken": efactuur()[:500],
    "te groot": efactuur() + b" " * (5 * 1024 * 1024),
    "nulbytes": efactuur().replace(b"UBL-1", b"\0"),
    "diep": b"<a>" * 100_000,
    "utf-16 met een DTD": efactuur(dtd=EXTERN).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    "XInclude": b'<Invoice xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"/></Invoice>',
}

"""May this factuur be taken in? Values in, every reason at once out. Amounts are integer cents incl. btw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ips_subsidie.handelingen.weigering import Reden

# No Dutch rate is higher than 21 percent: 21 in the 121 of an amount with btw.
HOOGSTE_BTW = (21, 121)


@dataclass(frozen=True)
class Factuurgegevens:
    """What the instelling says of a factuur. `iban` is None where what was typed is no IBAN."""

    nummer: str
    factuurdatum: date
    bedrag_cent: int
    btw_cent: int
    iban: str | None


@dataclass(frozen=True)
class Ruimte:
    """Against what it is held. `te_factureren_cent` is what is left of the obligation, `moment_cent` of the
    betaalmoment. `order_op` is the day of the inkooporder, None where there is none.
    """

    te_factureren_cent: int
    moment_cent: int
    opeisbaar: bool
    inkooporder_nodig: bool
    order_op: date | None
    rekening: str | None
    vandaag: date


def euro(cent: int) -> str:
    """For a sentence: € 8.000,00."""
    heel, rest = divmod(cent, 100)
    return f"€ {heel:,}".replace(",", ".") + f",{rest:02}"


def bezwaren(f: Factuurgegevens, ruimte: Ruimte) -> list[Reden]:
    """Every reason not to take this factuur in; empty when it is right."""
    return [*_gegevens(f, ruimte), *_volgorde(f, ruimte), *_bedrag(f, ruimte)]


def _gegevens(f: Factuurgegevens, ruimte: Ruimte) -> list[Reden]:
    uit = []
    if not f.nummer:
        uit.append(Reden("geen_nummer", "Vul het factuurnummer in.", veld="nummer"))
    if f.factuurdatum > ruimte.vandaag:
        tekst = "De factuurdatum ligt in de toekomst. Vul de datum in die op de factuur staat."
        uit.append(Reden("datum_later", tekst, veld="factuurdatum"))
    if f.iban is None:
        tekst = "Deze IBAN klopt niet. Controleer de cijfers, bijvoorbeeld NL91 ABNA 0417 1643 00."
        uit.append(Reden("iban_onjuist", tekst, veld="iban"))
    elif ruimte.rekening is None:
        tekst = "Uw rekening is nog niet door UWV bevestigd. Geef de rekening door bij “Bankrekening”."
        uit.append(Reden("geen_rekening", tekst, veld="iban"))
    elif f.iban != ruimte.rekening:
        tekst = (
            "Dit is niet de rekening die UWV heeft bevestigd. Controleer de IBAN, of geef eerst de nieuwe "
            "rekening door."
        )
        uit.append(Reden("rekening", tekst, veld="iban"))
    return uit


def _volgorde(f: Factuurgegevens, ruimte: Ruimte) -> list[Reden]:
    if ruimte.inkooporder_nodig and ruimte.order_op is None:
        tekst = "UWV heeft voor dit traject nog geen inkooporder geplaatst. Stuur uw factuur daarna."
        return [Reden("geen_inkooporder", tekst)]
    uit = []
    if ruimte.inkooporder_nodig and ruimte.order_op is not None and f.factuurdatum < ruimte.order_op:
        tekst = (
            f"De factuurdatum ligt voor de inkooporder van {ruimte.order_op:%d-%m-%Y}. Maak een factuur van die "
            "dag of later."
        )
        uit.append(Reden("voor_inkooporder", tekst, veld="factuurdatum"))
    if not ruimte.opeisbaar:
        tekst = "Voor dit betaalmoment kunt u nog geen factuur sturen. Kies een ander betaalmoment."
        uit.append(Reden("niet_opeisbaar", tekst, veld="betaalmoment"))
    return uit


def _bedrag(f: Factuurgegevens, ruimte: Ruimte) -> list[Reden]:
    uit = []
    if f.bedrag_cent <= 0:
        return [Reden("bedrag", "Vul een bedrag in dat hoger is dan nul.", veld="bedrag")]
    hoogstens = min(ruimte.te_factureren_cent, ruimte.moment_cent)
    if f.bedrag_cent > hoogstens:
        tekst = (
            f"U kunt nog {euro(max(0, hoogstens))} in rekening brengen, inclusief btw. Deze factuur is "
            f"{euro(f.bedrag_cent)}. Verlaag het bedrag."
        )
        uit.append(Reden("boven_bedrag", tekst, veld="bedrag"))
    teller, noemer = HOOGSTE_BTW
    if f.btw_cent < 0 or f.btw_cent * noemer > f.bedrag_cent * teller + noemer:
        tekst = (
            "De btw is hoger dan 21 procent. Vul de btw in die in het bedrag zit; bij vrijstelling is dat 0."
        )
        uit.append(Reden("btw", tekst, veld="btw"))
    return uit

"""Charts as inline SVG, made here from plain values. No style attributes: the CSP refuses them.

Widths are percentages and there is no viewBox, so that bars stretch with the page while letters keep their
size. Beside each chart a page shows the same numbers in a table (tag `grafiek`); the SVG itself has a title
and a description for those who hear the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe

from ips_subsidie.vormgeving.onderdelen import Staaf, Stuk
from ips_subsidie.vormgeving.tekst import zonder_verboden_tekens

BALK_HOOGTE = 44
RIJ_HOOGTE = 50
STAAF_HOOGTE = 18
KOLOM_HOOGTE = 160
KOLOM_RAND = 26


def _svg(hoogte: int, titel: str, omschrijving: str) -> ET.Element:
    titel, omschrijving = zonder_verboden_tekens(titel), zonder_verboden_tekens(omschrijving)
    # Two charts on one page need ids that differ; the same chart always gets the same ones.
    kern = hashlib.sha256(f"{titel}|{omschrijving}".encode()).hexdigest()[:8]
    svg = ET.Element(
        "svg",
        {"width": "100%", "height": str(hoogte), "role": "img", "aria-labelledby": f"g{kern}-t g{kern}-d"},
    )
    ET.SubElement(svg, "title", {"id": f"g{kern}-t"}).text = titel
    ET.SubElement(svg, "desc", {"id": f"g{kern}-d"}).text = omschrijving
    return svg


def _klaar(svg: ET.Element) -> SafeString:
    # ElementTree escapes every text and attribute.
    return mark_safe(ET.tostring(svg, encoding="unicode"))  # noqa: S308


def _procent(deel: float, geheel: float) -> str:
    return f"{(100 * deel / geheel if geheel else 0):.3f}%"


def _teken(ouder: ET.Element, vorm: str, tekst: str | None = None, /, **kenmerken: Any) -> None:
    namen = {("class" if naam == "klasse" else naam): str(waarde) for naam, waarde in kenmerken.items()}
    element = ET.SubElement(ouder, vorm, namen)
    if tekst is not None:
        element.text = zonder_verboden_tekens(tekst)


def stapelbalk(stukken: Sequence[Stuk], *, titel: str) -> SafeString:
    """One bar that shows how a whole (the pool) is divided."""
    totaal = sum(stuk.aantal for stuk in stukken)
    delen = ", ".join(f"{stuk.naam}: {stuk.aantal}" for stuk in stukken)
    svg = _svg(BALK_HOOGTE, titel, f"{delen}. Samen {totaal}.")
    links = 0
    for stuk in stukken:
        if stuk.aantal <= 0:
            continue
        _teken(
            svg,
            "rect",
            x=_procent(links, totaal),
            y=0,
            width=_procent(stuk.aantal, totaal),
            height=BALK_HOOGTE,
            klasse=f"g-{stuk.soort}",
        )
        links += stuk.aantal
    return _klaar(svg)


def maandstaven(staven: Sequence[Staaf], *, titel: str) -> SafeString:
    """A column per month, its short name under it; reserved numbers stand on top, in a lighter colour."""
    hoogste = max((s.aantal + s.erbij for s in staven), default=0) or 1
    omschrijving = ", ".join(f"{s.naam}: {s.aantal + s.erbij}" for s in staven) or "Geen gegevens"
    svg = _svg(KOLOM_HOOGTE + 2 * KOLOM_RAND, titel, omschrijving)
    voet = KOLOM_RAND + KOLOM_HOOGTE
    # With many months only some get a name, or the names would run into each other on a phone.
    stap = max(1, -(-len(staven) // 12))
    for nummer, staaf in enumerate(staven):
        breedte = 100 / len(staven)
        links, midden = f"{nummer * breedte + breedte * 0.15:.3f}%", f"{(nummer + 0.5) * breedte:.3f}%"
        onder = voet
        for aantal, soort in ((staaf.aantal, "gebruikt"), (staaf.erbij, "gereserveerd")):
            hoogte = round(KOLOM_HOOGTE * aantal / hoogste)
            onder -= hoogte
            if hoogte:
                maten = {"x": links, "y": onder, "width": f"{breedte * 0.7:.3f}%", "height": hoogte}
                _teken(svg, "rect", klasse=f"g-{soort}", **maten)
        _teken(svg, "text", str(staaf.aantal + staaf.erbij), x=midden, y=onder - 6, klasse="g-midden g-klein")
        if nummer % stap == 0:
            _teken(svg, "text", staaf.naam, x=midden, y=voet + 18, klasse="g-midden g-klein")
    _teken(svg, "line", x1="0%", x2="100%", y1=voet, y2=voet, klasse="g-as")
    return _klaar(svg)


def naamstaven(staven: Sequence[Staaf], *, titel: str) -> SafeString:
    """A row per name (a gemeente): its name and numbers above the bar, its cap as a dashed line."""
    hoogste = max((max(s.aantal + s.erbij, s.grens or 0) for s in staven), default=0) or 1
    omschrijving = ". ".join(f"{s.naam}: {_in_woorden(s)}" for s in staven) or "Geen gegevens"
    svg = _svg(max(1, len(staven)) * RIJ_HOOGTE, titel, omschrijving)
    # The dashed line at 100% would fall outside the picture.
    schaal = hoogste * 1.01
    for nummer, staaf in enumerate(staven):
        boven = nummer * RIJ_HOOGTE
        _teken(svg, "text", staaf.naam, x="0%", y=boven + 16)
        _teken(svg, "text", _in_woorden(staaf), x="100%", y=boven + 16, klasse="g-eind g-klein")
        vol = staaf.grens is not None and staaf.aantal >= staaf.grens
        vak = {"y": boven + 23, "height": STAAF_HOOGTE}
        if staaf.aantal:
            soort = "vol" if vol else "gebruikt"
            _teken(svg, "rect", x="0%", width=_procent(staaf.aantal, schaal), klasse=f"g-{soort}", **vak)
        if staaf.erbij:
            begin, breedte = _procent(staaf.aantal, schaal), _procent(staaf.erbij, schaal)
            _teken(svg, "rect", x=begin, width=breedte, klasse="g-gereserveerd", **vak)
        if staaf.grens:
            plek = _procent(staaf.grens, schaal)
            _teken(svg, "line", x1=plek, x2=plek, y1=boven + 20, y2=boven + 44, klasse="g-grens")
    return _klaar(svg)


def _in_woorden(staaf: Staaf) -> str:
    van = f" van {staaf.grens}" if staaf.grens is not None else ""
    erbij = f", {staaf.erbij} gevraagd" if staaf.erbij else ""
    return f"{staaf.aantal}{van}{erbij}"

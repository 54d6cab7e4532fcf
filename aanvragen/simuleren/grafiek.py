"""The pool over time as an SVG: stands on its own, is read aloud by its title and description, tells nothing by
colour alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from xml.etree import ElementTree as ET

from aanvragen.simuleren.uitkomsten import Uitkomst
from ips_subsidie.kalender.dagen import begin_van_dag, datum_van, voluit

BREEDTE, HOOGTE = 960, 480
LINKS, RECHTS, BOVEN, ONDER = 90, 930, 96, 400
INKT, GRIJS, BLAUW, VLAK, ROOD = "#1b1b1b", "#767676", "#154273", "#c9dbee", "#b3000f"
MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MAX_MAANDEN = 14  # labels that fit beside each other


@dataclass(frozen=True)
class Punt:
    """What was given out, and the limit, from an instant on; in trajecten or whole euros."""

    op: datetime
    gebruikt: float
    grens: float | None
    wat: Uitkomst


def teken(naam: str, uitkomsten: Sequence[Uitkomst]) -> str:
    """The picture of these outcomes as the text of an SVG file; `naam` is that of the regeling."""
    in_euro = all(u.stand.pool.grens_trajecten is None for u in uitkomsten) and any(
        u.stand.pool.grens_cent is not None for u in uitkomsten
    )
    punten = [_punt(uitkomst, in_euro) for uitkomst in uitkomsten]
    eenheid = "euro" if in_euro else "trajecten"
    titel = (
        f"{naam}: toegekende {eenheid} door de tijd"
        if not in_euro
        else f"{naam}: toegekend bedrag door de tijd"
    )
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {BREEDTE} {HOOGTE}", "role": "img",
            "aria-labelledby": "titel uitleg", "font-family": "system-ui, sans-serif", "font-size": "15",
        },
    )  # fmt: skip
    ET.SubElement(svg, "title", {"id": "titel"}).text = titel
    ET.SubElement(svg, "desc", {"id": "uitleg"}).text = " ".join(in_woorden(punten, eenheid))
    _vorm(svg, "rect", x=0, y=0, width=BREEDTE, height=HOOGTE, fill="#ffffff")
    _tekst(svg, LINKS, 34, titel, **{"font-size": "20", "font-weight": "bold"})
    _teken_vlak(svg, punten)
    _teken_legenda(svg, punten)
    ET.indent(svg)
    return ET.tostring(svg, encoding="unicode") + "\n"


def _punt(uitkomst: Uitkomst, in_euro: bool) -> Punt:
    pool = uitkomst.stand.pool
    if in_euro:
        grens = None if pool.grens_cent is None else pool.grens_cent / 100
        return Punt(uitkomst.gebeurtenis.op, pool.cent / 100, grens, uitkomst)
    return Punt(uitkomst.gebeurtenis.op, pool.trajecten, pool.grens_trajecten, uitkomst)


def vol_op(punten: Sequence[Punt]) -> datetime | None:
    """When nothing was left in the pool for the first time, or somebody was refused because of it."""
    for punt in punten:
        geweigerd = any(reden.code == "plafond" for reden in punt.wat.redenen)
        if punt.grens is not None and (punt.gebruikt >= punt.grens or geweigerd):
            return punt.op
    return None


def in_woorden(punten: Sequence[Punt], eenheid: str) -> list[str]:
    """The picture in sentences, for who does not see it."""
    eerste, laatste, geweigerd = punten[0], punten[-1], _geweigerd(punten)
    van = "" if laatste.grens is None else f" van de {_getal(laatste.grens)}"
    zinnen = [
        f"Van {_dag(eerste.op)} tot en met {_dag(laatste.op)}.",
        f"Aan het eind toegekend: {_getal(laatste.gebruikt)}{van} {eenheid}.",
    ]
    vol = vol_op(punten)
    if vol is not None:
        zinnen.append(f"De pot was vol op {_dag(vol)}.")
    elif laatste.grens is not None:
        zinnen.append("De pot raakte niet vol.")
    zinnen.append(f"Aantal keer geweigerd: {len(geweigerd)}.")
    return zinnen


def _teken_vlak(svg: ET.Element, punten: Sequence[Punt]) -> None:
    begin, eind = _tijdas([p.op for p in punten])
    hoogste = max(max(p.gebruikt, p.grens or 0) for p in punten) or 1
    stap = _stap(hoogste)
    top = stap * -(-hoogste // stap)

    def x(op: datetime) -> float:
        return round(LINKS + (RECHTS - LINKS) * ((op - begin) / (eind - begin)), 1)

    def y(waarde: float) -> float:
        return round(ONDER - (ONDER - BOVEN) * waarde / top, 1)

    for nummer in range(int(top / stap) + 1):
        _vorm(svg, "line", x1=LINKS, x2=RECHTS, y1=y(nummer * stap), y2=y(nummer * stap), stroke="#d9d9d9")
        _tekst(svg, LINKS - 10, y(nummer * stap) + 5, _getal(nummer * stap), **{"text-anchor": "end"})
    _teken_maanden(svg, begin, eind, x)
    trap = _trap([(x(p.op), y(p.gebruikt)) for p in punten], (LINKS, y(0)))
    rand = " ".join(f"{a},{b}" for a, b in trap)
    _vorm(svg, "polygon", points=f"{LINKS},{y(0)} {rand} {RECHTS},{y(0)}", fill=VLAK)
    _vorm(svg, "polyline", points=rand, fill="none", stroke=BLAUW, **{"stroke-width": 2.5})
    if punten[0].grens is not None:
        grenzen = [(x(p.op), y(p.grens)) for p in punten if p.grens is not None]
        lijn = " ".join(f"{a},{b}" for a, b in _trap(grenzen, (LINKS, grenzen[0][1])))
        _vorm(
            svg, "polyline", points=lijn, fill="none", stroke=ROOD,
            **{"stroke-width": 2.5, "stroke-dasharray": "9 5"},
        )  # fmt: skip
    for punt in _geweigerd(punten):
        _kruis(svg, x(punt.op), ONDER - 9)
    if (vol := vol_op(punten)) is not None:
        _teken_vol(svg, x(vol), f"vol op {_dag(vol)}")
    _vorm(svg, "line", x1=LINKS, x2=RECHTS, y1=ONDER, y2=ONDER, stroke=INKT)


def _teken_maanden(svg: ET.Element, begin: datetime, eind: datetime, x: Callable[[datetime], float]) -> None:
    maanden, dag = [], datum_van(begin)
    while begin_van_dag(dag) < eind:
        maanden.append(dag)
        dag = _volgende_maand(dag)
    om_de = -(-len(maanden) // MAX_MAANDEN)
    for nummer, maand in enumerate(maanden):
        links = x(begin_van_dag(maand))
        _vorm(svg, "line", x1=links, x2=links, y1=ONDER, y2=ONDER + 6, stroke=INKT)
        if nummer % om_de == 0:
            midden = (links + x(begin_van_dag(_volgende_maand(maand)))) / 2
            _tekst(svg, round(midden, 1), ONDER + 24, MAANDEN[maand.month - 1], **{"text-anchor": "middle"})
        if nummer == 0 or maand.month == 1:
            _tekst(svg, links, ONDER + 46, str(maand.year), **{"font-weight": "bold"})


def _teken_vol(svg: ET.Element, x: float, tekst: str) -> None:
    _vorm(
        svg,
        "line",
        x1=x,
        x2=x,
        y1=BOVEN - 6,
        y2=ONDER,
        stroke=INKT,
        **{"stroke-dasharray": "2 4", "stroke-width": 1.5},
    )
    _tekst(svg, x, BOVEN - 12, tekst, **{"text-anchor": "end" if x > (LINKS + RECHTS) / 2 else "start"})


def _teken_legenda(svg: ET.Element, punten: Sequence[Punt]) -> None:
    y, x = 62, LINKS
    _vorm(svg, "line", x1=x, x2=x + 34, y1=y - 5, y2=y - 5, stroke=BLAUW, **{"stroke-width": 2.5})
    _tekst(svg, x + 42, y, "toegekend")
    x += 150
    if any(p.grens is not None for p in punten):
        _vorm(
            svg, "line", x1=x, x2=x + 34, y1=y - 5, y2=y - 5, stroke=ROOD,
            **{"stroke-width": 2.5, "stroke-dasharray": "9 5"},
        )  # fmt: skip
        _tekst(svg, x + 42, y, "plafond")
        x += 140
    if geweigerd := _geweigerd(punten):
        _kruis(svg, x + 6, y - 5)
        _tekst(svg, x + 20, y, f"geweigerd ({len(geweigerd)}×)")


def _geweigerd(punten: Sequence[Punt]) -> list[Punt]:
    return [punt for punt in punten if punt.wat.uitkomst == "geweigerd"]


def _kruis(svg: ET.Element, x: float, y: float) -> None:
    _vorm(svg, "path", d=f"M{x - 4},{y - 4}l8,8m0,-8l-8,8", stroke=INKT, **{"stroke-width": 1.8})


def _trap(punten: list[tuple[float, float]], begin: tuple[float, float]) -> list[tuple[float, float]]:
    """A line that keeps its height until the next point, and to the right edge."""
    trap = [begin]
    for x, y in punten:
        if y != trap[-1][1]:
            trap += [(x, trap[-1][1]), (x, y)]
    return [*trap, (RECHTS, trap[-1][1])]


def _tijdas(momenten: Sequence[datetime]) -> tuple[datetime, datetime]:
    """Whole months around all instants."""
    eerste, laatste = datum_van(momenten[0]), datum_van(momenten[-1])
    return begin_van_dag(eerste.replace(day=1)), begin_van_dag(_volgende_maand(laatste))


def _volgende_maand(dag: date) -> date:
    return (dag.replace(day=1) + timedelta(days=32)).replace(day=1)


def _stap(hoogste: float) -> int:
    """Of the steps 1, 2, 5, 10, 20 and so on the first that leaves at most eight lines."""
    stap = macht = 1
    while hoogste / stap > 8:
        stap = next((f * macht for f in (2, 5, 10) if f * macht > stap), stap)
        macht = macht * 10 if stap == 10 * macht else macht
    return stap


def _getal(waarde: float) -> str:
    return f"{waarde:,.0f}".replace(",", ".")


def _dag(moment: datetime) -> str:
    return voluit(datum_van(moment))


def _vorm(ouder: ET.Element, soort: str, **kenmerken: object) -> ET.Element:
    return ET.SubElement(ouder, soort, {naam: str(waarde) for naam, waarde in kenmerken.items()})


def _tekst(ouder: ET.Element, x: float, y: float, tekst: str, **kenmerken: object) -> None:
    _vorm(ouder, "text", x=x, y=y, fill=INKT, **kenmerken).text = tekst

"""The register as a document that people read: docs/verwerkingen.md."""

from __future__ import annotations

from collections.abc import Iterator

from aanvragen.avg.register import Tabel, register
from aanvragen.avg.soorten import VERWERKINGEN, Soort, Termijnen

_KOP = """# Register van verwerkingen

Gemaakt door `manage.py verwerkingenregister --schrijf` uit `aanvragen/avg/`. Niet met de hand wijzigen.

Dit register zegt van elk veld in de databank wat erin staat, waarvoor, hoe lang, en hoe het weggaat (AVG artikel 30).
Een veld dat hier niet in staat, houdt de bouw tegen (`tests/avg/test_register.py`).
"""


def als_tekst() -> str:
    """The whole document. The same register gives the same text."""
    return "\n".join([_KOP, *_verwerkingen(), *_termijnen(), *_tabellen()]) + "\n"


def _verwerkingen() -> Iterator[str]:
    yield "## Verwerkingen\n"
    yield "| code | doel | grond | wie de gegevens krijgt |"
    yield "|---|---|---|---|"
    for een in VERWERKINGEN.values():
        yield f"| `{een.code}` | {een.doel} | {een.grond} | {een.ontvangers} |"
    yield ""


def _termijnen() -> Iterator[str]:
    yield "## Hoe lang\n"
    yield "| klasse | hoe lang | grond |"
    yield "|---|---|---|"
    for een in Termijnen:
        yield f"| {een.value.code} | {een.value.tekst} | {een.value.grond} |"
    yield ""


def _tabellen() -> Iterator[str]:
    tabellen = sorted(register().values(), key=lambda een: (not een.pad, een.model))
    velden = [regel for tabel in tabellen for regel in tabel.regels()]
    versleuteld = sum(regel.versleuteld for regel in velden)
    yield f"## Velden\n\n{len(tabellen)} tabellen, {len(velden)} velden, waarvan {versleuteld} versleuteld.\n"
    for tabel in tabellen:
        yield from _tabel(tabel)


def _tabel(tabel: Tabel) -> Iterator[str]:
    yield f"### {tabel.model}\n"
    yield f"Verwerking `{tabel.verwerking.code}`, bewaarklasse {tabel.termijn.code}; bij vernietiging: {tabel.weg}."
    if tabel.waarom:
        yield tabel.waarom
    yield ""
    yield "| wat | velden | versleuteld | in de inzage | weg na de termijn |"
    yield "|---|---|---|---|---|"
    for soort in Soort:
        regels = [regel for regel in tabel.regels() if regel.soort is soort]
        for sleutel in sorted({(r.versleuteld, r.inzage, r.vernietigd) for r in regels}, reverse=True):
            namen = ", ".join(
                f"`{r.naam}`" for r in regels if (r.versleuteld, r.inzage, r.vernietigd) == sleutel
            )
            ja_nee = " | ".join("ja" if een else "nee" for een in sleutel)
            yield f"| {soort.in_woorden} | {namen} | {ja_nee} |"
    yield ""

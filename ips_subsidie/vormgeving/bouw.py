"""Build static/css/portaal.css out of the parts in css/.

    python -m ips_subsidie.vormgeving.bouw [--controle]

Needs nothing but Python. The parts are put in three cascade layers (utrecht, thema, app), so that our own
rules always win from the components without a fight over specificity. `--controle` only says whether the
built file is current (exit code 1 when it isn't).
"""

import gzip
import re
import sys
from pathlib import Path

CSS = Path(__file__).resolve().parent / "css"
STATIC = Path(__file__).resolve().parents[2] / "static"
DOEL = STATIC / "css" / "portaal.css"

KOP = """\
/*! Gemaakt uit ips_subsidie/vormgeving/css met `make css`: pas de delen daar aan, niet dit bestand.
 * Laag utrecht: componenten van de NL Design System-community. @license EUPL-1.2
 * Copyright (c) 2020-2024 Frameless B.V. Copyright (c) 2021-2024 Gemeente Utrecht
 * Zie static/LICENTIES.md. */
"""
LAGEN = "@layer utrecht,thema,app;\n"

_DEEL = re.compile(
    r"""(?P<tekst>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?P<opmerking>/\*.*?\*/)|(?P<wit>\s+)|(?P<rest>.)""",
    re.DOTALL,
)


def verklein(css: str) -> str:
    """The same CSS without comments and needless white space; what stands between quotes is left alone."""
    uit: list[str] = []
    for stuk in _DEEL.finditer(css):
        if stuk["opmerking"]:
            continue
        vorige = uit[-1][-1] if uit else "{"
        if stuk["wit"]:
            if vorige not in "{};:, ":
                uit.append(" ")
            continue
        teken = stuk.group()
        if vorige == " " and teken[0] in "{};,)":
            uit.pop()
            vorige = uit[-1][-1] if uit else "{"
        if teken == "}" and vorige == ";":
            uit.pop()
        uit.append(teken)
    return "".join(uit).strip()


def _laag(naam: str, bestanden: list[Path]) -> str:
    delen = []
    for bestand in bestanden:
        css = bestand.read_text(encoding="utf-8")
        # A @charset may only stand at the very start of a stylesheet; the whole file is UTF-8 already.
        delen.append(verklein(css.replace('@charset "UTF-8";', "")))
    return f"@layer {naam}{{{''.join(delen)}}}\n"


def bouw() -> str:
    """The whole stylesheet as text."""
    lettertype = verklein((CSS / "lettertype.css").read_text(encoding="utf-8"))
    return "".join(
        [
            '@charset "UTF-8";\n',
            KOP,
            LAGEN,
            f"{lettertype}\n",
            _laag("utrecht", sorted((CSS / "utrecht").glob("*.css"))),
            _laag("thema", [CSS / "thema.css"]),
            _laag("app", sorted((CSS / "app").glob("*.css"))),
        ]
    )


def main(argumenten: list[str]) -> int:
    css = bouw()
    if "--controle" in argumenten:
        klopt = DOEL.exists() and DOEL.read_text(encoding="utf-8") == css
        sys.stdout.write("portaal.css is bij\n" if klopt else "portaal.css is niet bij: draai `make css`\n")
        return 0 if klopt else 1
    DOEL.parent.mkdir(parents=True, exist_ok=True)
    DOEL.write_text(css, encoding="utf-8")
    ingepakt = len(gzip.compress(css.encode(), 9))
    sys.stdout.write(f"{DOEL.relative_to(STATIC.parent)}: {len(css)} tekens, {ingepakt} bytes ingepakt\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""Makes a letter: data into a Typst template, out comes a PDF.

The data go in as one JSON value through sys.inputs and never as source, so that nothing that somebody
typed can become code. The root holds the templates and nothing else.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from ips_subsidie.brieven.gegevens import Brief
from ips_subsidie.brieven.tekens import LETTERTYPEN, OnbruikbareTekst, leesbaar

SJABLONEN_MAP = Path(__file__).parent / "sjablonen"
PAKKETTEN_MAP = SJABLONEN_MAP / "geen-pakketten"

SJABLONEN = frozenset({
    "aanvraag_kopie",
    "aanvulling",
    "afwijzing",
    "bezwaar_beslissing",
    "bezwaar_herstel",
    "bezwaar_hoorzitting",
    "bezwaar_ontvangst",
    "bezwaar_verdaging",
    "buiten_behandeling",
    "dwangsom",
    "ingebrekestelling",
    "intrekking",
    "ontvangstbevestiging",
    "opschorting",
    "stopbericht",
    "toestemmingsverklaring",
    "vaststelling",
    "verdaging",
    "verlening",
    "verlenging_afgewezen",
    "verlenging_toegekend",
    "verslag_kopie",
    "verslag_verzoek",
    "voornemen_intrekking",
    "voornemen_lager",
    "zienswijze_kopie",
})  # fmt: skip

# Typst works inside our process and cannot be stopped halfway: the size of the data bounds the time.
GRENS_BYTES = 100_000


class BriefMislukt(Exception):
    """No letter could be made.

    The words of the exception hold no letter data, so that it may be logged. `diagnose` may hold them.
    """

    def __init__(self, sjabloon: str, reden: str, diagnose: str = "") -> None:
        super().__init__(f"brief {sjabloon[:40]!r} kon niet gemaakt worden: {reden}")
        self.sjabloon = sjabloon
        self.reden = reden
        self.diagnose = diagnose


def maak_brief(brief: Brief, *, voorbeeld: bool = False) -> bytes:
    """Make the PDF of one of the letters in `gegevens`."""
    return maak_pdf(brief.sjabloon, brief.naar_json(), datum=brief.datum, voorbeeld=voorbeeld)


def maak_pdf(sjabloon: str, gegevens: Mapping[str, Any], *, datum: date, voorbeeld: bool = False) -> bytes:
    """Make a PDF/A-3a + PDF/UA-1 from a template.

    The same arguments give the same bytes. With `voorbeeld` every page says that nothing was decided.
    Raises BriefMislukt, and nothing else, when the letter cannot be made.
    """
    if sjabloon not in SJABLONEN:
        raise BriefMislukt(sjabloon, "dit sjabloon bestaat niet")
    invoer = {
        "gegevens": _als_json(sjabloon, gegevens),
        "datum": f"{datum:%Y-%m-%d}",
        "voorbeeld": "ja" if voorbeeld else "nee",
    }
    try:
        return typst.compile(
            str(SJABLONEN_MAP / f"{sjabloon}.typ"),
            root=str(SJABLONEN_MAP),
            font_paths=_lettertypen(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=invoer,
            pdf_standards=["a-3a", "ua-1"],
            # A folder that does not exist: a template can neither use nor fetch a package.
            package_path=str(PAKKETTEN_MAP),
            package_cache_path=str(PAKKETTEN_MAP),
            timestamp=int(datetime.combine(datum, time(12), UTC).timestamp()),
        )
    except BaseException as fout:
        # A panic of the Rust side arrives as a BaseException; Ctrl-C and SystemExit must pass.
        if isinstance(fout, Exception) or type(fout).__name__ == "PanicException":
            raise BriefMislukt(sjabloon, "Typst gaf een fout", str(fout)) from None
        raise


def _als_json(sjabloon: str, gegevens: Mapping[str, Any]) -> str:
    """Clean all texts and write the JSON, within the limit."""
    try:
        # Measured before cleaning too, so that 10 MB of text is not first worked through.
        _binnen_grens(sjabloon, json.dumps(gegevens, ensure_ascii=False, allow_nan=False))
        return _binnen_grens(
            sjabloon, json.dumps(_schoon(gegevens), ensure_ascii=False, allow_nan=False, sort_keys=True)
        )
    except OnbruikbareTekst as fout:
        raise BriefMislukt(sjabloon, str(fout)) from None
    except (TypeError, ValueError, RecursionError) as fout:
        raise BriefMislukt(sjabloon, "de gegevens zijn geen JSON", str(fout)) from None


def _binnen_grens(sjabloon: str, tekst: str) -> str:
    # Half a surrogate pair counts here; it is refused by name when the texts are cleaned.
    if len(tekst.encode("utf-8", "surrogatepass")) > GRENS_BYTES:
        raise BriefMislukt(sjabloon, f"de gegevens zijn groter dan {GRENS_BYTES} bytes")
    return tekst


def _schoon(waarde: Any) -> Any:
    if isinstance(waarde, str):
        return leesbaar(waarde)
    if isinstance(waarde, Mapping):
        return {leesbaar(str(sleutel)): _schoon(inhoud) for sleutel, inhoud in waarde.items()}
    if isinstance(waarde, Sequence):
        return [_schoon(inhoud) for inhoud in waarde]
    return waarde


@lru_cache(maxsize=1)
def _lettertypen() -> typst.Fonts:
    """Read our own fonts once per process; what the machine has does not count."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(LETTERTYPEN)]
    )

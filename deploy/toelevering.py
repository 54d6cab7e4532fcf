"""What of others goes along in production: the list (SBOM), the licences, and whether a weakness is known of it.

    python deploy/toelevering.py sbom         writes docs/sbom.json
    python deploy/toelevering.py licenties    writes docs/licenties.md; refuses a licence that nobody looked at
    python deploy/toelevering.py audit        asks OSV about every pin; fails when it could not be asked

All three read the pins of requirements/, so they speak of what is installed and of nothing else.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any
from uuid import UUID

PROJECT = Path(__file__).resolve().parents[1]
PRODUCTIE = PROJECT / "requirements" / "productie.txt"
ALLES = PROJECT / "requirements" / "dev.txt"
SBOM = PROJECT / "docs" / "sbom.json"
LICENTIES = PROJECT / "docs" / "licenties.md"
OSV = "https://api.osv.dev/v1/querybatch"
WACHT = 20  # seconds for one question
PER_VRAAG = 500

TOEGESTAAN = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC", "LGPL-2.0-or-later", "LGPL-3.0-only", "MIT",
    "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0",
}  # fmt: skip
# What packages write, and what is meant by it.
_HEET = {
    "apache software license": "Apache-2.0",
    "bsd license": "BSD",
    "lgpl": "LGPL-2.0-or-later",
    "new bsd": "BSD-3-Clause",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "gnu lesser general public license v2 or later (lgplv2+)": "LGPL-2.0-or-later",
}
# Looked at by hand, with what was found.
NAGEKEKEN: dict[str, tuple[str, str]] = {
    "async-timeout": ("Apache-2.0", "alleen voor Python 3.11.2 en ouder, en dus vaak niet geïnstalleerd"),
    "clamav-client": (
        "GPL-2.0",
        "copyleft: geef het portaal met dit pakket alleen door onder een licentie die past",
    ),
    "python-dateutil": ("Apache-2.0 OR BSD-3-Clause", "naar keuze"),
    "qrcode": ("BSD-3-Clause", "het pakket noemt daarnaast zijn eigen licentietekst; die is gelezen"),
    "text-unidecode": ("Artistic-1.0 OR GPL-2.0-or-later", "naar keuze: wij gebruiken het onder Artistic"),
    "fido2": ("BSD-2-Clause", "de andere twee gelden voor bestanden die erbij zitten"),
}
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)")


class Fout(Exception):
    """What stands in the way; its text is for who runs this."""


@dataclass(frozen=True)
class Pin:
    """One package of one version, with the SHA-256 hashes of the files that may be installed."""

    naam: str
    versie: str
    hashes: tuple[str, ...]


def pins(bestand: Path) -> list[Pin]:
    """Every pin of a requirements file, in its order. Raises Fout for a line that is no pin, or has no hash."""
    uit = []
    for regel in bestand.read_text().replace("\\\n", " ").splitlines():
        if not regel.strip() or regel.startswith("#"):
            continue
        gevonden = _PIN.match(regel)
        hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", regel))
        if not gevonden or not hashes:
            raise Fout(f"{bestand.name}: geen vaste versie met hash: {regel[:60]}")
        uit.append(Pin(gevonden[1].lower(), gevonden[2], hashes))
    return uit


# --- licences ------------------------------------------------------------------------------------------


def licentie_van(naam: str) -> str:
    """The licence in SPDX, or the family where the package says no more. Raises Fout where it can't be read."""
    if naam in NAGEKEKEN:
        return NAGEKEKEN[naam][0]
    try:
        gegevens: Any = metadata.metadata(naam)
    except metadata.PackageNotFoundError:
        raise Fout(f"{naam} is niet geïnstalleerd; de licentie is niet te lezen") from None
    gezegd = gegevens.get("License-Expression") or (gegevens.get("License") or "").strip()
    if not gezegd or "\n" in gezegd:
        soorten = [s for s in gegevens.get_all("Classifier") or [] if s.startswith("License")]
        gezegd = " OR ".join(sorted({s.rpartition(" :: ")[2] for s in soorten}))
    return _HEET.get(gezegd.lower(), gezegd)


def te_bezien(naam: str, licentie: str) -> bool:
    """Must somebody look at this licence first? One of several that are offered is enough."""
    return naam not in NAGEKEKEN and not set(re.split(r" OR | AND |[()]", licentie)) & TOEGESTAAN


def licentietabel(lijst: Iterable[Pin]) -> str:
    """The page of licences. Raises Fout that names every package somebody must look at."""
    rijen, onbekend = [], []
    for pin in lijst:
        licentie = licentie_van(pin.naam)
        if te_bezien(pin.naam, licentie):
            onbekend.append(f"{pin.naam}: {licentie or 'zegt niets'}")
        rijen.append(f"| {pin.naam} | {pin.versie} | {licentie} | {NAGEKEKEN.get(pin.naam, ('', ''))[1]} |")
    if onbekend:
        raise Fout("Licentie niet toegestaan of onbekend: " + "; ".join(onbekend))
    kop = (
        "# Licenties van wat in productie meegaat\n\n"
        "Gemaakt door `make licenties` uit `requirements/productie.txt`; niet met de hand wijzigen.\n\n"
        "| pakket | versie | licentie | opmerking |\n|---|---|---|---|\n"
    )
    return kop + "\n".join(rijen) + "\n"


# --- the list ------------------------------------------------------------------------------------------


def sbom(lijst: Iterable[Pin]) -> str:
    """The SBOM in CycloneDX 1.6. The same pins give the same bytes: no moment, no random number, no address."""
    from cyclonedx.model import HashAlgorithm, HashType
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.license import DisjunctiveLicense
    from cyclonedx.output import make_outputter
    from cyclonedx.schema import OutputFormat, SchemaVersion
    from packageurl import PackageURL

    onderdelen = [
        Component(
            name=pin.naam,
            version=pin.versie,
            type=ComponentType.LIBRARY,
            bom_ref=f"{pin.naam}=={pin.versie}",
            purl=PackageURL("pypi", name=pin.naam, version=pin.versie),
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=inhoud) for inhoud in pin.hashes],
            licenses=[DisjunctiveLicense(name=licentie_van(pin.naam))],
        )
        for pin in lijst
    ]
    portaal = Component(name="ips-subsidie", type=ComponentType.APPLICATION, bom_ref="ips-subsidie")
    bom = Bom(components=onderdelen, serial_number=UUID(int=0))
    bom.metadata.component = portaal
    bom.metadata.timestamp = None
    bom.register_dependency(portaal, onderdelen)
    tekst: str = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)
    return tekst + "\n"


# --- known weaknesses ----------------------------------------------------------------------------------


def audit(lijst: list[Pin], adres: str) -> dict[str, list[str]]:
    """The advisories on each pin that has any. Raises Fout when not every pin was answered: silence is no answer."""
    import requests

    gevonden: dict[str, list[str]] = {}
    beantwoord = 0
    for begin in range(0, len(lijst), PER_VRAAG):
        deel = lijst[begin : begin + PER_VRAAG]
        vragen = [{"package": {"ecosystem": "PyPI", "name": p.naam}, "version": p.versie} for p in deel]
        try:
            antwoord = requests.post(adres, json={"queries": vragen}, timeout=WACHT, allow_redirects=False)
            antwoord.raise_for_status()
            uitslagen = antwoord.json()["results"]
        except (requests.RequestException, ValueError, KeyError, TypeError) as fout:
            raise Fout(f"De lijst van kwetsbaarheden is niet te lezen ({type(fout).__name__}).") from fout
        if (
            antwoord.status_code != requests.codes.ok
            or not isinstance(uitslagen, list)
            or len(uitslagen) != len(deel)
        ):
            raise Fout("De lijst van kwetsbaarheden gaf niet op elke vraag antwoord.")
        for pin, uitslag in zip(deel, uitslagen, strict=True):
            beantwoord += 1
            if meldingen := [melding["id"] for melding in (uitslag or {}).get("vulns", [])]:
                gevonden[f"{pin.naam} {pin.versie}"] = meldingen
    if not beantwoord:
        raise Fout("Er is niets gecontroleerd.")
    return gevonden


def _zeg(tekst: str) -> None:
    sys.stdout.write(tekst + "\n")


def _audit() -> int:
    lijst = pins(ALLES)
    gevonden = audit(lijst, os.environ.get("OSV_ADRES", OSV))
    _zeg(
        f"{len(lijst)} van {len(lijst)} pakketten gecontroleerd, {len(gevonden)} met een bekende kwetsbaarheid"
    )
    for pakket, meldingen in gevonden.items():
        _zeg(f"- {pakket}: {', '.join(meldingen)}")
    return 1 if gevonden else 0


def main(argumenten: list[str]) -> int:
    """0: in order; 1: a known weakness; 2: nothing could be said."""
    try:
        match argumenten:
            case ["sbom"]:
                SBOM.write_text(sbom(pins(PRODUCTIE)))
            case ["licenties"]:
                LICENTIES.write_text(licentietabel(pins(PRODUCTIE)))
            case ["audit"]:
                return _audit()
            case _:
                raise Fout("Kies: sbom, licenties of audit")
    except Fout as fout:
        sys.stderr.write(f"{fout}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

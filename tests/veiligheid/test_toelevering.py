"""P43: what of others goes along is pinned by hash, listed, licensed, used, and asked after."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

import pytest

from deploy import toelevering
from tests.veiligheid.osv import luister

PROJECT = Path(__file__).resolve().parents[2]
BESTANDEN = sorted((PROJECT / "requirements").glob("*.txt"))
EIGEN = ["ips_subsidie", "gemeenten", "budget", "aanvragen", "overleg"]
# Named in a setting or a command, and so never imported by us.
ZONDER_IMPORT = {
    "argon2-cffi": "Argon2PasswordHasher",
    "gunicorn": "gunicorn",
    "psycopg": "postgres",
    "whitenoise": "whitenoise.middleware",
    "django-csp": "csp.middleware",
    "tomlkit": "tomlkit",
}


@pytest.mark.parametrize("bestand", BESTANDEN, ids=lambda b: b.name)
def test_p43_alles_staat_vast_met_een_hash(bestand: Path) -> None:
    """100% of the pins; `pins` raises for a line that is none. No address: that would name who serves it."""
    assert len(toelevering.pins(bestand)) > 0
    assert "://" not in bestand.read_text()


def test_p43_een_regel_zonder_hash_is_een_fout(tmp_path: Path) -> None:
    bestand = tmp_path / "r.txt"
    for regel in ("django==5.2.19\n", "django>=5.2 --hash=sha256:" + "a" * 64, "-e .\n", "git+https://x/y\n"):
        bestand.write_text(regel)
        with pytest.raises(toelevering.Fout):
            toelevering.pins(bestand)


def test_p43_wat_gevraagd_is_is_ook_vastgezet() -> None:
    """Each dependency of pyproject.toml stands in the pins of production, within what was asked."""
    gevraagd = _gevraagd()
    vast = {pin.naam for pin in toelevering.pins(toelevering.PRODUCTIE)}
    assert {_naam(eis) for eis in gevraagd} - vast == set()


def _gevraagd() -> list[str]:
    inhoud = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    eisen: list[str] = inhoud["project"]["dependencies"]
    return eisen


def _naam(eis: str) -> str:
    gevonden = re.match(r"[A-Za-z0-9._-]+", eis)
    assert gevonden
    return gevonden[0].lower()


def _broncode() -> str:
    stukken = [
        pad.read_text()
        for map_ in EIGEN
        for pad in (PROJECT / map_).rglob("*.py")
        if "migrations" not in pad.parts
    ]
    return "\n".join([*stukken, (PROJECT / "Dockerfile").read_text()])


def test_p43_geen_ongebruikte_afhankelijkheid() -> None:
    """0 unused: the module of each one is imported by us, or is named where a setting or command names it."""
    code = _broncode()
    modules: dict[str, set[str]] = {}
    for module, pakketten in metadata.packages_distributions().items():
        for pakket in pakketten:
            modules.setdefault(pakket.lower(), set()).add(module)
    ongebruikt = []
    for naam in sorted({_naam(eis) for eis in _gevraagd()}):
        if naam in ZONDER_IMPORT:
            assert ZONDER_IMPORT[naam] in code, naam
            continue
        zoek = "|".join(re.escape(module) for module in modules.get(naam, {naam}))
        if not re.search(rf"(?m)^\s*(?:from|import) (?:{zoek})\b|\"(?:{zoek})[.\"]", code):
            ongebruikt.append(naam)
    assert ongebruikt == []


# --- the list and the licences -------------------------------------------------------------------------


def test_p43_de_sbom_is_van_nu_en_noemt_alles() -> None:
    lijst = toelevering.pins(toelevering.PRODUCTIE)
    staat = toelevering.SBOM.read_text()
    assert staat == toelevering.sbom(lijst), "make sbom"
    onderdelen = json.loads(staat)["components"]
    assert {(o["name"], o["version"]) for o in onderdelen} == {(p.naam, p.versie) for p in lijst}
    assert all(o["hashes"] and o["licenses"] and o["purl"] for o in onderdelen)
    zonder_schema = staat.replace("http://cyclonedx.org/schema/bom-1.6.schema.json", "")
    assert "://" not in zonder_schema
    assert "timestamp" not in staat


def test_p43_de_licenties_zijn_van_nu_en_bekeken() -> None:
    assert toelevering.LICENTIES.read_text() == toelevering.licentietabel(
        toelevering.pins(toelevering.PRODUCTIE)
    ), "make licenties"


@pytest.mark.parametrize(
    ("licentie", "mag"),
    [
        ("MIT", True), ("MIT OR GPL-3.0-only", True), ("Apache-2.0 AND MIT", True), ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False), ("", False), ("UNKNOWN", False), ("Proprietary", False), ("SSPL-1.0", False),
    ],
)  # fmt: skip
def test_p43_een_onbekende_licentie_wordt_geweigerd(
    licentie: str, mag: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toelevering, "licentie_van", lambda naam: licentie)
    pin = toelevering.Pin("proef", "1.0", ("0" * 64,))
    if mag:
        assert "| proef | 1.0 |" in toelevering.licentietabel([pin])
        return
    with pytest.raises(toelevering.Fout, match="proef"):
        toelevering.licentietabel([pin])


# --- advisories ----------------------------------------------------------------------------------------


@contextmanager
def bron(soort: str) -> Iterator[str]:
    with luister(soort) as adres:
        yield adres


def _audit(adres: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "deploy/toelevering.py", "audit"], cwd=PROJECT, capture_output=True, text=True, timeout=120,
        env={"PATH": os.environ["PATH"], "OSV_ADRES": adres, "NO_PROXY": "127.0.0.1"}, check=False,
    )  # fmt: skip


def test_p43_audit_zegt_hoeveel_er_is_nagekeken() -> None:
    aantal = len(toelevering.pins(toelevering.ALLES))
    with bron("goed") as adres:
        uit = _audit(adres)
    assert uit.returncode == 0, uit.stderr
    assert f"{aantal} van {aantal} pakketten gecontroleerd, 0 met een bekende kwetsbaarheid" in uit.stdout


def test_p43_audit_vindt_een_kwetsbaar_pakket() -> None:
    with bron("kwetsbaar") as adres:
        uit = _audit(adres)
    assert uit.returncode == 1
    assert "- django 5.2" in uit.stdout
    assert "GHSA-proef" in uit.stdout


@pytest.mark.parametrize("soort", ["half", "leeg", "fout", "geen json", "omleiding"])
def test_p43_audit_zonder_antwoord_is_geen_groen_vinkje(soort: str) -> None:
    """A source that answers half, not at all or nonsense fails the audit: nothing was looked at."""
    with bron(soort) as adres:
        uit = _audit(adres)
    assert uit.returncode == 2
    assert "kwetsbaarheden" in uit.stderr
    assert uit.stdout == ""


def test_p43_audit_zonder_bron_is_geen_groen_vinkje() -> None:
    assert _audit("http://127.0.0.1:9/").returncode == 2

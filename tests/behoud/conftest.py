"""What the tests of backups share: keys of nobody, and a folder."""

import base64
from pathlib import Path

import pytest

SLEUTEL = base64.b64encode(b"k" * 32).decode()
OUDE_SLEUTEL = base64.b64encode(b"o" * 32).decode()


@pytest.fixture
def kopiemap(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the backups, for this process and for those that it starts."""
    settings.RESERVEKOPIE_SLEUTELS = {"nu": SLEUTEL}
    settings.RESERVEKOPIE_MAP = tmp_path / "kopie"
    monkeypatch.setenv("RESERVEKOPIE_SLEUTEL", f"nu:{SLEUTEL}")
    monkeypatch.setenv("RESERVEKOPIE_MAP", str(settings.RESERVEKOPIE_MAP))
    return settings.RESERVEKOPIE_MAP

"""The command that writes one of each letter."""

from pathlib import Path

from django.core.management import call_command

from ips_subsidie.brieven.maak import SJABLONEN


def test_commando_schrijft_alle_brieven(tmp_path: Path) -> None:
    call_command("brieven_voorbeeld", tmp_path / "nieuw", "--voorbeeld", verbosity=0)
    geschreven = sorted((tmp_path / "nieuw").iterdir())
    assert {pad.stem for pad in geschreven} == SJABLONEN
    assert all(pad.read_bytes().startswith(b"%PDF-") for pad in geschreven)

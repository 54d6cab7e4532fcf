"""Which passwords are refused (P41: ASVS 6.2.4, 6.2.11 and 6.2.12)."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError

from ips_subsidie.toegang.models import Gebruiker
from ips_subsidie.toegang.wachtwoorden import NietGelekt, NietGewoon

IEMAND = Gebruiker(email="jansma.fatima@voorbeeld.example", naam="Fatima Jansma")


@pytest.mark.parametrize("wachtwoord", [
    "password1234", "Welkom2026!!", "!!wachtwoord12", "123456789012", "qwerty123456", "passwordpassword",
    "dragondragon", "ips-subsidie-2026", "IPS1234567890", "uwvuwvuwvuwv1", "--------------", "geheimgeheim",
    "Gemeente-2026", "jansma.fatima", "FatimaJansma1",
])  # fmt: skip
def test_wat_makkelijk_te_raden_is_wordt_geweigerd(wachtwoord: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(wachtwoord, IEMAND)


@pytest.mark.parametrize("wachtwoord", [
    "drie groene fietsen", "vier blauwe trams", "correct paard batterij", "kaas-3-boter-7-melk", "Zzyzx 9 quolibet",
    "x" * 11 + "é", "ééééééééééééé", "пароль из пяти слов",
])  # fmt: skip
def test_wat_lang_en_eigen_is_mag(wachtwoord: str) -> None:
    validate_password(wachtwoord, IEMAND)


def test_meer_dan_drieduizend_van_de_bekendste_die_lang_genoeg_zouden_zijn() -> None:
    """The list itself has 190 of twelve characters; made longer as people do, each of its words is refused."""
    gewoon = NietGewoon()
    lang = {woord + "1234567890"[: max(12 - len(woord), 0)] for woord in gewoon.passwords if woord.isalpha()}
    lang = {woord for woord in lang if len(woord) >= 12}
    door = [woord for woord in lang if not _geweigerd(gewoon, woord)]
    assert len(lang) > 3000
    assert not door, door[:5]


def _geweigerd(gewoon: NietGewoon, wachtwoord: str) -> bool:
    try:
        gewoon.validate(wachtwoord)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("aantal", [1, 2, 3, 500])
def test_een_gelekt_wachtwoord_wordt_in_de_lijst_gevonden(tmp_path: Path, aantal: int) -> None:
    woorden = [f"gelekt wachtwoord {nummer}" for nummer in range(aantal)]
    keer = random.Random(aantal)
    regels = sorted(
        f"{hashlib.sha1(woord.encode(), usedforsecurity=False).hexdigest().upper()}:{keer.randint(1, 10**6)}"
        for woord in woorden
    )
    lijst = tmp_path / "lijst.txt"
    lijst.write_text("\r\n".join(regels) + "\r\n")
    gelekt = NietGelekt(str(lijst))
    for woord in woorden:
        with pytest.raises(ValidationError, match="ooit ergens gelekt"):
            gelekt.validate(woord)
    for nummer in range(300):
        gelekt.validate(f"niet gelekt {nummer}")


def test_een_lege_lijst_en_geen_lijst(tmp_path: Path) -> None:
    leeg = tmp_path / "leeg.txt"
    leeg.write_text("")
    NietGelekt(str(leeg)).validate("drie groene fietsen")
    NietGelekt().validate("drie groene fietsen")
    with pytest.raises(ImproperlyConfigured, match="GELEKTE_WACHTWOORDEN"):
        NietGelekt(str(tmp_path / "weg.txt"))

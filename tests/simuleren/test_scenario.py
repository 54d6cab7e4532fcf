"""A scenario that is wrong says on which line, and nothing is played."""

import re
from datetime import date
from pathlib import Path

import pytest
import tomlkit

from aanvragen.simuleren.regelingen import INGEBOUWD
from aanvragen.simuleren.scenario import SLEUTELS, ScenarioFout, Wat, lees_bestand, lees_scenario
from budget.regels.wijzigen import PARAMETERS
from tests.simuleren.hulp import gebeurtenis, scenario

GOED = """regeling = "ips-cmd-2019"
[parameters]
cap_per_gemeente = 6
rang_basis = "eerste_ontvangst"

[[gebeurtenis]]
op = 2019-06-01T10:00:00+02:00
wat = "indienen"
aanvraag = "GA-1"
route = "gemeente"
gemeente = "0268"
doelgroep = "CMD"

# Nine days later.
[[gebeurtenis]]
op = 2019-06-10T10:00:00Z
wat = "afwijzen"
aanvraag = "GA-1"
gronden = ["algemeen"]
"""


def test_een_goed_scenario():
    gelezen = lees_scenario(GOED, Path())
    een, twee = gelezen.gebeurtenissen
    assert (een.regel, twee.regel, gelezen.gemeenten) == (6, 15, ("0268",))
    assert (een.op.isoformat(), twee.op.isoformat()) == (
        "2019-06-01T10:00:00+02:00",
        "2019-06-10T10:00:00+00:00",
    )
    assert (gelezen.inhoud.potten.cap_per_gemeente, gelezen.inhoud.regels.rang_basis) == (
        6,
        "eerste_ontvangst",
    )
    assert een.keuzes == {
        "route": "gemeente", "gemeente": "0268", "doelgroep": "CMD", "client": "GA-1", "bedrag_cent": None,
        "maanden": None, "startdatum": None, "volledig": True, "woont_in": "",
    }  # fmt: skip
    assert set(SLEUTELS) == set(Wat)


# What is replaced in GOED, by what, and the error: its line and its words.
FOUTEN = [
    ('wat = "afwijzen"', 'wat = "afkeuren"', 17, "“afkeuren” bestaat niet; kies uit: indienen, "),
    ('wat = "afwijzen"', "wat = 3", 17, "“wat”: moet een tekst zijn"),
    ('wat = "afwijzen"\n', "", 15, "“wat”: ontbreekt"),
    ('doelgroep = "CMD"', 'doelgroep = "CMD"\ngemeent = "0202"', 13, "“gemeent”: is hier niet bekend"),
    ('gronden = ["algemeen"]', "termijn_dagen = 3", 19, "“termijn_dagen”: is hier niet bekend"),
    ("[parameters]", "titel = 3\n[parameters]", 2, "“titel”: is hier niet bekend"),
    ("cap_per_gemeente = 6", "cap_ogenblik = 6", 3, "“cap_ogenblik”: deze parameter kent het systeem niet"),
    ("cap_per_gemeente = 6", "cap_moment = 6", 3, "“cap_moment”: kan nu alleen “toekenning” zijn"),
    ("cap_per_gemeente = 6", "bewaartermijn_jaren = 8", 3, "“bewaartermijn_jaren”: kan nu alleen 7 zijn"),
    ("cap_per_gemeente = 6", "bewaartermijn_jaren = 7.0", 3, "kan nu alleen 7 zijn"),
    ("cap_per_gemeente = 6", "reservering_geldig_dagen = 0", 3, "“reservering_geldig_dagen”: moet 1 of meer zijn"),
    ("cap_per_gemeente = 6", '"plafond_bedrag_cent@2018" = 6', 3, "het tijdvak “2018” bestaat niet; kies uit: 2019"),
    ("cap_per_gemeente = 6", '"plafond_bedrag_cent@2019" = -6', 3, "“plafond_bedrag_cent@2019”: moet 0 of meer zijn"),
    ("cap_per_gemeente = 6", '"bezwaar@2019" = 6', 3, "“bezwaar@2019”: deze parameter kent het systeem niet"),
    ("cap_per_gemeente = 6", 'woonplaats_peilmoment = "geen"', 3, "kan nu alleen “ontvangst” zijn"),
    ("cap_per_gemeente = 6", "bewaartermijn_jaren = true", 3, "kan nu alleen 7 zijn"),
    ("op = 2019-06-01T10:00:00+02:00", "op = 0001-01-01T00:00:00+00:00", 7, "“op”: moet tussen 1900 en 2200 liggen"),
    ("op = 2019-06-01T10:00:00+02:00", "op = 1899-12-31T23:59:59-23:59", 7, "moet tussen 1900 en 2200 liggen"),
    ("op = 2019-06-10T10:00:00Z", "op = 9999-12-31T23:59:59+00:00", 16, "“op”: moet tussen 1900 en 2200 liggen"),
    ("op = 2019-06-10T10:00:00Z", "op = 2200-01-02T00:00:00Z", 16, "“op”: moet tussen 1900 en 2200 liggen"),
    ('doelgroep = "CMD"', 'doelgroep = "CMD"\nstartdatum = 9999-12-31', 13, "“startdatum”: moet tussen 1900 en 2200"),
    ('doelgroep = "CMD"', 'doelgroep = "CMD"\nstartdatum = 1899-12-31', 13, "“startdatum”: moet tussen 1900 en 2200"),
    ('"ips-cmd-2019"', r'"./a\u0000b.toml"', 1, "b.toml kan niet worden gelezen (zo kan een pad niet"),
    ('"ips-cmd-2019"', '"./.."', 1, "kan niet worden gelezen (dat bestand of die map bestaat niet"),
    ('"ips-cmd-2019"', f'"./{"a" * 300}"', 1, "kan niet worden gelezen ("),
    ("cap_per_gemeente = 6", 'cap_per_gemeente = "zes"', 3, "“cap_per_gemeente”: moet een heel getal zijn"),
    ("cap_per_gemeente = 6", "cap_per_gemeente = -1", 3, "“cap_per_gemeente”: moet 0 of meer zijn"),
    ("cap_per_gemeente = 6", "sub_plafond_dorp = 6", 3, "de route “dorp” bestaat niet; kies uit: uwv, gemeente"),
    ('"eerste_ontvangst"', '"loterij"', 4, "“rang_basis”: “loterij” bestaat niet; kies uit: eerste_ontvangst"),
    ("cap_per_gemeente = 6", 'hersteltermijn_dagen = "geen"', 3, "“hersteltermijn_dagen”: kan niet worden weggelaten"),
    ('"ips-cmd-2019"', '"IPS-XYZ"', 1, "“IPS-XYZ” is er niet; kies uit: IPS-CMD-2019"),
    ('"ips-cmd-2019"', '"weg.toml"', 1, r"weg\.toml kan niet worden gelezen"),
    ('regeling = "ips-cmd-2019"\n', "", 0, "“regeling”: ontbreekt"),
    ('gemeente = "0268"', 'gemeente = "9999"', 11, "“9999” is geen CBS-code van een gemeente"),
    ('gemeente = "0268"', "gemeente = 268", 11, "“gemeente”: moet een tekst zijn"),
    ('gemeente = "0268"', 'woont_in = "x"\ngemeente = "0268"', 11, "“woont_in”: “x” is geen CBS-code"),
    ('gemeente = "0268"\n', "", 6, "“gemeente”: ontbreekt"),
    ('route = "gemeente"', 'route = "dorp"', 10, "“route”: “dorp” bestaat niet; kies uit: uwv, gemeente"),
    ('doelgroep = "CMD"', 'doelgroep = ""', 12, "“doelgroep”: mag niet leeg zijn"),
    ('doelgroep = "CMD"', 'doelgroep = "CMD"\nbedrag_cent = -5', 13, "“bedrag_cent”: moet 1 of meer zijn"),
    ('doelgroep = "CMD"', 'doelgroep = "CMD"\nmaanden = 2.5', 13, "“maanden”: moet een heel getal zijn"),
    ('doelgroep = "CMD"', 'doelgroep = "CMD"\nvolledig = "ja"', 13, "“volledig”: moet true of false zijn"),
    ('doelgroep = "CMD"', 'doelgroep = "CMD"\nstartdatum = "morgen"', 13, "“startdatum”: moet een datum"),
    ("op = 2019-06-10T10:00:00Z", "op = 2019-06-10T10:00:00", 16, "“op”: mist de tijdzone"),
    ("op = 2019-06-10T10:00:00Z", 'op = "2019-06-10"', 16, "“op”: moet een datum met tijd ("),
    ("op = 2019-06-10T10:00:00Z", "op = 2019-05-10T10:00:00Z", 16, "“op”: ligt voor de vorige gebeurtenis"),
    ("op = 2019-06-10T10:00:00Z", "op = 2019-99-10", 16, "geen geldige TOML"),
    ('["algemeen"]', '["zomaar"]', 19, "“gronden”: “zomaar” bestaat niet; kies uit: buiten_tijdvak"),
    ('wat = "afwijzen"\naanvraag = "GA-1"', 'wat = "afwijzen"\naanvraag = "GA-2"', 18, "“GA-2” is nog niet ingediend"),
    ('wat = "afwijzen"\naanvraag = "GA-1"\ngronden = ["algemeen"]',
     'wat = "indienen"\naanvraag = "GA-1"\nroute = "uwv"\ngemeente = "0268"\ndoelgroep = "CMD"', 18,
     "“GA-1” is al ingediend, met iets anders erin"),
    ('wat = "afwijzen"\naanvraag = "GA-1"\ngronden = ["algemeen"]', 'wat = "plafond_wijzigen"', 17,
     "noem de nieuwe grens: plafond_trajecten of plafond_bedrag_cent"),
    ('wat = "afwijzen"\naanvraag = "GA-1"\ngronden = ["algemeen"]',
     'wat = "plafond_wijzigen"\nplafond_trajecten = 9\ngepubliceerd_op = 2019-06-01T10:00:00', 19, "mist de tijdzone"),
    ('wat = "afwijzen"\naanvraag = "GA-1"\ngronden = ["algemeen"]', 'wat = "verlengen"\naanvraag = "GA-1"', 15,
     "“maanden”: ontbreekt"),
    # Two errors: the first line of what nobody knows goes before everything else.
    ('gemeente = "0268"', 'gemeente = "9999"\nkleur = "rood"', 12, "“kleur”: is hier niet bekend"),
    ("cap_per_gemeente = 6", "capp = 6\nkleur = 3", 3, "“capp”"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("oud", "nieuw", "regel", "melding"), FOUTEN, ids=[f[1][:60].replace("\n", " ") for f in FOUTEN]
)
def test_een_fout_noemt_de_regel(oud, nieuw, regel, melding):
    assert GOED.count(oud) == 1, oud
    with pytest.raises(ScenarioFout) as fout:
        lees_scenario(GOED.replace(oud, nieuw), Path("/bestaat/niet"))
    assert re.search(melding.replace("(", r"\("), fout.value.melding), str(fout.value)
    assert fout.value.regel == regel, str(fout.value)
    assert str(fout.value).startswith(f"regel {regel}: " if regel else "“")


@pytest.mark.parametrize(
    ("tekst", "regel"),
    [
        ("", 0),
        ('regeling = "IPS-CMD-2019"\n', 0),
        ('regeling = "IPS-CMD-2019"\ngebeurtenis = []', 2),
        ("x = [\n", 1),
        pytest.param("x = " + "9" * 5000, 0, id="lang getal"),
        pytest.param("x = " + "[" * 5000, 0, id="diep"),
    ],
)
def test_zonder_gebeurtenissen(tekst, regel):
    with pytest.raises(ScenarioFout) as fout:
        lees_scenario(tekst, Path())
    assert fout.value.regel == regel, str(fout.value)


@pytest.mark.parametrize(
    ("naam", "inhoud", "melding"),
    [
        ("weg.toml", None, r"kan niet worden gelezen \(dat bestand of die map bestaat niet\)"),
        ("latin.toml", "# “é”".encode("cp1252"), "UTF-8"),
        (".", None, r"gelezen \(het is een map\)"),
        ("a\0b", None, r"gelezen \(zo kan een pad niet heten\)"),
    ],
)
def test_een_bestand_dat_niet_te_lezen_is(tmp_path, naam, inhoud, melding):
    if inhoud is not None:
        (tmp_path / naam).write_bytes(inhoud)
    with pytest.raises(ScenarioFout, match=melding):
        lees_bestand(tmp_path / naam)


def test_een_fout_in_de_eigen_regeling_noemt_beide_regels(tmp_path):
    (tmp_path / "r.toml").write_text('code = "X"\n', encoding="utf-8")
    with pytest.raises(ScenarioFout, match=r"^regel 1: “regeling”: in r\.toml: regel 1: “code”"):
        lees_scenario(GOED.replace("ips-cmd-2019", "r.toml"), tmp_path)


@pytest.mark.parametrize("naam", INGEBOUWD)
def test_wat_vaststaat_mag_worden_genoemd_en_verandert_niets(naam):
    waarde = tomlkit.item(INGEBOUWD[naam]).as_string()
    gelezen = lees_scenario(
        GOED.replace("cap_per_gemeente = 6", f"{naam} = {waarde}\ncap_per_gemeente = 6"), Path()
    )
    assert gelezen.regeling == lees_scenario(GOED, Path()).regeling


@pytest.mark.parametrize("dag", ["1900-01-01", "2200-01-01"])
def test_de_eerste_en_de_laatste_dag_die_een_scenario_kan_noemen(dag):
    tekst = scenario(gebeurtenis(f"{dag}T10:00:00Z", "indienen", "A", startdatum=date.fromisoformat(dag)))
    assert lees_scenario(tekst, Path()).gebeurtenissen[0].keuzes["startdatum"] == date.fromisoformat(dag)


def test_dezelfde_naam_twee_keer_hetzelfde_ingediend_mag():
    """A second attempt, after a refusal or by a double click."""
    tekst = scenario(gebeurtenis("04-30 10:00", "indienen", "A"), gebeurtenis("05-01 10:00", "indienen", "A"))
    assert len(lees_scenario(tekst, Path()).gebeurtenissen) == 2


def test_te_veel_clienten(monkeypatch):
    monkeypatch.setattr("aanvragen.simuleren.scenario.MAX_CLIENTEN", 1)
    een, twee = (gebeurtenis("05-01 10:00", "indienen", naam, client=naam) for naam in "AB")
    with pytest.raises(ScenarioFout, match="hooguit 1 cliënten"):
        lees_scenario(scenario(een, twee), Path())


DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("bestand", sorted((DOCS / "simulatie").glob("*.toml")), ids=lambda pad: pad.stem)
def test_de_scenarios_van_de_uitleg_zijn_goed_en_hebben_een_beeld(bestand):
    assert len(lees_bestand(bestand).gebeurtenissen) >= 40
    uitleg = (DOCS / "simulatie.md").read_text(encoding="utf-8")
    assert f"{bestand.stem}.toml" in uitleg
    assert f"(beelden/simulatie-{bestand.stem}.svg)" in uitleg
    assert (DOCS / f"beelden/simulatie-{bestand.stem}.svg").is_file()


def test_de_uitleg_noemt_alles_wat_een_scenario_kan():
    uitleg = (DOCS / "simulatie.md").read_text(encoding="utf-8")
    namen = {*Wat, *(sleutel for rij in SLEUTELS.values() for sleutel in rij), *PARAMETERS, *INGEBOUWD}
    assert [naam for naam in sorted(namen) if f"`{naam}" not in uitleg] == []


def test_bom_en_regeleinden_van_windows(tmp_path):
    (tmp_path / "s.toml").write_bytes(b"\xef\xbb\xbf" + GOED.replace("\n", "\r\n").encode())
    assert len(lees_bestand(tmp_path / "s.toml").gebeurtenissen) == 2

"""Two regelingen that the code has never heard of: UWV decides on a yearly budget, the gemeente pays her part."""

import re
from datetime import date
from pathlib import Path

import pytest

from aanvragen.models import Besluit, Stopbericht
from aanvragen.simuleren.scenario import ScenarioFout, lees_scenario
from budget.models import Betaalbatch, Factuur, Terugvordering
from tests.simuleren.hulp import ARNHEM, NIJMEGEN, gebeurtenis, gespeeld, kort, scenario
from tests.simuleren.hulp import geld as bedragen

CAP = f"cap_per_gemeente:{NIJMEGEN}"


def c(*gebeurtenissen, **parameters):
    return gespeeld(scenario(*gebeurtenissen, regeling="IPS-UWV-2018", **parameters))


def d(*gebeurtenissen, **parameters):
    return gespeeld(scenario(*gebeurtenissen, regeling="IPS-PROEF-D", **parameters))


def bij_uwv(naam, op, **keuzes):
    return gebeurtenis(op, "indienen", naam, **({"route": "uwv", "doelgroep": "EPA"} | keuzes))


def in_de_wijk(naam, op="2023-03-01 10:00", **keuzes):
    return gebeurtenis(op, "indienen", naam, route="wijk", **keuzes)


def waarom(regels):
    return [(regel["wat"], *(regel["redenen"] or [regel["uitkomst"]])) for regel in regels]


@pytest.mark.django_db
def test_c_een_budget_per_kalenderjaar():
    regels = c(
        bij_uwv("CMD", "2018-12-03 10:00", doelgroep="CMD"),
        bij_uwv("A", "2018-12-03 10:00"),
        bij_uwv("B", "2018-12-04 10:00", client="Bea"),
        gebeurtenis("2018-12-10 10:00", "toekennen", "A"),
        gebeurtenis("2018-12-10 11:00", "toekennen", "B"),
        gebeurtenis("2018-12-10 12:00", "afwijzen", "B"),
        bij_uwv("B2", "2019-01-01 00:00", client="Bea"),
        gebeurtenis("2019-01-10 10:00", "toekennen", "B2"),
        **{"plafond_trajecten@2018": 1, "plafond_bedrag_cent@2021": "geen"},
    )
    assert waarom(regels) == [
        ("indienen", "niet_in_doelgroep"),
        ("indienen", "gelukt"),
        ("indienen", "gelukt"),
        ("toekennen", "gelukt"),
        ("toekennen", "plafond"),
        ("afwijzen", "gelukt"),
        ("indienen", "gelukt"),
        ("toekennen", "gelukt"),
    ]
    vrij = regels[-1]["vrij"]
    assert (vrij["plafond_trajecten@2018"], vrij["plafond_trajecten@2019"]) == (0, 499)
    assert "plafond_bedrag_cent@2021" not in vrij
    assert Besluit.objects.get(soort="afwijzing").gronden == ["plafond"]
    # UWV decides in its own name.
    assert not Besluit.objects.filter(ondermandaat__isnull=False).exists()


@pytest.mark.django_db
def test_c_ineens_betaald_en_na_een_stop_deels_terug():
    """Where UWV decides the stop needs no deel 2, and there is no order to wait for."""
    regels = c(
        bij_uwv("A", "2018-09-03 10:00"),
        gebeurtenis("2018-09-10 10:00", "toekennen", "A"),
        gebeurtenis("2018-09-10 11:00", "factuur", "A"),
        gebeurtenis("2018-09-10 12:00", "starten", "A"),
        gebeurtenis("2018-09-10 13:00", "verlengen", "A", maanden=1),
        gebeurtenis("2018-09-10 14:00", "factuur", "A"),
        gebeurtenis("2018-09-10 15:00", "factuur", "A"),
        gebeurtenis("2018-09-11 10:00", "betaling", "A"),
        gebeurtenis("2018-10-01 10:00", "stopbericht", "A"),
        gebeurtenis("2018-10-02 10:00", "verslag", "A", uitkomst="werk"),
        gebeurtenis("2018-10-03 10:00", "vaststelling", "A", bedrag_cent=300_000),
        gebeurtenis("2018-10-03 11:00", "vaststelling", "A"),
    )
    assert waarom(regels)[1:] == [
        ("toekennen", "gelukt"),
        ("factuur", "niet_opeisbaar"),
        ("starten", "gelukt"),
        ("verlengen", "geen_verlenging"),
        ("factuur", "gelukt"),
        ("factuur", "boven_bedrag"),
        ("betaling", "gelukt"),
        ("stopbericht", "gelukt"),
        ("verslag", "gelukt"),
        ("vaststelling", "gelukt"),
        ("vaststelling", "status"),
    ]
    assert bedragen(regels[-1]) == [3_000, 8_000, 8_000, 5_000]
    assert Stopbericht.objects.get().bevestigd_door is None


@pytest.mark.django_db
def test_d_hoogstens_drie_per_gemeente():
    """The first receipt counts; who is sent on counts where it lands."""
    regels = d(
        *(in_de_wijk(naam, f"2023-03-01 1{n}:00") for n, naam in enumerate("ABCDE")),
        *(gebeurtenis(f"2023-03-10 1{n}:00", "besluit_gemeente", naam, besluit="toekennen")
          for n, naam in enumerate("ABCD")),
        gebeurtenis("2023-03-10 14:00", "besluit_gemeente", "D", besluit="afwijzen"),
        gebeurtenis("2023-03-11 10:00", "doorzenden", "E", gemeente=ARNHEM),
        gebeurtenis("2023-03-13 10:00", "besluit_gemeente", "E", besluit="toekennen"),
    )  # fmt: skip
    assert waarom(regels)[5:] == [
        *[("besluit_gemeente", "gelukt")] * 3,
        ("besluit_gemeente", "cap_gemeente"),
        ("besluit_gemeente", "gelukt"),
        ("doorzenden", "gelukt"),
        ("besluit_gemeente", "gelukt"),
    ]
    einde = regels[-1]["vrij"]
    assert einde == {"plafond_trajecten": 56, CAP: 0, f"cap_per_gemeente:{ARNHEM}": 2}
    # In her own name: no mandaat is asked, and UWV never saw a budget question.
    assert not Besluit.objects.filter(ondermandaat__isnull=False).exists()


@pytest.mark.django_db
def test_d_twee_momenten_en_twee_betalers():
    """T79, T80 the other way round: each pays its own part, 60 and 40 percent, twice the half of it."""
    regels = d(
        in_de_wijk("A"),
        gebeurtenis("2023-03-02 10:00", "toekennen", "A"),
        gebeurtenis("2023-03-03 10:00", "starten", "A"),
        gebeurtenis("2023-03-03 11:00", "factuur", "A", betaalmoment="einde"),
        gebeurtenis("2023-03-03 12:00", "factuur", "A", aan="gemeente", bedrag_cent=200_001),
        gebeurtenis("2023-03-03 13:00", "factuur", "A"),
        gebeurtenis("2023-03-06 10:00", "betaling", "A", door="uwv"),
        gebeurtenis("2023-03-07 10:00", "betaling", "A", door="gemeente"),
        gebeurtenis("2024-09-02 10:00", "verlengen", "A", maanden=7),
        gebeurtenis("2024-09-02 11:00", "verlengen", "A", maanden=6),
        gebeurtenis("2025-03-03 10:00", "vaststelling", "A"),
        gebeurtenis("2025-03-04 10:00", "factuur", "A"),
        gebeurtenis("2025-03-05 10:00", "betaling", "A"),
        gebeurtenis("2025-03-06 10:00", "factuur", "A"),
    )
    assert waarom(regels)[1:] == [
        ("toekennen", "gelukt"),
        ("starten", "gelukt"),
        ("factuur", "niet_opeisbaar"),
        ("factuur", "boven_bedrag"),
        ("factuur", "gelukt"),
        ("betaling", "gelukt"),
        ("betaling", "gelukt"),
        ("verlengen", "te_veel_maanden"),
        ("verlengen", "gelukt"),
        ("vaststelling", "gelukt"),
        ("factuur", "gelukt"),
        ("betaling", "gelukt"),
        ("factuur", "afgesloten"),
    ]
    assert [bedragen(regels[n]) for n in (5, 6, 7, 11, 12)] == [
        [10_000, 5_000, 0, 0],
        [10_000, 5_000, 3_000, 0],
        [10_000, 5_000, 5_000, 0],
        [10_000, 10_000, 5_000, 0],
        [10_000, 10_000, 10_000, 0],
    ]
    assert sorted(Factuur.objects.values_list("verplichting__debiteur", "bedrag_cent")) == [
        *[("gemeente", 200_000)] * 2,
        *[("uwv", 300_000)] * 2,
    ]
    # The gemeente pays by herself; only what UWV pays goes through a batch.
    assert [batch.totaal_cent for batch in Betaalbatch.objects.all()] == [300_000, 300_000]


@pytest.mark.django_db
def test_d_te_veel_betaald_komt_naar_verhouding_terug():
    regels = d(
        in_de_wijk("A"),
        gebeurtenis("2023-03-02 10:00", "toekennen", "A"),
        gebeurtenis("2023-03-03 10:00", "starten", "A"),
        gebeurtenis("2023-03-03 11:00", "factuur", "A"),
        gebeurtenis("2023-03-03 12:00", "betaling", "A"),
        gebeurtenis("2023-04-03 10:00", "stoppen", "A", datum_einde=date(2023, 3, 31), reden="keuze"),
        gebeurtenis("2023-04-04 10:00", "vaststelling", "A", bedrag_cent=399_999),
    )
    assert {regel["uitkomst"] for regel in regels} == {"gelukt"}
    assert regels[-1]["geld"] == {
        "verplicht_cent": 399_999,
        "gefactureerd_cent": 500_000,
        "betaald_cent": 500_000,
        "teruggevorderd_cent": 100_001,
    }
    terug = dict(Terugvordering.objects.values_list("verplichting__debiteur", "bedrag_cent"))
    assert sum(terug.values()) == 100_001
    assert abs(terug["uwv"] - 60_000) <= 1


@pytest.mark.django_db
def test_d_eerste_ontvangst_en_geen_aanvulling_na_sluiting():
    regels = d(
        in_de_wijk("A", "2024-12-30 10:00", volledig=False),
        gebeurtenis("2025-01-02 10:00", "aanvullen", "A"),
        gebeurtenis("2025-01-20 10:00", "buiten_behandeling", "A"),
    )
    assert kort(regels)[1:] == [
        ("aanvullen", "A", "geweigerd", "gesloten"),
        ("buiten_behandeling", "A", "gelukt"),
    ]
    assert regels[0]["rang"] == "2024-12-30T10:00:00+01:00"


INDIENEN = {
    "IPS-GEM-2023": gebeurtenis("2023-06-05 10:00", "indienen", "A"),
    "IPS-UWV-2018": bij_uwv("A", "2018-09-03 10:00"),
    "IPS-PROEF-D": in_de_wijk("A"),
}
FOUTEN = [
    ("IPS-UWV-2018", {"wat": "budget_vragen"}, "wat", "“uwv” wordt UWV niet om budget gevraagd"),
    ("IPS-PROEF-D", {"wat": "budget_antwoord"}, "wat", "“wijk” wordt UWV niet om budget gevraagd"),
    ("IPS-UWV-2018", {"wat": "besluit_gemeente", "besluit": "toekennen"}, "wat", "beslist UWV en niet de gemeente"),
    ("IPS-UWV-2018", {"wat": "doorzenden", "gemeente": "0202"}, "wat", "beslist UWV en niet de gemeente"),
    ("IPS-PROEF-D", {"wat": "inkooporder"}, "wat", "“wijk” is geen inkooporder nodig"),
    ("IPS-UWV-2018", {"wat": "stopbericht", "deel": 2}, "deel", "een deel 2 is er dan niet"),
    ("IPS-GEM-2023", {"wat": "stopbericht", "deel": 3}, "deel", "is 1 (van de instelling) of 2 (van de gemeente)"),
    ("IPS-GEM-2023", {"wat": "stopbericht", "deel": "een"}, "deel", "moet een heel getal zijn"),
    ("IPS-GEM-2023", {"wat": "stoppen", "reden": "zomaar"}, "reden", "“zomaar” bestaat niet; kies uit: "),
    ("IPS-GEM-2023", {"wat": "stoppen", "datum_einde": "nu"}, "datum_einde", "moet een datum"),
    ("IPS-GEM-2023", {"wat": "besluit_gemeente"}, None, "“besluit”: ontbreekt"),
    ("IPS-GEM-2023", {"wat": "besluit_gemeente", "besluit": "uitstel"}, "besluit", "“uitstel” bestaat niet; kies uit"),
    ("IPS-GEM-2023", {"wat": "besluit_gemeente", "besluit": "toekennen", "gronden": ["plafond"]}, "gronden",
     "horen bij een afwijzing"),
    ("IPS-GEM-2023", {"wat": "besluit_gemeente", "besluit": "afwijzen", "gronden": ["zomaar"]}, "gronden",
     "“zomaar” bestaat niet"),
    ("IPS-GEM-2023", {"wat": "budget_antwoord", "er_is_budget": "ja"}, "er_is_budget", "moet true of false zijn"),
    ("IPS-GEM-2023", {"wat": "doorzenden"}, None, "“gemeente”: ontbreekt"),
    ("IPS-GEM-2023", {"wat": "doorzenden", "gemeente": "Ede"}, "gemeente", "“Ede” is geen CBS-code"),
    ("IPS-GEM-2023", {"wat": "factuur", "aan": "rijk"}, "aan", "“rijk” bestaat niet; kies uit: uwv, gemeente"),
    ("IPS-GEM-2023", {"wat": "factuur", "bedrag_cent": 0}, "bedrag_cent", "moet 1 of meer zijn"),
    ("IPS-GEM-2023", {"wat": "factuur", "betaalmoment": "start"}, "betaalmoment", "kies uit: inkooporder"),
    ("IPS-PROEF-D", {"wat": "factuur", "bedrag_cent": 5}, "bedrag_cent", "betalen allebei; noem ook “aan”"),
    ("IPS-PROEF-D", {"wat": "betaling", "door": "rijk"}, "door", "kies uit: uwv, gemeente"),
    ("IPS-PROEF-D", {"wat": "verslag", "uitkomst": "rust"}, "uitkomst", "kies uit: werk, opleiding, geen"),
    ("IPS-PROEF-D", {"wat": "aanmanen", "termijn_dagen": 0}, "termijn_dagen", "moet 1 of meer zijn"),
    ("IPS-PROEF-D", {"wat": "vaststelling", "bedrag_cent": -1}, "bedrag_cent", "moet 0 of meer zijn"),
    ("IPS-PROEF-D", {"wat": "vaststelling", "reden": "zuinig"}, "reden", "“zuinig” bestaat niet"),
    ("IPS-PROEF-D", {"wat": "betaling", "aan": "uwv"}, "aan", "is hier niet bekend"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("regeling", "fout", "sleutel", "melding"), FOUTEN, ids=[f"{f[0]} {f[1]['wat']} {f[2]}" for f in FOUTEN]
)
def test_een_fout_noemt_de_regel(regeling, fout, sleutel, melding):
    """On the line of the key; where one is missing, on that of the event."""
    keuzes = {naam: waarde for naam, waarde in fout.items() if naam != "wat"}
    tekst = scenario(
        INDIENEN[regeling], gebeurtenis("2025-01-02 10:00", fout["wat"], "A", **keuzes), regeling=regeling
    )
    with pytest.raises(ScenarioFout) as gevonden:
        lees_scenario(tekst, Path())
    assert re.search(re.escape(melding), gevonden.value.melding), str(gevonden.value)
    regels = tekst.splitlines()
    begin = [nummer for nummer, regel in enumerate(regels, 1) if regel == "[[gebeurtenis]]"][-1]
    plek = next(
        n
        for n in range(begin, len(regels) + 1)
        if regels[n - 1].startswith(f"{sleutel} =" if sleutel else "[[")
    )
    assert gevonden.value.regel == plek, str(gevonden.value)

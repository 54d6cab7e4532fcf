"""The events of a regeling in which the gemeente decides on budget of UWV: IPS-GEM-2023."""

from datetime import date, timedelta

import pytest

from aanvragen.models import Aanvraag, Besluit, Doorzending, Stopbericht
from budget.models import Betaalbatch, Factuur, Inkooporder, Loting, LotingStatus, Terugvordering
from tests.simuleren.hulp import ARNHEM, NIJMEGEN, gebeurtenis, gespeeld, kort, scenario
from tests.simuleren.hulp import geld as bedragen

pytestmark = pytest.mark.django_db
POT = "plafond_bedrag_cent@2023"


def b(*gebeurtenissen, **parameters):
    return gespeeld(scenario(*gebeurtenissen, regeling="IPS-GEM-2023", **parameters))


def ingediend(naam, op="2023-06-05 10:00", **keuzes):
    return gebeurtenis(op, "indienen", naam, **keuzes)


def uitkomsten(regels):
    """Of every event but the submissions: what, how it ended with why not, and the status after it."""
    return [
        (regel["wat"], *(regel["redenen"] or [regel["uitkomst"]]), regel["status"])
        for regel in regels
        if regel["wat"] != "indienen"
    ]


def test_de_drie_delen_van_het_formulier():
    """T75: without an answer of UWV the gemeente grants nothing; with it she does, and no one of UWV."""
    regels = b(
        ingediend("A"),
        gebeurtenis("2023-06-06 10:00", "besluit_gemeente", "A", besluit="toekennen"),
        gebeurtenis("2023-06-06 11:00", "budget_vragen", "A"),
        gebeurtenis("2023-06-06 12:00", "besluit_gemeente", "A", besluit="toekennen"),
        gebeurtenis("2023-06-06 13:00", "budget_antwoord", "A"),
        gebeurtenis("2023-06-06 14:00", "besluit_gemeente", "A", besluit="toekennen"),
    )
    assert uitkomsten(regels) == [
        ("besluit_gemeente", "geen_budget_gevraagd", "ingediend"),
        ("budget_vragen", "gelukt", "budget_gevraagd"),
        ("besluit_gemeente", "status", "budget_gevraagd"),
        ("budget_antwoord", "gelukt", "budget_gereserveerd"),
        ("besluit_gemeente", "gelukt", "toegekend"),
    ]
    # What is held is no longer free; owed is it only once it is granted.
    vrij = [regel["vrij"][POT] // 100 for regel in regels]
    assert vrij == [10_000_000] * 4 + [9_992_000] * 2
    assert [bedragen(regel)[0] for regel in regels] == [0] * 5 + [8_000]
    besluit = Besluit.objects.get()
    assert besluit.ondermandaat.mandaat.gemeente.code == NIJMEGEN
    assert besluit.opsteller_id != besluit.ondertekenaar_id
    assert besluit.ondertekenaar.lidmaatschappen.get().rol == "gemeentebeslisser"


def test_geen_budget_en_dan_een_afwijzing():
    """T76: UWV says that there is none; the gemeente refuses with a besluit, on the plafond."""
    regels = b(
        ingediend("A", doelgroep="EPA"),
        ingediend("B", "2023-06-05 11:00"),
        gebeurtenis("2023-06-06 10:00", "toekennen", "A"),
        gebeurtenis("2023-06-06 11:00", "budget_vragen", "B"),
        gebeurtenis("2023-06-07 10:00", "budget_antwoord", "B", er_is_budget=True),
        gebeurtenis("2023-06-07 11:00", "budget_antwoord", "B"),
        gebeurtenis("2023-06-08 10:00", "besluit_gemeente", "B", besluit="afwijzen"),
        **{POT: 1_999_999},
    )
    assert uitkomsten(regels) == [
        ("toekennen", "gelukt", "toegekend"),
        ("budget_vragen", "gelukt", "budget_gevraagd"),
        ("budget_antwoord", "plafond", "budget_gevraagd"),
        ("budget_antwoord", "gelukt", "geen_budget"),
        ("besluit_gemeente", "gelukt", "afgewezen"),
    ]
    assert Besluit.objects.get(soort="afwijzing").gronden == ["plafond"]
    assert regels[-1]["vrij"] == {
        POT: 799_999, "plafond_bedrag_cent@2024": 1_000_000_000, "plafond_bedrag_cent@2025": 1_000_000_000
    }  # fmt: skip


def test_uwv_weigert_geen_budget_dat_er_is():
    regels = b(
        ingediend("A"),
        gebeurtenis("2023-06-06 10:00", "budget_vragen", "A"),
        gebeurtenis("2023-06-06 11:00", "budget_antwoord", "A", er_is_budget=False),
        gebeurtenis("2023-06-06 12:00", "budget_antwoord", "A", er_is_budget=True),
        gebeurtenis("2023-06-06 13:00", "besluit_gemeente", "A", besluit="afwijzen", gronden=["algemeen"]),
    )
    assert [rij[1:] for rij in uitkomsten(regels)[1:]] == [
        ("niet_vol", "budget_gevraagd"),
        ("gelukt", "budget_gereserveerd"),
        ("gelukt", "afgewezen"),
    ]
    # What was held for it is free again.
    assert regels[-1]["vrij"][POT] == 1_000_000_000


def test_een_reservering_verloopt_in_de_nacht():
    """28 days, the last of them whole: the budget is for who comes next, once it was asked anew."""
    regels = b(
        ingediend("A"),
        ingediend("B", "2023-06-05 11:00"),
        gebeurtenis("2023-06-06 10:00", "budget_vragen", "A"),
        gebeurtenis("2023-06-06 11:00", "budget_antwoord", "A"),
        gebeurtenis("2023-07-04 23:00", "budget_vragen", "B"),
        gebeurtenis("2023-07-05 09:00", "besluit_gemeente", "A", besluit="toekennen"),
        gebeurtenis("2023-07-05 10:00", "besluit_gemeente", "A", besluit="afwijzen", gronden=["algemeen"]),
        gebeurtenis("2023-07-05 11:00", "budget_antwoord", "B"),
        gebeurtenis("2023-07-05 12:00", "besluit_gemeente", "B", besluit="toekennen"),
        **{POT: 800_000},
    )
    assert [rij[1:] for rij in uitkomsten(regels)] == [
        ("gelukt", "budget_gevraagd"),
        ("gelukt", "budget_gereserveerd"),
        ("gelukt", "budget_gevraagd"),
        ("geen_budget_gevraagd", "in_behandeling"),
        ("gelukt", "afgewezen"),
        ("gelukt", "budget_gereserveerd"),
        ("gelukt", "toegekend"),
    ]
    assert [regel["vrij"][POT] for regel in regels[2:6]] == [800_000, 0, 0, 800_000]


def test_een_kortere_reservering_als_parameter():
    regels = b(
        ingediend("A"),
        gebeurtenis("2023-06-06 10:00", "budget_vragen", "A"),
        gebeurtenis("2023-06-06 11:00", "budget_antwoord", "A"),
        gebeurtenis("2023-06-08 09:00", "besluit_gemeente", "A", besluit="toekennen"),
        reservering_geldig_dagen=1,
    )
    assert uitkomsten(regels)[-1] == ("besluit_gemeente", "geen_budget_gevraagd", "in_behandeling")


def test_doorzenden_houdt_de_eerste_ontvangst():
    regels = b(
        ingediend("A", gemeente=NIJMEGEN, woont_in=ARNHEM),
        gebeurtenis("2023-06-06 10:00", "toekennen", "A"),
        gebeurtenis("2023-06-06 11:00", "doorzenden", "A", gemeente=NIJMEGEN),
        gebeurtenis("2023-06-06 12:00", "doorzenden", "A", gemeente=ARNHEM),
        gebeurtenis("2023-06-07 10:00", "toekennen", "A"),
    )
    assert uitkomsten(regels) == [
        ("toekennen", "niet_in_doelgroep", "ingediend"),
        ("doorzenden", "gemeente", "ingediend"),
        ("doorzenden", "gelukt", "ingediend"),
        ("toekennen", "gelukt", "toegekend"),
    ]
    assert {regel["rang"] for regel in regels} == {"2023-06-05T10:00:00+02:00"}
    assert Doorzending.objects.get().naar.code == ARNHEM
    assert Besluit.objects.get().ondermandaat.mandaat.gemeente.code == ARNHEM


def test_van_inkooporder_tot_vaststelling():
    """T77, T72: no factuur before the order nor while a stop waits for the gemeente; what was too much comes back."""
    regels = b(
        ingediend("A"),
        gebeurtenis("2023-06-06 10:00", "toekennen", "A"),
        gebeurtenis("2023-06-06 11:00", "betaling", "A"),
        gebeurtenis("2023-06-06 12:00", "factuur", "A"),
        gebeurtenis("2023-06-07 10:00", "inkooporder", "A"),
        gebeurtenis("2023-06-07 11:00", "inkooporder", "A"),
        gebeurtenis("2023-06-07 12:00", "factuur", "A", bedrag_cent=800_001),
        gebeurtenis("2023-06-07 13:00", "factuur", "A", aan="gemeente"),
        gebeurtenis("2023-06-07 14:00", "factuur", "A", bedrag_cent=500_000, betaalmoment="inkooporder"),
        gebeurtenis("2023-06-08 10:00", "betaling", "A", door="uwv"),
        gebeurtenis("2023-06-08 11:00", "starten", "A", startdatum=date(2022, 6, 1)),
        gebeurtenis("2023-06-09 10:00", "stopbericht", "A", deel=2),
        gebeurtenis("2023-06-09 11:00", "stopbericht", "A", datum_einde=date(2022, 5, 31)),
        gebeurtenis("2023-06-09 12:00", "stopbericht", "A", datum_einde=date(2023, 6, 8), reden="verhuisd"),
        gebeurtenis("2023-06-10 10:00", "factuur", "A"),
        gebeurtenis("2023-06-10 11:00", "vaststelling", "A"),
        gebeurtenis("2023-06-12 10:00", "stopbericht", "A", deel=2),
        gebeurtenis("2023-06-12 11:00", "vaststelling", "A", bedrag_cent=800_001),
        gebeurtenis("2023-06-12 12:00", "vaststelling", "A", bedrag_cent=400_000, reden="verplichting"),
        gebeurtenis("2023-06-12 13:00", "factuur", "A"),
    )
    assert [(wat, waarom) for wat, waarom, _ in uitkomsten(regels)] == [
        ("toekennen", "gelukt"),
        ("betaling", "geen_factuur"),
        ("factuur", "geen_inkooporder"),
        ("inkooporder", "gelukt"),
        ("inkooporder", "al_besteld"),
        ("factuur", "boven_bedrag"),
        ("factuur", "niet_verschuldigd"),
        ("factuur", "gelukt"),
        ("betaling", "gelukt"),
        ("starten", "gelukt"),
        ("stopbericht", "niet_gestopt"),
        ("stopbericht", "stopdatum"),
        ("stopbericht", "gelukt"),
        ("factuur", "stopbericht"),
        ("vaststelling", "stop_niet_bevestigd"),
        ("stopbericht", "gelukt"),
        ("vaststelling", "bedrag"),
        ("vaststelling", "gelukt"),
        ("factuur", "afgesloten"),
    ]
    assert [bedragen(regel) for regel in (regels[1], regels[8], regels[9], regels[-1])] == [
        [8_000, 0, 0, 0],
        [8_000, 5_000, 0, 0],
        [8_000, 5_000, 5_000, 0],
        [4_000, 5_000, 5_000, 1_000],
    ]
    assert (Inkooporder.objects.count(), Factuur.objects.count(), Betaalbatch.objects.count()) == (1, 1, 1)
    factuur, stop = Factuur.objects.get(), Stopbericht.objects.get()
    assert factuur.gecontroleerd_door_id != factuur.goedgekeurd_door_id
    assert (stop.status, stop.reden, stop.datum_einde) == ("bevestigd", "verhuisd", date(2023, 6, 8))
    assert Terugvordering.objects.get().bedrag_cent == 100_000
    assert Besluit.objects.get(soort="vaststelling").gronden == ["verplichting"]


def test_stoppen_is_beide_delen_in_een_keer():
    regels = b(
        ingediend("A"),
        gebeurtenis("2023-06-06 10:00", "toekennen", "A"),
        gebeurtenis("2023-06-07 10:00", "starten", "A"),
        gebeurtenis("2023-06-08 10:00", "stoppen", "A"),
        gebeurtenis("2023-06-08 11:00", "vaststelling", "A"),
    )
    assert [waarom for _, waarom, _ in uitkomsten(regels)] == ["gelukt"] * 4
    assert Stopbericht.objects.get().bevestigd_door is not None


def test_zonder_verslag_stelt_de_gemeente_ambtshalve_vast():
    """The scenario names the verslag, so the simulation sends none; it comes too late."""
    regels = b(
        ingediend("A"),
        gebeurtenis("2023-06-06 10:00", "toekennen", "A"),
        gebeurtenis("2023-06-07 10:00", "starten", "A"),
        # The last day is 6 June 2025; in the night after it the verslag is asked, within eight weeks.
        gebeurtenis("2025-06-06 10:00", "vaststelling", "A"),
        gebeurtenis("2025-06-10 10:00", "vaststelling", "A"),
        gebeurtenis("2025-06-10 11:00", "aanmanen", "A"),
        gebeurtenis("2025-08-05 10:00", "vaststelling", "A"),
        gebeurtenis("2025-08-05 11:00", "aanmanen", "A", termijn_dagen=7),
        gebeurtenis("2025-08-13 10:00", "vaststelling", "A"),
        gebeurtenis("2025-08-13 11:00", "verslag", "A", uitkomst="opleiding"),
    )
    assert [(wat, waarom) for wat, waarom, _ in uitkomsten(regels)[2:]] == [
        ("vaststelling", "loopt_nog"),
        ("vaststelling", "termijn_loopt"),
        ("aanmanen", "termijn_loopt"),
        ("vaststelling", "geen_termijn"),
        ("aanmanen", "gelukt"),
        ("vaststelling", "gelukt"),
        ("verslag", "vastgesteld"),
    ]
    traject = Aanvraag.objects.get().traject
    assert traject.laatste_dag == date(2025, 6, 6)
    assert traject.vaststelling.verslag_gevraagd_op == traject.laatste_dag + timedelta(days=1)
    assert traject.vaststelling.ambtshalve


def test_de_gemeente_trekt_haar_besluit_in_en_uwv_haalt_het_geld_terug():
    regels = b(
        ingediend("A", volledig=False),
        gebeurtenis("2023-06-08 10:00", "aanvullen", "A"),
        gebeurtenis("2023-06-09 10:00", "toekennen", "A"),
        gebeurtenis("2023-06-12 10:00", "inkooporder", "A"),
        gebeurtenis("2023-06-12 11:00", "factuur", "A"),
        gebeurtenis("2023-06-12 12:00", "betaling", "A"),
        gebeurtenis("2023-06-13 10:00", "intrekken_besluit", "A"),
    )
    assert [waarom for _, waarom, _ in uitkomsten(regels)] == ["gelukt"] * 6
    assert regels[1]["rang"] == "2023-06-08T10:00:00+02:00"
    assert bedragen(regels[-1]) == [0, 8_000, 8_000, 8_000]
    assert regels[-1]["vrij"][POT] == 1_000_000_000


def test_wie_niet_opgeeft_wat_er_ontbreekt_blijft_buiten_behandeling_bij_de_gemeente():
    regels = b(
        ingediend("A", volledig=False),
        gebeurtenis("2023-06-20 10:00", "buiten_behandeling", "A"),
    )
    assert uitkomsten(regels) == [("buiten_behandeling", "gelukt", "buiten_behandeling")]
    assert Besluit.objects.get().ondermandaat is not None


def test_de_bank_betaalt_niet_op_zondag():
    regels = b(
        ingediend("A"),
        gebeurtenis("2023-06-06 10:00", "toekennen", "A"),
        gebeurtenis("2023-06-06 11:00", "inkooporder", "A"),
        gebeurtenis("2023-06-06 12:00", "factuur", "A"),
        gebeurtenis("2023-06-11 10:00", "betaling", "A"),
        gebeurtenis("2023-06-12 10:00", "betaling", "A"),
    )
    assert kort(regels)[-2:] == [
        ("betaling", "A", "geblokkeerd", "uitvoeren_op"),
        ("betaling", "A", "gelukt"),
    ]


def test_een_samenwerkingsverband_en_een_ander_bedrag():
    """Druten has Rijk van Nijmegen act for her; the mandaat is that of her own college."""
    regels = b(
        ingediend("A", gemeente="0225", doelgroep="EPA", bedrag_cent=900_000, maanden=12),
        gebeurtenis("2023-06-06 10:00", "toekennen", "A"),
        ingediend("B", "2023-06-07 10:00", doelgroep="LVB", bedrag_cent=900_000),
    )
    assert bedragen(regels[1])[0] == 9_000
    besluit = Besluit.objects.get()
    assert (besluit.maanden, besluit.ondermandaat.mandaat.gemeente.code) == (12, "0225")
    assert kort(regels)[-1] == ("indienen", "B", "geweigerd", "niet_in_doelgroep")


def test_uwv_loot_voor_het_antwoord_als_twee_gelijk_zijn():
    regels = b(
        *(ingediend(naam) for naam in "AB"),
        *(gebeurtenis("2023-06-06 10:00", "budget_vragen", naam) for naam in "AB"),
        gebeurtenis("2023-06-07 10:00", "budget_antwoord", "A"),
        **{POT: 800_000},
    )
    assert Loting.objects.get().status == LotingStatus.GETROKKEN
    assert uitkomsten(regels)[-1] in (
        ("budget_antwoord", "gelukt", "budget_gereserveerd"),
        ("budget_antwoord", "voorrang", "budget_gevraagd"),
    )

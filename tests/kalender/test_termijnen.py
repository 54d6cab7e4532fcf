"""The terms of domein.md 5.2 and 8.7, each row with its T number; their steps; and the command that prints them."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from ips_subsidie.kalender import feestdagen as tabel
from ips_subsidie.kalender.erkend import erkende_feestdagen
from ips_subsidie.kalender.models import Feestdag
from ips_subsidie.kalender.rekenen import Opschorting, is_werkdag
from ips_subsidie.kalender.termijnen import (
    Termijn,
    beroepstermijn,
    beslissing_op_bezwaar,
    beslistermijn,
    betaaltermijn,
    bezwaartermijn,
    buiten_behandeling,
    eigen_termijn,
    hersteltermijn,
    terugvordering,
    vaststellingstermijn,
)

FEESTDAGEN = {dag.datum: dag.naam for dag in erkende_feestdagen(2018, 2032)}
DATUMS = st.dates(min_value=date(2019, 1, 1), max_value=date(2030, 6, 1))


def termijn(regel, dag: date, **over) -> Termijn:
    return regel(dag, FEESTDAGEN, **over)


@pytest.mark.parametrize(
    ("regel", "vanaf", "verwacht"),
    [
        pytest.param(beslistermijn, date(2023, 3, 2), date(2023, 5, 1), id="T97"),
        pytest.param(beslistermijn, date(2024, 2, 5), date(2024, 4, 2), id="T99"),
        pytest.param(beslistermijn, date(2023, 12, 31), date(2024, 2, 26), id="T100"),
        pytest.param(beslistermijn, date(2019, 11, 29), date(2020, 1, 24), id="T102"),
        pytest.param(bezwaartermijn, date(2024, 3, 28), date(2024, 5, 13), id="T104"),
        pytest.param(bezwaartermijn, date(2024, 11, 14), date(2024, 12, 30), id="T106-14-11"),
        pytest.param(bezwaartermijn, date(2024, 11, 13), date(2024, 12, 30), id="T106-13-11"),
        pytest.param(bezwaartermijn, date(2019, 11, 13), date(2019, 12, 27), id="T108"),
        pytest.param(bezwaartermijn, date(2026, 4, 3), date(2026, 5, 18), id="T110"),
        pytest.param(hersteltermijn, date(2024, 12, 11), date(2024, 12, 30), id="T117"),
        pytest.param(buiten_behandeling, date(2023, 3, 30), date(2023, 5, 1), id="4-5-lid-4"),
        pytest.param(beslissing_op_bezwaar, date(2024, 5, 13), date(2024, 6, 24), id="7-10"),
        pytest.param(beroepstermijn, date(2024, 11, 14), date(2024, 12, 30), id="beroep"),
        pytest.param(betaaltermijn, date(2024, 3, 28), date(2024, 5, 13), id="4-87"),
        pytest.param(vaststellingstermijn, date(2023, 3, 2), date(2023, 5, 1), id="vaststelling"),
        pytest.param(lambda dag, _: terugvordering(dag), date(2024, 2, 29), date(2029, 2, 28), id="4-57"),
    ],
)
def test_laatste_dag_uit_het_domein(regel, vanaf, verwacht):
    assert termijn(regel, vanaf).laatste_dag == verwacht


def test_T113_bezwaar_loopt_vanaf_de_bekendmaking_en_niet_vanaf_de_ondertekening():
    getekend, bekend = date(2024, 3, 25), date(2024, 3, 28)
    assert termijn(bezwaartermijn, bekend).laatste_dag == date(2024, 5, 13)
    assert termijn(bezwaartermijn, getekend).laatste_dag == date(2024, 5, 6)


@pytest.mark.parametrize("dag", [date(2025, 5, 5), date(2026, 5, 5)], ids=["T118-lustrum", "T118-gewoon"])
def test_T118_vijf_mei_is_elk_jaar_een_feestdag(dag):
    assert dag in FEESTDAGEN


@pytest.mark.parametrize(
    ("over", "verwacht"),
    [
        ({}, date(2024, 6, 24)),
        ({"commissie": True}, date(2024, 8, 5)),
        ({"verdaagd": True}, date(2024, 8, 5)),
        ({"commissie": True, "verdaagd": True}, date(2024, 9, 16)),
        ({"weken": 10}, date(2024, 7, 22)),
        ({"opschortingen": [Opschorting(date(2024, 6, 3), date(2024, 6, 18))]}, date(2024, 7, 8)),
    ],
    ids=str,
)
def test_beslissing_op_bezwaar(over, verwacht):
    assert termijn(beslissing_op_bezwaar, date(2024, 5, 13), **over).laatste_dag == verwacht


# --- in words ---


def test_de_stappen_zeggen_welke_dagen_zijn_overgeslagen():
    assert termijn(beslistermijn, date(2023, 3, 2)).stappen == (
        "8 weken na 2 maart 2023 (de dag van ontvangst) is donderdag 27 april 2023.",
        "27 april 2023 (Koningsdag), 28 april 2023 (Gelijkgestelde dag), 29 april 2023 (zaterdag) en 30 april 2023 "
        "(zondag) zijn geen werkdagen. Daarom is de laatste dag maandag 1 mei 2023 (Algemene termijnenwet artikel 1).",
    )


def test_de_stappen_tellen_de_opschorting_voor_het_weekend():
    """Raw Thursday 27 April, nine days of standing still: Saturday 6 May; and only then the weekend."""
    stil = [Opschorting(date(2023, 3, 6), date(2023, 3, 16))]
    gevonden = termijn(beslistermijn, date(2023, 3, 2), opschortingen=stil)
    assert gevonden.laatste_dag == date(2023, 5, 8)
    assert gevonden.stappen[1:] == (
        "De termijn stond stil van 7 maart 2023 tot en met 15 maart 2023: 9 dagen erbij (Awb artikel 4:15). De laatste "
        "dag wordt zaterdag 6 mei 2023.",
        "6 mei 2023 (zaterdag) en 7 mei 2023 (zondag) zijn geen werkdagen. Daarom is de laatste dag maandag 8 mei 2023 "
        "(Algemene termijnenwet artikel 1).",
    )


@pytest.mark.parametrize(
    ("gevonden", "zin"),
    [
        (termijn(bezwaartermijn, date(2023, 3, 2), weken=13), "te lang voor de Algemene termijnenwet"),
        (termijn(hersteltermijn, date(2024, 12, 11)), "geldt hier niet, maar een laatste dag op een werkdag"),
        (
            termijn(eigen_termijn, date(2024, 3, 28), dagen=3, wat="de brief", grondslag="Awb artikel 4:8"),
            "31 maart 2024 (zondag) en 1 april 2024 (Tweede Paasdag) zijn geen werkdagen.",
        ),
        (
            termijn(
                beslistermijn, date(2023, 3, 2), opschortingen=[Opschorting(date(2023, 3, 6), date(2023, 3, 7))]
            ),
            "liet de termijn geen hele dag stilstaan",
        ),
        (termijn(beslissing_op_bezwaar, date(2024, 5, 13), verdaagd=True), "nu de beslissing is verdaagd"),
    ],
)  # fmt: skip
def test_de_stappen_zeggen_wat_er_anders_was(gevonden, zin):
    assert zin in " ".join(gevonden.stappen)


# --- what holds for every date ---


def _een_voor_een(vanaf: date, dagen: int, stil: set[date]) -> date:
    """The same term by another route: walk the calendar, and let no suspended day count."""
    dag, geteld = vanaf, 0
    while geteld < dagen:
        dag += timedelta(days=1)
        geteld += dag not in stil
    while not is_werkdag(dag, FEESTDAGEN):
        dag += timedelta(days=1)
    return dag


@given(vanaf=DATUMS, begin=st.integers(0, 50), duur=st.integers(0, 60))
def test_twee_wegen_naar_dezelfde_dag(vanaf, begin, duur):
    """Adding the suspended days at the end comes to the same as not counting them on the way."""
    gevraagd = vanaf + timedelta(days=begin)
    hervat = gevraagd + timedelta(days=duur)
    stil = {gevraagd + timedelta(days=n) for n in range(1, duur)}
    gevonden = termijn(beslistermijn, vanaf, opschortingen=[Opschorting(gevraagd, hervat)])
    assert gevonden.laatste_dag == _een_voor_een(vanaf, 56, stil)


@given(vanaf=DATUMS, weken=st.integers(1, 12))
def test_een_termijn_van_de_wet_eindigt_op_een_werkdag(vanaf, weken):
    for regel in (beslistermijn, bezwaartermijn, betaaltermijn, beslissing_op_bezwaar):
        gevonden = termijn(regel, vanaf, weken=weken)
        assert is_werkdag(gevonden.laatste_dag, FEESTDAGEN)
        assert gevonden.laatste_dag >= vanaf + timedelta(weeks=weken)
        # Whoever reads only the last sentence reads the same last day.
        assert str(gevonden.laatste_dag.year) in gevonden.stappen[-1]


@given(vanaf=DATUMS, keren=st.lists(st.tuples(st.integers(0, 55), st.integers(0, 30)), max_size=4))
def test_opschorten_maakt_geen_termijn_korter(vanaf, keren):
    stil = [
        Opschorting(vanaf + timedelta(days=van), vanaf + timedelta(days=van + duur)) for van, duur in keren
    ]
    for regel in (beslistermijn, beslissing_op_bezwaar):
        zonder, met = termijn(regel, vanaf), termijn(regel, vanaf, opschortingen=stil)
        assert met.laatste_dag >= zonder.laatste_dag
        minder = termijn(regel, vanaf, opschortingen=stil[1:])
        assert met.laatste_dag >= minder.laatste_dag


@given(vanaf=DATUMS, dagen=st.integers(1, 200))
def test_een_eigen_termijn_eindigt_op_een_werkdag(vanaf, dagen):
    gevonden = termijn(eigen_termijn, vanaf, dagen=dagen, wat="de brief", grondslag="Awb artikel 4:8")
    assert is_werkdag(gevonden.laatste_dag, FEESTDAGEN)
    assert gevonden.laatste_dag - vanaf >= timedelta(days=dagen)


# --- manage.py termijn ---


@pytest.fixture
def _vers():
    tabel.vergeet()
    yield
    tabel.vergeet()


def draai(capsys, *woorden: str) -> str:
    call_command("termijn", *woorden)
    return capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("woorden", "verwacht"),
    [
        ("beslistermijn --vanaf 2023-03-02", "2023-05-01"),
        ("beslistermijn --vanaf 2023-03-02 --weken 13", "2023-06-01"),
        ("beslistermijn --vanaf 2023-03-02 --opschorting 2023-03-06 2023-03-16", "2023-05-08"),
        (
            "beslistermijn --vanaf 2023-03-02 --opschorting 2023-03-06 2023-03-16 --opschorting 2023-04-03 2023-04-06",
            "2023-05-08",
        ),
        ("hersteltermijn --vanaf 2024-12-11", "2024-12-30"),
        ("hersteltermijn --vanaf 2024-12-11 --weken 4", "2025-01-08"),
        ("buiten-behandeling --vanaf 2023-03-30", "2023-05-01"),
        ("bezwaar --vanaf 2024-03-28", "2024-05-13"),
        ("beslissing-op-bezwaar --vanaf 2024-05-13 --commissie", "2024-08-05"),
        ("dwangsom --vanaf 2024-05-02", "2024-06-27"),
        ("betaling --vanaf 2024-03-28", "2024-05-13"),
    ],
)
def test_de_opdracht_begint_met_de_laatste_dag(capsys, woorden, verwacht):
    als_tekst = draai(capsys, *woorden.split())
    assert als_tekst.startswith(verwacht)
    als_json = json.loads(draai(capsys, *woorden.split(), "--json"))
    assert als_json["laatste_dag"] == verwacht
    assert als_json["stappen"]
    assert all(f"- {stap}" in als_tekst for stap in als_json["stappen"])


@pytest.mark.django_db
@pytest.mark.usefixtures("_vers")
def test_de_opdracht_rekent_met_de_feestdagen_uit_het_beheer(capsys):
    Feestdag.objects.create(datum=date(2023, 5, 1), naam="Gelijkgestelde dag", grondslag="Koninklijk besluit")
    assert draai(capsys, "beslistermijn", "--vanaf", "2023-03-02").startswith("2023-05-02")


@pytest.mark.django_db
def test_een_jaar_zonder_feestdagen_wordt_gezegd(capsys):
    call_command("termijn", "bezwaar", "--vanaf", "2044-03-28")
    assert "Van 2044 staan er geen feestdagen in de tabel" in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("woorden", "melding"),
    [
        ("verjaring --vanaf 2023-03-02", "Onbekende soort termijn: verjaring"),
        ("bezwaar --vanaf 2023-02-30", "2023-02-30 is geen datum"),
        ("bezwaar --vanaf 20230302", "20230302 is geen datum"),
        ("bezwaar --vanaf gisteren", "gisteren is geen datum"),
        ("bezwaar --vanaf 9999-12-31", "te ver weg"),
        ("dwangsom --vanaf 2009-01-01", "Voor 1 oktober 2009"),
        ("bezwaar", "--vanaf DATUM"),
        ("beslistermijn --vanaf 2023-03-02 --opschorting 2023-03-06 2023-03-01", "eindigen voordat zij begint"),
        ("bezwaar --vanaf 2023-03-02 --opschorting 2023-03-06 2023-03-09", "heeft bij bezwaar geen betekenis"),
        ("bezwaar --vanaf 2023-03-02 --weken 0", "geen aantal weken"),
        ("bezwaar --vanaf 2023-03-02 --weken veel", "geen aantal weken"),
        ("beslissing-op-bezwaar --vanaf 2023-03-02 --weken 8 --commissie", "niet allebei"),
    ],
)  # fmt: skip
def test_foute_invoer_is_een_regel_en_code_2(woorden, melding):
    with pytest.raises(CommandError, match=melding) as fout:
        call_command("termijn", *woorden.split())
    assert fout.value.returncode == 2
    assert "\n" not in str(fout.value)


def test_vanaf_de_opdrachtregel_is_een_onbekende_optie_ook_een_regel():
    uit = subprocess.run(
        [sys.executable, "manage.py", "termijn", "bezwaar", "--vanaf", "2024-03-28", "--foo"],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (uit.returncode, uit.stdout) == (2, "")
    assert len(uit.stderr.strip().splitlines()) == 1
